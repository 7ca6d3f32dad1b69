/** SD3i-03: how much of the day the first tier solved, and how much it passed on to the second. */
import type { TiersView } from '#contracts/routes/floor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';
import { mayReadTalk } from '#modules/conversations/index.ts';
import { mayRead } from '#modules/tickets/index.ts';

/** Passed on: some event of the case moved it from a group of tier 1 to one of tier 2. */
const passed = (id: SqlFragment): SqlFragment => sql`exists (
  select 1 from event e
    join skill_group a on a.id = coalesce(e.data ->> 'fromGroupId', e.data ->> 'from')::uuid and a.tier = 1
    join skill_group b on b.id = coalesce(e.data ->> 'toGroupId', e.data ->> 'groupId')::uuid and b.tier = 2
  where e.subject_id = ${id} and e.type in ('conversation.transferred', 'ticket.routed', 'ticket.escalated'))`;

/** Conversations ended and tickets solved since an instant that the first tier had in hand. */
export const tiersSince = async (centre: Centre, actor: Actor, from: Date): Promise<TiersView> => {
  const talks = mayReadTalk(actor);
  const tickets = mayRead(actor);
  const { configured, taken, up } = await centre.db.one(sql<{
    configured: boolean;
    taken: number;
    up: number;
  }>`
    with cases as (
      select g.tier, ${passed(sql`v.id`)} as up from conversation v left join skill_group g on g.id = v.group_id
        where v.closed_at >= ${from} and v.accepted_at is not null and ${talks}
      union all
      select g.tier, ${passed(sql`t.id`)} as up from ticket t left join skill_group g on g.id = t.group_id
        where t.resolved_at >= ${from} and ${tickets})
    select exists (select 1 from skill_group where tier is not null) as configured,
      count(*) filter (where tier = 1 or up)::int as taken, count(*) filter (where up)::int as up from cases`);
  return {
    configured,
    taken,
    passed: up,
    solved: taken - up,
    rate: taken === 0 ? null : (taken - up) / taken,
  };
};
