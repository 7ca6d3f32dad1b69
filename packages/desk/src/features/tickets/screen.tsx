import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getTicketPage, listTickets, type TicketRowView } from '#contracts/routes/tickets.ts';
import type { TicketStatus } from '#contracts/words.ts';
import { useActions } from '#ui/actions.tsx';
import { useWidth } from '#ui/media.ts';
import { PaneBody, PaneHead, SplitColumns } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { useHeld, useSteady } from '#ui/use-steady.ts';
import { useList, useRead } from '../../query.ts';
import { usePanel } from '../playbooks/use-panel.ts';
import { steps } from './actions.tsx';
import { TicketAside } from './aside.tsx';
import { queryOf, readSearch, type TicketSearch } from './filters.ts';
import { TicketListScreen } from './list.tsx';
import { TicketPage } from './page.tsx';
import { TicketRow } from './row.tsx';
import { useOwnViews } from './views-nav.tsx';
import './tickets.css';

/** 工单: all work as a table, or one ticket with the list it came from beside it. */
export function TicketsScreen() {
  const { id } = useParams({ strict: false });
  return id ? <TicketCase id={id} /> : <TicketListScreen />;
}

function TicketCase(props: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const width = useWidth();
  const asked = readSearch(useSearch({ strict: false }));
  const arrived = useArrival(props.id);
  // Found by a number or a link and over: it stands among its like, not beside an empty list of mine.
  const search: TicketSearch = asked.view || asked.viewId ? asked : { ...asked, view: viewOf(arrived) };
  const own = useOwnViews().find(({ id }) => id === search.viewId);
  const panel = usePanel(width === 'wide');
  const { aside, setAside } = panel;
  const list = useList(listTickets, queryOf(search), { keep: true });
  const go = (step: 1 | -1) => {
    const rows = list.rows ?? [];
    const at = rows.findIndex(({ id }) => id === props.id);
    const next = rows[at < 0 ? 0 : at + step];
    if (next) void navigate({ to: '/tickets/$id', params: { id: next.id }, search });
  };
  useActions(steps, { go });
  const back = () => void navigate({ to: '/tickets', search });
  return (
    <SplitColumns
      name="tickets"
      active="main"
      list={
        <>
          <PaneHead title={own?.name ?? t(`tickets.view.${search.view ?? 'mine'}`)} onBack={back} />
          <SideList
            list={list}
            openId={props.id}
            onOpen={(row) => void navigate({ to: '/tickets/$id', params: { id: row.id }, search })}
          />
        </>
      }
      main={
        <TicketPage
          id={props.id}
          onBack={width === 'narrow' ? back : undefined}
          onAside={() => setAside(!aside)}
        />
      }
      aside={<TicketAside id={props.id} panel={panel} />}
      asideTitle={t('tickets.aside')}
      asideOpen={aside}
      onAside={setAside}
    />
  );
}

/** The status a ticket had when its page was opened: closing it there does not change the list one works through. */
function useArrival(id: string): TicketStatus | undefined {
  const status = useRead(getTicketPage, { params: { id } }).data?.ticket.status;
  const [at, setAt] = useState<{ id: string; status: TicketStatus }>();
  if (status && at?.id !== id) setAt({ id, status });
  return at?.id === id ? at.status : undefined;
}
const viewOf = (status: TicketStatus | undefined): TicketSearch['view'] =>
  status === 'archived' ? 'archived' : status === 'closed' || status === 'cancelled' ? 'closed' : undefined;

/** The list one came from, narrow; it keeps still while the pointer is in it. */
function SideList(props: {
  list: ReturnType<typeof useList<typeof listTickets>>;
  openId: string;
  onOpen: (row: TicketRowView) => void;
}) {
  const { t } = useTranslation();
  const { list, openId } = props;
  const box = useRef<HTMLDivElement>(null);
  const held = useHeld(box);
  const { rows, waiting, letIn } = useSteady(list.rows, held, ({ id }) => id, list);
  const body = useMemo(() => {
    if (list.problem && !list.rows) return <ErrorState problem={list.problem} onRetry={list.retry} />;
    if (!list.rows) return <Skeleton rows={10} columns={1} />;
    if (list.rows.length === 0)
      return (
        <EmptyState title={t('tickets.noneHere')} hint={t('tickets.noneHereHint')}>
          <Link to="/tickets/$id" params={{ id: openId }} search={{ view: 'all' }}>
            {t('tickets.view.all')}
          </Link>
        </EmptyState>
      );
    return null;
  }, [list, openId, t]);
  return (
    <div ref={box} className="desk-side">
      {waiting > 0 ? (
        <button type="button" className="zk-bare desk-waiting" onClick={letIn}>
          {t('ui:steady.new', { count: waiting })}
        </button>
      ) : null}
      <PaneBody>
        {body ?? (
          <ul>
            {rows.map(({ row, gone }) => (
              <li key={row.id} data-gone={gone}>
                <TicketRow row={row} open={row.id === openId} onOpen={() => props.onOpen(row)} />
              </li>
            ))}
            {list.hasMore ? (
              <li>
                <button type="button" className="zk-bare desk-more" onClick={list.more}>
                  {t('tickets.loadMore')}
                </button>
              </li>
            ) : null}
          </ul>
        )}
      </PaneBody>
    </div>
  );
}
