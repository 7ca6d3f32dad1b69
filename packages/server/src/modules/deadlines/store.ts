/** SQL on deadline. Many rows go in one statement, as JSON. */
import type { DeadlineKind, DeadlineState } from '#contracts/words.ts';
import { given } from '#kernel/given.ts';
import { jsonRows, ms } from '#kernel/json-rows.ts';
import type { Column } from '#kernel/json-rows.ts';
import { limitOf, sql, unsafeText } from '#kernel/sql.ts';
import type { Gathered, SqlFragment, Tx } from '#kernel/sql.ts';
import type { Pause } from '#modules/calendar/index.ts';
import type { LadderStep } from '#modules/policies/index.ts';
import { isEnded } from './rules.ts';
import type { Deadline } from './rules.ts';

type Row = {
  id: string;
  subject_type: string;
  subject_id: string;
  kind: DeadlineKind;
  state: DeadlineState;
  unit: 'wall' | 'business';
  calendar_id: string | null;
  policy_id: string | null;
  policy_version: number;
  target_minutes: number | null;
  warn_fraction: number;
  ladder: LadderStep[];
  started_at: number;
  due_at: number | null;
  warn_at: number | null;
  next_at: number | null;
  paused_at: number | null;
  pauses: Pause[];
  paused_minutes: number;
  warned_at: number | null;
  breached_at: number | null;
  ladder_step: number;
  ended_at: number | null;
};

