import { ClockCircleOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getEnquiryHours } from '#contracts/routes/figures.ts';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useRefs } from '../settings/refs.ts';

const days = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When people ask, by weekday and hour, of all or of one kind (SD3m-01). Each cell says its number. */
export function Hours(props: { from: string; to: string; groupId?: string }) {
  const { t } = useTranslation();
  const { categories } = useRefs();
  const [category, setCategory] = useState<string>();
  const read = useRead(getEnquiryHours, { query: props }, { keep: true });
  if (read.error && !read.data)
    return <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={8} columns={8} />;
  const { cells, total } = read.data;
  if (total === 0)
    return (
      <EmptyState
        icon={<ClockCircleOutlined />}
        title={t('figures.hours.none')}
        hint={t('figures.hours.noneHint')}
      />
    );
  const shown = cells.filter((cell) => !category || cell.category === category);
  const sum = (of: (cell: (typeof cells)[number]) => boolean) =>
    shown.filter(of).reduce((all, { count }) => all + count, 0);
  const at = (day: number, hour: number) => sum((cell) => cell.weekday === day && cell.hour === hour);
  const top = Math.max(1, ...days.flatMap((day) => hours.map((hour) => at(day, hour))));
  const kinds = [...new Set(cells.map((cell) => cell.category))];
  return (
    <div className="fig-heat">
      <Select
        allowClear
        aria-label={t('figures.hours.kind')}
        placeholder={t('figures.hours.all', { count: total })}
        value={category}
        onChange={setCategory}
        popupMatchSelectWidth={false}
        options={kinds.map((kind) => ({
          value: kind,
          label: `${categories.find(({ value }) => value === kind)?.label ?? kind}　${cells
            .filter((cell) => cell.category === kind)
            .reduce((all, { count }) => all + count, 0)}`,
        }))}
      />
      <div className="zk-scroll">
        <table aria-label={t('figures.tab.hours')}>
          <thead>
            <tr>
              <td aria-hidden />
              {hours.map((hour) => (
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
              <th scope="col">{t('figures.hours.sum')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day}>
                <th scope="row">{t(`figures.day.${day}`)}</th>
                {hours.map((hour) => {
                  const count = at(day, hour);
                  return (
                    <td key={hour} data-heat={count === 0 ? 0 : Math.ceil((count / top) * 4)}>
                      {count || ''}
                    </td>
                  );
                })}
                <th scope="row">{sum((cell) => cell.weekday === day)}</th>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
