/** Every shipped pack: its folder is right, and its cases are true. A case's name begins with the rows it proves. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { packFolders, readFolder, shippedPacks } from '#modules/playbooks/index.ts';
import { caseFaults } from './check.ts';
import { runCase } from './run.ts';
import type { PackCase } from './run.ts';

for (const folder of await packFolders(shippedPacks)) {
  const key = path.basename(folder);
  const { pack, faults, cases } = await readFolder(folder);
  describe(`packs/${key}`, { concurrency: 2 }, () => {
    test(`${key}: the folder has no faults`, () =>
      assert.deepEqual(
        faults.map(({ file, line, zh }) => `${file}:${line} ${zh}`),
        [],
      ));
    test(`${key}: every word of its cases is one that cases know`, () =>
      assert.deepEqual(
        caseFaults(pack!, cases as PackCase[]).map(({ at, zh }) => `${at} ${zh}`),
        [],
      ));
    test(`${key}: the folder is named after its key and proves itself`, () => {
      assert.equal(pack?.key, key);
      assert.ok((cases as PackCase[]).length > 0);
    });
    for (const story of cases as PackCase[]) test(story.name, () => runCase(key, story));
  });
}
