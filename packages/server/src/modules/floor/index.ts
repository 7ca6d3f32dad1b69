/** 班组现场: queue, people, breaches and the day, in one answer that matches what the lists show. */
import * as contract from '#contracts/routes/floor.ts';
import type { Locale } from '#contracts/errors.ts';
import type { FloorView } from '#contracts/routes/floor.ts';
import type { DeadlineKind, Priority } from '#contracts/words.ts';
import type { Actor } from '#kernel/actor.ts';
import { inScope, scopeOf } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { notFound } from '#kernel/problem.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import { mayReadTalk } from '#modules/conversations/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import { unacknowledged } from '#modules/notices/index.ts';
import { mayReadTask } from '#modules/tasks/index.ts';
import { mayRead } from '#modules/tickets/index.ts';
import { tiersSince } from './tiers.ts';

const zoneOffsetMs = 8 * 3_600_000;
/** The centre's day begins at midnight in Shanghai, which has had no clock changes since 1991. */
export const dayStart = (now: number) =>
  Math.floor((now + zoneOffsetMs) / 86_400_000) * 86_400_000 - zoneOffsetMs;
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

type AgentRow = {
  id: string;
  name: string;
  staff_no: string;
  groups: string[];
  state: FloorView['agents'][number]['state'] | null;
  reason: string | null;
  since: number | null;
  seen_at: number | null;
  load: number;
  max: number;
  offered: number;
  open_tickets: number;
  breached: number;
};
type BreachRow = {
  deadline_id: string;
  ticket_id: string | null;
  conversation_id: string | null;
  task_id: string | null;
  record_id: string | null;
  record_kind: string | null;
  number: string;
  subject: string;
  kind: DeadlineKind;
  priority: Priority | null;
  due_at: number;
  breached: boolean;
  assignee: string | null;
  group_name: string | null;
  status: FloorView['breaches'][number]['status'];
  level: number;
};

