import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formFields, numberOf, openingOf } from './registration.ts';

test('SD1-38 the form lists its ten fields in the order of the paper', () => {
  assert.deepEqual(
    [...formFields],
    [
      'name',
      'kind',
      'phone',
      'company',
      'category',
      'description',
      'urgency',
      'expectedAt',
      'acceptedBy',
      'acceptedAt',
    ],
  );
  assert.equal(numberOf('urgency'), 7);
});

test('SD1-44 no expected time is 尽快: sent as null', () => {
  assert.equal(openingOf({}, 'c').expectedAt, null);
});

test('a known customer is named by id, a new one is registered with the ticket', () => {
  assert.equal(openingOf({ name: '王建国' }, 'c1').customerId, 'c1');
  const opening = openingOf({ name: '王建国', kind: 'person', phone: '138 0000 1234' });
  assert.equal(opening.customerId, undefined);
  assert.deepEqual(opening.customer, {
    kind: 'person',
    name: '王建国',
    company: '-',
    phones: ['138 0000 1234'],
  });
});

test('fields left empty are not sent; zero is a value', () => {
  const opening = openingOf({ affectedUsers: 0, lossAmount: null, confirmed: [] }, 'c');
  assert.equal(opening.affectedUsers, 0);
  assert.ok(!('lossAmount' in opening));
  assert.ok(!('confirmed' in opening));
});

test('SD1-43 the three headings of the description stay, blanks at the ends go', () => {
  const text = '【现象】漏水 \n\n【开始时间】\n\n【已尝试】\n';
  assert.equal(
    openingOf({ description: text }, 'c').description,
    '【现象】漏水\n\n【开始时间】\n\n【已尝试】',
  );
});
