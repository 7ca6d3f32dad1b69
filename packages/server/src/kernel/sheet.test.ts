/** Sheets that strangers send are unpacked within bounds. */
import assert from 'node:assert/strict';
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
