import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getFigures, type FigureView } from '#contracts/routes/figures.ts';
import { figureOf, leadingFigures, shownValue } from '#contracts/figures.ts';
import { Section } from '#ui/form.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { usePeople } from '../identity/people.tsx';
import { Parts } from './parts.tsx';
import { lineOf, listBehind } from './rules.ts';
import { useValue } from './value.ts';

type Props = { from: string; to: string; groupId?: string };
type Span = { from: string; to: string; groupId?: string };

/** Each figure with its trend, what it was counted from, and the lists behind it; then by group. */
export function Cards(props: Props) {
  const { t } = useTranslation();
  const read = useRead(getFigures, { query: props }, { keep: true });
  if (read.error && !read.data)
    return <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={10} columns={4} />;
  const { items, from, to } = read.data;
  const span = { from, to, groupId: props.groupId };
  const leading = leadingFigures.map((key) => items.find((item) => item.key === key)!);
  const others = items.filter(({ key }) => !leadingFigures.includes(key));
  return (
    <div data-outdated={read.isPlaceholderData || undefined}>
      <ul className="fig-cards fig-leading" aria-label={t('figures.leading')}>
        {leading.map((item) => (
          <Card key={item.key} item={item} span={span} />
        ))}
      </ul>
      <ul className="fig-cards" aria-label={t('figures.others')}>
        {others.map((item) => (
          <Card key={item.key} item={item} span={span} />
        ))}
      </ul>
      {props.groupId ? null : <ByGroup items={items} span={span} />}
      <Parts {...props} />
    </div>
  );
}

function Card(props: { item: FigureView; span: Span }) {
  const { t } = useTranslation();
  const said = useSaid();
  const show = useValue();
  const { key, total, months } = props.item;
  const entry = figureOf(key);
  const values = months.map((month) => shownValue(key, month));
  // One month is a number, not a trend.
  const known = values.filter((value) => value !== null).length;
  const { path, last } = lineOf(values);
  const [of, hit] = [listBehind(key, 'of', props.span), listBehind(key, 'hit', props.span)];
  const counted = { numerator: show.plain(total.numerator), denominator: total.denominator };
  return (
    <li className="fig-card">
      <h3>{said(entry)}</h3>
      <div className="fig-value">
        <b>{show(key, shownValue(key, total))}</b>
        {known > 1 ? (
          <svg viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden className="fig-line">
            <path d={path} />
            {last ? <circle cx={last[0]} cy={last[1]} r="1.8" /> : null}
          </svg>
        ) : null}
      </div>
      <p className="fig-of">
        {total.denominator === 0 ? (
          t('figures.nothing')
        ) : (
          <>
            {hit ? (
              <Link to="/tickets" search={hit}>
                {counted.numerator}
              </Link>
            ) : (
              counted.numerator
            )}
            {' ÷ '}
            {of ? (
              <Link to="/tickets" search={of}>
                {counted.denominator}
              </Link>
            ) : (
              counted.denominator
            )}
          </>
        )}
      </p>
      <p className="fig-how">{said(entry.how)}</p>
      <table className="zk-hidden">
        <caption>{said(entry)}</caption>
        <tbody>
          {months.map((month) => (
            <tr key={month.month}>
              <th scope="row">{month.month}</th>
              <td>{show(key, shownValue(key, month))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
}

/** Figures of tickets and talks by group, so that uneven standards are seen. */
function ByGroup(props: { items: FigureView[]; span: Span }) {
  const { t } = useTranslation();
  const said = useSaid();
  const show = useValue();
  const { groupOf } = usePeople();
  const columns = (
    ['slaHitRate', 'csat', 'reopenRate', 'firstResponseTime', 'meanTimeToResolve'] as const
  ).map((key) => props.items.find((item) => item.key === key)!);
  const rows = [
    ...new Map(columns.flatMap(({ groups }) => groups.map((group) => [group.groupId, group]))).values(),
  ];
  return (
    <Section title={t('figures.byGroup')}>
      <PlainTable
        label={t('figures.byGroup')}
        rows={rows}
        rowKey={(row) => row.groupId ?? 'none'}
        empty={<p className="fig-none">{t('figures.noGroups')}</p>}
        columns={[
          {
            key: 'name',
            title: t('figures.group'),
            lead: true,
            render: (row) => groupOf(row.groupId) ?? row.name ?? t('figures.ofNobody'),
          },
          ...columns.map(({ key, groups }) => ({
            key,
            title: said(figureOf(key)),
            align: 'end' as const,
            render: ({ groupId }: (typeof rows)[number]) => {
              const total = groups.find((group) => group.groupId === groupId)?.total;
              const value = show(key, total ? shownValue(key, total) : null);
              const list = groupId && total ? listBehind(key, 'of', { ...props.span, groupId }) : null;
              return list ? (
                <Link to="/tickets" search={list}>
                  {value}
                </Link>
              ) : (
                value
              );
            },
          })),
        ]}
      />
    </Section>
  );
}
