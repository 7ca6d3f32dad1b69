import type { GoalView } from '#contracts/routes/figures.ts';
import { shownValue } from '#contracts/figures.ts';
import type { FigureKey, GoalMode } from '#contracts/figures.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { quarterMonths, quartersOf } from '../rules.ts';
import { countFigures } from './figures.ts';

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

export const goalsWhere = (tx: Tx, where: SqlFragment) =>
  tx.all(sql<GoalRow>`
    select o.id, o.figure, o.group_id, g.name as group_name, o.mode, o.baseline, o.change, o.target, o.from_month, o.to_month, o.note, u.name as created_by_name, o.created_at,
      coalesce((select jsonb_agg(jsonb_build_object('quarter', w.quarter, 'actual', w.actual, 'reached', w.reached, 'action', w.action, 'byName', a.name, 'at', to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by w.quarter) from goal_review w left join app_user a on a.id = w.by_id where w.goal_id = o.id), '[]') as reviews
    from goal o left join skill_group g on g.id = o.group_id left join app_user u on u.id = o.created_by where o.ended_at is null and ${where} order by o.created_at desc, o.id`);

/** What a figure was in some months, as it is shown. */
export const actualOf = async (
  tx: Tx,
  actor: Actor,
  now: number,
  goal: Pick<GoalRow, 'figure' | 'group_id'>,
  { from, to }: { from: string; to: string },
): Promise<number | null> => {
  const items = await countFigures(tx, actor, { from, to, groupId: goal.group_id }, now);
  return shownValue(goal.figure, items.find(({ key }) => key === goal.figure)!.total);
};

export const listGoals = async (centre: Centre, actor: Actor): Promise<GoalView[]> => {
  const now = centre.clock.now();
  const rows = await goalsWhere(centre.db, sql`true`);
  return Promise.all(
    rows.map(async (row) => ({
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
      actual: await actualOf(centre.db, actor, now, row, { from: row.from_month, to: row.to_month }),
      quarters: await Promise.all(
        quartersOf(row.from_month, row.to_month).map(async (quarter) => {
          const { quarter: _, ...review } = row.reviews.find((one) => one.quarter === quarter) ?? {
            quarter: null,
          };
          return {
            quarter,
            actual: await actualOf(centre.db, actor, now, row, quarterMonths(quarter)),
            review: 'at' in review ? review : null,
          };
        }),
      ),
      createdByName: row.created_by_name,
      createdAt: new Date(row.created_at).toISOString(),
    })),
  );
};
