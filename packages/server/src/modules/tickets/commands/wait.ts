/** The work waits: for the customer, for a reason, until somebody resumes. Clocks listen and pause. */
import { obj, opt, Id, Instant, text } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { demand } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';
import { demandTaker } from './product.ts';
import { writeMessage } from './write.ts';

/** SD1-23: asks the customer for something and says how to get it; the reply resumes the work by itself. */
export const requestInfo = command({
  name: 'tickets.request-info',
  permission: 'ticket.work',
  input: obj({ id: Id, what: text(2000, 1), howTo: opt(text(2000)) }),
  run: async (context, { id, what, howTo }) => {
    const { tx, now, actor, emit, send } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('requestInfo', row.status);
    await demandTaker(context, row, userId(actor));
    await send(writeMessage, {
      id,
      visibility: 'public',
      body: howTo ? `${what}\n\n获取方法：${howTo}` : what,
    });
    await tx.run(
      sql`update ticket set status_before = 'in_progress', status = 'waiting_customer', assignee_id = coalesce(assignee_id, ${actor.kind === 'system' ? null : actor.id}::uuid), updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit('ticket.info_requested', 'ticket', id, { what }, audienceOf(row));
    return id;
  },
});

export const holdTicket = command({
  name: 'tickets.hold',
  permission: 'ticket.work',
  input: obj({ id: Id, reason: text(1000), until: opt(Instant) }),
  run: async (context, { id, reason, until }) => {
    const { tx, now, actor, emit, audit } = context;
    if (!reason.trim()) throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('hold', row.status);
    await tx.run(
      sql`update ticket set status_before = status, status = 'suspended', hold_reason = ${reason}, hold_until = ${until ? new Date(until) : null}::timestamptz, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    if (until) await context.schedule('tickets.hold-until', id, Date.parse(until));
    emit('ticket.held', 'ticket', id, { reason, until: until ?? null }, audienceOf(row));
    audit('ticket', id, { reason });
    return id;
  },
});

export const resumeTicket = command({
  name: 'tickets.resume',
  permission: 'ticket.work',
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockTicket(
      tx,
      actor,
      id,
      actor.kind === 'customer' || actor.kind === 'visitor' ? null : 'ticket.work',
    );
    demand('resume', row.status);
    const back = row.status_before && row.status_before !== row.status ? row.status_before : 'in_progress';
    await tx.run(
      sql`update ticket set status = ${row.assignee_id ? (back === 'pooled' ? 'in_progress' : back) : 'pooled'}, status_before = null, hold_reason = null, hold_until = null, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    await context.unschedule('tickets.hold-until', id);
    emit('ticket.resumed', 'ticket', id, { from: row.status }, audienceOf(row));
    return id;
  },
});
