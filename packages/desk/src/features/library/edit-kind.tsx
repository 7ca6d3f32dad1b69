import { Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Pack, RecordKind } from '#contracts/pack.ts';
import { CallsPart, LookupPart, OpensPart, PortalPart } from './edit-kind-doors.tsx';
import { FixedPart, MovesPart, StatesPart, UniquePart } from './edit-kind-states.tsx';
import { AddButton, BothWords, RemoveButton } from './edit-parts.tsx';
import { changed, FieldPick, fieldsOf, FieldsPick, filled, some, without } from './edit-pick.tsx';
import type { KindProps } from './edit-pick.tsx';
import { Fold } from './fold.tsx';
import { kindParts, sampleNumber, sayKindPart, series } from './saying-kinds.ts';
import type { KindPart } from './saying-kinds.ts';
import { useDoers, useNames, useSeen } from './use-names.ts';

const editors: Record<KindPart, (props: KindProps) => React.ReactNode> = {
  is: IsPart,
  number: NumberPart,
  title: TitlePart,
  script: ScriptPart,
  states: StatesPart,
  moves: MovesPart,
  fixed: FixedPart,
  unique: UniquePart,
  list: FieldsPart('list'),
  card: FieldsPart('card'),
  print: PrintPart,
  day: FieldPart('day', ['date', 'instant']),
  group: GroupPart,
  groupFrom: FieldPart('groupFrom', ['choice', 'text']),
  personal: FieldPart('personal', ['staff']),
  gathers: GathersPart,
  score: ScorePart,
  lookup: LookupPart,
  portal: PortalPart,
  opens: OpensPart,
  calls: CallsPart,
};

/** Everything about a kind of record beside its name and fields, each told in a sentence and opened to be changed. */
export function KindParts(props: {
  pack: Pack;
  kind: RecordKind;
  at: string;
  onChange: (kind: RecordKind) => void;
}) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const { pack, kind, at } = props;
  const seen = useSeen(pack);
  const set = (patch: Partial<RecordKind>) => props.onChange(filled({ ...kind, ...patch }));
  return (
    <div className="pb-kind-parts">
      {kindParts.map((part) => {
        const Editor = editors[part];
        return (
          <Fold
            key={part}
            label={t(`library.part.${part}`)}
            hint={t(`library.hint.${part}`)}
            said={sayKindPart(seen, kind, part, language, names)}
            at={`${at}/${part}`}
          >
            <Editor pack={pack} kind={kind} at={at} set={set} />
          </Fold>
        );
      })}
    </div>
  );
}

function IsPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('library.part.is')}
      value={kind.is}
      onChange={(is) => set({ is })}
      options={(['form', 'object'] as const).map((value) => ({ value, label: t(`library.is.${value}`) }))}
    />
  );
}

function NumberPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { number } = kind;
  return (
    <>
      <Switch
        aria-label={t('library.part.number')}
        checked={number !== undefined}
        onChange={(on) => set({ number: on ? { prefix: 'R', per: 'day', digits: 3 } : undefined })}
      />
      {number ? (
        <>
          <span className="pb-row pb-wrap">
            <Input
              className="pb-prefix"
              aria-label={t('library.prefix')}
              prefix={<span className="zk-quiet">{t('library.prefix')}</span>}
              maxLength={12}
              value={number.prefix}
              onChange={({ target }) =>
                set({
                  number: { ...number, prefix: target.value.toUpperCase().replaceAll(/[^A-Z0-9-]/g, '') },
                })
              }
            />
            <Select
              aria-label={t('library.per')}
              value={number.per}
              onChange={(per) => set({ number: { ...number, per } })}
              options={(['day', 'month', 'ever'] as const).map((value) => ({
                value,
                label: series[value][language],
              }))}
            />
            <InputNumber
              min={1}
              max={12}
              aria-label={t('library.digits')}
              prefix={t('library.digits')}
              value={number.digits}
              onChange={(digits) => set({ number: { ...number, digits: Math.round(digits ?? 3) } })}
            />
          </span>
          <span className="zk-quiet">{sampleNumber(number)}</span>
        </>
      ) : null}
    </>
  );
}