export const floorNow = async (centre: Centre, actor: Actor, locale: Locale): Promise<FloorView> => {
  const english = locale === 'en';
  const named = (group: 'g' | 'tg' | 'vg' | 'kg') =>
    unsafeText(english ? `coalesce(nullif(${group}.name_en, ''), ${group}.name)` : `${group}.name`);
  const now = centre.clock.now();
  const from = new Date(dayStart(now));
  const { offerSeconds } = await settingCached(centre.db, 'routing', now);
  const whole = scopeOf(actor, 'floor.read') === 'all';
  const groupIds = whole ? null : actor.groupIds;
  const mine = sql`(${groupIds}::uuid[] is null or g.id = any(${groupIds}::uuid[]))`;
  const tickets = mayRead(actor);
  const talks = mayReadTalk(actor);
  const todo = mayReadTask(actor);
  const [queue, agents, breaches, soon, day, hours, rated, alerts] = await Promise.all([
    centre.db.all(sql<{
      id: string;
      name: string;
      waiting: number;
      offered: number;
      longest: number | null;
      ready: number;
      online: number;
      load: number;
      capacity: number;
      pool: number;
    }>`
      select g.id, ${named('g')} as name, (select count(*)::int from conversation v where v.group_id = g.id and v.state = 'queued') as waiting, (select count(*)::int from conversation v where v.group_id = g.id and v.state = 'offered') as offered, (select min(v.queued_at) from conversation v where v.group_id = g.id and v.state in ('queued', 'offered')) as longest,
        (select count(*)::int from group_member m join presence p on p.user_id = m.user_id where m.group_id = g.id and p.state = 'ready') as ready, (select count(*)::int from group_member m join presence p on p.user_id = m.user_id where m.group_id = g.id and p.state <> 'offline') as online,
        (select count(*)::int from conversation v where v.group_id = g.id and v.state = 'active' and v.channel_kind = 'webchat') as load, coalesce((select sum(u.max_chats)::int from group_member m join presence p on p.user_id = m.user_id and p.state = 'ready' join app_user u on u.id = m.user_id where m.group_id = g.id), 0) as capacity,
        (select count(*)::int from ticket t where t.group_id = g.id and t.status = 'pooled') as pool
      from skill_group g where ${mine} order by g.key`),
    centre.db.all(sql<AgentRow>`
      select u.id, u.name, u.staff_no, array_agg(distinct ${named('g')}) as groups, p.state, p.reason, p.since, p.seen_at, u.max_chats as max, (select count(*)::int from conversation v where v.agent_id = u.id and v.state = 'active' and v.channel_kind = 'webchat') as load, (select count(*)::int from conversation v where v.offered_to = u.id and v.state = 'offered') as offered,
        (select count(*)::int from ticket t where t.assignee_id = u.id and t.status not in ('closed', 'archived', 'cancelled')) as open_tickets, (select count(*)::int from ticket t where t.assignee_id = u.id and t.status not in ('closed', 'archived', 'cancelled') and t.next_due_state = 'breached') as breached
      from app_user u join group_member m on m.user_id = u.id join skill_group g on g.id = m.group_id left join presence p on p.user_id = u.id where u.status = 'active' and ${mine} group by u.id, p.state, p.reason, p.since, p.seen_at order by (p.state = 'offline'), u.staff_no`),
    centre.db.all(sql<BreachRow>`
      select d.id as deadline_id, coalesce(t.id, kt.id) as ticket_id, coalesce(v.id, k.conversation_id) as conversation_id, k.id as task_id, k.record_id, kr.kind as record_kind, coalesce(t.number, kt.number, kr.number, case when k.id is null then ${english ? 'Conversation' : '会话'} else ${english ? 'To do' : '待办'} end) as number,
        coalesce(t.subject, v.subject, concat_ws(${english ? ' · ' : '　'}, k.title ->> ${english ? 'en' : 'zh'}, coalesce(kt.subject, kr.title, kc.name))) as subject, d.kind, coalesce(t.priority, kt.priority) as priority, d.due_at, d.state = 'breached' as breached, coalesce(ta.name, va.name, ka.name) as assignee, coalesce(${named('tg')}, ${named('vg')}, ${named('kg')}) as group_name, t.status, coalesce(t.escalation_level, kt.escalation_level, 0) as level
      from deadline d left join ticket t on t.id = d.subject_id left join conversation v on v.id = d.subject_id left join app_user ta on ta.id = t.assignee_id left join app_user va on va.id = v.agent_id left join skill_group tg on tg.id = t.group_id left join skill_group vg on vg.id = v.group_id
        left join task k on k.id = d.subject_id left join ticket kt on kt.id = k.ticket_id left join record kr on kr.id = k.record_id left join customer kc on kc.id = k.customer_id left join app_user ka on ka.id = k.assignee_id left join skill_group kg on kg.id = k.group_id
      where (d.state = 'breached' or (d.state = 'running' and d.warned_at is not null)) and d.due_at is not null
        and ((t.id is not null and ${tickets} and t.status not in ('closed', 'archived', 'cancelled')) or (v.id is not null and ${talks} and v.state not in ('closed', 'offline_message')) or (k.id is not null and k.state = 'open' and not k.system and ${todo}))
      order by d.state = 'breached' desc, coalesce(t.priority, kt.priority) nulls last, d.due_at limit 200`),
    centre.db.one(
      sql<{
        n: number;
      }>`select count(*)::int as n from ticket t where ${tickets} and t.next_due_state in ('running', 'warned') and t.next_due_at between ${new Date(now)} and ${new Date(now + 1_800_000)} and t.status not in ('closed', 'archived', 'cancelled')`,
    ),
    centre.db.one(sql<{
      conversations: number;
      answered: number;
      in_time: number;
      wait: number | null;
      abandoned: number;
      opened: number;
      resolved: number;
      closed: number;
      breached: number;
    }>`
      select (select count(*)::int from conversation v where v.queued_at >= ${from} and ${talks}) as conversations, (select count(*)::int from conversation v where v.queued_at >= ${from} and v.first_reply_at is not null and ${talks}) as answered,
        (select count(*)::int from conversation v where v.queued_at >= ${from} and v.first_reply_at <= v.queued_at + make_interval(secs => ${offerSeconds}) and ${talks}) as in_time, (select extract(epoch from avg(v.accepted_at - v.queued_at)) from conversation v where v.queued_at >= ${from} and v.accepted_at is not null and ${talks}) as wait,
        (select count(*)::int from conversation v where v.queued_at >= ${from} and v.close_reason in ('queue_abandoned', 'queue_timeout') and ${talks}) as abandoned, (select count(*)::int from ticket t where t.created_at >= ${from} and ${tickets}) as opened,
        (select count(*)::int from ticket t where t.resolved_at >= ${from} and ${tickets}) as resolved, (select count(*)::int from ticket t where t.closed_at >= ${from} and ${tickets}) as closed,
        (select count(*)::int from deadline d join ticket t on t.id = d.subject_id where d.breached_at >= ${from} and ${tickets}) as breached`),
    centre.db.all(sql<{ hour: number; opened: number; resolved: number; breached: number }>`
      select h.hour, (select count(*)::int from ticket t where t.created_at >= h.a and t.created_at < h.b and ${tickets}) as opened, (select count(*)::int from ticket t where t.resolved_at >= h.a and t.resolved_at < h.b and ${tickets}) as resolved,
        (select count(*)::int from deadline d join ticket t on t.id = d.subject_id where d.breached_at >= h.a and d.breached_at < h.b and ${tickets}) as breached
      from (select n as hour, ${from}::timestamptz + make_interval(hours => n) as a, ${from}::timestamptz + make_interval(hours => n + 1) as b from generate_series(0, ${Math.floor((now - dayStart(now)) / 3_600_000)}::int) n) h order by h.hour`),
    centre.db.one(
      sql<{
        n: number;
        mean: number | null;
      }>`select count(*)::int as n, avg(s.csat)::float as mean from survey s join ticket t on t.id = s.ticket_id where s.answered_at >= ${from} and ${tickets}`,
    ),
    unacknowledged(centre, actor),
  ]);
  const connected = centre.bus.connectedUsers();
  return {
    serverTime: new Date(now).toISOString(),
    queue: queue.map((row) => ({
      groupId: row.id,
      name: row.name,
      waiting: row.waiting,
      offered: row.offered,
      longestSince: iso(row.longest),
      ready: row.ready,
      online: row.online,
      load: row.load,
      capacity: row.capacity,
      pool: row.pool,
    })),
    agents: agents.map((row) => ({
      id: row.id,
      name: row.name,
      staffNo: row.staff_no,
      groups: row.groups,
      state: row.state ?? 'offline',
      reason: row.reason,
      since: iso(row.since ?? now)!,
      connected: connected.has(row.id) || (row.seen_at !== null && row.seen_at > now - 30_000),
      load: row.load,
      max: row.max,
      offered: row.offered,
      openTickets: row.open_tickets,
      breached: row.breached,
    })),
    breaches: breaches.map((row) => ({
      deadlineId: row.deadline_id,
      ticketId: row.ticket_id,
      conversationId: row.conversation_id,
      taskId: row.task_id,
      recordId: row.record_id,
      recordKind: row.record_kind,
      number: row.number,
      subject: row.subject,
      kind: row.kind,
      priority: row.priority,
      dueAt: iso(row.due_at)!,
      state: row.breached ? 'breached' : 'warned',
      assigneeName: row.assignee,
      groupName: row.group_name,
      status: row.status,
      escalationLevel: row.level,
    })),
    dueSoon: soon.n,
    today: {
      conversations: day.conversations,
      answered: day.answered,
      answeredIn: day.in_time,
      answerSeconds: offerSeconds,
      serviceLevel: day.conversations === 0 ? null : day.in_time / day.conversations,
      averageWaitSeconds: day.wait,
      abandoned: day.abandoned,
      opened: day.opened,
      resolved: day.resolved,
      closed: day.closed,
      breached: day.breached,
      csat: rated.mean,
      rated: rated.n,
    },
    hours: hours.map((row) => ({
      hour: `${String(row.hour).padStart(2, '0')}:00`,
      opened: row.opened,
      resolved: row.resolved,
      breached: row.breached,
    })),
    alerts,
  };
};

