/** Surveys: asked once after solving, answered once by the customer or a surveyor. The only door for other modules. */
import * as contract from '#contracts/routes/surveys.ts';
import type { Actor } from '#kernel/actor.ts';
import { scopeSql, systemActor } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { decodeCursor, toPage, rowsFor } from '#kernel/page.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { plugPrivateWords } from '#modules/conversations/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import type { Answer } from './rules.ts';
import { answerByToken, cancel, enterAnswer, plan, sendNow } from './send.ts';
import type { SurveyRow } from './send.ts';
import { hashOf, linkOf } from './token.ts';

export { csatOf } from './rules.ts';
export { sendNow as sendSurvey, enterAnswer as enterSurvey, answerByToken as answerSurvey } from './send.ts';

// Only our own messages count: a visitor chooses the clientId of theirs.
plugPrivateWords((centre, { client_id, author_kind }) =>
  author_kind === 'system' && client_id?.startsWith('survey:')
    ? linkOf(centre.config, client_id.slice(7))
    : undefined,
);

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const tickets = (actor: Actor, permission: 'survey.read' | 'ticket.work') =>
  scopeSql(actor, permission, {
    owners: ['t.assignee_id', 't.accountable_id'],
    group: 't.group_id',
    channel: 't.channel_id',
  });

/** 404 unless the ticket is within the actor's scope of the permission. */
const demandTicket = async (
  { db }: Centre,
  actor: Actor,
  id: string,
  permission: 'survey.read' | 'ticket.work',
): Promise<void> => {
  if (
    !(await db.maybe(
      sql`select 1 from ticket t where t.id = ${id}::uuid and ${tickets(actor, permission)} and ${scopeSql(actor, 'ticket.read', { owners: ['t.assignee_id', 't.accountable_id'], group: 't.group_id', channel: 't.channel_id' })} and t.accused_id::text is distinct from ${actor.id}`,
    ))
  )
    throw notFound();
};

/** The link that a customer who has shown their pass may follow, while the survey is open. */
export const surveyUrl = async (
  { config, clock }: Centre,
  tx: Tx,
  ticketId: string,
): Promise<string | null> => {
  const now = clock.now();
  const row = await tx.maybe(
    sql<{
      id: string;
    }>`select id from survey where ticket_id = ${ticketId}::uuid and state = 'sent' and expires_at > ${new Date(now)}`,
  );
  return row ? linkOf(config, row.id) : null;
};

const missesPerHour = 60;
/** Guessing a 192-bit token is hopeless; whoever tries is stopped all the same, on every node. */
const countMiss = async ({ db, clock }: Centre, ip: string): Promise<never> => {
  const now = clock.now();
  const hour = new Date(now - 3_600_000);
  const { count, since } = await db.one(
    sql<{
      count: number;
      since: number;
    }>`insert into attempt (key, count, since) values (${`survey:${ip}`}, 1, ${new Date(now)}) on conflict (key) do update set count = case when attempt.since < ${hour} then 1 else attempt.count + 1 end, since = case when attempt.since < ${hour} then excluded.since else attempt.since end returning count, since`,
  );
  throw count > missesPerHour
    ? new Problem('RATE_LIMITED', { seconds: Math.max(1, Math.ceil((since + 3_600_000 - now) / 1000)) })
    : notFound();
};

type PublicRow = SurveyRow & {
  number: string;
  subject: string;
  resolved_at: number | null;
  agent: string | null;
};
const publicSurvey = async (centre: Centre, token: string, ip: string) => {
  const row = await centre.db.maybe(
    sql<PublicRow>`select s.id, s.state, s.expires_at, t.number, t.subject, t.resolved_at, u.name as agent from survey s join ticket t on t.id = s.ticket_id left join app_user u on u.id = s.agent_id where s.token_hash = ${hashOf(token)}`,
  );
  if (!row || row.state === 'planned') return countMiss(centre, ip);
  if (row.state !== 'answered' && (row.state !== 'sent' || row.expires_at! <= centre.clock.now()))
    throw new Problem('SURVEY_EXPIRED');
  const { company } = await settingCached(centre.db, 'centre', centre.clock.now());
  return {
    company,
    number: row.number,
    subject: row.subject,
    resolvedAt: iso(row.resolved_at),
    state: row.state === 'answered' ? ('answered' as const) : ('open' as const),
    agentName: row.agent,
  };
};

const ticketSurvey = async (centre: Centre, ticketId: string) => {
  const row = await centre.db.maybe(
    sql<SurveyRow>`select state, sent_at, channel, answered_at, answer, csat, expires_at from survey where ticket_id = ${ticketId}::uuid and state <> 'cancelled'`,
  );
  if (!row)
    return {
      state: 'none' as const,
      sentAt: null,
      channel: null,
      answeredAt: null,
      answer: null,
      csat: null,
    };
  const isOver = row.state === 'sent' && row.expires_at! <= centre.clock.now();
  return {
    state: isOver ? ('expired' as const) : (row.state as 'planned' | 'sent' | 'answered'),
    sentAt: iso(row.sent_at),
    channel: row.channel,
    answeredAt: iso(row.answered_at),
    answer: row.answer,
    csat: row.csat,
  };
};

