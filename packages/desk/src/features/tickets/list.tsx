import { DownloadOutlined, PlusOutlined, ProfileOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Dropdown, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  exportTracking,
  exportTrackingFile,
  listTickets,
  mostChosen,
  type TicketRowView,
} from '#contracts/routes/tickets.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import { DataTable } from '#ui/data-table.tsx';
import { PrintButton } from '#ui/paper.tsx';
import { PaneHead } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { useHeld, useSteady } from '#ui/use-steady.ts';
import { useList } from '../../query.ts';
import { comma } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { useTicketColumns, useTrackingColumns } from './columns.tsx';
import { FilterBar } from './filter-bar.tsx';
import { activeFilters, cleared, queryOf, readSearch, type TicketSearch } from './filters.ts';
import { NewTicket } from './new-ticket.tsx';
import { Registrations } from './registrations.tsx';
import { TicketLines } from './row.tsx';
import { useTracking } from './tracking-columns.tsx';
import { Views } from './views-nav.tsx';

type ListContext = { create: () => void; save: () => void };
export const listActions: Array<Action<ListContext>> = [
  {
    name: 'tickets.create',
    label: 'tickets.new',
    group: 'rail.tickets',
    keys: ['c'],
    initials: 'xjgd',
    permission: 'ticket.create',
    perform: (c) => c.create(),
  },
  {
    name: 'tickets.export',
    label: 'tickets.export',
    group: 'rail.tickets',
    initials: 'dc',
    permission: 'record.export',
    perform: (c) => c.save(),
  },
];

/** Views, filters and the table; the address says which. */
export function TicketListScreen() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { can } = useSession();
  const search = readSearch(useSearch({ strict: false }));
  const list = useList(listTickets, queryOf(search), { keep: true });
  const box = useRef<HTMLDivElement>(null);
  const steady = useSteady(list.rows, useHeld(box), ({ id }) => id, list);
  const gone = new Set(steady.rows.filter((one) => one.gone).map(({ row }) => row.id));
  const rows = list.rows && steady.rows.map(({ row }) => row);
  const [creating, setCreating] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const set = (patch: TicketSearch) =>
    void navigate({ to: '/tickets', search: readSearch({ ...search, ...patch }), replace: true });
  /** The chosen rows, or all that are loaded. */
  const picked = (rows ?? []).filter(({ id }) => chosen.has(id));
  const meant = picked.length > 0 ? picked : (rows ?? []);
  /** The server writes the file, of the chosen rows or of the whole view: with who took it, and a line in the audit. */
  const fileOf = (format?: 'xlsx' | 'pdf') => fileAddress(search, picked, i18n.language, format);
  const tooMany = picked.length > mostChosen;
  const save = () => {
    if (rows?.length && !tooMany) globalThis.location.assign(fileOf());
  };
  useActions(listActions, { create: () => setCreating(true), save });
  const isTracking = search.layout === 'tracking';
  const columns = useTicketColumns(search.view === 'pool' && can('ticket.claim'));
  const trackingColumns = useTrackingColumns();
  const open = (row: TicketRowView) => void navigate({ to: '/tickets/$id', params: { id: row.id }, search });
  return (
    <div className="desk-page">
      <PaneHead title={t('tickets.title')}>
        <Segmented
          className="desk-wide"
          value={isTracking ? 'tracking' : 'list'}
          onChange={(value) => set({ layout: value === 'tracking' ? 'tracking' : undefined })}
          options={[
            { value: 'list', label: t('tickets.layoutList') },
            { value: 'tracking', label: t('tracking.title') },
          ]}
        />
        {can('record.export') ? (
          <>
            <Button
              className="desk-wide"
              icon={<DownloadOutlined />}
              {...(rows?.length && !tooMany ? { href: fileOf(), download: true } : { disabled: true })}
              title={
                tooMany
                  ? t('tickets.exportTooMany', { most: mostChosen })
                  : t(picked.length > 0 ? 'tickets.exportHint' : 'tracking.exportHint')
              }
            >
              {picked.length > 0 ? t('tickets.exportSome', { count: picked.length }) : t('tickets.export')}
            </Button>
            {isTracking && rows?.length && !tooMany ? (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: (['xlsx', 'pdf'] as const).map((format) => ({
                    key: format,
                    label: (
                      <a href={fileOf(format)} download>
                        {t(`records.format.${format}`)}
                      </a>
                    ),
                  })),
                }}
              >
                <Button className="desk-wide">{t('tracking.formats')}</Button>
              </Dropdown>
            ) : null}
          </>
        ) : null}
        {isTracking ? <PrintTable rows={meant} /> : null}
        <Registrations onShow={(day) => void navigate({ to: '/tickets', search: day })} />
        {can('ticket.create') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {t('tickets.new')}
          </Button>
        ) : null}
      </PaneHead>
      <Views search={search} />
      <FilterBar search={search} onChange={set} />
      <div ref={box} className="desk-page-body desk-held" data-outdated={list.outdated}>
        {steady.waiting > 0 ? (
          <button type="button" className="zk-bare desk-waiting" onClick={steady.letIn}>
            {t('ui:steady.new', { count: steady.waiting })}
          </button>
        ) : null}
        <DataTable
          key={isTracking ? 'tracking' : 'list'}
          name={isTracking ? 'tracking' : 'tickets'}
          label={t(isTracking ? 'tracking.title' : 'tickets.title')}
          columns={isTracking ? trackingColumns : columns}
          rows={rows}
          rowKey={(row) => row.id}
          problem={list.problem}
          onRetry={list.retry}
          hasMore={list.hasMore}
          onEnd={list.more}
          isGone={(row) => gone.has(row.id)}
          onOpen={open}
          selection={{ keys: chosen, onChange: setChosen }}
          narrow={(row) => <TicketLines row={row} />}
          empty={<Empty search={search} onCreate={() => setCreating(true)} />}
        />
      </div>
      {creating ? <NewTicket onClose={() => setCreating(false)} /> : null}
    </div>
  );
}

