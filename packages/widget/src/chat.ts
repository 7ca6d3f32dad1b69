/**
 * The conversation of this device: what the server said, what waits to be sent, and whether the line is up. Nothing
 * typed is lost: a message stands in storage under its own id until the server has it, and the id makes a resend harmless.
 */
import { ask, Refused } from './api.ts';
import type { Config, Notice, Service, State, VisitorConversationView, VisitorMessageView } from './api.ts';
import type { Locale } from './texts.ts';

export type Waiting = { clientId: string; body: string; at: number; attachments?: string[]; failed?: string };
export type Chat = {
  config?: Config;
  service?: Service;
  conversation?: VisitorConversationView;
  messages: VisitorMessageView[];
  waiting: Waiting[];
  online: boolean;
  broken?: string;
  typing: boolean;
  /** Server clock minus ours, ms. */ skew: number;
  contactLeft: boolean;
  /** SD2-37: what everybody is told now. */ notice?: Notice;
};

type Kept = { token?: string; waiting: Waiting[]; contactLeft?: boolean };

/** Storage may be forbidden in a frame of another site; then this page's memory has to do. */
const keeper = (key: string) => {
  const name = `zhike:${key}`;
  let memory: Kept = { waiting: [] };
  return {
    read: (): Kept => {
      try {
        return { ...memory, ...(JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Kept>) };
      } catch {
        return memory;
      }
    },
    write: (kept: Kept) => {
      memory = kept;
      try {
        localStorage.setItem(name, JSON.stringify(kept));
      } catch {
        /* memory has it */
      }
    },
  };
};

const steps = [500, 1000, 2000, 4000, 8000, 15_000];
/** How long after the n-th try in vain the next comes, ms. */
const pause = (tries: number) => steps[Math.min(tries, steps.length - 1)]!;
const typingShownMs = 6000;
/** How often an open chat asks whether there is something to tell; nobody has to load the page anew for it. */
const noticeEveryMs = 10_000;