function TitlePart({ pack, kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const seen = useSeen(pack);
  return (
    <>
      <Input
        aria-label={t('library.part.title')}
        maxLength={200}
        value={kind.title}
        onChange={(event) => set({ title: event.target.value })}
      />
      <Select
        className="pb-fact"
        aria-label={t('library.insertField')}
        placeholder={t('library.insertField')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        onChange={(name: string | null) => name && set({ title: `${kind.title} {{${name}}}`.trim() })}
        options={[
          ...fieldsOf(kind).map((field) => ({ value: `data.${field.key}`, label: field[language] })),
          { value: 'customer.name', label: language === 'zh' ? '客户名称' : 'customer' },
        ]}
      />
      <span className="zk-quiet">{sayKindPart(seen, kind, 'title', language, names)}</span>
    </>
  );
}

function ScriptPart({ pack, kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language } = useNames();
  return (
    <Select
      allowClear
      className="pb-who"
      aria-label={t('library.part.script')}
      placeholder={t('library.unset')}
      value={kind.script}
      onChange={(script: string | undefined) => set({ script })}
      options={[
        ...new Map(
          pack.scripts.map((one) => [one.key, { value: one.key, label: one[language].title }]),
        ).values(),
      ]}
    />
  );
}

/** Fields that lists or cards show. */
function FieldsPart(part: 'list' | 'card') {
  return function Fields({ kind, set }: KindProps) {
    const { t } = useTranslation();
    return (
      <FieldsPick
        kind={kind}
        label={t(`library.part.${part}`)}
        value={kind[part]}
        onChange={(keys) => set({ [part]: some(keys) })}
      />
    );
  };
}
/** One field of these types that has a meaning of its own. */
function FieldPart(part: 'day' | 'groupFrom' | 'personal', types: Parameters<typeof fieldsOf>[1]) {
  return function One({ kind, set }: KindProps) {
    const { t } = useTranslation();
    return (
      <FieldPick
        kind={kind}
        label={t(`library.part.${part}`)}
        types={types}
        empty={t('library.unset')}
        value={kind[part]}
        onChange={(key) => set({ [part]: key })}
      />
    );
  };
}

function PrintPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const print = kind.print ?? [];
  return (
    <>
      {print.map((group, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- groups have no name of their own
        <div key={i} className="pb-way-row">
          <span className="pb-row">
            <BothWords
              label={`${t('library.heading')} ${i + 1}`}
              value={group}
              onChange={(words) => set({ print: changed(print, i, { ...group, ...words }) })}
            />
            <RemoveButton onClick={() => set({ print: some(without(print, i)) })} />
          </span>
          <FieldsPick
            kind={kind}
            label={t('library.whichFields')}
            value={group.fields}
            onChange={(fields) => set({ print: changed(print, i, { ...group, fields }) })}
          />
        </div>
      ))}
      <AddButton
        label={t('library.addPrint')}
        onClick={() => {
          const named = new Set(print.flatMap(({ fields }) => fields));
          const fields = kind.fields.map(({ key }) => key).filter((key) => !named.has(key));
          set({ print: [...print, { zh: '其他', en: 'Other', fields }] });
        }}
      />
    </>
  );
}

function GroupPart({ pack, kind, set }: KindProps) {
  const { t } = useTranslation();
  const { groups } = useDoers(pack, { groups: kind.group ? [kind.group] : [] });
  return (
    <Select
      allowClear
      className="pb-fact"
      aria-label={t('library.part.group')}
      placeholder={t('library.unset')}
      value={kind.group}
      onChange={(group: string | undefined) => set({ group })}
      options={groups}
    />
  );
}

function GathersPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  return (
    <Switch
      aria-label={t('library.part.gathers')}
      checked={kind.gathers ?? false}
      onChange={(gathers) => set({ gathers: gathers || undefined })}
    />
  );
}

function ScorePart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { score } = kind;
  const numbers = fieldsOf(kind, ['number']);
  const graded = numbers.filter(({ max }) => max !== undefined);
  const free = numbers.find(({ key }) => !graded.some((one) => one.key === key)) ?? graded.at(-1);
  const usual = graded.filter(({ key }) => key !== free?.key);
  return (
    <>
      <Switch
        aria-label={t('library.part.score')}
        checked={score !== undefined}
        disabled={!score && (!free || usual.length === 0)}
        onChange={(on) =>
          set({
            score: on
              ? { into: free!.key, weights: Object.fromEntries(usual.map(({ key }) => [key, 10])) }
              : undefined,
          })
        }
      />
      {!score && usual.length === 0 ? <span className="zk-quiet">{t('library.scoreNeeds')}</span> : null}
      {score ? (
        <>
          <FieldPick
            kind={kind}
            label={t('library.scoreInto')}
            types={['number']}
            value={score.into}
            onChange={(into) => into && set({ score: { ...score, into } })}
          />
          {graded
            .filter(({ key }) => key !== score.into)
            .map((field) => (
              <span key={field.key} className="pb-row">
                <InputNumber
                  min={0}
                  max={100}
                  aria-label={`${t('library.weights')} ${field[language]}`}
                  value={score.weights[field.key] ?? 0}
                  onChange={(weight) => {
                    const { [field.key]: _, ...rest } = score.weights;
                    // A weight of nothing is none.
                    set({ score: { ...score, weights: weight ? { ...rest, [field.key]: weight } : rest } });
                  }}
                />
                {field[language]}
              </span>
            ))}
        </>
      ) : null}
    </>
  );
}
