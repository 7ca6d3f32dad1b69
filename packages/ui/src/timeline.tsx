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
  state?: 'sending' | 'sent' | 'failed';
  /** Small facts beside the time: delivery, channel. */
  meta?: ReactNode;
};

type Group = { key: string; day: string | null; entries: TimelineEntry[] };

/** What happened, oldest first. More than two system events in a row fold into one line. */
export function Timeline(props: {
  entries: TimelineEntry[];
  label: string;
  /** Text of an instant's day and time in the reader's zone and language. */
  day: (at: string) => string;
  time: (at: string) => string;
  onRetry?: (id: string) => void;
}) {
  return (
    <div className="zk-timeline" role="log" aria-label={props.label}>
      {groups(props.entries, props.day).map((group) => (
        <Fragment key={group.key}>
          {group.day ? <div className="zk-timeline-day">{group.day}</div> : null}
          {group.entries[0]?.side === 'system' ? (
            <SystemEvents entries={group.entries} time={props.time} />
          ) : (
            group.entries.map((entry) => (
              <Entry key={entry.id} entry={entry} time={props.time} onRetry={props.onRetry} />
            ))
          )}
        </Fragment>
      ))}
    </div>
  );
}

function groups(entries: TimelineEntry[], dayOf: (at: string) => string): Group[] {
  const result: Group[] = [];
  let day = '';
  for (const entry of entries) {
    const newDay = dayOf(entry.at) !== day;
    day = dayOf(entry.at);
    const last = result.at(-1);
    const joins = !newDay && last?.entries[0]?.side === 'system' && entry.side === 'system';
    if (joins) last.entries.push(entry);
    else result.push({ key: entry.id, day: newDay ? day : null, entries: [entry] });
  }
  return result;
}

function Entry(props: {
  entry: TimelineEntry;
  time: (at: string) => string;
  onRetry?: (id: string) => void;
}) {
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
        <time dateTime={entry.at}>{props.time(entry.at)}</time>
        {entry.state === 'sending' ? <span>{t('timeline.sending')}</span> : null}
        {entry.state === 'failed' ? (
          <span className="zk-entry-failed">
            {t('timeline.failed')}{' '}
            {props.onRetry ? (
              <button type="button" className="zk-bare" onClick={() => props.onRetry?.(entry.id)}>
                {t('timeline.retry')}
              </button>
            ) : null}
          </span>
        ) : null}
        {entry.meta}
      </div>
      <div className="zk-entry-body">{entry.body}</div>
    </article>
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
            <li key={entry.id}>
              <time dateTime={entry.at}>{props.time(entry.at)}</time>
              <span>{entry.body}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
