import { useTranslation } from 'react-i18next';
import type { Step } from '#contracts/pack.ts';
import { Tag } from '#ui/tag.tsx';
import { semicolon } from '../../words.ts';
import { sayCondition, sayDoer, sayLate, sayLimit, sayNext } from './saying.ts';
import type { Seen } from './saying.ts';
import { sayField } from './saying-kinds.ts';
import { sayRest } from './saying-rest.ts';
import { sayWork } from './saying-work.ts';
import { Spoken } from './spoken.tsx';
import { useNames } from './use-names.ts';

/** The playbook as text: step, what to do, what to mind (SD0-02). */
export function StepTexts(props: { pack: Seen; chosen?: string; onStep?: (key: string) => void }) {
  return (
    <ol className="pb-steps">
      {props.pack.steps.map((step, i) => (
        <StepText
          key={step.key}
          pack={props.pack}
          step={step}
          number={i + 1}
          chosen={props.chosen === step.key}
        />
      ))}
    </ol>
  );
}

export function StepText(props: { pack: Seen; step: Step; number?: number; chosen?: boolean }) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const { pack, step } = props;
  const limit = sayLimit(pack, step, language);
  const next = sayNext(pack, step, language);
  const work = [...sayWork(pack, step, language), ...sayRest(pack, step, language, names)];
  const finish = sayCondition(pack, step.finishIf, language);
  const condition = sayCondition(pack, step.if, language);
  const form = pack.records.find(({ key }) => key === step.form);
  const lists = [
    ['actions', step.actions],
    ['tips', step.tips],
    ['ask', step.ask],
  ] as const;
  return (
    <li className="pb-step" id={`step-${step.key}`} data-chosen={props.chosen || undefined}>
      <h4>
        {props.number ? <span className="pb-number">{props.number}</span> : null}
        {step.name[language]} <Tag tone="outline">{t(`library.kind.${step.kind}`)}</Tag>
      </h4>
      <p className="pb-facts">
        {step.kind === 'approve'
          ? (step.by ?? []).map(names.role).join(' → ')
          : ['end', 'branch'].includes(step.kind)
            ? ''
            : sayDoer(step, language, names)}
        {limit ? <Tag tone="accent">{limit}</Tag> : null}
      </p>
      {condition ? <p className="zk-quiet">{t('library.onlyIf', { condition })}</p> : null}
      {work.length > 0 ? (
        <ul className="pb-next">
          {work.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      {lists.map(([what, items]) =>
        items && items.length > 0 ? (
          <div key={what} className="pb-list" data-what={what}>
            <span className="zk-quiet">{t(`library.${what}`)}</span>
            <ul>
              {items.map((item) => (
                <li key={item.zh}>{item[language]}</li>
              ))}
            </ul>
          </div>
        ) : null,
      )}
      {(step.script ?? []).map((key) => {
        const script = pack.scripts.find((one) => one.key === key);
        return script ? (
          <blockquote key={key} className="pb-words">
            <strong>{script[language].title}</strong>
            <Spoken pack={pack} body={script[language].body} language={language} />
          </blockquote>
        ) : null;
      })}
      {form ? <p>{t('library.fills', { form: form.name[language] })}</p> : null}
      {step.fields && step.fields.length > 0 ? (
        <div className="zk-quiet">
          {t('library.asksFor', {
            fields: step.fields.map((field) => field[language]).join(language === 'zh' ? '、' : ', '),
          })}
          <ul className="pb-next">
            {step.fields
              .map((field) => ({ field, said: sayField(pack, field, language, names) }))
              .filter(({ said }) => said.length > 0)
              .map(({ field, said }) => (
                <li key={field.key}>
                  {field[language]}
                  {language === 'zh' ? '：' : ': '}
                  {said.join(semicolon())}
                </li>
              ))}
          </ul>
        </div>
      ) : null}
      {finish ? (
        <p className="zk-quiet">
          {t('library.finishOnlyIf', { condition: finish })}
          {step.refused ? ` → ${step.refused[language]}` : null}
        </p>
      ) : null}
      {(step.late ?? []).length > 0 ? (
        <p className="zk-quiet">{t('library.late', { who: sayLate(step, language, t).join(semicolon()) })}</p>
      ) : null}
      {next.length > 0 ? (
        <ul className="pb-next">
          {next.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}
