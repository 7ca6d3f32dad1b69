/** Writing notices, and chasing those that must be acknowledged. */
import { Id, Type, obj, opt } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import type { Reaction } from '#kernel/centre.ts';
import type { Context, EventRecord } from '#kernel/command.ts';
import { command } from '#kernel/command.ts';
import type { DueHandler } from '#kernel/due.ts';
import { notFound } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { caseOf, givenWith, mayBeTold, peopleFor } from './people.ts';
import type { Case } from './people.ts';
import { clearing, escalateEveryMs, noticeRules } from './rules.ts';
import type { NoticeRule, Sound } from './rules.ts';
import type { NoticeKind } from './texts.ts';

type NewNotice = { kind: NoticeKind; sound: Sound; needsAck: boolean; values: Record<string, unknown> };

/** Tells people of a case; an unread notice of the same kind about it is replaced. */
const tell = async (
  context: Context,
  about: Case,
  userIds: readonly string[],
  { kind, sound, needsAck, values }: NewNotice,
): Promise<void> => {
  const { tx, now, newId, emit } = context;
  for (const reader of userIds) {
    const { id } = await tx.one(sql<{ id: string }>`
      insert into notice (id, user_id, at, kind, subject_type, subject_id, data, sound, needs_ack) values (${newId()}::uuid, ${reader}::uuid, ${new Date(now)}, ${kind}, ${about.type}, ${about.id}::uuid, ${json(values)}::jsonb, ${sound}, ${needsAck})
      on conflict (user_id, kind, subject_id) where read_at is null do update set at = excluded.at, data = excluded.data, sound = excluded.sound, needs_ack = excluded.needs_ack, ack_at = null, ack_by = null returning id`);
    emit('notice.raised', 'user', reader, { noticeId: id, needsAck }, { userIds: [reader] });
  }
};

const escalation = 'notices.escalate';

const isMeant = (rule: NoticeRule, event: Pick<EventRecord, 'subjectType' | 'data'>): boolean =>
  (rule.of === 'task') === (event.subjectType === 'task') && (rule.when?.(event.data as never) ?? true);

const follow = async (context: Context, event: EventRecord, rule: NoticeRule): Promise<void> => {
  const data = event.data as Record<string, unknown>;
  if (!isMeant(rule, event)) return;
  const about = await caseOf(context.tx, event);
  if (!about) return;
  const people = await peopleFor(context.tx, rule.who, about, data);
  const cause = event.type === 'task.opened' ? (about.causedBy ?? event.actorId) : event.actorId;
  if (rule.handsOver && people.includes(cause)) return;
  const told = await mayBeTold(context.centre, context.tx, about, people, cause);
  const already = rule.kind === 'task_given' ? await givenWith(context.tx, about, event) : [];
  const rung = told.filter((id) => !already.includes(id));
  await tell(context, about, rung, {
    kind: rule.kind,
    sound: rule.sound,
    needsAck: rule.needsAck ?? false,
    values: rule.values?.(data) ?? {},
  });
  if (rule.needsAck)
    await context.schedule(escalation, about.id, context.now + escalateEveryMs, {
      type: about.type,
      kind: rule.kind,
      since: context.now,
    });
};

/** Every five minutes until somebody acknowledges, or the case is over. */
export const escalate: DueHandler = async (context, { key, data }) => {
  const { tx, now } = context;
  const about = await caseOf(tx, { subjectType: String(data.type), subjectId: key, data: {} as never });
  const over = await tx.maybe(
    sql`select 1 from ticket where id = ${key}::uuid and status in ('resolved', 'pending_confirmation', 'closed', 'archived', 'cancelled')`,
  );
  const acknowledged = await tx.maybe(
    sql`select 1 from notice where kind = ${String(data.kind)} and subject_id = ${key}::uuid and ack_at is not null and at >= ${new Date(Number(data.since))}`,
  );
  const upset = about?.type === 'conversation';
  const calm =
    upset &&
    !(await tx.maybe(
      sql`select 1 from conversation where id = ${key}::uuid and upset_at is not null and state <> 'closed'`,
    ));
  if (!about || over || calm || acknowledged) return;
  const told = await mayBeTold(context.centre, tx, about, await peopleFor(tx, ['managers'], about, {}), '');
  await tell(context, about, told, {
    kind: upset ? 'upset_unanswered' : 'urgent_unanswered',
    sound: 'alarm',
    needsAck: true,
    values: { minutes: Math.round((now - Number(data.since)) / 60_000) },
  });
  await context.schedule(escalation, key, now + escalateEveryMs, data);
};