type ListRow = {
  id: string;
  ticket_id: string;
  number: string;
  answered_at: number;
  answer: Answer;
  csat: number;
  agent: string | null;
};
type Filter = { limit?: number; cursor?: string; from?: string; to?: string };
const listSurveys = async (centre: Centre, actor: Actor, { limit = 50, cursor, from, to }: Filter) => {
  const after = decodeCursor(cursor, 2);
  const rows = await centre.db.all(sql<ListRow>`
    select s.id, s.ticket_id, t.number, s.answered_at, s.answer, s.csat, u.name as agent from survey s join ticket t on t.id = s.ticket_id left join app_user u on u.id = s.agent_id
    where s.answered_at is not null and ${tickets(actor, 'survey.read')} and ${from ? sql`s.answered_at >= ${new Date(from)}` : sql`true`} and ${to ? sql`s.answered_at < ${new Date(to)}` : sql`true`}
      and ${after ? sql`(s.answered_at, s.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`} order by s.answered_at desc, s.id desc ${limitOf(rowsFor(limit))}`);
  const page = toPage(rows, limit, (row) => [row.answered_at, row.id]);
  return {
    items: page.items.map((row) => ({
      id: row.id,
      ticketId: row.ticket_id,
      number: row.number,
      answeredAt: iso(row.answered_at)!,
      answer: row.answer,
      csat: row.csat,
      agentName: row.agent,
    })),
    nextCursor: page.nextCursor,
  };
};

export const surveys: Part = {
  name: 'surveys',
  inTransaction: [
    {
      // Scores stay for the figures, the customer’s words go.
      on: ['ticket.purged'],
      react: ({ tx }, event) =>
        tx.later(
          sql`update survey set answer = answer - 'comment', token_hash = null where ticket_id = ${event.subjectId}::uuid`,
        ),
    },
  ],
  subjects: {
    survey: {
      permission: 'survey.read',
      ownership: (tx, id) =>
        tx.maybe(
          sql<{
            owners: (string | null)[];
            groupId: string | null;
            channelId: string | null;
          }>`select array[t.assignee_id, t.accountable_id] as owners, t.group_id as "groupId", t.channel_id as "channelId" from survey s join ticket t on t.id = s.ticket_id where s.id = ${id}::uuid`,
        ),
    },
  },
  routes: [
    answer(contract.sendSurvey, async ({ centre, actor, params, idempotencyKey }) => {
      await demandTicket(centre, actor, params.id, 'ticket.work');
      const { id, sentAt, channel } = await send(centre, sendNow, { ticketId: params.id }, actor, {
        idempotencyKey,
      });
      return { id, sentAt: iso(sentAt), channel };
    }),
    answer(contract.enterSurvey, async ({ centre, actor, params, body, idempotencyKey }) => {
      await demandTicket(centre, actor, params.id, 'survey.read');
      await send(centre, enterAnswer, { ticketId: params.id, answer: body }, actor, { idempotencyKey });
      return { ok: true };
    }),
    answer(contract.ticketSurvey, async ({ centre, actor, params }) => {
      await demandTicket(centre, actor, params.id, 'survey.read');
      return ticketSurvey(centre, params.id);
    }),
    answer(contract.listSurveys, ({ centre, actor, query }) => listSurveys(centre, actor, query)),
    answer(contract.getPublicSurvey, ({ centre, params, ip }) => publicSurvey(centre, params.token, ip)),
    answer(contract.answerPublicSurvey, async ({ centre, params, body, ip }) => {
      await publicSurvey(centre, params.token, ip);
      await send(
        centre,
        answerByToken,
        { token: params.token, answer: body },
        { ...systemActor('customer'), kind: 'customer' },
      );
      return { ok: true };
    }),
  ],
  reactions: [
    {
      name: 'surveys.plan',
      on: ['ticket.resolved'],
      react: (context, event) => plan(context, event.subjectId),
    },
    {
      name: 'surveys.cancel',
      on: ['ticket.reopened', 'ticket.cancelled'],
      react: (context, event) => cancel(context, event.subjectId),
    },
  ],
  due: {
    'surveys.send': async (context, { key }) => {
      const row = await context.tx.maybe(
        sql<{
          status: string;
        }>`select t.status from survey s join ticket t on t.id = s.ticket_id where s.ticket_id = ${key}::uuid and s.state = 'planned'`,
      );
      if (row && ['resolved', 'pending_confirmation', 'closed'].includes(row.status))
        await context.send(sendNow, { ticketId: key }, systemActor('surveys'));
    },
  },
};
