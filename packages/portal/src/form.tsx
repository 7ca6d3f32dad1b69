/** @jsxImportSource preact */
/** A form that customers fill in themselves: a waybill, a booking. What is typed stays until the server has it. */
import { useEffect, useState } from 'preact/hooks';
import { isRequired, isShown } from '#contracts/flow.ts';
import { ask } from './api.ts';
import type { FormSent, PortalForm } from './api.ts';
import { Field, Sending, faultOf, inHash } from './parts.tsx';
import type { Locale, Tell } from './texts.ts';

type Value = string | boolean | string[];
type Draft = Record<string, Value>;
type FormField = PortalForm['fields'][number];
const kept = (kind: string) => `zhike:form:${kind}`;
const begun = ({ kind, fields }: PortalForm): Draft => {
  const usual = Object.fromEntries(
    fields.flatMap(({ key, default: value }) => (value === undefined ? [] : [[key, String(value)]])),
  );
  try {
    return { ...usual, ...(JSON.parse(sessionStorage.getItem(kept(kind)) ?? '{}') as Draft) };
  } catch {
    return usual;
  }
};

/** As the server takes it: numbers as numbers, an hour of this place as an instant, nothing for what is left empty. */
const dataOf = (fields: readonly FormField[], draft: Draft): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ key, type }): [string, Value | number][] => {
      const value = draft[key];
      if (value === undefined || value === '') return [];
      if (type === 'number' || type === 'money') return [[key, Number(value)]];
      if (type === 'instant') return [[key, new Date(String(value)).toISOString()]];
      return [[key, value]];
    }),
  );

