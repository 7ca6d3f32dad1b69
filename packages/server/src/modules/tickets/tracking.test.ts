import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { createToken } from '#modules/identity/index.ts';
import { cancelTicket, escalateTicket, openTicket, startTicket, writeMessage } from './index.ts';
import { defaultSettings } from '#modules/settings/defaults.ts';
import { listTracking, trackingRows } from './queries/tracking.ts';

let world: World;
let agent: Actor;
let stranger: Actor;
let supervisor: Actor;
let base = '';
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  base = (await world.listen()).base;
  agent = await world.person('agent', { groups: ['consult', 'tech'], name: '李思' });
  stranger = await world.person('agent', { groups: ['relations'] });
  supervisor = await world.person('supervisor', { groups: ['consult', 'tech'] });
});
after(() => world.end());

const opened = async (name: string) => {
  world.clock.advance(60_000);
  const { id } = await world.does(agent, openTicket, {
    customer: { kind: 'person', name, phones: ['13800001234'] },
    channel: 'phone',
    category: 'tech.fault',
    urgency: 'high',
    impact: 'group',
    subject: '无法开机',
    description: '【现象】',
    assigneeId: agent.id,
  });
  return id;
};
const csvOf = async (who: Actor, query = '') => {
  const token = `zk_${world.centre.ids.secret(32)}`;
  await send(world.centre, createToken, { userId: who.id, name: 't', token }, systemActor('test'));
  const response = await fetch(`${base}/api/v1/tickets/tracking.csv${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  // `text()` would drop the byte order mark that Excel needs.
  return { response, text: Buffer.from(await response.arrayBuffer()).toString() };
};

test('SD1-46 the progress table shows all open tickets with the thirteen columns of the paper', async () => {
  const first = await opened('张伟');
  const second = await opened('王芳');
  const gone = await opened('已撤销');
  await world.does(supervisor, cancelTicket, { id: gone, reason: '重复' });
  await world.does(agent, startTicket, { id: first });
  await world.later({ minutes: 70 });
  await world.does(agent, writeMessage, {
    id: first,
    visibility: 'public',
    body: '备件已发出',
    etaAt: '2026-11-20T02:00:00Z',
  });
  await world.does(supervisor, escalateTicket, { id: second, reason: '超出能力' });
  const { items } = await listTracking(world.db, supervisor, {});
  assert.deepEqual(
    items.map(({ id }) => id),
    [first, second],
  );
  const [row, raised] = items;
  assert.deepEqual(
    [row!.customerName, row!.priority, row!.responsible, row!.status, row!.progress, row!.etaAt],
    ['张伟', 'P2', '李思', 'in_progress', '备件已发出', '2026-11-20T02:00:00.000Z'],
  );
  assert.equal(Date.parse(row!.progressAt!), world.clock.now());
  assert.equal(
    Date.parse(row!.notifyAt!),
    world.clock.now() + 24 * 3_600_000,
    '24 h after the last progress',
  );
  assert.deepEqual([raised!.escalation?.level, raised!.escalation?.reason], [1, '超出能力']);
});

test('SD1-46 it exports to CSV with the words of the paper, and who took it is audited', async () => {
  await opened('=cmd()');
  const { response, text } = await csvOf(supervisor, '?locale=zh-CN');
  assert.match(response.headers.get('content-type')!, /text\/csv/);
  assert.match(response.headers.get('content-disposition')!, /attachment/);
  const [head, first, ...rest] = text.trimEnd().split('\r\n');
  const more = rest.slice(0, -1);
  assert.match(rest.at(-1)!, /※ .+ 导出于 .+仅限内部使用/, 'SD3h-06');
  assert.equal(
    head,
    '\uFEFF工单号,客户名称,问题类型,优先级,受理时间,责任人,当前状态,最近进展,进展时间,预计完成,下次通知时间,升级情况,完成时间,产品与服务',
  );
  assert.match(first!, /^T20261118-\d{4},张伟,故障报修,P2,2026-11-18 10:01,李思,处理中,备件已发出,/);
  assert.ok(
    more.some((line) => line.includes(",'=cmd(),")),
    'nothing that a sheet would run',
  );
  const line = await world.db.one(
    sql<{
      data: { rows: number };
      actor_id: string;
    }>`select body::jsonb -> 'data' as data, actor_id from audit where action = 'tickets.export'`,
  );
  assert.deepEqual([line.data.rows, line.actor_id], [more.length + 1, supervisor.id]);
});

test('SD1-46 the table and the file hold only what one may read', async () => {
  assert.deepEqual((await listTracking(world.db, stranger, {})).items, []);
  // Who reads takes nothing along for that: agents see the table, and leave the file to those who answer for it.
  assert.equal((await csvOf(stranger)).response.status, 403);
  assert.equal((await csvOf(agent)).response.status, 403);
  const { nodes, items } = { ...defaultSettings.categories, ...defaultSettings.products };
  const takes = (who: Actor, scope: 'own' | 'all') =>
    trackingRows(
      world.db,
      { ...who, grants: { ...who.grants, 'record.export': scope } },
      {},
      { nodes, items },
      'zh-CN',
    );
  assert.deepEqual(await takes(stranger, 'all'), []);
  const read = (await listTracking(world.db, agent, { limit: 200 })).items.length;
  assert.equal((await takes(agent, 'all')).length, read);
  const foreign = await world.does(supervisor, openTicket, {
    customer: { kind: 'person', name: '别人的', phones: ['13800009999'] },
    channel: 'phone',
    category: 'tech.fault',
    urgency: 'low',
    impact: 'single',
    subject: '同组',
    description: '同组',
    assigneeId: supervisor.id,
  });
  assert.equal((await takes(agent, 'all')).length, read + 1, 'of the group, read');
  assert.equal((await takes(agent, 'own')).length, read, 'and not taken along');
  await world.does(supervisor, cancelTicket, { id: foreign.id, reason: '试' });
});

test('chosen rows leave by the server, with the mark and a line in the audit, and only those one may take', async () => {
  const [one, two] = [await opened('选中甲'), await opened('选中乙')];
  const gone = await opened('选中丙');
  await world.does(supervisor, cancelTicket, { id: gone, reason: '重复' });
  const { text } = await csvOf(supervisor, `?locale=zh-CN&ids=${one},${gone}`);
  const lines = text.trimEnd().split('\r\n');
  assert.equal(lines.length, 4);
  assert.match(text, /选中甲/);
  assert.match(text, /选中丙/, 'a chosen ticket need not be open');
  assert.ok(!text.includes('选中乙'));
  assert.match(lines.at(-1)!, /※ .+ 导出于 .+仅限内部使用/);
  const { data } = await world.db.one(
    sql<{
      data: { rows: number };
    }>`select body::jsonb -> 'data' as data from audit where action = 'tickets.export' order by at desc limit 1`,
  );
  assert.equal(data.rows, 2);
  assert.equal((await csvOf(supervisor, `?ids=${two},x`)).response.status, 422);
  assert.equal(
    (await csvOf(supervisor, `?ids=${Array.from({ length: 201 }, () => two).join(',')}`)).response.status,
    422,
  );
});
