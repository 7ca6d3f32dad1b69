import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { events } from '#contracts/events.ts';
import type { Pack } from '#contracts/pack.ts';
import type { PlaybookRow, RunView, VersionView } from '#contracts/routes/playbooks.ts';
import type { TaskView } from '#contracts/routes/tasks.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { installPack } from './index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

let world: World;
let base: string;
const people: Record<string, { actor: Actor; token: string }> = {};
type Answer<B> = {
  status: number;
  body: B & { code?: string; detail?: string; errors?: { pointer: string; message: string }[] };
};
const call = async <B>(who: string, method: string, path: string, body?: unknown): Promise<Answer<B>> => {
  const answer = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${people[who]!.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as never };
};
const complain = async (name = '张伟') => {
  const { id: customerId } = await world.does(systemActor('test'), createCustomer, { kind: 'person', name });
  return (
    await world.does(people.agent!.actor, openTicket, {
      customerId,
      channel: 'phone',
      category: 'complaint_suggestion.complaint',
      urgency: 'high',
      impact: 'single',
      subject: '漏水',
      description: '漏水',
    })
  ).id;
};
const runOf = async (ticketId: string, who = 'supervisor') =>
  (await call<{ items: RunView[] }>(who, 'GET', `/runs?ticketId=${ticketId}`)).body.items[0]!;
const form = {
  complainedAt: '2026-11-18T02:00:00Z',
  problem: '漏水',
  demand: '换新',
  urgency: 'high',
  cause: 'product',
};
const toReview = async (ticketId: string) => {
  const { id } = await runOf(ticketId);
  await call('relations', 'POST', `/runs/${id}/steps/contact/complete`, { outcome: 'reached' });
  await call('relations', 'POST', `/runs/${id}/steps/register/complete`, { record: form });
  const { status, body } = await call<RunView>('relations', 'POST', `/runs/${id}/steps/plan/complete`, {
    record: { kinds: ['other'], text: '更换密封圈' },
  });
  assert.equal(status, 200, JSON.stringify(body));
  await world.centre.settle();
  return body.open[0]!.task;
};

