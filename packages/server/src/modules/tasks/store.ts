/** SQL on tasks: rows, scope, views. */
import type { Answers, TaskView } from '#contracts/routes/tasks.ts';
import type { Words } from '#contracts/pack.ts';
import type { ContactWay, DeadlineKind, TaskKind, TaskState } from '#contracts/words.ts';
import { labels } from '#contracts/words.ts';
import { scopeOf, scopeSql, userId } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Audience } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Gathered, SqlFragment, Tx } from '#kernel/sql.ts';
import { mayRead as mayReadTicket } from '#modules/tickets/index.ts';
import { mayWork } from './rules.ts';
import type { Decision } from './rules.ts';

export type TaskRow = {
  id: string;
  kind: TaskKind;
  state: TaskState;
  title: Words;
  subject_type: string;
  subject_id: string;
  ticket_id: string | null;
  conversation_id: string | null;
  customer_id: string | null;
  record_id: string | null;
  run_id: string | null;
  step_key: string | null;
  visit: number;
  assignee_id: string | null;
  role_key: string | null;
  group_id: string | null;
  system: boolean;
  due_at: number | null;
  late: boolean;
  attempts: number;
  outcome: string | null;
  answers: Answers;
  note: string | null;
  data: TaskData;
  requested_by: string | null;
  created_at: number;
  done_at: number | null;
  done_by: string | null;
  version: number;
};
/** What a kind of task keeps beside the columns. */
export type TaskData = {
  /** approval */ by?: string[];
  decisions?: Decision[];
  /** approval: fields of the record that nobody changes while it is open. */ holds?: string[];
  /** The step follows the assignee of its ticket. */ who?: string;
  ticked?: Record<string, { by: string; at: string }>;
  /** callback: how often, and how long until it is tried again, in ms. */ attemptsAllowed?: number;
  everyMs?: number;
  /** callback, follow_up: the channel by which the customer was contacted. */ via?: ContactWay;
  /** The ticket's own clock that it shares. */ clock?: DeadlineKind;
  /** Asked for by the case itself; no unasked contact. */ service?: boolean;
  /** 复审: the playbook that is to be looked at again. */ playbook?: string;
  /** Drawn at random by this step, `playbook.step`. */ drawnBy?: string;
};

export const taskById = (tx: Tx, id: string): Promise<TaskRow | undefined> =>
  tx.maybe(sql<TaskRow>`select * from task where id = ${id}::uuid`);

export const placeOf = (row: Pick<TaskRow, 'ticket_id' | 'conversation_id' | 'record_id'>) => ({
  ticketId: row.ticket_id,
  conversationId: row.conversation_id,
  recordId: row.record_id,
});
export const audienceOf = (
  row: Pick<TaskRow, 'assignee_id' | 'group_id' | 'requested_by'> & Partial<Pick<TaskRow, 'customer_id'>>,
): Audience => ({
  groupId: row.group_id,
  userIds: [row.assignee_id, row.requested_by],
  // So that the customer’s story tells it.
  ...(row.customer_id ? { customerId: row.customer_id } : {}),
});

/** Tasks that one may see: in scope, or one's own to take. Those of a complaint are hidden from whom it is about. */
export const mayRead = (actor: Actor): SqlFragment =>
  sql`((${scopeSql(actor, 'task.read', { owners: ['k.assignee_id', 'k.requested_by'], group: 'k.group_id' })}) or ${mineSql(actor)}) and not exists (select 1 from ticket a where a.id = k.ticket_id and a.accused_id = ${userId(actor)}::uuid)`;
/** What one may work on without being given it: assigned to one, or of one's role or group and nobody's yet. */
export const mineSql = (actor: Actor): SqlFragment =>
  sql`(k.assignee_id = ${userId(actor)}::uuid or (k.assignee_id is null and (k.role_key is null or k.role_key = any(${[...(actor.roleKeys ?? [])]}::text[])) and (case when k.group_id is null then k.role_key is not null else k.group_id = any(${[...actor.groupIds]}::uuid[]) end)))`;

