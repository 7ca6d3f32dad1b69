/** 复审 (SD2-26): what is in use is looked at again, half a year or as it says after it was last published or looked at. */
import type { Words } from '#contracts/pack.ts';
import { userId } from '#kernel/actor.ts';
import type { InTransaction } from '#kernel/centre.ts';
import type { Context, EventRecord } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { endTask, openTask, tasksWhere } from '#modules/tasks/index.ts';
import { playbookSubject } from './store.ts';

export const reviewKind = 'playbooks.review';
/** Its owner is told this long before it is due. */
const LEAD_MS = 30 * 86_400_000;

/** When what was looked at now must be looked at again; a day that a short month lacks is its last. */
export const reviewDue = (at: number, months: number): Date => {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date;
};

/** Arms the reminder; one whose instant is past comes at once. */
export const planReview = (context: Context, key: string, due: Date): Promise<void> =>
  context.schedule(reviewKind, key, Math.max(context.now, due.getTime() - LEAD_MS));

type InUse = { owner: string; name: Words; due: number; version: number; months: number; enabled: boolean };
const newestPublished = ({ tx }: Context, key: string) =>
  tx.maybe(
    sql<InUse>`select v.pack ->> 'owner' as owner, p.name, v.review_due_at as due, v.version, (v.pack ->> 'reviewMonths')::int as months, p.enabled from playbook_version v join playbook p on p.key = v.key where v.key = ${key} and v.state = 'published' order by v.version desc limit 1`,
  );
const openReviews = ({ tx }: Context, key: string) =>
  tasksWhere(tx, sql`k.subject_type = 'playbook' and k.state = 'open' and k.data ->> 'playbook' = ${key}`);

/** Gives the task to who owns it, once; nobody looks again at what is switched off. */
export const remindReview = async (context: Context, key: string): Promise<void> => {
  const row = await newestPublished(context, key);
  if (!row?.enabled || (await openReviews(context, key)).length > 0) return;
  await openTask(context, {
    kind: 'step',
    title: { zh: `复审流程：${row.name.zh}`, en: `Review the playbook: ${row.name.en}` },
    subject: { type: 'playbook', id: playbookSubject },
    roleKey: row.owner,
    limit: { kind: 'instant', at: Math.max(row.due, context.now + 60_000) },
    ladder: [{ afterMinutes: 0, notify: 'manager' }],
    data: { playbook: key },
  });
};

/** Keeps that it was looked at and needs no other version; the next time counts from now. */
const keepReview = async (context: Context, key: string, note: string): Promise<void> => {
  const { tx, now, actor, newId, emit } = context;
  const row = await newestPublished(context, key);
  if (!row) return;
  const due = reviewDue(now, row.months);
  await tx.run(
    sql`insert into playbook_review (id, key, version, note, reviewed_by, at, due_at) values (${newId()}::uuid, ${key}, ${row.version}, ${note}, ${userId(actor)}::uuid, ${new Date(now)}, ${due})`,
  );
  await tx.run(
    sql`update playbook_version set review_due_at = ${due} where key = ${key} and version = ${row.version}`,
  );
  await planReview(context, key, due);
  emit('playbook.reviewed', 'playbook', playbookSubject, { key, version: row.version });
};

/** Ends what reminds of it: a version was published, or nobody uses it any more. */
export const endReviews = async (
  context: Context,
  key: string,
  outcome: 'revised' | 'off',
): Promise<void> => {
  for (const task of await openReviews(context, key))
    await endTask(context, task, outcome === 'revised' ? { state: 'done', outcome } : { state: 'cancelled' });
};

/** Looked at: who was asked to is done with it; without anybody asked it counts the same. */
export const reviewed = async (context: Context, key: string, note: string): Promise<void> => {
  const asked = await openReviews(context, key);
  for (const task of asked) await endTask(context, task, { state: 'done', outcome: 'kept', note });
  if (asked.length === 0) await keepReview(context, key, note);
};

/** The reminder was ticked off in 待办: that is the review. */
export const reviewDone: InTransaction = async (context, event) => {
  const { kind, runId, outcome } = (event as EventRecord<'task.done'>).data;
  if (kind !== 'step' || runId || outcome === 'revised') return;
  const task = await context.tx.maybe(
    sql<{
      key: string | null;
      note: string | null;
    }>`select data ->> 'playbook' as key, note from task where id = ${event.subjectId}::uuid`,
  );
  if (task?.key) await keepReview(context, task.key, task.note ?? '');
};
