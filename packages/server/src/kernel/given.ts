/**
 * Rows that are given to a statement. One travels as plain parameters: planned as the single row it is, a table is found
 * by its index however small it was when the plan was made (0.42 ms → 0.05 ms). A few travel as one JSON value; of many
 * PostgreSQL reads arrays, one for each column, in less than half the time (300 events: 1.7 instead of 4.0 ms).
 */
import { arrayText, writtenAs } from './array-text.ts';
import { json, sql, unsafeText } from './sql.ts';
import type { SqlFragment } from './sql.ts';

/** Types by column, as PostgreSQL names them; arrays of uuid too. */
type Types<Row> = Record<keyof Row & string, string>;
export type Given<Row> = {
  /** `id, type, at` */
  names: SqlFragment;
  /** `from ${rows.of(…)} r`: an expression with the columns by their names. */
  of(rows: readonly Row[]): SqlFragment;
};

const few = 30;
/** `unnest` fills up with NULL, so a column that nobody has costs neither side anything. */
const columnText = <Row>(
  rows: readonly Row[],
  name: keyof Row,
  write: ReturnType<typeof writtenAs>,
): string =>
  rows.some((row) => row[name] !== null && row[name] !== undefined)
    ? arrayText(
        rows.map((row) => row[name]),
        write,
      )
    : '{}';

export const given = <Row>(types: Types<Row>): Given<Row> => {
  const columns = Object.entries<string>(types);
  const listed = columns.map(([name]) => name).join(', ');
  const defined = unsafeText(columns.map(([name, type]) => `${name} ${type}`).join(', '));
  // An array of arrays would have to be a rectangle: inner ones travel as text.
  const open = unsafeText(
    `(select ${columns.map(([name, type]) => (type.endsWith('[]') ? `${name}::${type} as ${name}` : name)).join(', ')} from unnest(`,
  );
  const close = unsafeText(`) as u(${listed}))`);
  const arrays = columns.map(([name, type]) => ({
    name: name as keyof Row,
    write: writtenAs(type),
    cast: unsafeText(`::${type.endsWith('[]') ? 'text' : type}[]`),
  }));
  const asArrays = (rows: readonly Row[]) =>
    arrays
      .map(({ name, write, cast }) => sql`${columnText(rows, name, write)}${cast}`)
      .reduce((all, one) => sql`${all}, ${one}`);
  // What is not there is NULL; naming it would cost both sides.
  const slim = (row: Row) => {
    const there: Record<string, unknown> = {};
    for (const [name] of columns) {
      const value = row[name as keyof Row];
      if (value !== null && value !== undefined) there[name] = value;
    }
    return there;
  };
  const alone = columns.map(([name, type]) => unsafeText(`::${type} as ${name}`));
  const asOne = (row: Row) =>
    columns
      .map(([name, type], i) => {
        const value = row[name as keyof Row] ?? null;
        return sql`${type === 'jsonb' && value !== null ? json(value) : value}${alone[i]}`;
      })
      .reduce((all, one) => sql`${all}, ${one}`);
  return {
    names: unsafeText(listed),
    of: (rows) => {
      if (rows.length > few) return sql`${open}${asArrays(rows)}${close}`;
      if (rows.length === 1) return sql`(select ${asOne(rows[0]!)})`;
      return sql`(select * from json_to_recordset(${json(rows.map(slim))}::json) as j(${defined}))`;
    },
  };
};
