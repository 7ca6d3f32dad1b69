import { Type, obj, opt, Id, text } from '#contracts/schema.ts';
import { TicketInput } from '#contracts/routes/tickets.ts';
import { urgentAtLeast } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { userId } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { at, json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { identify, lockReadable } from '#modules/conversations/index.ts';
import { customerRef, findOrRegister } from '#modules/customers/index.ts';
import { policyVersionNow } from '#modules/policies/index.ts';
import { listedIn, settingCached } from '#modules/settings/index.ts';
import { dayOf, raiseRecurring, rank, ticketNumber } from '../rules.ts';
import { clocks } from '../clocks.ts';
import { noteFacts } from '../facts.ts';
import type { TicketFacts } from '../facts.ts';
import { audienceOf } from '../store.ts';
import { linkOriginal } from './original.ts';
import { demandCertified, demandProduct, mayWorkOn } from './product.ts';

/** The category with its group and whether it is a complaint; 422 for one that is not in the tree. */
export const demandCategory = async ({ centre, now }: Context, key: string) => {
  const { nodes } = await settingCached(centre.db, 'categories', now);
  const node = nodes.find((candidate) => candidate.key === key);
  if (!node || node.enabled === false)
    throw new Problem('CATEGORY_UNKNOWN', { category: key.slice(0, 80) }, [
      { pointer: '/category', code: 'NOT_LISTED', values: { allowed: listedIn.categories } },
    ]);
  return node;
};

/** The group a category belongs to (SD1-08…11), kept for two seconds per database like other settings. */
export const groupOfCategory = async (
  { centre, now }: Context,
  groupKey: string | null | undefined,
): Promise<string | null> => {
  if (!groupKey) return null;
  let known = groups.get(centre.db);
  if (!known || known.until <= now || known.until - now > groupsKeptMs)
    groups.set(
      centre.db,
      (known = {
        until: now + groupsKeptMs,
        ids: new Map(
          (await centre.db.all(sql<{ id: string; key: string }>`select id, key from skill_group`)).map(
            ({ id, key }) => [key, id],
          ),
        ),
      }),
    );
  return known.ids.get(groupKey) ?? null;
};
const groupsKeptMs = 2000;
const groups = new WeakMap<Tx, { until: number; ids: Map<string, string> }>();

const openInput = obj({
  ...TicketInput.properties,
  classified: opt(Type.Boolean()),
  /** A process that opens it names whose it is; else who opens it is accountable. */
  accountableId: opt(Id),
  channelId: opt(Id),
  subject: text(400, 1),
});

/**
 * Opens a ticket. Priority from matrix and thresholds, group from the category, clocks from the policies (they
 * listen); the one who registers is accountable 首问责任人 and stays so.
 */
export const openTicket = command({
  name: 'tickets.open',
  permission: 'ticket.create',
  input: openInput,
  run: async (context, input) => {
    const { tx, now, actor, newId, emit, centre } = context;
    // Whose it is must not be a guess: the two may be different people.
    if (input.customerId && input.customer)
      throw new Problem('VALIDATION', {}, [
        {
          pointer: '/customer',
          code: 'INVALID',
          message: {
            zh: '已选定客户（customerId），不能同时登记客户资料（customer）。请只留其中一项。',
            en: 'a customer is chosen by customerId already; keep either customerId or customer, not both',
          },
        },
      ]);
    const node = await demandCategory(context, input.category);
    const conversation = input.conversationId
      ? await lockReadable(tx, actor, input.conversationId)
      : undefined;
    const customer = input.customerId
      ? await customerRef(tx, input.customerId)
      : input.customer
        ? await findOrRegister(context, input.customer)
        : conversation?.customer_id
          ? await customerRef(tx, conversation.customer_id)
          : undefined;
    if (!customer)
      throw new Problem('TICKET_NO_CUSTOMER', {}, [{ pointer: '/customerId', code: 'REQUIRED' }]);
    if (input.assigneeId && input.assigneeId === input.accusedAgentId) throw new Problem('ASSIGNEE_ACCUSED');
    const urgency = input.emergency ? urgentAtLeast(input.urgency) : input.urgency;
    const ranked = raiseRecurring(
      rank(
        {
          urgency,
          impact: input.impact,
          affectedUsers: input.affectedUsers,
          lossAmount: input.lossAmount,
        },
        await settingCached(centre.db, 'matrix', now),
      ),
      node.key.startsWith('tech') && !customer.isNew
        ? (
            await tx.one(
              sql<{
                n: number;
              }>`select count(*)::int as n from ticket where customer_id = ${customer.id}::uuid and category = ${node.key} and created_at > ${new Date(now - 30 * 86_400_000)}`,
            )
          ).n
        : 0,
    );
    const id = newId();
    const me = userId(actor) ?? input.accountableId ?? null;
    const groupId = input.groupId ?? (await groupOfCategory(context, node.groupKey));
    // Who serves the conversation works on its ticket; otherwise it waits in the pool of its group.
    const about = await demandProduct(context, input.product);
    if (input.assigneeId) await demandCertified(context, about, input.assigneeId);
    const assigneeId =
      input.assigneeId ??
      (conversation?.agent_id &&
      conversation.agent_id !== input.accusedAgentId &&
      (await mayWorkOn(context, about, conversation.agent_id))
        ? conversation.agent_id
        : null);
    const status = assigneeId
      ? conversation?.agent_id === assigneeId
        ? 'in_progress'
        : 'assigned'
      : 'pooled';
    const policyVersion = await policyVersionNow(centre, now);
    const day = dayOf(now);
    const channelId = input.channelId ?? conversation?.channel_id ?? null;
    const confirmed = (input.confirmed ?? []).map((field) => ({
      field,
      by: actor.name,
      at: new Date(now).toISOString(),
    }));
    const number = ticketNumber(day, await nextNumber(centre.db, `ticket_${day}`));
    const facts: TicketFacts = {
      id,
      number,
      subject: input.subject,
      channel: input.channel,
      channelId,
      category: node.key,
      priority: ranked.priority,
      customerLevel: customer.level,
      customerId: customer.id,
      groupId,
      assigneeId,
      accountableId: me,
      isComplaint: node.complaint ?? false,
      isEmergency: input.emergency ?? false,
      severe: input.fields?.severe === true,
      createdAt: now,
      startedAt: status === 'in_progress' ? now : null,
      contactedAt: null,
      resolvedAt: null,
      status,
      policyVersion,
    };
    const next = await clocks.foresee(context, facts, input.classified ?? true);
    noteFacts(tx, facts);
    await tx.insert(
      sql`insert into thread (id, of, last_message_at, last_message) values (${id}::uuid, 'ticket', ${new Date(now)}::timestamptz, ${input.description.slice(0, 200)})`,
    );
    await tx.insert(sql`
      insert into ticket (id, number, status, priority, priority_why, urgency, impact, affected_users, loss_amount, category, subject, description, channel, channel_id, customer_id, customer_name, customer_level, accountable_id, assignee_id, group_id, accused_id, expected_at, product, needs_certificate, fields, is_complaint, is_emergency, started_at, confirmed_fields, policy_version, parent_id, last_message, last_message_at, next_due_at, next_due_kind, next_due_state, created_at, updated_at)
      values (${id}::uuid, ${number}, ${status}, ${ranked.priority}, ${ranked.why}, ${urgency}, ${input.impact}, ${input.affectedUsers ?? null}::int, ${input.lossAmount ?? null}::numeric, ${node.key}, ${input.subject}, ${input.description}, ${input.channel}, ${channelId}::uuid, ${customer.id}::uuid, ${customer.name}, ${customer.level}, ${me}::uuid, ${assigneeId}::uuid, ${groupId}::uuid, ${input.accusedAgentId ?? null}::uuid, ${input.expectedAt ? new Date(input.expectedAt) : null}::timestamptz, ${about.product}, ${about.needs_certificate}, ${json(input.fields ?? {})}::jsonb, ${node.complaint ?? false}, ${input.emergency ?? false}, ${status === 'in_progress' ? new Date(now) : null}::timestamptz, ${json(confirmed)}::jsonb, ${policyVersion}::int, ${input.parentId ?? null}::uuid, ${input.description.slice(0, 200)}, ${new Date(now)}, ${at(next.dueAt)}::timestamptz, ${next.kind}, ${next.state}, ${new Date(now)}, ${new Date(now)})`);
    const audience = audienceOf({
      assignee_id: assigneeId,
      accountable_id: me,
      group_id: groupId,
      channel_id: channelId,
      customer_id: customer.id,
    });
    emit(
      'ticket.opened',
      'ticket',
      id,
      {
        number,
        channel: input.channel,
        priority: ranked.priority,
        category: node.key,
        complaint: node.complaint ?? false,
        emergency: input.emergency ?? false,
        classified: input.classified ?? true,
      },
      audience,
    );
    if (conversation) {
      await tx.run(
        sql`insert into ticket_conversation (ticket_id, conversation_id) values (${id}::uuid, ${conversation.id}::uuid) on conflict do nothing`,
      );
      if (!conversation.customer_id)
        await context.send(identify, {
          id: conversation.id,
          customerId: customer.id,
          name: customer.name,
          level: customer.level,
        });
    }
    if (assigneeId && assigneeId !== me)
      emit('ticket.assigned', 'ticket', id, { from: null, to: assigneeId, groupId }, audience);
    if (status === 'in_progress') emit('ticket.started', 'ticket', id, { by: me }, audience);
    if (node.escalation)
      await linkOriginal(
        context,
        {
          id,
          customer_id: customer.id,
          assignee_id: assigneeId,
          accountable_id: me,
          group_id: groupId,
          channel_id: channelId,
        },
        node.key,
      );
    if (input.parentId)
      emit('ticket.linked', 'ticket', input.parentId, { otherId: id, relation: 'child' }, audience);
    return { id, number };
  },
});
