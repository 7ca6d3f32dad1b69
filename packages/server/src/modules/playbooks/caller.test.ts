import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Pack } from '#contracts/pack.ts';
import type { Actor } from '#kernel/actor.ts';
import { createOutbound } from '#kernel/outbound.ts';
import { sql } from '#kernel/sql.ts';
import { draftPlaybook, publishPlaybook, switchPlaybook } from './index.ts';
import { createCaller } from './caller.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

let world: World;
let manager: Actor;
let supervisor: Actor;
let server: http.Server;
let site: string;
let hits: string[] = [];
before(async () => {
  server = http.createServer((request, response) => {
    hits.push(request.url!);
    if (request.url === '/gone') return response.writeHead(404).end();
    if (request.url === '/moved') return response.writeHead(302, { location: '/' }).end();
    if (request.url === '/shaky' && hits.filter((url) => url === '/shaky').length === 1)
      return response.writeHead(503).end();
    return response.end('查询');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
  manager = await world.person('manager');
  supervisor = await world.person('supervisor', { groups: ['consult'] });
  for (const key of ['postal', 'postal_daily'])
    await world.does(manager, switchPlaybook, { key, enabled: true });
});
after(async () => {
  await world.end();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** The words of the postal desk name these addresses from now on. */
const publish = async (addresses: Record<string, string>) => {
  const { pack } = await world.db.one(
    sql<{
      pack: Pack;
    }>`select pack from playbook_version where key = 'postal' and state = 'published' order by version desc limit 1`,
  );
  const scripts = pack.scripts.map((script) => {
    const body = `查询请打开 ${addresses[script.key.replace('link_', '')]} ，在首页查询。`;
    return script.key.startsWith('link_')
      ? { ...script, zh: { ...script.zh, body }, en: { ...script.en, body } }
      : script;
  });
  await world.does(manager, draftPlaybook, { key: 'postal', pack: { ...pack, scripts } });
  await world.does(manager, publishPlaybook, { key: 'postal', note: '更换网址' });
};
const live = (path = '/') => `${site}${path}`;
const check = async () =>
  world.db.one(
    sql<{
      id: string;
      data: { dead: string[]; note: string | null; checkedAt: string | null };
    }>`select id, data from record where kind = 'link_check' order by created_at desc limit 1`,
  );
const openFixes = () =>
  world.db.all(
    sql<{
      role_key: string;
    }>`select k.role_key from task k where k.step_key = 'fix_links' and k.state = 'open'`,
  );
const reachingLocal = () => createCaller(world.centre, createOutbound({ except: ['127.0.0.1'] }));

test('SD3t-04 each Monday the server calls the six addresses; dead ones stand on the check with the reason and go to the supervisor, those that answer do not', async () => {
  await publish({
    mail: live('/mail'),
    ems: live('/moved'),
    postcode: live('/shaky'),
    rate: live('/gone'),
    forbidden: 'http://127.0.0.1:1/',
    outlet: 'http://10.1.2.3/',
  });
  await world.until('2026-03-09T09:30:00+08:00');
  assert.equal((await check()).data.checkedAt ?? null, null, 'nobody has called yet');
  // Two workers look at the same moment.
  await Promise.all([reachingLocal().pump(), reachingLocal().pump()]);
  await world.centre.settle();
  const { id, data } = await check();
  assert.deepEqual(data.dead, ['rate', 'forbidden', 'outlet']);
  assert.deepEqual(data.note?.split('\n'), [
    `邮政资费：${site}/gone 答复 HTTP 404`,
    '禁忌物品指导目录：http://127.0.0.1:1/ 无法连接',
    '邮局网点：http://10.1.2.3/ 不是公网地址，系统不访问',
  ]);
  assert.equal(data.checkedAt, '2026-03-09T01:30:00.000Z');
  assert.ok(hits.includes('/mail'));
  assert.equal(
    (await world.db.all(sql`select 1 from audit where action = 'records.change' and subject_id = ${id}`))
      .length,
    1,
    'written once',
  );
  assert.deepEqual(await openFixes(), [{ role_key: 'supervisor' }]);
  const notices = await world.db.all(
    sql<{
      kind: string;
    }>`select n.kind from notice n join task k on k.id = n.subject_id and k.step_key = 'fix_links' where n.user_id = ${supervisor.id}::uuid`,
  );
  assert.deepEqual(notices, [{ kind: 'task_given' }], 'the supervisor hears of it');
  assert.equal(await reachingLocal().pump(), 0, 'once called is called');
});

test('SD3t-04 with all six answering the check of the next week is over by itself', async () => {
  const all = Object.fromEntries(
    ['mail', 'ems', 'postcode', 'rate', 'forbidden', 'outlet'].map((key) => [key, live(`/${key}`)]),
  );
  await publish(all);
  hits = [];
  await world.until('2026-03-16T09:30:00+08:00');
  assert.equal(await reachingLocal().pump(), 1);
  await world.centre.settle();
  assert.deepEqual((await check()).data.dead, []);
  assert.deepEqual(hits.toSorted(), ['/ems', '/forbidden', '/mail', '/outlet', '/postcode', '/rate']);
  assert.equal((await openFixes()).length, 1, 'only that of the week before');
});

test('SD3t-04 addresses inside our own network are not called at all', async () => {
  hits = [];
  await world.until('2026-03-23T09:30:00+08:00');
  assert.equal(await createCaller(world.centre).pump(), 1);
  assert.equal((await check()).data.dead.length, 6);
  assert.deepEqual(hits, []);
});
