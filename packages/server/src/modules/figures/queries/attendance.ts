/** 考勤: when people signed in and out, and how long they were there, from the changes of their own state (SD3u-07). */
import type { AttendanceView } from '#contracts/routes/figures.ts';
import type { Actor } from '#kernel/actor.ts';
import { scopeSql } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';

type Row = {
  id: string;
  name: string;
  staff_no: string;
  day: string;
  first: number | null;
  last: number | null;
  there: boolean;
  online: number;
  away: number;
  busy: number;
};
const dayMs = 86_400_000;
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/**
 * Each person whose reports one reads on each local day of a stretch, both ends included; who never signed in has no times.
 * A state that goes on over midnight counts to both days; today ends now. Of what was before the stretch only the last
 * change is read, however many years there are.
 */
export const attendance = async (
  centre: Centre,
  actor: Actor,
  { from, to, groupId = null }: { from: string; to: string; groupId?: string | null },
): Promise<AttendanceView[]> => {
  const now = new Date(centre.clock.now());
  const [a, b] = [new Date(`${from}T00:00:00+08:00`), new Date(Date.parse(`${to}T00:00:00+08:00`) + dayMs)];
  const people = scopeSql(actor, 'report.read', {
    owners: ['u.id'],
    group: 'gm.group_id',
    channel: 'gm.group_id',
  });
  const minutes = sql`extract(epoch from s.til - s.since) / 60`;
  const rows = await centre.db.all(sql<Row>`
    with who as (
      select u.id, u.name, u.staff_no from app_user u
      where u.status = 'active' and exists (select 1 from group_member gm where gm.user_id = u.id and (${groupId}::uuid is null or gm.group_id = ${groupId}::uuid) and ${people})
    ), day as (
      select d::timestamptz as begins, d::timestamptz + interval '1 day' as ends, to_char(d at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as name from generate_series(${a}::timestamptz, ${b}::timestamptz - interval '1 day', interval '1 day') d where d <= ${now}
    ), change as (
      select c.id, c.at, c.state, lead(c.at) over (partition by c.id order by c.at, c.event) as til
      from who w cross join lateral (
        select e.subject_id as id, e.id as event, e.at, e.data ->> 'to' as state from event e where e.subject_id = w.id and e.type = 'presence.changed' and e.at >= ${a} and e.at < ${b}
        union all (select e.subject_id, e.id, e.at, e.data ->> 'to' from event e where e.subject_id = w.id and e.type = 'presence.changed' and e.at < ${a} order by e.at desc, e.id desc limit 1)) c
    ), s as (
      select c.id, d.name as day, c.state, greatest(c.at, d.begins) as since, least(coalesce(c.til, ${now}), d.ends) as til, c.til is null and d.ends > ${now} as goes_on
      from change c join day d on c.at < d.ends and coalesce(c.til, ${now}) > d.begins and c.state <> 'offline'
    )
    select w.id, w.name, w.staff_no, d.name as day, min(s.since) as first, max(s.til) as last, coalesce(bool_or(s.goes_on), false) as there,
      coalesce(round(sum(${minutes})), 0)::int as online, coalesce(round(sum(${minutes}) filter (where s.state = 'on_break')), 0)::int as away, coalesce(round(sum(${minutes}) filter (where s.state in ('not_ready', 'training', 'meeting'))), 0)::int as busy
    from who w cross join day d left join s on s.id = w.id and s.day = d.name
    group by w.id, w.name, w.staff_no, d.name order by d.name, w.staff_no`);
  return rows.map((row) => ({
    userId: row.id,
    name: row.name,
    staffNo: row.staff_no,
    day: row.day,
    signedInAt: iso(row.first),
    signedOutAt: row.there ? null : iso(row.last),
    there: row.there,
    onlineMinutes: row.online,
    breakMinutes: row.away,
    notReadyMinutes: row.busy,
  }));
};