export const floor: Part = {
  name: 'floor',
  routes: [
    answer(contract.getFloor, ({ centre, actor, locale }) => floorNow(centre, actor, locale)),
    answer(contract.forcePresence, async ({ centre, actor, params, body }) => {
      const groups = await centre.db.all(
        sql<{ group_id: string }>`select group_id from group_member where user_id = ${params.id}::uuid`,
      );
      if (!groups.some(({ group_id }) => inScope(actor, 'floor.control', { owners: [], groupId: group_id })))
        throw notFound();
      await send(
        centre,
        setPresence,
        { userId: params.id, state: body.state, reason: body.reason, forced: true },
        actor,
      );
      return { ok: true };
    }),
    answer(contract.tiersToday, ({ centre, actor }) =>
      tiersSince(centre, actor, new Date(dayStart(centre.clock.now()))),
    ),
    answer(contract.breachesToday, async ({ centre, actor }) => {
      const from = new Date(dayStart(centre.clock.now()));
      const tickets = mayRead(actor);
      const talks = mayReadTalk(actor);
      const todo = mayReadTask(actor);
      return {
        items: await centre.db.all(sql<{
          kind: DeadlineKind;
          priority: Priority | null;
          breached: number;
          met: number;
          running: number;
        }>`
        select d.kind, coalesce(t.priority, kt.priority) as priority, count(*) filter (where d.breached_at >= ${from})::int as breached, count(*) filter (where d.state = 'met' and d.ended_at >= ${from})::int as met, count(*) filter (where d.state = 'running')::int as running
        from deadline d left join ticket t on t.id = d.subject_id left join conversation v on v.id = d.subject_id left join task k on k.id = d.subject_id left join ticket kt on kt.id = k.ticket_id
        where ((t.id is not null and ${tickets}) or (v.id is not null and ${talks}) or (k.id is not null and not k.system and ${todo})) and (d.breached_at >= ${from} or d.ended_at >= ${from} or d.state = 'running') group by 1, 2 order by 1, 2`),
      };
    }),
  ],
};
