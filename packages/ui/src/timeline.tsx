import { Fragment, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './timeline.css';

export type TimelineEntry = {
  id: string;
  /** ISO instant. */
  at: string;
  /** in = from the customer, out = to the customer, note = only inside, system = an event. */
  side: 'in' | 'out' | 'note' | 'system';
  author?: string;
  body: ReactNode;
  /** waiting = kept on this computer until the line is back. */
  state?: 'sending' | 'waiting' | 'sent' | 'failed';
  /** Only on this computer yet: can be given up. */
  local?: boolean;
  /** Why it failed, said beside it. */
  problem?: string;
  /** Small facts beside the time: delivery, channel. */
  meta?: ReactNode;
  /** Buttons shown when the pointer or focus is on the entry. */
  tools?: ReactNode;
};

type Group = { key: string; day: string | null; unread: boolean; entries: TimelineEntry[] };

export type TimelineProps = {
  entries: TimelineEntry[];
  label: string;
  /** Text of an instant's day and time in the reader's zone and language. */
  day: (at: string) => string;
  time: (at: string) => string;
  /** The full instant, shown when the pointer rests on the time. */
  full?: (at: string) => string;
  /** Id of the first entry not seen yet; a line is drawn above it. */
  firstUnread?: string;
  onRetry?: (id: string) => void;
  onDrop?: (id: string) => void;
};

/** What happened, oldest first. More than two system events in a row fold into one line. */
export function Timeline(props: TimelineProps) {
  const { t } = useTranslation('ui');
  return (
    <div className="zk-timeline" role="log" aria-label={props.label}>
      {groups(props.entries, props.day, props.firstUnread).map((group) => (
        <Fragment key={group.key}>
          {group.day ? <div className="zk-timeline-day">{group.day}</div> : null}
          {group.unread ? (
            <div className="zk-timeline-unread" id="zk-first-unread">
              {t('timeline.unread')}
            </div>
          ) : null}
          {group.entries[0]?.side === 'system' ? (
            <SystemEvents entries={group.entries} time={props.time} />
          ) : (
            group.entries.map((entry) => <Entry key={entry.id} {...props} entry={entry} />)
          )}
        </Fragment>
      ))}
    </div>
  );
}

function groups(entries: TimelineEntry[], dayOf: (at: string) => string, firstUnread?: string): Group[] {
  const result: Group[] = [];
  let day = '';
  for (const entry of entries) {
    const newDay = dayOf(entry.at) !== day;
    const unread = entry.id === firstUnread;
    day = dayOf(entry.at);
    const last = result.at(-1);
    const joins = !newDay && !unread && last?.entries[0]?.side === 'system' && entry.side === 'system';
    if (joins) last.entries.push(entry);
    else result.push({ key: entry.id, day: newDay ? day : null, unread, entries: [entry] });
  }
  return result;
}

function Entry(props: TimelineProps & { entry: TimelineEntry }) {
  const { t } = useTranslation('ui');
  const { entry } = props;
  return (
    <article
      className="zk-entry"
      data-side={entry.side}
      data-state={entry.state ?? 'sent'}
      id={`entry-${entry.id}`}
    >
      <div className="zk-entry-head">
        {entry.side === 'note' ? <span className="zk-entry-note">{t('timeline.note')}</span> : null}
        {entry.author ? <span>{entry.author}</span> : null}
        <time dateTime={entry.at} title={props.full?.(entry.at)}>
          {props.time(entry.at)}
        </time>
        {entry.state === 'sending' ? <span>{t('timeline.sending')}</span> : null}
        {entry.state === 'waiting' ? <span>{t('timeline.waiting')}</span> : null}
        {entry.meta}
        {entry.tools ? <span className="zk-entry-tools">{entry.tools}</span> : null}
      </div>
      <div className="zk-entry-body">{entry.body}</div>
      {entry.state === 'failed' ? <Failed {...props} /> : null}
    </article>
  );
}

function Failed(props: Pick<TimelineProps, 'onRetry' | 'onDrop'> & { entry: TimelineEntry }) {
  const { t } = useTranslation('ui');
  const { entry, onRetry, onDrop } = props;
  return (
    <div className="zk-entry-failed" role="alert">
      <span>{entry.problem ? `${t('timeline.failed')}：${entry.problem}` : t('timeline.failed')}</span>
      {onRetry ? (
        <button type="button" className="zk-bare" onClick={() => onRetry(entry.id)}>
          {t('timeline.retry')}
        </button>
      ) : null}
      {onDrop && entry.local ? (
        <button type="button" className="zk-bare" onClick={() => onDrop(entry.id)}>
          {t('timeline.drop')}
        </button>
      ) : null}
    </div>
  );
}

function SystemEvents(props: { entries: TimelineEntry[]; time: (at: string) => string }) {
  const { t } = useTranslation('ui');
  const [open, setOpen] = useState(false);
  const folded = props.entries.length > 2 && !open;
  return (
    <div className="zk-system">
      {props.entries.length > 2 ? (
        <button type="button" className="zk-bare" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'timeline.fold' : 'timeline.unfold', { count: props.entries.length })}
        </button>
      ) : null}
      {folded ? null : (
        <ul>
          {props.entries.map((entry) => (
            <li key={entry.id} id={`entry-${entry.id}`}>
              <time dateTime={entry.at}>{props.time(entry.at)}</time>
              <span>{entry.body}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
