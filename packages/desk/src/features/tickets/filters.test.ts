import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeFilters, cleared, queryOf, readSearch } from './filters.ts';

test('an address says view and filters; what it cannot mean is left out', () => {
  assert.deepEqual(readSearch({ view: 'pool', priority: 'P1', status: 'nonsense', groupId: '1', q: 138 }), {
    view: 'pool',
    priority: 'P1',
    q: '138',
  });
});

test('clearing keeps the view and the layout', () => {
  const search = readSearch({ view: 'open', layout: 'tracking', q: '漏水', kind: 'partner' });
  assert.deepEqual(activeFilters(search), ['kind', 'q']);
  assert.deepEqual(cleared(search), { view: 'open', layout: 'tracking' });
});

test('without a view one sees one’s own tickets; late ones come by their clock', () => {
  assert.deepEqual(queryOf({}), { view: 'mine', sort: 'updated', limit: 100 });
  assert.equal(queryOf({ view: 'breached' }).sort, 'due');
  assert.ok(!('layout' in queryOf({ layout: 'tracking' })));
});
