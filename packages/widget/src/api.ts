/** Calls of the frame: its own visitor token, its own origin. Shapes come from the contracts as types only. */
import type { Static } from '#contracts/schema.ts';
import type { ProblemBody } from '#contracts/errors.ts';
import type { PublicNotice } from '#contracts/routes/incident.ts';
import type {
  WidgetConfig,
  VisitorConversationView,
  VisitorMessageView,
  ServiceState,
} from '#contracts/routes/visitors.ts';

export type Notice = Static<typeof PublicNotice>;
export type Config = Static<typeof WidgetConfig>;
export type Service = Static<typeof ServiceState>;
export type State = {
  conversation: VisitorConversationView;
  messages: VisitorMessageView[];
  service: Service;
  serverTime: string;
};
export type { VisitorConversationView, VisitorMessageView };

export class Refused extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.problem = problem;
  }
}

const base = '/api/v1';
/** A line that died without a word must not hold up what comes after it; a file may take longer. */
const patience = { question: 15_000, file: 120_000 };

/** Throws `Refused` for an answer that refuses, and the browser's own error when there is no answer. */
export const ask = async <T>(
  method: string,
  path: string,
  { token, body, locale }: { token?: string; body?: unknown; locale: string },
): Promise<T> => {
  const form = body instanceof FormData;
  const response = await fetch(base + path, {
    method,
    headers: {
      'accept-language': locale,
      ...(token ? { authorization: `Visitor ${token}` } : {}),
      ...(body && !form ? { 'content-type': 'application/json' } : {}),
    },
    body: form ? body : body ? JSON.stringify(body) : undefined,
    signal: AbortSignal.timeout(form ? patience.file : patience.question),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refused(answer as ProblemBody);
  return answer as T;
};
