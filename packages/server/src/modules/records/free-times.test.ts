import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockOf, freeTimes } from './free-times.ts';

const at = (clock: string) => Date.parse(`2026-03-10T${clock}:00+08:00`);
const hour = 3_600_000;
const free = (wish: string, taken: string[], { now = '08:00', from = '09:00', to = '18:00' } = {}) =>
  freeTimes({
    at: at(wish),
    by: hour,
    taken: taken.map(at),
    now: at(now),
    isOpen: (one) => one >= at(from) && one < at(to),
  }).map(clockOf);

test('the nearest times of the day that are open, ahead, and an hour from what is taken', () => {
  assert.deepEqual(free('14:00', ['14:00']), ['13:00', '15:00', '16:00']);
  assert.deepEqual(free('14:00', ['13:30', '14:00', '15:00']), ['12:00', '16:00', '17:00']);
  assert.deepEqual(free('09:00', ['09:00'], { to: '11:00' }), ['10:00']);
  assert.deepEqual(free('17:00', ['17:00'], { now: '16:30' }), []);
  assert.deepEqual(free('23:30', ['23:30'], { from: '00:00', to: '23:59', now: '21:00' }), [
    '21:30',
    '22:30',
  ]);
});
