import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listTicketViews, type OwnTicketView } from '#contracts/routes/ticket-views.ts';
import { ticketViews } from '#contracts/routes/tickets.ts';
import { useRead } from '../../query.ts';
import { usePeople } from '../identity/people.tsx';
import { readSearch, type TicketSearch } from './filters.ts';
import { conditionOfSearch } from './view-condition.ts';

const ViewDialog = lazy(() => import('./view-dialog.tsx'));

/** Views one keeps or is shown, by name. */
export function useOwnViews(): readonly OwnTicketView[] {
  return useRead(listTicketViews, {}, { staleSeconds: 60 }).data?.items ?? [];
}

/** The lists everybody has, then those of one's own; what is looked at can be kept as one more. */
export function Views(props: { search: TicketSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { teams } = usePeople();
  const own = useOwnViews();
  const [open, setOpen] = useState<'new' | OwnTicketView>();
  const { search } = props;
  const current = search.viewId ?? search.view ?? 'mine';
  const shown = own.find(({ id }) => id === search.viewId);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current, own]);
  const go = (to: TicketSearch) => void navigate({ to: '/tickets', search: readSearch(to) });
  const link = (key: string, to: TicketSearch, label: string, hint?: string) => (
    <Link
      key={key}
      to="/tickets"
      search={readSearch({ ...search, view: undefined, viewId: undefined, sort: undefined, ...to })}
      aria-current={key === current ? 'page' : undefined}
      title={hint}
    >
      {label}
    </Link>
  );
  const hintOf = ({ share, groupId, ownerName: name }: OwnTicketView) =>
    share === 'me'
      ? undefined
      : share === 'all'
        ? t('tickets.own.sharedBy', { name })
        : t('tickets.own.sharedWith', { name, group: teams.find(({ id }) => id === groupId)?.name ?? '—' });
  return (
    <div className="desk-views-row">
      <nav ref={nav} className="desk-views zk-scroll" aria-label={t('tickets.views')}>
        {ticketViews.map((view) => link(view, { view }, t(`tickets.view.${view}`)))}
        {own.length > 0 ? <span className="desk-views-own" /> : null}
        {own.map((view) => link(view.id, { viewId: view.id }, view.name, hintOf(view)))}
      </nav>
      {shown?.mayChange ? (
        <Tooltip title={t('tickets.own.change')}>
          <Button
            type="text"
            icon={<EditOutlined />}
            aria-label={t('tickets.own.change')}
            onClick={() => setOpen(shown)}
          />
        </Tooltip>
      ) : null}
      <Tooltip title={t('tickets.own.newHint')}>
        <Button
          type="text"
          icon={<PlusOutlined />}
          aria-label={t('tickets.own.new')}
          onClick={() => setOpen('new')}
        />
      </Tooltip>
      {open ? (
        <Suspense fallback={null}>
          <ViewDialog
            view={open === 'new' ? undefined : open}
            start={conditionOfSearch(search, (id) => teams.find((team) => team.id === id)?.key)}
            onClose={() => setOpen(undefined)}
            onKept={(viewId) => go({ viewId, layout: search.layout })}
            onRemoved={() => {
              setOpen(undefined);
              go({ layout: search.layout });
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
