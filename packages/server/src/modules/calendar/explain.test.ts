import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from './explain.ts';
import { holidaysCn } from './holidays.ts';
import { calendarPreset } from './presets.ts';
import { add, addWallTraced, compile } from './rules.ts';
import type { Amount, Pause } from './rules.ts';

const cal = compile(calendarPreset('workday_lunch'), holidaysCn);
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

const told = (from: string, amount: Amount, locale: 'zh-CN' | 'en', pauses: Pause[] = []): string => {
  const result = add(cal, at(from), amount, pauses);
  assert.ok('trace' in result);
  return explain(result.trace, locale);
};

describe('the reasons in words', () => {
  test('SD1-15 a due instant after Spring Festival explains itself', () => {
    assert.equal(
      told('2026-02-13 10:00', { businessDays: 3 }, 'zh-CN'),
      '2月13日 周五 10:00 起，当日计 7 小时；2月14日 周六 春节调休上班，计 8 小时；2月15日–23日 春节放假；2月24日 周二 计 8 小时；2月25日 周三 计 1 小时 → 2月25日 周三 10:00',
    );
    assert.equal(
      told('2026-02-13 10:00', { businessDays: 3 }, 'en'),
      'from Fri 13 Feb 10:00; that day counts 7 h; Sat 14 Feb is a make-up day (Spring Festival), counts 8 h; 15–23 Feb is off (Spring Festival); Tue 24 Feb counts 8 h; Wed 25 Feb counts 1 h → Wed 25 Feb 10:00',
    );
  });

  test('a start outside the hours, a weekend and a run of working days are told', () => {
    assert.equal(
      told('2026-03-06 20:00', { businessDays: 2 }, 'zh-CN'),
      '3月6日 周五 20:00 为非工作时间，自 3月9日 周一 09:00 起算；3月7日–8日 休息；3月9日–10日 2 个工作日计 16 小时 → 3月10日 周二 18:00',
    );
  });

  test('SD1-23 the pause and its minutes are told', () => {
    assert.equal(
      told('2026-03-05 10:00', { hours: 4 }, 'zh-CN', [
        { from: at('2026-03-05 11:00'), to: at('2026-03-05 14:30') },
      ]),
      '3月5日 周四 10:00 起，当日计 4 小时；3月5日 周四 11:00 至 3月5日 周四 14:30 暂停，顺延 2 小时 30 分钟 → 3月5日 周四 17:30',
    );
  });

  test('a due instant that rests on an unpublished plan says so', () => {
    assert.match(told('2026-12-30 10:00', { businessDays: 1 }, 'zh-CN'), /2027 年放假安排尚未公布/);
    assert.match(told('2029-05-10 10:00', { businessDays: 1 }, 'en'), /no holiday plan for 2029/);
    assert.doesNotMatch(told('2026-03-05 10:00', { businessDays: 1 }, 'zh-CN'), /尚未公布/);
  });

  test('a wall clock tells its real time', () => {
    const result = addWallTraced('Asia/Shanghai', at('2026-03-05 22:00'), 120);
    assert.ok('trace' in result);
    assert.equal(
      explain(result.trace, 'zh-CN'),
      '3月5日 周四 22:00 起按自然时间计，满 2 小时 → 3月6日 周五 00:00',
    );
    assert.equal(
      explain(result.trace, 'en'),
      'from Thu 5 Mar 22:00 in wall time; 2 h pass → Fri 6 Mar 00:00',
    );
  });
});
