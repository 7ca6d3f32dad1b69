import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { calendarIdByKey, calendarPreset, calendarState, hoursText, installCalendars } from './index.ts';

describe('opening hours in words', () => {
  const cases: [key: string, zh: string, en: string][] = [
    ['workday', '工作日 9:00–18:00', 'Working days 9:00–18:00'],
    ['workday_lunch', '工作日 9:00–12:00、13:00–18:00', 'Working days 9:00–12:00, 13:00–18:00'],
    ['always', '7×24 小时', '24×7'],
    ['shop', '每日 8:30–22:00', 'Daily 8:30–22:00'],
    ['night_duty', '每日 18:00–次日 9:00', 'Daily 18:00–next day 9:00'],
  ];
  for (const [key, zh, en] of cases)
    test(`${key} reads ${zh}`, () => {
      assert.equal(hoursText(calendarPreset(key), 'zh-CN'), zh);
      assert.equal(hoursText(calendarPreset(key), 'en'), en);
    });
  test('days of different hours are told in groups', () => {
    const week = {
      ...calendarPreset('workday').week,
      fri: [['09:00', '16:00'] as const],
      sat: [['10:00', '14:00'] as const],
    };
    assert.equal(
      hoursText({ week, statutory: 'CN' }, 'zh-CN'),
      '周一至周四 9:00–18:00，周五 9:00–16:00，周六 10:00–14:00（法定节假日休息）',
    );
    assert.equal(
      hoursText({ week: { ...calendarPreset('workday').week }, statutory: null }, 'zh-CN'),
      '周一至周五 9:00–18:00',
    );
  });
});

describe('the state of a calendar', () => {
  let world: World;
  before(async () => {
    world = await newWorld({ at: '2026-11-18T20:00:00+08:00' });
    await installCalendars(world.centre);
  });
  after(() => world.end());

  test('SD1-02 at 20:00 the workday phone is closed until 9:00 next morning, chat round the clock is open', async () => {
    const { centre, db, clock } = world;
    const phone = await calendarState(centre, (await calendarIdByKey(db, 'workday'))!, clock.now());
    assert.deepEqual(phone, {
      open: false,
      nextOpening: Date.parse('2026-11-19T09:00:00+08:00'),
      hours: '工作日 9:00–18:00',
      hoursEn: 'Working days 9:00–18:00',
    });
    const chat = await calendarState(centre, null, clock.now());
    assert.deepEqual([chat.open, chat.nextOpening, chat.hours], [true, null, '7×24 小时']);
  });
});
