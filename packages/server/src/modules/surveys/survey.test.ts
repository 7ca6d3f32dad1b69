import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { defaultSettings } from '#modules/settings/defaults.ts';
import { changeSetting } from '#modules/settings/index.ts';
import { openTicket, reopenTicket, resolveTicket } from '#modules/tickets/index.ts';
import { csatOf, overallOf, plannedAt } from './rules.ts';
import { exportAnswers, listAnswers, meansOf } from './answers.ts';
import { enterAnswer } from './send.ts';
import { tokenOf } from './token.ts';

const at = (text: string) => Date.parse(text);
const setting = { delayMinutes: 30, validDays: 14, quietFrom: '21:30', quietTo: '08:00' };

describe('when a survey goes out', () => {
  const cases: [string, string, string][] = [
    ['SD1-33 half an hour after solving', '2026-11-18T10:00:00+08:00', '2026-11-18T10:30:00+08:00'],
    ['quiet hours that end soon are waited for', '2026-11-18T06:30:00+08:00', '2026-11-18T08:00:00+08:00'],
    [
      'SD1-33 never later than two hours, not even at night',
      '2026-11-18T21:10:00+08:00',
      '2026-11-18T23:10:00+08:00',
    ],
    ['across midnight too', '2026-11-18T23:50:00+08:00', '2026-11-19T01:50:00+08:00'],
  ];
  for (const [name, solved, planned] of cases)
    it(name, () => assert.equal(plannedAt(at(solved), setting), at(planned)));
  it('a quiet time of nonsense is none', () =>
    assert.equal(plannedAt(0, { ...setting, quietFrom: 'x' }), 1_800_000));
});

describe('what an answer is worth', () => {
  it('SD1-34 5/4/3 is 75 of 100', () =>
    assert.equal(csatOf(overallOf({ efficiency: 5, attitude: 4, effectiveness: 3 }), 'spread'), 75));
  it('C11 the ends are 0 and 100', () =>
    assert.deepEqual([csatOf(1, 'spread'), csatOf(5, 'spread'), csatOf(5, 'fifths')], [0, 100, 100]));
  it('an overall score counts before the mean', () =>
    assert.equal(overallOf({ efficiency: 5, attitude: 5, effectiveness: 5, overall: 2 }), 2));
});

type Mail = { to: string; body: string };
let world: World;
let agent: Actor;
let surveyor: Actor;
const mails = () =>
  world.db.all(sql<Mail>`select recipient as to, body from outbound_mail where purpose = 'survey'`);
const row = (ticketId: string) =>
  world.db.one(
    sql<{
      id: string;
      state: string;
      sent_at: number | null;
      channel: string | null;
      csat: number | null;
      token_hash: Buffer;
    }>`select id, state, sent_at, channel, csat, token_hash from survey where ticket_id = ${ticketId}::uuid order by planned_at desc limit 1`,
  );
const solved = async (email = 'chen@cust.test') => {
  const { id } = await world.does(agent, openTicket, {
    customer: { kind: 'person', name: '陈芳', phones: ['13800001234'], emails: email ? [email] : [] },
    channel: 'phone',
    category: 'consult',
    subject: '查询',
    description: '查询订单',
    urgency: 'low',
    impact: 'single',
    assigneeId: agent.id,
  });
  await world.does(agent, resolveTicket, {
    id,
    resolution: { solution: '已补发', steps: '等待收货', cautions: '当面验货' },
  });
  return id;
};
const start = async () => {
  world = await newWorld();
  agent = await world.person('agent', { groups: ['consult'] });
  surveyor = await world.person('relations', { groups: ['relations'] });
};

