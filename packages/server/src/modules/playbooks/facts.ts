/** What conditions, clocks and words of a run may ask for. Names are those of `factRoots`; nothing else is there. */
import type { Facts } from '#contracts/conditions.ts';
import type { Context } from '#kernel/command.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import { recordFacts } from '#modules/records/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import type { RunRow } from './store.ts';

export type Case = {
  facts: Facts;
  group: string | null;
  assignee: string | null;
  accountable: string | null;
  owner: string | null;
  accused: string | null;
};

type TicketRow = {
  number: string;
  subject: string;
  status: string;
  priority: string;
  category: string;
  channel: string;
  urgency: string;
  impact: string;
  complaint: boolean;
  emergency: boolean;
  affectedUsers: number | null;
  lossAmount: number | null;
  etaAt: string | null;
  createdAt: string;
  resolvedAt: string | null;
  resolved: boolean;
  /** A sub-ticket of another. */ isPart: boolean;
  fields: Record<string, unknown>;
  group_id: string | null;
  assignee_id: string | null;
  accountable_id: string | null;
  accused_id: string | null;
};
const stampSql = (column: 'eta_at' | 'created_at' | 'resolved_at') =>
  unsafeText(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

const ticketOf = ({ tx }: Context, id: string) =>
  tx.maybe(
    sql<TicketRow>`select number, subject, status, priority, category, channel, urgency, impact, is_complaint as complaint, is_emergency as emergency, affected_users as "affectedUsers", loss_amount::double precision as "lossAmount", ${stampSql('eta_at')} as "etaAt", ${stampSql('created_at')} as "createdAt", ${stampSql('resolved_at')} as "resolvedAt", resolved_at is not null as resolved, parent_id is not null as "isPart", fields, group_id, assignee_id, accountable_id, accused_id from ticket where id = ${id}::uuid`,
  );

type Person = { name: string; staffNo: string };
const personOf = ({ tx }: Context, id: string | null) =>
  id ? tx.maybe(sql<Person>`select name, staff_no as "staffNo" from app_user where id = ${id}::uuid`) : Promise.resolve(undefined);

/** Minutes from now to each day or instant of a record, below zero once it has passed, so that a condition may ask whether a visit is less than an hour away. */
const minutesUntil = (data: Record<string, unknown>, now: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([field, value]) => {
      const text = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? value : '';
      const at = Date.parse(text.length === 10 ? `${text}T00:00:00+08:00` : text);
      return Number.isNaN(at) ? [] : [[field, Math.floor((at - now) / 60_000)]];
    }),
  );

/** Reads the case of a run. `event` is what started it or what it waited for. */
export const caseOf = async (context: Context, run: RunRow, event: Record<string, unknown> = run.event): Promise<Case> => {
  const { tx, centre, now, actor } = context;
  const ticket = run.ticket_id ? await ticketOf(context, run.ticket_id) : undefined;
  const record = run.record_id ? await recordFacts(tx, run.record_id) : undefined;
  const customer = run.customer_id
    ? await tx.maybe(
        sql<Record<string, unknown>>`select name, coalesce(contact_name, name) as "contactName", kind, level, class, company, industry, tags, preferred_channel as "preferredChannel", fields from customer where id = ${run.customer_id}::uuid`,
      )
    : undefined;
  const talk = run.conversation_id
    ? await tx.maybe(
        sql<{ channel: string; state: string; group_id: string | null; agent_id: string | null }>`select channel_kind as channel, state, group_id, agent_id from conversation where id = ${run.conversation_id}::uuid`,
      )
    : undefined;
  const assignee = ticket?.assignee_id ?? talk?.agent_id ?? record?.ownerId ?? null;
  const agent = await personOf(context, assignee ?? (actor.kind === 'user' ? actor.id : null));
  const { company, companyEn, hotline } = await settingCached(centre.db, 'centre', now);
  const { group_id, assignee_id, accountable_id, accused_id, ...told } = ticket ?? ({} as TicketRow);
  return {
    group: group_id ?? talk?.group_id ?? record?.groupId ?? null,
    assignee,
    accountable: accountable_id ?? null,
    owner: record?.ownerId ?? null,
    accused: accused_id ?? null,
    facts: {
      ticket: ticket ? told : undefined,
      conversation: talk ? { channel: talk.channel, state: talk.state } : undefined,
      customer,
      record: record ? { number: record.number, state: record.state, kind: record.kind, title: record.title, data: record.data, createdAt: new Date(record.createdAt).toISOString(), until: minutesUntil(record.data, now), ...record.data } : undefined,
      answers: run.answers,
      event,
      run: { startedAt: new Date(run.started_at).toISOString(), visits: run.visits },
      agent,
      actor: { roles: actor.roleKeys ?? [] },
      centre: { company, companyEn, hotline },
    },
  };
};
