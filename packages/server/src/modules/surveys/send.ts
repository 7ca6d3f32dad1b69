/** Planning, sending and answering surveys. */
import { Id, Type, obj } from '#contracts/schema.ts';
import { SurveyAnswer } from '#contracts/routes/surveys.ts';
import { labels } from '#contracts/words.ts';
import { sendMail } from '#channels/email/index.ts';
import { userId } from '#kernel/actor.ts';
import type { Context } from '#kernel/command.ts';
import { command } from '#kernel/command.ts';
import type { Audience } from '#kernel/command.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { audienceOf, lockConversation, post } from '#modules/conversations/index.ts';
import { setting } from '#modules/settings/index.ts';
import { ticketFacts } from '#modules/tickets/index.ts';
import type { TicketFacts } from '#modules/tickets/index.ts';
import { csatOf, overallOf, plannedAt } from './rules.ts';
import type { Answer } from './rules.ts';
import { invitation, system } from './texts.ts';
import { hashOf, tokenOf, linkOf } from './token.ts';

export type SurveyRow = {
  id: string;
  ticket_id: string;
  state: 'planned' | 'sent' | 'answered' | 'expired' | 'cancelled';
  sent_at: number | null;
  channel: string | null;
  expires_at: number | null;
  answered_at: number | null;
  answer: Answer | null;
  csat: number | null;
};

const wake = 'surveys.send';
const solved: readonly string[] = ['resolved', 'pending_confirmation', 'closed'];

const factsOf = async ({ tx }: Context, ticketId: string): Promise<TicketFacts> => {
  const [facts] = await ticketFacts(tx, [ticketId]);
  if (!facts) throw notFound();
  return facts;
};
const demandSolved = ({ status }: TicketFacts) => {
  if (!solved.includes(status))
    throw new Problem('TICKET_STATE', {
      status: labels.ticketStatus![status],
      action: { zh: '邀请评价', en: 'ask for a rating' },
    });
};
const audience = ({ groupId, channelId, customerId }: TicketFacts): Audience => ({
  groupId,
  channelId,
  customerId,
});
const live = ({ tx }: Context, ticketId: string) =>
  tx.maybe(
    sql<SurveyRow>`select id, ticket_id, state, sent_at, channel, expires_at, answered_at, answer, csat from survey where ticket_id = ${ticketId}::uuid and state <> 'cancelled' for update`,
  );

const insert = async ({ tx, newId, centre }: Context, facts: TicketFacts, at: number): Promise<string> => {
  const id = newId();
  await tx.run(
    sql`insert into survey (id, ticket_id, state, planned_at, token_hash, agent_id) values (${id}::uuid, ${facts.id}::uuid, 'planned', ${new Date(at)}, ${hashOf(tokenOf(centre.config, id))}, coalesce(${facts.assigneeId}::uuid, ${facts.accountableId}::uuid))`,
  );
  return id;
};

/** SD1-33: planned when solved, once; a survey already answered is not asked again. */
export const plan = async (context: Context, ticketId: string): Promise<void> => {
  const facts = await factsOf(context, ticketId);
  if (!solved.includes(facts.status) || (await live(context, ticketId))) return;
  const at = plannedAt(facts.resolvedAt ?? context.now, await setting(context.tx, 'survey'));
  await insert(context, facts, at);
  await context.schedule(wake, ticketId, at);
};

/** A reopened ticket is not yet worth a rating; links that are out stop working. */
export const cancel = async (context: Context, ticketId: string): Promise<void> => {
  await context.tx.run(
    sql`update survey set state = 'cancelled' where ticket_id = ${ticketId}::uuid and state in ('planned', 'sent')`,
  );
  await context.unschedule(wake, ticketId);
};

/** An open chat of the ticket, where the customer still looks. */
const openChat = ({ tx }: Context, ticketId: string) =>
  tx.maybe(
    sql<{
      id: string;
    }>`select v.id from ticket_conversation tc join conversation v on v.id = tc.conversation_id where tc.ticket_id = ${ticketId}::uuid and v.channel_kind = 'webchat' and v.state not in ('closed', 'offline_message') order by v.opened_at desc limit 1`,
  );

