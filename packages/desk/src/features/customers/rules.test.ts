import assert from 'node:assert/strict';
import { test } from 'node:test';
import { companyOf, customerOf } from './rules.ts';

test('SD1-39 of an enterprise the name on the form is the contact person, of a person their own', () => {
  assert.deepEqual(customerOf({ name: ' 王建国 ', kind: 'person', phone: '13800001234', company: '别的' }), {
    kind: 'person',
    name: '王建国',
    company: '-',
    phones: ['13800001234'],
  });
  assert.deepEqual(customerOf({ name: '李敏', kind: 'company', company: '海天物业 / 工程部' }), {
    kind: 'company',
    name: '海天物业 / 工程部',
    contactName: '李敏',
    company: '海天物业 / 工程部',
    phones: [],
  });
});

test('SD1-42 switching to a person fills "-"', () => {
  assert.equal(companyOf('person', '海天物业'), '-');
  assert.equal(companyOf('company', ' 海天物业 '), '海天物业');
});
