/**
 * A condition as SQL: what `holds` says of a row's facts, PostgreSQL says of the row. Values are parameters; only the
 * expressions of `columns`, our own, become text.
 */
import { spelled } from '#contracts/conditions.ts';
import type { Condition, Test } from '#contracts/conditions.ts';
import { join, sql } from './sql.ts';
import type { SqlFragment } from './sql.ts';

/** The SQL of a fact and what it is; a `list` is a text[]. */
export type FactColumn = { type: 'text' | 'number' | 'yes' | 'list' | 'ref'; sql: SqlFragment };

const typed = (type: FactColumn['type'], value: unknown): SqlFragment =>
  type === 'number'
    ? sql`${value}::double precision`
    : type === 'yes'
      ? sql`${value}::boolean`
      : sql`${value}::text`;
const emptyOf: Record<FactColumn['type'], (column: SqlFragment) => SqlFragment> = {
  text: (column) => sql`coalesce(${column}, '') = ''`,
  ref: (column) => sql`${column} is null`,
  number: (column) => sql`${column} is null`,
  yes: (column) => sql`${column} is null`,
  list: (column) => sql`coalesce(cardinality(${column}), 0) = 0`,
};
const oneOf = ({ type, sql: column }: FactColumn, wanted: readonly unknown[]): SqlFragment =>
  either(wanted.map((one) => sql`${column} is not distinct from ${typed(type, one)}`));

const comparisons: Record<string, (fact: FactColumn, wanted: unknown) => SqlFragment> = {
  is: (fact, wanted) => oneOf(fact, [wanted]),
  in: (fact, wanted) => oneOf(fact, wanted as unknown[]),
  not: (fact, wanted) => sql`not ${oneOf(fact, [wanted].flat())}`,
  over: ({ sql: column }, wanted) => sql`${column} > ${wanted}::double precision`,
  atLeast: ({ sql: column }, wanted) => sql`${column} >= ${wanted}::double precision`,
  under: ({ sql: column }, wanted) => sql`${column} < ${wanted}::double precision`,
  atMost: ({ sql: column }, wanted) => sql`${column} <= ${wanted}::double precision`,
  has: ({ type, sql: column }, wanted) =>
    type === 'list'
      ? sql`${wanted}::text = any(coalesce(${column}, '{}'))`
      : sql`position(${wanted}::text in ${column}) > 0`,
  startsWith: ({ sql: column }, wanted) => sql`starts_with(${column}, ${wanted}::text)`,
  empty: ({ type, sql: column }, wanted) => sql`(${emptyOf[type](column)}) = ${wanted}::boolean`,
};

const either = (parts: readonly SqlFragment[]): SqlFragment =>
  parts.length === 0 ? sql`false` : sql`(${join(parts, ' or ')})`;
const all = (parts: readonly SqlFragment[]): SqlFragment =>
  parts.length === 0 ? sql`true` : sql`(${join(parts, ' and ')})`;

/** True or false for every row, never NULL: what is missing equals nothing and is over nothing. A fact without a column holds for none. */
export const conditionSql = (
  condition: Condition,
  columns: Readonly<Record<string, FactColumn>>,
): SqlFragment =>
  all(
    Object.entries(condition).map(([key, value]) => {
      const inner = () => (value as Condition[]).map((one) => conditionSql(one, columns));
      if (key === 'all') return all(inner());
      if (key === 'any') return either(inner());
      if (key === 'not') return sql`not ${conditionSql(value as Condition, columns)}`;
      const fact = columns[key];
      return all(
        Object.entries(spelled(value as Test)).map(([operator, wanted]) => {
          const compare = comparisons[operator];
          return fact && compare ? sql`coalesce(${compare(fact, wanted)}, false)` : sql`false`;
        }),
      );
    }),
  );
