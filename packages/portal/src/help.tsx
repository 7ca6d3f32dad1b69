/** @jsxImportSource preact */
/** 常见问题: found by a few words, read as plain text; the way to people stands on every page. */
import { useEffect, useState } from 'preact/hooks';
import { marks } from '#contracts/marks.ts';
import { ask } from './api.ts';
import type { HelpArticle, HelpFound } from './api.ts';
import { Fault } from './parts.tsx';
import type { Locale, Tell } from './texts.ts';

type Words = { zh: string; en: string };
type Page = { t: Tell; locale: Locale; go: (path: string) => void };
const inLocale = (words: Words, locale: Locale) => (locale === 'en' && words.en ? words.en : words.zh);

const Marked = ({ text, words }: { text: string; words: string[] }) => (
  <>{marks(text, words).map((part, i) => (part.hit ? <mark key={i}>{part.text}</mark> : part.text))}</>
);

/** The ways to reach somebody stand below them and stay in sight. */
const onHome = 5;

/** The box, and below it what was found or what is asked most. */
export const HelpFinder = ({ t, locale, go, first }: Page & { first?: boolean }) => {
  const [typed, setTyped] = useState(() => new URLSearchParams(location.search).get('q') ?? '');
  const [q, setQ] = useState(typed);
  const [found, setFound] = useState<HelpFound>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let live = true;
    setError(undefined);
    ask<HelpFound>('GET', `/portal/help${q ? `?q=${encodeURIComponent(q)}` : ''}`, { locale }).then(
      (answer) => live && setFound(answer),
      (refusal: unknown) => live && setError(refusal),
    );
    return () => {
      live = false;
    };
  }, [q, locale]);
  // A centre that has written nothing for customers offers no empty box, not even while it is asked.
  if (first && !q && !found?.items.length) return null;
  return (
    <section class="help">
      {first && <h2>{t('help')}</h2>}
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = typed.trim().slice(0, 100);
          setQ(wanted);
          if (!first)
            history.replaceState(null, '', `/portal/help${wanted ? `?q=${encodeURIComponent(wanted)}` : ''}`);
        }}
      >
        <input
          type="search"
          maxLength={100}
          value={typed}
          placeholder={t('helpFind')}
          aria-label={t('helpFind')}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit">{t('lookup')}</button>
      </form>
      <Fault error={error} t={t} />
      {found && q && (
        <p class="label" role="status">
          {found.items.length > 0 ? t('helpFound', { count: String(found.items.length) }) : t('helpNone')}
        </p>
      )}
      <ul class="answers">
        {found?.items.slice(0, first ? onHome : undefined).map((one) => {
          const to = `/portal/help/${one.id}`;
          return (
            <li key={one.id}>
              <a
                href={to}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey) return;
                  event.preventDefault();
                  go(to);
                }}
              >
                <Marked text={inLocale(one.title, locale)} words={found.words} />
              </a>
              {(!first || q) && (
                <p class="label">
                  <Marked text={one.excerpt} words={found.words} />
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {first && found && found.items.length > onHome && (
        <p class="buttons">
          <button
            type="button"
            class="quiet"
            onClick={() => go(`/portal/help${q ? `?q=${encodeURIComponent(q)}` : ''}`)}
          >
            {t('helpAll')}
          </button>
        </p>
      )}
    </section>
  );
};

const ToPeople = ({ t, go }: Page) => (
  <div class="box">
    <h2>{t('helpMore')}</h2>
    <p class="buttons">
      <button type="button" onClick={() => go('/portal/request')}>
        {t('request')}
      </button>
      <button type="button" class="quiet" onClick={() => go('/portal/')}>
        {t('contact')}
      </button>
    </p>
  </div>
);

export const Help = (page: Page) => (
  <>
    <h1>{page.t('help')}</h1>
    <p class="lead">{page.t('helpLead')}</p>
    <HelpFinder {...page} />
    <ToPeople {...page} />
  </>
);

export const HelpPage = ({ id, ...page }: Page & { id: string }) => {
  const { t, locale, go } = page;
  const [article, setArticle] = useState<HelpArticle>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    setArticle(undefined);
    setError(undefined);
    ask<HelpArticle>('GET', `/portal/help/${encodeURIComponent(id)}`, { locale }).then(setArticle, setError);
  }, [id]); // oxlint-disable-line react-hooks/exhaustive-deps -- both languages come at once
  return (
    <>
      {article ? (
        <article>
          <h1>{inLocale(article.title, locale)}</h1>
          <p class="answer">{inLocale(article.body, locale)}</p>
          <p class="label">
            {t('helpUpdated', {
              day: new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(
                new Date(article.publishedAt),
              ),
            })}
          </p>
        </article>
      ) : error ? (
        <Fault error={error} t={t} />
      ) : (
        <p class="label" role="status">
          {t('loading')}
        </p>
      )}
      <p class="buttons">
        <button type="button" class="quiet" onClick={() => go('/portal/help')}>
          {t('helpAll')}
        </button>
      </p>
      <ToPeople {...page} />
    </>
  );
};
