/** @jsxImportSource preact */
/** Pieces the pages share. */
import type { ComponentChildren } from 'preact';
import { Refused } from './api.ts';
import type { Locale, Tell } from './texts.ts';

/** What stands behind `#`, part by part; a link that was cut in the middle of a letter says nothing there. */
export const inHash = (): string[] =>
  location.hash
    .slice(1)
    .split('/')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return '';
      }
    });

/** Says an instant with its weekday. */
export const tellIn = (locale: Locale): ((instant: string) => string) => {
  const when = new Intl.DateTimeFormat(locale, {
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  return (instant) => when.format(new Date(instant));
};

export const Field = ({
  label,
  hint,
  fault,
  children,
}: {
  label: string;
  hint?: string;
  fault?: string;
  children: ComponentChildren;
}) => (
  <label class={fault ? 'field bad' : 'field'}>
    <span>
      {label}
      {hint && <small>{hint}</small>}
    </span>
    {children}
    {fault && <em role="alert">{fault}</em>}
  </label>
);

/** The last four digits of the phone, which show that somebody may see a case. */
export const Tail = ({ t, value, onInput }: { t: Tell; value: string; onInput: (tail: string) => void }) => (
  <Field label={t('tail')}>
    <input
      required
      pattern="\d{4}"
      maxLength={4}
      inputMode="numeric"
      autocomplete="off"
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  </Field>
);

type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** A browser says what is missing in its own language; this says it in the reader's. Returns how to stop. */
export const sayWhatIsMissing = (t: Tell): (() => void) => {
  const missing = ({ target }: Event) => {
    const box = target as Box;
    if (box.validity.valueMissing)
      box.setCustomValidity(
        t(
          box.type === 'checkbox'
            ? 'agree'
            : box.type === 'radio' || box.type === 'select-one'
              ? 'pickOne'
              : 'fillIn',
        ),
      );
    else if (box.validity.typeMismatch && box.type === 'email') box.setCustomValidity(t('emailForm'));
  };
  // Before each try to send, and as soon as something is filled in: the browser judges anew.
  const anew = ({ target }: Event) => {
    const form = (target as Element).closest?.('form');
    for (const box of form?.elements ?? []) (box as Partial<Box>).setCustomValidity?.('');
  };
  document.addEventListener('invalid', missing, true);
  for (const what of ['click', 'input']) document.addEventListener(what, anew, true);
  return () => {
    document.removeEventListener('invalid', missing, true);
    for (const what of ['click', 'input']) document.removeEventListener(what, anew, true);
  };
};

/** What went wrong, in the server's own words, with the id to quote. */
export const Fault = ({ error, t }: { error: unknown; t: Tell }) => {
  if (!error) return null;
  if (!(error instanceof Refused))
    return (
      <p class="fault" role="alert">
        {t('failed')}
      </p>
    );
  // The general refusal speaks of rights, as people of the centre have them.
  const gone = error.problem.code === 'NOT_FOUND';
  return (
    <p class="fault" role="alert">
      <strong>{gone ? t('gone') : error.problem.title}</strong> {gone ? t('goneHint') : error.problem.detail}{' '}
      <small>{t('requestId', { id: error.problem.requestId })}</small>
    </p>
  );
};

/** How a form ends: consent with what it is about, what went wrong, and the button. */
export const Sending = (props: {
  t: Tell;
  consent: boolean;
  setConsent: (consent: boolean) => void;
  privacy: string;
  error: unknown;
  busy: boolean;
}) => (
  <>
    <label class="check">
      <input
        type="checkbox"
        checked={props.consent}
        required
        onChange={(event) => props.setConsent(event.currentTarget.checked)}
      />{' '}
      {props.t('consent')}
    </label>
    <details>
      <summary>{props.t('privacy')}</summary>
      <p>{props.privacy}</p>
    </details>
    <Fault error={props.error} t={props.t} />
    <p class="buttons">
      <button type="submit" disabled={props.busy}>
        {props.t(props.busy ? 'submitting' : 'submit')}
      </button>
    </p>
  </>
);

/** A link that opens nothing: what is wrong, and the way to where help is. */
export const Astray = ({ error, t }: { error: unknown; t: Tell }) => (
  <>
    <Fault error={error} t={t} />
    <p class="buttons">
      <a class="button" href="/portal/">
        {t('home')}
      </a>
    </p>
  </>
);

/** The message for one field of a refused form. */
export const faultOf = (error: unknown, field: string): string | undefined =>
  error instanceof Refused
    ? error.problem.errors?.find(
        ({ pointer }) =>
          pointer === `/${field}` || pointer.startsWith(`/${field}/`) || pointer.endsWith(`/${field}`),
      )?.message
    : undefined;
