/** @jsxImportSource preact */
/** The request form. What is typed stays until the server has it. */
import { useEffect, useState } from 'preact/hooks';
import { ask } from './api.ts';
import type { Filed, Info, RequestBody } from './api.ts';
import { Field, Sending, faultOf } from './parts.tsx';
import type { Locale, Tell } from './texts.ts';

type Draft = Omit<RequestBody, 'consent' | 'locale'>;
/** What is typed of a complaint is no request: each keeps its own words. */
const keptAs = (complaint: boolean) => (complaint ? 'zhike:complaint' : 'zhike:request');
const read = (empty: Draft, complaint: boolean): Draft => {
  try {
    return { ...empty, ...(JSON.parse(sessionStorage.getItem(keptAs(complaint)) ?? '{}') as Partial<Draft>) };
  } catch {
    return empty;
  }
};

export const Request = ({
  info,
  t,
  locale,
  go,
  complaint = false,
}: {
  info: Info;
  t: Tell;
  locale: Locale;
  go: (path: string) => void;
  /** 我要投诉: nothing is to be chosen, it goes to who handles complaints (SD3j-02). */ complaint?: boolean;
}) => {
  const offered = complaint ? info.categories.filter((one) => one.complaint) : info.categories;
  const empty: Draft = {
    name: '',
    kind: 'person',
    company: '',
    phone: '',
    email: '',
    category: complaint ? (offered[0]?.key ?? '') : '',
    product: '',
    subject: '',
    description: complaint ? '' : t('template'),
  };
  const [draft, setDraft] = useState(() => read(empty, complaint));
  const [consent, setConsent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [filed, setFiled] = useState<Filed>();
  // One key for one request: pressing twice, or again after the line broke, files it once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  useEffect(() => {
    try {
      sessionStorage.setItem(keptAs(complaint), JSON.stringify(draft));
    } catch {
      /* a private window */
    }
  }, [draft, complaint]);
  const set = (field: keyof Draft) => (event: { currentTarget: { value: string } }) => {
    setDraft({ ...draft, [field]: event.currentTarget.value });
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const { email, company, product, ...rest } = draft;
      setFiled(
        await ask<Filed>('POST', '/portal/requests', {
          locale,
          key,
          body: {
            ...rest,
            ...(email ? { email } : {}),
            ...(product ? { product } : {}),
            ...(draft.kind === 'person' ? {} : { company }),
            consent,
            locale,
          },
        }),
      );
      sessionStorage.removeItem(keptAs(complaint));
    } catch (refusal) {
      setError(refusal);
      setKey(crypto.randomUUID());
    } finally {
      setBusy(false);
    }
  };

  if (filed)
    return (
      <section class="done" aria-live="polite">
        <h1>{t('filed')}</h1>
        <p class="number">
          <span>{t('number')}</span>
          <b>{filed.number}</b>
        </p>
        <p>{filed.promise}</p>
        <p>{t('keep')}</p>
        <p class="buttons">
          <button type="button" onClick={() => go(`/portal/progress#${filed.number}`)}>
            {t('see')}
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setFiled(undefined);
              setDraft(empty);
              setConsent(false);
              setKey(crypto.randomUUID());
            }}
          >
            {t('another')}
          </button>
        </p>
      </section>
    );
  return (
    <form onSubmit={submit}>
      <h1>{t(complaint ? 'complain' : 'request')}</h1>
      {complaint && <p class="lead">{t('complainLead')}</p>}
      <div class="two">
        <Field label={t('kind')}>
          <select value={draft.kind} onChange={set('kind')}>
            <option value="person">{t('person')}</option>
            <option value="company">{t('company')}</option>
            <option value="partner">{t('partner')}</option>
          </select>
        </Field>
        <Field label={draft.kind === 'person' ? t('name') : t('contactName')} fault={faultOf(error, 'name')}>
          <input required maxLength={60} autocomplete="name" value={draft.name} onInput={set('name')} />
        </Field>
        {draft.kind !== 'person' && (
          <Field label={t('companyName')} fault={faultOf(error, 'company')}>
            <input
              required
              maxLength={120}
              autocomplete="organization"
              value={draft.company}
              onInput={set('company')}
            />
          </Field>
        )}
        <Field label={t('phone')} hint={t('phoneHint')} fault={faultOf(error, 'phones')}>
          <input
            required
            maxLength={40}
            inputMode="tel"
            autocomplete="tel"
            value={draft.phone}
            onInput={set('phone')}
          />
        </Field>
        <Field label={t('email')} fault={faultOf(error, 'email')}>
          <input
            type="email"
            maxLength={254}
            autocomplete="email"
            value={draft.email}
            onInput={set('email')}
          />
        </Field>
        {(!complaint || offered.length > 1) && (
          <Field label={t('category')} fault={faultOf(error, 'category')}>
            <select required value={draft.category} onChange={set('category')}>
              <option value="" disabled>
                {t('choose')}
              </option>
              {complaint
                ? offered.map((one) => (
                    <option key={one.key} value={one.key}>
                      {locale === 'en' ? one.en : one.zh}
                    </option>
                  ))
                : info.categories
                    .filter(({ key: one }) => !one.includes('.'))
                    .map((parent) => (
                      <optgroup key={parent.key} label={locale === 'en' ? parent.en : parent.zh}>
                        {info.categories
                          .filter(({ key: one }) => one.startsWith(`${parent.key}.`))
                          .map((child) => (
                            <option key={child.key} value={child.key}>
                              {locale === 'en' ? child.en : child.zh}
                            </option>
                          ))}
                      </optgroup>
                    ))}
            </select>
          </Field>
        )}
        {info.products.length > 0 && (
          <Field label={t('product')} fault={faultOf(error, 'product')}>
            <select value={draft.product} onChange={set('product')}>
              <option value="">{t('noProduct')}</option>
              {info.products.map((one) => (
                <option key={one.key} value={one.key}>
                  {locale === 'en' ? one.en : one.zh}
                </option>
              ))}
            </select>
          </Field>
        )}
      </div>
      <Field label={t('subject')} fault={faultOf(error, 'subject')}>
        <input required maxLength={200} value={draft.subject} onInput={set('subject')} />
      </Field>
      <Field label={t('description')} fault={faultOf(error, 'description')}>
        <textarea required rows={9} maxLength={8000} value={draft.description} onInput={set('description')} />
      </Field>
      <Sending {...{ t, consent, setConsent, error, busy }} privacy={info.privacyNotice} />
    </form>
  );
};
