import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockPattern } from '#contracts/durations.ts';
import type { Pack, Step } from '#contracts/pack.ts';
import { DurationEditor } from './edit-parts.tsx';
import { filled } from './edit-pick.tsx';
import { factsOfType } from './edit-who.tsx';
import { namesOfFacts } from './saying.ts';
import { useNames, useSeen } from './use-names.ts';

type Instant = NonNullable<Step['due']>;

/** Facts that hold a day or an instant. */
export const instantsOf = (pack: Pack): string[] => [
  ...factsOfType(pack, ['instant', 'date']),
  'record.createdAt',
  'ticket.createdAt',
  'run.startedAt',
];
/** Digits and colon as a Chinese keyboard writes them. */
export const halfWidth = (typed: string) =>
  typed.replace(/[０-９：]/gu, (one) => String.fromCodePoint(one.codePointAt(0)! - 0xfe_e0));

/** A time of day, `08:30`. */
export function ClockBox(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Input
      className="pb-at"
      aria-label={props.label}
      value={props.value}
      placeholder="09:00"
      maxLength={5}
      status={new RegExp(clockPattern, 'u').test(props.value) ? undefined : 'error'}
      onChange={({ target }) => props.onChange(halfWidth(target.value))}
    />
  );
}

/** An instant of the facts or the next time the clock shows, some time before or after it. `none` is what no instant means. */
export function InstantEditor(props: {
  pack: Pack;
  none?: string;
  value: Instant | undefined;
  onChange: (value: Instant | undefined) => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const names = namesOfFacts(useSeen(props.pack), language);
  const { value, none, onChange } = props;
  const side = value?.plus ? 'plus' : 'minus';
  const by = value?.plus ?? value?.minus;
  const set = (patch: Partial<Instant>) => onChange(filled({ ...value, ...patch }));
  const chosen = value === undefined ? '' : value.next === undefined ? value.at : 'next';
  return (
    <span className="pb-row pb-wrap">
      <Select
        className="pb-fact"
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('library.wait.instant')}
        value={chosen}
        onChange={(key) =>
          key === ''
            ? onChange(undefined)
            : set(key === 'next' ? { next: '09:00', at: undefined } : { at: key, next: undefined })
        }
        options={[
          ...(none === undefined ? [] : [{ value: '', label: none }]),
          { value: 'next', label: t('library.wait.next') },
          ...[...new Set([...(value?.at ? [value.at] : []), ...instantsOf(props.pack)])].map((path) => ({
            value: path,
            label: names.path(path),
          })),
        ]}
      />
      {value?.next === undefined ? null : (
        <ClockBox label={t('library.rest.clockTime')} value={value.next} onChange={(next) => set({ next })} />
      )}
      {value ? (
        <>
          <Select
            aria-label={t('library.wait.side')}
            value={side}
            onChange={(to) => set({ minus: undefined, plus: undefined, [to]: by ?? '1d' })}
            options={(['minus', 'plus'] as const).map((one) => ({
              value: one,
              label: t(`library.wait.${one}`),
            }))}
          />
          <DurationEditor
            label={t('library.wait.by')}
            value={by}
            onChange={(next) => set({ minus: undefined, plus: undefined, [side]: next })}
          />
        </>
      ) : null}
    </span>
  );
}
