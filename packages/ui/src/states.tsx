import { CloseCircleOutlined, InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalNow } from './clock.tsx';
import './states.css';

/** RFC 9457 as every screen may receive it. */
export type Problem = {
  status: number;
  code: string;
  title: string;
  detail?: string;
  requestId?: string;
  errors?: Array<{ pointer: string; code: string; message: string }>;
};

/** Nothing here, and what to do about it. */
export function EmptyState(props: {
  icon?: ReactNode;
  title: string;
  hint?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="zk-state" data-kind="empty">
      <div className="zk-state-icon" aria-hidden>
        {props.icon ?? <InboxOutlined />}
      </div>
      <div className="zk-state-title">{props.title}</div>
      {props.hint ? <div className="zk-state-hint">{props.hint}</div> : null}
      {props.children ? <div className="zk-state-actions">{props.children}</div> : null}
    </div>
  );
}

/** What is not there, or not for the reader, is not there at the second try either; the detail says what to do. */
const isFinal = ({ status }: Problem): boolean => status === 403 || status === 404 || status === 410;

/** What went wrong (title), why (detail), what next (retry), and the number to quote to support. */
export function ErrorState(props: { problem: Problem; next?: string; onRetry?: () => void }) {
  const { t } = useTranslation('ui');
  const { problem } = props;
  return (
    <div className="zk-state" data-kind="error" role="alert">
      <div className="zk-state-icon" aria-hidden>
        <CloseCircleOutlined />
      </div>
      <div className="zk-state-title">{problem.title}</div>
      {problem.detail ? <div className="zk-state-hint">{problem.detail}</div> : null}
      {props.next || !isFinal(problem) ? (
        <div className="zk-state-hint">{props.next ?? t('error.next')}</div>
      ) : null}
      <div className="zk-state-actions">
        {props.onRetry ? <Button onClick={props.onRetry}>{t('error.retry')}</Button> : null}
      </div>
      <RequestId problem={problem} />
    </div>
  );
}

/** `TICKET_NOT_CONFIRMED · 01JD…` with a copy button: what a user reads out on the phone. */
export function RequestId(props: { problem: Problem }) {
  const { t } = useTranslation('ui');
  const [copied, setCopied] = useState(false);
  const id = [props.problem.code, props.problem.requestId].filter(Boolean).join(' · ');
  const copy = () => void navigator.clipboard?.writeText(id).then(() => setCopied(true));
  return (
    <div className="zk-request-id">
      <span className="zk-mono">{id}</span>{' '}
      <button type="button" className="zk-bare" onClick={copy}>
        {t(copied ? 'copy.done' : 'copy.do')}
      </button>
    </div>
  );
}

const widths = ['38%', '52%', '30%', '46%', '60%', '34%'];

/** Rows that stand where the real ones will stand, so that nothing moves when they come. */
export function Skeleton(props: { rows?: number; columns?: number }) {
  const { t } = useTranslation('ui');
  return (
    <output className="zk-skeleton" aria-label={t('loading')}>
      {Array.from({ length: props.rows ?? 6 }, (_, row) => (
        <div className="zk-skeleton-row" key={row}>
          {Array.from({ length: props.columns ?? 2 }, (__, column) => (
            <div
              key={column}
              className="zk-skeleton-bar"
              style={{ flex: `0 1 ${widths[(row * 2 + column * 5) % widths.length]}` }}
            />
          ))}
        </div>
      ))}
    </output>
  );
}

export type Connection = { state: 'online' } | { state: 'offline'; since: number };

/** Silent for the first 30 s of a broken line, then one calm sentence. `waiting` = writes kept for later. */
export function OfflineBanner(props: {
  connection: Connection;
  waiting?: number;
  patienceMs?: number;
  onRetry?: () => void;
}) {
  const { t } = useTranslation('ui');
  const now = useLocalNow();
  const { connection } = props;
  if (connection.state === 'online' || now - connection.since < (props.patienceMs ?? 30_000)) return null;
  return (
    <output className="zk-banner">
      <span>{props.waiting ? t('offline.waiting', { count: props.waiting }) : t('offline.text')}</span>
      {props.onRetry ? (
        <Button size="small" type="text" onClick={props.onRetry}>
          {t('offline.retry')}
        </Button>
      ) : null}
    </output>
  );
}
