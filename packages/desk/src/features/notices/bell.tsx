import { BellOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { ackNotice, listNotices, readNotices, type NoticeView } from '#contracts/routes/notices.ts';
import { useNow } from '#ui/clock.tsx';
import { useWidth } from '#ui/media.ts';
import { RailContent } from '#ui/rail.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useRead, useWrite } from '../../query.ts';
import { useTitlePart } from '../../page-title.ts';
import { useTime } from '../../time.ts';
import { openCase, useAnnounce } from './use-announce.ts';
import './bell.css';

const useNotices = () => useRead(listNotices, {}, { refetchSeconds: 60 });
/** How many of mine are unread, for whatever stands for the bell. */
export const useUnread = (): number => useNotices().data?.unread ?? 0;

/** The bell in the rail with its number. */
export function BellButton(props: { onOpen: () => void }) {
  const { t } = useTranslation();
  const unread = useUnread();
  return (
    <button
      type="button"
      className="zk-bare zk-rail-item"
      aria-label={t('notices.open', { count: unread })}
      onClick={props.onOpen}
    >
      <RailContent icon={<BellOutlined />} label={t('notices.title')} badge={unread} />
    </button>
  );
}

/** The drawer of notices, and what is announced while it is shut. Alerts stay on top until acknowledged. */
export function Notices(props: { open: boolean; onOpen: (open: boolean) => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const read = useWrite(readNotices);
  const unread = notices.data?.unread ?? 0;
  const width = useWidth();
  useAnnounce(notices.data?.items, unread, () => props.onOpen(true));
  useTitlePart('notices', unread > 0 ? `(${unread > 99 ? '99+' : unread})` : null);
  return (
    <Drawer
      open={props.open}
      onClose={() => props.onOpen(false)}
      placement={width === 'narrow' ? 'right' : 'left'}
      size={width === 'narrow' ? '100%' : 400}
      title={t('notices.title')}
      styles={{ body: { padding: 0 } }}
      extra={
        <Button type="text" size="small" disabled={unread === 0} onClick={() => read.mutate({ body: {} })}>
          {t('notices.readAll')}
        </Button>
      }
    >
      {notices.error && !notices.data ? (
        <ErrorState problem={problemOf(notices.error)} onRetry={() => void notices.refetch()} />
      ) : null}
      {notices.isPending ? <Skeleton rows={8} columns={1} /> : null}
      {notices.data?.items.length === 0 ? (
        <EmptyState icon={<BellOutlined />} title={t('notices.none')} hint={t('notices.noneHint')} />
      ) : null}
      <ul>
        {sorted(notices.data?.items ?? []).map((notice) => (
          <Row key={notice.id} notice={notice} onGo={() => props.onOpen(false)} />
        ))}
      </ul>
    </Drawer>
  );
}

const waits = (notice: NoticeView) => notice.needsAck && !notice.ackAt;
const sorted = (items: NoticeView[]) => [...items].sort((a, b) => Number(waits(b)) - Number(waits(a)));

function Row(props: { notice: NoticeView; onGo: () => void }) {
  const { notice } = props;
  const { t } = useTranslation();
  const now = useNow(60);
  const time = useTime();
  const toast = useToast();
  const ack = useWrite(ackNotice);
  const read = useWrite(readNotices);
  const navigate = useNavigate();
  const go = () => {
    if (!notice.readAt) read.mutate({ body: { ids: [notice.id] } });
    if (openCase(navigate, notice)) props.onGo();
  };
  return (
    <li className="desk-notice" data-unread={!notice.readAt} data-waits={waits(notice)}>
      <button type="button" className="zk-bare desk-notice-text" onClick={go}>
        <span className="desk-notice-head">
          <strong>{notice.title}</strong>
          <time dateTime={notice.at}>{time.stamp(notice.at, now)}</time>
        </span>
        <span className="desk-notice-body">{notice.body}</span>
      </button>
      {waits(notice) ? (
        <Button
          size="small"
          danger
          loading={ack.isPending}
          onClick={() =>
            ack.mutate(
              { params: { id: notice.id }, body: {} },
              { onError: (error) => toast.failed(problemOf(error)) },
            )
          }
        >
          {t('notices.ack')}
        </Button>
      ) : notice.needsAck ? (
        <Tag tone="ok">{t('notices.acked')}</Tag>
      ) : null}
    </li>
  );
}
