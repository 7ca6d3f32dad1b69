import { SafetyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { events } from '#contracts/events.ts';
import type { Words } from '#contracts/pack.ts';
import { listQuarantine, rawQuarantine, releaseQuarantine } from '#contracts/routes/channels.ts';
import { dropDead, listDead, retryDead } from '#contracts/routes/operations.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { useNow } from '#ui/clock.tsx';
import { EmptyState, ErrorState, Skeleton, type Problem } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable, type PlainColumn } from '../../plain-table.tsx';
import { queryClient, useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';
import { Page } from './page.tsx';
import { WithReason } from './with-reason.tsx';

type Dead = ResponseOf<typeof listDead>['items'][number];
type Held = ResponseOf<typeof listQuarantine>['items'][number];

/** 失败任务: reactions that failed for good, each with its cause and two ways out. */
export function DeadLettersPage() {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const toast = useToast();
  const list = useList(listDead, { limit: 100 });
  const [dropping, setDropping] = useState<Dead | null>(null);
  const event = (type: string) =>
    (events as Record<string, Words>)[type]?.[i18n.language === 'en' ? 'en' : 'zh'] ?? type;
  const writable = can('operations.write');
  const retry = async (row: Dead) => {
    try {
      await call(retryDead, { params: { id: row.id }, body: {}, idempotencyKey: crypto.randomUUID() });
      toast.done(t('settings.dead.retried'));
      await queryClient.invalidateQueries({ queryKey: ['operations'] });
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <Page section="deadLetters" writable={writable}>
      <Watched
        list={list}
        label={t('settings.deadLetters')}
        none={t('settings.dead.none')}
        noneHint={t('settings.dead.noneHint')}
        columns={[
          {
            key: 'what',
            title: t('settings.dead.what'),
            lead: true,
            render: (row) => (
              <span>
                <strong>{row.subscriber}</strong>{' '}
                <span className="zk-quiet" title={row.eventType}>
                  ← {event(row.eventType)}
                </span>
                <span className="set-cause">{row.error}</span>
              </span>
            ),
          },
          {
            key: 'tries',
            title: t('settings.dead.tries'),
            width: 72,
            align: 'end',
            render: (row) => row.attempts,
          },
          {
            key: 'do',
            title: '',
            width: 168,
            render: (row) =>
              writable ? (
                <span className="desk-apart">
                  <Button size="small" onClick={() => void retry(row)}>
                    {t('settings.dead.retry')}
                  </Button>
                  <Button size="small" danger onClick={() => setDropping(row)}>
                    {t('settings.dead.drop')}
                  </Button>
                </span>
              ) : null,
          },
        ]}
      />
      {dropping ? (
        <WithReason
          title={t('settings.dead.dropTitle')}
          stale={['operations']}
          verb={t('settings.dead.drop')}
          act={(reason) => call(dropDead, { params: { id: dropping.id }, query: { reason } })}
          onClose={() => setDropping(null)}
        />
      ) : null}
    </Page>
  );
}

/** 隔离区: messages held at the door, with the cause; a person may let one in. */
export function QuarantinePage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const list = useList(listQuarantine, { limit: 100 });
  const [releasing, setReleasing] = useState<Held | null>(null);
  const writable = can('operations.write');
  return (
    <Page section="quarantine" writable={writable}>
      <Watched
        list={list}
        label={t('settings.quarantine')}
        none={t('settings.held.none')}
        noneHint={t('settings.held.noneHint')}
        quiet={(row) => row.state === 'released'}
        columns={[
          {
            key: 'what',
            title: t('settings.held.what'),
            lead: true,
            render: (row) => (
              <span>
                <strong>{row.subject || t('settings.held.noSubject')}</strong>{' '}
                <span className="zk-quiet">
                  {row.from} → {row.channelName}
                </span>
                <span className="set-cause">{row.detail || row.cause}</span>
              </span>
            ),
          },
          {
            key: 'size',
            title: t('settings.held.size'),
            width: 88,
            align: 'end',
            render: (row) => `${Math.ceil(row.size / 1024)} KB`,
          },
          {
            key: 'do',
            title: '',
            width: 188,
            render: (row) => (
              <span className="desk-apart">
                {writable ? (
                  <Button size="small" href={`/api/v1${rawQuarantine.path.replace(':id', row.id)}`} download>
                    {t('settings.held.raw')}
                  </Button>
                ) : null}
                {row.state === 'released' ? <Tag tone="ok">{t('settings.held.released')}</Tag> : null}
                {writable && row.state === 'held' ? (
                  <Button size="small" onClick={() => setReleasing(row)}>
                    {t('settings.held.release')}
                  </Button>
                ) : null}
              </span>
            ),
          },
        ]}
      />
      {releasing ? (
        <WithReason
          title={t('settings.held.releaseTitle')}
          stale={['operations', 'channels']}
          verb={t('settings.held.release')}
          act={(reason) =>
            call(releaseQuarantine, {
              params: { id: releasing.id },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onClose={() => setReleasing(null)}
        />
      ) : null}
    </Page>
  );
}

/** What waits for a person, newest first: skeleton, error, nothing, or the rows with the instant in front. */
function Watched<Row extends { id: string; at: string }>(props: {
  list: {
    rows: Row[] | undefined;
    problem: Problem | null;
    retry: () => void;
    hasMore: boolean;
    more: () => void;
  };
  label: string;
  none: string;
  noneHint: string;
  quiet?: (row: Row) => boolean;
  columns: Array<PlainColumn<Row>>;
}) {
  const { t } = useTranslation();
  const time = useTime();
  const now = useNow(60);
  const { list } = props;
  if (!list.rows) {
    return list.problem ? (
      <ErrorState problem={list.problem} onRetry={list.retry} />
    ) : (
      <Skeleton rows={6} columns={4} />
    );
  }
  return (
    <>
      <PlainTable
        label={props.label}
        rows={list.rows}
        rowKey={(row) => row.id}
        quiet={props.quiet}
        empty={<EmptyState icon={<SafetyOutlined />} title={props.none} hint={props.noneHint} />}
        columns={[
          { key: 'at', title: t('settings.audit.at'), width: 140, render: (row) => time.stamp(row.at, now) },
          ...props.columns,
        ]}
      />
      {list.hasMore ? <Button onClick={list.more}>{t('tickets.loadMore')}</Button> : null}
    </>
  );
}
