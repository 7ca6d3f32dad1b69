import { InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { deadlineKinds } from '#contracts/words.ts';
import type { Pack, Step } from '#contracts/pack.ts';
import { useWord } from '../../words.ts';
import { InstantEditor, instantsOf } from './edit-instant.tsx';
import { DurationEditor, Part } from './edit-parts.tsx';
import { filled } from './edit-pick.tsx';
import { factsOfType } from './edit-who.tsx';
import { Fold } from './fold.tsx';
import { namesOfFacts, sayLimit } from './saying.ts';
import { doings, sayClock, sayFinish } from './saying-rest.ts';
import { useNames, useSeen } from './use-names.ts';

type Props = {
  pack: Pack;
  step: Step;
  /** Place of the step in the pack. */ at: string;
  set: (patch: Partial<Step>) => void;
};
type Per = Step['per'];

/** When the clock counts from, how it grows, and which instant or clock of the ticket stands for it. */
export function ClockMore({ pack, step, at, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const word = useWord();
  const seen = useSeen(pack);
  const more = step.due ?? step.from ?? step.per;
  return (
    <Fold
      label={t('library.part.clockMore')}
      said={[...(more ? [sayLimit(seen, step, language)] : []), ...sayClock(step, language)]}
      at={`${at}/due`}
    >
      <Part label={t('library.rest.due')} hint={t('library.rest.dueHint')}>
        <InstantEditor
          pack={pack}
          none={t('library.rest.dueNone')}
          value={step.due}
          onChange={(due) => set({ due })}
        />
      </Part>
      {step.within ? (
        <>
          <Part label={t('library.rest.from')}>
            <FactSelect
              pack={pack}
              label={t('library.rest.from')}
              empty={t('library.rest.reached')}
              facts={instantsOf(pack)}
              value={step.from}
              onChange={(from) => set({ from })}
            />
          </Part>
          <Part label={t('library.rest.per')}>
            <PerEditor pack={pack} value={step.per} onChange={(per) => set({ per })} />
          </Part>
        </>
      ) : null}
      <Part label={t('library.rest.clock')} hint={t('library.rest.clockHint')} at={`${at}/clock`}>
        <Select
          allowClear
          className="pb-fact"
          aria-label={t('library.rest.clock')}
          placeholder={t('library.rest.clockNone')}
          showSearch={{ optionFilterProp: 'label' }}
          value={step.clock}
          onChange={(clock?: string) => set({ clock })}
          options={deadlineKinds.map((kind) => ({
            value: kind as string,
            label: word('deadlineKind', kind),
          }))}
        />
      </Part>
      <Part label={t('library.rest.warnAt')} hint={t('library.rest.warnHint')}>
        <InputNumber
          min={1}
          max={100}
          aria-label={t('library.rest.warnAt')}
          suffix="%"
          value={step.warnAt === undefined ? null : Math.round(step.warnAt * 100)}
          onChange={(percent) => set({ warnAt: percent ? Math.round(percent) / 100 : undefined })}
        />
      </Part>
    </Fold>
  );
}

/** What may be filled in at most, and what finishing does beside going on. */
export function FinishMore({ pack, step, at, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(pack);
  const doing = Object.keys(doings) as (keyof typeof doings)[];
  // A notice is nothing that a person finishes, unless it becomes a call.
  const worked = step.kind !== 'tell';
  const service = step.service === undefined ? 'usual' : step.service ? 'free' : 'counted';
  return (
    <Fold label={t('library.part.rest')} said={sayFinish(seen, step, language)} at={`${at}/notAfter`}>
      {worked ? (
        <>
          <Part label={t('library.rest.does')}>
            <Select
              allowClear
              className="pb-who"
              aria-label={t('library.rest.does')}
              placeholder={t('library.rest.doesNone')}
              value={step.does}
              onChange={(does?: Step['does']) => set({ does })}
              options={doing.map((value) => ({ value, label: doings[value][language] }))}
            />
          </Part>
          <Part label={t('library.rest.notAfter')} hint={t('library.rest.notAfterHint')}>
            <NotAfterEditor pack={pack} step={step} onChange={(notAfter) => set({ notAfter })} />
          </Part>
        </>
      ) : null}
      <Part label={t('library.rest.service')} hint={t('library.rest.serviceHint')}>
        <Select
          aria-label={t('library.rest.service')}
          value={service}
          onChange={(next) => set({ service: next === 'usual' ? undefined : next === 'free' })}
          options={(['usual', 'free', 'counted'] as const).map((value) => ({
            value,
            label: t(`library.rest.services.${value}`),
          }))}
        />
      </Part>
      {worked ? (
        <Part label={t('library.rest.holdsOpen')} hint={t('library.rest.holdsHint')}>
          <Switch
            aria-label={t('library.rest.holdsOpen')}
            checked={step.holdsOpen ?? false}
            onChange={(holdsOpen) => set({ holdsOpen: holdsOpen || undefined })}
          />
        </Part>
      ) : null}
    </Fold>
  );
}

function FactSelect(props: {
  pack: Pack;
  label: string;
  empty: string;
  /** Where no label stands beside it. */ prefix?: string;
  facts: readonly string[];
  value: string | undefined;
  onChange: (path: string | undefined) => void;
}) {
  const { language } = useNames();
  const names = namesOfFacts(useSeen(props.pack), language);
  const { value } = props;
  return (
    <Select
      className="pb-fact"
      aria-label={props.label}
      prefix={props.prefix}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? ''}
      onChange={(path) => props.onChange(path || undefined)}
      options={[
        { value: '', label: props.empty },
        ...[...new Set([...(value ? [value] : []), ...props.facts])].map((path) => ({
          value: path,
          label: names.path(path),
        })),
      ]}
    />
  );
}

/** The length is for so many of something. */
function PerEditor(props: { pack: Pack; prefix?: boolean; value: Per; onChange: (per: Per) => void }) {
  const { t } = useTranslation();
  const { value, onChange } = props;
  return (
    <span className="pb-row pb-wrap">
      <FactSelect
        pack={props.pack}
        label={t('library.rest.per')}
        prefix={props.prefix ? t('library.rest.per') : undefined}
        empty={t('library.rest.perNone')}
        facts={factsOfType(props.pack, ['number'])}
        value={value?.of}
        onChange={(of) => onChange(of ? { of, each: value?.each ?? 10 } : undefined)}
      />
      {value ? (
        <InputNumber
          min={1}
          aria-label={t('library.rest.perEach')}
          prefix={t('library.rest.perEach')}
          value={value.each}
          onChange={(each) => each && onChange({ ...value, each })}
        />
      ) : null}
    </span>
  );
}

/** An agreed time may not lie beyond so long after an instant. */
function NotAfterEditor(props: { pack: Pack; step: Step; onChange: (value: Step['notAfter']) => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { pack, step, onChange } = props;
  const value = step.notAfter;
  const form = pack.records.find(({ key }) => key === step.form);
  const times = [...(step.fields ?? []), ...(form?.fields ?? [])].filter(
    ({ type }) => type === 'instant' || type === 'date',
  );
  const put = (patch: Partial<NonNullable<Step['notAfter']>>) => onChange(filled({ ...value!, ...patch }));
  const strange = value && !times.some(({ key }) => key === value.field);
  return (
    <>
      <span className="pb-row pb-wrap">
        <Select
          allowClear
          className="pb-fact"
          aria-label={t('library.rest.notAfterField')}
          placeholder={t('library.rest.notAfterField')}
          value={value?.field}
          onChange={(field?: string) =>
            field ? (value ? put({ field }) : onChange({ field, within: '2bd' })) : onChange(undefined)
          }
          options={[
            ...(strange ? [{ value: value.field, label: value.field }] : []),
            ...times.map((field) => ({ value: field.key, label: field[language] })),
          ]}
        />
        {value ? (
          <DurationEditor
            label={t('library.rest.notAfter')}
            value={value.within}
            onChange={(within) => within && put({ within })}
          />
        ) : null}
      </span>
      {value ? (
        <>
          <FactSelect
            pack={pack}
            label={t('library.rest.from')}
            prefix={t('library.rest.from')}
            empty={t('library.rest.reached')}
            facts={instantsOf(pack)}
            value={value.from}
            onChange={(from) => put({ from })}
          />
          <PerEditor pack={pack} prefix value={value.per} onChange={(per) => put({ per })} />
        </>
      ) : null}
    </>
  );
}
