/** Surveys: one per ticket, three dimensions, answered once. */
import { route } from '../route.ts';
import type { Static } from '../schema.ts';
import { Type, obj, opt, nullable, Id, Instant, text, oneOf, pageOf, Ok, pageQuery } from '../schema.ts';

const byId = obj({ id: Id });
const score = Type.Integer({ minimum: 1, maximum: 5 });
export const SurveyAnswer = obj({
  efficiency: score,
  attitude: score,
  effectiveness: score,
  overall: opt(score),
  comment: opt(text(2000)),
});
export const sendSurvey = route({
  method: 'POST',
  path: '/tickets/:id/survey',
  access: 'ticket.work',
  tag: 'surveys',
  summary: 'Sends the survey now; one per ticket.',
  params: byId,
  body: obj({}),
  response: obj({ id: Id, sentAt: nullable(Instant), channel: Type.String() }),
  errors: ['TICKET_STATE', 'SURVEY_ANSWERED'],
});
export const enterSurvey = route({
  method: 'POST',
  path: '/tickets/:id/survey/answer',
  access: 'survey.read',
  tag: 'surveys',
  summary: 'A surveyor enters the answer given on the phone (SD1-47).',
  params: byId,
  body: SurveyAnswer,
  response: Ok,
  errors: ['SURVEY_ANSWERED', 'TICKET_STATE'],
});
export const ticketSurvey = route({
  method: 'GET',
  path: '/tickets/:id/survey',
  access: 'survey.read',
  tag: 'surveys',
  summary: 'The survey of a ticket without its link.',
  params: byId,
  response: obj({
    state: oneOf(['none', 'planned', 'sent', 'answered', 'expired'] as const),
    sentAt: nullable(Instant),
    channel: nullable(Type.String()),
    answeredAt: nullable(Instant),
    answer: nullable(SurveyAnswer),
    csat: nullable(Type.Number()),
  }),
});
const surveyFilter = {
  from: opt(Instant),
  to: opt(Instant),
  /** Only ratings below so many points of 100. */
  below: opt(Type.Integer({ minimum: 1, maximum: 100 })),
  groupId: opt(Id),
};
export const AnsweredSurvey = obj({
  id: Id,
  ticketId: Id,
  number: Type.String(),
  /** Null for who may read the rating but not the ticket. */
  subject: nullable(Type.String()),
  customerName: nullable(Type.String()),
  answeredAt: Instant,
  answer: SurveyAnswer,
  /** 0–100, the mean of the three dimensions. */
  csat: Type.Number(),
  agentName: nullable(Type.String()),
  /** The customer answered on the phone and a surveyor entered it. */
  byPhone: Type.Boolean(),
});
export type AnsweredSurveyView = Static<typeof AnsweredSurvey>;
export const listSurveys = route({
  method: 'GET',
  path: '/surveys',
  access: 'survey.read',
  tag: 'surveys',
  summary: 'Answers with the three dimensions, the newest first.',
  query: obj({ ...pageQuery, ...surveyFilter }),
  response: pageOf(AnsweredSurvey),
});
const mean = nullable(Type.Number());
export const surveyMeans = route({
  method: 'GET',
  path: '/surveys/means',
  access: 'survey.read',
  tag: 'surveys',
  summary: 'Means of the answers that the list shows: the three questions on 1–5, the whole on 0–100.',
  query: obj(surveyFilter),
  response: obj({
    answers: Type.Integer(),
    efficiency: mean,
    attitude: mean,
    effectiveness: mean,
    csat: mean,
  }),
});
export const exportSurveys = route({
  method: 'GET',
  path: '/surveys/export',
  access: 'survey.read',
  tag: 'surveys',
  summary:
    '服务满意度调查: the same answers as CSV or XLSX, at most 20,000, or a PDF table, at most 1,000; audited, with record.export.',
  query: obj({
    ...surveyFilter,
    format: oneOf(['csv', 'xlsx', 'pdf'] as const),
    locale: opt(oneOf(['zh-CN', 'en'] as const)),
  }),
  produces: 'application/octet-stream',
  errors: ['TOO_LARGE'],
  ratePerMinute: 20,
});
export const getPublicSurvey = route({
  method: 'GET',
  path: '/s/:token',
  access: 'public',
  tag: 'public',
  summary: 'What the customer is asked; opening it records nothing.',
  params: obj({ token: text(100, 10) }),
  response: obj({
    company: Type.String(),
    number: Type.String(),
    subject: Type.String(),
    resolvedAt: nullable(Instant),
    state: oneOf(['open', 'answered', 'expired'] as const),
    agentName: nullable(Type.String()),
  }),
  ratePerMinute: 60,
  errors: ['SURVEY_EXPIRED'],
});
export const answerPublicSurvey = route({
  method: 'POST',
  path: '/s/:token',
  access: 'public',
  tag: 'public',
  summary: 'Answers once.',
  params: obj({ token: text(100, 10) }),
  body: SurveyAnswer,
  response: Ok,
  errors: ['SURVEY_ANSWERED', 'SURVEY_EXPIRED'],
  ratePerMinute: 60,
});
