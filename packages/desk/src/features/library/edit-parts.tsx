import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { operators, readCondition } from '#contracts/conditions.ts';
import type { Condition, Scalar } from '#contracts/conditions.ts';
import { readDuration } from '#contracts/durations.ts';
import type { Pack, Who, Words } from '#contracts/pack.ts';
import { namesOfFacts, sayCondition, sayWho, valuesOf } from './saying.ts';
import { useNames } from './use-names.ts';

/** One labelled part of an editor. */
export function Part(props: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="pb-part">
      <span className="pb-part-label">{props.label}</span>
      <div className="pb-part-body">
        {props.children}
        {props.hint ? <span className="zk-quiet">{props.hint}</span> : null}
      </div>
    </div>
  );
}

/** Both languages of a short text. */
export function BothWords(props: { value: Words; label: string; onChange: (value: Words) => void }) {
  const { value } = props;
  return (
    <span className="pb-both">
      <Input
        aria-label={`${props.label} 中文`}
        value={value.zh}
        onChange={(event) => props.onChange({ ...value, zh: event.target.value })}
      />
      <Input
        aria-label={`${props.label} English`}
        value={value.en}
        lang="en"
        onChange={(event) => props.onChange({ ...value, en: event.target.value })}
      />
    </span>
  );
}

