import { BarChartOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { summariseRecords } from '#contracts/routes/records.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { PaneBody } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { addable, countable } from './rules.ts';
import type { RecordSearch } from './search.ts';
import type { Kind } from './use-kinds.ts';
import { useFieldText } from './value.tsx';

type Item = ResponseOf<typeof summariseRecords>['items'][number];
const fixed = ['state', 'day', 'month', 'owner', 'creator', 'group'] as const;

/** The address of the list behind a number, or null where the list knows no such filter. */
const behind = (by: string, value: string | null, search: RecordSearch): RecordSearch | null => {
  const { from, to, where } = search;
  if (value === null) return null;
  if (by === 'state') return { from, to, where, state: value };
  if (by === 'day') return { from: value, to: value, where };
  if ((fixed as readonly string[]).includes(by) || value.includes(',')) return null;
  return { from, to, where: `${by}:${value}` };
};

/** What the records add up to: by state, day, person or any field, with shares and the sum of a number. */
export function Summary(props: { kind: Kind; search: RecordSearch }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { kind, search } = props;
  const choices = countable(kind);
  const [by, setBy] = useState(kind.states ? 'state' : (choices[0]?.key ?? 'day'));
  const [sum, setSum] = useState<string>();
  const numbers = addable(kind);
  const summary = useRead(
    summariseRecords,
    {
      params: { kind: kind.key },
      query: { by, ...(sum ? { sum } : {}), from: search.from, to: search.to, where: search.where },
    },
    { keep: true },
  );
  const byOptions = [
    {
      label: t('records.byRecord'),
      options: fixed
        .filter((one) => one !== 'state' || kind.states)
        .map((one) => ({ value: one as string, label: t(`records.by.${one}`) })),
    },
    {
      label: t('records.byField'),
      options: choices.map((field) => ({ value: field.key, label: said(field) })),
    },
  ];
  return (
    <PaneBody>
      <div className="rec-summary" data-outdated={summary.isPlaceholderData}>
        <div className="rec-summary-by">
          <label>
            <span>{t('records.countBy')}</span>
            <Select value={by} onChange={setBy} options={byOptions} popupMatchSelectWidth={false} />
          </label>
          {numbers.length > 0 ? (
            <label>
              <span>{t('records.addUp')}</span>
              <Select
                allowClear
                value={sum}
                placeholder={t('records.addNothing')}
                onChange={setSum}
                popupMatchSelectWidth={false}
                options={numbers.map((field) => ({ value: field.key, label: said(field) }))}
              />
            </label>
          ) : null}
        </div>
        {summary.error && !summary.data ? (
          <ErrorState problem={problemOf(summary.error)} onRetry={() => void summary.refetch()} />
        ) : !summary.data ? (
          <Skeleton rows={6} columns={3} />
        ) : summary.data.total === 0 ? (
          <EmptyState
            icon={<BarChartOutlined />}
            title={t('records.nothingToCount')}
            hint={t('records.nothingToCountHint')}
          />
        ) : (
          <Bars kind={kind} by={by} sum={sum} search={search} data={summary.data} />
        )}
      </div>
    </PaneBody>
  );
}

function Bars(props: {
  kind: Kind;
  by: string;
  sum: string | undefined;
  search: RecordSearch;
  data: ResponseOf<typeof summariseRecords>;
}) {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const text = useFieldText();
  const { kind, by, search, data } = props;
  const field = kind.fields.find(({ key }) => key === by);
  const added = kind.fields.find(({ key }) => key === props.sum);
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const inOrder = ['day', 'month'].includes(by) || field?.type === 'date';
  // Time is read from left to right, everything else from the most to the least.
  const items = inOrder
    ? data.items.toSorted((a, b) => (a.value ?? '').localeCompare(b.value ?? ''))
    : data.items;
  const top = Math.max(1, ...items.map(({ count }) => count));
  const nameOf = ({ value, name }: Item) => {
    if (name) return said(name);
    if (value === null || value === '') return t('records.notSaid');
    if (field?.type === 'yes') return t(value === 'true' ? 'form.yes' : 'form.no');
    return field ? text(field, value) : value;
  };
  return (
    <table className="rec-bars" aria-label={t('records.tab.summary')}>
      <thead>
        <tr>
          <th scope="col">{field ? said(field) : t(`records.by.${by}`)}</th>
          <th scope="col" className="rec-bar-head" aria-label={t('records.bar')} />
          <th scope="col" data-align="end">
            {t('records.count')}
          </th>
          <th scope="col" data-align="end">
            {t('records.share')}
          </th>
          {inOrder ? null : (
            <th scope="col" data-align="end" className="desk-wide">
              {t('records.cumulative')}
            </th>
          )}
          {added ? (
            <th scope="col" data-align="end">
              {said(added)}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const to = behind(by, item.value, search);
          return (
            <tr key={item.value ?? ''}>
              <th scope="row">
                {to ? (
                  <Link
                    to="/records/$kind"
                    params={{ kind: kind.key }}
                    search={to}
                    title={t('records.openCount')}
                  >
                    {nameOf(item)}
                  </Link>
                ) : (
                  nameOf(item)
                )}
              </th>
              <td className="rec-bar-cell" aria-hidden>
                <span style={{ width: `${(item.count / top) * 100}%` }} />
              </td>
              <td data-align="end">{item.count}</td>
              <td data-align="end">{share.format(item.share)}</td>
              {inOrder ? null : (
                <td data-align="end" className="desk-wide zk-quiet">
                  {share.format(item.cumulative)}
                </td>
              )}
              {added ? <td data-align="end">{text(added, item.sum ?? 0)}</td> : null}
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('records.total')}</th>
          <td aria-hidden />
          <td data-align="end">{data.total}</td>
          <td aria-hidden />
          {inOrder ? null : <td className="desk-wide" aria-hidden />}
          {added ? <td data-align="end">{text(added, data.sum ?? 0)}</td> : null}
        </tr>
      </tfoot>
    </table>
  );
}
