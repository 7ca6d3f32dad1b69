/** Who works on it: assign, claim, start, escalate. */
import { obj, opt, nullable, Id, text } from '#contracts/schema.ts';
import { inScope, userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { post } from '#modules/conversations/index.ts';
import { demand } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';
import type { TicketRow } from '../store.ts';
import { demandCertified, demandTaker } from './product.ts';

const person = async ({ tx }: Context, id: string) => {
  const row = await tx.maybe(
    sql<{
      id: string;
      name: string;
      group_ids: string[];
    }>`select u.id, u.name, coalesce((select array_agg(m.group_id) from group_member m where m.user_id = u.id), '{}') as group_ids from app_user u where u.id = ${id}::uuid and u.status = 'active'`,
  );
  if (!row) throw new Problem('ASSIGNEE_UNAVAILABLE');
  return row;
};
const note = async (context: Context, row: TicketRow, body: string) =>
  post(
    context,
    row.id,
    'ticket',
    {
      visibility: 'internal',
      authorKind: context.actor.kind === 'system' ? 'system' : 'agent',
      authorId: userId(context.actor),
      authorName: context.actor.kind === 'system' ? '系统' : context.actor.name,
      body,
      automatic: true,
    },
    audienceOf(row),
  );

/** Dispatches 分派 out of the pool, or transfers 转派 with a note. Within one's scope; a lead of a group moves it between groups only with the wider scope. */
export const assignTicket = command({
  name: 'tickets.assign',
  permission: 'ticket.assign',
  input: obj({ id: Id, assigneeId: opt(nullable(Id)), groupId: opt(Id), note: opt(text(1000)) }),
  run: async (context, input) => {
    const { tx, now, actor, emit, audit } = context;
    const row = await lockTicket(tx, actor, input.id, 'ticket.assign');
    demand('assign', row.status);
    const transferring = row.assignee_id !== null && input.assigneeId !== row.assignee_id;
    if (transferring && !input.note?.trim())
      throw new Problem('TRANSFER_NOTE_REQUIRED', {}, [{ pointer: '/note', code: 'REQUIRED' }]);
    const to = input.assigneeId ? await person(context, input.assigneeId) : undefined;
    if (to && to.id === row.accused_id) throw new Problem('ASSIGNEE_ACCUSED');
    if (to) await demandCertified(context, row, to.id);
    if (input.groupId && !(await tx.maybe(sql`select 1 from skill_group where id = ${input.groupId}::uuid`)))
      throw notFound();
    const groupId =
      input.groupId ??
      (to && row.group_id && !to.group_ids.includes(row.group_id)
        ? (to.group_ids[0] ?? row.group_id)
        : row.group_id);
    if (
      groupId !== row.group_id &&
      actor.kind !== 'system' &&
      !inScope(actor, 'ticket.assign', { owners: [], groupId })
    )
      throw new Problem('FORBIDDEN', { permission: { zh: '跨组分派', en: 'Assign across groups' } });
    const status = to ? (row.status === 'pooled' ? 'assigned' : row.status) : 'pooled';
    const bounced = groupId !== row.group_id && row.group_id !== null && actor.kind !== 'system';
    const bounces = row.bounced_count + (bounced ? 1 : 0);
    await tx.run(
      sql`update ticket set assignee_id = ${to?.id ?? null}::uuid, group_id = ${groupId}::uuid, bounced_count = ${bounces}, status = ${status}, accountable_id = coalesce(accountable_id, ${to?.id ?? null}::uuid), updated_at = ${new Date(now)}, version = version + 1 where id = ${row.id}::uuid`,
    );
    const after = { ...row, assignee_id: to?.id ?? null, group_id: groupId };
    if (input.note?.trim())
      await note(context, after, `${transferring ? '转派' : '分派'}说明：${input.note}`);
    const audience = { ...audienceOf(after), userIds: [row.assignee_id, to?.id, row.accountable_id] };
    if (to)
      emit(
        'ticket.assigned',
        'ticket',
        row.id,
        { from: row.assignee_id, to: to.id, groupId, note: input.note },
        audience,
      );
    if (groupId !== row.group_id || !to)
      emit(
        'ticket.routed',
        'ticket',
        row.id,
        { groupId, from: row.group_id, ...(bounced ? { bounces } : {}) },
        audience,
      );
    audit('ticket', row.id, { from: row.assignee_id, to: to?.id ?? null, groupId, note: input.note ?? null });
    return row.id;
  },
});

/** 改首问责任人: transfers leave who first received it accountable; only a supervisor makes it somebody else (SD3d-19). */
export const makeAccountable = command({
  name: 'tickets.make-accountable',
  permission: 'ticket.override',
  input: obj({ id: Id, userId: Id, reason: text(1000) }),
  run: async (context, { id, userId: toId, reason }) => {
    const { tx, now, actor, emit, audit } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.override');
    demand('change', row.status);
    if (!reason.trim()) throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
    const to = await person(context, toId);
    if (to.id === row.accused_id) throw new Problem('ASSIGNEE_ACCUSED');
    if (to.id === row.accountable_id) return id;
    await tx.run(
      sql`update ticket set accountable_id = ${to.id}::uuid, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    const after = { ...row, accountable_id: to.id };
    await note(context, after, `首问责任人改为${to.name}：${reason}`);
    emit(
      'ticket.accountable_changed',
      'ticket',
      id,
      { from: row.accountable_id, to: to.id, note: reason },
      { ...audienceOf(after), userIds: [row.accountable_id, to.id, row.assignee_id] },
    );
    audit('ticket', id, { from: row.accountable_id, to: to.id, reason });
    return id;
  },
});

/** Claims 申领 from the pool; of fifty who press together, the row lock lets one through. */
export const claimTicket = command({
  name: 'tickets.claim',
  permission: 'ticket.claim',
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.claim');
    demand('claim', row.status);
    if (row.assignee_id === actor.id) return row.id;
    if (row.assignee_id)
      throw new Problem('TICKET_ALREADY_CLAIMED', {
        name: (
          await tx.one(sql<{ name: string }>`select name from app_user where id = ${row.assignee_id}::uuid`)
        ).name,
      });
    if (row.accused_id === actor.id) throw new Problem('ASSIGNEE_ACCUSED');
    await demandCertified(context, row, actor.id);
    await tx.run(
      sql`update ticket set assignee_id = ${actor.id}::uuid, accountable_id = coalesce(accountable_id, ${actor.id}::uuid), status = 'assigned', updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit(
      'ticket.claimed',
      'ticket',
      id,
      { by: actor.id },
      { ...audienceOf(row), userIds: [actor.id, row.accountable_id] },
    );
    return id;
  },
});

/** Starts handling 受理: the P1 start clock is met here. */
export const startTicket = command({
  name: 'tickets.start',
  permission: 'ticket.work',
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('start', row.status);
    const me = userId(actor);
    await demandTaker(context, row, me);
    await tx.run(
      sql`update ticket set status = 'in_progress', assignee_id = coalesce(assignee_id, ${me}::uuid), accountable_id = coalesce(accountable_id, ${me}::uuid), started_at = coalesce(started_at, ${new Date(now)}), updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit(
      'ticket.started',
      'ticket',
      id,
      { by: me },
      { ...audienceOf(row), userIds: [me, row.assignee_id, row.accountable_id] },
    );
    return id;
  },
});

/** SD1-24: escalated later than this after the start without progress is listed as late. */
const escalateWithinMs = 3_600_000;

/** Raises the case a level: to a named person or group, or to the lead of its group. */
export const escalateTicket = command({
  name: 'tickets.escalate',
  permission: 'ticket.work',
  input: obj({ id: Id, reason: text(1000), toGroupId: opt(Id), toUserId: opt(Id) }),
  run: async (context, { id, reason, toGroupId, toUserId }) => {
    const { tx, now, actor, emit, audit } = context;
    if (!reason.trim()) throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    demand('escalate', row.status);
    if (toUserId && (await person(context, toUserId)).id === row.accused_id)
      throw new Problem('ASSIGNEE_ACCUSED');
    if (toUserId) await demandCertified(context, row, toUserId);
    // The lead takes over the case, not the screwdriver: no certificate is asked of them.
    const lead =
      toUserId ??
      (
        await tx.maybe(
          sql<{
            user_id: string;
          }>`select m.user_id from group_member m join app_user u on u.id = m.user_id and u.status = 'active' where m.group_id = ${toGroupId ?? row.group_id}::uuid and m.lead and m.user_id is distinct from ${row.assignee_id}::uuid and m.user_id is distinct from ${row.accused_id}::uuid order by m.user_id limit 1`,
        )
      )?.user_id ??
      null;
    const late = row.started_at !== null && now - row.started_at > escalateWithinMs;
    const level = row.escalation_level + 1;
    await tx.run(
      sql`update ticket set escalation_level = ${level}, group_id = ${toGroupId ?? row.group_id}::uuid, assignee_id = coalesce(${lead}::uuid, assignee_id), status = case when status = 'pooled' and ${lead !== null} then 'assigned' else status end, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    const after = { ...row, group_id: toGroupId ?? row.group_id, assignee_id: lead ?? row.assignee_id };
    await note(context, after, `升级至第 ${level} 级：${reason}`);
    const audience = { ...audienceOf(after), userIds: [row.assignee_id, row.accountable_id, lead] };
    emit(
      'ticket.escalated',
      'ticket',
      id,
      { level, fromGroupId: row.group_id, toGroupId: toGroupId ?? null, reason, late },
      audience,
    );
    if (lead && lead !== row.assignee_id)
      emit(
        'ticket.assigned',
        'ticket',
        id,
        { from: row.assignee_id, to: lead, groupId: after.group_id, note: reason },
        audience,
      );
    audit('ticket', id, { level, reason, late });
    return id;
  },
});

/** The ladder of a breached clock raises the level without moving the work. */
export const raiseLevel = command({
  name: 'tickets.raise-level',
  permission: null,
  input: obj({ id: Id, why: text(400) }),
  run: async (context, { id, why }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockTicket(tx, actor, id, null);
    if (['closed', 'archived', 'cancelled'].includes(row.status)) return;
    await tx.run(
      sql`update ticket set escalation_level = escalation_level + 1, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit(
      'ticket.escalated',
      'ticket',
      id,
      { level: row.escalation_level + 1, reason: why, late: true },
      audienceOf(row),
    );
  },
});
