/** @jsxImportSource preact */
/** The customers' pages: home, request, progress, look-up, survey. */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask } from './api.ts';
import type { Info, LookUpKind, Notice, PortalForm } from './api.ts';
import { Form } from './form.tsx';
import { Help, HelpFinder, HelpPage } from './help.tsx';
import { LookUp } from './look-up.tsx';
import { Fault, sayWhatIsMissing } from './parts.tsx';
import { Order } from './order.tsx';
import { Progress } from './progress.tsx';
import { Request } from './request.tsx';
import { Survey } from './survey.tsx';
import { spaced, teller } from './texts.ts';
import type { Locale, Tell } from './texts.ts';
import '../../ui/src/guests.css';
import './portal.css';

const Home = ({
  info,
  looks,
  forms,
  t,
  locale,
  go,
}: {
  info: Info;
  looks: boolean;
  forms: PortalForm[];
  t: Tell;
  locale: Locale;
  go: (path: string) => void;
}) => {
  const when = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  return (
    <>
      <h1>{locale === 'en' ? info.companyEn : info.company}</h1>
      <p class="lead">{t('lead')}</p>
      <p class="buttons">
        <button type="button" onClick={() => go('/portal/request')}>
          {t('request')}
        </button>
        <button type="button" class="quiet" onClick={() => go('/portal/progress')}>
          {t('progress')}
        </button>
        {info.categories.some(({ complaint }) => complaint) && (
          <button type="button" class="quiet" onClick={() => go('/portal/complaint')}>
            {t('complain')}
          </button>
        )}
        {looks && (
          <button type="button" class="quiet" onClick={() => go('/portal/look-up')}>
            {t('lookUp')}
          </button>
        )}
      </p>
      {forms.length > 0 && (
        <>
          <h2>{t('forms')}</h2>
          <p class="buttons">
            {forms.map(({ kind, name }) => (
              <button key={kind} type="button" class="quiet" onClick={() => go(`/portal/form#${kind}`)}>
                {locale === 'en' ? name.en : name.zh}
              </button>
            ))}
          </p>
        </>
      )}
      <HelpFinder t={t} locale={locale} go={go} first />
      <h2>{t('contact')}</h2>
      <ul class="ways">
        {info.channels.map((channel) => (
          <li key={channel.name}>
            <h3>
              {locale === 'en' ? channel.nameEn : channel.name}
              <span class={channel.open ? 'state on' : 'state'}>
                {channel.open ? t('open') : t('closed')}
              </span>
            </h3>
            {channel.address && <p class="address">{channel.address}</p>}
            <dl>
              {channel.scope && (
                <div>
                  <dt>{t('scope')}</dt>
                  <dd>{channel.scope}</dd>
                </div>
              )}
              <div>
                <dt>{t('hours')}</dt>
                <dd>
                  {channel.hours}
                  {!channel.open && channel.nextOpening && (
                    <> · {t('nextOpen', { time: spaced(when.format(new Date(channel.nextOpening))) })}</>
                  )}
                </dd>
              </div>
              {channel.target && (
                <div>
                  <dt>{t('target')}</dt>
                  <dd>{channel.target}</dd>
                </div>
              )}
            </dl>
            {channel.chat && (
              <button
                type="button"
                class="quiet"
                onClick={() => (window as unknown as { Zhike?: { open(): void } }).Zhike?.open()}
              >
                {t('chat')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
};

/** An end that was expected and has passed is not told: it would be a promise broken twice. */
const ahead = (at: string) => Date.parse(at) > Date.now();
/** Asked again this often, so that nobody has to load the page anew to learn of it. */
const noticeEveryMs = 10_000;
/** SD2-37: jammed lines or a failure, on every page of the customer. */
const Told = ({ t, locale, go }: { t: Tell; locale: Locale; go: (path: string) => void }) => {
  const [notice, setNotice] = useState<Notice>(null);
  useEffect(() => {
    const read = () => {
      if (document.visibilityState === 'visible')
        ask<{ notice: Notice }>('GET', '/notice', { locale }).then(
          (answer) => setNotice(answer.notice),
          () => {},
        );
    };
    read();
    const timer = setInterval(read, noticeEveryMs);
    return () => clearInterval(timer);
  }, [locale]);
  if (!notice) return null;
  const when = new Intl.DateTimeFormat(locale, {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  return (
    <p class="told" role="alert">
      {locale === 'en' ? notice.announcementEn : notice.announcement}
      {notice.expectedEnd && ahead(notice.expectedEnd) && (
        <> · {t('backAt', { time: spaced(when.format(new Date(notice.expectedEnd))) })}</>
      )}
      {notice.offerCallback && (
        <a
          href="/portal/request"
          onClick={(event) => {
            event.preventDefault();
            go('/portal/request');
          }}
        >
          {t('callBack')}
        </a>
      )}
    </p>
  );
};

const App = () => {
  const [locale, setLocale] = useState<Locale>(
    () =>
      // The chat opens this page in its own language.
      ({ en: 'en', zh: 'zh-CN' } as const)[new URLSearchParams(location.search).get('lang') ?? ''] ??
      (localStorage.getItem('zhike:lang') as Locale | null) ??
      (/^zh/i.test(navigator.language) || !/^en/i.test(navigator.language) ? 'zh-CN' : 'en'),
  );
  const [path, setPath] = useState(location.pathname);
  /** The number and the pass of a link stand there; a second link opened in the same tab changes nothing else. */
  const [, setHash] = useState(location.hash);
  const [info, setInfo] = useState<Info>();
  const [kinds, setKinds] = useState<LookUpKind[]>();
  const [forms, setForms] = useState<PortalForm[]>();
  const [error, setError] = useState<unknown>();
  const t = teller(locale);
  const survey = path.match(/^\/s\/([^/]+)/)?.[1];
  const order = path.match(/^\/o\/([^/]+)/)?.[1];
  const token = survey ?? order;
  const load = () => {
    setError(undefined);
    ask<Info>('GET', '/portal', { locale }).then(setInfo, setError);
  };
  const loadKinds = () =>
    ask<{ items: LookUpKind[] }>('GET', '/look-up', { locale }).then(
      ({ items }) => setKinds(items),
      setError,
    );
  const loadForms = () =>
    ask<{ items: PortalForm[] }>('GET', '/portal/forms', { locale }).then(
      ({ items }) => setForms(items),
      setError,
    );
  const looks = (kinds?.length ?? 0) > 0;
  useEffect(load, [locale]);
  useEffect(() => {
    if (token) return;
    void loadKinds();
    void loadForms();
  }, []); // oxlint-disable-line react-hooks/exhaustive-deps -- once, when the page opens
  useEffect(() => sayWhatIsMissing(t), [locale]); // oxlint-disable-line react-hooks/exhaustive-deps -- t follows from it
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = t(
      order
        ? 'orderTitle'
        : survey
          ? 'rateTitle'
          : path.startsWith('/portal/request')
            ? 'request'
            : path.startsWith('/portal/complaint')
              ? 'complain'
              : path.startsWith('/portal/progress')
                ? 'progress'
                : path.startsWith('/portal/form')
                  ? 'forms'
                  : path.startsWith('/portal/look-up')
                    ? 'lookUp'
                    : path.startsWith('/portal/help')
                      ? 'help'
                      : 'home',
    );
  }, [locale, path]); // oxlint-disable-line react-hooks/exhaustive-deps -- token and t follow from these
  useEffect(() => {
    const back = () => {
      setPath(location.pathname);
      setHash(location.hash);
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  // The chat is offered on the portal itself; never opened unasked.
  useEffect(() => {
    if (!info?.widgetKey || token || document.querySelector('script[data-key]')) return;
    const script = document.createElement('script');
    script.dataset.key = info.widgetKey;
    script.dataset.lang = locale;
    const policy = (
      window as unknown as {
        trustedTypes?: {
          createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
        };
      }
    ).trustedTypes?.createPolicy('zhike', {
      createScriptURL: (url: string) => {
        if (url !== '/widget/loader.js') throw new TypeError('only our own loader');
        return url;
      },
    });
    script.src = policy ? policy.createScriptURL('/widget/loader.js') : '/widget/loader.js';
    document.body.append(script);
  }, [info]); // oxlint-disable-line react-hooks/exhaustive-deps -- the chat is put there once, in the language of that moment
  const go = (to: string) => {
    history.pushState(null, '', to);
    setPath(location.pathname);
    scrollTo(0, 0);
  };
  const link = (to: string, label: string) => (
    <a
      href={to}
      aria-current={path === to ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {label}
    </a>
  );
  // A page that leads nowhere shows the way to where help is.
  const homeward = (
    <p class="buttons">
      <a class="button" href="/portal/">
        {t('home')}
      </a>
    </p>
  );
  const page = () => {
    if (survey) return <Survey token={survey} t={t} locale={locale} />;
    if (order) return <Order token={order} t={t} locale={locale} />;
    const helped = path.match(/^\/portal\/help\/([^/]+)/)?.[1];
    if (helped) return <HelpPage id={helped} t={t} locale={locale} go={go} />;
    if (path.startsWith('/portal/help')) return <Help t={t} locale={locale} go={go} />;
    if (path.startsWith('/portal/progress')) return <Progress key={location.hash} t={t} locale={locale} />;
    const waits = (again: () => void) =>
      error ? (
        <>
          <Fault error={error} t={t} />
          <p class="buttons">
            <button type="button" onClick={again}>
              {t('retry')}
            </button>
          </p>
        </>
      ) : (
        <p class="label" role="status">
          {t('loading')}
        </p>
      );
    if (path.startsWith('/portal/look-up'))
      return kinds ? (
        <LookUp key={location.hash} kinds={kinds} t={t} locale={locale} />
      ) : (
        waits(() => {
          setError(undefined);
          void loadKinds();
        })
      );
    if (!info) return waits(load);
    if (path.startsWith('/portal/form'))
      return forms ? (
        <Form key={location.hash} forms={forms} privacy={info.privacyNotice} t={t} locale={locale} go={go} />
      ) : (
        waits(() => {
          setError(undefined);
          void loadForms();
        })
      );
    if (path.startsWith('/portal/request'))
      return <Request key="request" info={info} t={t} locale={locale} go={go} />;
    if (path.startsWith('/portal/complaint'))
      return <Request key="complaint" info={info} t={t} locale={locale} go={go} complaint />;
    if (path === '/portal/' || path === '/portal')
      return <Home info={info} looks={looks} forms={forms ?? []} t={t} locale={locale} go={go} />;
    return (
      <>
        <h1>{t('lost')}</h1>
        {homeward}
      </>
    );
  };
  return (
    <>
      <nav class="top">
        {token ? (
          <strong class="whose">{info && (locale === 'en' ? info.companyEn : info.company)}</strong>
        ) : (
          <>
            {link('/portal/', t('home'))}
            {link('/portal/request', t('request'))}
            {(forms?.length ?? 0) > 0 && link('/portal/form', t('forms'))}
            {link('/portal/progress', t('progress'))}
            {link('/portal/help', t('help'))}
            {looks && link('/portal/look-up', t('lookUp'))}
          </>
        )}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            const next = locale === 'en' ? 'zh-CN' : 'en';
            localStorage.setItem('zhike:lang', next);
            setLocale(next);
          }}
        >
          {t('language')}
        </button>
      </nav>
      <Told t={t} locale={locale} go={go} />
      <main>{page()}</main>
    </>
  );
};

const root = document.getElementById('portal');
if (root) render(<App />, root);
