import { Type, obj, opt, Id, text, oneOf, Fields, nullable, Instant } from '#contracts/schema.ts';
import { impacts, priorities, urgencies, urgentAtLeast } from '#contracts/words.ts';
import { inScope } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { settingCached } from '#modules/settings/index.ts';
import { demand, rank } from '../rules.ts';
import { audienceOf, lockTicket, rowOwnership } from '../store.ts';
import { demandCategory, groupOfCategory } from './open.ts';
import { linkOriginal } from './original.ts';
import { demandCertified, demandProduct } from './product.ts';

const changeInput = obj({
  id: Id,
  version: opt(Type.Integer()),
  category: opt(text(80, 1)),
  urgency: opt(oneOf(urgencies)),
  impact: opt(oneOf(impacts)),
  affectedUsers: opt(Type.Integer({ minimum: 0 })),
  lossAmount: opt(Type.Number({ minimum: 0 })),
  subject: opt(text(200, 1)),
  description: opt(text(20_000)),
  expectedAt: opt(nullable(Instant)),
  product: opt(nullable(text(40))),
  fields: opt(Fields),
  emergency: opt(Type.Boolean()),
  priority: opt(oneOf(priorities)),
  reason: opt(text(1000)),
  confirmed: opt(Type.Array(text(40), { maxItems: 20 })),
});

/** Changes what is given. A new classification ranks anew; an override needs the right and a reason, and then stays. */
export const changeTicket = command({
  name: 'tickets.change',
  permission: 'ticket.work',
  input: changeInput,
  run: async (context, input) => {
    const { tx, now, actor, emit, audit, centre } = context;
    const row = await lockTicket(tx, actor, input.id, 'ticket.work');
    demand('change', row.status);
    if (input.version !== undefined && input.version !== row.version)
      throw new Problem('STALE_VERSION', { expected: input.version, actual: row.version });
    const node = input.category ? await demandCategory(context, input.category) : undefined;
    const asked = input.urgency ?? row.urgency;
    const next = {
      urgency: input.emergency ? urgentAtLeast(asked) : asked,
      impact: input.impact ?? row.impact,
      affectedUsers: input.affectedUsers ?? row.affected_users,
      lossAmount: input.lossAmount ?? row.loss_amount,
    };
    const reclassified =
      next.urgency !== row.urgency ||
      input.urgency !== undefined ||
      input.impact !== undefined ||
      input.affectedUsers !== undefined ||
      input.lossAmount !== undefined;
    let ranked = reclassified
      ? rank(next, await settingCached(centre.db, 'matrix', now))
      : { priority: row.priority, why: row.priority_why };
    if (input.priority && input.priority !== ranked.priority) {
      if (!inScope(actor, 'ticket.override', rowOwnership(row)))
        throw new Problem('FORBIDDEN', {
          permission: { zh: '越权关闭、改优先级', en: 'Override closing and priority' },
        });
      if (!input.reason?.trim())
        throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
      ranked = { priority: input.priority, why: `${actor.name} 手动调整：${input.reason}` };
    }
    const about = input.product === undefined ? row : await demandProduct(context, input.product);
    if (input.product !== undefined) await demandCertified(context, about, row.assignee_id);
    const groupId =
      node && row.status === 'pooled' ? await groupOfCategory(context, node.groupKey) : row.group_id;
    const confirmed = [
      ...row.confirmed_fields.filter(({ field }) => !input.confirmed?.includes(field)),
      ...(input.confirmed ?? []).map((field) => ({ field, by: actor.name, at: new Date(now).toISOString() })),
    ];
    await tx.run(sql`
      update ticket set category = ${node?.key ?? row.category}, is_complaint = ${node ? (node.complaint ?? false) : row.is_complaint}, urgency = ${next.urgency}, impact = ${next.impact}, affected_users = ${next.affectedUsers}::int, loss_amount = ${next.lossAmount}::numeric, priority = ${ranked.priority}, priority_why = ${ranked.why},
        subject = ${input.subject ?? row.subject}, description = ${input.description ?? row.description}, expected_at = ${input.expectedAt === undefined ? (row.expected_at === null ? null : new Date(row.expected_at)) : input.expectedAt === null ? null : new Date(input.expectedAt)}::timestamptz, product = ${about.product}, needs_certificate = ${about.needs_certificate}, fields = ${json({ ...row.fields, ...input.fields })}::jsonb, is_emergency = ${input.emergency ?? row.is_emergency},
        group_id = ${groupId}::uuid, confirmed_fields = ${json(confirmed)}::jsonb, updated_at = ${new Date(now)}, version = version + 1 where id = ${row.id}::uuid`);
    const audience = audienceOf({ ...row, group_id: groupId });
    const fields = [
      ...Object.keys(input).filter((key) => !['id', 'version', 'reason'].includes(key)),
      ...(input.urgency === undefined && next.urgency !== row.urgency ? ['urgency'] : []),
    ];
    emit('ticket.changed', 'ticket', row.id, { fields }, audience);
    if (node)
      emit(
        'ticket.classified',
        'ticket',
        row.id,
        { category: node.key, from: row.category, complaint: node.complaint ?? false },
        audience,
      );
    if (node?.escalation) await linkOriginal(context, { ...row, group_id: groupId }, node.key);
    if (groupId !== row.group_id)
      emit('ticket.routed', 'ticket', row.id, { groupId, from: row.group_id }, audience);
    if (ranked.priority !== row.priority)
      emit(
        'ticket.priority_changed',
        'ticket',
        row.id,
        { from: row.priority, to: ranked.priority, why: ranked.why, reason: input.reason },
        audience,
      );
    audit('ticket', row.id, { fields, ...(input.reason ? { reason: input.reason } : {}) });
    return row.id;
  },
});
