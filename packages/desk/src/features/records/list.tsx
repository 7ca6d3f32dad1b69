import { ContainerOutlined, PlusOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listRecords } from '#contracts/routes/records.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import { DataTable } from '#ui/data-table.tsx';
import { useWidth } from '#ui/media.ts';
import { PaneHead } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { useList } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { useRecordColumns, RecordLines } from './columns.tsx';
import { FileMenu } from './files.tsx';
import { FilterBar } from './filter-bar.tsx';
import { NewRecord } from './new-record.tsx';
import { filterOf, isFiltered, readRecordSearch, type RecordSearch } from './search.ts';
import { Summary } from './summary.tsx';
import type { Kind } from './use-kinds.ts';

export const recordActions: Array<Action<{ create: () => void; find: () => void }>> = [
  {
    name: 'records.create',
    label: 'records.new',
    group: 'rail.records',
    keys: ['n'],
    initials: 'xjjl',
    permission: 'record.write',
    perform: (c) => c.create(),
  },
  {
    name: 'records.find',
    label: 'records.findKey',
    group: 'rail.records',
    keys: ['f'],
    keyOnly: true,
    perform: (c) => c.find(),
  },
];

/** Records of one kind: a table with filters, or what they add up to. */
export function RecordList(props: { kind: Kind }) {
  const { t } = useTranslation();
  const said = useSaid();
  const navigate = useNavigate();
  const narrow = useWidth() === 'narrow';
  const { can } = useSession();
  const { kind } = props;
  const search = readRecordSearch(useSearch({ strict: false }));
  const [creating, setCreating] = useState(false);
  const set = (patch: RecordSearch) =>
    void navigate({
      to: '/records/$kind',
      params: { kind: kind.key },
      search: readRecordSearch({ ...search, ...patch }),
      replace: true,
    });
  useActions(recordActions, {
    create: () => setCreating(true),
    find: () => document.querySelector<HTMLInputElement>('.rec-main .desk-find input')?.focus(),
  });
  const create = can('record.write') ? (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('records.new')}
    </Button>
  ) : null;
  return (
    <div className="desk-page rec-main">
      <PaneHead title={said(kind.name)} onBack={narrow ? () => void navigate({ to: '/records' }) : undefined}>
        <FileMenu kind={kind} search={search} />
        {create}
      </PaneHead>
      <FilterBar kind={kind} search={search} onChange={set}>
        <Segmented
          size="small"
          aria-label={t('records.view')}
          value={search.tab ?? 'list'}
          onChange={(tab) => set({ tab: tab === 'summary' ? 'summary' : undefined })}
          options={[
            { value: 'list', label: t('records.tab.list') },
            { value: 'summary', label: t('records.tab.summary') },
          ]}
        />
      </FilterBar>
      {search.tab === 'summary' ? (
        <Summary kind={kind} search={search} />
      ) : (
        <Table kind={kind} search={search} create={create} />
      )}
      {creating ? <NewRecord kind={kind} onClose={() => setCreating(false)} opens /> : null}
    </div>
  );
}

function Table(props: { kind: Kind; search: RecordSearch; create: React.ReactNode }) {
  const { t } = useTranslation();
  const said = useSaid();
  const navigate = useNavigate();
  const { kind, search } = props;
  const list = useList(
    listRecords,
    { ...filterOf(search), limit: 100 },
    { params: { kind: kind.key }, keep: true },
  );
  const columns = useRecordColumns(kind);
  const clear = () => void navigate({ to: '/records/$kind', params: { kind: kind.key } });
  return (
    <div className="desk-page-body" data-outdated={list.outdated}>
      <DataTable
        key={kind.key}
        name={`records-${kind.key}`}
        label={said(kind.name)}
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.id}
        problem={list.problem}
        onRetry={list.retry}
        hasMore={list.hasMore}
        onEnd={list.more}
        narrow={(row) => <RecordLines kind={kind} record={row} />}
        onOpen={(row) =>
          void navigate({ to: '/records/$kind/$id', params: { kind: kind.key, id: row.id }, search })
        }
        empty={
          isFiltered(search) ? (
            <EmptyState
              icon={<ContainerOutlined />}
              title={t('records.noMatch')}
              hint={t('records.noMatchHint')}
            >
              <Button onClick={clear}>{t('filter.clear')}</Button>
            </EmptyState>
          ) : (
            <EmptyState
              icon={<ContainerOutlined />}
              title={t('records.none', { kind: said(kind.name) })}
              hint={t('records.noneHint')}
            >
              {props.create}
            </EmptyState>
          )
        }
      />
    </div>
  );
}
