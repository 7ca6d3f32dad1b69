/** Sheets that strangers send are unpacked within bounds. */
import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { sheetCells } from './sheet.ts';
import { toXlsx } from './xlsx.ts';
import { unzip, zip } from './zip.ts';

const head = ['姓名', '数量'];

test('a sheet comes back as it was written', async () => {
  const cells = await sheetCells('xlsx', toXlsx('客户', [head, ['张伟', 3]]));
  assert.deepEqual(cells, [head, ['张伟', 3]]);
});

test('a zip bomb is refused by what its directory announces, before anything is unpacked', async () => {
  const parts = await unzip(toXlsx('客户', [head]), 1 << 20, () => true);
  const bomb = zip([...parts, { name: 'xl/worksheets/sheet2.xml', data: Buffer.alloc(60 << 20, 32) }]);
  assert.ok(bomb.length < 200_000);
  await assert.rejects(sheetCells('xlsx', bomb), { code: 'TOO_LARGE' });
});

test('a directory that announces less than there is does not help, nor does one that hides a part', async () => {
  const parts = await unzip(toXlsx('客户', [head]), 1 << 20, () => true);
  const liar = zip([...parts, { name: 'xl/worksheets/sheet2.xml', data: Buffer.alloc(60 << 20, 32) }]);
  const directory = liar.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
  liar.writeUInt32LE(1000, directory + 24);
  await assert.rejects(sheetCells('xlsx', liar), { code: 'TOO_LARGE' });
  // One entry less in the directory: its bytes are still there, and are never looked at.
  const end = liar.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  liar.writeUInt16LE(parts.length, end + 10);
  assert.deepEqual(await sheetCells('xlsx', liar), [head]);
});

test('what is no sheet is told as such', async () => {
  await assert.rejects(sheetCells('xlsx', Buffer.from('姓名,数量')), { code: 'BAD_REQUEST' });
  await assert.rejects(sheetCells('xlsx', zip([{ name: 'a.xml', data: Buffer.from('<a/>') }])), {
    code: 'BAD_REQUEST',
  });
});

test('a large sheet is read beside everything else: the main thread is idle meanwhile', async () => {
  const row = Array.from({ length: 20 }, (_, i) => `第 ${i} 列的内容`);
  const sheet = toXlsx('客户', [head, ...Array.from({ length: 5000 }, () => row)]);
  const began = performance.eventLoopUtilization();
  const cells = await sheetCells('xlsx', sheet);
  const { utilization } = performance.eventLoopUtilization(began);
  assert.equal(cells.length, 5001);
  assert.deepEqual(cells.at(-1), row);
  assert.ok(utilization < 0.5, `the main thread was busy ${Math.round(utilization * 100)} % of the time`);
});

test('a row too many is refused with the limit, in a sheet and in a CSV', async () => {
  const rows = Array.from({ length: 5002 }, (_, i) => [`客户 ${i}`, i]);
  const tooLarge = { code: 'TOO_LARGE', values: { limit: { zh: '5000 行', en: '5000 rows' } } };
  await assert.rejects(sheetCells('xlsx', toXlsx('客户', rows)), tooLarge);
  await assert.rejects(sheetCells('csv', Buffer.from(rows.join('\n'))), tooLarge);
  assert.equal((await sheetCells('csv', Buffer.from(rows.slice(0, 5001).join('\n')))).length, 5001);
});
