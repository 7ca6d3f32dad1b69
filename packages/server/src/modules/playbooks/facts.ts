/** What conditions, clocks and words of a run may ask for. Names are those of `factRoots`; nothing else is there. */
import { surnameOf } from '#contracts/names.ts';
import { sealedPin } from '#contracts/flow.ts';
import type { Facts } from '#contracts/conditions.ts';
import type { Actor } from '#kernel/actor.ts';
import { userId } from '#kernel/actor.ts';
import type { Context } from '#kernel/command.ts';
import { jsonRows } from '#kernel/json-rows.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { recordsFacts } from '#modules/records/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import type { RunRow } from './store.ts';

type Person = { name: string; staffNo: string };
export type Case = {
  facts: Facts;
  group: string | null;
  assignee: string | null;
  accountable: string | null;
  owner: string | null;
  accused: string | null;
};

type TicketRow = {
  id: string;
  number: string;
  subject: string;
  status: string;
  priority: string;
  category: string;
  product: string | null;
  channel: string;
  urgency: string;
  impact: string;
  /** What the list of products calls it. */ productName?: string | null;
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
  agent: Person | null;
};
const stamp = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const personSql = (id: string) =>
  `(select json_build_object('name', u.name, 'staffNo', u.staff_no) from app_user u where u.id = ${id})`;

const ticketRows = jsonRows<Omit<TicketRow, 'productName'>>({
  id: 't.id',
  number: 't.number',
  subject: 't.subject',
  status: 't.status',
  priority: 't.priority',
  category: 't.category',
  product: 't.product',
  channel: 't.channel',
  urgency: 't.urgency',
  impact: 't.impact',
  complaint: 't.is_complaint',
  emergency: 't.is_emergency',
  affectedUsers: 't.affected_users',
  lossAmount: 't.loss_amount::double precision',
  etaAt: stamp('t.eta_at'),
  createdAt: stamp('t.created_at'),
  resolvedAt: stamp('t.resolved_at'),
  resolved: 't.resolved_at is not null',
  isPart: 't.parent_id is not null',
  fields: 't.fields',
  group_id: 't.group_id',
  assignee_id: 't.assignee_id',
  accountable_id: 't.accountable_id',
  accused_id: 't.accused_id',
  agent: personSql('t.assignee_id'),
});
const customerRows = jsonRows<{ id: string } & Record<string, unknown>>({
  id: 'c.id',
  name: 'c.name',
  contactName: 'coalesce(c.contact_name, c.name)',
  kind: 'c.kind',
  level: 'c.level',
  class: 'c.class',
  company: 'c.company',
  industry: 'c.industry',
  cooperationSince: `to_char(c.cooperation_since, 'YYYY-MM-DD')`,
  tags: 'c.tags',
  preferredChannel: 'c.preferred_channel',
  fields: 'c.fields',
});
type Talk = {
  id: string;
  channel: string;
  /** The shop or brand of its channel (SD3r-14). */ brand: string;
  state: string;
  group_id: string | null;
  agent_id: string | null;
  agent: Person | null;
};
const talkRows = jsonRows<Talk>({
  id: 'v.id',
  channel: 'v.channel_kind',
  brand: '(select h.brand from channel h where h.id = v.channel_id)',
  state: 'v.state',
  group_id: 'v.group_id',
  agent_id: 'v.agent_id',
  agent: personSql('v.agent_id'),
});

const idsOf = (
  runs: readonly RunRow[],
  name: 'ticket_id' | 'customer_id' | 'conversation_id' | 'record_id',
): string[] => [...new Set(runs.flatMap((run) => run[name] ?? []))];
const byId = <R extends { id: string }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));
const nothing = sql`'[]'::json`;

/** What words and conditions may know of a record: never the hash of a PIN, from which four digits are soon guessed. */
const spoken = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).filter(([, value]) => typeof value !== 'string' || !sealedPin(value)),
  );

/** Minutes from now to each day or instant of a record, below zero once it has passed, so that a condition may ask whether a visit is less than an hour away. */
const minutesUntil = (data: Record<string, unknown>, now: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([field, value]) => {
      const text = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? value : '';
      const at = Date.parse(text.length === 10 ? `${text}T00:00:00+08:00` : text);
      return Number.isNaN(at) ? [] : [[field, Math.floor((at - now) / 60_000)]];
    }),
  );

/**
 * The cases of several runs by run: one statement, and one each for records and for people whom neither ticket nor
 * conversation names. One after the other they were up to five statements a run.
 */
