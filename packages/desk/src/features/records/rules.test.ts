import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field, RecordKind } from '#contracts/pack.ts';
import { changesOf, faultsIn, fieldGroups, offeredMoves, sentOf, shownFields, startOf } from './rules.ts';
import { readRecordSearch } from './search.ts';

const field = (over: Partial<Field> & { key: string }): Field => ({
  zh: over.key,
  en: over.key,
  type: 'text',
  ...over,
});
const kind: Pick<RecordKind, 'fields' | 'print' | 'moves'> = {
  fields: [
    field({ key: 'name', required: true, from: 'customer.name' }),
    field({ key: 'phone', type: 'phone', pattern: '^\\d+$' }),
    field({
      key: 'source',
      type: 'choice',
      default: 'phone',
      options: [
        { key: 'phone', zh: '电话', en: 'Phone' },
        { key: 'friend', zh: '介绍', en: 'Friend' },
      ],
    }),
    field({ key: 'friend', required: { 'data.source': 'friend' }, showIf: { 'data.source': 'friend' } }),
  ],
  print: [{ zh: '客户', en: 'Customer', fields: ['phone', 'name'] }],
  moves: [
    { from: ['asked'], to: 'confirmed', zh: '确认', en: 'Confirm', roles: ['store_head'] },
    {
      from: ['asked'],
      to: 'done',
      zh: '完成',
      en: 'Finish',
      if: { 'data.friend': { empty: false } },
      refused: { zh: '还没有介绍人', en: 'no friend yet' },
    },
    { from: ['asked'], to: 'cancelled', zh: '取消', en: 'Cancel' },
  ],
};

test('a field is asked for and demanded only while its condition holds, and sent only while it is shown', () => {
  const keys = (data: object) =>
    shownFields(kind, data as never).map(({ field: { key }, required }) => `${key}${required ? '!' : ''}`);
  assert.deepEqual(keys({ source: 'phone' }), ['name!', 'phone', 'source']);
  assert.deepEqual(keys({ source: 'friend' }), ['name!', 'phone', 'source', 'friend!']);
  assert.deepEqual(sentOf(kind, { name: '张伟', source: 'phone', friend: '李雷', phone: '' }), {
    name: '张伟',
    source: 'phone',
  });
  assert.deepEqual(faultsIn(kind, { name: '张伟', source: 'friend' }), [{ key: 'friend', code: 'REQUIRED' }]);
});

test('SD0-23 what stays as it is in a state is not offered for change, and only in that state', () => {
  const fixed = { ...kind, fixed: [{ fields: ['name', 'source'], while: ['done'] }] };
  const keys = (state: string | null) =>
    shownFields(fixed, { source: 'phone' }, undefined, state).map(({ field: { key } }) => key);
  assert.deepEqual(keys('done'), ['phone']);
  assert.deepEqual(keys('asked'), ['name', 'phone', 'source']);
  assert.deepEqual(keys(null), ['name', 'phone', 'source']);
  const held = shownFields(kind, { source: 'phone' }, undefined, 'asked', ['phone']);
  assert.deepEqual(
    held.map(({ field: { key } }) => key),
    ['name', 'source'],
  );
});

test('a new form begins with what is known of the customer and the defaults', () => {
  assert.deepEqual(startOf(kind, { customer: { name: '张伟' } }), { name: '张伟', source: 'phone' });
});

test('a change sends what was touched: a masked number stays, an emptied field is null', () => {
  const before = { name: '张伟', phone: '138****1234', source: 'phone' };
  assert.deepEqual(changesOf(kind, before, { ...before, name: '张玮', source: null }), {
    name: '张玮',
    source: null,
  });
  assert.deepEqual(faultsIn(kind, before, before), []);
});

test('a way that is not open says why: the role, the words of the kind, or that a condition is missing', () => {
  const record = {
    state: 'asked',
    number: 'YY1',
    data: {},
    moves: [{ to: 'cancelled', zh: '取消', en: 'Cancel' }],
  };
  assert.deepEqual(
    offeredMoves(kind, record, { roles: ['agent'] }).map(({ to, refused }) => [to, refused]),
    [
      ['cancelled', null],
      ['confirmed', 'role'],
      ['done', { zh: '还没有介绍人', en: 'no friend yet' }],
    ],
  );
  assert.deepEqual(offeredMoves(kind, { ...record, state: 'cancelled', moves: [] }, { roles: [] }), []);
});

test('fields stand under the headings of the paper form, the others last', () => {
  assert.deepEqual(
    fieldGroups(kind).map(({ title, fields }) => [title?.zh ?? null, fields.map(({ key }) => key)]),
    [
      ['客户', ['phone', 'name']],
      [null, ['source', 'friend']],
    ],
  );
});

test('the address keeps only what it knows', () => {
  assert.deepEqual(readRecordSearch({ q: 138, from: '2026-03-05', to: 'soon', tab: 'x', state: '' }), {
    q: '138',
    from: '2026-03-05',
  });
});
