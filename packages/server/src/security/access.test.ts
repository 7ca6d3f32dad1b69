import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { createToken } from '#modules/identity/index.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { allRoutes } from '#contracts/routes/index.ts';
import { permissions } from '#contracts/permissions.ts';
import type { Permission } from '#contracts/permissions.ts';
import { caller } from './client.ts';
import type { Caller } from './client.ts';

let world: World;
let base = '';
const people: Record<string, { actor: Actor; call: Caller }> = {};
let anonymous: Caller;
let visitor: Caller;
let mine: { id: string };
let theirs: { id: string };
let customerId = '';
const random = '01a1ed81-5cd4-7e98-9719-cece26a0dc0b';

const tokenFor = async (actor: Actor, scopes?: string[]) => {
  const token = `zk_${world.centre.ids.secret(32)}`;
  await send(
    world.centre,
    createToken,
    { userId: actor.id, name: 'test', token, scopes },
    systemActor('test'),
  );
  return token;
};

before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  for (const [name, role, groups] of [
    ['a', 'agent', ['consult']],
    ['b', 'agent', ['tech']],
    ['supervisor', 'supervisor', ['consult']],
    ['admin', 'admin', []],
    ['analyst', 'analyst', []],
  ] as const) {
    const actor = await world.person(role, { groups: [...groups] });
    people[name] = { actor, call: caller(base, { authorization: `Bearer ${await tokenFor(actor)}` }) };
  }
  anonymous = caller(base);
  const { body } = await anonymous('POST', '/widget/web/session', { body: {} });
  visitor = caller(base, { authorization: `Visitor ${body.token}` });
  customerId = (
    await world.does(people.a!.actor, createCustomer, {
      kind: 'person',
      name: '张伟',
      phones: ['13800001234'],
      emails: ['z@example.cn'],
    })
  ).id;
  const fault = {
    customerId,
    channel: 'phone' as const,
    urgency: 'medium' as const,
    impact: 'single' as const,
    subject: '咨询',
    description: '问',
  };
  mine = await world.does(people.a!.actor, openTicket, { ...fault, category: 'consult' });
  theirs = await world.does(people.b!.actor, openTicket, {
    ...fault,
    category: 'tech.fault',
    subject: '甲组看不到的工单',
  });
});
after(() => world.end());

const concrete = (path: string) =>
  path.replace(/:(\w+)/g, (_, name: string) =>
    name === 'key' ? 'web' : name === 'number' ? 'T0' : name === 'token' ? 'x'.repeat(32) : random,
  );

test('P38 routes × callers: nobody passes a door without the right that stands in its contract', async () => {
  for (const { route, name } of allRoutes) {
    const path = concrete(route.path);
    const body = route.method === 'GET' ? undefined : {};
    const nobody = await anonymous(route.method, path, { body });
    if (route.access === 'public')
      assert.ok(
        ![401, 403].includes(nobody.status) || ['LOGIN_FAILED'].includes(nobody.body.code),
        `${name} is public: ${nobody.status}`,
      );
    else assert.equal(nobody.status, 401, `${name} without a session`);
    const guest = await visitor(route.method, path, { body });
    if (route.access !== 'public' && route.access !== 'visitor')
      assert.equal(guest.status, 401, `${name} as a visitor`);
    for (const [who, { actor, call }] of Object.entries(people)) {
      if (['signOut', 'changePassword', 'setPresence', 'patchMe'].includes(name)) continue;
      const answer = await call(route.method, path, { body });
      assert.ok(answer.status < 500, `${name} as ${who}: ${answer.status} ${answer.text.slice(0, 200)}`);
      if (route.access in permissions && !actor.grants[route.access as Permission])
        assert.equal(answer.status, 403, `${name} as ${who} lacks ${route.access}`);
    }
  }
});

test('P39 a foreign id answers exactly as a random one', async () => {
  const strip = (answer: { body: Record<string, unknown> }) => ({ ...answer.body, requestId: '' });
  for (const path of ['', '/page', '/timeline', '/messages', '/archive']) {
    const foreign = await people.a!.call('GET', `/tickets/${theirs.id}${path}`);
    const none = await people.a!.call('GET', `/tickets/${random}${path}`);
    assert.equal(foreign.status, 404, path);
    assert.deepEqual(strip(foreign), strip(none));
  }
  for (const verb of ['claim', 'start', 'resume', 'urge']) {
    const answer = await people.a!.call('POST', `/tickets/${theirs.id}/${verb}`, { body: {} });
    assert.equal(answer.status, 404, verb);
  }
  assert.equal((await people.b!.call('GET', `/tickets/${theirs.id}`)).status, 200);
});