/** Locks a task that the actor may work on: 404 when it is not theirs to see, 403 when it is somebody else's to do. */
export const lockTask = async (tx: Tx, actor: Actor, id: string): Promise<TaskRow> => {
  const row = await tx.maybe(sql<TaskRow>`select * from task where id = ${id}::uuid for update`);
  if (!row) throw notFound();
  if (actor.kind !== 'user' && actor.kind !== 'token') return row;
  const visible = await tx.maybe(sql`select 1 from task k where k.id = ${id}::uuid and ${mayRead(actor)}`);
  if (!visible) throw notFound();
  const worker = {
    id: actor.id,
    roleKeys: actor.roleKeys ?? [],
    groupIds: actor.groupIds,
    scope: scopeOf(actor, 'task.work'),
  };
  if (!mayWork(worker, { assigneeId: row.assignee_id, roleKey: row.role_key, groupId: row.group_id }))
    throw new Problem('TASK_NOT_YOURS', { who: await whoseWords(tx, row) });
  return row;
};
const whoseWords = async (tx: Tx, row: TaskRow): Promise<Words> => {
  const found = await tx.maybe(
    sql<{
      name: string | null;
      role: string | null;
      role_en: string | null;
      group: string | null;
    }>`select (select name from app_user where id = ${row.assignee_id}::uuid) as name, (select name from role where key = ${row.role_key}) as role, (select name_en from role where key = ${row.role_key}) as role_en, (select name from skill_group where id = ${row.group_id}::uuid) as group`,
  );
  const zh = found?.name ?? found?.role ?? found?.group ?? '—';
  return { zh: `「${zh}」`, en: found?.name ?? found?.role_en ?? found?.group ?? '—' };
};
export const demandOpen = (row: TaskRow): void => {
  if (row.state !== 'open') throw new Problem('TASK_NOT_OPEN', { state: labels.taskState![row.state] });
};

type Joined = TaskRow & {
  ticket_seen: boolean;
  ticket_number: string | null;
  customer_name: string | null;
  record_title: string | null;
  record_kind: string | null;
  assignee_name: string | null;
  group_name: string | null;
  requester_name: string | null;
  doer_name: string | null;
  playbook: string | null;
  playbook_name: Words | null;
};
/** `reader` is who will look: whether they may open the ticket too is told with each. */
export const tasksWhere = (tx: Tx, where: SqlFragment, reader?: Actor): Promise<Joined[]> =>
  tx.all(sql<Joined>`
    select k.*, ${reader ? sql`(t.id is null or coalesce(${mayReadTicket(reader)}, false))` : sql`true`} as ticket_seen, t.number as ticket_number, c.name as customer_name, r.title as record_title, r.kind as record_kind, a.name as assignee_name, g.name as group_name, q.name as requester_name, d.name as doer_name, b.key as playbook, b.name as playbook_name
    from task k left join ticket t on t.id = k.ticket_id left join customer c on c.id = k.customer_id left join record r on r.id = k.record_id left join app_user a on a.id = k.assignee_id left join skill_group g on g.id = k.group_id left join app_user q on q.id = k.requested_by left join app_user d on d.id = k.done_by left join run n on n.id = k.run_id left join playbook b on b.key = coalesce(n.playbook, k.data ->> 'playbook')
    where ${where}`);

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
/** Late is what is past its instant, whichever clock tells of it. */
export const isLate = (row: Pick<TaskRow, 'late' | 'state' | 'due_at'>, now: number): boolean =>
  row.late || (row.state === 'open' && row.due_at !== null && row.due_at < now);
export const toView = (row: Joined, now: number, why: string | null = null): TaskView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  title: row.title,
  runId: row.run_id,
  stepKey: row.step_key,
  playbook: row.playbook ? { key: row.playbook, name: row.playbook_name! } : null,
  ticketId: row.ticket_id,
  ticketNumber: row.ticket_number,
  ticketSeen: row.ticket_seen,
  conversationId: row.conversation_id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  recordId: row.record_id,
  recordTitle: row.record_title,
  recordKind: row.record_kind,
  assigneeId: row.assignee_id,
  assigneeName: row.assignee_name,
  roleKey: row.role_key,
  groupId: row.group_id,
  groupName: row.group_name,
  dueAt: iso(row.due_at),
  late: isLate(row, now),
  why,
  attempts: row.attempts,
  outcome: row.outcome,
  answers: row.answers,
  note: row.note,
  requestedById: row.requested_by,
  requestedByName: row.requester_name,
  decisions: (row.data.decisions ?? []).map(({ by, outcome, comment, at }) => ({ by, outcome, comment, at })),
  createdAt: iso(row.created_at)!,
  doneAt: iso(row.done_at),
  doneByName: row.doer_name,
  version: row.version,
});

/**
 * Shows the nearest open task on its ticket's row, so that lists need no join and a late step is loud there too. Work
 * that opens or ends many tasks shows each ticket once (a run that wakes: 480 → 360 µs).
 */
const shown: Gathered<string> = {
  of: (ids) => sql`
    update ticket t set task_due_at = n.due_at, task_title = n.title, task_state = n.state
    from unnest(${[...new Set(ids)]}::uuid[]) as w(id) left join lateral (
      select k.due_at, k.title, case when k.late then 'breached' else 'running' end as state from task k
      where k.ticket_id = w.id and k.state = 'open' and not k.system and k.due_at is not null order by k.due_at, k.id limit 1) n on true
    where t.id = w.id and (t.task_due_at, t.task_state, t.task_title) is distinct from (n.due_at, n.state, n.title)`,
};
export const showOnTicket = async (tx: Tx, ticketId: string | null): Promise<void> => {
  if (ticketId !== null) await tx.gather(shown, ticketId);
};
