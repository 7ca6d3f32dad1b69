import type { FigureView } from '#contracts/routes/figures.ts';
import { figureKeys } from '#contracts/figures.ts';
import type { FigureKey, TicketMark } from '#contracts/figures.ts';
import type { Actor } from '#kernel/actor.ts';
import { faulty } from '#kernel/problem.ts';
import { join, sql, unsafeText } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { mayReach, notAccused } from '#modules/records/index.ts';
import { mayReadTalk, reachTalks } from '#modules/conversations/index.ts';
import { markSql, mayRead, reachTickets } from '#modules/tickets/index.ts';
import { monthsOf, nextMonth, startOf } from '../rules.ts';

/** Both included. */
export type Months = { from: string; to: string };
export type Period = Months & { groupId?: string | null };
type Pair = [numerator: number, denominator: number];
type Counted = { month: string; group_id: string | null; name: string | null } & Partial<
  Record<FigureKey, Pair>
>;

const share = (hit: TicketMark, of: TicketMark) =>
  sql`jsonb_build_array(count(*) filter (where ${unsafeText(of)} and ${unsafeText(hit)}), count(*) filter (where ${unsafeText(of)}))`;
const mean = (sum: string, of: string) =>
  sql`jsonb_build_array(coalesce(sum(${unsafeText(sum)}) filter (where ${unsafeText(of)}), 0), count(*) filter (where ${unsafeText(of)}))`;
const monthOf = (column: string) =>
  sql`to_char(${unsafeText(column)} at time zone 'Asia/Shanghai', 'YYYY-MM')`;

/** Rows of tickets a report may count: what its reader may read, within the scope of their reports. */
export const reported = (actor: Actor): SqlFragment =>
  sql`(${mayRead(actor)} and ${reachTickets(actor, 'report.read')})`;
/** Talks that a report may count, in the same sense; over `conversation v`. */
export const talked = (actor: Actor): SqlFragment =>
  sql`(${mayReadTalk(actor)} and ${reachTalks(actor, 'report.read')})`;
/** Time from registration to solution in seconds, without the pauses of its clock; over `ticket t`. */
export const solving = sql`greatest(0, extract(epoch from t.resolved_at - t.created_at) - coalesce((select max(p.seconds) from deadline d cross join lateral (select sum((o ->> 'to')::double precision - (o ->> 'from')::double precision) / 1000 as seconds from jsonb_array_elements(d.pauses) o) p where d.subject_id = t.id and d.kind = 'resolve'), 0))`;
/** The rating of a ticket on 0–100; over `ticket t`. */
export const rating = sql`(select max(s.csat) from survey s where s.ticket_id = t.id and s.state <> 'cancelled')`;
export const marks = join(
  Object.entries(markSql).map(([key, mark]) => sql`${mark} as ${unsafeText(key)}`),
  ', ',
);

const ofTickets = (tx: Tx, actor: Actor, [a, b]: readonly Date[], groupId: string | null) =>
  tx.all(sql<Counted>`
    select x.month, x.group_id, g.name, ${share('kept', 'decided')} as "slaHitRate", ${share('satisfied', 'rated')} as csat, ${mean('csat', 'rated')} as "csatMean", jsonb_build_array(count(*) filter (where asked and rated), count(*) filter (where asked)) as "surveyResponseRate", ${share('reopened', 'resolved')} as "reopenRate", ${share('first_contact', 'resolved')} as "firstContactResolution",
      ${mean('solving / 3600', 'solved')} as "meanTimeToResolve", ${mean('complaining / 3600', 'complaint_closed')} as "averageComplaintTime", ${share('complaint_again', 'complaint')} as "complaintRecurrenceRate", ${mean('soothed', 'complaint and soothed is not null')} as "complaintCsat"
    from (
      select ${monthOf('t.created_at')} as month, t.group_id, ${marks}, ${rating} as csat, exists (select 1 from survey s where s.ticket_id = t.id and s.state in ('sent', 'answered', 'expired')) as asked, ${solving} as solving, extract(epoch from t.closed_at - t.created_at) as complaining,
        case when t.is_complaint then coalesce(${rating}, (select (r.data ->> 'score')::double precision from record r where r.ticket_id = t.id and r.kind = 'complaint_result' order by r.created_at desc, r.id desc limit 1)) end as soothed
      from ticket t where t.created_at >= ${a} and t.created_at < ${b} and (${groupId}::uuid is null or t.group_id = ${groupId}::uuid) and ${reported(actor)}) x
    left join skill_group g on g.id = x.group_id group by x.month, x.group_id, g.name`);

