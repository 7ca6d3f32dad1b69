import type { AgentCardView } from '#contracts/routes/figures.ts';
import { scoreOf } from '#contracts/figures.ts';
import type { ScorecardPart } from '#contracts/figures.ts';
import type { Actor } from '#kernel/actor.ts';
import { scopeOf } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import { businessDaysBetween } from '#modules/calendar/index.ts';
import { setting } from '#modules/settings/index.ts';
import { nextMonth, pointsOf, startOf } from '../rules.ts';
import { checkPeriod, marks, rating, reported } from './figures.ts';
import type { Period } from './figures.ts';

type Row = {
  id: string;
  name: string;
  staff_no: string;
  volume: number;
  days: number;
  posted: number;
  flagged: number;
} & Record<'sla' | 'first' | 'csat' | 'waited', number | null>;

const percent = (value: number | null) => (value === null ? null : value * 100);

/** What each person did in a month, on 0–100, and the total by the weights in force (SD3n-05). */
export const scorecard = async (
  centre: Centre,
  actor: Actor,
  { month, groupId = null }: { month: string; groupId?: string | null },
): Promise<AgentCardView[]> => {
  const now = centre.clock.now();
  const [a, b] = [startOf(month), startOf(nextMonth(month))];
  const mine = scopeOf(actor, 'report.read') === 'all' ? null : actor.groupIds;
  const [rows, weights, workdays] = await Promise.all([
    centre.db.all(sql<Row>`
      with x as (select t.assignee_id, ${marks}, ${rating} as csat from ticket t where t.created_at >= ${a} and t.created_at < ${b} and t.assignee_id is not null and ${reported(actor)})
      select u.id, u.name, u.staff_no,
        (select count(*)::int from x where x.assignee_id = u.id and x.resolved) + (select count(*)::int from conversation v where v.agent_id = u.id and v.queued_at >= ${a} and v.queued_at < ${b} and v.first_reply_at is not null) as volume,
        (select avg(x.kept::int) from x where x.assignee_id = u.id and x.decided) as sla, (select avg(x.first_contact::int) from x where x.assignee_id = u.id and x.resolved) as first, (select avg(x.csat) from x where x.assignee_id = u.id and x.rated) as csat,
        (select avg(extract(epoch from v.first_reply_at - v.queued_at)) / 60 from conversation v where v.agent_id = u.id and v.queued_at >= ${a} and v.queued_at < ${b} and v.first_reply_at is not null) as waited,
        (select count(*)::int from message m where m.author_id = u.id and m.author_kind = 'agent' and m.visibility = 'public' and not m.automatic and m.at >= ${a} and m.at < ${b}) as posted,
        (select count(distinct h.message_id)::int from wording_hit h where h.user_id = u.id and h.at >= ${a} and h.at < ${b}) as flagged,
        (select count(distinct (e.at at time zone 'Asia/Shanghai')::date)::int from event e where e.subject_id = u.id and e.type = 'presence.changed' and e.at >= ${a} and e.at < ${b}) as days
      from app_user u where u.status = 'active' and exists (select 1 from group_member gm where gm.user_id = u.id and (${groupId}::uuid is null or gm.group_id = ${groupId}::uuid) and (${mine}::uuid[] is null or gm.group_id = any(${mine}::uuid[]))) order by u.staff_no`),
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
