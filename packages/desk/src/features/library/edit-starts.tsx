import { Checkbox, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Condition } from '#contracts/conditions.ts';
import { events } from '#contracts/events.ts';
import { heardEvents, startingEvents } from '#contracts/pack-facts.ts';
import { keyPattern } from '#contracts/pack.ts';
import type { Pack } from '#contracts/pack.ts';
import { ConditionEditor } from './edit-condition.tsx';
import { ClockBox } from './edit-instant.tsx';
import { AddButton, DurationEditor, Part, RemoveButton } from './edit-parts.tsx';
import { changed, some, without } from './edit-pick.tsx';
import { FaultsAt } from './fold.tsx';
import { fieldAt } from './saying.ts';
import { sayEvent, sayRepeats, saySchedule, weekdays } from './saying-starts.ts';
import type { Repeats, Schedule } from './saying-starts.ts';
import { kindIn } from './saying-work.ts';
import { useNames, useSeen } from './use-names.ts';

type Props = { pack: Pack; set: (patch: Partial<Pack>) => void };
const abouts = ['ticket', 'conversation', 'customer', 'record', 'centre'] as const;
const stretches = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
/** Days of a stretch that may be named. */
const daysIn: Partial<Record<Schedule['each'], number>> = { month: 31, quarter: 92, year: 366 };

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
const outcomeShape = new RegExp(keyPattern, 'u');
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
              <RemoveButton onClick={() => set({ startsWhen: some(without(starts, i)) })} />
            </span>
            <ConditionEditor
              pack={pack}
              value={start.if}
              onChange={(condition) => set({ startsWhen: changed(starts, i, put(start, condition)) })}
            />
            {start.event.startsWith('record.') || start.repeats ? (
              <RepeatsEditor
                pack={pack}
                start={start}
                onChange={(repeats) => {
                  const { repeats: _, ...rest } = start;
                  set({ startsWhen: changed(starts, i, repeats ? { ...rest, repeats } : rest) });
                }}
              />
            ) : null}
            <FaultsAt at={`/startsWhen/${i}`} />
          </div>
        ))}
        {startable.length > 0 ? (
          <AddButton
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

/** Only when so many records agree in a field within a time. */
function RepeatsEditor(props: {
  pack: Pack;
  start: NonNullable<Pack['startsWhen']>[number];
  onChange: (value: Repeats | undefined) => void;
}) {
  const { t } = useTranslation();
  const { language } = useNames();
  const seen = useSeen(props.pack);
  const { start, onChange } = props;
  const value = start.repeats;
  // The fields of the kind that starts it, where the condition names one.
  const kind = kindIn(seen, start.if?.['record.kind'] as string | undefined);
  const fields = (kind ? [kind] : seen.records).flatMap((one) => one.fields);
  const given = value ? { key: value.field, words: fieldAt(seen, `record.${value.field}`) } : undefined;
  const options = [
    ...new Map([
      ...(given ? [[given.key, given.words?.[language] ?? given.key] as const] : []),
      ...fields.map((field) => [field.key, field[language]] as const),
    ]),
  ].map(([key, label]) => ({ value: key, label }));
  return (
    <div className="pb-repeats">
      <span className="pb-row">
        <Switch
          aria-label={t('library.repeats')}
          checked={value !== undefined}
          disabled={options.length === 0}
          onChange={(on) =>
            onChange(on ? { field: options[0]!.value, within: '30d', atLeast: 3 } : undefined)
          }
        />
        {t('library.repeats')}
      </span>
      {value ? (
        <>
          <span className="pb-row pb-wrap">
            <Select
              className="pb-fact"
              aria-label={t('library.repeatsField')}
              prefix={t('library.repeatsField')}
              showSearch={{ optionFilterProp: 'label' }}
              value={value.field}
              onChange={(field) => onChange({ ...value, field })}
              options={options}
            />
            <DurationEditor
              label={t('library.repeatsWithin')}
              value={value.within}
              onChange={(within) => within && onChange({ ...value, within })}
            />
            <InputNumber
              min={2}
              max={1000}
              aria-label={t('library.repeatsTimes')}
              prefix={t('library.repeatsTimes')}
              value={value.atLeast}
              onChange={(atLeast) => onChange({ ...value, atLeast: Math.round(atLeast ?? 2) })}
            />
          </span>
          <span className="zk-quiet">{sayRepeats(seen, start, language)}</span>
        </>
      ) : (
        <span className="zk-quiet">{t('library.hint.repeats')}</span>
      )}
    </div>
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
      <AddButton
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

/** Hours of the day between which an hourly start counts. */
function HoursEditor({ value, onChange }: { value: Schedule; onChange: (value: Schedule) => void }) {
  const { t } = useTranslation();
  const { between, ...rest } = value;
  return (
    <>
      <Checkbox
        checked={between !== undefined}
        onChange={({ target }) => onChange(target.checked ? { ...rest, between: [9, 18] } : rest)}
      >
        {t('library.between')}
      </Checkbox>
      {between ? (
        <span className="pb-duration">
          <InputNumber
            min={0}
            max={between[1] - 1}
            aria-label={t('library.betweenFrom')}
            value={between[0]}
            onChange={(hour) => onChange({ ...rest, between: [Math.round(hour ?? 0), between[1]] })}
          />
          –
          <InputNumber
            min={between[0] + 1}
            max={24}
            aria-label={t('library.betweenTo')}
            value={between[1]}
            onChange={(hour) => onChange({ ...rest, between: [between[0], Math.round(hour ?? 24)] })}
          />
        </span>
      ) : null}
    </>
  );
}

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
        <ClockBox label={t('library.at')} value={value.at} onChange={(at) => set({ at })} />
        {value.each === 'hour' ? <HoursEditor value={value} onChange={onChange} /> : null}
        {tick('workdays', t('library.workdaysOnly'))}
        {value.each === 'day' ? tick('holiday', t('library.holidayOnly')) : null}
        <RemoveButton onClick={props.onRemove} />
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
    <Part label={t('library.part.ends')} hint={`${t('library.endsHint')} ${t('library.hint.outcome')}`}>
      {ends.map((end, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- ends have no name of their own
        <div key={i} className="pb-way-row">
          <span className="pb-row pb-wrap">
            <EventSelect
              value={end.event}
              onChange={(event) => set({ endsWhen: changed(ends, i, { ...end, event }) })}
            />
            <Input
              className="pb-outcome"
              aria-label={t('library.endOutcome')}
              prefix={<span className="zk-quiet">{t('library.endOutcome')}</span>}
              maxLength={40}
              status={outcomeShape.test(end.outcome) ? undefined : 'error'}
              value={end.outcome}
              onChange={({ target }) =>
                set({ endsWhen: changed(ends, i, { ...end, outcome: target.value.trim().toLowerCase() }) })
              }
            />
            <RemoveButton onClick={() => set({ endsWhen: some(without(ends, i)) })} />
          </span>
          <ConditionEditor
            pack={pack}
            value={end.if}
            onChange={(condition) => set({ endsWhen: changed(ends, i, put(end, condition)) })}
          />
          <FaultsAt at={`/endsWhen/${i}`} />
        </div>
      ))}
      <AddButton
        label={t('library.addEnd')}
        onClick={() => set({ endsWhen: [...ends, { event: 'ticket.cancelled', outcome: 'cancelled' }] })}
      />
    </Part>
  );
}

/** Events that overtake what is open: the run goes on further down. */
export function JumpParts({ pack, set }: Props) {
  const { t } = useTranslation();
  const { language } = useNames();
  const jumps = pack.jumpsWhen ?? [];
  return (
    <Part label={t('library.part.jumps')} hint={t('library.jumpsHint')}>
      {jumps.map((jump, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- jumps have no name of their own
        <div key={i} className="pb-way-row">
          <span className="pb-row pb-wrap">
            <EventSelect
              value={jump.event}
              onChange={(event) => set({ jumpsWhen: changed(jumps, i, { ...jump, event }) })}
            />
            <Select
              aria-label={t('library.jumpTo')}
              className="pb-outcome"
              value={jump.to}
              onChange={(to) => set({ jumpsWhen: changed(jumps, i, { ...jump, to }) })}
              options={pack.steps.map(({ key, name }) => ({ value: key, label: name[language] }))}
            />
            <RemoveButton onClick={() => set({ jumpsWhen: some(without(jumps, i)) })} />
          </span>
          <ConditionEditor
            pack={pack}
            value={jump.if}
            onChange={(condition) => set({ jumpsWhen: changed(jumps, i, put(jump, condition)) })}
          />
          <FaultsAt at={`/jumpsWhen/${i}`} />
        </div>
      ))}
      <AddButton
        label={t('library.addJump')}
        onClick={() =>
          set({ jumpsWhen: [...jumps, { event: 'ticket.resolved', to: pack.steps.at(-1)!.key }] })
        }
      />
    </Part>
  );
}
