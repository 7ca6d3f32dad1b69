import { createHash } from 'node:crypto';
import { obj, Id } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { json, sql } from '#kernel/sql.ts';
import { setting } from '#modules/settings/index.ts';
import { demand } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';

/**
 * SD1-36: a snapshot of six parts (customer, request, process, solution, feedback, attachments), hashed and fixed by
 * a trigger. SD1-37: kept at least as long as the setting says, three years or more.
 */
export const archiveTicket = command({
  name: 'tickets.archive',
  permission: 'ticket.override',
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const { tx, now, actor, emit, audit } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.override');
    if (row.status === 'archived') return id;
    demand('archive', row.status);
    const parts = await tx.one(sql<
      Record<'customer' | 'request' | 'process' | 'solution' | 'feedback' | 'attachments', unknown>
    >`
      with threads as (select ${id}::uuid as id union select conversation_id from ticket_conversation where ticket_id = ${id}::uuid)
      select
        (select jsonb_build_object('number', c.number, 'name', c.name, 'kind', c.kind, 'level', c.level, 'company', c.company, 'contactName', c.contact_name) from customer c where c.id = t.customer_id) as customer,
        jsonb_build_object('number', t.number, 'subject', t.subject, 'description', t.description, 'category', t.category, 'priority', t.priority, 'priorityWhy', t.priority_why, 'channel', t.channel, 'createdAt', t.created_at, 'expectedAt', t.expected_at, 'fields', t.fields) as request,
        jsonb_build_object('events', coalesce((select jsonb_agg(jsonb_build_object('at', e.at, 'type', e.type, 'actor', coalesce(u.name, e.actor_kind), 'data', e.data) order by e.at, e.id) from event e left join app_user u on u.id::text = e.actor_id where e.subject_id in (select id from threads)), '[]'),
          'messages', coalesce((select jsonb_agg(jsonb_build_object('at', m.at, 'visibility', m.visibility, 'author', m.author_name, 'body', m.body) order by m.at, m.seq) from message m where m.thread_id in (select id from threads)), '[]')) as process,
        jsonb_build_object('resolution', t.resolution, 'verification', t.verification, 'resolvedAt', t.resolved_at, 'closedAt', t.closed_at, 'closeReason', t.close_reason, 'closeNote', t.close_note) as solution,
        jsonb_build_object('confirmedAt', t.confirmed_at, 'confirmedBy', t.confirmed_by, 'survey', (select jsonb_build_object('answeredAt', s.answered_at, 'answer', s.answer) from survey s where s.ticket_id = t.id and s.answered_at is not null)) as feedback,
        coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size, 'sha256', f.sha256) order by f.created_at) from file f where f.thread_id in (select id from threads)), '[]') as attachments
      from ticket t where t.id = ${id}::uuid`);
    const { retentionYears } = await setting(tx, 'centre');
    const { years } = await setting(tx, 'retention');
    const keepUntil = new Date(row.closed_at ?? now);
    keepUntil.setUTCFullYear(keepUntil.getUTCFullYear() + Math.max(retentionYears, years.ticket));
    const hash = createHash('sha256').update(json(parts)).digest('hex');
    await tx.run(
      sql`insert into ticket_archive (ticket_id, archived_at, parts, hash, keep_until) values (${id}::uuid, ${new Date(now)}, ${json(parts)}::jsonb, ${hash}, ${keepUntil})`,
    );
    await tx.run(
      sql`update ticket set status = 'archived', archived_at = ${new Date(now)}, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    await context.unschedule('tickets.archive', id);
    emit('ticket.archived', 'ticket', id, {}, audienceOf(row));
    audit('ticket', id, { hash });
    return id;
  },
});
