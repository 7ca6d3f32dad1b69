/** What is kept may be a little old, but never older than a change its reader has heard of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kept } from './kept.ts';
import type { Tx } from './sql.ts';

const place = {} as Tx;
const hour = 3_600_000;

/** A truth that is looked at, slowly: a look sees what stood when it began and answers when it is let. */
const slowly = () => {
  let truth = 1;
  const looks: (() => void)[] = [];
  const box = kept(hour, () => {
    const seen = truth;
    return new Promise<number>((resolve) => looks.push(() => resolve(seen)));
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { box, looks, turn, set: (value: number) => (truth = value) };
};

test('who has heard of a change is not given what a look before it saw, nor is anybody after', async () => {
  const { box, looks, turn, set } = slowly();
  const first = box.of(place);
  looks.shift()!();
  assert.equal(await first, 1);
  box.forget(place);
  const under = box.of(place);
  set(2);
  const heard = box.fresh(place);
  // The look that is under way began before the change.
  looks.shift()!();
  assert.equal(await under, 1);
  await turn();
  looks.shift()!();
  assert.equal(await heard, 2);
  assert.equal(await box.of(place), 2);
  assert.equal(looks.length, 0);
});

test('two who have heard of changes each get theirs', async () => {
  const { box, looks, turn, set } = slowly();
  set(2);
  const one = box.fresh(place);
  set(3);
  const two = box.fresh(place);
  looks.shift()!();
  assert.equal(await one, 2);
  await turn();
  looks.shift()!();
  assert.equal(await two, 3);
  assert.equal(await box.of(place), 3);
});
