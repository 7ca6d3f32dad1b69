/** Every shipped pack: its folder is right, and its cases are true. A case's name begins with the rows it proves. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { decidingFields } from '#contracts/flow.ts';
import type { Pack } from '#contracts/pack.ts';
import { packFolders, readFolder, shippedPacks } from '#modules/playbooks/index.ts';
import { caseFaults } from './check.ts';
import { runCase } from './run.ts';
import type { PackCase } from './run.ts';

const packs: Pack[] = [];
for (const folder of await packFolders(shippedPacks)) {
  const key = path.basename(folder);
  const { pack, faults, cases } = await readFolder(folder);
  if (pack) packs.push(pack);
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

/** While the approval is open the engine holds the sum; afterwards only the states of its kind do. */
test('SD0-23 a sum that decides who approves stands fixed once it is approved, in every shipped pack', () => {
  const kinds = packs.flatMap(({ records = [] }) => records);
  const sums = packs.flatMap((pack) => {
    const used = [...(pack.records ?? []).map(({ key }) => key), ...pack.steps.map(({ form }) => form)];
    const deciding = pack.steps
      .filter(({ kind }) => kind === 'approve')
      .flatMap((step) => decidingFields(pack, step));
    return kinds
      .filter(({ key }) => used.includes(key))
      .flatMap((kind) =>
        kind.fields
          .filter(({ key, type }) => type === 'money' && deciding.includes(key))
          .map(({ key }) => ({
            sum: `${pack.key} ${kind.key}.${key}`,
            stays: kind.fixed?.some(({ fields }) => fields.includes(key)) ?? false,
          })),
      );
  });
  assert.deepEqual(sums.map(({ sum }) => sum).toSorted(), [
    'after_sales return_request.amount',
    'bank_branch branch_case.loss',
    'compensation compensation.amount',
    'shop_return return_request.amount',
  ]);
  assert.deepEqual(
    sums.filter(({ stays }) => !stays),
    [],
  );
});
