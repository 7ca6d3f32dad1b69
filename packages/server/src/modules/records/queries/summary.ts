import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { faulty } from '#kernel/problem.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';
import { demandKind } from '../kinds.ts';
import { askable, isMasked } from '../masks.ts';
import { mayReach, notAccused } from '../store.ts';
import { filterSql } from './list.ts';

type Row = { value: string | null; count: number; sum: number | null };
const fixed: Record<string, SqlFragment> = {
  state: sql`r.state`,
  day: sql`r.day::text`,
  month: sql`to_char(r.day, 'YYYY-MM')`,
  owner: sql`(select u.name from app_user u where u.id = r.owner_id)`,
  creator: sql`(select u.name from app_user u where u.id = r.created_by)`,
  group: sql`(select g.name from skill_group g where g.id = r.group_id)`,
};

/** Of a field with more values than these, the largest are told; a count of singles says nothing. */
const mostValues = 1_000;

/** Counts by a field, with the sum of a number and each share; the parts add up to the list filtered the same way. */
export const summarise = async (
  centre: Centre,
  actor: Actor,
  key: string,
  { by, sum, from, to, where }: { by: string; sum?: string; from?: string; to?: string; where?: string },
) => {
  const kind = await demandKind(centre.db, key);
  // What the reader sees masked is nothing to count by: each row would be one whole value.
  const fields = askable(kind).filter((one) => !isMasked(actor, one));
  const field = fields.find((one) => one.key === by);
  const number = kind.fields.find((one) => one.key === sum && ['number', 'money'].includes(one.type));
  if (!field && !fixed[by])
    throw faulty('/by', 'NOT_LISTED', {
      allowed: [...Object.keys(fixed), ...fields.map((one) => one.key)].join(', '),
    });
  if (sum && !number)
    throw faulty('/sum', 'NOT_LISTED', {
      allowed: kind.fields
        .filter(({ type }) => ['number', 'money'].includes(type))
        .map((one) => one.key)
        .join(', '),
    });
  // A field of several choices counts once for each of them.
  const value = field ? (field.type === 'choices' ? sql`v.one` : sql`r.data ->> ${by}`) : fixed[by]!;
  const rows = await centre.db.all(sql<Row>`
    select ${value} as value, count(*)::int as count, ${number ? sql`sum((r.data ->> ${number.key})::double precision)` : sql`null::double precision`} as sum
    from record r ${field?.type === 'choices' ? sql`cross join lateral jsonb_array_elements_text(coalesce(r.data -> ${by}, '[]')) v(one)` : sql``}
    where ${mayReach(actor, 'record.read')} and ${notAccused(actor)} and ${filterSql(actor, kind, { from, to, where }, centre.clock.now())} group by 1 order by count(*) desc, 1 ${limitOf(mostValues)}`);
  const { total } = await centre.db.one(
    sql<{
      total: number;
    }>`select count(*)::int as total from record r where ${mayReach(actor, 'record.read')} and ${notAccused(actor)} and ${filterSql(actor, kind, { from, to, where }, centre.clock.now())}`,
  );
  let counted = 0;
  const nameOf = (one: string | null) => {
    const known =
      field?.options?.find((option) => option.key === one) ??
      (by === 'state' ? kind.states?.find((state) => state.key === one) : undefined);
    return known ? { zh: known.zh, en: known.en } : null;
  };
  return {
    total,
    sum: number ? rows.reduce((all, row) => all + (row.sum ?? 0), 0) : null,
    // Largest first, so that reading down to 0.8 tells the few values that make up most (SD3j-03).
    items: rows.map((row) => ({
      ...row,
      name: nameOf(row.value),
      share: total === 0 ? 0 : row.count / total,
      cumulative: total === 0 ? 0 : (counted += row.count) / total,
    })),
  };
};
