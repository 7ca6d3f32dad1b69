import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getFigureParts, partings } from '#contracts/routes/figures.ts';
import { figureOf } from '#contracts/figures.ts';
import { Section } from '#ui/form.tsx';
import { PlainTable } from '../../plain-table.tsx';
import { useRead } from '../../query.ts';
import { useSaid, useWord } from '../../words.ts';
import { useValue } from './value.ts';

/** First response and resolution by channel, person or week (SD2-23), each with what it was counted from. */
export function Parts(props: { from: string; to: string; groupId?: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const word = useWord();
  const show = useValue();
  const [by, setBy] = useState<(typeof partings)[number]>('channel');
  const { data } = useRead(getFigureParts, { query: { ...props, by } }, { keep: true });
  if (!data) return null;
  const nameOf = ({ key, name }: (typeof data.items)[number]) =>
    by === 'channel' ? word('channelKind', key) : by === 'week' ? key : (name ?? t('figures.ofNobody'));
  const share = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
    denominator === 0 ? null : (numerator / denominator) * 100;
  return (
    <Section
      title={t('figures.parts')}
      extra={
        <Segmented
          size="small"
          aria-label={t('figures.parts')}
          value={by}
          onChange={setBy}
          options={partings.map((one) => ({ value: one, label: t(`figures.by.${one}`) }))}
        />
      }
    >
      <PlainTable
        label={t('figures.parts')}
        rows={data.items}
        rowKey={(row) => row.key || 'none'}
        empty={<p className="fig-none">{t('figures.partsNone')}</p>}
        columns={[
          { key: 'name', title: t(`figures.by.${by}`), lead: true, render: nameOf },
          {
            key: 'response',
            title: said(figureOf('firstResponseTime')),
            align: 'end',
            render: ({ response: { numerator, denominator } }) =>
              show('firstResponseTime', denominator === 0 ? null : numerator / denominator),
          },
          {
            key: 'talks',
            title: t('figures.talksAnswered'),
            align: 'end',
            render: ({ response }) => response.denominator,
          },
          {
            key: 'resolution',
            title: t('figures.resolution'),
            align: 'end',
            render: ({ resolution }) => show('csat', share(resolution)),
          },
          {
            key: 'tickets',
            title: t('figures.ticketsSolved'),
            align: 'end',
            render: ({ resolution }) => `${resolution.numerator} ÷ ${resolution.denominator}`,
          },
        ]}
      />
    </Section>
  );
}
