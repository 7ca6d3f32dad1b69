import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from './clock.tsx';
import { clockText, clockTone, type ClockState } from './duration.ts';
import './tag.css';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'late' | 'note' | 'outline';
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';

export function Tag(props: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className="zk-tag" data-tone={props.tone ?? 'neutral'} title={props.title}>
      {props.children}
    </span>
  );
}

/** P1 and P2 are loud, P3 and P4 are not: a screen where everything shouts is silent. */
export function PriorityTag(props: { priority: Priority; title?: string }) {
  return (
    <span className="zk-tag" data-tone={props.priority} title={props.title}>
      {props.priority}
    </span>
  );
}

export type CountdownProps = {
  /** ISO instant, or null when no clock runs. */
  dueAt: string | null;
  warnAt?: string | null;
  state?: ClockState;
  /** Milliseconds left, shown while paused. */
  leftMs?: number | null;
  /** What is promised, e.g. the name of the deadline. */
  label?: string;
  /** Why it is due then, shown as a tooltip. */
  why?: string;
};

/** A promise and its clock. Colour and words always say the same. */
export function Countdown(props: CountdownProps) {
  const { t } = useTranslation('ui');
  const now = useNow();
  const dueAt = props.dueAt === null ? null : Date.parse(props.dueAt);
  const warnAt = props.warnAt ? Date.parse(props.warnAt) : null;
  const tone = clockTone({ dueAt, warnAt, state: props.state }, now);
  const words = { day: t('clock.day'), hour: t('clock.hour'), minute: t('clock.minute') };
  const span = (ms: number) => clockText(ms, words);
  const text = {
    ok: () => span((dueAt ?? now) - now),
    warn: () => span((dueAt ?? now) - now),
    late: () => t('clock.late', { span: span(now - (dueAt ?? now)) }),
    paused: () =>
      props.leftMs == null ? t('clock.paused') : t('clock.pausedWith', { span: span(props.leftMs) }),
    none: () => t(props.state === 'met' ? 'clock.met' : 'clock.none'),
  }[tone]();
  return (
    <span className="zk-clock" data-tone={tone} title={props.why} role="timer" aria-live="off">
      {props.label ? <span className="zk-clock-label">{props.label}</span> : null}
      <span>{text}</span>
    </span>
  );
}
