import type { AgentCardView } from '#contracts/routes/figures.ts';
import { scoreOf } from '#contracts/figures.ts';
import type { ScorecardPart } from '#contracts/figures.ts';
import type { Actor } from '#kernel/actor.ts';
import { scopeSql } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import { businessDaysBetween } from '#modules/calendar/index.ts';
import { setting } from '#modules/settings/index.ts';
import { nextMonth, pointsOf, startOf } from '../rules.ts';
import { checkPeriod, marks, rating, reported, talked } from './figures.ts';
import type { Period } from './figures.ts';

type Row = {
  id: string;
  name: string;
  staff_no: string;
  volume: number;
  days: number;
  posted: number;
  flagged: number;
} & Record<'sla' | 'first' | 'csat' | 'waited' | 'qa', number | null>;

/** The local day of an instant that begins a month. */
const dayAt = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const percent = (value: number | null) => (value === null ? null : value * 100);

/** What each person did in a month, on 0–100, and the total by the weights in force (SD3n-05). */
export const scorecard = async (
  centre: Centre,
  actor: Actor,
  { month, groupId = null }: { month: string; groupId?: string | null },
): Promise<AgentCardView[]> => {
  const now = centre.clock.now();
  const [a, b] = [startOf(month), startOf(nextMonth(month))];
  const people = scopeSql(actor, 'report.read', {
    owners: ['u.id'],
    group: 'gm.group_id',
    channel: 'gm.group_id',
  });
  const [rows, weights, workdays] = await Promise.all([
    centre.db.all(sql<Row>`
      with x as (
        select t.assignee_id as id, ${marks}, ${rating} as csat from ticket t where t.created_at >= ${a} and t.created_at < ${b} and t.assignee_id is not null and ${reported(actor)}
      ), worked as (
        select x.id, count(*) filter (where x.resolved) as solved, avg(x.kept::int) filter (where x.decided) as sla, avg(x.first_contact::int) filter (where x.resolved) as first, avg(x.csat) filter (where x.rated) as csat from x group by x.id
      ), talks as (
        select v.agent_id as id, count(*) as answered, avg(extract(epoch from v.first_reply_at - v.queued_at)) / 60 as waited from conversation v where v.queued_at >= ${a} and v.queued_at < ${b} and v.first_reply_at is not null and ${talked(actor)} group by v.agent_id
      ), posts as (
        select m.author_id as id, count(*) as posted from message m where m.at >= ${a} and m.at < ${b} and m.author_kind = 'agent' and m.visibility = 'public' and not m.automatic group by m.author_id
      ), checks as (
        select r.data ->> (k.definition ->> 'personal') as id, avg((r.data ->> (k.definition -> 'score' ->> 'into'))::double precision) as qa
        from record_kind k join record r on r.kind = k.key
        where k.definition ? 'score' and k.definition ? 'personal' and r.day >= ${dayAt(a)}::date and r.day < ${dayAt(b)}::date and r.state is distinct from (k.definition -> 'states' -> 0 ->> 'key')
        group by 1
      ), hits as (
        select h.user_id as id, count(distinct h.message_id) as flagged from wording_hit h where h.at >= ${a} and h.at < ${b} group by h.user_id
      )
      select u.id, u.name, u.staff_no, (coalesce(w.solved, 0) + coalesce(k.answered, 0))::int as volume, w.sla, w.first, w.csat, k.waited::double precision as waited, q.qa, coalesce(p.posted, 0)::int as posted, coalesce(h.flagged, 0)::int as flagged,
        (select count(distinct (e.at at time zone 'Asia/Shanghai')::date)::int from event e where e.subject_id = u.id and e.type = 'presence.changed' and e.at >= ${a} and e.at < ${b}) as days
      from app_user u left join worked w on w.id = u.id left join talks k on k.id = u.id left join posts p on p.id = u.id left join hits h on h.id = u.id left join checks q on q.id = u.id::text
      where u.status = 'active' and exists (select 1 from group_member gm where gm.user_id = u.id and (${groupId}::uuid is null or gm.group_id = ${groupId}::uuid) and ${people}) order by u.staff_no`),
    setting(centre.db, 'scorecard'),
    businessDaysBetween(centre, null, a.getTime(), Math.min(now, b.getTime())),
  ]);
  const busiest = Math.max(0, ...rows.map(({ volume }) => volume));
  return rows.map((row) => {
    const facts: AgentCardView['facts'] = {
      volume: row.volume,
      slaHitRate: percent(row.sla),
      firstResponseTime: row.waited,
      firstContactResolution: percent(row.first),
      csatMean: row.csat,
      qaScore: row.qa,
      quality: row.posted === 0 ? null : percent(1 - row.flagged / row.posted),
      attendance: workdays <= 0 ? null : Math.min(100, (row.days / Math.ceil(workdays)) * 100),
    };
    const points = pointsOf(facts, busiest) as Record<ScorecardPart, number | null>;
    return {
      userId: row.id,
      name: row.name,
      staffNo: row.staff_no,
      facts,
      points,
      score: scoreOf(weights, points),
    };
  });
};
/** Tickets received by weekday, hour and top category (SD3m-01). */
export const enquiryHours = async (centre: Centre, actor: Actor, period: Period) => {
  checkPeriod(period);
  const groupId = period.groupId ?? null;
  const cells = await centre.db.all(sql<{
    weekday: number;
    hour: number;
    category: string;
    count: number;
  }>`
    select extract(isodow from x.at)::int as weekday, extract(hour from x.at)::int as hour, x.category, count(*)::int as count
    from (select t.created_at at time zone 'Asia/Shanghai' as at, split_part(t.category, '.', 1) as category from ticket t where t.created_at >= ${startOf(period.from)} and t.created_at < ${startOf(nextMonth(period.to))} and (${groupId}::uuid is null or t.group_id = ${groupId}::uuid) and ${reported(actor)}) x
    group by 1, 2, 3 order by 1, 2, 3`);
  return { total: cells.reduce((sum, { count }) => sum + count, 0), cells };
};
