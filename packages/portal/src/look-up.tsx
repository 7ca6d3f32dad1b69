/** @jsxImportSource preact */
/** Where an order, a booking or a repair stands, by number and, where its kind asks for it, the tail of the phone. */
import { useEffect, useState } from 'preact/hooks';
import { ask } from './api.ts';
import type { LookedUp, LookUpKind } from './api.ts';
import { Fault, Field, inHash, Tail, tellIn } from './parts.tsx';
import type { Locale, Tell } from './texts.ts';

export const LookUp = ({ kinds, t, locale }: { kinds: LookUpKind[]; t: Tell; locale: Locale }) => {
  /** `#kind/number`, as a message to the customer may link it. */
  const [[wanted = '', given = '']] = useState(inHash);
  const [key, setKey] = useState(
    () => kinds.find(({ kind }) => kind === wanted)?.kind ?? kinds[0]?.kind ?? '',
  );
  const [number, setNumber] = useState(given);
  const [proof, setProof] = useState('');
  const [found, setFound] = useState<LookedUp>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const said = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  const tell = tellIn(locale);
  const kind = kinds.find((one) => one.kind === key);

  const look = async () => {
    if (busy || !kind) return;
    setBusy(true);
    setError(undefined);
    try {
      setFound(
        await ask<LookedUp>('POST', '/look-up', {
          locale,
          body: { kind: key, number: number.trim(), ...(kind.proof === 'none' ? {} : { proof }) },
        }),
      );
    } catch (refusal) {
      setFound(undefined);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  // Values come in words of the language: another language asks again.
  useEffect(() => {
    if (found) void look();
  }, [locale]); // oxlint-disable-line react-hooks/exhaustive-deps -- only the language asks again by itself

  if (!kind)
    return (
      <>
        <h1>{t('lookUp')}</h1>
        <p class="lead">{t('lookUpNone')}</p>
      </>
    );
  if (found)
    return (
      <article class="ticket" aria-live="polite">
        <header>
          <p class="label">{said(found.kind)}</p>
          <h1>{found.number}</h1>
        </header>
        <dl class="facts">
          {found.state && (
            <div>
              <dt>{t('status')}</dt>
              <dd class="status">{said(found.state)}</dd>
            </div>
          )}
          {found.fields.map((field) => (
            <div key={field.zh}>
              <dt>{said(field)}</dt>
              <dd>{field.value}</dd>
            </div>
          ))}
        </dl>
        {found.history.length > 0 && (
          <section>
            <h2>{t('history')}</h2>
            <ol class="steps">
              {found.history.map((step, i) => (
                <li key={i}>
                  <time dateTime={step.at}>{tell(step.at)}</time>
                  <span>{said(step)}</span>
                </li>
              ))}
            </ol>
          </section>
        )}
        <p class="buttons">
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setFound(undefined);
              setNumber('');
              setProof('');
            }}
          >
            {t('lookUpOther')}
          </button>
        </p>
      </article>
    );
  return (
    <form
      class="narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <h1>{t('lookUp')}</h1>
      <p class="lead">{t('lookUpLead')}</p>
      {kinds.length > 1 && (
        <Field label={t('lookUpKind')}>
          <select
            value={key}
            onChange={(event) => {
              setKey(event.currentTarget.value);
              setProof('');
              setError(undefined);
            }}
          >
            {kinds.map((one) => (
              <option key={one.kind} value={one.kind}>
                {said(one.name)}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field label={t('lookUpNumber')}>
        <input
          required
          maxLength={60}
          autocomplete="off"
          autocapitalize="characters"
          value={number}
          onInput={(event) => setNumber(event.currentTarget.value)}
        />
      </Field>
      {kind.proof === 'phoneTail' && <Tail t={t} value={proof} onInput={setProof} />}
      {kind.proof === 'pin' && (
        <Field label={t('pin')}>
          <input
            required
            type="password"
            maxLength={20}
            inputMode="numeric"
            autocomplete="off"
            value={proof}
            onInput={(event) => setProof(event.currentTarget.value)}
          />
        </Field>
      )}
      <Fault error={error} t={t} />
      <p class="buttons">
        <button type="submit" disabled={busy}>
          {t('lookup')}
        </button>
      </p>
    </form>
  );
};
