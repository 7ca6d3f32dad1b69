import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table, width } from './say.ts';
import { startTable } from './start-table.ts';

const urls = {
  desk: 'http://a/',
  portal: 'http://a/portal',
  widgetPage: 'http://a/widget',
  docs: 'http://a/docs',
};
const stop = async (): Promise<void> => {};

test('Chinese characters take two columns, so addresses stand below each other', () => {
  assert.equal(width('知客 Zhike，'), 12);
  assert.deepEqual(table([['工作台', 'a'], ['abc', 'b']]), ['工作台  a', 'abc     b']); // prettier-ignore
  const columns = startTable({ urls, stop }, 1_000)
    .filter((line) => line.includes('http'))
    .map((line) => width(line.slice(0, line.indexOf('http'))));
  assert.equal(columns.length, 4);
  assert.equal(new Set(columns).size, 1);
});

test('the demo log-ins of all nine roles are shown with their password, only while there are any', () => {
  const lines = startTable({ urls, stop, demoPassword: 'spring-rain-42' }, 1_000);
  assert.equal(lines.filter((line) => line.includes('@demo.example')).length, 9);
  assert.ok(lines.some((line) => line.includes('spring-rain-42')));
  const empty = startTable({ urls, stop, setupLink: 'http://a/setup/x' }, 1_000).join('\n');
  assert.match(empty, /http:\/\/a\/setup\/x/);
  assert.doesNotMatch(empty, /demo/);
});
