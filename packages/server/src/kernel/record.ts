/** What a command leaves behind: events, a delivery row for every after-commit reaction, one audit line. */
import { createHash } from 'node:crypto';
import type { Actor } from './actor.ts';
import { userId } from './actor.ts';
import type { Centre } from './centre.ts';
import type { EventRecord } from './command.ts';
import { given } from './given.ts';
import { json, sql } from './sql.ts';
import type { Tx } from './sql.ts';

/** Effects of one command chain, gathered and written by one statement before commit. */
export type Draft = {
  events: EventRecord[];
  audits: {
    name: string;
    actor: Actor;
    subjectType: string;
    subjectId: string;
    data: Record<string, unknown>;
    at: number;
  }[];
};

const eventRows = given({
  id: 'uuid',
  type: 'text',
  at: 'timestamptz',
  subject_type: 'text',
  subject_id: 'uuid',
  data: 'jsonb',
  actor_kind: 'text',
  actor_id: 'text',
  cause_id: 'uuid',
  depth: 'int',
  group_id: 'uuid',
  user_ids: 'uuid[]',
  channel_id: 'uuid',
  customer_id: 'uuid',
  visitor_id: 'uuid',
});
const queuedRows = given<{ subscriber: string; event: string; subject: string }>({
  subscriber: 'text',
  event: 'uuid',
  subject: 'uuid',
});

const auditChains = 64;
const chainOf = (subjectId: string) => createHash('sha256').update(subjectId).digest()[0]! % auditChains;

/**
 * Everything a command leaves behind, as one statement with its last inserts. The audit chain is advanced in SQL: a row's hash covers
 * the chain's hash before it, so a changed, lost or inserted row is found by `zhike audit verify`.
 */
export const record = async (centre: Centre, tx: Tx, draft: Draft): Promise<void> => {
  // Those that are queued in any case stand under `true`, the others under their condition.
  const deliveries = Map.groupBy(
    draft.events.flatMap((event) =>
      (centre.afterCommit.get(event.type) ?? []).map((subscriber) => ({
        subscriber,
        event: event.id,
        subject: event.subjectId,
        when: centre.reactions.get(subscriber)?.when?.(event, centre) ?? true,
      })),
    ),
    ({ when }) => when,
  );
  deliveries.delete(false);
  const events = draft.events.map((e) => ({
    id: e.id,
    type: e.type,
    at: new Date(e.at).toISOString(),
    subject_type: e.subjectType,
    subject_id: e.subjectId,
    data: e.data,
    actor_kind: e.actorKind,
    actor_id: e.actorId,
    cause_id: e.causeId,
    depth: e.depth,
    group_id: e.audience.groupId ?? null,
    user_ids: [...new Set((e.audience.userIds ?? []).filter(Boolean))],
    channel_id: e.audience.channelId ?? null,
    customer_id: e.audience.customerId ?? null,
    visitor_id: e.audience.visitorId ?? null,
  }));
  const [head, ...more] = draft.audits;
  const body = head
    ? json({
        action: head.name,
        at: new Date(head.at).toISOString(),
        actorKind: head.actor.kind,
        actorId: head.actor.id,
        subjectType: head.subjectType,
        subjectId: head.subjectId,
        data: head.data,
        also: more.map((a) => ({
          action: a.name,
          actorKind: a.actor.kind,
          actorId: a.actor.id,
          subjectType: a.subjectType,
          subjectId: a.subjectId,
          data: a.data,
        })),
      })
    : null;
  const recordedAt = new Date(draft.events[0]?.at ?? head?.at ?? 0);
  if (events.length > 0)
    await tx.insert(
      sql`insert into event (${eventRows.names}) select ${eventRows.names} from ${eventRows.of(events)} r`,
    );
  if (events.length > 0)
    await tx.insert(
      sql`insert into unplaced (event_ids) values (${draft.events.map(({ id }) => id)}::uuid[])`,
    );
  for (const [when, queued] of deliveries)
    await tx.insert(sql`
      insert into delivery (subscriber, event_id, subject_id, run_at)
      select subscriber, event, subject, ${recordedAt}::timestamptz from ${queuedRows.of(queued)} r
      ${typeof when === 'boolean' ? sql`` : sql`where ${when}`}`);
  if (!head) return;
  await tx.insert(
    sql`
      update audit_chain set seq = seq + 1, hash = sha256(hash || convert_to(${body}::text, 'UTF8'))
      where chain = ${chainOf(head.subjectId)}::int
      returning chain, seq, hash`,
    'chained',
  );
  await tx.insert(sql`
    insert into audit (chain, seq, at, action, actor_kind, actor_id, user_id, subject_type, subject_id, body, hash)
    select chain, seq, ${new Date(head.at)}::timestamptz, ${head.name}::text, ${head.actor.kind}::text, ${head.actor.id}::text, ${userId(head.actor)}::uuid, ${head.subjectType}::text, ${head.subjectId}::text, ${body}::text, hash from chained`);
};
