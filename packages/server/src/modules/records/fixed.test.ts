import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { refuseFixed } from './commands/create.ts';

test('what stays as it is says what to do instead, where its kind tells', () => {
  const kind = {
    fields: [{ key: 'visitAt', zh: '到店时间', en: 'Visit', type: 'instant' }],
    states: [{ key: 'confirmed', zh: '门店已确认', en: 'Confirmed' }],
    fixed: [
      { fields: ['visitAt'], while: ['confirmed'], refused: { zh: '请先“改约”', en: 'move it first' } },
    ],
  } as unknown as Parameters<typeof refuseFixed>[1];
  const refused = (one: typeof kind) => {
    try {
      refuseFixed({ actor: { kind: 'user' } as Actor }, one, 'confirmed', ['visitAt']);
    } catch (error) {
      return (error as { faults: { message: { zh: string; en: string } }[] }).faults[0]!.message;
    }
    return undefined;
  };
  assert.deepEqual(refused(kind), {
    zh: '“到店时间”在“门店已确认”之后不能再改；请先“改约”',
    en: '"Visit" stays as it is once it is "Confirmed"; move it first',
  });
  assert.equal(
    refused({ ...kind, fixed: [{ fields: ['visitAt'], while: ['confirmed'] }] })!.zh,
    '“到店时间”在“门店已确认”之后不能再改',
  );
});
