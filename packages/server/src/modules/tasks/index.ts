/** Tasks 待办: everything somebody still has to do. The only door for other modules. */
import * as contract from '#contracts/routes/tasks.ts';
import { callBackTicket as callBackRoute } from '#contracts/routes/tickets.ts';
import type { Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { sql } from '#kernel/sql.ts';
import { ticketById } from '#modules/tickets/index.ts';
import { callBackTicket } from './commands/call-back.ts';
import { attemptTask, completeTask } from './commands/complete.ts';
import { approve, reject } from './commands/decide.ts';
import { assignTask, claimTask } from './commands/hand-over.ts';
import { planFollowUp, promise } from './commands/plan.ts';
import { drawnTasks, listTasks, promiseKeptRate, readTask } from './queries.ts';

export { endTask, endWaits, openTask } from './open.ts';
export type { NewTask } from './open.ts';
export { plugSteps } from './commands/complete.ts';
export type { Completion } from './commands/complete.ts';
export {
  approve,
  assignTask,
  attemptTask,
  callBackTicket,
  claimTask,
  completeTask,
  planFollowUp,
  promise,
  reject,
};
export {
  demandOpen,
  lockTask,
  mayRead as mayReadTask,
  mineSql,
  taskById,
  tasksWhere,
  toView as taskView,
} from './store.ts';
export type { TaskRow, TaskData } from './store.ts';
export { drawnTasks, listTasks, readTask, promiseKeptRate };

export const tasks: Part = {
  name: 'tasks',
  subjects: {
    task: {
      permission: 'task.read',
      ownership: (tx, id) =>
        tx.maybe(
          sql<{
            owners: (string | null)[];
            groupId: string | null;
          }>`select array[assignee_id, requested_by] as owners, group_id as "groupId" from task where id = ${id}::uuid`,
        ),
      clocks: {
        hearers: async (tx, ids) => {
          const free = await tx.all(
            sql<{
              id: string;
              ticket_id: string | null;
              assignee_id: string | null;
              requested_by: string | null;
              group_id: string | null;
            }>`select id, ticket_id, assignee_id, requested_by, group_id from task where id = any(${ids}::uuid[]) for no key update skip locked`,
          );
          // A late task is shown on its ticket; one whose ticket somebody works on has its turn afterwards.
          const ticketIds = [...new Set(free.map(({ ticket_id }) => ticket_id).filter((id) => id !== null))];
          const tickets = new Set(
            ticketIds.length === 0
              ? []
              : (
                  await tx.all(
                    sql<{
                      id: string;
                    }>`select id from ticket where id = any(${ticketIds}::uuid[]) for no key update skip locked`,
                  )
                ).map(({ id }) => id),
          );
          return new Map(
            free
              .filter(({ ticket_id }) => ticket_id === null || tickets.has(ticket_id))
              .map((row) => [
                row.id,
                { groupId: row.group_id, userIds: [row.assignee_id, row.requested_by] },
              ]),
          );
        },
        show: async ({ tx }, clocks) => {
          const late = clocks.filter(({ state }) => state === 'breached').map(({ subjectId }) => subjectId);
          if (late.length === 0) return;
          // No due instant moves: a ticket goes on showing the same task, and only says now that it is late.
          await tx.later(sql`
            with late as (update task set late = true where id = any(${late}::uuid[]) and not late returning ticket_id, due_at, title)
            update ticket t set task_state = 'breached' from late where t.id = late.ticket_id and t.task_due_at = late.due_at and t.task_title = late.title and t.task_state = 'running'`);
        },
      },
    },
  },
  // A step that is for whoever has the ticket goes with it.
  inTransaction: [
    {
      on: ['ticket.assigned', 'ticket.claimed'],
      react: async ({ tx }, event) => {
        const { to, by } = event.data as { to?: string; by?: string };
        await tx.later(
          sql`update task k set assignee_id = ${to ?? by ?? null}::uuid, version = version + 1 where k.ticket_id = ${event.subjectId}::uuid and k.state = 'open' and k.data ->> 'who' = 'assignee'`,
        );
      },
    },
  ],
  routes: [
    answer(contract.listTasks, ({ centre, actor, query }) => listTasks(centre, actor, query)),
    answer(contract.listApprovals, ({ centre, actor, query }) =>
      listTasks(centre, actor, { ...query, kind: 'approval' }).then(({ items, nextCursor }) => ({
        items,
        nextCursor,
      })),
    ),
    answer(contract.promiseRate, ({ centre, query }) => promiseKeptRate(centre, query.from, query.to)),
    answer(contract.getTask, ({ centre, actor, params, locale }) =>
      readTask(centre, actor, params.id, locale),
    ),
    answer(contract.completeTask, async ({ centre, actor, params, body, idempotencyKey }) => {
      await send(centre, completeTask, { id: params.id, ...body }, actor, { idempotencyKey });
      return readTask(centre, actor, params.id);
    }),
    answer(contract.attemptTask, async ({ centre, actor, params, body, idempotencyKey }) => {
      await send(centre, attemptTask, { id: params.id, ...body }, actor, { idempotencyKey });
      return readTask(centre, actor, params.id);
    }),
    answer(contract.claimTask, async ({ centre, actor, params }) => {
      await send(centre, claimTask, { id: params.id }, actor);
      return readTask(centre, actor, params.id);
    }),
    answer(contract.assignTask, async ({ centre, actor, params, body }) => {
      await send(centre, assignTask, { id: params.id, ...body }, actor);
      return readTask(centre, { ...actor, grants: { ...actor.grants, 'task.read': 'all' } }, params.id);
    }),
    answer(callBackRoute, async ({ centre, actor, params, body, idempotencyKey }) => {
      await send(centre, callBackTicket, { id: params.id, ...body }, actor, { idempotencyKey });
      return ticketById(centre, actor, params.id);
    }),
    answer(contract.promise, async ({ centre, actor, body, idempotencyKey }) =>
      readTask(centre, actor, await send(centre, promise, body, actor, { idempotencyKey })),
    ),
    answer(contract.planFollowUp, async ({ centre, actor, body, idempotencyKey }) =>
      readTask(
        centre,
        { ...actor, grants: { ...actor.grants, 'task.read': 'all' } },
        await send(centre, planFollowUp, body, actor, { idempotencyKey }),
      ),
    ),
    answer(contract.approve, async ({ centre, actor, params, body, idempotencyKey }) => {
      await send(centre, approve, { id: params.id, comment: body.comment ?? '' }, actor, { idempotencyKey });
      return readTask(centre, { ...actor, grants: { ...actor.grants, 'task.read': 'all' } }, params.id);
    }),
    answer(contract.reject, async ({ centre, actor, params, body, idempotencyKey }) => {
      await send(centre, reject, { id: params.id, comment: body.comment }, actor, { idempotencyKey });
      return readTask(centre, { ...actor, grants: { ...actor.grants, 'task.read': 'all' } }, params.id);
    }),
  ],
};
