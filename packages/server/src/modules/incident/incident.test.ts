import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { endIncident, incidentNow, startIncident } from './index.ts';

let world: World;
let supervisor: Actor;
let agent: Actor;
let base = '';
before(async () => {
  world = await newWorld();
  supervisor = await world.person('supervisor', { groups: ['consult'] });
  agent = await world.person('agent', { groups: ['consult'] });
  base = `${(await world.listen()).base}/api/v1`;
});
after(() => world.end());

const ask = async <T>(method: string, path: string, body?: unknown, authorization?: string): Promise<T> => {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(authorization ? { authorization } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = (await response.json()) as T;
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
};
const told = async () =>
  (await ask<{ notice: { announcement: string; announcementEn: string } | null }>('GET', '/notice')).notice;
const visitor = async (locale: 'zh-CN' | 'en', n: number) => {
  const { token } = await ask<{ token: string }>('POST', '/widget/web/session', { locale });
  const mine = `Visitor ${token}`;
  await ask('POST', '/widget/messages', { body: '电话打不通', clientId: `first-message-${n}` }, mine);
  await world.centre.settle();
  return mine;
};
type State = {
  conversation: { id: string; state: string };
  messages: { from: string; body: string }[];
};
const stateOf = (mine: string) => ask<State>('GET', '/widget/conversation', undefined, mine);
const start = () =>
  world.does(supervisor, startIncident, {
    cause: 'lines',
    announcement: '线路繁忙，我们正在加派人手',
    announcementEn: 'Lines are busy, more people are joining',
    offerCallback: true,
  });

test('SD2-37 switching incident mode on and off changes what customers read at once, and is logged', async () => {
  assert.equal(await told(), null);
  const before = await visitor('zh-CN', 1);
  const { id } = await start();
  assert.equal((await told())!.announcement, '线路繁忙，我们正在加派人手');
  assert.equal(
    (await incidentNow(world.db))!.ivr,
    '线路繁忙，我们正在加派人手',
    'the telephone says the same',
  );
  assert.deepEqual(
    (await stateOf(before)).messages.map(({ from }) => from),
    ['customer'],
    'who came before is not written to',
  );
  await world.later({ minutes: 40 });
  await world.does(supervisor, endIncident, {});
  assert.equal(await told(), null);
  const lines = await world.db.all(
    sql<{
      action: string;
      actor_id: string;
    }>`select action, actor_id from audit where subject_id = ${id} order by at`,
  );
  assert.deepEqual(
    lines.map(({ action, actor_id }) => [action, actor_id]),
    [
      ['incident.start', supervisor.id],
      ['incident.end', supervisor.id],
    ],
  );
});

test('SD2-37 a new chat begins with the calming words in its language, and leaving a phone makes it a call-back', async () => {
  await start();
  const [chinese, english] = [await visitor('zh-CN', 2), await visitor('en', 3)];
  const first = await stateOf(chinese);
  assert.match(first.messages.find(({ from }) => from === 'system')!.body, /线路繁忙.*留下电话/);
  assert.match(
    (await stateOf(english)).messages.find(({ from }) => from === 'system')!.body,
    /^Lines are busy/,
  );
  assert.ok(['queued', 'offered'].includes(first.conversation.state));
  await ask('POST', '/widget/contact', { name: '张伟', phone: '13800001234' }, chinese);
  await world.centre.settle();
  assert.equal((await stateOf(chinese)).conversation.state, 'offline_message');
  const ticket = await world.db.maybe(
    sql<{
      status: string;
    }>`select t.status from ticket t join ticket_conversation tc on tc.ticket_id = t.id where tc.conversation_id = ${first.conversation.id}::uuid`,
  );
  assert.equal(ticket?.status, 'pooled', 'somebody finds it in the pool');
  await world.does(supervisor, endIncident, {});
  const later = await visitor('zh-CN', 4);
  await ask('POST', '/widget/contact', { name: '李娜', phone: '13800005678' }, later);
  assert.ok(['queued', 'offered'].includes((await stateOf(later)).conversation.state), 'as on any other day');
});

test('SD2-37 only one is on, and only who may switches', async () => {
  await start();
  const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;
  await assert.rejects(start(), refused('INCIDENT_ON'));
  await assert.rejects(world.does(agent, endIncident, {}), refused('FORBIDDEN'));
  await world.does(supervisor, endIncident, {});
  await assert.rejects(world.does(supervisor, endIncident, {}), refused('INCIDENT_OFF'));
});

test('P63 an id in the body that is nobody’s is told at its field, not as a failure of ours', async () => {
  const response = await fetch(`${base}/incident`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await world.token(supervisor)}`,
    },
    body: JSON.stringify({
      cause: 'lines',
      announcement: '线路繁忙',
      overflowGroupId: '01920000-0000-7000-8000-000000000000',
    }),
  });
  const { errors } = (await response.json()) as { errors: { pointer: string; code: string }[] };
  assert.deepEqual(
    [response.status, errors[0]?.pointer, errors[0]?.code],
    [422, '/overflowGroupId', 'NOT_THERE'],
  );
});
