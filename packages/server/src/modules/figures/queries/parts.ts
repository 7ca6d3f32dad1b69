import type { ResponseOf } from '#contracts/route.ts';
import type { getFigureParts, partings } from '#contracts/routes/figures.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { nextMonth, startOf } from '../rules.ts';
import { checkPeriod, reported, talked } from './figures.ts';
import type { Period } from './figures.ts';

type By = (typeof partings)[number];
type Parts = ResponseOf<typeof getFigureParts>['items'];

/** What tells the rows of a talk and of a ticket apart; weeks begin on Monday in the centre's zone. */
const keyOf: Record<By, { talk: string; ticket: string }> = {
  channel: { talk: 'v.channel_kind', ticket: 't.channel' },
  agent: { talk: "coalesce(v.agent_id::text, '')", ticket: "coalesce(t.assignee_id::text, '')" },
  week: {
    talk: "to_char(date_trunc('week', v.queued_at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD')",
    ticket: "to_char(date_trunc('week', t.created_at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD')",
  },
};

/** SD2-23: first response and resolution by channel, person or week. A cancelled or merged ticket is none. */
export const figureParts = async (
  tx: Tx,
  actor: Actor,
  { by, ...period }: Period & { by: By },
): Promise<Parts> => {
  checkPeriod(period);
  const [a, b, groupId] = [startOf(period.from), startOf(nextMonth(period.to)), period.groupId ?? null];
  const rows = await tx.all(sql<{
    key: string;
    name: string | null;
    waited: number;
    answered: number;
    solved: number;
    received: number;
  }>`
    select x.key, u.name, coalesce(sum(x.waited), 0)::double precision as waited, count(x.waited)::int as answered, count(*) filter (where x.solved)::int as solved, count(x.solved)::int as received
    from (
      select ${unsafeText(keyOf[by].talk)} as key, extract(epoch from v.first_reply_at - v.queued_at) / 60 as waited, null::boolean as solved
        from conversation v where v.queued_at >= ${a} and v.queued_at < ${b} and v.first_reply_at is not null and (${groupId}::uuid is null or v.group_id = ${groupId}::uuid) and ${talked(actor)}
      union all
      select ${unsafeText(keyOf[by].ticket)}, null, t.resolved_at is not null
        from ticket t where t.created_at >= ${a} and t.created_at < ${b} and t.status <> 'cancelled' and t.merged_into is null and (${groupId}::uuid is null or t.group_id = ${groupId}::uuid) and ${reported(actor)}) x
    left join app_user u on u.id::text = x.key group by x.key, u.name order by ${by === 'week' ? sql`x.key desc` : sql`count(*) desc, x.key`}`);
  return rows.map(({ key, name, waited, answered, solved, received }) => ({
    key,
    name,
    response: { numerator: waited, denominator: answered },
    resolution: { numerator: solved, denominator: received },
  }));
};
