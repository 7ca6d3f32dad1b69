/** Channels as an administrator keeps them: what is given is sound before it is stored, and health says what is held. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

type Answer = { status: number; body: any };
const nothing = '00000000-0000-7000-8000-00000000ffff';
let world: World;
let call: (method: string, path: string, body?: unknown, more?: Record<string, string>) => Promise<Answer>;
before(async () => {
  world = await newWorld({ realTime: true });
  const token = await world.token(await world.person('admin'));
  const { address } = await world.listen();
  call = async (method, path, body, more = {}) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };
});
after(() => world.end());
const pointed = ({ status, body }: Answer) => [status, body.errors?.[0].pointer, body.errors?.[0].code];

test('a channel, a group or a ticket that names what is not there is refused by the field, and every list still stands', async () => {
  const shop = { kind: 'webchat', key: 'shop', name: '旗舰店' };
  assert.deepEqual(pointed(await call('POST', '/channels', { ...shop, calendarId: nothing })), [
    422,
    '/calendarId',
    'NOT_THERE',
  ]);
  assert.deepEqual(
    pointed(await call('POST', '/groups', { key: 'east', name: '华东', calendarId: nothing })),
    [422, '/calendarId', 'NOT_THERE'],
  );
  assert.deepEqual(pointed(await call('POST', '/channels', { ...shop, defaultCategory: 'nothing' })), [
    422,
    '/defaultCategory',
    'NOT_THERE',
  ]);
  const ticket = {
    customer: { kind: 'person', name: '王芳' },
    channel: 'phone',
    category: 'tech.fault',
    urgency: 'low',
    impact: 'minor',
    subject: '漏水',
    description: '漏水',
  };
  for (const field of ['groupId', 'assigneeId', 'parentId'])
    assert.deepEqual(
      pointed(await call('POST', '/tickets', { ...ticket, [field]: nothing })),
      [422, `/${field}`, 'NOT_THERE'],
      field,
    );
  assert.equal((await call('POST', '/channels', shop)).status, 201);
  for (const path of ['/channels', '/portal', '/groups']) assert.equal((await call('GET', path)).status, 200);
});

test('a mail channel has an address that mail can be sent from; its health counts what is held back', async () => {
  const second = { kind: 'email', key: 'second', name: '第二邮箱' };
  for (const address of ['不是地址', 'a b@x.cn', 'a@x', '客服 <a@x.cn>'])
    assert.deepEqual(
      pointed(await call('POST', '/channels', { ...second, address })),
      [422, '/address', 'WRONG_FORMAT'],
      address,
    );
  const { body: made } = await call('POST', '/channels', { ...second, address: 'second@example.cn' });
  const health = async (more?: Record<string, string>) =>
    (await call('GET', `/channels/${made.id}/health`, undefined, more)).body;
  assert.deepEqual([(await health()).quarantined, (await health()).detail], [0, '正常']);
  await call('POST', `/channels/${made.id}/inbound/email`, 'no mail at all', {
    'content-type': 'message/rfc822',
  });
  await world.centre.settle();
  assert.equal((await health()).quarantined, 1);
  assert.match((await health({ 'accept-language': 'en' })).detail, /1 held back/);
});

test('the portal offers the chat of the centre itself, also where a brand has its own', async () => {
  await call('POST', '/channels', { kind: 'webchat', key: 'aaa', name: '某品牌', brand: '某品牌' });
  const { widgetKey, channels } = (await call('GET', '/portal')).body;
  assert.equal(widgetKey, 'web');
  assert.deepEqual(
    channels.filter(({ chat }: any) => chat).map(({ name }: any) => name),
    ['在线客服'],
    'only its own chat is offered as a button',
  );
});

test('no other site signs anybody in, nor files a request in a visitor’s name', async () => {
  for (const path of ['/session', '/portal/requests']) {
    const { status, body } = await call(
      'POST',
      path,
      {},
      { origin: 'https://evil.example', authorization: '' },
    );
    assert.deepEqual([status, body.code], [403, 'CSRF'], path);
  }
});

test('search is told what to look through in the words of its contract; another word is refused', async () => {
  const found = async (types: string) =>
    call('GET', `/search?q=${encodeURIComponent('陈小燕')}&types=${types}`);
  await call('POST', '/customers', { kind: 'person', name: '陈小燕' });
  for (const types of ['customers', 'customer', 'tickets,customers'])
    assert.deepEqual(
      (await found(types)).body.items.map(({ type, title }: any) => [type, title]),
      [['customer', '陈小燕']],
      types,
    );
  assert.deepEqual((await found('messages,calls')).body.items, []);
  assert.deepEqual(pointed(await found('everything')), [422, '/types', 'NOT_LISTED']);
});

test('short lists are paged like long ones when a limit is asked for, and whole without one', async () => {
  for (const path of ['/channels', '/groups', '/roles', '/calendars']) {
    const all = (await call('GET', path)).body;
    assert.equal(all.nextCursor, null);
    const told: unknown[] = [];
    for (let cursor = ''; told.length < all.items.length;) {
      const { body } = await call('GET', `${path}?limit=2${cursor && `&cursor=${cursor}`}`);
      assert.ok(body.items.length > 0, path);
      told.push(...body.items);
      cursor = body.nextCursor;
    }
    assert.deepEqual(told, all.items);
  }
  assert.deepEqual(pointed(await call('GET', '/channels?cursor=nonsense')), [422, '/cursor', 'INVALID']);
});