test('P41 lists, search and timelines hold nothing of other groups', async () => {
  for (const path of [
    '/tickets?view=all',
    '/tickets?q=甲组',
    `/tickets?customerId=${customerId}`,
    `/search?q=${encodeURIComponent('甲组')}`,
    `/customers/${customerId}/timeline`,
  ]) {
    const { status, text } = await people.a!.call('GET', path);
    assert.equal(status, 200, path);
    assert.ok(!text.includes('甲组看不到的工单') && !text.includes(theirs.id), path);
  }
  const { body } = await people.a!.call('POST', `/tickets/${mine.id}/link`, {
    body: { otherId: theirs.id, relation: 'related' },
  });
  assert.equal(body.status, 404);
});

test('P40 a conversation of another group can neither be linked nor turned into a ticket', async () => {
  const writer = caller(base, {
    authorization: `Visitor ${(await anonymous('POST', '/widget/web/session', { body: {} })).body.token}`,
  });
  const { body } = await writer('POST', '/widget/messages', {
    body: { body: '只给咨询组', clientId: 'client-0040' },
  });
  const id = body.conversation.id as string;
  for (const given of [{ ticketId: theirs.id }, {}])
    assert.equal(
      (await people.b!.call('POST', `/conversations/${id}/to-ticket`, { body: given })).status,
      404,
    );
  const opened = await people.b!.call('POST', '/tickets', {
    body: {
      customerId,
      conversationId: id,
      channel: 'webchat',
      category: 'consult',
      urgency: 'low',
      impact: 'single',
      subject: '越权',
      description: '越权',
    },
  });
  assert.equal(opened.status, 404);
});

test('P42 fields that are not the caller’s to set are refused, and nothing changes', async () => {
  const before = await people.a!.call('GET', `/tickets/${mine.id}`);
  for (const field of [
    'status',
    'role',
    'isAdmin',
    'tenantId',
    'createdAt',
    'slaDueAt',
    'verified',
    'authorId',
    'approvedBy',
    'accountableId',
    'number',
    'version',
  ]) {
    const answer = await people.a!.call('PATCH', `/tickets/${mine.id}`, { body: { [field]: 'x' } });
    assert.equal(answer.status, 422, field);
    assert.equal(answer.body.code, 'UNKNOWN_FIELD', field);
  }
  const { body } = await people.a!.call('POST', `/customers`, {
    body: { kind: 'person', name: '李', id: random },
  });
  assert.equal(body.code, 'UNKNOWN_FIELD');
  assert.deepEqual((await people.a!.call('GET', `/tickets/${mine.id}`)).body, before.body);
});

test('P44 phones and mails are masked; a reveal needs a reason, is audited and limited', async () => {
  const { body, text } = await people.a!.call('GET', `/customers/${customerId}`);
  assert.ok(!text.includes('13800001234') && !text.includes('z@example.cn'));
  assert.equal(body.identities[0].value, '138****1234');
  const identityId = body.identities[0].id as string;
  assert.equal(
    (await people.a!.call('POST', `/customers/${customerId}/reveal`, { body: { identityId, reason: '看' } }))
      .body.code,
    'REVEAL_REASON_REQUIRED',
  );
  assert.equal(
    (
      await people.a!.call('POST', `/customers/${customerId}/reveal`, {
        body: { identityId, reason: '回访客户' },
      })
    ).body.value,
    '+8613800001234',
  );
  for (let n = 0; n < 29; n++)
    await people.a!.call('POST', `/customers/${customerId}/reveal`, {
      body: { identityId, reason: '回访客户' },
    });
  assert.equal(
    (
      await people.a!.call('POST', `/customers/${customerId}/reveal`, {
        body: { identityId, reason: '回访客户' },
      })
    ).status,
    429,
  );
  const audit = await people.admin!.call('GET', '/audit?action=customers.reveal&limit=200');
  assert.equal(audit.body.items.length, 30);
  assert.ok(!audit.text.includes('13800001234'));
  const page = await people.a!.call('GET', `/tickets/${mine.id}/page`);
  assert.ok(!page.text.includes('13800001234'));
});

test('P55 API tokens are scoped, shown once, and mean nothing in a URL', async () => {
  const narrow = caller(base, {
    authorization: `Bearer ${await tokenFor(people.admin!.actor, ['ticket.read'])}`,
  });
  assert.equal((await narrow('GET', '/tickets')).status, 200);
  assert.equal((await narrow('GET', '/audit')).status, 403);
  const token = await tokenFor(people.admin!.actor);
  assert.equal((await anonymous('GET', `/tickets?token=${token}`)).status, 401);
  assert.ok(!(await people.admin!.call('GET', '/tokens')).text.includes('zk_'));
});