describe('playbooks', () => {
  before(async () => {
    world = await newWorld();
    for (const [name, role, groups] of [
      ['agent', 'agent', ['consult']],
      ['relations', 'relations', ['relations']],
      ['supervisor', 'supervisor', ['relations', 'consult']],
      ['supervisor2', 'supervisor', ['relations']],
      ['manager', 'manager', []],
      ['admin', 'admin', []],
    ] as const) {
      const actor = await world.person(role, { groups: [...groups], name });
      people[name] = { actor, token: await world.token(actor) };
    }
    base = (await world.listen()).base;
  });
  after(() => world.end());

  test('SD2-27 SD4-27 a limit and a script changed from the screen rule the next case; what runs keeps its version, the old one stays readable with author and note', async () => {
    const running = await complain('甲');
    const { body: before } = await call<VersionView & { pack: Pack }>(
      'manager',
      'GET',
      '/playbooks/complaint/versions/1',
    );
    const pack: Pack = {
      ...before.pack,
      steps: before.pack.steps.map((step) => (step.key === 'register' ? { ...step, within: '20m' } : step)),
      scripts: before.pack.scripts.map((script) =>
        script.key === 'apology'
          ? { ...script, zh: { ...script.zh, body: '{{customer.name}}，实在对不起。' } }
          : script,
      ),
    };
    const draft = await call<{ version: number; faults: unknown[] }>(
      'manager',
      'PUT',
      '/playbooks/complaint/draft',
      { pack },
    );
    assert.deepEqual([draft.body.version, draft.body.faults], [2, []]);
    assert.equal((await call('agent', 'POST', '/playbooks/complaint/publish', { note: 'x' })).status, 403);
    const published = await call<VersionView>('manager', 'POST', '/playbooks/complaint/publish', {
      note: '登记改为 20 分钟',
    });
    assert.equal(published.body.state, 'published');
    const next = await complain('乙');
    for (const [ticketId, version, minutes, words] of [
      [running, 1, 60, '您的心情我完全理解'],
      [next, 2, 20, '乙，实在对不起。'],
    ] as const) {
      const run = await runOf(ticketId);
      assert.equal(run.version, version);
      assert.ok(
        run.open[0]!.scripts.some(({ body }) => body.zh.startsWith(words)),
        JSON.stringify(run.open[0]!.scripts),
      );
      const { body } = await call<RunView>('relations', 'POST', `/runs/${run.id}/steps/contact/complete`, {
        outcome: 'reached',
      });
      const { dueAt, createdAt } = body.open[0]!.task;
      assert.equal((Date.parse(dueAt!) - Date.parse(createdAt)) / 60_000, minutes);
    }
    const { body: versions } = await call<{ items: VersionView[] }>(
      'agent',
      'GET',
      '/playbooks/complaint/versions',
    );
    assert.deepEqual(
      versions.items.map(({ version, state, note, author }) => [version, state, note, author]),
      [
        [2, 'published', '登记改为 20 分钟', 'manager'],
        [1, 'retired', '随产品提供', null],
      ],
    );
    assert.equal(
      (await call<{ pack: Pack }>('agent', 'GET', '/playbooks/complaint/versions/1')).body.pack.steps.find(
        ({ key }) => key === 'register',
      )!.within,
      '1h',
    );
  });

  test('a draft with faults is kept but not published, each fault with its place and a remedy', async () => {
    const { body: before } = await call<{ pack: Pack }>('manager', 'GET', '/playbooks/complaint/versions/2');
    const pack = {
      ...before.pack,
      steps: before.pack.steps.map((step) =>
        step.key === 'review' ? { ...step, rejectTo: 'nowhere' } : step,
      ),
    };
    const draft = await call<{ faults: { at: string }[] }>('manager', 'PUT', '/playbooks/complaint/draft', {
      pack,
    });
    assert.equal(draft.body.faults.length, 1);
    const refused = await call('manager', 'POST', '/playbooks/complaint/publish', { note: 'x' });
    assert.deepEqual([refused.status, refused.body.code], [422, 'PLAYBOOK_INVALID']);
    assert.match(refused.body.errors![0]!.message, /指向不存在的步骤“nowhere”/);
    assert.equal((await call('manager', 'DELETE', '/playbooks/complaint/draft')).status, 200);
  });

  test('P104 two supervisors decide at the same instant: one decision counts, the other is told who was first', async () => {
    const task = await toReview(await complain());
    const answers = await Promise.all([
      call<TaskView>('supervisor', 'POST', `/approvals/${task.id}/approve`, { comment: '同意' }),
      call<TaskView>('supervisor2', 'POST', `/approvals/${task.id}/reject`, { comment: '不同意' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
    const lost = answers.find(({ status }) => status === 409)!;
    assert.equal(lost.body.code, 'APPROVAL_DECIDED');
    assert.match(lost.body.detail!, /supervisor/);
  });

  test('P104 nobody approves what they asked for, not even by delegation; a delegate named by the approver may', async () => {
    const ticketId = await complain();
    const task = await toReview(ticketId);
    assert.equal(
      (await call('relations', 'POST', `/approvals/${task.id}/approve`, {})).body.code,
      'APPROVAL_SELF',
    );
    await call('supervisor', 'POST', `/tasks/${task.id}/assign`, {
      assigneeId: people.relations!.actor.id,
      note: '请代批',
    });
    assert.equal(
      (await call('relations', 'POST', `/approvals/${task.id}/approve`, {})).body.code,
      'APPROVAL_SELF',
    );
    const handed = await call<TaskView>('supervisor', 'POST', `/tasks/${task.id}/assign`, {
      assigneeId: people.manager!.actor.id,
      note: '我休假，请代批',
    });
    assert.equal(handed.status, 200, JSON.stringify(handed.body));
    assert.equal(
      (await call<TaskView>('manager', 'POST', `/approvals/${task.id}/approve`, { comment: '同意' })).body
        .outcome,
      'approved',
    );
    assert.equal((await runOf(ticketId)).open[0]!.task.stepKey, 'offer');
  });

  test('SD3b-04 the accused sees neither the complaint nor its steps, forms and run', async () => {
    const { id: customerId } = await world.does(systemActor('test'), createCustomer, {
      kind: 'person',
      name: '丙',
    });
    const { id } = await world.does(people.supervisor!.actor, openTicket, {
      customerId,
      channel: 'phone',
      category: 'complaint_suggestion.complaint',
      urgency: 'high',
      impact: 'single',
      subject: '态度差',
      description: '态度差',
      accusedAgentId: people.relations!.actor.id,
    });
    const run = await runOf(id);
    assert.equal((await call('relations', 'GET', `/tickets/${id}`)).status, 404);
    assert.equal((await call('relations', 'GET', `/runs/${run.id}`)).status, 404);
    assert.equal((await call('relations', 'GET', `/tasks/${run.open[0]!.task.id}`)).status, 404);
    const { body: mine } = await call<{ items: TaskView[] }>(
      'relations',
      'GET',
      '/tasks?mine=true&limit=200',
    );
    assert.ok(!mine.items.some(({ ticketId }) => ticketId === id));
    const { body: others } = await call<{ items: TaskView[] }>('supervisor', 'GET', '/tasks?limit=200');
    assert.ok(others.items.some(({ ticketId }) => ticketId === id));
  });

  test('one case with one seed tells the same story twice', async () => {
    const story = async () => {
      const twin = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
      try {
        const agent = await twin.person('agent', { groups: ['consult'], name: 'agent' });
        const { id: customerId } = await twin.does(systemActor('test'), createCustomer, {
          kind: 'person',
          name: '张伟',
        });
        await twin.does(agent, openTicket, {
          customerId,
          channel: 'phone',
          category: 'complaint_suggestion.complaint',
          urgency: 'high',
          impact: 'single',
          subject: '漏水',
          description: '漏水',
        });
        await twin.later({ days: 2 });
        const { rows } = await twin.db.pool.query(
          `select type, at, data - 'taskId' - 'deadlineId' - 'runId' - 'ticketId' - 'noticeId' as data from event where type ~ '^(run|task|deadline)' order by at, type, data::text`,
        );
        return JSON.stringify(rows).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
      } finally {
        await twin.end();
      }
    };
    assert.equal(await story(), await story());
  });

  test('SD0-01 the four scenarios are there from the start; a clone for another industry leaves the original as it was', async () => {
    const { body } = await call<{ items: PlaybookRow[] }>('agent', 'GET', '/playbooks');
    const original = body.items.find(({ key }) => key === 'complaint')!;
    const clone = await call<PlaybookRow>('manager', 'POST', '/playbooks/complaint/clone', {
      key: 'complaint_school',
      name: { zh: '教育投诉', en: 'School complaints' },
      industry: '教育',
    });
    assert.deepEqual(
      [clone.status, clone.body.enabled, clone.body.clonedFrom, clone.body.industry],
      [201, false, 'complaint', '教育'],
    );
    const published = await call('manager', 'POST', '/playbooks/complaint_school/publish', { note: '首版' });
    assert.equal(published.status, 200, JSON.stringify(published.body));
    await call('manager', 'POST', '/playbooks/complaint_school/switch', { enabled: true });
    const { body: later } = await call<{ items: PlaybookRow[] }>('agent', 'GET', '/playbooks');
    assert.deepEqual(
      later.items.find(({ key }) => key === 'complaint'),
      { ...original, running: original.running },
    );
    const scenarios = new Set(later.items.filter(({ enabled }) => enabled).map(({ scenario }) => scenario));
    for (const scenario of ['pre_sales', 'order', 'after_sales', 'complaint'])
      assert.ok(scenarios.has(scenario), scenario);
  });

  test('words on the panel are said in the name of who reads them, whoever has the ticket', async () => {
    const ticketId = await complain('丙');
    for (const who of ['relations', 'supervisor'] as const) {
      const { open } = await runOf(ticketId, who);
      const words = open[0]!.scripts.map(({ body }) => body.zh).join('');
      assert.ok(words.includes(`的${people[who]!.actor.name}，工号`), words);
    }
  });
  test('a step in which the centre waits says for what, and until when', async () => {
    const name = { zh: '等待解决', en: 'Wait for the solution' };
    const pack = {
      key: 'waits',
      name,
      goal: name,
      version: 1,
      scenario: 'support',
      industry: '通用',
      owner: 'manager',
      reviewMonths: 6,
      source: [],
      about: 'ticket',
      enabled: true,
      steps: [
        {
          key: 'hold',
          name,
          kind: 'wait',
          until: { event: 'ticket.resolved' },
          timeout: '2d',
          timeoutTo: 'late',
        },
        { key: 'late', name, kind: 'do', who: { role: 'manager' } },
      ],
      records: [],
      scripts: [],
    } as unknown as Pack;
    await installPack(world.centre, { pack, hash: 'waits' }, 990);
    const { id: customerId } = await world.does(systemActor('test'), createCustomer, {
      kind: 'person',
      name: '丁',
    });
    const { id } = await world.does(people.agent!.actor, openTicket, {
      customerId,
      channel: 'phone',
      category: 'consult',
      urgency: 'low',
      impact: 'single',
      subject: '问路',
      description: '问路',
    });
    const { body } = await call<RunView>('supervisor', 'POST', `/tickets/${id}/runs`, { playbook: 'waits' });
    const [hold] = body.line;
    assert.deepEqual(
      [hold!.key, hold!.task, hold!.waits],
      [
        'hold',
        null,
        {
          event: { zh: events['ticket.resolved'].zh, en: events['ticket.resolved'].en },
          until: new Date(Date.parse(body.startedAt) + 2 * 86_400_000).toISOString(),
        },
      ],
    );
    assert.equal(body.line.at(-1)!.waits, null);
  });
  test('the list says of each playbook whether the reader works with it, as its list of readers does, and what its own roles are called', async () => {
    for (const who of ['agent', 'manager'] as const) {
      const { body } = await call<{ items: PlaybookRow[] }>(who, 'GET', '/playbooks');
      for (const { key, works } of body.items) {
        const readers = await call<{ items: { name: string; works: boolean }[] }>(
          'manager',
          'GET',
          `/playbooks/${key}/readers`,
        );
        assert.equal(
          works,
          readers.body.items.find(({ name }) => name === who)?.works ?? false,
          `${who} ${key}`,
        );
      }
      assert.ok(body.items.some(({ works }) => works) && body.items.some(({ works }) => !works), who);
      const clinic = body.items.find(({ key }) => key === 'clinic')!;
      assert.equal(clinic.enabled, false);
      assert.deepEqual(
        clinic.brings.roles.find(({ key }) => key === 'doctor'),
        { key: 'doctor', zh: '专家', en: 'Expert' },
      );
    }
  });
  test('SD2-25 who has not confirmed to have read the version in force is listed; a new version has to be read anew', async () => {
    const { body: row } = await call<{ items: PlaybookRow[] }>('agent', 'GET', '/playbooks');
    const { version } = row.items.find(({ key }) => key === 'complaint')!;
    await call('agent', 'POST', '/playbooks/complaint/read', { version });
    const { body } = await call<{ items: { name: string; readAt: string | null }[] }>(
      'manager',
      'GET',
      '/playbooks/complaint/readers',
    );
    assert.ok(body.items.find(({ name }) => name === 'agent')!.readAt);
    assert.equal(body.items.find(({ name }) => name === 'relations')!.readAt, null);
  });

  test('the list of readers names who works with the playbook; somebody outside may confirm and comes last', async () => {
    const outside = await world.person('analyst', { name: '外人' });
    people.outside = { actor: outside, token: await world.token(outside) };
    type Readers = { items: { name: string; readAt: string | null; works: boolean }[] };
    const readers = async () =>
      (await call<Readers>('manager', 'GET', '/playbooks/complaint/readers')).body.items;
    const before = await readers();
    assert.equal(
      before.find(({ name }) => name === '外人'),
      undefined,
    );
    for (const name of ['relations', 'supervisor'])
      assert.equal(before.find((one) => one.name === name)?.works, true, name);
    const { body: row } = await call<{ items: PlaybookRow[] }>('outside', 'GET', '/playbooks');
    const { version } = row.items.find(({ key }) => key === 'complaint')!;
    await call('outside', 'POST', '/playbooks/complaint/read', { version });
    const last = (await readers()).at(-1)!;
    assert.deepEqual([last.name, last.works, last.readAt !== null], ['外人', false, true]);
  });

  test('SD2-24 SD3h-04 a change request is linked to a figure before and after, and to the version that answers it', async () => {
    const asked = await call<{ id: string }>('agent', 'POST', '/playbooks/complaint/requests', {
      text: '首次联系话术太长',
      metric: 'complaint_contact_minutes',
      before: 8.5,
    });
    await call('manager', 'PATCH', `/playbooks/complaint/requests/${asked.body.id}`, {
      state: 'done',
      after: 6,
      version: 2,
    });
    const { body } = await call<{
      items: { before: number; after: number; version: number; state: string }[];
    }>('agent', 'GET', '/playbooks/complaint/requests');
    assert.deepEqual(
      [body.items[0]!.before, body.items[0]!.after, body.items[0]!.version, body.items[0]!.state],
      [8.5, 6, 2, 'done'],
    );
  });

  test('SD0-06 SD3r-12 a promise turns red at its instant, tells its owner and the supervisor, and counts in the rate kept', async () => {
    const ticketId = await complain();
    const from = new Date(world.clock.now()).toISOString();
    const at = new Date(world.clock.now() + 3_600_000).toISOString();
    const kept = await call<TaskView>('agent', 'POST', '/commitments', {
      what: '回电告知查询结果',
      promisedAt: at,
      ticketId,
    });
    const broken = await call<TaskView>('agent', 'POST', '/commitments', {
      what: '发送说明书',
      promisedAt: at,
      ticketId,
    });
    assert.equal(broken.status, 201, JSON.stringify(broken.body));
    await call('agent', 'POST', `/tasks/${kept.body.id}/complete`, {});
    await world.until(at);
    const atOnce = await call<TaskView>('agent', 'GET', `/tasks/${broken.body.id}`);
    assert.equal(atOnce.body.late, false, 'kept until its instant is over');
    await world.later({ seconds: 1 });
    const { body } = await call<TaskView>('agent', 'GET', `/tasks/${broken.body.id}`);
    assert.deepEqual([body.late, body.state], [true, 'open']);
    const rate = await call<{ numerator: number; denominator: number; value: number }>(
      'supervisor',
      'GET',
      `/commitments/kept?from=${from}&to=${new Date(world.clock.now()).toISOString()}`,
    );
    assert.deepEqual(rate.body, { numerator: 1, denominator: 2, value: 0.5 });
  });
});
