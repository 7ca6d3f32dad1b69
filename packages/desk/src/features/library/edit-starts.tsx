import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Condition } from '#contracts/conditions.ts';
import { events } from '#contracts/events.ts';
import { heardEvents, startingEvents } from '#contracts/pack-facts.ts';
import { clockPattern } from '#contracts/durations.ts';
import type { Pack } from '#contracts/pack.ts';
import { ConditionEditor } from './edit-condition.tsx';
import { Part } from './edit-parts.tsx';
import { sayEvent, saySchedule, weekdays } from './saying-starts.ts';
import type { Schedule } from './saying-starts.ts';
import { useNames, useSeen } from './use-names.ts';

type Props = { pack: Pack; set: (patch: Partial<Pack>) => void };
const abouts = ['ticket', 'conversation', 'customer', 'record', 'centre'] as const;
const stretches = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
/** Days of a stretch that may be named. */
const daysIn: Partial<Record<Schedule['each'], number>> = { month: 31, quarter: 92, year: 366 };

const without = <T,>(list: readonly T[], at: number) => list.filter((_, i) => i !== at);
const changed = <T,>(list: readonly T[], at: number, one: T) =>
  list.map((before, i) => (i === at ? one : before));
/** Digits and colon as a Chinese keyboard writes them. */
const halfWidth = (typed: string) =>
  typed.replace(/[０-９：]/gu, (one) => String.fromCodePoint(one.codePointAt(0)! - 0xfe_e0));
/** Nothing rather than an empty list. */
const some = <T,>(list: readonly T[]) => (list.length > 0 ? [...list] : undefined);

function Remove(props: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button type="text" aria-label={t('library.remove')} icon={<DeleteOutlined />} onClick={props.onClick} />
  );
}
function Add(props: { label: string; onClick: () => void }) {
  return (
    <Button size="small" icon={<PlusOutlined />} onClick={props.onClick}>
      {props.label}
    </Button>
  );
}
function EventSelect(props: { value: string; among?: readonly string[]; onChange: (event: string) => void }) {
  const { t } = useTranslation();
  const { language } = useNames();
  return (
    <Select
      className="pb-fact"
      aria-label={t('library.event')}
      showSearch={{ optionFilterProp: 'label' }}
      value={props.value}
      onChange={props.onChange}
      options={[...new Set<string>([props.value, ...(props.among ?? heardEvents)])]
        .filter((type) => type in events)
        .map((type) => ({ value: type, label: sayEvent(type, language) }))}
    />
  );
}
const put = <T extends { if?: unknown }>(one: T, condition: Condition | undefined): T => {
  const { if: _, ...rest } = one;
  return { ...rest, ...(condition ? { if: condition } : {}) } as T;
};

/** What a run hangs on, and when one starts: an event, the calendar, or somebody. */
export function StartParts({ pack, set }: Props) {
  const { t } = useTranslation();
  const starts = pack.startsWhen ?? [];
  const startable = startingEvents(pack.about);
  const byCalendar = pack.about === 'centre' || pack.about === 'customer';
  return (
    <>
      <Part label={t('library.part.about')}>
        <Select
          aria-label={t('library.part.about')}
          value={pack.about}
          onChange={(about) => set({ about })}
          options={abouts.map((value) => ({ value, label: t(`library.about.${value}`) }))}
        />
      </Part>
      <Part label={t('library.part.starts')}>
        {starts.map((start, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- starts have no name of their own
          <div key={i} className="pb-way-row">
            <span className="pb-row">
              <EventSelect
                value={start.event}
                among={startable}
                onChange={(event) => set({ startsWhen: changed(starts, i, { ...start, event }) })}
              />
              <Remove onClick={() => set({ startsWhen: some(without(starts, i)) })} />
            </span>
            <ConditionEditor
              pack={pack}
              value={start.if}
              onChange={(condition) => set({ startsWhen: changed(starts, i, put(start, condition)) })}
            />
          </div>
        ))}
        {startable.length > 0 ? (
          <Add
            label={t('library.addStart')}
            onClick={() => set({ startsWhen: [...starts, { event: startable[0]! }] })}
          />
        ) : (
          <span className="zk-quiet">{t('library.startByCalendar')}</span>
        )}
      </Part>
      {byCalendar || pack.every ? <Schedules pack={pack} set={set} /> : null}
    </>
  );
}

