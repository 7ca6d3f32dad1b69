import { Button, Input, InputNumber, Select, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readCondition } from '#contracts/conditions.ts';
import { stepOf } from '#contracts/flow.ts';
import type { Field, Pack, Step } from '#contracts/pack.ts';
import { labels } from '#contracts/words.ts';
import { Tag } from '#ui/tag.tsx';
import { useTime } from '../../time.ts';
import { inBrackets } from '../../words.ts';
import { PlaybookDrawing, type Lit } from './drawing.tsx';
import { begin, finish, letPass, nextInstant, type Rehearsal } from './rehearsal.ts';
import { namesOfFacts } from './saying.ts';
import { useNames } from './use-names.ts';

/** The facts of the case (not of its steps) that this pack's conditions ask for. */
const askedFacts = (pack: Pack): string[] => {
  const conditions = [
    ...(pack.startsWhen ?? []).map(({ if: one }) => one),
    ...pack.steps.flatMap((step) => [
      step.if,
      ...(Array.isArray(step.next) ? step.next.map(({ if: one }) => one) : []),
    ]),
  ];
  const paths = conditions.flatMap((one) => (one ? readCondition(one).paths : []));
  return [...new Set(paths)].filter(
    (path) => /^(ticket|customer|record)\./.test(path) && path !== 'record.kind',
  );
};
const choicesOf: Record<string, string> = {
  'ticket.priority': 'priority',
  'ticket.urgency': 'urgency',
  'ticket.impact': 'impact',
  'ticket.channel': 'channelKind',
  'customer.kind': 'customerKind',
  'customer.level': 'customerLevel',
};

