import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, palettes, tokensCss, type Mode, type Palette } from './theme.ts';

const pairs: Array<[keyof Palette, keyof Palette]> = [
  ...(['text', 'text2', 'text3', 'accentText', 'late', 'warn', 'ok'] as const).flatMap((fg) =>
    (['surface', 'canvas', 'sunken', 'raised', 'hover', 'selected'] as const).map(
      (bg): [keyof Palette, keyof Palette] => [fg, bg],
    ),
  ),
  ['text', 'noteSoft'],
  ['text2', 'noteSoft'],
  ['text', 'accentSoft'],
  ['onAccent', 'accent'],
  ['onAccent', 'accentHover'],
  ['accentText', 'accentSoft'],
  ...(['ok', 'warn', 'late', 'paused', 'note', 'p1', 'p2'] as const).map(
    (tone): [keyof Palette, keyof Palette] => [tone, `${tone}Soft`],
  ),
];

for (const mode of ['light', 'dark'] satisfies Mode[]) {
  test(`every text pair of the ${mode} theme reads at 4.5 : 1 or better`, () => {
    const weak = pairs
      .map(([fg, bg]) => ({
        pair: `${fg} on ${bg}`,
        ratio: contrast(palettes[mode][fg], palettes[mode][bg]),
      }))
      .filter(({ ratio }) => ratio < 4.5);
    assert.deepEqual(weak, []);
  });
}

test('tokens.css is what theme.ts prints', () => {
  const plain = (css: string) => css.replace(/\s+/g, ' ').replaceAll('"', "'").replaceAll(': ', ':');
  assert.equal(plain(readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')), plain(tokensCss()));
});
