/** What a kind of step does when a run reaches it. */
import { factAt } from '#contracts/conditions.ts';
import type { Facts } from '#contracts/conditions.ts';
import type { Pack, Step, Who } from '#contracts/pack.ts';
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { kindOf } from '#modules/records/index.ts';
import type { LadderStep } from '#modules/policies/index.ts';
import { countedAs, readDuration } from '#contracts/durations.ts';
import { limitOf } from '#contracts/flow.ts';
import type { NewTask } from '#modules/tasks/index.ts';
import type { Case } from '../facts.ts';
import type { RunRow } from '../store.ts';

/** Everything a step sees: the run, its pack, the facts of its case. */
export type Scene = {
  context: Context;
  run: RunRow;
  pack: Pack;
  about: Case;
  facts: Facts;
};
/** A step that stays open says with which task; one that is over at once says how it ended. */
export type Reached = { open: string } | { over: string | null };
export type Kind = (scene: Scene, step: Step) => Promise<Reached>;

export type Holder = { assigneeId: string | null; roleKey: string | null; groupId: string | null };
/** From the words of a pack to people. Nobody a complaint is about works on it. */
export const holderOf = async (
  { context, about, run, facts }: Scene,
  who: Who | undefined,
): Promise<Holder> => {
  const groupOf = async (key: string) =>
    (await context.tx.maybe(sql<{ id: string }>`select id from skill_group where key = ${key}`))?.id ?? null;
  const person = (id: string | null): Holder => {
    const assigneeId = id === about.accused ? null : id;
    return { assigneeId, groupId: about.group, roleKey: assigneeId || about.group ? null : 'supervisor' };
  };
  if (who === undefined || who === 'assignee') return person(about.assignee);
  if (who === 'accountable') return person(about.accountable ?? about.assignee);
  if (who === 'starter') return person(run.started_by ?? about.assignee);
  if (who === 'owner') return person(about.owner ?? about.assignee);
  if (who === 'system') return { assigneeId: null, roleKey: null, groupId: null };
  if ('role' in who)
    return { assigneeId: null, roleKey: who.role, groupId: who.group ? await groupOf(who.group) : null };
  if ('person' in who) {
    const id = factAt(facts, who.person);
    return person(typeof id === 'string' && id !== '' ? id : null);
  }
  if ('group' in who) return { assigneeId: null, roleKey: null, groupId: await groupOf(who.group) };
  const groupId = await groupOf(String(factAt(facts, who.groupOf) ?? ''));
  return { assigneeId: null, roleKey: groupId ? null : 'supervisor', groupId };
};

/**
 * Yuan of the customer's orders of the last days, cancelled ones left out, by when they were placed; null where there is
 * no customer, or where orders are not kept here, so that nobody reads "bought nothing" into it (SD3o-01).
 */
const boughtIn = async (
  { context: { tx, now, centre }, run }: Scene,
  days: number,
): Promise<number | null> => {
  if (!run.customer_id || !(await kindOf(centre.db, 'order'))?.enabled) return null;
  const { yuan } = await tx.one(
    sql<{
      yuan: number;
    }>`select coalesce(sum(amount), 0)::double precision as yuan from (select (r.data ->> 'amount')::numeric as amount, coalesce((r.data ->> 'orderedAt')::timestamptz, r.created_at) as at from record r where r.customer_id = ${run.customer_id}::uuid and r.kind = 'order' and r.state is distinct from 'cancelled') o where o.at > ${new Date(now - days * 86_400_000)} and o.at <= ${new Date(now)}`,
  );
  return yuan;
};

type Plain = string | number | boolean | null;
/** `{customer.purchases.in30days}`, `{now}`, `{me}` (who finished the last step) and `{answers.step.field}` in the data of a pack are what they name; other values are themselves. */
export const valueIn = async (scene: Scene, value: Plain): Promise<Plain> => {
  const { context, run, facts } = scene;
  const [, name] = (typeof value === 'string' && /^\{([\w.]+)\}$/.exec(value)) || [];
  if (!name) return value;
  if (name === 'now') return new Date(context.now).toISOString();
  if (name === 'me') {
    const last = await context.tx.maybe(
      sql<{
        name: string;
      }>`select u.name from task k join app_user u on u.id = k.done_by where k.run_id = ${run.id}::uuid and k.state = 'done' order by k.done_at desc, k.id desc limit 1`,
    );
    return last?.name ?? context.actor.name;
  }
  const [, days] = /^customer\.purchases\.in(\d{1,3})days$/.exec(name) ?? [];
  if (days) return boughtIn(scene, Number(days));
  return (factAt(facts, name) ?? null) as Plain;
};

const ladderOf = (step: Step): LadderStep[] =>
  (step.late ?? []).map(({ after, tell }) => ({
    afterMinutes: after === '0' ? 0 : minutes(after),
    notify: tell,
  }));
/** Rungs count in the clock's own unit; a working day among them is taken as nine working hours, the shipped day. */
const minutes = (text: string): number => {
  const { unit, value } = countedAs(readDuration(text)!);
  return unit === 'businessDays' ? value * 540 : value;
};

/** A task for a step, with its holder, clock and place. */
export const taskOf = async (scene: Scene, step: Step, more: Partial<NewTask> = {}): Promise<NewTask> => {
  const { run, facts } = scene;
  const holder = await holderOf(scene, step.who);
  return {
    kind: 'step',
    title: step.name,
    subject: { type: run.subject_type, id: run.subject_id },
    ticketId: run.ticket_id,
    conversationId: run.conversation_id,
    customerId: run.customer_id,
    recordId: run.record_id,
    run: { id: run.id, step: step.key, visit: run.visits[step.key] ?? 1 },
    ...holder,
    limit: limitOf(step, facts),
    clock: step.clock as NewTask['clock'],
    warnAt: step.warnAt,
    ladder: ladderOf(step),
    requestedBy: run.started_by,
    data: {
      ...(step.who === undefined || step.who === 'assignee' ? { who: 'assignee' as const } : {}),
      ...((step.service ?? step.does !== undefined) ? { service: true } : {}),
    },
    ...more,
  };
};
