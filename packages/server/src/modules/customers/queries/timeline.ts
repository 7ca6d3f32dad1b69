import type { TimelineItemView } from '#contracts/routes/customers.ts';
import { events } from '#contracts/events.ts';
import type { EventType } from '#contracts/events.ts';
import type { Actor } from '#kernel/actor.ts';
import { scopeSql, userId } from '#kernel/actor.ts';
import { decodeCursor, toPage, rowsFor } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { limitOf, sql, unsafeText } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';

type Row = {
  id: string;
  at: number;
  type: EventType;
  subject_type: string;
  subject_id: string;
  actor_kind: string;
  actor_name: string | null;
  data: Record<string, unknown>;
  number: string | null;
  channel: string | null;
  title: string;
  words: { zh: string; en: string } | null;
};

const ticketScope = (actor: Actor, ticket: 't' | 'pt'): SqlFragment =>
  sql`(${unsafeText(ticket)}.id is null or (${unsafeText(ticket)}.accused_id is distinct from ${userId(actor)}::uuid and ${scopeSql(actor, 'ticket.read', { owners: [`${ticket}.assignee_id`, `${ticket}.accountable_id`], group: `${ticket}.group_id`, channel: `${ticket}.channel_id` })}))`;
const talkScope = (actor: Actor, talk: 'v' | 'pv'): SqlFragment =>
  sql`(${unsafeText(talk)}.id is null or ${scopeSql(actor, 'conversation.read', { owners: [`${talk}.agent_id`, `${talk}.offered_to`], group: `${talk}.group_id`, channel: `${talk}.channel_id` })})`;

/**
 * Events told as a story, newest first. Whoever may not read a ticket or conversation does not see its events, nor
 * those of the runs, tasks and records that belong to it.
 */
const story = async (
  tx: Tx,
  actor: Actor,
  where: SqlFragment,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
): Promise<Page<TimelineItemView>> => {
  const after = decodeCursor(cursor, 2);
  const rows = await tx.all(sql<Row>`
    select e.id, e.at, e.type, e.subject_type, e.subject_id, e.actor_kind, e.data, u.name as actor_name, coalesce(r.number, t.number, c.number) as number, coalesce(t.channel, v.channel_kind) as channel,
      coalesce(case when e.type = 'message.posted' then (select left(m.body, 200) from message m where m.id = (e.data ->> 'messageId')::uuid) end, r.title, t.subject, v.subject, c.name, '') as title,
      coalesce(k.title, b.name, rk.definition -> 'name') as words
    from event e
      left join app_user u on e.actor_kind in ('user', 'token') and u.id::text = e.actor_id
      left join task k on e.subject_type = 'task' and k.id = e.subject_id
      left join run n on e.subject_type = 'run' and n.id = e.subject_id
      left join playbook b on b.key = n.playbook
      left join record r on e.subject_type = 'record' and r.id = e.subject_id
      left join record_kind rk on rk.key = r.kind
      left join ticket t on t.id = case e.subject_type when 'ticket' then e.subject_id when 'task' then k.ticket_id when 'run' then n.ticket_id when 'record' then r.ticket_id end
      left join conversation v on v.id = case e.subject_type when 'conversation' then e.subject_id when 'task' then k.conversation_id when 'run' then n.conversation_id when 'record' then r.conversation_id end
      left join ticket pt on e.subject_type <> 'ticket' and pt.id = (e.data ->> 'ticketId')::uuid
      left join conversation pv on e.subject_type <> 'conversation' and pv.id = (e.data ->> 'conversationId')::uuid
      left join customer c on e.subject_type = 'customer' and c.id = e.subject_id
    where ${where}
      and ${ticketScope(actor, 't')} and ${ticketScope(actor, 'pt')}
      and ${talkScope(actor, 'v')} and ${talkScope(actor, 'pv')}
      and ${after ? sql`(e.at, e.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`}
    order by e.at desc, e.id desc ${limitOf(rowsFor(limit))}`);
  const page = toPage(rows, limit, (row) => [row.at, row.id]);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((row) => ({
      id: row.id,
      at: new Date(row.at).toISOString(),
      kind: row.type.split('.')[0]!,
      type: row.type,
      subjectType: row.subject_type,
      subjectId: row.subject_id,
      number: row.number,
      channel: row.channel,
      title: row.title || events[row.type].zh,
      words: row.words,
      actor: row.actor_name,
      actorKind: row.actor_kind,
      data: row.data,
    })),
  };
};

export const customerStory = (
  tx: Tx,
  actor: Actor,
  customerId: string,
  page: { limit?: number; cursor?: string },
) =>
  story(
    tx,
    actor,
    sql`(e.customer_id = ${customerId}::uuid or e.customer_id in (select id from customer where merged_into = ${customerId}::uuid))`,
    page,
  );
/** The story of one ticket or conversation and of what belongs to it: talks, steps of its playbooks, its records. */
export const subjectStory = (
  tx: Tx,
  actor: Actor,
  subjectIds: readonly string[],
  page: { limit?: number; cursor?: string },
) =>
  story(
    tx,
    actor,
    sql`e.subject_id = any(array(
      select unnest(${subjectIds}::uuid[]) union all select id from task where ticket_id = any(${subjectIds}::uuid[]) and not system
      union all select id from run where ticket_id = any(${subjectIds}::uuid[]) union all select id from record where ticket_id = any(${subjectIds}::uuid[])))`,
    page,
  );
