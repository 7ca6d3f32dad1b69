import { Id, Instant, obj, opt, text, oneOf } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { faulty } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { openTask } from '../open.ts';

const future = ({ now }: Context, at: string, pointer: string): number => {
  const instant = Date.parse(at);
  if (instant <= now) throw faulty(pointer, 'OUT_OF_RANGE', { limit: '> now' });
  return instant;
};
const customerOf = async (
  { tx }: Context,
  ticketId?: string,
  conversationId?: string,
): Promise<string | null> =>
  (
    await tx.maybe(
      sql<{
        customer: string | null;
      }>`select coalesce((select customer_id from ticket where id = ${ticketId ?? null}::uuid), (select customer_id from conversation where id = ${conversationId ?? null}::uuid)) as customer`,
    )
  )?.customer ?? null;
const groupOf = async ({ tx }: Context, ticketId?: string): Promise<string | null> =>
  ticketId
    ? ((
        await tx.maybe(
          sql<{ group_id: string | null }>`select group_id from ticket where id = ${ticketId}::uuid`,
        )
      )?.group_id ?? null)
    : null;
/** Late promises are told to who made them and to the supervisor at once (SD0-06). */
const toldAtOnce = [{ afterMinutes: 0, notify: 'supervisor' as const }];

/** SD0-06: what was promised, to whom, until when. It stays with who promised until it is kept. */
export const promise = command({
  name: 'commitments.promise',
  permission: 'task.work',
  input: obj({
    what: text(500, 1),
    promisedAt: Instant,
    ticketId: opt(Id),
    conversationId: opt(Id),
    customerId: opt(Id),
    assigneeId: opt(Id),
  }),
  run: async (context, input) => {
    const at = future(context, input.promisedAt, '/promisedAt');
    const customerId = input.customerId ?? (await customerOf(context, input.ticketId, input.conversationId));
    const subject = input.ticketId
      ? { type: 'ticket', id: input.ticketId }
      : input.conversationId
        ? { type: 'conversation', id: input.conversationId }
        : customerId
          ? { type: 'customer', id: customerId }
          : undefined;
    if (!subject) throw faulty('/customerId', 'REQUIRED');
    return openTask(context, {
      kind: 'commitment',
      title: { zh: input.what, en: input.what },
      subject,
      ticketId: input.ticketId,
      conversationId: input.conversationId,
      customerId,
      assigneeId: input.assigneeId ?? userId(context.actor),
      groupId: await groupOf(context, input.ticketId),
      limit: { kind: 'instant', at },
      ladder: toldAtOnce,
    });
  },
});

/** A follow-up or call-back of a customer at an instant, for oneself, somebody, or a role. */
export const planFollowUp = command({
  name: 'tasks.plan',
  permission: 'task.work',
  input: obj({
    kind: oneOf(['callback', 'follow_up'] as const),
    title: text(300, 1),
    dueAt: Instant,
    customerId: Id,
    ticketId: opt(Id),
    recordId: opt(Id),
    assigneeId: opt(Id),
    role: opt(text(40)),
  }),
  run: async (context, input) =>
    openTask(context, {
      kind: input.kind,
      title: { zh: input.title, en: input.title },
      subject: { type: 'customer', id: input.customerId },
      ticketId: input.ticketId,
      recordId: input.recordId,
      customerId: input.customerId,
      assigneeId: input.role ? null : (input.assigneeId ?? userId(context.actor)),
      roleKey: input.role ?? null,
      groupId: await groupOf(context, input.ticketId),
      limit: { kind: 'instant', at: future(context, input.dueAt, '/dueAt') },
      ladder: toldAtOnce,
    }),
});
