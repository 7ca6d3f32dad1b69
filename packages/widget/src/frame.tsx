/** @jsxImportSource preact */
/** The chat itself. Says the truth at once: open or closed, how many ahead, how long; then gets out of the way. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createChat } from './chat.ts';
import { Contact } from './contact.tsx';
import type { Chat } from './chat.ts';
import type { Notice } from './api.ts';
import { Refused } from './api.ts';
import { Linked, SelfService } from './self-service.tsx';
import { spaced, teller } from './texts.ts';
import type { Locale } from './texts.ts';
import '../../ui/src/guests.css';
import './frame.css';

const settings = new URLSearchParams(location.hash.slice(1));
const key = settings.get('key') ?? 'web';
const locale: Locale = settings.get('lang') === 'en' ? 'en' : 'zh-CN';
const page = settings.get('page') ?? '';
const t = teller(locale);
document.documentElement.lang = locale;
document.title = t('title');
/** The page around us may be anybody's: it is told how many messages wait, and nothing else. */
const tell = (message: object) => {
  if (parent !== window) parent.postMessage(message, '*');
};

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
const whenOpen = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const duration = (seconds: number) =>
  seconds < 90
    ? t('seconds', { n: Math.max(1, Math.round(seconds)) })
    : t('minutes', { n: Math.round(seconds / 60) });

const Countdown = ({ until, skew }: { until: string; skew: number }) => {
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now() - skew) / 1000));
  const [seconds, set] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => set(left()), 250);
    return () => clearInterval(timer);
  }, [until, skew]); // oxlint-disable-line react-hooks/exhaustive-deps -- left is made of just these
  return (
    <b class={seconds <= 3 ? 'clock late' : 'clock'} role="timer">
      {t('seconds', { n: seconds })}
    </b>
  );
};

const Truth = ({ chat }: { chat: Chat }) => {
  const { service, conversation, skew } = chat;
  if (!service) return null;
  const state = conversation?.state ?? 'none';
  if (state === 'queued')
    return (
      <p class="truth" role="status">
        {conversation!.ahead > 0 ? t('queued', { n: conversation!.ahead }) : t('queuedNext')}
        {service.estimateSeconds !== null && (
          <> · {t('estimate', { time: duration(service.estimateSeconds) })}</>
        )}
        {conversation!.answerDueAt && (
          <>
            {' '}
            · {t('due')} <Countdown until={conversation!.answerDueAt} skew={skew} />
          </>
        )}
        {!service.agentsOnline && <> · {t('noAgents')}</>}
      </p>
    );
  if (state === 'offered')
    return (
      <p class="truth" role="status">
        {t('offered')}
        {conversation!.offerUntil && (
          <>
            {' '}
            <Countdown until={conversation!.offerUntil} skew={skew} />
          </>
        )}
      </p>
    );
  if (state === 'active')
    return (
      <p class="truth ok" role="status">
        {t('active', { name: conversation!.agentName ?? '', no: conversation!.agentStaffNo ?? '' })}
      </p>
    );
  if (state === 'bot')
    return (
      <p class="truth" role="status">
        {t('bot')}
      </p>
    );
  if (state === 'offline_message')
    return (
      <p class="truth" role="status">
        {t('left')}
      </p>
    );
  if (state === 'closed')
    return (
      <p class="truth" role="status">
        {t('ended')} · {t('endedHint')}
      </p>
    );
  if (!service.open)
    return (
      <p class="truth" role="status">
        {t('closed')} · {t('hours')} {service.hours}
        {service.nextOpening && (
          <> · {t('opensAt', { time: spaced(whenOpen.format(new Date(service.nextOpening))) })}</>
        )}
      </p>
    );
  return (
    <p class="truth" role="status">
      {service.agentsOnline
        ? service.waiting > 0
          ? t('waitingNow', { n: service.waiting })
          : t('noWaiting')
        : t('noAgents')}
      {service.waiting > 0 && service.estimateSeconds !== null && (
        <> · {t('estimate', { time: duration(service.estimateSeconds) })}</>
      )}
    </p>
  );
};

/** An end that was expected and has passed is not told: it would be a promise broken twice. */
const ahead = (at: string) => Date.parse(at) > Date.now();
/** SD2-37: jammed lines or a failure, told before anything else. */
const Told = ({ notice }: { notice: Notice }) => (
  <p class="told" role="alert">
    {locale === 'en' ? notice.announcementEn : notice.announcement}
    {notice.expectedEnd && ahead(notice.expectedEnd) && (
      <> · {t('backAt', { time: spaced(whenOpen.format(new Date(notice.expectedEnd))) })}</>
    )}
  </p>
);