const ofTalks = (tx: Tx, actor: Actor, [a, b]: readonly Date[], groupId: string | null) =>
  tx.all(sql<Counted>`
    select x.month, x.group_id, g.name, ${mean('waited / 60', 'true')} as "firstResponseTime"
    from (
      select ${monthOf('v.queued_at')} as month, v.group_id, extract(epoch from v.first_reply_at - v.queued_at) as waited
      from conversation v where v.queued_at >= ${a} and v.queued_at < ${b} and v.first_reply_at is not null and (${groupId}::uuid is null or v.group_id = ${groupId}::uuid) and ${talked(actor)}) x
    left join skill_group g on g.id = x.group_id group by x.month, x.group_id, g.name`);

/** Web chats by the month they began; what self-service solved never was in a queue. */
const ofChats = (tx: Tx, actor: Actor, [a, b]: readonly Date[], groupId: string | null) =>
  tx.all(sql<Counted>`
    select x.month, x.group_id, g.name, jsonb_build_array(count(*) filter (where self_served), count(*)) as "deflectionRate"
    from (
      select ${monthOf('v.opened_at')} as month, v.group_id, v.close_reason is not distinct from 'self_served' as self_served
      from conversation v where v.opened_at >= ${a} and v.opened_at < ${b} and v.channel_kind = 'webchat' and (${groupId}::uuid is null or v.group_id = ${groupId}::uuid) and ${talked(actor)}) x
    left join skill_group g on g.id = x.group_id group by x.month, x.group_id, g.name`);

/**
 * Figures of customers are counted anew for each window, since one customer of two months is one customer of both. One
 * row a window, in their order. An order without a customer is nobody's; a cancelled one is none.
 */
const ofOrders = (
  tx: Tx,
  actor: Actor,
  spans: readonly Months[],
  now: number,
  groupId: string | null,
): Promise<Partial<Record<FigureKey, Pair>>[]> => {
  const windows = spans.map(({ from, to }, n) => ({ n, a: `${from}-01`, b: `${nextMonth(to)}-01` }));
  const rows = (kind: string) =>
    sql`select r.customer_id, r.day, r.data, r.created_at, r.id from record r where r.kind = ${kind} and r.state is distinct from 'cancelled' and (${groupId}::uuid is null or r.group_id = ${groupId}::uuid) and ${mayReach(actor, 'record.read')} and ${mayReach(actor, 'report.read')} and ${notAccused(actor)}`;
  return tx.all(sql`
    with o as (${rows('order')}), l as (${rows('lead')}), s as (${rows('order_survey')}), f as (select distinct on (customer_id) customer_id, id, day from o where customer_id is not null order by customer_id, day, created_at, id)
    select
      (select jsonb_build_array(count(*) filter (where bought), count(*)) from (select exists (select 1 from o where o.customer_id = l.customer_id and o.day >= min(l.day) and o.day < w.b) as bought from l where l.customer_id is not null and l.day >= w.a and l.day < w.b group by l.customer_id) x) as "enquiryConversionRate",
      (select jsonb_build_array(count(*) filter (where n >= 2), count(*)) from (select count(*) as n from o where o.customer_id is not null and o.day >= w.a and o.day < w.b group by o.customer_id) x) as "repurchaseRate",
      (select jsonb_build_array(count(*) filter (where exists (select 1 from o where o.customer_id = f.customer_id and o.id <> f.id and o.day <= f.day + 30)), count(*)) from f where f.day >= w.a and f.day < w.b and f.day + 30 <= (${new Date(now)}::timestamptz at time zone 'Asia/Shanghai')::date) as "newCustomerRepurchase",
      (select jsonb_build_array(coalesce(sum((s.data ->> 'score')::double precision), 0), count(*)) from s where s.day >= w.a and s.day < w.b and s.data ? 'score') as "orderCsat"
    from jsonb_to_recordset(${JSON.stringify(windows)}::jsonb) as w(n int, a date, b date) order by w.n`);
};

