import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldType, Pack, RecordKind } from '#contracts/pack.ts';
import { useNames } from './use-names.ts';

/** What every part of a kind is given: `at` is the place of the kind in the pack. */
export type KindProps = {
  pack: Pack;
  kind: RecordKind;
  at: string;
  set: (patch: Partial<RecordKind>) => void;
};

export const without = <T,>(list: readonly T[], at: number) => list.filter((_, i) => i !== at);
export const changed = <T,>(list: readonly T[], at: number, one: T) =>
  list.map((before, i) => (i === at ? one : before));
/** The one at this place goes up by one. */
export const raised = <T,>(list: readonly T[], at: number) =>
  list.toSpliced(at - 1, 2, list[at]!, list[at - 1]!);
/** Nothing rather than an empty list. */
export const some = <T,>(list: readonly T[]) => (list.length > 0 ? [...list] : undefined);
/** Without what is undefined: a closed shape knows none. */
export const filled = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

export const fieldsOf = ({ fields }: RecordKind, types?: readonly FieldType[]) =>
  fields.filter(({ type }) => !types || types.includes(type));
const optionsOf = (
  kind: RecordKind,
  language: 'zh' | 'en',
  types: readonly FieldType[] | undefined,
  given: readonly string[],
) => {
  const known = fieldsOf(kind, types).map((field) => ({ value: field.key, label: field[language] }));
  // One that is gone, or of another type, is shown by its key until it is taken out.
  const strange = given.filter((key) => !known.some(({ value }) => value === key));
  return [...known, ...strange.map((key) => ({ value: key, label: key }))];
};

/** Several fields of a kind, in the order in which they were chosen. */
export function FieldsPick(props: {
  kind: RecordKind;
  label: string;
  types?: readonly FieldType[];
  value: readonly string[] | undefined;
  onChange: (keys: string[]) => void;
}) {
  const { language } = useNames();
  const value = [...(props.value ?? [])];
  return (
    <Select
      mode="multiple"
      className="pb-who"
      aria-label={props.label}
      placeholder={props.label}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      onChange={props.onChange}
      options={optionsOf(props.kind, language, props.types, value)}
    />
  );
}

/** One field of a kind, none where `empty` says what that means. */
export function FieldPick(props: {
  kind: RecordKind;
  label: string;
  types?: readonly FieldType[];
  empty?: string;
  value: string | undefined;
  onChange: (key: string | undefined) => void;
}) {
  const { language } = useNames();
  const { value, empty } = props;
  return (
    <Select
      className="pb-fact"
      aria-label={props.label}
      prefix={props.label}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? ''}
      onChange={(key) => props.onChange(key || undefined)}
      options={[
        ...(empty === undefined ? [] : [{ value: '', label: empty }]),
        ...optionsOf(props.kind, language, props.types, value ? [value] : []),
      ]}
    />
  );
}

/** States of a kind; none is any, where `empty` says so. */
export function StatesPick(props: {
  kind: RecordKind;
  label: string;
  empty?: string;
  value: readonly string[] | undefined;
  onChange: (keys: string[]) => void;
}) {
  const { language } = useNames();
  return (
    <Select
      mode="multiple"
      className="pb-who"
      aria-label={props.label}
      placeholder={props.empty ?? props.label}
      value={[...(props.value ?? [])]}
      onChange={props.onChange}
      options={(props.kind.states ?? []).map((state) => ({ value: state.key, label: state[language] }))}
    />
  );
}

/** A regular expression; empty for none. */
export function PatternBox(props: {
  label: string;
  value: string | undefined;
  onChange: (pattern: string | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Input
        aria-label={props.label}
        prefix={<span className="zk-quiet">{props.label}</span>}
        maxLength={200}
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.target.value || undefined)}
      />
      <span className="zk-quiet">{t('library.patternHint')}</span>
    </>
  );
}
