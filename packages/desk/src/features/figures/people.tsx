import { TeamOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getScorecard, type AgentCardView } from '#contracts/routes/figures.ts';
import { scorecardParts, type ScorecardPart, type Weights } from '#contracts/figures.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { useSetting } from '../settings/use-setting.ts';
import { personColumn } from './person-column.tsx';
import { monthAfter, readable } from './rules.ts';

/** 坐席评分表: what was counted of each person, its points, and the total by weights that a manager sets (SD3n-05). */
export function People(props: { month: string; groupId?: string }) {
  const { t, i18n } = useTranslation();
  const [month, setMonth] = useState(props.month);
  const [weighing, setWeighing] = useState(false);
  const { current, writable, save } = useSetting('scorecard');
  const read = useRead(getScorecard, { query: { month, groupId: props.groupId } }, { keep: true });
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const shown = (value: number | null) => (value === null ? '—' : number.format(value));
  const fact = (row: AgentCardView, part: ScorecardPart) =>
    row.facts[part] === null ? '—' : said(part, row.facts[part]);
  const said = (part: ScorecardPart, value: number) => {
    if (part !== 'firstResponseTime') return t(`figures.fact.${part}`, { value: number.format(value) });
    const brief = readable('minutes', value);
    return t(`figures.unit.${brief.unit}`, { value: number.format(brief.value) });
  };
  if (read.error && !read.data)
    return <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={8} columns={6} />;
  const rows = read.data.items.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1));
  return (
    <div className="fig-people" data-outdated={read.isPlaceholderData || undefined}>
      <div className="fig-people-bar">
        <Select
          aria-label={t('figures.month')}
          value={month}
          onChange={setMonth}
          options={Array.from({ length: 12 }, (_, i) => monthAfter(props.month, -i)).map((one) => ({
            value: one,
            label: one,
          }))}
        />
        {writable && current ? (
          <Button onClick={() => setWeighing(true)}>{t('figures.weights')}</Button>
        ) : null}
        <p className="zk-quiet">{t('figures.people.how')}</p>
      </div>
      <PlainTable
        label={t('figures.tab.people')}
        rows={rows}
        rowKey={(row) => row.userId}
        empty={
          <EmptyState
            icon={<TeamOutlined />}
            title={t('figures.people.none')}
            hint={t('figures.people.noneHint')}
          />
        }
        columns={[
          personColumn(t('figures.person')),
          {
            key: 'score',
            title: t('figures.score'),
            align: 'end',
            render: (row) => <b>{shown(row.score)}</b>,
          },
          ...scorecardParts.map((part) => ({
            key: part,
            title: `${t(`figures.part.${part}`)} ${current?.value[part] ?? ''}`,
            align: 'end' as const,
            render: (row: AgentCardView) => (
              <span className="fig-fact">
                {fact(row, part)}
                <small className="zk-quiet">{shown(row.points[part])}</small>
              </span>
            ),
          })),
        ]}
      />
      {weighing && current ? (
        <FormDialog<Weights>
          title={t('figures.weights')}
          intro={t('figures.weightsIntro')}
          submit={t('figures.goal.keep')}
          initial={current.value}
          onClose={() => setWeighing(false)}
          problemOf={problemOf}
          onSave={async (weights) => {
            await save(weights, current.version);
            await queryClient.invalidateQueries({ queryKey: ['figures'] });
          }}
        >
          <div className="fig-pair">
            {scorecardParts.map((part) => (
              <Form.Item
                key={part}
                name={part}
                label={t(`figures.part.${part}`)}
                rules={[{ required: true }]}
              >
                <InputNumber min={0} max={100} />
              </Form.Item>
            ))}
          </div>
        </FormDialog>
      ) : null}
    </div>
  );
}