/** Marks mine as read: those named, or all. What waits for an acknowledgement goes on waiting. */
export const readMine = command({
  name: 'notices.read',
  permission: null,
  audited: false,
  input: obj({ ids: opt(Type.Array(Id, { maxItems: 200 })) }),
  run: async ({ tx, now, actor }, { ids }) => {
    const me = userId(actor);
    const some = ids ? sql`id = any(${ids}::uuid[])` : sql`true`;
    if (me)
      await tx.run(
        sql`update notice set read_at = ${new Date(now)} where user_id = ${me}::uuid and read_at is null and ${some}`,
      );
  },
});

/** One's own acknowledgement is everybody's: the case has somebody. */
export const acknowledge = command({
  name: 'notices.acknowledge',
  permission: null,
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const { tx, now, actor, emit } = context;
    const row = await tx.maybe(
      sql<{
        subject_id: string;
        needs_ack: boolean;
        ack_at: number | null;
      }>`select subject_id, needs_ack, ack_at from notice where id = ${id}::uuid and user_id = ${actor.id}::uuid for update`,
    );
    if (!row) throw notFound();
    await tx.run(sql`update notice set read_at = coalesce(read_at, ${new Date(now)}) where id = ${id}::uuid`);
    if (!row.needs_ack || row.ack_at !== null) return id;
    const others = await tx.all(
      sql<{
        id: string;
        user_id: string;
      }>`update notice set ack_at = ${new Date(now)}, ack_by = ${actor.id}::uuid where subject_id = ${row.subject_id}::uuid and needs_ack and ack_at is null returning id, user_id`,
    );
    await context.unschedule(escalation, row.subject_id);
    for (const other of others)
      emit(
        'notice.acknowledged',
        'user',
        other.user_id,
        { noticeId: other.id },
        { userIds: [other.user_id] },
      );
    context.audit('notice', id, { subjectId: row.subject_id });
    return id;
  },
});

const ruleEvents = [...new Set(noticeRules.map(({ on }) => on))];

export const noticeReactions: Reaction[] = [
  ...ruleEvents.map((on): Reaction => {
    const rules = noticeRules.filter((rule) => rule.on === on);
    return {
      name: `notices.${on}`,
      on: [on],
      when: (event) => rules.some((rule) => isMeant(rule, event)),
      react: async (context, event) => {
        for (const rule of rules) await follow(context, event, rule);
      },
    };
  }),
  {
    // Nobody needs to come in any more.
    name: 'notices.calm',
    on: ['conversation.calmed', 'conversation.closed'],
    react: async (context, event) => {
      await context.unschedule(escalation, event.subjectId);
      const ended = new Date(context.now);
      await context.tx.run(
        sql`update notice set read_at = coalesce(read_at, ${ended}), ack_at = ${ended} where subject_id = ${event.subjectId}::uuid and kind in ('customer_upset', 'upset_unanswered') and ack_at is null`,
      );
    },
  },
  ...clearing.map(({ on, kinds }): Reaction => ({
    name: `notices.clear.${on}`,
    on: [on],
    react: async ({ tx, now }, event) =>
      void (await tx.run(
        sql`update notice set read_at = ${new Date(now)} where subject_id = ${event.subjectId}::uuid and kind = any(${kinds}::text[]) and read_at is null and not (needs_ack and ack_at is null)`,
      )),
  })),
];
