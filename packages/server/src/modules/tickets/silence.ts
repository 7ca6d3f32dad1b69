/**
 * C8: what happens by itself when a customer says nothing about the solution. One wake per ticket: reminders over
 * working days, then closing without an answer. Words, a confirmation or a reopening end it; an agent's next words
 * begin it anew.
 */
import { Id, obj } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import type { DueHandler } from '#kernel/due.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { businessDaysAfter } from '#modules/calendar/index.ts';
import { setting } from '#modules/settings/index.ts';
import { clocks } from './clocks.ts';
import { isSolved, silenceStep } from './rules.ts';
import type { TicketRow } from './store.ts';

/** The kind of its wake; the key is the ticket. */
export const silence = 'tickets.silence';
const waits = (row: Pick<TicketRow, 'status' | 'confirmed_at' | 'silent_since'>) =>
  isSolved(row.status) && row.confirmed_at === null && row.silent_since !== null;

const nextStep = async (context: Context, id: string) => {
  const row = await context.tx.maybe(
    sql<TicketRow>`select * from ticket where id = ${id}::uuid for no key update`,
  );
  if (!row || !waits(row)) return undefined;
  const rule = await setting(context.tx, 'closeRule');
  if (rule.automatic === false) return undefined;
  const step = silenceStep(
    {
      silentSince: row.silent_since!,
      firstReminderAt: row.first_reminder_at,
      lastReminderAt: row.last_reminder_at,
      reminders: row.reminders,
    },
    rule,
  );
  return { row, ...step, at: await businessDaysAfter(context.centre, null, step.after, step.businessDays) };
};

/** Plans the next step, or none when nobody waits for an answer. */
export const awaitAnswer = async (context: Context, id: string): Promise<void> => {
  const step = await nextStep(context, id);
  await (step ? context.schedule(silence, id, step.at) : context.unschedule(silence, id));
};

/** A complaint is not over before the manager has called back, whether the customer has confirmed or keeps silent (SD4-22). */
export const callbackOwed = async ({ tx }: Context, row: TicketRow): Promise<boolean> =>
  row.is_complaint &&
  ((await clocks.of(tx, [row.id])).get(row.id) ?? []).some(
    ({ kind, state }) => kind === 'manager_callback' && ['running', 'paused', 'breached'].includes(state),
  );

type Deeds = Record<'remind' | 'close', (context: Context, id: string) => Promise<unknown>>;
/** The wake. What it does is handed in: the commands know this file, not the other way round. */
export const silenceWake =
  (deeds: Deeds): DueHandler =>
  async (context, { key }) => {
    const step = await nextStep(context, key);
    if (!step) return;
    // The rule or a reminder by hand moved it meanwhile.
    if (step.at > context.now) return context.schedule(silence, key, step.at);
    if (step.do === 'close' && (await callbackOwed(context, step.row)))
      return context.schedule(silence, key, await businessDaysAfter(context.centre, null, context.now, 1));
    await deeds[step.do](context, key);
  };

/** The customer is heard: nothing is reminded or closed until an agent has answered. */
export const hearCustomer = command({
  name: 'tickets.hear-customer',
  permission: null,
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const heard = await context.tx.run(
      sql`update ticket set silent_since = null, first_reminder_at = null, last_reminder_at = null, reminders = 0 where id = ${id}::uuid and silent_since is not null`,
    );
    if (heard === 0) return;
    await context.unschedule(silence, id);
    context.audit('ticket', id, { silence: 'ended' });
  },
});

/** An agent answered a customer who had written after the solution: the waiting begins anew. */
export const waitAgain = command({
  name: 'tickets.wait-again',
  permission: null,
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const begun = await context.tx.run(
      sql`update ticket set silent_since = ${new Date(context.now)} where id = ${id}::uuid and silent_since is null and confirmed_at is null and status in ('resolved', 'pending_confirmation')`,
    );
    if (begun === 0) return;
    await awaitAnswer(context, id);
    context.audit('ticket', id, { silence: 'begun' });
  },
});

export const asSilence = systemActor('silence');
