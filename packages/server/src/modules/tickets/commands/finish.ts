/** To the end: resolve, verify, confirm, remind, close, reopen, cancel. */
import { Type, obj, opt, Id, text, oneOf } from '#contracts/schema.ts';
import { Resolution } from '#contracts/routes/tickets.ts';
import { ticketCloseReasons, verificationTypes } from '#contracts/words.ts';
import { inScope, userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { setting } from '#modules/settings/index.ts';
import { businessDaysBetween } from '#modules/calendar/index.ts';
import { contactFacts } from '../queries/contacts.ts';
import { closeReason, demand, reopenUntil, solvedAtFirstContact } from '../rules.ts';
import { audienceOf, lockTicket, rowOwnership } from '../store.ts';
import type { TicketRow } from '../store.ts';
import { awaitAnswer, callbackOwed, silence } from '../silence.ts';
import { writeMessage } from './write.ts';

const verified = (context: Context, type: (typeof verificationTypes)[number]) => ({
  type,
  by: context.actor.name,
  at: new Date(context.now).toISOString(),
});

/** SD1-31: solving needs a public note in three parts. A parent waits for its children (SD2-15). */
export const resolveTicket = command({
  name: 'tickets.resolve',
  permission: 'ticket.work',
  input: obj({ id: Id, resolution: Resolution, verification: opt(oneOf(verificationTypes)) }),
  run: async (context, { id, resolution, verification }) => {
    const { tx, now, actor, emit, send } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('resolve', row.status);
    for (const [part, words] of Object.entries(resolution))
      if (!words.trim())
        throw new Problem('TICKET_RESOLUTION_REQUIRED', {}, [
          { pointer: `/resolution/${part}`, code: 'REQUIRED' },
        ]);
    const { open } = await tx.one(
      sql<{
        open: number;
      }>`select count(*)::int as open from ticket where parent_id = ${id}::uuid and status not in ('resolved', 'pending_confirmation', 'closed', 'archived', 'cancelled')`,
    );
    if (open > 0) throw new Problem('TICKET_CHILD_OPEN', { count: open });
    await send(writeMessage, {
      id,
      visibility: 'public',
      body: `【解决方案】${resolution.solution}\n【操作步骤】${resolution.steps}\n【注意事项】${resolution.cautions}`,
    });
    const firstContact = solvedAtFirstContact(await contactFacts(tx, row));
    await tx.run(
      sql`update ticket set status = 'resolved', first_contact = ${firstContact}, resolution = ${json(resolution)}::jsonb, verification = coalesce(${verification ? json(verified(context, verification)) : null}::jsonb, verification), resolved_at = ${new Date(now)}, confirmed_at = null, reminders = 0, silent_since = ${new Date(now)}, first_reminder_at = null, last_reminder_at = null, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    await awaitAnswer(context, id);
    emit('ticket.resolved', 'ticket', id, { by: userId(actor), firstContact }, audienceOf(row));
    if (verification) emit('ticket.verified', 'ticket', id, { type: verification }, audienceOf(row));
    return id;
  },
});

/** SD1-32: the customer works normally, or accepts the plan. */
export const verifyTicket = command({
  name: 'tickets.verify',
  permission: 'ticket.work',
  input: obj({ id: Id, type: oneOf(verificationTypes) }),
  run: async (context, { id, type }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('verify', row.status);
    await tx.run(
      sql`update ticket set verification = ${json(verified(context, type))}::jsonb, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit('ticket.verified', 'ticket', id, { type }, audienceOf(row));
    return id;
  },
});

/** The customer says that it is solved: by the progress page, or through the agent who asked. Their own word is verification too. */
export const confirmTicket = command({
  name: 'tickets.confirm',
  permission: null,
  input: obj({ id: Id, note: opt(text(1000)) }),
  run: async (context, { id, note }) => {
    const { tx, now, actor, emit } = context;
    const byCustomer = actor.kind === 'customer' || actor.kind === 'visitor';
    const row = await lockTicket(tx, actor, id, byCustomer ? null : 'ticket.work');
    demand('confirm', row.status);
    if (row.confirmed_at !== null) return id;
    const verification = row.verification ?? {
      type: row.is_complaint ? 'satisfied_with_plan' : 'works_normally',
      by: byCustomer ? '客户' : actor.name,
      at: new Date(now).toISOString(),
    };
    await tx.run(
      sql`update ticket set status = 'resolved', confirmed_at = ${new Date(now)}, confirmed_by = ${byCustomer ? 'customer' : 'agent'}, verification = ${json(verification)}::jsonb, silent_since = null, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    await context.unschedule(silence, id);
    emit('ticket.confirmed', 'ticket', id, { by: byCustomer ? 'customer' : 'agent' }, audienceOf(row));
    if (note) context.audit('ticket', id, { note });
    return id;
  },
});

export const remindTicket = command({
  name: 'tickets.remind',
  permission: 'ticket.work',
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const { tx, now, actor, emit, send } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('remind', row.status);
    if (row.confirmed_at !== null)
      throw new Problem('TICKET_STATE', {
        status: { zh: '客户已确认', en: 'confirmed' },
        action: { zh: '提醒客户', en: 'remind the customer' },
      });
    const count = row.reminders + 1;
    await send(writeMessage, {
      id,
      visibility: 'public',
      body: `您好，您的问题 ${row.number} 已处理，请确认是否解决。您可以在进度页点击「已解决」，或直接回复。`,
      automatic: true,
    });
    await tx.run(
      sql`update ticket set status = 'pending_confirmation', reminders = ${count}, silent_since = coalesce(silent_since, ${new Date(now)}), first_reminder_at = coalesce(first_reminder_at, ${new Date(now)}), last_reminder_at = ${new Date(now)}, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    await awaitAnswer(context, id);
    emit('ticket.confirm_reminded', 'ticket', id, { count }, audienceOf(row));
    return id;
  },
});

/** From when the days without an answer are counted; not at all while the customer is heard. */
const firstReminder = (row: TicketRow) => row.first_reminder_at ?? row.silent_since;

export const closeTicket = command({
  name: 'tickets.close',
  permission: 'ticket.work',
  input: obj({ id: Id, override: opt(Type.Boolean()), reason: opt(text(1000)) }),
  run: async (context, { id, override = false, reason }) => {
    const { tx, now, actor, emit, audit, centre } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    if (!override) demand('close', row.status);
    else demand('cancel', row.status);
    const rule = await setting(tx, 'closeRule');
    const since = firstReminder(row);
    const why = closeReason({
      confirmedAt: row.confirmed_at,
      verification: row.verification,
      reminders: row.reminders,
      businessDaysSinceFirstReminder:
        since === null ? 0 : await businessDaysBetween(centre, null, since, now),
      rule,
      override,
      mayOverride: inScope(actor, 'ticket.override', rowOwnership(row)),
      reason,
    });
    if (!override && (await callbackOwed(context, row))) throw new Problem('TICKET_CALLBACK_OWED');
    await tx.run(
      sql`update ticket set status = 'closed', closed_at = ${new Date(now)}, close_reason = ${why}, close_note = ${reason ?? null}, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    await context.unschedule(silence, id);
    await context.schedule('tickets.archive', id, now + rule.archiveAfterHours * 3_600_000);
    emit('ticket.closed', 'ticket', id, { reason: why, note: reason }, audienceOf(row));
    audit('ticket', id, { reason: why, note: reason ?? null });
    return id;
  },
});

export const reopenTicket = command({
  name: 'tickets.reopen',
  permission: null,
  input: obj({ id: Id, reason: text(1000) }),
  run: async (context, { id, reason }) => {
    const { tx, now, actor, emit, audit } = context;
    if (!reason.trim()) throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
    const row = await lockTicket(
      tx,
      actor,
      id,
      actor.kind === 'customer' || actor.kind === 'visitor' ? null : 'ticket.reopen',
    );
    demand('reopen', row.status);
    const rule = await setting(tx, 'closeRule');
    if (now > reopenUntil(row, rule)) throw new Problem('TICKET_REOPEN_OVER', { days: rule.reopenDays });
    await tx.run(
      sql`update ticket set status = ${row.assignee_id ? 'in_progress' : 'pooled'}, reopened_count = reopened_count + 1, first_contact = false, resolved_at = null, confirmed_at = null, confirmed_by = null, verification = null, closed_at = null, close_reason = null, close_note = null, reminders = 0, silent_since = null, first_reminder_at = null, last_reminder_at = null, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    await context.unschedule('tickets.archive', id);
    await context.unschedule(silence, id);
    emit('ticket.reopened', 'ticket', id, { reason, count: row.reopened_count + 1 }, audienceOf(row));
    audit('ticket', id, { reason });
    return id;
  },
});

export const cancelTicket = command({
  name: 'tickets.cancel',
  permission: 'ticket.override',
  input: obj({ id: Id, reason: text(1000) }),
  run: async (context, { id, reason }) => {
    const { tx, now, actor, emit, audit } = context;
    if (!reason.trim()) throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
    const row = await lockTicket(tx, actor, id, 'ticket.override');
    demand('cancel', row.status);
    await tx.run(
      sql`update ticket set status = 'cancelled', closed_at = ${new Date(now)}, close_reason = ${'cancelled' satisfies (typeof ticketCloseReasons)[number]}, close_note = ${reason}, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit('ticket.cancelled', 'ticket', id, { reason }, audienceOf(row));
    audit('ticket', id, { reason });
    return id;
  },
});