export const createChat = ({
  key,
  locale,
  page,
  changed,
  heard,
}: {
  key: string;
  locale: Locale;
  page: string;
  changed: (chat: Chat) => void;
  heard: () => void;
}) => {
  const store = keeper(key);
  let kept = store.read();
  let chat: Chat = {
    messages: [],
    waiting: kept.waiting,
    online: true,
    typing: false,
    skew: 0,
    contactLeft: kept.contactLeft ?? false,
  };
  let socket: WebSocket | undefined;
  let position: number | null = null;
  /** Every message up to here was read. Our own, answered by its post, may stand beyond others not read yet. */
  let read = 0;
  let tries = 0;
  let sending = false;
  let typingUntil: ReturnType<typeof setTimeout> | undefined;
  let toldTyping = 0;

  const update = (change: Partial<Chat>) => changed((chat = { ...chat, ...change }));
  const keep = (change: Partial<Kept>) => {
    kept = { ...kept, ...change };
    store.write(kept);
  };
  const call = <T>(method: string, path: string, body?: unknown) =>
    ask<T>(method, path, { token: kept.token, body, locale });

  const take = (state: State) => {
    const last = state.messages.at(-1);
    const fresh = state.messages.filter(({ id }) => !chat.messages.some((message) => message.id === id));
    // Another conversation begins with an empty list of its own.
    const same = chat.conversation?.id === state.conversation.id;
    const messages = [...(same ? chat.messages : []), ...fresh].toSorted((a, b) => a.seq - b.seq);
    const delivered = new Set(messages.map(({ clientId }) => clientId));
    const waiting = kept.waiting.filter(({ clientId }) => !delivered.has(clientId));
    if (waiting.length !== kept.waiting.length) keep({ waiting });
    read = Math.max(same ? read : 0, last?.seq ?? 0);
    update({
      conversation: state.conversation,
      service: state.service,
      messages,
      waiting,
      online: true,
      broken: undefined,
      skew: Date.parse(state.serverTime) - Date.now(),
      typing: last?.from === 'agent' ? false : chat.typing,
    });
    if (fresh.some(({ from }) => from === 'agent')) heard();
  };
  const refresh = async () => {
    if (!kept.token) return;
    const known = chat.conversation?.id ? read : 0;
    const state = await call<State>('GET', `/widget/conversation?after=${known}`);
    take(
      state.conversation.id === chat.conversation?.id || known === 0
        ? state
        : await call<State>('GET', '/widget/conversation'),
    );
  };

  let reading = false;
  let news = false;
  /** Reads what an event told of. One read at a time; news during it asks for another; a failed one is tried again. */
  const catchUp = async (): Promise<void> => {
    news = true;
    if (reading) return;
    reading = true;
    for (let failures = 0; news && kept.token;) {
      news = false;
      try {
        await refresh();
        failures = 0;
      } catch (error) {
        if (error instanceof Refused && error.problem.status === 401) break;
        news = true;
        await new Promise((resolve) => setTimeout(resolve, pause(failures++)));
      }
    }
    reading = false;
  };

  const connect = () => {
    if (!kept.token || socket) return;
    const url = new URL('/realtime', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (position !== null) url.searchParams.set('after', String(position));
    const line = new WebSocket(url, ['zhike.v1', `visitor.${kept.token}`]);
    socket = line;
    line.addEventListener('open', () => {
      tries = 0;
      void catchUp().then(flush);
    });
    line.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as { type: string; position?: number; kind?: string };
      if (typeof message.position === 'number') position = Math.max(position ?? 0, message.position);
      if (message.type === 'event' || message.type === 'reset') void catchUp();
      if (message.type === 'whisper' && message.kind === 'typing') {
        clearTimeout(typingUntil);
        update({ typing: true });
        typingUntil = setTimeout(() => update({ typing: false }), typingShownMs);
      }
    });
    line.addEventListener('close', ({ code }) => {
      socket = undefined;
      if (code === 4401) {
        keep({ token: undefined });
        position = null;
      }
      update({ online: false });
      setTimeout(() => void begin().catch(() => {}), pause(tries++) * (0.75 + Math.random() / 2));
    });
  };

  const begin = async () => {
    if (!kept.token) return;
    try {
      await refresh();
      connect();
    } catch (error) {
      if (error instanceof Refused && error.problem.status === 401) {
        keep({ token: undefined });
        update({ conversation: undefined, messages: [] });
        return;
      }
      update({ online: false });
      setTimeout(() => void begin().catch(() => {}), pause(tries++));
    }
  };

  /** Sends what waits, in order, one at a time; stops at the first that the network does not take. */
  const flush = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    try {
      for (
        let next = kept.waiting.find(({ failed }) => !failed);
        next;
        next = kept.waiting.find(({ failed }) => !failed)
      ) {
        const { clientId, body, attachments } = next;
        try {
          if (!kept.token)
            keep({
              token: (
                await call<{ token: string }>('POST', `/widget/${encodeURIComponent(key)}/session`, {
                  locale,
                })
              ).token,
            });
          const first = !chat.conversation?.id;
          const { message, conversation } = await call<{
            message: VisitorMessageView;
            conversation: VisitorConversationView;
          }>('POST', '/widget/messages', {
            body,
            clientId,
            attachments,
            ...(first ? { pageUrl: page } : {}),
          });
          keep({ waiting: kept.waiting.filter((waiting) => waiting.clientId !== clientId) });
          const same = conversation.id === chat.conversation?.id || !chat.conversation?.id;
          if (!same) read = 0;
          update({
            conversation,
            messages: [...(same ? chat.messages.filter(({ id }) => id !== message.id) : []), message],
            waiting: kept.waiting,
            online: true,
          });
          connect();
          void catchUp();
        } catch (error) {
          if (!(error instanceof Refused) || error.problem.status >= 500) {
            update({ online: false });
            setTimeout(() => void flush(), 3000);
            return;
          }
          if (error.problem.status === 401) {
            keep({ token: undefined });
            continue;
          }
          keep({
            waiting: kept.waiting.map((waiting) =>
              waiting.clientId === clientId ? { ...waiting, failed: error.problem.detail } : waiting,
            ),
          });
          update({ waiting: kept.waiting });
        }
      }
    } finally {
      sending = false;
    }
  };

  const readNotice = async () => {
    const { notice } = await call<{ notice: Notice | null }>('GET', '/notice');
    if (JSON.stringify(notice) !== JSON.stringify(chat.notice ?? null))
      update({ notice: notice ?? undefined });
  };
  setInterval(() => {
    if (document.visibilityState === 'visible') void readNotice().catch(() => {});
  }, noticeEveryMs);

  const load = async () => {
    void readNotice().catch(() => {});
    try {
      const config = await call<Config>('GET', `/widget/${encodeURIComponent(key)}/config`);
      update({
        config,
        service: config.service,
        broken: undefined,
        skew: Date.parse(config.serverTime) - Date.now(),
      });
      await begin();
      if (kept.waiting.length > 0) await flush();
    } catch (error) {
      update({ broken: error instanceof Refused ? error.problem.detail : '', online: false });
    }
  };

  addEventListener('online', () => {
    tries = 0;
    void begin().then(flush);
  });
  addEventListener('offline', () => update({ online: false }));

  return {
    load,
    send: (body: string, attachments?: string[]) => {
      keep({
        waiting: [...kept.waiting, { clientId: crypto.randomUUID(), body, at: Date.now(), attachments }],
      });
      update({ waiting: kept.waiting });
      void flush();
    },
    retry: (clientId: string) => {
      keep({
        waiting: kept.waiting.map((waiting) =>
          waiting.clientId === clientId ? { ...waiting, failed: undefined } : waiting,
        ),
      });
      update({ waiting: kept.waiting });
      void flush();
    },
    upload: async (file: File): Promise<{ id: string; name: string }> => {
      if (!kept.token)
        keep({
          token: (
            await call<{ token: string }>('POST', `/widget/${encodeURIComponent(key)}/session`, { locale })
          ).token,
        });
      const form = new FormData();
      form.append('file', file, file.name);
      return call('POST', '/widget/files', form);
    },
    leaveContact: async (contact: { name?: string; phone?: string; email?: string }) => {
      await call('POST', '/widget/contact', contact);
      keep({ contactLeft: true });
      update({ contactLeft: true });
      await refresh();
    },
    handOff: async () => {
      await call('POST', '/widget/hand-off', {});
      await refresh();
    },
    solved: async () => {
      await call('POST', '/widget/solved', {});
      await refresh();
    },
    end: async () => {
      await call('POST', '/widget/close', {});
      await refresh();
    },
    typing: () => {
      if (!kept.token || chat.conversation?.state !== 'active' || Date.now() - toldTyping < 3000) return;
      toldTyping = Date.now();
      void call('POST', '/widget/typing', {}).catch(() => {});
    },
  };
};
