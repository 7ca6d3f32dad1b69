/**
 * Messages on their way. What was sent stays here, on this device, until the server has it: it survives a reload and
 * a broken line, is sent again by itself when the line is back, and the client id makes a resend harmless.
 */
import type { MessageView } from '#contracts/routes/conversations.ts';
import type { Problem } from '#ui/states.tsx';

export type OutMessage = {
  clientId: string;
  of: 'conversation' | 'ticket';
  /** Id of the conversation or ticket. */
  to: string;
  /** Instant (ISO) on this computer when the person sent it. */
  at: string;
  visibility: 'public' | 'internal';
  body: string;
  attachments: Array<{ id: string; name: string; size: number }>;
  etaAt?: string | null;
  progress?: boolean;
  /** Colleagues named in a note. */
  mentions?: string[];
  /** Versions of articles the words were taken from. */
  citations?: Array<{ articleId: string; version: number }>;
  /** waiting = the line is broken; failed = the server refused, the person decides. */
  state: 'sending' | 'waiting' | 'failed';
  problem?: Problem;
};

export type OutboxOptions = {
  post: (message: OutMessage) => Promise<MessageView>;
  problemOf: (error: unknown) => Problem;
  onSent: (message: OutMessage, answer: MessageView) => void;
  load: () => string | null;
  save: (text: string | null) => void;
  /** Runs `what` after `ms`; a test runs it by hand. */
  later: (ms: number, what: () => void) => void;
};

/** Answers that say nothing about the message itself: the line, the server's start, the session. */
const passing = new Set([0, 401, 408, 429, 502, 503, 504]);
const shortestWait = 2000;
const longestWait = 30_000;

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox(options: OutboxOptions) {
  // What was under way when the page was left may or may not have arrived; the client id lets us ask again.
  let messages: OutMessage[] = parse(options.load()).map((one) =>
    one.state === 'failed' ? one : { ...one, state: 'waiting' },
  );
  const busy = new Set<string>();
  const listeners = new Set<() => void>();
  let wait = shortestWait;
  let planned = false;

  const change = (next: OutMessage[]) => {
    messages = next;
    options.save(messages.length > 0 ? JSON.stringify(messages) : null);
    for (const listen of listeners) listen();
  };
  const put = (clientId: string, patch: Partial<OutMessage>) =>
    change(messages.map((one) => (one.clientId === clientId ? { ...one, ...patch } : one)));

  /** One message of a talk at a time, in the order they were written. */
  const pump = async (to: string): Promise<void> => {
    if (busy.has(to)) return;
    busy.add(to);
    try {
      for (;;) {
        const next = messages.find((one) => one.to === to && one.state !== 'failed');
        if (!next) return;
        if (next.state !== 'sending') put(next.clientId, { state: 'sending', problem: undefined });
        try {
          const answer = await options.post(next);
          wait = shortestWait;
          // First into the talk, then out of here: the message never blinks.
          options.onSent(next, answer);
          change(messages.filter((one) => one.clientId !== next.clientId));
        } catch (error) {
          const problem = options.problemOf(error);
          if (!passing.has(problem.status)) {
            put(next.clientId, { state: 'failed', problem });
            continue;
          }
          // Those written after it wait behind it, and say so.
          change(
            messages.map((one) =>
              one.to === to && one.state !== 'failed' ? { ...one, state: 'waiting', problem } : one,
            ),
          );
          again();
          return;
        }
      }
    } finally {
      busy.delete(to);
    }
  };
  const again = () => {
    if (planned) return;
    planned = true;
    options.later(wait, () => {
      planned = false;
      flush();
    });
    wait = Math.min(longestWait, wait * 2);
  };
  const flush = () => {
    for (const to of new Set(messages.filter(({ state }) => state !== 'failed').map((one) => one.to)))
      void pump(to);
  };

  return {
    send(message: Omit<OutMessage, 'state'>): void {
      const behind = messages.some(({ to, state }) => to === message.to && state === 'waiting');
      change([...messages, { ...message, state: behind ? 'waiting' : 'sending' }]);
      if (behind) return;
      void pump(message.to);
    },
    retry(clientId: string): void {
      put(clientId, { state: 'sending', problem: undefined });
      const message = messages.find((one) => one.clientId === clientId);
      if (message) void pump(message.to);
    },
    /** Gives a message up; answers it, so that its text can go back into the box. */
    drop(clientId: string): OutMessage | undefined {
      const message = messages.find((one) => one.clientId === clientId);
      change(messages.filter((one) => one.clientId !== clientId));
      return message;
    },
    /** Tries everything that waits, now. */
    flush(): void {
      wait = shortestWait;
      flush();
    },
    messages: () => messages,
    subscribe: (listen: () => void) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

function parse(text: string | null): OutMessage[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? (value as OutMessage[]) : [];
  } catch {
    return [];
  }
}
