import type { GoalView } from '#contracts/routes/figures.ts';
import { shownValue } from '#contracts/figures.ts';
import type { FigureKey, GoalMode } from '#contracts/figures.ts';
import { scopeSql } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { quarterMonths, quartersOf } from '../rules.ts';
import { countWindows } from './figures.ts';
import type { Months } from './figures.ts';

type Review = GoalView['quarters'][number]['review'] & { quarter: string };
export type GoalRow = {
  id: string;
  figure: FigureKey;
  group_id: string | null;
  group_name: string | null;
  mode: GoalMode;
  baseline: number;
  change: number;
  target: number;
  from_month: string;
  to_month: string;
  note: string;
  created_by_name: string | null;
  created_at: number;
  reviews: Review[];
};

/** More goals at once nobody follows. */
const mostGoals = 60;
export const goalsWhere = (tx: Tx, where: SqlFragment) =>
  tx.all(sql<GoalRow>`
    select o.id, o.figure, o.group_id, g.name as group_name, o.mode, o.baseline, o.change, o.target, o.from_month, o.to_month, o.note, u.name as created_by_name, o.created_at,
      coalesce((select jsonb_agg(jsonb_build_object('quarter', w.quarter, 'actual', w.actual, 'reached', w.reached, 'action', w.action, 'byName', a.name, 'at', to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by w.quarter) from goal_review w left join app_user a on a.id = w.by_id where w.goal_id = o.id), '[]') as reviews
    from goal o left join skill_group g on g.id = o.group_id left join app_user u on u.id = o.created_by where ${where} order by o.created_at desc, o.id ${limitOf(mostGoals)}`);

/** Goals in force that a reader of reports may see: of the whole centre for who reads all of it, else their groups' and their own. */
export const seen = (actor: Actor): SqlFragment =>
  sql`o.ended_at is null and ${scopeSql(actor, 'report.read', { owners: ['o.created_by'], group: 'o.group_id' })}`;

/** What the figure of a goal was in some stretches of months, as it is shown. */
export const actualsOf = async (
  tx: Tx,
  actor: Actor,
  now: number,
  goal: Pick<GoalRow, 'figure' | 'group_id'>,
  windows: readonly Months[],
): Promise<(number | null)[]> =>
  (await countWindows(tx, actor, now, { figure: goal.figure, groupId: goal.group_id }, windows)).map(
    (count) => shownValue(goal.figure, count),
  );

const toView = async (centre: Centre, actor: Actor, row: GoalRow): Promise<GoalView> => {
  const quarters = quartersOf(row.from_month, row.to_month);
  const [actual, ...byQuarter] = await actualsOf(centre.db, actor, centre.clock.now(), row, [
    { from: row.from_month, to: row.to_month },
    ...quarters.map(quarterMonths),
  ]);
  return {
    id: row.id,
    figure: row.figure,
    groupId: row.group_id,
    groupName: row.group_name,
    mode: row.mode,
    baseline: row.baseline,
    change: row.change,
    target: row.target,
    from: row.from_month,
    to: row.to_month,
    note: row.note,
    actual: actual ?? null,
    quarters: quarters.map((quarter, i) => {
      const known = row.reviews.find((one) => one.quarter === quarter);
      return {
        quarter,
        actual: byQuarter[i] ?? null,
        review: known
          ? {
              actual: known.actual,
              reached: known.reached,
              action: known.action,
              byName: known.byName,
              at: known.at,
            }
          : null,
      };
    }),
    createdByName: row.created_by_name,
    createdAt: new Date(row.created_at).toISOString(),
  };
};

/** The newest first; each costs one statement, one after the other, so that nobody else waits for a connection. */
export const listGoals = async (centre: Centre, actor: Actor): Promise<GoalView[]> => {
  const views: GoalView[] = [];
  for (const row of await goalsWhere(centre.db, seen(actor))) views.push(await toView(centre, actor, row));
  return views;
};
