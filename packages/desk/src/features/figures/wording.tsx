import { MessageOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phraseKinds, type PhraseKind } from '#contracts/phrases.ts';
import { listWordingHits, wordingByAgent } from '#contracts/routes/wording.ts';
import { Section } from '#ui/form.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { useList, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { edgesOf } from './rules.ts';

type Person = { id: string; name: string; counts: Partial<Record<PhraseKind, number>>; total: number };

/** 用语: listed phrases that went out all the same, by person and one by one with the words around them (SD0-05, SD0-11). */
export function Wording(props: { from: string; to: string; groupId?: string }) {
  const { t } = useTranslation();
  const word = useWord();
  const period = { ...edgesOf(props), groupId: props.groupId };
  const [person, setPerson] = useState<string>();
  const [kind, setKind] = useState<PhraseKind>();
  const read = useRead(wordingByAgent, { query: period }, { keep: true });
  if (read.error && !read.data)
    return <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={8} columns={6} />;
  const people = new Map<string, Person>();
  for (const { userId: id, userName: name, kind: one, count } of read.data.items) {
    const known = people.get(id) ?? { id, name, counts: {}, total: 0 };
    people.set(id, { ...known, counts: { ...known.counts, [one]: count }, total: known.total + count });
  }
  const rows = [...people.values()].toSorted((a, b) => b.total - a.total);
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<MessageOutlined />}
        title={t('figures.wording.none')}
        hint={t('figures.wording.noneHint')}
      />
    );
  return (
    <>
      <Section title={t('figures.wording.people')}>
        <PlainTable
          label={t('figures.wording.people')}
          rows={rows}
          rowKey={(row) => row.id}
          onOpen={(row) => setPerson(row.id)}
          columns={[
            { key: 'name', title: t('figures.person'), lead: true, render: (row) => row.name },
            ...phraseKinds.map((one) => ({
              key: one,
              title: word('phraseKind', one),
              align: 'end' as const,
              render: (row: Person) => row.counts[one] ?? <span className="zk-quiet">0</span>,
            })),
            {
              key: 'total',
              title: t('figures.wording.total'),
              align: 'end',
              render: (row) => <b>{row.total}</b>,
            },
          ]}
        />
      </Section>
      <Section
        title={t('figures.wording.hits')}
        extra={
          <span className="desk-apart">
            <Select
              allowClear
              size="small"
              className="fig-wording-filter"
              aria-label={t('figures.person')}
              placeholder={t('figures.person')}
              value={person}
              onChange={setPerson}
              options={rows.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Select
              allowClear
              size="small"
              className="fig-wording-filter"
              aria-label={t('figures.wording.kind')}
              placeholder={t('figures.wording.kind')}
              value={kind}
              onChange={setKind}
              options={phraseKinds.map((one) => ({ value: one, label: word('phraseKind', one) }))}
            />
          </span>
        }
      >
        <Hits {...period} userId={person} kind={kind} />
      </Section>
    </>
  );
}

function Hits(props: { from: string; to: string; groupId?: string; userId?: string; kind?: PhraseKind }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const list = useList(listWordingHits, { ...props, limit: 50 }, { keep: true });
  if (list.problem && !list.rows) return <ErrorState problem={list.problem} onRetry={list.retry} />;
  if (!list.rows) return <Skeleton rows={6} columns={4} />;
  return (
    <div data-outdated={list.outdated || undefined}>
      <PlainTable
        label={t('figures.wording.hits')}
        rows={list.rows}
        rowKey={(row) => row.id}
        empty={<p className="fig-none">{t('figures.wording.noMatch')}</p>}
        columns={[
          {
            key: 'said',
            title: t('figures.wording.said'),
            lead: true,
            render: (row) =>
              row.excerpt === null ? (
                <span>
                  {row.text} <small className="zk-quiet">{t('surveys.notYours')}</small>
                </span>
              ) : row.ticketId ? (
                <Link to="/tickets/$id" params={{ id: row.ticketId }}>
                  {row.excerpt}
                </Link>
              ) : (
                <Link to="/conversations/$id" params={{ id: row.conversationId! }}>
                  {row.excerpt}
                </Link>
              ),
          },
          {
            key: 'kind',
            title: t('figures.wording.kind'),
            width: 216,
            render: (row) => (
              <span className="desk-apart">
                <Tag tone="warn">{word('phraseKind', row.kind)}</Tag>
                {row.text}
              </span>
            ),
          },
          { key: 'who', title: t('figures.person'), width: 112, render: (row) => row.userName },
          {
            key: 'at',
            title: t('figures.wording.at'),
            width: 148,
            render: (row) => <span className="zk-quiet">{time.minute(row.at)}</span>,
          },
        ]}
      />
      {list.hasMore ? <Button onClick={list.more}>{t('surveys.more')}</Button> : null}
    </div>
  );
}
