import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { changeUser, createSetupLink } from '#modules/identity/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { verifyAudit } from '#modules/audit/index.ts';
import { caller } from './client.ts';

let world: World;
let base = '';
const password = 'correct horse battery';
before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  await world.person('agent', { groups: ['consult'], email: 'agent@test.example' });
  await world.person('admin', { email: 'admin@test.example' });
});
after(() => world.end());

const signIn = async (email: string) => {
  const answer = await caller(base)('POST', '/session', {
    body: { email, password },
    headers: { origin: base },
  });
  assert.equal(answer.status, 200, answer.text);
  const cookie = answer.headers.get('set-cookie')!;
  return { cookie, pair: cookie.split(';')[0]! };
};
const open = (headers: Record<string, string>, path = '/realtime', protocols: string[] = []) =>
  new Promise<{ status: number; socket?: WebSocket }>((resolve) => {
    const socket = new WebSocket(`${base.replace('http', 'ws')}${path}`, protocols, { headers });
    socket.once('open', () => resolve({ status: 101, socket }));
    socket.once('unexpected-response', (_request, response) => resolve({ status: response.statusCode! }));
    socket.once('error', () => resolve({ status: 0 }));
  });

test(
  'P49 the session cookie is bound, hidden and fresh at each sign-in; disabling ends sessions and sockets within 5 s',
  { timeout: 20_000 },
  async () => {
    const first = await signIn('agent@test.example');
    const second = await signIn('agent@test.example');
    assert.match(first.cookie, /^__Host-zhike=/);
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
      assert.ok(first.cookie.includes(flag), flag);
    assert.notEqual(first.pair, second.pair);
    const { socket } = await open({ cookie: second.pair, origin: base });
    const closed = new Promise<number>((resolve) => socket!.once('close', (code) => resolve(code)));
    const colleague = await world.person('agent', { email: 'gone@test.example' });
    const theirs = await signIn('gone@test.example');
    const line = (await open({ cookie: theirs.pair, origin: base })).socket!;
    const gone = new Promise<number>((resolve) => line.once('close', (code) => resolve(code)));
    await send(world.centre, changeUser, { id: colleague.id, status: 'disabled' }, systemActor('test'));
    const begun = performance.now();
    assert.equal(await gone, 4401);
    assert.ok(performance.now() - begun < 5000);
    let status = 200;
    while (status !== 401 && performance.now() - begun < 5000)
      ({ status } = await caller(base, { cookie: theirs.pair })('GET', '/me'));
    assert.equal(status, 401);
    await caller(base, { cookie: second.pair, origin: base })('DELETE', '/session');
    assert.equal(await closed, 4401);
    assert.equal((await caller(base, { cookie: first.pair })('GET', '/me')).status, 200);
  },
);

test('P50 a write with a cookie must come from our own pages; a read never writes', async () => {
  const { pair } = await signIn('agent@test.example');
  for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<
    string,
    string
  >[]) {
    const answer = await caller(base, { cookie: pair, ...headers })('POST', '/me/presence', {
      body: { state: 'ready' },
    });
    assert.equal(answer.body.code, 'CSRF', JSON.stringify(headers));
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await caller(base, { cookie: pair, origin: 'https://evil.example' })(
      'POST',
      '/me/presence',
      { raw: '{"state":"ready"}', headers: { 'content-type': type } },
    );
    assert.equal(answer.status, 403, type);
  }
  const count = () =>
    world.db.one(
      sql<{ n: number }>`select (select count(*) from event)::int + (select count(*) from audit)::int as n`,
    );
  const before = await count();
  for (const path of [
    '/me',
    '/tickets',
    '/conversations',
    '/customers',
    '/users',
    '/groups',
    '/roles',
    '/settings',
    '/policies',
    '/calendars',
    '/notices',
    '/me/sessions',
  ])
    assert.ok((await caller(base, { cookie: pair })('GET', path)).status < 400, path);
  assert.deepEqual(await count(), before);
});

