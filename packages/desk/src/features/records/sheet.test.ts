import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asUtf8, sheetOf, templateHead } from './sheet.ts';

test('a CSV that Excel saved as GBK is read as the same words', () => {
  // “编号” in GBK.
  assert.equal(new TextDecoder().decode(asUtf8(new Uint8Array([0xb1, 0xe0, 0xba, 0xc5]))), '编号');
  assert.equal(new TextDecoder().decode(asUtf8(new TextEncoder().encode('编号'))), '编号');
});

test('only sheets are taken, by their ending', () => {
  assert.equal(sheetOf('照片.png', new Uint8Array([1])), null);
  assert.deepEqual(sheetOf('A.XLSX', new Uint8Array([80, 75])), {
    name: 'A.XLSX',
    format: 'xlsx',
    content: 'UEs=',
  });
});

test('the template asks for the customer, the state and every field that a cell can hold', () => {
  const kind = {
    states: [{ key: 'open', zh: '开', en: 'Open' }],
    fields: [
      { key: 'name', zh: '姓名', en: 'Name', type: 'text' as const },
      { key: 'photo', zh: '照片', en: 'Photo', type: 'file' as const },
    ],
  };
  assert.deepEqual(templateHead(kind, 'zh'), ['外部编号', '客户编号', '客户电话', '状态', '姓名']);
});
