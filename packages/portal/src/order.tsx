/** @jsxImportSource preact */
/** One order behind a link that the service sent: what it costs and where to pay it, or where it is. */
import { useEffect, useState } from 'preact/hooks';
import { ask, Refused } from './api.ts';
import type { Order as View } from './api.ts';
import { Astray } from './parts.tsx';
import type { Locale, Tell } from './texts.ts';

export const Order = ({ token, t, locale }: { token: string; t: Tell; locale: Locale }) => {
  const [view, setView] = useState<View>();
  const [error, setError] = useState<unknown>();
  const [expired, setExpired] = useState(false);
  useEffect(() => {
    ask<View>('GET', `/o/${encodeURIComponent(token)}`, { locale }).then(setView, (refusal: unknown) => {
      if (refusal instanceof Refused && refusal.problem.code === 'LINK_EXPIRED') setExpired(true);
      else setError(refusal);
    });
  }, [token, locale]);
  if (expired)
    return (
      <section class="done">
        <h1>{t('linkExpired')}</h1>
        <p class="label">{t('linkExpiredHint')}</p>
      </section>
    );
  if (error) return <Astray error={error} t={t} />;
  if (!view)
    return (
      <p class="label" role="status">
        {t('loading')}
      </p>
    );
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY' });
  const at = (instant: string | null) => (instant === null ? null : when.format(new Date(instant)));
  const rows: [string, string | null][] = [
    [t('orderItems'), view.items],
    [t('orderState'), view.state ? (locale === 'en' ? view.state.en : view.state.zh) : null],
    [t('orderAmount'), view.amount === null ? null : money.format(view.amount)],
    ...(view.kind === 'track'
      ? ([
          [
            t('orderCarrier'),
            view.carrier && view.trackNo ? `${view.carrier} ${view.trackNo}` : view.trackNo,
          ],
          [
            t('orderLast'),
            [view.lastTrack, at(view.lastTrackAt)].filter(Boolean).join(' · ') || t('orderNoTrack'),
          ],
          [t('orderEta'), at(view.etaAt)],
        ] as [string, string | null][])
      : []),
  ];
  return (
    <section class="narrow">
      <h1>
        {t(view.kind === 'pay' ? 'orderPay' : 'orderTrack')} {view.number}
      </h1>
      <p class="label">{locale === 'en' ? view.companyEn : view.company}</p>
      <dl>
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {view.kind === 'pay' &&
        (view.payUrl ? (
          <p class="buttons">
            <a class="button" href={view.payUrl} rel="noopener noreferrer">
              {t('orderPayNow')}
            </a>
          </p>
        ) : (
          <p>{t('orderPayAsk', { hotline: view.hotline })}</p>
        ))}
      <p class="label">{t('linkUntil', { time: when.format(new Date(view.expiresAt)) })}</p>
    </section>
  );
};
