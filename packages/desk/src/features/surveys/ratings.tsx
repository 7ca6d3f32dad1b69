import { DownloadOutlined, SmileOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listSurveys, surveyMeans, type AnsweredSurveyView } from '#contracts/routes/surveys.ts';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { PlainTable } from '../../plain-table.tsx';
import { useList, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSetting } from '../tickets/categories.tsx';
import { edgesOf } from '../figures/rules.ts';
import { useSession } from '../identity/session.ts';
import './surveys.css';

const questions = ['efficiency', 'attitude', 'effectiveness'] as const;
const formats = ['xlsx', 'csv', 'pdf'] as const;
type Props = { from: string; to: string; groupId?: string };

/** 服务满意度调查: what customers answered, word by word, the newest first; as a file too. */
export function Ratings(props: Props) {
  const { t } = useTranslation();
  const [show, setShow] = useState<'all' | 'low'>('all');
  /** What is told to the supervisors as it comes is looked at here first. */
  const low = useSetting('survey')?.lowBelow;
  const filter = { ...edgesOf(props), groupId: props.groupId, below: show === 'low' ? low : undefined };
  const list = useList(listSurveys, { ...filter, limit: 50 }, { keep: true });
  const columns = useColumns(low);
  if (list.problem && !list.rows) return <ErrorState problem={list.problem} onRetry={list.retry} />;
  if (!list.rows) return <Skeleton rows={8} columns={6} />;
  return (
    <div className="survey-list" data-outdated={list.outdated || undefined}>
      <div className="survey-bar">
        <Segmented
          aria-label={t('surveys.show')}
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: t('surveys.all') },
            // Known a moment later than the list; by then nobody has reached for it.
            { value: 'low', label: t('surveys.low', { low: low ?? '…' }), disabled: low === undefined },
          ]}
        />
        <FileMenu filter={filter} />
      </div>
      <Means filter={filter} />
      <PlainTable
        label={t('surveys.title')}
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={columns}
        empty={
          <EmptyState
            icon={<SmileOutlined />}
            title={t(show === 'low' ? 'surveys.noneLow' : 'surveys.none')}
            hint={t(show === 'low' ? 'surveys.noneLowHint' : 'surveys.noneHint')}
          />
        }
      />
      {list.hasMore ? <Button onClick={list.more}>{t('surveys.more')}</Button> : null}
    </div>
  );
}

/** The mean of each question over what the list shows. */
function Means(props: { filter: { from: string; to: string; groupId?: string; below?: number } }) {
  const { t, i18n } = useTranslation();
  const { data } = useRead(surveyMeans, { query: props.filter }, { keep: true });
  if (!data || data.answers === 0) return null;
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  const said = (value: number | null) => (value === null ? '—' : number.format(value));
  return (
    <dl className="survey-means" aria-label={t('surveys.means', { count: data.answers })}>
      <div>
        <dt>{t('surveys.means', { count: data.answers })}</dt>
        <dd>{t('surveys.points', { points: said(data.csat) })}</dd>
      </div>
      {questions.map((one) => (
        <div key={one}>
          <dt>{t(`surveys.part.${one}`)}</dt>
          <dd>{said(data[one])}</dd>
        </div>
      ))}
    </dl>
  );
}

function useColumns(low = 0) {
  const { t } = useTranslation();
  const time = useTime();
  return [
    {
      key: 'ticket',
      title: t('tickets.subject'),
      lead: true,
      render: (row: AnsweredSurveyView) => (
        <span className="survey-ticket">
          {row.subject === null ? (
            <>
              {row.number}
              <small className="zk-quiet">{t('surveys.notYours')}</small>
            </>
          ) : (
            <>
              <Link to="/tickets/$id" params={{ id: row.ticketId }}>
                {row.subject}
              </Link>
              <small className="zk-quiet">
                {row.number} · {row.customerName}
              </small>
            </>
          )}
        </span>
      ),
    },
    {
      key: 'csat',
      title: t('surveys.csat'),
      align: 'end' as const,
      width: 96,
      render: (row: AnsweredSurveyView) => (
        <Tag tone={row.csat < low ? 'warn' : row.csat >= 80 ? 'ok' : 'neutral'}>
          {t('surveys.points', { points: Math.round(row.csat) })}
        </Tag>
      ),
    },
    ...questions.map((one) => ({
      key: one,
      title: t(`surveys.part.${one}`),
      align: 'end' as const,
      width: 104,
      render: ({ answer }: AnsweredSurveyView) => answer[one],
    })),
    {
      key: 'comment',
      title: t('surveys.comment'),
      render: ({ answer }: AnsweredSurveyView) =>
        answer.comment ? (
          <span className="survey-comment">{answer.comment}</span>
        ) : (
          <span className="zk-quiet">—</span>
        ),
    },
    {
      key: 'agent',
      title: t('tickets.assignee'),
      width: 104,
      render: (row: AnsweredSurveyView) => row.agentName ?? '—',
    },
    {
      key: 'at',
      title: t('surveys.at'),
      width: 176,
      render: (row: AnsweredSurveyView) => (
        <>
          {time.minute(row.answeredAt)}
          {row.byPhone ? <small className="zk-quiet survey-phone">{t('surveys.byPhone')}</small> : null}
        </>
      ),
    },
  ];
}

function FileMenu(props: { filter: Record<string, string | number | undefined> }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  if (!can('record.export')) return null;
  const address = (format: string) => {
    const pairs = Object.entries({
      format,
      locale: i18n.language === 'en' ? 'en' : 'zh-CN',
      ...props.filter,
    });
    const query = new URLSearchParams();
    for (const [name, value] of pairs) if (value !== undefined) query.set(name, String(value));
    return `/api/v1/surveys/export?${query}`;
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: formats.map((format) => ({
          key: format,
          label: (
            <a href={address(format)} download>
              {t(`records.format.${format}`)}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<DownloadOutlined />}>{t('surveys.export')}</Button>
    </Dropdown>
  );
}