/** A list of lines in both languages: what to do, tips, questions. */
export function LinesEditor(props: {
  label: string;
  value: Words[] | undefined;
  onChange: (value: Words[] | undefined) => void;
}) {
  const { t } = useTranslation();
  const lines = props.value ?? [];
  const set = (next: Words[]) => props.onChange(next.length > 0 ? next : undefined);
  return (
    <Part label={props.label}>
      {lines.map((line, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no name of their own
        <span key={i} className="pb-row">
          <BothWords
            label={`${props.label} ${i + 1}`}
            value={line}
            onChange={(next) => set(lines.map((one, at) => (at === i ? next : one)))}
          />
          <Button
            type="text"
            aria-label={t('library.remove')}
            icon={<DeleteOutlined />}
            onClick={() => set(lines.filter((_, at) => at !== i))}
          />
        </span>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => set([...lines, { zh: '', en: '' }])}>
        {t('library.addLine')}
      </Button>
    </Part>
  );
}

const units = ['s', 'm', 'h', 'd', 'bm', 'bh', 'bd'] as const;
/** A length of time: amount and unit; empty for none. */
export function DurationEditor(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const read = props.value ? readDuration(props.value) : undefined;
  const unit = read?.unit ?? 'm';
  return (
    <span className="pb-duration">
      <InputNumber
        min={0}
        aria-label={props.label}
        value={read?.amount ?? null}
        onChange={(amount) => props.onChange(amount ? `${amount}${unit}` : undefined)}
      />
      <Select
        aria-label={t('library.unit')}
        value={unit}
        disabled={!read}
        onChange={(next) => props.onChange(`${read!.amount}${next}`)}
        options={units.map((one) => ({ value: one, label: t(`library.units.${one}`) }))}
      />
    </span>
  );
}

const keyOfWho = (who: Who | undefined): string => {
  if (who === undefined) return 'assignee';
  if (typeof who === 'string') return who;
  return Object.entries(who)[0]!.join(':');
};
const whoOfKey = (key: string): Who => {
  const [place, value = ''] = key.split(':');
  if (place === 'role') return { role: value };
  if (place === 'group') return { group: value };
  if (place === 'person') return { person: value };
  return place === 'groupOf' ? { groupOf: value } : (place as 'assignee');
};
const persons = ['assignee', 'accountable', 'starter', 'owner'] as const;

/** Who does it: by their place in the case, by role, or by group. */
export function WhoEditor(props: { pack: Pack; value: Who | undefined; onChange: (value: Who) => void }) {
  const { t } = useTranslation();
  const { language, names, refs } = useNames();
  const roles = [
    ...refs.roles,
    ...(props.pack.roles ?? [])
      .filter(({ key }) => !refs.roles.some(({ value }) => value === key))
      .map((role) => ({ value: role.key, label: role[language] })),
  ];
  const groups = [
    ...refs.groupKeys,
    ...(props.pack.groups ?? [])
      .filter(({ key }) => !refs.groupKeys.some(({ value }) => value === key))
      .map((group) => ({ value: group.key, label: group[language] })),
  ];
  const key = keyOfWho(props.value);
  const places = /^(groupOf|person):/.test(key) ? [...persons, props.value] : persons;
  return (
    <Select
      className="pb-who"
      aria-label={t('library.whoDoes')}
      showSearch={{ optionFilterProp: 'label' }}
      value={key}
      onChange={(chosen) => props.onChange(whoOfKey(chosen))}
      options={[
        {
          label: t('library.byPlace'),
          options: places.map((one) => ({ value: keyOfWho(one), label: sayWho(one, language, names) })),
        },
        {
          label: t('library.byRole'),
          options: roles.map(({ value, label }) => ({ value: `role:${value}`, label })),
        },
        {
          label: t('library.byGroup'),
          options: groups.map(({ value, label }) => ({ value: `group:${value}`, label })),
        },
      ]}
    />
  );
}

type Row = { path: string; operator: string; value: string };
const flat = (condition: Condition | undefined): Row[] | undefined => {
  const rows: Row[] = [];
  for (const [path, test] of Object.entries(condition ?? {})) {
    if (['all', 'any', 'not'].includes(path)) return undefined;
    const spelled = Array.isArray(test)
      ? { in: test }
      : typeof test === 'object' && test !== null
        ? test
        : { is: test };
    for (const [operator, wanted] of Object.entries(spelled))
      rows.push({ path, operator, value: ([wanted].flat() as Scalar[]).join('、') });
  }
  return rows;
};
const scalar = (text: string): Scalar =>
  text === 'true' || text === '是'
    ? true
    : text === 'false' || text === '否'
      ? false
      : text.trim() !== '' && !Number.isNaN(Number(text))
        ? Number(text)
        : text;
const built = (rows: readonly Row[]): Condition | undefined => {
  if (rows.length === 0) return undefined;
  const entries = new Map<string, Record<string, unknown>>();
  for (const { path, operator, value } of rows) {
    const list = value.split(/[、,，]/).map((one) => scalar(one.trim()));
    const wanted =
      operator === 'in'
        ? list
        : operator === 'not' && list.length > 1
          ? list
          : operator === 'empty'
            ? scalar(value) === true
            : scalar(value);
    entries.set(path, { ...entries.get(path), [operator]: wanted });
  }
  return Object.fromEntries(entries) as Condition;
};

/** Facts that this pack's conditions may name: the common ones, its fields, the outcomes of its steps. */
const factsOf = (pack: Pack): string[] => [
  'ticket.priority',
  'ticket.category',
  'ticket.complaint',
  'ticket.emergency',
  'ticket.urgency',
  'ticket.channel',
  'ticket.resolved',
  'customer.kind',
  'customer.level',
  'customer.tags',
  'record.state',
  ...pack.records.flatMap(({ fields }) => fields.map(({ key }) => `record.${key}`)),
  ...pack.steps.flatMap((step) => [
    ...(step.choices || step.kind === 'call' || step.kind === 'approve'
      ? [`answers.${step.key}.outcome`]
      : []),
    ...(step.fields ?? []).map(({ key }) => `answers.${step.key}.${key}`),
    ...(pack.records.find(({ key }) => key === step.form)?.fields ?? []).map(
      ({ key }) => `answers.${step.key}.${key}`,
    ),
  ]),
];

/** The value of a row: chosen where the fact is one of a list, yes or no for "is empty", written otherwise. */
function ValueEditor(props: { pack: Pack; row: Row; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { row } = props;
  const values =
    row.operator === 'empty'
      ? valuesOf(props.pack, 'ticket.complaint')
      : ['is', 'not', 'in', 'has'].includes(row.operator)
        ? valuesOf(props.pack, row.path)
        : undefined;
  if (!values || values.length === 0)
    return (
      <Input
        aria-label={t('library.value')}
        value={row.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    );
  const options = values.map((one) => ({ value: one.key, label: one[language] }));
  const chosen = row.value === '' ? [] : row.value.split('、');
  return row.operator === 'in' || (row.operator === 'not' && chosen.length > 1) ? (
    <Select
      className="pb-value"
      mode="multiple"
      aria-label={t('library.value')}
      value={chosen}
      onChange={(next) => props.onChange(next.join('、'))}
      options={options}
    />
  ) : (
    <Select
      className="pb-value"
      aria-label={t('library.value')}
      value={row.value === '' ? undefined : row.value}
      onChange={props.onChange}
      options={options}
    />
  );
}

/** A condition as rows of fact, comparison, value, with its sentence below; a nested one is edited as text. */
export function ConditionEditor(props: {
  pack: Pack;
  value: Condition | undefined;
  onChange: (value: Condition | undefined) => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const rows = flat(props.value);
  const names = namesOfFacts(props.pack, language);
  const sentence = sayCondition(props.pack, props.value, language);
  const set = (next: Row[]) => props.onChange(built(next));
  return (
    <div className="pb-condition">
      {rows ? (
        <>
          {rows.map((row, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no name of their own
            <span key={i} className="pb-row">
              <Select
                className="pb-fact"
                aria-label={t('library.fact')}
                showSearch={{ optionFilterProp: 'label' }}
                value={row.path}
                onChange={(path) =>
                  set(
                    rows.map((one, at) =>
                      at === i
                        ? { ...one, path, value: valuesOf(props.pack, path)?.[0]?.key ?? one.value }
                        : one,
                    ),
                  )
                }
                options={[...new Set([row.path, ...factsOf(props.pack)])].map((path) => ({
                  value: path,
                  label: names.path(path),
                }))}
              />
              <Select
                aria-label={t('library.operator')}
                value={row.operator}
                onChange={(operator) => set(rows.map((one, at) => (at === i ? { ...one, operator } : one)))}
                options={Object.entries(operators).map(([value, word]) => ({
                  value,
                  label: word[language].replace('…', '').trim(),
                }))}
              />
              <ValueEditor
                pack={props.pack}
                row={row}
                onChange={(value) => set(rows.map((one, at) => (at === i ? { ...one, value } : one)))}
              />
              <Button
                type="text"
                aria-label={t('library.remove')}
                icon={<DeleteOutlined />}
                onClick={() => set(rows.filter((_, at) => at !== i))}
              />
            </span>
          ))}
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => set([...rows, { path: 'ticket.priority', operator: 'is', value: 'P1' }])}
          >
            {t('library.addCondition')}
          </Button>
        </>
      ) : (
        <Input.TextArea
          rows={4}
          aria-label={t('library.asText')}
          defaultValue={JSON.stringify(props.value, null, 2)}
          onBlur={(event) => {
            try {
              const read = JSON.parse(event.target.value) as Condition;
              if (readCondition(read).faults.length === 0) props.onChange(read);
            } catch {
              // What cannot be read stays in the box and changes nothing.
            }
          }}
        />
      )}
      {sentence ? <span className="zk-quiet">{t('library.onlyIf', { condition: sentence })}</span> : null}
    </div>
  );
}
