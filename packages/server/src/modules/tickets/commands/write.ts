import { Type, obj, opt, nullable, Id, Instant } from '#contracts/schema.ts';
import { messageBody } from '#contracts/routes/conversations.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { post, say } from '#modules/conversations/index.ts';
import { demand, isSolved } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';
import { mayWorkOn } from './product.ts';

/**
 * Words on a ticket. Public ones go out on the newest conversation of the ticket (chat while it is open, mail
 * otherwise); without one they stand on the progress page. Notes stay in the ticket's own thread.
 */
export const writeMessage = command({
  name: 'tickets.write',
  permission: 'ticket.work',
  audited: false,
  input: obj({
    id: Id,
    ...messageBody,
    etaAt: opt(nullable(Instant)),
    progress: opt(Type.Boolean()),
    automatic: opt(Type.Boolean()),
  }),
  run: async (context, { id, etaAt, progress, automatic, ...message }) => {
    const { tx, now, actor, emit, send } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('write', row.status);
    const way =
      message.visibility === 'public'
        ? await tx.maybe(
            sql<{
              id: string;
              state: string;
              channel_kind: string;
            }>`select v.id, v.state, v.channel_kind from ticket_conversation tc join conversation v on v.id = tc.conversation_id where tc.ticket_id = ${id}::uuid and (v.state <> 'closed' or v.channel_kind = 'email') order by v.opened_at desc limit 1`,
          )
        : undefined;
    const posted = way
      ? await send(
          say,
          { id: way.id, ...message, automatic },
          actor.kind === 'user' || actor.kind === 'token'
            ? {
                ...actor,
                grants: { ...actor.grants, 'conversation.read': 'all', 'conversation.serve': 'all' },
              }
            : actor,
        )
      : await post(
          context,
          id,
          'ticket',
          {
            ...message,
            authorKind: actor.kind === 'system' ? 'system' : 'agent',
            authorId: userId(actor),
            // Customers read it: who acts for the centre by itself has no name to show.
            authorName: actor.kind === 'system' ? '系统' : actor.name,
            automatic,
          },
          audienceOf(row),
        );
    if (posted.duplicate || message.visibility !== 'public') return posted;
    const human = !automatic && (actor.kind === 'user' || actor.kind === 'token');
    // Somebody without the certificate may say something, and does not become the one who works on it.
    const starts =
      human &&
      ['pooled', 'assigned'].includes(row.status) &&
      (row.assignee_id !== null || (await mayWorkOn(context, row, userId(actor))));
    const tellsProgress =
      human && (progress || etaAt !== undefined || row.status === 'in_progress' || starts);
    await tx.run(sql`
      update ticket set last_message = ${message.body.slice(0, 200)}, last_message_at = ${new Date(now)}, contacted_at = case when ${human} then coalesce(contacted_at, ${new Date(now)}) else contacted_at end,
        status = case when ${starts} then 'in_progress' else status end, started_at = case when ${starts} then coalesce(started_at, ${new Date(now)}) else started_at end, assignee_id = case when ${starts} then coalesce(assignee_id, ${userId(actor)}::uuid) else assignee_id end, accountable_id = case when ${human} then coalesce(accountable_id, ${userId(actor)}::uuid) else accountable_id end,
        progress_note = case when ${tellsProgress} then ${message.body.slice(0, 400)} else progress_note end, eta_at = case when ${etaAt !== undefined} then ${etaAt ? new Date(etaAt) : null}::timestamptz else eta_at end, updated_at = ${new Date(now)} where id = ${id}::uuid`);
    const audience = { ...audienceOf(row), userIds: [row.assignee_id, row.accountable_id, userId(actor)] };
    if (starts) emit('ticket.started', 'ticket', id, { by: userId(actor) }, audience);
    // After the solution of a complaint a call is owed; words of whoever are none (SD4-21).
    const callOwed = row.is_complaint && isSolved(row.status);
    if (human && row.contacted_at === null && !callOwed)
      emit('ticket.contacted', 'ticket', id, { by: actor.id }, audience);
    if (tellsProgress) emit('ticket.progress', 'ticket', id, { etaAt: etaAt ?? null }, audience);
    return posted;
  },
});
