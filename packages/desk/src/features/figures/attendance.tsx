import { DownloadOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, DatePicker, Dropdown } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exportAttendance, getAttendance, type AttendanceView } from '#contracts/routes/figures.ts';
import { useNow } from '#ui/clock.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { useRead } from '../../query.ts';
import { personColumn } from './person-column.tsx';
import { readable } from './rules.ts';

const formats = ['xlsx', 'csv', 'pdf'] as const;
const zoneMs = 8 * 3_600_000;
const dayOf = (now: number) => new Date(now + zoneMs).toISOString().slice(0, 10);
const clock = (at: string | null) =>
  at === null ? '—' : new Date(Date.parse(at) + zoneMs).toISOString().slice(11, 16);

/** 考勤: who signed in and out when, and how long they were there; a month leaves as a file (SD3u-07). */
export function AttendanceOf(props: { groupId?: string }) {
  const { t, i18n } = useTranslation();
  const today = dayOf(useNow(60));
  const [day, setDay] = useState(today);
  const read = useRead(getAttendance, { query: { day, groupId: props.groupId } }, { keep: true });
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const lasting = (minutes: number) => {
    if (minutes === 0) return '—';
    const brief = readable('minutes', minutes);
    return t(`figures.unit.${brief.unit}`, { value: number.format(brief.value) });
  };
  const month = day.slice(0, 7);
  const address = (format: string) =>
    `/api/v1${exportAttendance.path}?${new URLSearchParams({
      month,
      format,
      locale: i18n.language === 'en' ? 'en' : 'zh-CN',
      ...(props.groupId ? { groupId: props.groupId } : {}),
    })}`;
  if (read.error && !read.data)
    return <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={8} columns={6} />;
  const columns: [string, (row: AttendanceView) => string][] = [
    ['online', (row) => lasting(row.onlineMinutes)],
    ['away', (row) => lasting(row.breakMinutes)],
    ['busy', (row) => lasting(row.notReadyMinutes)],
  ];
  return (
    <div className="fig-people" data-outdated={read.isPlaceholderData || undefined}>
      <div className="fig-people-bar">
        <DatePicker
          aria-label={t('figures.attendance.day')}
          allowClear={false}
          value={dayjs(day)}
          disabledDate={(one) => one.format('YYYY-MM-DD') > today}
          onChange={(one) => one && setDay(one.format('YYYY-MM-DD'))}
        />
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
          <Button icon={<DownloadOutlined />}>{t('figures.attendance.export', { month })}</Button>
        </Dropdown>
        <p className="zk-quiet">{t('figures.attendance.how')}</p>
      </div>
      <PlainTable
        label={t('figures.tab.attendance')}
        rows={read.data.items}
        rowKey={(row) => row.userId}
        empty={
          <EmptyState
            icon={<TeamOutlined />}
            title={t('figures.attendance.none')}
            hint={t('figures.attendance.noneHint')}
          />
        }
        columns={[
          personColumn(t('figures.person')),
          {
            key: 'in',
            title: t('figures.attendance.in'),
            render: (row) =>
              row.signedInAt ? clock(row.signedInAt) : <Tag>{t('figures.attendance.absent')}</Tag>,
          },
          {
            key: 'out',
            title: t('figures.attendance.out'),
            render: (row) =>
              row.there ? <Tag tone="ok">{t('figures.attendance.there')}</Tag> : clock(row.signedOutAt),
          },
          ...columns.map(([key, render]) => ({
            key,
            title: t(`figures.attendance.${key}`),
            align: 'end' as const,
            render,
          })),
        ]}
      />
    </div>
  );
}
