import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pack, Step } from '#contracts/pack.ts';
import { isWorker, workersOf } from './workers.ts';

const step = (more: Partial<Step> & Pick<Step, 'kind'>): Step => ({
  key: more.kind,
  name: { zh: '步骤', en: 'Step' },
  ...more,
});
const of = (about: Pack['about'], steps: Step[]) => workersOf({ owner: 'manager', about, steps } as Pack);

test('who works with a playbook are the roles and groups of its steps, who must answer a notice, and who answers for it', () => {
  assert.deepEqual(
    of('centre', [
      step({ kind: 'do', who: { role: 'agent' } }),
      step({ kind: 'sample', who: { role: 'store_head', group: 'store_east' } }),
      step({ kind: 'approve', by: ['supervisor', 'manager'] }),
      step({ kind: 'ticket', open: { group: 'tech', subject: { zh: '协办', en: 'Help' } } }),
      step({ kind: 'tell', to: { role: 'product' } }),
      step({ kind: 'tell', to: { group: 'relations' }, needsAck: true }),
      step({ kind: 'tell', to: 'customer', needsAck: true }),
      step({ kind: 'do', who: { groupOf: 'record.department' } }),
      step({ kind: 'wait' }),
    ]),
    {
      roles: ['manager', 'agent', 'supervisor'],
      groups: ['tech', 'relations'],
      pairs: [{ role: 'store_head', group: 'store_east' }],
      permission: null,
    },
  );
  assert.equal(of('ticket', [step({ kind: 'do' })]).permission, 'ticket.work');
  assert.equal(of('conversation', [step({ kind: 'call', who: 'owner' })]).permission, 'conversation.serve');
  assert.equal(of('record', [step({ kind: 'do', who: 'system' })]).permission, null);
});

test('one works with a playbook by role, by group, by a role within a group, or by being able to have its cases', () => {
  const workers = {
    roles: ['manager'],
    groups: ['tech'],
    pairs: [{ role: 'store_head', group: 'east' }],
    permission: null,
  };
  const nobody = { roles: [], groups: [], grants: {} };
  assert.ok(isWorker(workers, { ...nobody, roles: ['manager'] }));
  assert.ok(isWorker(workers, { ...nobody, groups: ['tech'] }));
  assert.ok(isWorker(workers, { ...nobody, roles: ['store_head'], groups: ['east'] }));
  assert.ok(!isWorker(workers, { ...nobody, roles: ['store_head'], groups: ['west'] }));
  const cases = { ...workers, permission: 'ticket.work' as const };
  assert.ok(isWorker(cases, { ...nobody, grants: { 'ticket.work': 'own' } }));
  assert.ok(!isWorker(workers, { ...nobody, grants: { 'ticket.work': 'own' } }));
});
