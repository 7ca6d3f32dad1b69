/** Calls of the portal. Shapes come from the contracts as types only. */
import type { ProblemBody } from '#contracts/errors.ts';
import type { BodyOf, ResponseOf } from '#contracts/route.ts';
import type { PublicOrderView } from '#contracts/routes/order-links.ts';
import type { publicNotice } from '#contracts/routes/incident.ts';
import type { getHelp, searchHelp } from '#contracts/routes/knowledge.ts';
import type { lookUp as lookUpRecord, lookUpKinds } from '#contracts/routes/records.ts';
import type {
  lookUp,
  portalForms,
  portalInfo,
  submitForm,
  submitRequest,
  PublicTicketView,
} from '#contracts/routes/visitors.ts';
import type { answerPublicSurvey, getPublicSurvey } from '#contracts/routes/surveys.ts';

export type Notice = ResponseOf<typeof publicNotice>['notice'];
export type HelpFound = ResponseOf<typeof searchHelp>;
export type HelpArticle = ResponseOf<typeof getHelp>;
export type Order = PublicOrderView;
export type Info = ResponseOf<typeof portalInfo>;
export type RequestBody = BodyOf<typeof submitRequest>;
export type Filed = ResponseOf<typeof submitRequest>;
export type Found = ResponseOf<typeof lookUp>;
export type PortalForm = ResponseOf<typeof portalForms>['items'][number];
export type FormSent = ResponseOf<typeof submitForm>;
export type LookUpKind = ResponseOf<typeof lookUpKinds>['items'][number];
export type LookedUp = ResponseOf<typeof lookUpRecord>;
export type Survey = ResponseOf<typeof getPublicSurvey>;
export type SurveyAnswer = BodyOf<typeof answerPublicSurvey>;
export type { PublicTicketView };

export class Refused extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Throws `Refused` for an answer that refuses. `pass` opens one ticket's progress. */
export const ask = async <T>(
  method: string,
  path: string,
  { body, pass, key, locale }: { body?: unknown; pass?: string; key?: string; locale: string },
): Promise<T> => {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: {
      'accept-language': locale,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(pass ? { 'x-progress-pass': pass } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refused(answer as ProblemBody);
  return answer as T;
};