/** Nothing here: what the view is for; filtered to nothing: the filters and how to drop them. */
function Empty(props: { search: TicketSearch; onCreate: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const filters = activeFilters(props.search);
  if (filters.length > 0) {
    return (
      <EmptyState
        icon={<ProfileOutlined />}
        title={t('filter.none')}
        hint={t('filter.active', { names: filters.map((key) => t(`filter.${key}`)).join(comma()) })}
      >
        <Button onClick={() => void navigate({ to: '/tickets', search: cleared(props.search) })}>
          {t('filter.clear')}
        </Button>
      </EmptyState>
    );
  }
  const view = props.search.viewId ? 'own' : (props.search.view ?? 'mine');
  return (
    <EmptyState
      icon={<ProfileOutlined />}
      title={t(`tickets.empty.${view}`)}
      hint={t(`tickets.teach.${view}`)}
    >
      {view === 'mine' ? (
        <Button onClick={() => void navigate({ to: '/tickets', search: { view: 'pool' } })}>
          {t('tickets.toPool')}
        </Button>
      ) : null}
      {can('ticket.create') ? <Button onClick={props.onCreate}>{t('tickets.new')}</Button> : null}
    </EmptyState>
  );
}

/** Where the table of a view, or of the chosen tickets, is as a file. */
const fileAddress = (
  search: TicketSearch,
  chosen: readonly TicketRowView[],
  language: string,
  format?: 'xlsx' | 'pdf',
) => {
  const { limit: _limit, sort: _sort, ...filter } = queryOf(search);
  const query = new URLSearchParams({
    ...(chosen.length > 0 ? { ids: chosen.map(({ id }) => id).join(',') } : filter),
    locale: language === 'en' ? 'en' : 'zh-CN',
  });
  if (format) query.set('format', format);
  return `/api/v1${(format ? exportTrackingFile : exportTracking).path}?${query}`;
};

/** The tracking table on paper, with all rows that are loaded. */
function PrintTable(props: { rows: TicketRowView[] }) {
  const { t } = useTranslation();
  const tracking = useTracking();
  const sheet = (
    <table>
      <thead>
        <tr>
          {tracking.map((column) => (
            <th key={column.key} scope="col">
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id}>
            {tracking.map((column) => (
              <td key={column.key}>{column.text(row)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <PrintButton
      className="desk-wide"
      label={t('form.print')}
      title={t('tracking.title')}
      wide
      disabled={props.rows.length === 0}
      sheet={sheet}
    />
  );
}