test('P58 a visitor sees only the own conversation, and a token that is none is nobody', async () => {
  const other = caller(base, {
    authorization: `Visitor ${(await anonymous('POST', '/widget/web/session', { body: {} })).body.token}`,
  });
  await visitor('POST', '/widget/messages', { body: { body: '我的秘密', clientId: 'client-0001' } });
  assert.ok(!(await other('GET', '/widget/conversation')).text.includes('我的秘密'));
  for (const token of ['', 'null', '0', '{}', '[]', 'undefined'])
    assert.equal(
      (await caller(base, { authorization: `Visitor ${token}` })('GET', '/widget/conversation')).status,
      401,
      token,
    );
});

test('a name of blanks is none: refused with the field, and nothing is kept', async () => {
  const blank = ' \u3000\t';
  const admin = people.admin!.call;
  const agent = people.a!.call;
  const ticket = { customerId, channel: 'phone', category: 'consult', urgency: 'low', impact: 'single' };
  const week = { mon: [['09:00', '18:00']] };
  for (const [call, method, path, body, pointer] of [
    [admin, 'POST', '/groups', { key: 'blank', name: blank }, '/name'],
    [admin, 'POST', '/users', { email: 'blank@example.cn', name: blank, roles: ['agent'] }, '/name'],
    [admin, 'POST', '/roles', { key: 'blank', name: blank, grants: {} }, '/name'],
    [admin, 'PATCH', '/me', { name: blank }, '/name'],
    [admin, 'POST', '/channels', { kind: 'webchat', key: 'blank', name: blank }, '/name'],
    [admin, 'POST', '/calendars', { name: blank, week }, '/name'],
    [agent, 'POST', '/customers', { kind: 'person', name: blank }, '/name'],
    [agent, 'POST', '/tickets', { ...ticket, subject: blank, description: '问' }, '/subject'],
    [agent, 'PATCH', `/tickets/${mine.id}`, { subject: blank }, '/subject'],
    [
      agent,
      'POST',
      '/follow-ups',
      { kind: 'callback', title: blank, dueAt: '2026-12-01T02:00:00Z', customerId },
      '/title',
    ],
  ] as const) {
    const { status, body: answer } = await call(method, path, { body });
    assert.deepEqual(
      [status, answer.code, answer.errors],
      [422, 'VALIDATION', [{ pointer, code: 'REQUIRED', message: '必填' }]],
      `${method} ${path}`,
    );
  }
  const english = await admin('POST', '/groups', { body: { key: 'blank', name: '二线', nameEn: blank } });
  assert.deepEqual([english.status, english.body.errors[0].code], [422, 'BLANK']);
  assert.equal(
    (await admin('POST', '/groups', { body: { key: 'blank', name: '二线', nameEn: '' } })).status,
    201,
    'a missing English name is none',
  );
});

test('P05 links that do not only lead somewhere are refused, naming the field', async () => {
  for (const website of [
    'javascript:alert(1)//https://ok',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    'https://ok\n.evil',
    'https:\\\\evil',
  ]) {
    const { status, body } = await people.a!.call('POST', '/customers', {
      body: { kind: 'person', name: '李', website },
    });
    assert.equal(status, 422, website);
    assert.ok(
      ['URL_NOT_ALLOWED', 'VALIDATION'].includes(body.code) && JSON.stringify(body).includes('website'),
      website,
    );
  }
  for (const website of ['https://ok.example/a?b=1', 'mailto:a@b.cn', 'tel:+8613800001234'])
    assert.equal(
      (await people.a!.call('POST', '/customers', { body: { kind: 'person', name: '李', website } })).status,
      201,
      website,
    );
});

test('P61 sort keys and filters are words of a list, never SQL', async () => {
  for (const query of [
    'sort=id;select pg_sleep(5)',
    'sort=(case when 1=1 then 1 end)',
    'sort=__proto__',
    "category=a'->>'b",
    'cursor=W10',
    'limit=0',
    'limit=201',
    'unknown=1',
    'status=open&status=closed',
  ]) {
    const begun = performance.now();
    const { status } = await people.a!.call('GET', `/tickets?${query.replaceAll(' ', '%20')}`);
    assert.ok(status === 422 || (query.startsWith('category') && status === 200), `${query}: ${status}`);
    assert.ok(performance.now() - begun < 4000);
  }
  const wild = await people.a!.call('GET', '/tickets?q=%25');
  assert.deepEqual(wild.body.items, []);
});