const Input = ({
  field,
  value,
  required,
  locale,
  t,
  set,
}: {
  field: FormField;
  value: Value | undefined;
  required: boolean;
  locale: Locale;
  t: Tell;
  set: (value: Value) => void;
}) => {
  const said = typeof value === 'string' ? value : '';
  const typed = (event: { currentTarget: { value: string } }) => set(event.currentTarget.value);
  const plain = { required, value: said, onInput: typed };
  const options = (field.options ?? []).map((option) => ({
    key: option.key,
    name: locale === 'en' ? option.en : option.zh,
  }));
  switch (field.type) {
    case 'long':
      return <textarea {...plain} rows={2} maxLength={4000} />;
    case 'choice':
      return (
        <select required={required} value={said} onChange={typed}>
          <option value="" disabled={required}>
            {t('choose')}
          </option>
          {options.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      );
    case 'choices': {
      const chosen = Array.isArray(value) ? value : [];
      return (
        <span class="picks">
          {options.map(({ key, name }) => (
            <label key={key} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(key)}
                onChange={(event) =>
                  set(event.currentTarget.checked ? [...chosen, key] : chosen.filter((one) => one !== key))
                }
              />{' '}
              {name}
            </label>
          ))}
        </span>
      );
    }
    case 'yes':
      return (
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'number':
    case 'money':
      return <input {...plain} type="number" step="any" min={field.min} max={field.max} />;
    case 'date':
      return <input {...plain} type="date" />;
    case 'instant':
      return <input {...plain} type="datetime-local" />;
    case 'phone':
      return <input {...plain} inputMode="tel" maxLength={40} autocomplete="tel" />;
    case 'email':
      return <input {...plain} type="email" maxLength={254} autocomplete="email" />;
    default:
      return <input {...plain} maxLength={200} />;
  }
};

const Filling = ({
  form,
  privacy,
  t,
  locale,
  go,
}: {
  form: PortalForm;
  privacy: string;
  t: Tell;
  locale: Locale;
  go: (path: string) => void;
}) => {
  const [draft, setDraft] = useState(() => begun(form));
  const [who, setWho] = useState({ name: '', phone: '' });
  const [consent, setConsent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [sent, setSent] = useState<FormSent>();
  // One key for one form: pressing twice, or again after the line broke, sends it once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const said = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  useEffect(() => {
    try {
      sessionStorage.setItem(kept(form.kind), JSON.stringify(draft));
    } catch {
      /* a private window */
    }
  }, [draft, form.kind]);

  if (sent)
    return (
      <section class="done" aria-live="polite">
        <h1>{t('formSent')}</h1>
        {sent.number && (
          <p class="number">
            <span>{t('lookUpNumber')}</span>
            <b>{sent.number}</b>
          </p>
        )}
        <p>{said(sent.promise)}</p>
        <p class="buttons">
          {sent.lookUp && (
            <button type="button" onClick={() => go(`/portal/look-up#${form.kind}/${sent.number}`)}>
              {t('see')}
            </button>
          )}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setSent(undefined);
              setDraft(begun(form));
              setConsent(false);
              setKey(crypto.randomUUID());
            }}
          >
            {t('another')}
          </button>
        </p>
      </section>
    );

  const facts = { data: dataOf(form.fields, draft) };
  const shown = form.fields.filter((field) => isShown(field, facts));
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const answer = await ask<FormSent>('POST', `/portal/forms/${form.kind}`, {
        locale,
        key,
        body: { data: dataOf(shown, draft), consent, ...(form.asksWho ? who : {}) },
      });
      sessionStorage.removeItem(kept(form.kind));
      setSent(answer);
    } catch (refusal) {
      setError(refusal);
      setKey(crypto.randomUUID());
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <div class="two">
        {form.asksWho && (
          <>
            <Field label={t('name')} fault={faultOf(error, 'name')}>
              <input
                required
                maxLength={60}
                autocomplete="name"
                value={who.name}
                onInput={(event) => setWho({ ...who, name: event.currentTarget.value })}
              />
            </Field>
            <Field label={t('phone')} fault={faultOf(error, 'phone') ?? faultOf(error, 'phones')}>
              <input
                required
                maxLength={40}
                inputMode="tel"
                autocomplete="tel"
                value={who.phone}
                onInput={(event) => setWho({ ...who, phone: event.currentTarget.value })}
              />
            </Field>
          </>
        )}
        {shown.map((field) => {
          const required = isRequired(field, facts);
          return (
            <div key={field.key} class={field.type === 'long' ? 'wide' : undefined}>
              <Field
                label={required ? said(field) : t('maybe', { field: said(field) })}
                hint={field.help && said(field.help)}
                fault={faultOf(error, field.key)}
              >
                <Input
                  field={field}
                  value={draft[field.key]}
                  required={required}
                  locale={locale}
                  t={t}
                  set={(value) => setDraft({ ...draft, [field.key]: value })}
                />
              </Field>
            </div>
          );
        })}
      </div>
      <Sending {...{ t, consent, setConsent, error, busy }} privacy={privacy} />
    </form>
  );
};

/** `#kind` names the form; without it the reader chooses one. */
export const Form = ({
  forms,
  privacy,
  t,
  locale,
  go,
}: {
  forms: PortalForm[];
  privacy: string;
  t: Tell;
  locale: Locale;
  go: (path: string) => void;
}) => {
  const [wanted, setWanted] = useState(() => inHash()[0]);
  const form = forms.find(({ kind }) => kind === wanted) ?? (forms.length === 1 ? forms[0] : undefined);
  const said = (words: { zh: string; en: string }) => (locale === 'en' ? words.en : words.zh);
  if (form)
    return (
      <>
        <h1>{said(form.name)}</h1>
        <Filling key={form.kind} form={form} privacy={privacy} t={t} locale={locale} go={go} />
      </>
    );
  return (
    <>
      <h1>{t('forms')}</h1>
      <p class="lead">{forms.length > 0 ? t('formsLead') : t('formsNone')}</p>
      <p class="buttons">
        {forms.map(({ kind, name }) => (
          <button
            key={kind}
            type="button"
            class="quiet"
            onClick={() => {
              go(`/portal/form#${kind}`);
              setWanted(kind);
            }}
          >
            {said(name)}
          </button>
        ))}
      </p>
    </>
  );
};