export const casesOf = async (context: Context, runs: readonly RunRow[]): Promise<Map<string, Case>> => {
  const { tx, centre, now, actor } = context;
  const [ticketIds, customerIds, talkIds, recordIds] = [
    idsOf(runs, 'ticket_id'),
    idsOf(runs, 'customer_id'),
    idsOf(runs, 'conversation_id'),
    idsOf(runs, 'record_id'),
  ];
  const [rows, recordList] = await Promise.all([
    tx.one(sql<Record<'tickets' | 'customers' | 'talks', unknown>>`select
      ${ticketIds.length > 0 ? ticketRows.of(sql`from ticket t where t.id = any(${ticketIds}::uuid[])`) : nothing} as tickets,
      ${customerIds.length > 0 ? customerRows.of(sql`from customer c where c.id = any(${customerIds}::uuid[])`) : nothing} as customers,
      ${talkIds.length > 0 ? talkRows.of(sql`from conversation v where v.id = any(${talkIds}::uuid[])`) : nothing} as talks`),
    recordIds.length > 0 ? recordsFacts(tx, recordIds) : [],
  ]);
  const tickets = byId<TicketRow>(ticketRows.read(rows.tickets));
  const customers = byId(customerRows.read(rows.customers));
  const talks = byId(talkRows.read(rows.talks));
  const records = byId(recordList);
  const me = actor.kind === 'user' ? actor.id : null;
  const placed = runs.map((run) => {
    const ticket = tickets.get(run.ticket_id ?? '');
    const talk = talks.get(run.conversation_id ?? '');
    const record = records.get(run.record_id ?? '');
    const assignee = ticket?.assignee_id ?? talk?.agent_id ?? record?.ownerId ?? null;
    const named = ticket?.assignee_id ? ticket.agent : talk?.agent_id ? talk.agent : undefined;
    return {
      run,
      ticket,
      talk,
      record,
      assignee,
      named,
      asked: named === undefined ? (assignee ?? me) : null,
    };
  });
  const asked = [...new Set(placed.flatMap((one) => one.asked ?? []))];
  const people =
    asked.length > 0
      ? byId(
          await tx.all(
            sql<
              Person & { id: string }
            >`select id, name, staff_no as "staffNo" from app_user where id = any(${asked}::uuid[])`,
          ),
        )
      : new Map<string, Person>();
  const { company, companyEn, hotline } = await settingCached(centre.db, 'centre', now);
  const { items: products } = await settingCached(centre.db, 'products', now);
  for (const ticket of tickets.values())
    ticket.productName = products.find(({ key }) => key === ticket.product)?.zh ?? ticket.product;
  return new Map(
    placed.map(({ run, ticket, talk, record, assignee, named, asked: person }) => {
      const found = named ?? people.get(person ?? '');
      return [
        run.id,
        {
          group: ticket?.group_id ?? talk?.group_id ?? record?.groupId ?? null,
          assignee,
          accountable: ticket?.accountable_id ?? null,
          owner: record?.ownerId ?? null,
          accused: ticket?.accused_id ?? null,
          // A row as it was read: conditions may name only what `factFault` knows of it. Its ids beside that, of groups and
          // people, can be copied by a `set` alone, which whoever edits playbooks writes.
          facts: {
            ticket,
            conversation: talk ? { channel: talk.channel, brand: talk.brand, state: talk.state } : undefined,
            customer: customers.get(run.customer_id ?? ''),
            record: record
              ? {
                  number: record.number,
                  state: record.state,
                  kind: record.kind,
                  title: record.title,
                  onTicket: record.ticketId !== null,
                  data: spoken(record.data),
                  createdAt: new Date(record.createdAt).toISOString(),
                  until: minutesUntil(record.data, now),
                  ...spoken(record.data),
                }
              : undefined,
            answers: run.answers,
            event: run.event,
            run: {
              startedAt: new Date(run.started_at).toISOString(),
              now: new Date(now).toISOString(),
              visits: run.visits,
            },
            agent: found ? spokenOf(found) : undefined,
            actor: { roles: actor.roleKeys ?? [] },
            centre: { company, companyEn, hotline },
          },
        },
      ];
    }),
  );
};

const spokenOf = ({ name, staffNo }: Person) => ({ name, staffNo, surname: surnameOf(name) });

/**
 * Whoever reads words from the screen says them in their own name, also where the case is another's; undefined for who
 * is nobody of ours. Words that the centre sends itself are in the name of who has the case.
 */
export const speakerOf = async (tx: Tx, actor: Actor): Promise<Facts['agent']> => {
  const id = userId(actor);
  if (id === null) return undefined;
  const reader = await tx.maybe(
    sql<Person>`select name, staff_no as "staffNo" from app_user where id = ${id}::uuid`,
  );
  return reader && spokenOf(reader);
};

/** The case of one run. `event` is what started it or what it waited for. */
export const caseOf = async (
  context: Context,
  run: RunRow,
  event: Record<string, unknown> = run.event,
): Promise<Case> => (await casesOf(context, [{ ...run, event }])).get(run.id)!;
