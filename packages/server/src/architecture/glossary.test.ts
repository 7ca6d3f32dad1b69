import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { events } from '#contracts/events.ts';
import { levels } from './layers.ts';

const server = path.resolve(import.meta.dirname, '..');
const docs = path.resolve(server, '../../../docs');
const rowsOf = (page: string) =>
  readFileSync(path.join(docs, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const rows = rowsOf('glossary.md').slice(1);
const words = new Set(
  rows.flatMap(([, code]) => [...code!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!)),
);

test('every module and channel has a row in the glossary', () => {
  const folders = ['modules', 'channels'].flatMap((folder) => readdirSync(path.join(server, folder)));
  assert.deepEqual(
    folders.filter((word) => !words.has(word)),
    [],
  );
});

test('every noun of the event catalogue has a row in the glossary', () => {
  const nouns = new Set(Object.keys(events).map((type) => type.split('.')[0]!));
  assert.deepEqual(
    [...nouns].filter((noun) => !words.has(noun)),
    [],
  );
});

test('every row of the glossary has four cells, and its folder is there', () => {
  for (const row of rows) {
    assert.equal(row.filter(Boolean).length, 4, row.join(' | '));
    const place = row[3]!.replaceAll('`', '');
    assert.ok(existsSync(path.join(server, place)) || existsSync(path.join(server, '../..', place)), place);
  }
});

test('no code word has two rows', () => {
  const all = rows.map(([, code]) => code);
  assert.deepEqual(
    all.filter((word, i) => all.indexOf(word) !== i),
    [],
  );
});

test('the levels of docs/architecture.md are those of layers.ts', () => {
  const shown = rowsOf('architecture.md').filter(([level]) => /^\d$/.test(level!));
  assert.deepEqual(
    shown,
    levels.map(({ level, name, modules }) => [String(level), name, modules.join(' · ')]),
  );
});