const App = () => {
  const [chat, setChat] = useState<Chat>({
    messages: [],
    waiting: [],
    online: true,
    typing: false,
    skew: 0,
    contactLeft: false,
  });
  const [text, setText] = useState(() => sessionStorage.getItem('zhike:draft') ?? '');
  const [large, setLarge] = useState(false);
  const [ending, setEnding] = useState(false);
  const [notice, setNotice] = useState('');
  const [pending, setPending] = useState<{ id: string; name: string }[]>([]);
  const shown = useRef(true);
  const unread = useRef(0);
  const list = useRef<HTMLOListElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const line = useMemo(
    () =>
      createChat({
        key,
        locale,
        page,
        changed: setChat,
        heard: () => {
          if (shown.current && document.hasFocus()) return;
          unread.current += 1;
          tell({ zhike: 'unread', count: unread.current });
          document.title = t('unreadTitle', { n: unread.current });
        },
      }),
    [],
  );
  const read = () => {
    unread.current = 0;
    tell({ zhike: 'unread', count: 0 });
    document.title = t('title');
  };

  useEffect(() => {
    void line.load();
    const listen = (event: MessageEvent<{ zhike?: string }>) => {
      if (event.source !== parent) return;
      if (event.data?.zhike === 'shown') {
        shown.current = true;
        read();
      }
      if (event.data?.zhike === 'hidden') shown.current = false;
    };
    addEventListener('message', listen);
    addEventListener('focus', read);
    return () => {
      removeEventListener('message', listen);
      removeEventListener('focus', read);
    };
  }, []); // oxlint-disable-line react-hooks/exhaustive-deps -- the line is made once
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [chat.messages.length, chat.waiting.length, chat.typing]);
  useEffect(() => {
    try {
      sessionStorage.setItem('zhike:draft', text);
    } catch {
      /* a private window */
    }
  }, [text]);

  const send = () => {
    const body = text.trim() || pending.map(({ name }) => name).join('、');
    if (!body) return;
    line.send(body, pending.length > 0 ? pending.map(({ id }) => id) : undefined);
    setText('');
    setPending([]);
  };
  const keys = (event: KeyboardEvent) => {
    // While Chinese is being composed, Enter chooses a word and must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const pick = async (file: File | undefined) => {
    if (!file) return;
    setNotice('');
    try {
      const kept = await line.upload(file);
      setPending((all) => [...all, kept].slice(0, 5));
    } catch (error) {
      setNotice(`${t('uploadFailed')}:${error instanceof Refused ? error.problem.detail : t('offline')}`);
    }
  };

  const { config, conversation, service } = chat;
  const state = conversation?.state ?? 'none';
  const company = config ? (locale === 'en' ? config.companyEn : config.company) : '';
  // A talk that goes on after closing time is one all the same.
  const away = service?.open === false && ['none', 'closed', 'offline_message'].includes(state);
  const greeting = config && t(away ? 'greetingClosed' : 'greeting', { company });
  if (chat.broken !== undefined && !config)
    return (
      <section class="broken">
        <p role="alert">
          {t('loadFailed')}
          {chat.broken && `:${chat.broken}`}
        </p>
        <button type="button" onClick={() => void line.load()}>
          {t('retry')}
        </button>
      </section>
    );

  const callsBack = chat.notice?.offerCallback === true && ['queued', 'offered'].includes(state);
  const askContact =
    callsBack ||
    (!chat.contactLeft && (state === 'offline_message' || (state === 'queued' && !service?.agentsOnline)));
  return (
    <section class={large ? 'chat large' : 'chat'} aria-busy={!config}>
      <header>
        <div>
          <strong>{company || ' '}</strong>
          {service && (
            <span class={service.open ? 'dot on' : 'dot'}>{service.open ? t('open') : t('closed')}</span>
          )}
        </div>
        <nav>
          <button type="button" class="quiet" aria-pressed={large} onClick={() => setLarge(!large)}>
            {t('large')}
          </button>
          {['queued', 'offered', 'active'].includes(state) && (
            <button type="button" class="quiet" onClick={() => setEnding(true)}>
              {t('end')}
            </button>
          )}
          <button
            type="button"
            class="quiet"
            aria-label={t('close')}
            onClick={() => tell({ zhike: 'close' })}
          >
            ×
          </button>
        </nav>
      </header>
      <Truth chat={chat} />
      {chat.notice && <Told notice={chat.notice} />}
      {!chat.online && config && (
        <p class="line" role="status">
          {t('offline')}
        </p>
      )}
      <ol ref={list} class="talk" aria-live="polite" tabIndex={0}>
        {greeting && (
          <li class="agent">
            <p>{greeting}</p>
          </li>
        )}
        {chat.messages.map((message) => (
          <li
            key={message.id}
            class={message.from === 'system' && message.body.includes('\n') ? 'system offer' : message.from}
          >
            {message.from === 'agent' && <span class="who">{message.name}</span>}
            <p>
              <Linked words={message.body} label={message.from === 'system' ? t('readOn') : undefined} />
            </p>
            {message.attachments.map((file) =>
              file.mime.startsWith('image/') ? (
                <a key={file.id} href={file.url} target="_blank" rel="noopener noreferrer">
                  <img src={file.url} alt={file.name} loading="lazy" />
                </a>
              ) : (
                <a key={file.id} class="file" href={file.url} target="_blank" rel="noopener noreferrer">
                  {file.name}
                </a>
              ),
            )}
            <time dateTime={message.at}>{clock.format(new Date(message.at))}</time>
          </li>
        ))}
        {chat.waiting.map(({ clientId, body, failed }) => (
          <li key={clientId} class="customer waiting">
            <p>{body}</p>
            {failed ? (
              <button type="button" class="again" onClick={() => line.retry(clientId)}>
                {t('failed')}:{failed}
              </button>
            ) : (
              <time>{t('sending')}</time>
            )}
          </li>
        ))}
        {chat.typing && (
          <li class="agent typing">
            <p>{t('typing')}</p>
          </li>
        )}
        {conversation?.ticket && (
          <li class="system">
            <p>
              {t('ticket', { number: conversation.ticket.number })} ·{' '}
              <a href={conversation.ticket.publicUrl} target="_blank" rel="noopener">
                {t('progress')}
              </a>
            </p>
          </li>
        )}
      </ol>
      {state === 'bot' && <SelfService t={t} line={line} />}
      {askContact && <Contact words={t(callsBack ? 'callBack' : 'leave')} leave={line.leaveContact} t={t} />}
      {ending && (
        <div class="ask" role="alertdialog" aria-label={t('confirmEnd')}>
          <span>{t('confirmEnd')}</span>
          <button
            type="button"
            onClick={() => {
              setEnding(false);
              void line.end().catch(() => {});
            }}
          >
            {t('yes')}
          </button>
          <button type="button" class="quiet" onClick={() => setEnding(false)}>
            {t('no')}
          </button>
        </div>
      )}
      {notice && (
        <p class="fault" role="alert">
          {notice}
        </p>
      )}
      {pending.length > 0 && (
        <p class="pending">
          {pending.map(({ id, name }) => (
            <span key={id}>{name}</span>
          ))}
        </p>
      )}
      <form
        class="write"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <input
          ref={picker}
          type="file"
          hidden
          onChange={(event) => {
            void pick(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <button
          type="button"
          class="quiet"
          aria-label={t('attach')}
          title={t('attach')}
          onClick={() => picker.current?.click()}
        >
          ＋
        </button>
        <textarea
          rows={2}
          value={text}
          maxLength={4000}
          placeholder={t(away ? 'placeholderClosed' : 'placeholder')}
          aria-label={t(away ? 'placeholderClosed' : 'placeholder')}
          onKeyDown={keys}
          onInput={(event) => {
            setText(event.currentTarget.value);
            line.typing();
          }}
          onPaste={(event) => {
            const file = event.clipboardData?.files[0];
            if (file) {
              event.preventDefault();
              void pick(file);
            }
          }}
        />
        <button type="submit" disabled={!text.trim() && pending.length === 0}>
          {t('send')}
        </button>
      </form>
      <footer>
        <details>
          <summary>{t('privacy')}</summary>
          <p>{config?.privacyNotice ?? t('privacyShort')}</p>
        </details>
        <a href={`/portal/complaint?lang=${locale === 'en' ? 'en' : 'zh'}`} target="_blank" rel="noopener">
          {t('complain')}
        </a>
      </footer>
    </section>
  );
};

const root = document.getElementById('chat');
if (root) render(<App />, root);
