/** Tasks as lists by due instant, and one with the reason for its due instant. */
import type { TaskView } from '#contracts/routes/tasks.ts';
import type { Locale } from '#contracts/errors.ts';
import type { TaskKind, TaskState } from '#contracts/words.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { deadlinesOf } from '#modules/deadlines/index.ts';
import { mayRead, mineSql, tasksWhere, toView } from './store.ts';

export type TaskFilter = {
  limit?: number;
  cursor?: string;
  mine?: boolean;
  kind?: TaskKind;
  state?: TaskState;
  late?: boolean;
  ticketId?: string;
  customerId?: string;
  runId?: string;
  assigneeId?: string;
  dueBefore?: string;
};
/** Beyond every due instant: tasks without one come last. */
const never = 'infinity';

export type DrawnTask = {
  /** Number and title of the record that was drawn. */ about: string;
  state: TaskState;
  outcome: string | null;
  note: string | null;
  createdAt: number;
  doneAt: number | null;
};
/** Tasks that a step drew at random (`playbook.step`) and that were drawn or finished in a stretch, in order. */
export const drawnTasks = (
  tx: Tx,
  { drawnBy, from, to }: { drawnBy: string; from: number; to: number },
): Promise<DrawnTask[]> =>
  tx.all(
    sql<DrawnTask>`select concat_ws(' ', r.number, coalesce(r.title, k.title ->> 'zh')) as about, k.state, k.outcome, k.note, k.created_at as "createdAt", k.done_at as "doneAt" from task k left join record r on r.id = k.record_id where k.data ? 'drawnBy' and k.data ->> 'drawnBy' = ${drawnBy} and k.created_at < ${new Date(to)} and (k.created_at >= ${new Date(from)} or k.state = 'open' or k.done_at >= ${new Date(from)}) order by k.done_at, k.created_at, k.id`,
  );

export const listTasks = async (centre: Centre, actor: Actor, filter: TaskFilter) => {
  const { limit = 50, cursor, state = 'open' } = filter;
  const after = decodeCursor(cursor, 2);
  const now = centre.clock.now();
  const lateSql = sql`(k.late or coalesce(k.due_at < ${new Date(now)}, false))`;
  const seen = sql`not k.system and ${mayRead(actor)} and ${filter.mine ? mineSql(actor) : sql`true`}
    and ${filter.kind ? sql`k.kind = ${filter.kind}` : sql`true`} and ${filter.ticketId ? sql`k.ticket_id = ${filter.ticketId}::uuid` : sql`true`}
    and ${filter.customerId ? sql`k.customer_id = ${filter.customerId}::uuid` : sql`true`} and ${filter.runId ? sql`k.run_id = ${filter.runId}::uuid` : sql`true`}
    and ${filter.assigneeId ? sql`k.assignee_id = ${filter.assigneeId}::uuid` : sql`true`}`;
  const [rows, counts] = await Promise.all([
    tasksWhere(
      centre.db,
      sql`${seen} and k.state = ${state} and ${filter.late === undefined ? sql`true` : sql`${lateSql} = ${filter.late}`} and ${filter.dueBefore ? sql`k.due_at < ${new Date(filter.dueBefore)}` : sql`true`}
      and ${after ? sql`(coalesce(k.due_at, ${never}::timestamptz), k.id) > (${after[0] === null ? never : new Date(Number(after[0]))}::timestamptz, ${String(after[1])}::uuid)` : sql`true`} order by coalesce(k.due_at, ${never}::timestamptz), k.id limit ${limit + 1}`,
      actor,
    ),
    centre.db.one(
      sql<{
        open: number;
        overdue: number;
      }>`select count(*)::int as open, count(*) filter (where ${lateSql})::int as overdue from task k where ${seen} and k.state = 'open'`,
    ),
  ]);
  const page = toPage(rows, limit, (row) => [row.due_at, row.id]);
  return { ...page, items: page.items.map((row) => toView(row, now)), ...counts };
};

export const readTask = async (
  centre: Centre,
  actor: Actor,
  id: string,
  locale: Locale = 'zh-CN',
): Promise<TaskView> => {
  const [row] = await tasksWhere(centre.db, sql`k.id = ${id}::uuid and ${mayRead(actor)}`, actor);
  if (!row) throw notFound();
  const clocks = (await deadlinesOf(centre.db, [id], locale)).get(id);
  return toView(row, centre.clock.now(), clocks?.[0]?.why ?? null);
};

/** 承诺兑现率: of the promises due in the period, those kept by their instant. */
export const promiseKeptRate = async ({ db, clock }: Centre, from: string, to: string) => {
  const { numerator, denominator } = await db.one(
    sql<{
      numerator: number;
      denominator: number;
    }>`select count(*) filter (where state = 'done' and not late)::int as numerator, count(*)::int as denominator from task where kind = 'commitment' and state <> 'cancelled' and due_at >= ${new Date(from)} and due_at < ${new Date(to)} and (state = 'done' or due_at <= ${new Date(clock.now())})`,
  );
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
};