describe('a survey is asked once', () => {
  beforeEach(start);
  afterEach(() => world.end());

  it('SD1-33 solved at 10:00, sent by mail at 10:30, with a link that is not in the database', async () => {
    const ticketId = await solved();
    assert.equal((await row(ticketId)).state, 'planned');
    await world.later({ minutes: 29 });
    assert.equal((await mails()).length, 0);
    await world.later({ minutes: 1 });
    const [mail] = await mails();
    assert.equal(mail!.to, 'chen@cust.test');
    assert.match(mail!.body, /\/s\/[\w-]{32}/);
    const sent = await row(ticketId);
    assert.equal(sent.channel, 'email');
    const { state } = await world.db.one(
      sql<{
        state: string;
      }>`select state from deadline where kind = 'survey' and subject_id = ${ticketId}::uuid`,
    );
    assert.equal(state, 'met');
  });

  it('SD4-31 every rating is kept on 0–100: 4 of 5 is 75, or 80 as the centre’s map says; earlier ones keep their value', async () => {
    const four = { efficiency: 4, attitude: 4, effectiveness: 4 };
    const first = await solved();
    await world.does(surveyor, enterAnswer, { ticketId: first, answer: four });
    assert.equal((await row(first)).csat, 75);
    await world.does(systemActor('test'), changeSetting, {
      key: 'survey',
      value: { ...defaultSettings.survey, scale: 'fifths' },
      version: 0,
    });
    const second = await solved();
    await world.does(surveyor, enterAnswer, { ticketId: second, answer: four });
    assert.deepEqual([(await row(second)).csat, (await row(first)).csat], [80, 75]);
  });

  it('a reopened ticket’s survey is cancelled, and its link is over', async () => {
    const ticketId = await solved();
    await world.later({ minutes: 31 });
    const { id } = await row(ticketId);
    await world.does(agent, reopenTicket, { id: ticketId, reason: '还是不行' });
    assert.equal((await row(ticketId)).state, 'cancelled');
    const { address } = await world.listen();
    const response = await fetch(`${address}/api/v1/s/${tokenOf(world.config, id)}`);
    assert.equal(response.status, 410);
  });

  it('SD1-47 a surveyor enters the answer given on the phone; then no survey is sent', async () => {
    const ticketId = await solved('');
    await world.does(surveyor, enterAnswer, {
      ticketId,
      answer: { efficiency: 5, attitude: 4, effectiveness: 3, comment: '不错' },
    });
    const done = await row(ticketId);
    assert.deepEqual([done.state, done.channel, done.csat], ['answered', 'phone', 75]);
    await world.later({ hours: 3 });
    assert.equal((await mails()).length, 0);
  });

  it('a low score is told to the supervisors', async () => {
    const boss = await world.person('supervisor', { groups: ['consult'] });
    const ticketId = await solved('');
    await world.does(surveyor, enterAnswer, {
      ticketId,
      answer: { efficiency: 1, attitude: 2, effectiveness: 1 },
    });
    const told = await world.db.all(
      sql<{ user_id: string }>`select user_id from notice where kind = 'low_score'`,
    );
    assert.deepEqual(told, [{ user_id: boss.id }]);
  });

  it('what counts as low is the number of the settings', async () => {
    const boss = await world.person('supervisor', { groups: ['consult'] });
    const told = async () =>
      (await world.db.all(sql`select 1 from notice where kind = 'low_score' and user_id = ${boss.id}::uuid`))
        .length;
    const rate = async (score: number) =>
      world.does(surveyor, enterAnswer, {
        ticketId: await solved(''),
        answer: { efficiency: score, attitude: score, effectiveness: score },
      });
    await rate(3); // 50 of 100
    assert.equal(await told(), 1);
    const admin = await world.person('admin');
    await world.does(admin, changeSetting, {
      key: 'survey',
      value: { ...defaultSettings.survey, lowBelow: 50 },
      version: 0,
    });
    await rate(3);
    assert.equal(await told(), 1);
    await rate(2);
    assert.equal(await told(), 2);
  });

  it('SD1-34 an answer of 5/4/3 stands in its three columns and as 75; each question has its mean', async () => {
    const boss = await world.person('manager');
    const empty = await meansOf(world.centre, boss, {});
    assert.deepEqual([empty.answers, empty.attitude], [0, null]);
    const [one, other] = [await solved(''), await solved('')];
    await world.does(surveyor, enterAnswer, {
      ticketId: one,
      answer: { efficiency: 5, attitude: 4, effectiveness: 3, comment: '还行' },
    });
    await world.does(surveyor, enterAnswer, {
      ticketId: other,
      answer: { efficiency: 4, attitude: 1, effectiveness: 1 },
    });
    const { items } = await listAnswers(world.centre, boss, {});
    const { answer, csat } = items.find(({ ticketId }) => ticketId === one)!;
    assert.deepEqual(
      [answer.efficiency, answer.attitude, answer.effectiveness, answer.comment, csat],
      [5, 4, 3, '还行', 75],
    );
    assert.deepEqual(await meansOf(world.centre, boss, {}), {
      answers: 2,
      efficiency: 4.5,
      attitude: 2.5,
      effectiveness: 2,
      csat: (75 + 25) / 2,
    });
    assert.equal((await meansOf(world.centre, boss, { below: 60 })).efficiency, 4);
    assert.equal((await meansOf(world.centre, agent, {})).answers, 0, 'not of what one may not read');
    const { bytes } = await exportAnswers(world.centre, boss, 'csv', {}, 'zh-CN');
    assert.match(String(bytes), /,5,4,3,75,还行,/);
  });

  it('answers are listed by how low they are, and leave as a file with who took it; only with the right to export', async () => {
    const [low, high] = [await solved(''), await solved('')];
    const scores = (score: number, comment: string) => ({
      efficiency: score,
      attitude: score,
      effectiveness: score,
      comment,
    });
    await world.does(surveyor, enterAnswer, { ticketId: low, answer: scores(2, '等得太久') });
    await world.does(surveyor, enterAnswer, { ticketId: high, answer: scores(5, '=1+1') });
    const boss = await world.person('manager');
    const found = async (below?: number) =>
      (await listAnswers(world.centre, boss, { below })).items.map(({ ticketId, csat }) => [ticketId, csat]);
    assert.deepEqual(await found(60), [[low, 25]]);
    assert.equal((await found()).length, 2);
    const { bytes } = await exportAnswers(world.centre, boss, 'csv', {}, 'zh-CN');
    const [head, ...lines] = String(bytes).trim().split('\r\n');
    assert.match(head!, /评价时间,工单号,客户,主题,处理效率,服务态度,解决方案有效性/);
    assert.match(String(bytes), /,5,5,5,100,'=1\+1,/);
    assert.match(lines.at(-1)!, /^※ .+ 导出于/);
    // A surveyor rings everybody, and reads the words of those tickets only that are theirs to read.
    const [foreign] = (await listAnswers(world.centre, surveyor, { below: 60 })).items;
    assert.deepEqual(
      [foreign!.ticketId, foreign!.subject, foreign!.customerName, foreign!.answer.comment],
      [low, null, null, '等得太久'],
    );
    assert.ok(!JSON.stringify((await listAnswers(world.centre, surveyor, {})).items).includes('陈芳'));
    const [seen] = (await listAnswers(world.centre, boss, { below: 60 })).items;
    assert.deepEqual([seen!.subject, seen!.customerName], ['查询', '陈芳']);
    const paper = (await exportAnswers(world.centre, boss, 'pdf', {}, 'zh-CN')).bytes as Buffer;
    assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
    assert.deepEqual((await listAnswers(world.centre, agent, {})).items, []);
    await assert.rejects(exportAnswers(world.centre, agent, 'csv', {}, 'zh-CN'), { code: 'FORBIDDEN' });
    const own = {
      ...agent,
      grants: { ...agent.grants, 'survey.read': 'all' as const, 'record.export': 'own' as const },
    };
    assert.ok((await listAnswers(world.centre, own, {})).items.length > 0);
    const taken = String((await exportAnswers(world.centre, own, 'csv', {}, 'zh-CN')).bytes)
      .trimEnd()
      .split('\n');
    const theirs = (await listAnswers(world.centre, own, { exported: true })).items.length;
    assert.equal(taken.length, theirs + 2, 'head, what one may take along, mark');
  });
});

describe('P78 the link', () => {
  let base: string;
  before(async () => {
    await start();
    base = `${(await world.listen()).address}/api/v1`;
  });
  after(() => world.end());
  const post = (token: string, body: unknown) =>
    fetch(`${base}/s/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const good = { efficiency: 5, attitude: 5, effectiveness: 4 };
  const sentToken = async () => {
    const ticketId = await solved();
    await world.later({ minutes: 31 });
    return { ticketId, token: tokenOf(world.config, (await row(ticketId)).id) };
  };

  it('opening it records nothing; of two answers at once the first wins and the second is 409', async () => {
    const { ticketId, token } = await sentToken();
    for (let i = 0; i < 3; i++) assert.equal((await fetch(`${base}/s/${token}`)).status, 200);
    assert.equal((await row(ticketId)).state, 'sent');
    const answers = await Promise.all([post(token, good), post(token, { ...good, attitude: 1 })]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
    assert.equal(((await (await fetch(`${base}/s/${token}`)).json()) as { state: string }).state, 'answered');
  });

  it('after its time it is 410', async () => {
    const { token } = await sentToken();
    await world.later({ days: 14 });
    assert.equal((await fetch(`${base}/s/${token}`)).status, 410);
    assert.equal((await post(token, good)).status, 410);
  });

  it('scores outside 1–5 and unknown fields are refused', async () => {
    const { token } = await sentToken();
    assert.equal((await post(token, { ...good, attitude: 6 })).status, 422);
    assert.equal((await post(token, { ...good, csat: 100 })).status, 422);
  });

  it('guessing ends in 429', async () => {
    const codes = new Set<number>();
    for (let i = 0; i < 80; i++)
      codes.add((await fetch(`${base}/s/${'x'.repeat(28)}${String(i).padStart(4, '0')}`)).status);
    assert.deepEqual([...codes], [404, 429]);
  });

  it('neither ticket, survey nor event shows the token to staff', async () => {
    const { ticketId, token } = await sentToken();
    const rows = await world.db.all(
      sql<{
        text: string;
      }>`select to_jsonb(s)::text as text from survey s union all select to_jsonb(e)::text from event e union all select to_jsonb(a)::text from audit a union all select to_jsonb(m)::text from message m union all select to_jsonb(t)::text from ticket t where id = ${ticketId}::uuid`,
    );
    assert.ok(rows.every(({ text }) => !text.includes(token)));
  });
});
