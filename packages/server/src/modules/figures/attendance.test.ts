import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { sheetCells } from '#kernel/sheet.ts';
import { setPresence } from '#modules/identity/index.ts';
import type { PresenceState } from '#contracts/words.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { attendance } from './queries/attendance.ts';
import { attendanceTable } from './attendance-table.ts';

let world: World;
let agent: Actor;
let absent: Actor;
let manager: Actor;
const goes = (state: PresenceState, reason?: 'short') =>
  world.does(agent, setPresence, { userId: agent.id, state, reason } as never);
before(async () => {
  world = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
  agent = await world.person('agent', { groups: ['consult'], name: '李娜' });
  absent = await world.person('agent', { groups: ['tech'], name: '王强' });
  manager = await world.person('manager', { name: '周经理' });
  await goes('ready');
  await world.until('2026-03-05T12:00:00+08:00');
  await goes('on_break', 'short');
  await world.until('2026-03-05T12:32:00+08:00');
  await goes('ready');
  await world.until('2026-03-05T15:00:00+08:00');
  await goes('meeting');
  await world.until('2026-03-05T15:20:00+08:00');
  await goes('ready');
  await world.until('2026-03-05T18:00:00+08:00');
  await goes('offline');
});
after(() => world.end());

const of = async (who: Actor, day: string) =>
  (await attendance(world.centre, who, { from: day, to: day })).map(
    ({ name, signedInAt, signedOutAt, there, onlineMinutes, breakMinutes, notReadyMinutes }) => [
      name,
      signedInAt,
      signedOutAt,
      there,
      onlineMinutes,
      breakMinutes,
      notReadyMinutes,
    ],
  );

test('SD3u-07 attendance of a day: signed in, signed out, online, on a break and not ready, as counted by hand; who did not come has nothing', async () => {
  assert.deepEqual(await of(manager, '2026-03-05'), [
    ['李娜', '2026-03-05T01:00:00.000Z', '2026-03-05T10:00:00.000Z', false, 540, 32, 20],
    ['王强', null, null, false, 0, 0, 0],
  ]);
});

test('a night shift counts to both days, and who is there still has not signed out', async () => {
  await world.until('2026-03-06T22:00:00+08:00');
  await goes('ready');
  await world.until('2026-03-07T06:30:00+08:00');
  assert.deepEqual((await of(manager, '2026-03-06'))[0]!.slice(1, 5), [
    '2026-03-06T14:00:00.000Z',
    '2026-03-06T16:00:00.000Z',
    false,
    120,
  ]);
  assert.deepEqual((await of(manager, '2026-03-07'))[0]!.slice(1, 5), [
    '2026-03-06T16:00:00.000Z',
    null,
    true,
    390,
  ]);
});

test('P43 one sees the attendance of those whose reports one reads; a month leaves as a sheet, and who took it is audited', async () => {
  const reading = (scope: 'own' | 'group') => ({
    ...absent,
    grants: { ...absent.grants, 'report.read': scope },
  });
  for (const scope of ['own', 'group'] as const)
    assert.deepEqual(
      (await of(reading(scope), '2026-03-05')).map(([name]) => name),
      ['王强'],
    );
  assert.deepEqual(await of({ ...absent, grants: {} }, '2026-03-05'), []);
  const { bytes, name } = await attendanceTable(
    world.centre,
    manager,
    { month: '2026-03', format: 'xlsx' },
    'zh-CN',
  );
  assert.equal(name, 'attendance-2026-03.xlsx');
  const [head, first] = await sheetCells('xlsx', bytes as Buffer);
  assert.deepEqual(head!.slice(0, 5), ['日期', '工号', '坐席', '签入', '签出']);
  assert.deepEqual(
    first!.map(String).filter((_, i) => i !== 1),
    ['2026-03-05', '李娜', '09:00', '18:00', '540', '32', '20'],
  );
  const taken = sql`select user_id from audit where action = 'figures.attendance'`;
  assert.deepEqual(await world.db.all(taken), [{ user_id: manager.id }]);
});