test('P51 a socket without a session, from another site, or with a token in the address is refused; foreign topics are FORBIDDEN', async () => {
  const { pair } = await signIn('agent@test.example');
  assert.equal((await open({ origin: 'https://evil.example', cookie: pair })).status, 403);
  assert.equal((await open({ cookie: pair })).status, 403);
  assert.equal((await open({ origin: base })).status, 401);
  assert.equal((await open({ origin: base }, '/realtime?token=zk_x')).status, 401);
  assert.equal((await open({}, '/realtime', ['zhike.v1', 'visitor.nobody'])).status, 401);
  const other = await world.person('agent', { groups: ['tech'] });
  const { id: customerId } = await world.does(other, createCustomer, { kind: 'person', name: '王' });
  const { id } = await world.does(other, openTicket, {
    customerId,
    channel: 'phone',
    category: 'tech.fault',
    urgency: 'low',
    impact: 'single',
    subject: '别组',
    description: '别组',
  });
  const me = (await caller(base, { cookie: pair })('GET', '/me')).body.id as string;
  const { socket } = await open({ origin: base, cookie: pair });
  const heard: { type: string; code?: string; event?: { subjectId: string; subjectType: string } }[] = [];
  socket!.on('message', (data) => heard.push(JSON.parse(String(data)) as (typeof heard)[number]));
  for (const topic of [`ticket:${id}`, '*', '%', ['x'], 'floor', `ticket:${'0'.repeat(36)}`])
    socket!.send(JSON.stringify({ do: 'subscribe', topic }));
  socket!.send('not json');
  socket!.send(JSON.stringify({ do: 'subscribe', topic: 'desk' }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await world.does(other, openTicket, {
    customerId,
    channel: 'phone',
    category: 'tech.fault',
    urgency: 'low',
    impact: 'single',
    subject: '别组',
    description: '别组',
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal(heard.filter(({ code }) => code === 'FORBIDDEN').length, 6);
  assert.equal(heard.filter(({ type, event }) => type === 'event' && event?.subjectId === id).length, 0);
  // Customers are everybody's to read and one's own sign-in is one's own; tickets of the other group are not.
  assert.ok(
    heard.every(
      ({ event }) =>
        !event ||
        event.subjectType === 'customer' ||
        (event.subjectType === 'user' && event.subjectId === me),
    ),
    'nothing of the other group is pushed',
  );
  socket!.terminate();
});

test('P46 guessing is slowed: five wrong passwords, then even the right one waits; the owner elsewhere is not locked out', async () => {
  const wrong = (n: number) =>
    caller(base)('POST', '/session', {
      body: { email: 'admin@test.example', password: `wrong ${n}` },
      headers: { origin: base },
    });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => wrong(n)));
  assert.equal(answers.filter(({ body }) => body.code === 'LOGIN_FAILED').length, 5);
  const refused = answers.find(({ status }) => status === 429)!;
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  const unknown = await caller(base)('POST', '/session', {
    body: { email: 'nobody@test.example', password: 'wrong' },
    headers: { origin: base },
  });
  assert.deepEqual([unknown.status, unknown.body.code], [401, 'LOGIN_FAILED']);
});

test('P54 an empty centre has no log-in; its set-up link works once and within a day', async () => {
  const empty = await newWorld({ realTime: true });
  const { base: there } = await empty.listen();
  try {
    const link = (await createSetupLink(empty.centre))!;
    const token = new URL(link).hash.slice(1);
    const body = { token, email: 'me@test.example', name: '第一位', password: 'a long first password' };
    assert.equal(
      (await caller(there)('POST', '/setup', { body: { ...body, token: `${token.slice(0, -2)}xx` } })).status,
      410,
    );
    assert.equal((await caller(there)('POST', '/setup', { body })).status, 200);
    assert.equal(
      (await caller(there)('POST', '/setup', { body: { ...body, email: 'second@test.example' } })).status,
      410,
    );
    assert.equal(await createSetupLink(empty.centre), undefined);
  } finally {
    await empty.end();
  }
});

test('P76 the audit cannot be changed by the application, and a change by force is found by chain and sequence', async () => {
  await assert.rejects(world.db.run(sql`update audit set body = 'x'`), /append-only/);
  await assert.rejects(world.db.run(sql`delete from audit`), /append-only/);
  assert.deepEqual((await verifyAudit(world.db)).broken, []);
  const victim = await world.db.one(
    sql<{ chain: number; seq: number }>`select chain, seq from audit order by at limit 1`,
  );
  await world.db.run(sql`alter table audit disable trigger all`);
  await world.db.run(
    sql`update audit set body = replace(body, '"action"', '"Action"') where chain = ${victim.chain} and seq = ${victim.seq}`,
  );
  const { broken } = await verifyAudit(world.db);
  assert.deepEqual(
    broken.map(({ chain, seq }) => ({ chain, seq })),
    [victim],
  );
  await world.db.run(sql`alter table audit enable trigger all`);
});
