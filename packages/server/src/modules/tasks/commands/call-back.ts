import { Id, obj, oneOf, opt, text } from '#contracts/schema.ts';
import { callOutcomes, labels } from '#contracts/words.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem, faulty } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { dueOf } from '#modules/deadlines/index.ts';
import { lockTicket } from '#modules/tickets/index.ts';
import { endTask, openTask } from '../open.ts';
import { taskById } from '../store.ts';

/**
 * SD4-21: the manager has called a complainant back after the solution and notes what came of it, where no playbook
 * asks for the call. It is kept as a call-back that is done; only a customer who was reached keeps the promise, after
 * any other outcome its time runs on. Answers the task's id.
 */
export const callBackTicket = command({
  name: 'tasks.call-back',
  permission: 'complaint.approve',
  input: obj({ id: Id, outcome: oneOf(callOutcomes), note: opt(text(4000)) }),
  run: async (context, { id, outcome, note }) => {
    const { tx, actor, emit, audit } = context;
    const ticket = await lockTicket(tx, actor, id, 'complaint.approve');
    if ((await dueOf(tx, id, 'manager_callback')) === null) throw new Problem('TICKET_CALLBACK_NOT_OWED');
    const step = await tx.maybe(
      sql<{
        id: string;
      }>`select id from task where ticket_id = ${id}::uuid and state = 'open' and data ->> 'clock' = 'manager_callback' limit 1`,
    );
    if (step) throw new Problem('TICKET_CALLBACK_IN_PLAYBOOK');
    if (outcome === 'reached' && !note?.trim()) throw faulty('/note', 'REQUIRED');
    const taskId = await openTask(context, {
      kind: 'callback',
      title: labels.deadlineKind!.manager_callback!,
      subject: { type: 'customer', id: ticket.customer_id },
      ticketId: id,
      customerId: ticket.customer_id,
      assigneeId: userId(actor),
      groupId: ticket.group_id,
      clock: 'manager_callback',
      // A word the customer is owed, not an unasked contact (C23).
      data: { service: true },
    });
    const task = (await taskById(tx, taskId))!;
    await endTask(context, task, { state: 'done', outcome, note: note?.trim() || null });
    audit('ticket', id, { outcome });
    if (outcome === 'reached')
      emit(
        'ticket.contacted',
        'ticket',
        id,
        { by: actor.id },
        { groupId: ticket.group_id, userIds: [ticket.assignee_id, ticket.accountable_id, userId(actor)] },
      );
    return taskId;
  },
});
