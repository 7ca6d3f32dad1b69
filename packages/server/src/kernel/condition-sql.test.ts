/** What a condition says of facts in a pack, PostgreSQL says of a row in a view. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { holds } from '#contracts/conditions.ts';
import type { Condition } from '#contracts/conditions.ts';
import { newWorld } from '#testing/world.ts';
import { conditionSql } from './condition-sql.ts';
import { json, sql } from './sql.ts';

const world = await newWorld();
after(() => world.end());

const words = ['P1', 'P2', '投诉', "it's 100%_", ''];
const word = fc.constantFrom(...words);
const said = fc.constantFrom(...words.filter(Boolean));
const number = fc.constantFrom(-1, 0, 0.5, 2, 100);
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const row = fc.record({
  text: orNull(word),
  number: orNull(number),
  yes: fc.boolean(),
  list: orNull(fc.array(said, { maxLength: 3 })),
});
const test_ = (path: string, ...tests: fc.Arbitrary<unknown>[]) =>
  fc.oneof(...tests).map((value) => ({ [path]: value }) as Condition);
const by = (operator: string, value: fc.Arbitrary<unknown>) => value.map((one) => ({ [operator]: one }));
const several = (one: fc.Arbitrary<unknown>) => fc.array(one, { minLength: 1, maxLength: 3 });
const leaf = fc.oneof(
  test_(
    'text',
    said,
    several(said),
    by('is', said),
    by('not', said),
    by('not', several(said)),
    by('has', said),
  ),
  test_('text', by('startsWith', said), by('empty', fc.boolean())),
  test_('number', number, by('not', number), by('in', several(number)), by('empty', fc.boolean())),
  test_('number', ...['over', 'atLeast', 'under', 'atMost'].map((operator) => by(operator, number))),
  test_('number', fc.record({ atLeast: number, under: number })),
  test_('yes', fc.boolean(), by('not', fc.boolean())),
  test_('list', by('has', said), by('empty', fc.boolean())),
  test_('nowhere', said),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })),
    fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })),
    tie('condition').map((not) => ({ not })),
    fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b })),
  ),
}));

test('a condition lists the rows whose facts it holds for', async () => {
  const columns = {
    text: { type: 'text', sql: sql`r.text` },
    number: { type: 'number', sql: sql`r.number` },
    yes: { type: 'yes', sql: sql`r.yes` },
    list: { type: 'list', sql: sql`r.list` },
  } as const;
  await fc.assert(
    fc.asyncProperty(condition, fc.array(row, { minLength: 6, maxLength: 12 }), async (asked, facts) => {
      const told = await world.db.all(
        sql<{ holds: boolean | null }>`
          select ${conditionSql(asked, columns)} as holds
          from rows from (json_to_recordset(${json(facts)}::json) as (text text, number double precision, yes boolean, list text[])) with ordinality r (text, number, yes, list, n) order by n`,
      );
      assert.deepEqual(
        told.map(({ holds: one }) => one),
        facts.map((one) => holds(asked, one)),
      );
    }),
    { numRuns: 300 },
  );
});