test('P63 JSON that is none, too deep, too clever or too big is told so, never a fault of ours', async () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  for (const raw of [
    '{',
    '[]',
    '"x"',
    'null',
    '1e400',
    '{"__proto__":{"x":1}}',
    '{"constructor":1}',
    '{"kind":"person","kind":"company","name":"x"}',
    '{"kind":"person","name":"\\u0000"}',
    '{"kind":"person","name":"\\ud800"}',
    '{"kind":"person","name":["x"]}',
    '{"kind":"person","name":1e400}',
    deep,
  ]) {
    const { status, text } = await people.a!.call('POST', '/customers', { raw });
    assert.ok([201, 400, 422].includes(status), `${raw.slice(0, 60)}: ${status} ${text.slice(0, 200)}`);
    assert.ok(!/at .*\.ts:|node_modules|select .* from/i.test(text));
  }
  const big = await people.a!.call('POST', '/customers', {
    raw: JSON.stringify({ kind: 'person', name: 'x'.repeat(2_000_000) }),
  });
  assert.equal(big.status, 413);
  assert.equal(
    (
      await people.a!.call('POST', '/customers', {
        raw: 'kind=person',
        headers: { 'content-type': 'text/plain' },
      })
    ).status,
    415,
  );
});

test('P08 every answer carries its headers: screens, API, refusals and faults', async () => {
  for (const path of [
    '/desk/',
    '/portal/',
    '/widget/frame.html',
    '/docs',
    '/tickets',
    '/nothing-here',
    '/openapi.json',
    '/live',
  ]) {
    const { headers, status } = await people.a!.call('GET', path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.ok(
      policy.includes("object-src 'none'") &&
        policy.includes("base-uri 'none'") &&
        policy.includes('frame-ancestors'),
      `${path} ${status}: ${policy}`,
    );
    assert.ok(!policy.includes('unsafe-inline') && !policy.includes('unsafe-eval'), path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
  }
  assert.equal((await people.a!.call('GET', '/tickets')).headers.get('cache-control'), 'no-store');
});

test('P101 one key, one effect: the same body again gives the same answer, another is refused, others have keys of their own', async () => {
  const body = { kind: 'person', name: '幂等' };
  const headers = { 'idempotency-key': 'key-1' };
  const first = await people.a!.call('POST', '/customers', { body, headers });
  const again = await people.a!.call('POST', '/customers', { body, headers });
  assert.equal(first.body.id, again.body.id);
  assert.equal(
    (await people.a!.call('POST', '/customers', { body: { ...body, name: '别的' }, headers })).body.code,
    'IDEMPOTENCY_KEY_REUSED',
  );
  assert.notEqual((await people.b!.call('POST', '/customers', { body, headers })).body.id, first.body.id);
  const twins = await Promise.all(
    [1, 2, 3, 4].map(() =>
      people.a!.call('POST', '/customers', { body, headers: { 'idempotency-key': 'key-2' } }),
    ),
  );
  assert.equal(new Set(twins.map(({ body: one }) => one.id)).size, 1);
  assert.equal(
    (await people.a!.call('POST', '/customers', { body, headers: { 'idempotency-key': 'k'.repeat(256) } }))
      .status,
    422,
  );
});

test('an If-Match that is no version is refused as such, never taken for another one', async () => {
  const { call } = people.a!;
  const { body: customer } = await call('POST', '/customers', { body: { kind: 'person', name: '甲' } });
  const change = (name: string, match: string) =>
    call('PATCH', `/customers/${customer.id}`, { body: { name }, headers: { 'if-match': match } });
  for (const match of ['abc', '"v1"', '-1', '"1", "2"', '1.5', '12345678901', '', '"1']) {
    const { status, body } = await change('乙', match);
    assert.deepEqual([status, body.code], [400, 'BAD_REQUEST'], match);
    assert.match(body.detail, /If-Match 应为所改对象的 version，例如 "3"/);
  }
  const version = async () => (await call('GET', `/customers/${customer.id}`)).body.version;
  assert.equal(await version(), customer.version, 'nothing was changed');
  for (const form of [(n: number) => `${n}`, (n: number) => `"${n}"`, (n: number) => `W/"${n}"`, () => '*'])
    assert.equal((await change('乙', form(await version()))).status, 200);
  const stale = await change('丙', '"0"');
  assert.deepEqual([stale.status, stale.body.code], [412, 'STALE_VERSION']);
});

test('P94 of many who press claim together one wins and the others are told who did', async () => {
  const { id } = await world.does(people.supervisor!.actor, openTicket, {
    customerId,
    channel: 'phone',
    category: 'consult',
    urgency: 'low',
    impact: 'single',
    subject: '抢单',
    description: '抢',
  });
  const crowd = await Promise.all(
    Array.from({ length: 12 }, () => world.person('agent', { groups: ['consult'] })),
  );
  const callers = await Promise.all(
    crowd.map(async (actor) => caller(base, { authorization: `Bearer ${await tokenFor(actor)}` })),
  );
  const answers = await Promise.all(
    callers.map((call) => call('POST', `/tickets/${id}/claim`, { body: {} })),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.ok(
    answers
      .filter(({ status }) => status !== 200)
      .every(({ status, body }) => status === 409 && body.code === 'TICKET_ALREADY_CLAIMED'),
  );
});
