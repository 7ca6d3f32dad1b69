/** @jsxImportSource preact */
/** Three scores and a word. Opening the page records nothing; one answer counts. */
import { useEffect, useState } from 'preact/hooks';
import { ask, Refused } from './api.ts';
import type { Survey as View, SurveyAnswer } from './api.ts';
import { Astray, Fault, Field } from './parts.tsx';
import type { Key, Locale, Tell } from './texts.ts';

const dimensions = ['efficiency', 'attitude', 'effectiveness'] as const;
const scores = [1, 2, 3, 4, 5] as const;

export const Survey = ({ token, t, locale }: { token: string; t: Tell; locale: Locale }) => {
  const [view, setView] = useState<View>();
  const [answer, setAnswer] = useState<Partial<SurveyAnswer>>({});
  const [comment, setComment] = useState('');
  const [error, setError] = useState<unknown>();
  const [state, setState] = useState<'open' | 'done' | 'answered' | 'expired'>('open');
  const fail = (refusal: unknown) => {
    const code = refusal instanceof Refused ? refusal.problem.code : '';
    if (code === 'SURVEY_ANSWERED') setState('answered');
    else if (code === 'SURVEY_EXPIRED') setState('expired');
    else setError(refusal);
  };
  useEffect(() => {
    ask<View>('GET', `/s/${encodeURIComponent(token)}`, { locale }).then((survey) => {
      setView(survey);
      if (survey.state !== 'open') setState(survey.state);
    }, fail);
  }, [token, locale]);
  const submit = async (event: Event) => {
    event.preventDefault();
    setError(undefined);
    try {
      await ask('POST', `/s/${encodeURIComponent(token)}`, {
        locale,
        body: { ...answer, ...(comment.trim() ? { comment } : {}) },
      });
      setState('done');
    } catch (refusal) {
      fail(refusal);
    }
  };

  if (state !== 'open')
    return (
      <section class="done">
        <h1>{t(state === 'done' ? 'thanks' : state)}</h1>
        {view && (
          <p class="label">
            {view.company} · {view.number}
          </p>
        )}
        {state === 'expired' && <p>{t('expiredHint')}</p>}
        <p class="buttons">
          <a class="button" href="/portal/">
            {t('home')}
          </a>
        </p>
      </section>
    );
  if (!view)
    return error ? (
      <Astray error={error} t={t} />
    ) : (
      <p class="label" role="status">
        {t('loading')}
      </p>
    );
  return (
    <form onSubmit={submit} class="narrow survey">
      <h1>{t('rateTitle')}</h1>
      <p class="label">
        {view.company} · {view.number} · {view.subject}
        {view.agentName && <> · {t('servedBy', { name: view.agentName })}</>}
      </p>
      {dimensions.map((dimension) => (
        <fieldset key={dimension}>
          <legend>{t(dimension)}</legend>
          <div class="stars">
            {scores.map((score) => (
              <label
                key={score}
                class={(answer[dimension] ?? 0) >= score ? 'on' : ''}
                title={t(`scale${score}` as Key)}
              >
                <input
                  type="radio"
                  name={dimension}
                  value={score}
                  required
                  aria-label={`${t(dimension)} ${score} ${t(`scale${score}` as Key)}`}
                  checked={answer[dimension] === score}
                  onChange={() => setAnswer({ ...answer, [dimension]: score })}
                />
                <span aria-hidden="true">{(answer[dimension] ?? 0) >= score ? '★' : '☆'}</span>
              </label>
            ))}
            <output>{answer[dimension] ? t(`scale${answer[dimension]}` as Key) : ''}</output>
          </div>
        </fieldset>
      ))}
      <Field label={t('comment')}>
        <textarea
          rows={4}
          maxLength={2000}
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      </Field>
      <Fault error={error} t={t} />
      <p class="buttons">
        <button type="submit">{t('rateSubmit')}</button>
      </p>
    </form>
  );
};
