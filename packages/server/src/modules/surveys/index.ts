/** Surveys: asked once after solving, answered once by the customer or a surveyor. The only door for other modules. */
import * as contract from '#contracts/routes/surveys.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { plugPrivateWords } from '#modules/conversations/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import { mayRead, reachTickets } from '#modules/tickets/index.ts';
import { exportAnswers, listAnswers, meansOf } from './answers.ts';
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
/** 404 unless the ticket is within the actor's scope of the permission. */
const demandTicket = async (
  { db }: Centre,
  actor: Actor,
  id: string,
  permission: 'survey.read' | 'ticket.work',
): Promise<void> => {
  if (
    !(await db.maybe(
      sql`select 1 from ticket t where t.id = ${id}::uuid and ${reachTickets(actor, permission)} and ${mayRead(actor)}`,
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
    answer(contract.listSurveys, ({ centre, actor, query }) => listAnswers(centre, actor, query)),
    answer(contract.surveyMeans, ({ centre, actor, query }) => meansOf(centre, actor, query)),
    answer(contract.exportSurveys, async ({ centre, actor, query, locale, reply }) => {
      const { format, locale: asked, ...filter } = query;
      const { bytes, type, name } = await exportAnswers(centre, actor, format, filter, asked ?? locale);
      return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(bytes);
    }),
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
