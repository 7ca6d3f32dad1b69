/** Chinese sentences that people read carry full-width punctuation, wherever in the server they are written. */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const sources = path.resolve(import.meta.dirname, '../../..');
const han = '[\\u4e00-\\u9fff」）》]';
const half = new RegExp(
  `${han}\\}?[,;?!]|${han}:(?!\\d)|[,;(](?=[\\u4e00-\\u9fff「（《])|[\\u4e00-\\u9fff]\\)`,
);

test('no half-width comma, colon or bracket beside Chinese in a text of the server', () => {
  const files = globSync(['server/src/**/*.ts', 'contracts/src/**/*.ts'], { cwd: sources }).filter(
    // quotes.ts names the marks of other people’s mail programs; nobody reads them.
    (file) => !/\.test\.ts$|\/testing\/|\/kernel\/|email\/quotes\.ts/.test(file),
  );
  const bad = files.flatMap((file) =>
    readFileSync(path.join(sources, file), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        /^\s*(\/\/|\*|\/\*)/.test(line)
          ? []
          : [...line.matchAll(/'((?:[^'\\]|\\.)*)'/g)]
              .map(([, text = '']) => text)
              // English prose may name a Chinese word.
              .filter((text) => half.test(text) && !/[a-z]{3,} [a-z]{2,} /.test(text))
              .map((text) => `${file}:${at + 1} ${text}`),
      ),
  );
  assert.deepEqual(bad, []);
});
