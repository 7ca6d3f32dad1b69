import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCsv } from './csv.ts';

test('commas, quotes and line breaks stay inside their cell', () => {
  assert.equal(
    toCsv([['漏水,很急', '他说"马上"', '一\n二']]),
    '\uFEFF"漏水,很急","他说""马上""","一\n二"\r\n',
  );
});

test('text of a customer that looks like a formula is not run by a sheet', () => {
  assert.equal(
    toCsv([['=HYPERLINK("x")', '@cmd', '+8613800001234', '-12.5', '-', '+1+cmd']]).slice(1),
    `"'=HYPERLINK(""x"")",'@cmd,+8613800001234,-12.5,-,'+1+cmd\r\n`,
  );
});
