import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scoreOf, standingOf, targetOf } from '#contracts/figures.ts';
import type { Weights } from '#contracts/figures.ts';
import { monthsOf, quarterMonths, quartersOf } from './rules.ts';

describe('what a goal asks for', () => {
  test('SD4-02 a goal with baseline 74 and +15 % shows target 85.1 and the gap', () => {
    const target = targetOf({ mode: 'relative', baseline: 74, change: 15 });
    assert.equal(target, 85.1);
    assert.deepEqual(standingOf('more', { baseline: 74, target, actual: 83 }), {
      gap: 2.1,
      reached: false,
      moved: 9,
      movedPercent: 12.16,
    });
  });
  test('C22 points are added, an absolute goal is the value itself', () => {
    assert.equal(targetOf({ mode: 'points', baseline: 74, change: 15 }), 89);
    assert.equal(targetOf({ mode: 'absolute', baseline: 30, change: 24 }), 24);
  });
  test('SD4-02 of a figure of which less is better, the gap is what is still too much', () => {
    assert.equal(standingOf('less', { baseline: 30, target: 24, actual: 26.5 }).gap, 2.5);
    assert.ok(standingOf('less', { baseline: 30, target: 24, actual: 20 }).reached);
  });
  test('months and quarters', () => {
    assert.deepEqual(monthsOf('2026-11', '2027-02'), ['2026-11', '2026-12', '2027-01', '2027-02']);
    assert.deepEqual(quartersOf('2026-11', '2027-02'), ['2026Q4', '2027Q1']);
    assert.deepEqual(quarterMonths('2026Q3'), { from: '2026-07', to: '2026-09' });
  });
});

describe('the scorecard', () => {
  const points = {
    volume: 100,
    slaHitRate: 80,
    firstResponseTime: 60,
    firstContactResolution: null,
    csatMean: 90,
    qaScore: 80,
    quality: 100,
    attendance: 50,
  };
  test('SD3n-05 the total follows the weights; what is unknown neither helps nor harms', () => {
    const only = (part: keyof Weights): Weights => ({
      ...(Object.fromEntries(Object.keys(points).map((key) => [key, 0])) as Weights),
      [part]: 10,
    });
    assert.equal(scoreOf(only('csatMean'), points), 90);
    assert.equal(scoreOf({ ...only('csatMean'), attendance: 10 }, points), 70);
    assert.equal(scoreOf({ ...only('csatMean'), attendance: 30 }, points), 60);
    assert.equal(scoreOf(only('firstContactResolution'), points), null);
  });
});