function Schedules({ pack, set }: Props) {
  const { t } = useTranslation();
  const every = pack.every ?? [];
  return (
    <Part label={t('library.part.every')} hint={t('library.everyHint')}>
      {every.map((one, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- schedules have no name of their own
        <div key={i} className="pb-way-row">
          <ScheduleEditor
            pack={pack}
            value={one}
            onChange={(next) => set({ every: changed(every, i, next) })}
            onRemove={() => set({ every: some(without(every, i)) })}
          />
        </div>
      ))}
      <Add
        label={t('library.addSchedule')}
        onClick={() => set({ every: [...every, { each: 'day', at: '09:00' }] })}
      />
    </Part>
  );
}

/** The same moment in another stretch: what only the old one has goes. */
const inStretch = ({ at, workdays, for: whom }: Schedule, each: Schedule['each']): Schedule => ({
  each,
  at,
  ...(each === 'hour' || each === 'day' ? {} : { on: 1 }),
  ...(workdays ? { workdays } : {}),
  ...(whom ? { for: whom } : {}),
});

function ScheduleEditor(props: {
  pack: Pack;
  value: Schedule;
  onChange: (value: Schedule) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(props.pack);
  const { value, onChange } = props;
  const days = daysIn[value.each];
  const set = (patch: Partial<Schedule>) => onChange({ ...value, ...patch });
  const tick = (key: 'workdays' | 'holiday', label: string) => (
    <Checkbox
      checked={value[key] ?? false}
      onChange={({ target }) => {
        const { [key]: _, ...rest } = value;
        onChange(target.checked ? { ...rest, [key]: true } : rest);
      }}
    >
      {label}
    </Checkbox>
  );
  return (
    <>
      <span className="pb-row pb-wrap">
        <Select
          aria-label={t('library.stretch')}
          value={value.each}
          onChange={(each) => onChange(inStretch(value, each))}
          options={stretches.map((each) => ({ value: each, label: t(`library.each.${each}`) }))}
        />
        {value.each === 'week' ? (
          <Select
            aria-label={t('library.day')}
            value={value.on ?? 1}
            onChange={(on) => set({ on })}
            options={weekdays[language].map((label, i) => ({ value: i + 1, label }))}
          />
        ) : null}
        {days ? (
          <>
            <Select
              aria-label={t('library.day')}
              value={value.on === -1 ? 'last' : 'nth'}
              onChange={(one) => set({ on: one === 'last' ? -1 : 1 })}
              options={[
                { value: 'nth', label: t('library.dayNth') },
                { value: 'last', label: t('library.dayLast') },
              ]}
            />
            {value.on === -1 ? null : (
              <InputNumber
                aria-label={t('library.dayNth')}
                min={1}
                max={days}
                value={value.on ?? 1}
                onChange={(on) => set({ on: on ?? 1 })}
              />
            )}
          </>
        ) : null}
        <Input
          className="pb-at"
          aria-label={t('library.at')}
          value={value.at}
          placeholder="09:00"
          maxLength={5}
          status={new RegExp(clockPattern, 'u').test(value.at) ? undefined : 'error'}
          onChange={({ target }) => set({ at: halfWidth(target.value) })}
        />
        {tick('workdays', t('library.workdaysOnly'))}
        {value.each === 'day' ? tick('holiday', t('library.holidayOnly')) : null}
        <Remove onClick={props.onRemove} />
      </span>
      {props.pack.about === 'customer' ? (
        <ConditionEditor
          pack={props.pack}
          value={value.for as Condition | undefined}
          onChange={(condition) => {
            const { for: _, ...rest } = value;
            onChange(condition ? { ...rest, for: condition } : rest);
          }}
        />
      ) : null}
      <span className="zk-quiet">{saySchedule(seen, value, language)}</span>
    </>
  );
}

/** Events that end a run which is still going. */
export function EndParts({ pack, set }: Props) {
  const { t } = useTranslation();
  const ends = pack.endsWhen ?? [];
  return (
    <Part label={t('library.part.ends')} hint={t('library.endsHint')}>
      {ends.map((end, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- ends have no name of their own
        <div key={i} className="pb-way-row">
          <span className="pb-row">
            <EventSelect
              value={end.event}
              onChange={(event) => set({ endsWhen: changed(ends, i, { ...end, event }) })}
            />
            <Remove onClick={() => set({ endsWhen: some(without(ends, i)) })} />
          </span>
          <ConditionEditor
            pack={pack}
            value={end.if}
            onChange={(condition) => set({ endsWhen: changed(ends, i, put(end, condition)) })}
          />
        </div>
      ))}
      <Add
        label={t('library.addEnd')}
        onClick={() => set({ endsWhen: [...ends, { event: 'ticket.cancelled', outcome: 'cancelled' }] })}
      />
    </Part>
  );
}