const put = (facts: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> => {
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  return {
    ...facts,
    [root]:
      rest.length === 0 ? value : put((facts[root] ?? {}) as Record<string, unknown>, rest.join('.'), value),
  };
};

/** 演练: a case that exists nowhere goes through the playbook on a clock of its own; the drawing lights up. */
export function Rehearse({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const [facts, setFacts] = useState<Record<string, unknown>>({});
  const [run, setRun] = useState<Rehearsal>();
  const asked = useMemo(() => askedFacts(pack), [pack]);
  const names = namesOfFacts(pack, language);
  const lit = (key: string): Lit | undefined => {
    const visit = run?.visits.findLast((one) => one.step === key);
    if (!visit) return run ? 'quiet' : undefined;
    return visit.state === 'open' ? (visit.late ? 'late' : 'open') : 'done';
  };
  return (
    <>
      <p className="pb-intro">{t('library.rehearseIntro')}</p>
      {run ? null : (
        <div className="pb-asked">
          {asked.map((path) => (
            <label key={path} className="pb-ask">
              <span>{names.path(path)}</span>
              {choicesOf[path] ? (
                <Select
                  allowClear
                  options={Object.entries(labels[choicesOf[path]]!).map(([value, word]) => ({
                    value,
                    label: word[language],
                  }))}
                  onChange={(value) => setFacts(put(facts, path, value))}
                />
              ) : /complaint|emergency|resolved$/.test(path) ? (
                <Switch onChange={(value) => setFacts(put(facts, path, value))} />
              ) : (
                <Input
                  onChange={(event) =>
                    setFacts(
                      put(
                        facts,
                        path,
                        /^-?\d+(\.\d+)?$/.test(event.target.value)
                          ? Number(event.target.value)
                          : event.target.value,
                      ),
                    )
                  }
                />
              )}
            </label>
          ))}
          <Button type="primary" onClick={() => setRun(begin(pack, facts, Date.now()))}>
            {t('library.begin')}
          </Button>
        </div>
      )}
      <div className="pb-beside">
        <PlaybookDrawing pack={pack} lit={lit} />
        {run ? <Course pack={pack} run={run} onRun={setRun} onAgain={() => setRun(undefined)} /> : null}
      </div>
    </>
  );
}

function Course(props: { pack: Pack; run: Rehearsal; onRun: (run: Rehearsal) => void; onAgain: () => void }) {
  const { t } = useTranslation();
  const time = useTime();
  const { language } = useNames();
  const { pack, run } = props;
  const next = nextInstant(run);
  const stamp = (at: number) => time.minute(new Date(at).toISOString());
  return (
    <aside className="pb-told">
      <p>
        <strong className="pb-clock">{stamp(run.now)}</strong>{' '}
        {run.outcome === null ? null : <Tag tone="ok">{t('library.over', { outcome: run.outcome })}</Tag>}
      </p>
      <p className="pb-buttons">
        {next !== null && run.outcome === null ? (
          <Button onClick={() => props.onRun(letPass(pack, run, next))}>
            {t('library.toNext', { at: stamp(next) })}
          </Button>
        ) : null}
        {run.outcome === null ? (
          <Button onClick={() => props.onRun(letPass(pack, run, run.now + 3_600_000))}>
            {t('library.hour')}
          </Button>
        ) : null}
        <Button onClick={props.onAgain}>{t('library.again')}</Button>
      </p>
      {run.outcome === null
        ? run.visits
            .filter(({ state }) => state === 'open')
            .map((visit) => (
              <OpenStep
                key={`${visit.step} ${visit.at}`}
                pack={pack}
                step={stepOf(pack, visit.step)!}
                late={visit.late}
                dueAt={visit.dueAt}
                onDone={(outcome, answers) => props.onRun(finish(pack, run, visit.step, outcome, answers))}
              />
            ))
        : null}
      <ol className="pb-course">
        {run.visits.map((visit, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a course only grows
          <li key={i} data-state={visit.state} data-late={visit.late || undefined}>
            <span className="zk-quiet">{stamp(visit.at)}</span>{' '}
            {stepOf(pack, visit.step)?.name[language] ?? visit.step}
            {visit.outcome ? <span className="zk-quiet">{inBrackets(visit.outcome)}</span> : null}
            {visit.late ? <Tag tone="late">{t('library.lateNow')}</Tag> : null}
          </li>
        ))}
      </ol>
    </aside>
  );
}

const usual: Record<string, { key: string; zh: string; en: string }[]> = {
  approve: [
    { key: 'approved', zh: '批准', en: 'Approve' },
    { key: 'rejected', zh: '驳回', en: 'Reject' },
  ],
  call: [
    { key: 'reached', zh: '已联系上', en: 'Reached' },
    { key: 'no_answer', zh: '未接听', en: 'No answer' },
  ],
};

function OpenStep(props: {
  pack: Pack;
  step: Step;
  late: boolean;
  dueAt: number | null;
  onDone: (outcome: string, answers: Record<string, unknown>) => void;
}) {
  const { t } = useTranslation();
  const time = useTime();
  const { language } = useNames();
  const { pack, step } = props;
  const [answers, setAnswers] = useState<Record<string, unknown>>({});
  const fields = [
    ...(step.fields ?? []),
    ...(pack.records.find(({ key }) => key === step.form)?.fields ?? []),
  ].filter((field) => ['choice', 'choices', 'yes', 'number', 'money'].includes(field.type));
  const outcomes = step.choices ?? usual[step.kind] ?? [{ key: 'done', zh: '完成', en: 'Done' }];
  return (
    <section className="pb-open" data-late={props.late || undefined}>
      <h4>{step.name[language]}</h4>
      {props.dueAt === null ? null : (
        <p className="zk-quiet">
          {t('library.due', { at: time.minute(new Date(props.dueAt).toISOString()) })}
        </p>
      )}
      {fields.map((field) => (
        <label key={field.key} className="pb-ask">
          <span>{field[language]}</span>
          <Answer
            field={field}
            language={language}
            onChange={(value) => setAnswers({ ...answers, [field.key]: value })}
          />
        </label>
      ))}
      <p className="pb-buttons">
        {outcomes.map((outcome) => (
          <Button key={outcome.key} type="primary" onClick={() => props.onDone(outcome.key, answers)}>
            {outcome[language]}
          </Button>
        ))}
      </p>
    </section>
  );
}

function Answer(props: { field: Field; language: 'zh' | 'en'; onChange: (value: unknown) => void }) {
  const { field, language, onChange } = props;
  const options = (field.options ?? []).map((option) => ({ value: option.key, label: option[language] }));
  if (field.type === 'yes') return <Switch onChange={onChange} />;
  if (field.type === 'number' || field.type === 'money') return <InputNumber onChange={onChange} />;
  return (
    <Select
      allowClear
      mode={field.type === 'choices' ? 'multiple' : undefined}
      options={options}
      onChange={onChange}
    />
  );
}
