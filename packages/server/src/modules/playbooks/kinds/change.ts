import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeTicket } from '#modules/tickets/index.ts';
import { valueIn } from './kind.ts';
import type { Kind } from './kind.ts';

const over = ['closed', 'archived', 'cancelled'];

/**
 * change: sets what `set` names of the run's ticket, as somebody would who knows the rules; a priority stands with the
 * name of the step as its reason. Where there is no ticket, or it is over, nothing is done.
 */
export const changing: Kind = async (scene, step) => {
  const { context, run } = scene;
  const ticket =
    run.ticket_id === null
      ? undefined
      : await context.tx.maybe(
          sql<{ status: string }>`select status from ticket where id = ${run.ticket_id}::uuid for update`,
        );
  if (!ticket || over.includes(ticket.status)) return { over: 'none' };
  const values = await Promise.all(
    Object.entries(step.set ?? {}).map(
      async ([field, value]) => [field, await valueIn(scene, value)] as const,
    ),
  );
  await context.send(
    changeTicket,
    { ...Object.fromEntries(values), id: run.ticket_id!, reason: step.name.zh } as never,
    systemActor('playbooks'),
  );
  return { over: 'set' };
};
