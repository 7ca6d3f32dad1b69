import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeadlineView } from '#contracts/routes/tickets.ts';
import { FieldRow, Fields } from '#ui/form.tsx';
import type { ClockState } from '#ui/duration.ts';
import { Countdown, Tag } from '#ui/tag.tsx';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import './tickets.css';

const stateOf: Record<DeadlineView['state'], ClockState> = {
  running: 'running',
  paused: 'paused',
  met: 'met',
  breached: 'breached',
  met_late: 'met',
  cancelled: 'cancelled',
};
export const isLive = ({ state, dueAt }: DeadlineView) =>
  dueAt !== null && (state === 'running' || state === 'paused' || state === 'breached');

/** Live promises first by their due instant. */
export const byDue = (deadlines: DeadlineView[]) =>
  deadlines.toSorted(
    (a, b) => Number(isLive(b)) - Number(isLive(a)) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'),
  );

/** The clocks that run now; each opens what it rests on. */
export function Clocks(props: {
  deadlines: DeadlineView[];
  /** Something else beside it has a limit: that there is none is then not said. */ silent?: boolean;
}) {
  const { t } = useTranslation();
  const live = byDue(props.deadlines).filter(isLive);
  if (live.length === 0)
    return props.silent ? null : <span className="zk-quiet">{t('tickets.clock.none')}</span>;
  return (
    <ul className="desk-clocks" aria-label={t('tickets.clock.list')}>
      {live.map((one) => (
        <li key={one.id}>
          <ClockChip deadline={one} />
        </li>
      ))}
    </ul>
  );
}

export function ClockChip(props: { deadline: DeadlineView }) {
  const word = useWord();
  const { deadline } = props;
  return (
    <Popover trigger="click" placement="bottomLeft" content={<Why deadline={deadline} />}>
      <button type="button" className="zk-bare desk-clock">
        <ClockText deadline={deadline} label={word('deadlineKind', deadline.kind)} />
        {deadline.provisional ? <Tag tone="warn">?</Tag> : null}
      </button>
    </Popover>
  );
}

export function ClockText(props: { deadline: DeadlineView; label?: string }) {
  const { deadline } = props;
  const leftMs =
    deadline.pausedAt && deadline.dueAt ? Date.parse(deadline.dueAt) - Date.parse(deadline.pausedAt) : null;
  return (
    <Countdown
      label={props.label}
      dueAt={deadline.dueAt}
      warnAt={deadline.warnAt}
      state={stateOf[deadline.state]}
      leftMs={leftMs}
    />
  );
}

/** A target in the largest unit that says it whole. */
function amountOf({ target, unit }: DeadlineView): { unit: 'days' | 'hours' | 'minutes'; count: number } {
  const count = target ?? 0;
  if (unit === 'businessDays') return { unit: 'days', count };
  return count % 60 === 0 ? { unit: 'hours', count: count / 60 } : { unit: 'minutes', count };
}

/** Why it is due then, in words, with what was paused. */
function Why(props: { deadline: DeadlineView }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const { deadline } = props;
  const amount = amountOf(deadline);
  const target =
    deadline.target === null
      ? undefined
      : `${t(`tickets.clock.${amount.unit}`, { count: amount.count })}（${word('clockUnit', deadline.unit)}）`;
  return (
    <div className="desk-why">
      <p>{deadline.why}</p>
      {deadline.provisional ? <p className="desk-why-warn">{t('tickets.clock.provisional')}</p> : null}
      <Fields>
        <FieldRow label={t('tickets.clock.state')}>{word('deadlineState', deadline.state)}</FieldRow>
        <FieldRow label={t('tickets.clock.due')}>
          {deadline.dueAt ? time.minute(deadline.dueAt) : undefined}
        </FieldRow>
        <FieldRow label={t('tickets.clock.warn')}>
          {deadline.warnAt ? time.minute(deadline.warnAt) : undefined}
        </FieldRow>
        <FieldRow label={t('tickets.clock.started')}>{time.minute(deadline.startedAt)}</FieldRow>
        <FieldRow label={t('tickets.clock.target')}>{target}</FieldRow>
        <FieldRow label={t('tickets.clock.paused')}>
          {deadline.pausedMinutes > 0
            ? t('tickets.clock.minutes', { count: Math.round(deadline.pausedMinutes) })
            : undefined}
        </FieldRow>
      </Fields>
    </div>
  );
}