const toDeadline = (row: Row): Deadline => ({
  id: row.id,
  subjectType: row.subject_type,
  subjectId: row.subject_id,
  kind: row.kind,
  state: row.state,
  unit: row.unit,
  calendarId: row.calendar_id,
  policyId: row.policy_id,
  policyVersion: row.policy_version,
  targetMinutes: row.target_minutes,
  warnFraction: row.warn_fraction,
  ladder: row.ladder,
  startedAt: row.started_at,
  dueAt: row.due_at,
  warnAt: row.warn_at,
  nextAt: row.next_at === Infinity ? null : row.next_at,
  pausedAt: row.paused_at,
  pauses: row.pauses,
  pausedMinutes: row.paused_minutes,
  warnedAt: row.warned_at,
  breachedAt: row.breached_at,
  ladderStep: row.ladder_step,
  endedAt: row.ended_at,
  // Told from the calendar when somebody asks; a stored text would outlive what it explains.
  why: [],
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const nextOf = (clock: Deadline): string | null =>
  isEnded(clock) ? null : (iso(clock.nextAt) ?? 'infinity');
const toRow = (clock: Deadline): Record<keyof Row, unknown> => ({
  id: clock.id,
  subject_type: clock.subjectType,
  subject_id: clock.subjectId,
  kind: clock.kind,
  state: clock.state,
  unit: clock.unit,
  calendar_id: clock.calendarId,
  policy_id: clock.policyId,
  policy_version: clock.policyVersion,
  target_minutes: clock.targetMinutes,
  warn_fraction: clock.warnFraction,
  ladder: clock.ladder,
  started_at: iso(clock.startedAt),
  due_at: iso(clock.dueAt),
  warn_at: iso(clock.warnAt),
  next_at: nextOf(clock),
  paused_at: iso(clock.pausedAt),
  pauses: clock.pauses,
  paused_minutes: clock.pausedMinutes,
  warned_at: iso(clock.warnedAt),
  breached_at: iso(clock.breachedAt),
  ladder_step: clock.ladderStep,
  ended_at: iso(clock.endedAt),
});

const types: Record<keyof Row, string> = {
  id: 'uuid',
  subject_type: 'text',
  subject_id: 'uuid',
  kind: 'text',
  state: 'text',
  unit: 'text',
  calendar_id: 'uuid',
  policy_id: 'uuid',
  policy_version: 'int',
  target_minutes: 'double precision',
  warn_fraction: 'double precision',
  ladder: 'jsonb',
  started_at: 'timestamptz',
  due_at: 'timestamptz',
  warn_at: 'timestamptz',
  next_at: 'timestamptz',
  paused_at: 'timestamptz',
  pauses: 'jsonb',
  paused_minutes: 'double precision',
  warned_at: 'timestamptz',
  breached_at: 'timestamptz',
  ladder_step: 'int',
  ended_at: 'timestamptz',
};
const clocksGiven = given(types);
const fixed: readonly string[] = ['id', 'subject_type', 'subject_id', 'kind', 'started_at'];
const assignments = unsafeText(
  Object.keys(types)
    .filter((name) => !fixed.includes(name))
    .map((name) => `${name} = r.${name}`)
    .join(', '),
);

const born: Gathered<Deadline> = {
  insert: true,
  of: (clocks) =>
    sql`insert into deadline (${clocksGiven.names}) select ${clocksGiven.names} from ${clocksGiven.of(clocks.map(toRow))} r`,
};
export const insertClocks = async (tx: Tx, clocks: readonly Deadline[]): Promise<void> => {
  for (const clock of clocks) await tx.gather(born, clock);
};

export const updateClocks = async (tx: Tx, clocks: readonly Deadline[]): Promise<void> => {
  if (clocks.length === 0) return;
  await tx.later(
    sql`update deadline d set ${assignments} from ${clocksGiven.of(clocks.map(toRow))} r where d.id = r.id`,
  );
};

/** What a tick changes and nothing else: a burst of ten thousand writes a third of the columns. */
const tickedGiven = given({
  id: 'uuid',
  state: 'text',
  next_at: 'timestamptz',
  warned_at: 'timestamptz',
  breached_at: 'timestamptz',
  ladder_step: 'int',
});
export const updateTicked = async (tx: Tx, clocks: readonly Deadline[]): Promise<void> => {
  if (clocks.length === 0) return;
  const ticked = clocks.map(({ id, state, nextAt, warnedAt, breachedAt, ladderStep }) => ({
    id,
    state,
    next_at: nextAt === null ? 'infinity' : iso(nextAt),
    warned_at: iso(warnedAt),
    breached_at: iso(breachedAt),
    ladder_step: ladderStep,
  }));
  await tx.later(sql`
    update deadline d set state = r.state, next_at = r.next_at, warned_at = r.warned_at, breached_at = r.breached_at, ladder_step = r.ladder_step
    from ${tickedGiven.of(ticked)} r where d.id = r.id`);
};

/** Clocks of a subject, locked. Of progress, which starts anew with each word, only the running one. */
export const lockClocks = async (tx: Tx, subjectId: string): Promise<Deadline[]> =>
  (
    await tx.all(
      sql<Row>`select * from deadline where subject_id = ${subjectId}::uuid and (ended_at is null or kind <> 'progress') order by started_at, id for update`,
    )
  ).map(toDeadline);

/** Clocks at which something is due, those that nobody else fires, locked. */
export const claimDue = async (tx: Tx, now: number, limit: number): Promise<Deadline[]> =>
  (
    await tx.all(
      sql<Row>`select * from deadline where next_at <= ${new Date(now)} order by next_at ${limitOf(limit)} for update skip locked`,
    )
  ).map(toDeadline);

/** Ids of the open clocks that rest on a calendar. */
export const openOnCalendar = async (tx: Tx, calendarId: string): Promise<string[]> =>
  (
    await tx.all(
      sql<{
        id: string;
      }>`select id from deadline where calendar_id = ${calendarId}::uuid and next_at is not null order by id`,
    )
  ).map(({ id }) => id);

/** Those of the clocks that are still open, locked. */
export const lockOpen = async (tx: Tx, ids: readonly string[]): Promise<Deadline[]> =>
  (
    await tx.all(
      sql<Row>`select * from deadline where id = any(${ids}::uuid[]) and ended_at is null order by id for update`,
    )
  ).map(toDeadline);

export const nextInstant = async (tx: Tx): Promise<number | null> =>
  (
    await tx.one(
      sql<{ at: number | null }>`select min(next_at) as at from deadline where next_at is not null`,
    )
  ).at;

/** The newest clock of each kind of the subjects. */
export const newestClocks = async (tx: Tx, subjectIds: readonly string[]): Promise<Deadline[]> =>
  (
    await tx.all(
      sql<Row>`select distinct on (subject_id, kind) * from deadline where subject_id = any(${subjectIds}::uuid[]) order by subject_id, kind, started_at desc, id desc`,
    )
  ).map(toDeadline);

const clockRows = jsonRows<Row>(
  Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      type === 'timestamptz' ? ms(`d.${name}`) : `d.${name}`,
    ]),
  ) as Record<keyof Row, Column>,
);
/** The newest clock of each kind of one subject, as an expression; `readClocks` reads what it gives. */
export const newestClocksOf = (subjectId: string): SqlFragment =>
  clockRows.of(
    sql`from (select distinct on (kind) * from deadline where subject_id = ${subjectId}::uuid order by kind, started_at desc, id desc) d`,
  );
export const readClocks = (rows: unknown): Deadline[] => clockRows.read(rows).map(toDeadline);

export type Nearest = {
  subjectId: string;
  kind: DeadlineKind;
  dueAt: number;
  state: DeadlineState;
  warnedAt: number | null;
};
/** The open clock of each subject that is due first; a paused one only where nothing else runs. */
export const nearestClocks = (tx: Tx, subjectIds: readonly string[]): Promise<Nearest[]> =>
  tx.all(sql<Nearest>`
  select distinct on (subject_id) subject_id as "subjectId", kind, due_at as "dueAt", state, warned_at as "warnedAt" from deadline
  where subject_id = any(${subjectIds}::uuid[]) and ended_at is null and due_at is not null order by subject_id, state = 'paused', due_at, id`);

/** The due instant of a subject's newest clock of a kind that has not been kept or cancelled. */
export const dueOf = async (tx: Tx, subjectId: string, kind: DeadlineKind): Promise<number | null> =>
  (
    await tx.maybe(
      sql<{
        due_at: number | null;
      }>`select due_at from deadline where subject_id = ${subjectId}::uuid and kind = ${kind} and ended_at is null order by started_at desc limit 1`,
    )
  )?.due_at ?? null;