const countOf = (pairs: readonly (Pair | undefined)[]) => ({
  numerator: pairs.reduce((sum, one) => sum + (one?.[0] ?? 0), 0),
  denominator: pairs.reduce((sum, one) => sum + (one?.[1] ?? 0), 0),
});

/** At most three years: each month is a line of the answer. */
const mostMonths = 36;
export const checkPeriod = ({ from, to }: Period): string[] => {
  const months = from <= to ? monthsOf(from, to) : [];
  if (months.length === 0 || months.length > mostMonths)
    throw faulty('/to', 'OUT_OF_RANGE', { limit: `${from} … +${mostMonths}` });
  return months;
};

/** What is counted of customers and their orders; the first response is of talks, all others of tickets. */
const customerFigures: readonly FigureKey[] = [
  'enquiryConversionRate',
  'repurchaseRate',
  'newCustomerRepurchase',
  'orderCsat',
];

/** One figure over several windows: one statement, however many there are. */
export const countWindows = async (
  tx: Tx,
  actor: Actor,
  now: number,
  { figure, groupId }: { figure: FigureKey; groupId: string | null },
  windows: readonly Months[],
): Promise<{ numerator: number; denominator: number }[]> => {
  if (customerFigures.includes(figure))
    return (await ofOrders(tx, actor, windows, now, groupId)).map((row) => countOf([row[figure]]));
  const of = figure === 'firstResponseTime' ? ofTalks : figure === 'deflectionRate' ? ofChats : ofTickets;
  const [first, last] = [
    windows.map(({ from }) => from).toSorted()[0]!,
    windows
      .map(({ to }) => to)
      .toSorted()
      .at(-1)!,
  ];
  const rows = await of(tx, actor, [startOf(first), startOf(nextMonth(last))], groupId);
  return windows.map(({ from, to }) =>
    countOf(rows.filter(({ month }) => from <= month && month <= to).map((row) => row[figure])),
  );
};

/** Every figure of the glossary that our data carries, by month and by group. */
export const countFigures = async (
  tx: Tx,
  actor: Actor,
  period: Period,
  now: number,
): Promise<FigureView[]> => {
  const months = checkPeriod(period);
  const groupId = period.groupId ?? null;
  const span = [startOf(period.from), startOf(nextMonth(period.to))];
  const [tickets, talks, chats, orders] = await Promise.all([
    ofTickets(tx, actor, span, groupId),
    ofTalks(tx, actor, span, groupId),
    ofChats(tx, actor, span, groupId),
    ofOrders(tx, actor, [period, ...months.map((month) => ({ from: month, to: month }))], now, groupId),
  ]);
  const sums = [...tickets, ...talks, ...chats];
  const groups = [...new Map(sums.map(({ group_id, name }) => [group_id, name]))].toSorted((a, b) =>
    (a[1] ?? '').localeCompare(b[1] ?? ''),
  );
  return figureKeys.map((key) => {
    const whole = orders[0]![key];
    const counted = sums.filter((row) => row[key]);
    const of = (rows: readonly Counted[]) => countOf(rows.map((row) => row[key]));
    return {
      key,
      total: whole ? countOf([whole]) : of(counted),
      months: months.map((month, i) => ({
        month,
        ...(whole ? countOf([orders[i + 1]![key]]) : of(counted.filter((row) => row.month === month))),
      })),
      groups: whole
        ? []
        : groups
            .map(([id, name]) => ({
              groupId: id,
              name,
              total: of(counted.filter((row) => row.group_id === id)),
            }))
            .filter(({ total }) => total.denominator > 0),
    };
  });
};
