/** @jsxImportSource preact */
/** Progress by number and phone tail; the pass lives in this tab only. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ask, Refused } from './api.ts';
import type { Found, PublicTicketView } from './api.ts';
import { piecesOf } from '../../ui/src/links.ts';
import { Fault, Field, inHash, Tail, tellIn } from './parts.tsx';
import type { Locale, Tell } from './texts.ts';

const refreshMs = 15_000;

/**
 * Number and pass of the address. The link of a mail carries both (`#T20261126-0001.…`); its pass moves into the tab, so
 * that an address that is copied or shown over a shoulder opens nothing.
 */
const ofAddress = (): [number: string, pass: string] => {
  const [said = ''] = inHash();
  const dot = said.indexOf('.');
  const number = dot < 0 ? said : said.slice(0, dot);
  if (dot >= 0) {
    sessionStorage.setItem(`zhike:pass:${number}`, said.slice(dot + 1));
    history.replaceState(null, '', `#${encodeURIComponent(number)}`);
  }
  return [number, sessionStorage.getItem(`zhike:pass:${number}`) ?? ''];
};

export const Progress = ({ t, locale }: { t: Tell; locale: Locale }) => {
  const [asked, linked] = useMemo(ofAddress, []);
  const [number, setNumber] = useState(asked);
  const [tail, setTail] = useState('');
  const [pass, setPass] = useState(linked);
  const [ticket, setTicket] = useState<PublicTicketView>();
  const [error, setError] = useState<unknown>();
  const [note, setNote] = useState('');
  const [unsolved, setUnsolved] = useState<string>();
  const [said, setSaid] = useState('');
  const tell = tellIn(locale);

  const forget = () => {
    sessionStorage.removeItem(`zhike:pass:${number}`);
    setPass('');
    setTicket(undefined);
  };
  useEffect(() => {
    if (!pass) return undefined;
    let alive = true;
    const read = () =>
      ask<PublicTicketView>('GET', '/portal/progress', { pass, locale }).then(
        (view) => {
          if (alive) setTicket(view);
        },
        (refusal: unknown) => {
          if (alive && refusal instanceof Refused && refusal.problem.status === 404) forget();
        },
      );
    void read();
    const timer = setInterval(() => {
      if (!document.hidden) void read();
    }, refreshMs);
    return () => {
      alive = false;
      clearInterval(timer);
    };
  }, [pass, locale]); // oxlint-disable-line react-hooks/exhaustive-deps -- forget only empties the state of this component

  const look = async (event: Event) => {
    event.preventDefault();
    setError(undefined);
    try {
      const found = await ask<Found>('POST', '/portal/lookup', {
        locale,
        body: { number: number.trim(), tail },
      });
      sessionStorage.setItem(`zhike:pass:${number.trim()}`, found.pass);
      history.replaceState(null, '', `#${encodeURIComponent(number.trim())}`);
      setTicket(found.ticket);
      setPass(found.pass);
    } catch (refusal) {
      setError(refusal);
    }
  };
  const act = async (path: string, body: object, done?: () => void) => {
    setError(undefined);
    try {
      setTicket(await ask<PublicTicketView>('POST', `/portal/${path}`, { pass, locale, body }));
      done?.();
    } catch (refusal) {
      setError(refusal);
    }
  };

  if (!ticket)
    return (
      <form onSubmit={look} class="narrow">
        <h1>{t('progress')}</h1>
        <Field label={t('number')}>
          <input
            required
            maxLength={40}
            value={number}
            placeholder="T20261122-0001"
            autocomplete="off"
            onInput={(event) => setNumber(event.currentTarget.value)}
          />
        </Field>
        <Tail t={t} value={tail} onInput={setTail} />
        <Fault error={error} t={t} />
        <p class="buttons">
          <button type="submit">{t('lookup')}</button>
        </p>
      </form>
    );
  return (
    <article class="ticket">
      <header>
        <p class="label">{ticket.number}</p>
        <h1>{ticket.subject}</h1>
      </header>
      <dl class="facts">
        <div>
          <dt>{t('status')}</dt>
          <dd class="status">{ticket.statusText}</dd>
        </div>
        <div>
          <dt>{t('owner')}</dt>
          <dd>{ticket.ownerName ?? t('pending')}</dd>
        </div>
        {ticket.etaAt && (
          <div>
            <dt>{t('eta')}</dt>
            <dd>{tell(ticket.etaAt)}</dd>
          </div>
        )}
        {ticket.nextPromise && (
          <div>
            <dt>{t('promise')}</dt>
            <dd>
              {ticket.nextPromise.text} · {tell(ticket.nextPromise.dueAt)}
            </dd>
          </div>
        )}
      </dl>
      {ticket.resolution && (
        <section class="box">
          <h2>{t('solved')}</h2>
          <p>{ticket.resolution.solution}</p>
          <h3>{t('steps')}</h3>
          <p>{ticket.resolution.steps}</p>
          <h3>{t('cautions')}</h3>
          <p>{ticket.resolution.cautions}</p>
        </section>
      )}
      {ticket.canConfirm && (
        <section class="box ask">
          <h2>{t('isSolved')}</h2>
          {unsolved === undefined ? (
            <p class="buttons">
              <button type="button" onClick={() => void act('confirm', { solved: true })}>
                {t('yes')}
              </button>
              <button type="button" class="quiet" onClick={() => setUnsolved('')}>
                {t('no')}
              </button>
            </p>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void act('confirm', { solved: false, note: unsolved || undefined }, () =>
                  setUnsolved(undefined),
                );
              }}
            >
              <Field label={t('why')}>
                <textarea
                  rows={3}
                  maxLength={1000}
                  value={unsolved}
                  onInput={(event) => setUnsolved(event.currentTarget.value)}
                />
              </Field>
              <p class="buttons">
                <button type="submit">{t('send')}</button>
                <button type="button" class="quiet" onClick={() => setUnsolved(undefined)}>
                  {t('back')}
                </button>
              </p>
            </form>
          )}
        </section>
      )}
      {ticket.confirmedAt && <p class="good">{t('confirmed')}</p>}
      {ticket.surveyUrl && (
        <p class="buttons">
          <a class="button" href={ticket.surveyUrl}>
            {t('rate')}
          </a>
        </p>
      )}
      <section>
        <h2>{t('history')}</h2>
        <ol class="steps">
          {ticket.steps.map((step, i) => (
            <li key={i}>
              <time dateTime={step.at}>{tell(step.at)}</time>
              <span>{step.text}</span>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>{t('talk')}</h2>
        {ticket.messages.length === 0 ? (
          <p class="label">{t('none')}</p>
        ) : (
          <ol class="talk">
            {ticket.messages.map((message, i) => (
              <li key={i} class={message.from}>
                <span class="label">
                  {message.from === 'customer' ? t('you') : message.name} ·{' '}
                  <time dateTime={message.at}>{tell(message.at)}</time>
                </span>
                <p>
                  {piecesOf(message.body).map(({ text, href }, at) =>
                    href ? (
                      <a key={at} href={href} target="_blank" rel="noopener noreferrer nofollow">
                        {text}
                      </a>
                    ) : (
                      text
                    ),
                  )}
                </p>
              </li>
            ))}
          </ol>
        )}
      </section>
      {ticket.continuedBy && (
        <p class="good">
          {t('continuedBy')}
          <a href={`#${ticket.continuedBy}`} onClick={forget}>
            {ticket.continuedBy}
          </a>
        </p>
      )}
      <Fault error={error} t={t} />
      {ticket.canReply && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (note.trim())
              void act('reply', { body: note, clientId: crypto.randomUUID() }, () => setNote(''));
          }}
        >
          {ticket.replyOpens && (
            <p class="label">{t(ticket.replyOpens === 'again' ? 'opensAgain' : 'opensNew')}</p>
          )}
          <Field label={t('reply')}>
            <textarea
              rows={3}
              maxLength={4000}
              value={note}
              onInput={(event) => setNote(event.currentTarget.value)}
            />
          </Field>
          <p class="buttons">
            <button type="submit" disabled={!note.trim()}>
              {t('send')}
            </button>
            {ticket.canUrge && (
              <button
                type="button"
                class="quiet"
                onClick={() => void act('urge', {}, () => setSaid(t('urged')))}
              >
                {t('urge')}
              </button>
            )}
            {said && (
              <span class="good" role="status">
                {said}
              </span>
            )}
          </p>
        </form>
      )}
    </article>
  );
};
