import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Among, Pack } from '#contracts/pack.ts';
import { ConditionEditor } from './edit-condition.tsx';
import { AddButton, RemoveButton } from './edit-parts.tsx';
import { kindIn, sayAmong, saySpan } from './saying-work.ts';
import type { Seen } from './saying.ts';
import { useNames, useSeen } from './use-names.ts';

/** Kinds of records to choose from: the pack's own first, those it names next, then all others. */
export const kindOptions = (pack: Seen, language: 'zh' | 'en') =>
  [...pack.records, ...(pack.others ?? [])].map((kind) => ({ value: kind.key, label: kind.name[language] }));
/** Fields of a kind to choose from. */
export const fieldOptions = (
  pack: Seen,
  key: string | undefined,
  language: 'zh' | 'en',
  types?: readonly string[],
) =>
  (kindIn(pack, key)?.fields ?? [])
    .filter(({ type }) => !types || types.includes(type))
    .map((field) => ({ value: field.key, label: field[language] }));

const units = ['hour', 'day', 'week', 'month', 'quarter'] as const;
type Span = NonNullable<Among['over']>;
/** A stretch of time: none, the one that runs, or a whole one before it. */
export function SpanEditor(props: {
  value: Span | undefined;
  needed?: boolean;
  onChange: (over: Span | undefined) => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { value } = props;
  const spans: Span[] = units.flatMap((unit) => [{ last: unit }, { this: unit }]);
  const unit = value?.last;
  return (
    <span className="pb-duration">
      <Select
        aria-label={t('library.work.over')}
        value={value?.last ? `last:${value.last}` : value?.this ? `this:${value.this}` : ''}
        onChange={(key) => {
          const [side, of] = key.split(':') as ['last' | 'this', Span['last']];
          props.onChange(key === '' ? undefined : { [side]: of });
        }}
        options={[
          ...(props.needed ? [] : [{ value: '', label: t('library.work.ever') }]),
          ...spans.map((span) => ({
            value: span.last ? `last:${span.last}` : `this:${span.this}`,
            label: saySpan(span, language),
          })),
        ]}
      />
      {unit ? (
        <InputNumber
          className="pb-back"
          min={1}
          max={12}
          aria-label={t('library.work.back')}
          prefix={t('library.work.back')}
          value={value.back ?? 1}
          onChange={(back) => props.onChange({ last: unit, ...(back && back > 1 ? { back } : {}) })}
        />
      ) : null}
    </span>
  );
}

/** Which records: of what kind, of which stretch by which day, and of those the ones that fit. */
export function AmongEditor(props: {
  pack: Pack;
  label: string;
  value: Among | undefined;
  onChange: (among: Among) => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(props.pack);
  const { value: among } = props;
  const set = (patch: Partial<Among>) =>
    props.onChange(
      Object.fromEntries(
        Object.entries({ ...among!, ...patch }).filter(([, one]) => one !== undefined),
      ) as Among,
    );
  return (
    <div className="pb-box-of">
      <span className="pb-row pb-wrap">
        <Select
          className="pb-fact"
          aria-label={props.label}
          placeholder={t('library.work.chooseKind')}
          showSearch={{ optionFilterProp: 'label' }}
          value={among?.kind}
          onChange={(kind) => props.onChange({ kind, ...(among?.over ? { over: among.over } : {}) })}
          options={kindOptions(seen, language)}
        />
        {among ? <SpanEditor value={among.over} onChange={(over) => set({ over })} /> : null}
        {among?.over ? (
          <Select
            aria-label={t('library.work.by')}
            value={among.at ?? ''}
            onChange={(at) => set({ at: at || undefined })}
            options={[
              { value: '', label: t('library.work.byMade') },
              ...fieldOptions(seen, among.kind, language, ['date', 'instant']).map(({ value, label }) => ({
                value,
                label: t('library.work.byField', { field: label }),
              })),
            ]}
          />
        ) : null}
      </span>
      {among ? (
        <>
          <ConditionEditor
            pack={props.pack}
            of={kindIn(seen, among.kind)}
            value={among.if}
            onChange={(condition) => set({ if: condition })}
          />
          <span className="zk-quiet">{sayAmong(seen, among, language)}</span>
        </>
      ) : null}
    </div>
  );
}

const tokens = ['fixed', 'now', 'me', 'fact'] as const;
type Plain = string | number | boolean | null;
/** What fields are set to: a value, the time, who did the last step, or what stands in a fact. */
export function SetEditor(props: {
  pack: Pack;
  /** Fields that may be set. */ fields: readonly { value: string; label: string }[];
  /** What a field may be, where that is a list. */ valuesOf: (
    field: string,
  ) => readonly { key: string; zh: string; en: string }[] | undefined;
  /** Type of a field, for what is typed. */ typeOf: (field: string) => string | undefined;
  /** Values alone: nothing is copied. */ plain?: boolean;
  /** Facts to copy from. */ facts: readonly { value: string; label: string }[];
  value: Record<string, Plain> | undefined;
  onChange: (set: Record<string, Plain> | undefined) => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const entries = Object.entries(props.value ?? {});
  const put = (next: [string, Plain][]) =>
    props.onChange(next.length > 0 ? Object.fromEntries(next) : undefined);
  const change = (at: number, field: string, value: Plain) =>
    put(entries.map((one, i) => (i === at ? [field, value] : one)));
  const wayOf = (value: Plain): (typeof tokens)[number] =>
    value === '{now}'
      ? 'now'
      : value === '{me}'
        ? 'me'
        : typeof value === 'string' && /^\{[\w.]+\}$/.test(value)
          ? 'fact'
          : 'fixed';
  const usual = (field: string): Plain => {
    const first = props.valuesOf(field)?.[0]?.key;
    return first === 'true' ? true : (first ?? '');
  };
  const typed = (field: string, text: string): Plain =>
    ['number', 'money'].includes(props.typeOf(field) ?? '') && String(Number(text)) === text
      ? Number(text)
      : text;
  const free = props.fields.filter(({ value }) => !entries.some(([field]) => field === value));
  return (
    <>
      {entries.map(([field, value], i) => {
        const way = wayOf(value);
        const values = props.valuesOf(field);
        return (
          <span key={field} className="pb-row pb-wrap">
            <Select
              className="pb-fact"
              aria-label={t('library.field')}
              showSearch={{ optionFilterProp: 'label' }}
              value={field}
              onChange={(next) => change(i, next, usual(next))}
              options={[
                ...props.fields.filter(({ value: key }) => key === field),
                ...(props.fields.some(({ value: key }) => key === field)
                  ? []
                  : [{ value: field, label: field }]),
                ...free,
              ]}
            />
            {props.plain ? null : (
              <Select
                aria-label={t('library.work.setTo')}
                value={way}
                onChange={(next) =>
                  change(
                    i,
                    field,
                    next === 'fixed'
                      ? usual(field)
                      : next === 'fact'
                        ? `{${props.facts[0]?.value ?? 'customer.name'}}`
                        : `{${next}}`,
                  )
                }
                options={tokens.map((one) => ({ value: one, label: t(`library.work.set.${one}`) }))}
              />
            )}
            {way === 'fact' ? (
              <Select
                className="pb-value"
                aria-label={t('library.fact')}
                showSearch={{ optionFilterProp: 'label' }}
                value={String(value).slice(1, -1)}
                onChange={(fact) => change(i, field, `{${fact}}`)}
                options={props.facts.map((one) => one)}
              />
            ) : way === 'fixed' && values ? (
              <Select
                className="pb-value"
                aria-label={t('library.value')}
                value={String(value)}
                onChange={(key) => change(i, field, values[0]?.key === 'true' ? key === 'true' : key)}
                options={values.map((one) => ({ value: one.key, label: one[language] }))}
              />
            ) : way === 'fixed' ? (
              <Input
                className="pb-value"
                aria-label={t('library.value')}
                value={value === null ? '' : String(value)}
                onChange={(event) => change(i, field, typed(field, event.target.value))}
              />
            ) : null}
            <RemoveButton onClick={() => put(entries.filter((_, at) => at !== i))} />
          </span>
        );
      })}
      <AddButton
        disabled={free.length === 0}
        label={t('library.work.addSet')}
        onClick={() => put([...entries, [free[0]!.value, usual(free[0]!.value)]])}
      />
    </>
  );
}