const deliver = async (context: Context, surveyId: string, ticketId: string): Promise<string> => {
  const mailed = await sendMail(context, {
    ticketId,
    template: 'survey',
    surveyUrl: linkOf(context.centre.config, surveyId),
    purpose: 'survey',
    automatic: true,
  });
  if (mailed.queued) return 'email';
  const chat = await openChat(context, ticketId);
  if (!chat) return 'portal';
  // The link is not in the text: agents read it too. The customer's view adds it (see `index.ts`).
  await post(
    context,
    chat.id,
    'conversation',
    {
      visibility: 'public',
      authorKind: 'system',
      authorName: system.zh,
      body: invitation.zh,
      automatic: true,
      clientId: `survey:${surveyId}`,
    },
    audienceOf(await lockConversation(context.tx, chat.id)),
  );
  return 'webchat';
};

/** Sends a planned survey, or one asked for by hand. */
export const sendNow = command({
  name: 'surveys.send',
  permission: null,
  input: obj({ ticketId: Id }),
  run: async (context, { ticketId }) => {
    const { tx, now, emit } = context;
    const facts = await factsOf(context, ticketId);
    const found = await live(context, ticketId);
    if (found?.state === 'answered') throw new Problem('SURVEY_ANSWERED');
    if (found?.state === 'sent') return { id: found.id, sentAt: found.sent_at, channel: found.channel! };
    demandSolved(facts);
    const id = found?.id ?? (await insert(context, facts, now));
    const channel = await deliver(context, id, ticketId);
    const { validDays } = await setting(tx, 'survey');
    await tx.run(
      sql`update survey set state = 'sent', sent_at = ${new Date(now)}, channel = ${channel}, expires_at = ${new Date(now + validDays * 86_400_000)} where id = ${id}::uuid`,
    );
    await context.unschedule(wake, ticketId);
    emit('survey.sent', 'survey', id, { ticketId, channel }, audience(facts));
    return { id, sentAt: now, channel };
  },
});

const record = async (
  context: Context,
  row: { id: string; ticket_id: string },
  answer: Answer,
  channel: string | null,
): Promise<void> => {
  const { tx, now, actor, emit } = context;
  const overall = overallOf(answer);
  const { scale, lowBelow } = await setting(tx, 'survey');
  const csat = csatOf(overall, scale);
  const kept = await tx.run(
    sql`update survey set state = 'answered', answered_at = ${new Date(now)}, answer = ${json(answer)}::jsonb, csat = ${csat}, channel = coalesce(${channel}, channel), entered_by = ${userId(actor)}::uuid where id = ${row.id}::uuid and state in ('planned', 'sent')`,
  );
  if (kept === 0) throw new Problem('SURVEY_ANSWERED');
  await context.unschedule(wake, row.ticket_id);
  emit(
    'survey.answered',
    'survey',
    row.id,
    { ticketId: row.ticket_id, overall, low: csat < lowBelow },
    audience(await factsOf(context, row.ticket_id)),
  );
};

/** The customer answers by the link. Of two at once the row lock lets one through. */
export const answerByToken = command({
  name: 'surveys.answer',
  permission: null,
  input: obj({ token: Type.String(), answer: SurveyAnswer }),
  run: async (context, { token, answer }) => {
    const row = await context.tx.maybe(
      sql<SurveyRow>`select id, ticket_id, state, expires_at from survey where token_hash = ${hashOf(token)} for update`,
    );
    if (!row) throw notFound();
    if (row.state === 'answered') throw new Problem('SURVEY_ANSWERED');
    if (row.state !== 'sent' || row.expires_at! <= context.now) throw new Problem('SURVEY_EXPIRED');
    await record(context, row, answer, null);
  },
});

/** SD1-47: a surveyor enters what the customer said on the phone. */
export const enterAnswer = command({
  name: 'surveys.enter',
  permission: 'survey.read',
  input: obj({ ticketId: Id, answer: SurveyAnswer }),
  run: async (context, { ticketId, answer }) => {
    const facts = await factsOf(context, ticketId);
    const found = await live(context, ticketId);
    if (found?.state === 'answered') throw new Problem('SURVEY_ANSWERED');
    demandSolved(facts);
    const id = found?.id ?? (await insert(context, facts, context.now));
    if (found?.state !== 'sent') {
      await context.tx.run(sql`update survey set sent_at = ${new Date(context.now)} where id = ${id}::uuid`);
      context.emit('survey.sent', 'survey', id, { ticketId, channel: 'phone' }, audience(facts));
    }
    await record(context, { id, ticket_id: ticketId }, answer, 'phone');
  },
});
