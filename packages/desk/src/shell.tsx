import { SearchOutlined } from '@ant-design/icons';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { search } from '#contracts/routes/search.ts';
import { listTicketViews } from '#contracts/routes/ticket-views.ts';
import { listTasks } from '#contracts/routes/tasks.ts';
import { useActions } from '#ui/actions.tsx';
import { useWidth } from '#ui/media.ts';
import type { PaletteHit } from '#ui/palette.tsx';
import { Rail, RailContent } from '#ui/rail.tsx';
import { OfflineBanner, Skeleton } from '#ui/states.tsx';
import { call } from './api.ts';
import { Offers } from './features/conversations/offer.tsx';
import { IncidentBar } from './features/incident/bar.tsx';
import { usePresence, UserMenu } from './features/identity/user-menu.tsx';
import { useSession } from './features/identity/session.ts';
import { readSearch } from './features/tickets/filters.ts';
import { BellButton, Notices } from './features/notices/bell.tsx';
import { MoreSheet, mostOnPhone } from './more-sheet.tsx';
import { useTitlePart } from './page-title.ts';
import { usePreferences } from './preferences.ts';
import { useRead } from './query.ts';
import { useConnection } from './realtime.ts';
import { screens, shellActions, type Screen, type ShellContext } from './shell-actions.tsx';
import './shell.css';

/** Fetched when first asked for. */
const CommandPalette = lazy(async () => ({ default: (await import('#ui/palette.tsx')).CommandPalette }));
const ShortcutSheet = lazy(async () => ({ default: (await import('#ui/palette.tsx')).ShortcutSheet }));

/** Rail, banner, palette, and the screen chosen. */
export function Shell() {
  const { t } = useTranslation();
  const { can, realtime, outbox } = useSession();
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.messages).filter(
    ({ state }) => state === 'waiting',
  ).length;
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'sheet' | 'bell' | null>(null);
  const context: ShellContext = {
    go: (to) => void navigate({ to }),
    open: setOpen,
    presence: usePresence(),
    preferences: usePreferences(),
  };
  useActions(shellActions, context);
  const find = useFinder();
  const close = () => setOpen(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const mine = useRead(
    listTasks,
    { query: { mine: true, limit: 1 } },
    { enabled: can('task.read'), refetchSeconds: 60 },
  );
  const overdue = mine.data?.overdue ?? 0;
  const entries = useMemo(
    () =>
      screens
        .filter((one) => !one.permission || can(one.permission))
        .map((one) => ({ ...one, label: t(one.label), badge: one.key === 'tasks' ? overdue : undefined })),
    [can, t, overdue],
  );
  const narrow = useWidth() === 'narrow';
  const here = screens.findLast((one) => one.to !== '/' && path.startsWith(one.to))?.key ?? 'conversations';
  useTitlePart('screen', t(screens.find(({ key }) => key === here)!.label));
  return (
    <div className="desk">
      <a className="desk-skip" href="#main">
        {t('rail.skip')}
      </a>
      <Rail
        label={t('rail.label')}
        brand={t('app.name')}
        entries={narrow ? entries.slice(0, mostOnPhone) : entries}
        link={(entry, className, content) => (
          <Link
            key={entry.key}
            to={(entry as Screen).to}
            className={className}
            aria-current={entry.key === here ? 'page' : undefined}
          >
            {content}
          </Link>
        )}
        foot={
          narrow ? (
            <MoreSheet
              entries={entries.slice(mostOnPhone)}
              here={here}
              onSearch={() => setOpen('palette')}
              onNotices={() => setOpen('bell')}
            />
          ) : (
            <>
              <button type="button" className="zk-bare zk-rail-item" onClick={() => setOpen('palette')}>
                <RailContent icon={<SearchOutlined />} label={t('rail.search')} />
              </button>
              <BellButton onOpen={() => setOpen('bell')} />
              <UserMenu />
            </>
          )
        }
      />
      <div className="desk-main">
        <IncidentBar />
        <OfflineBanner connection={useConnection(realtime)} waiting={waiting} onRetry={realtime.retry} />
        <main id="main" className="desk-screen">
          <Suspense fallback={<Skeleton rows={12} columns={4} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Notices open={open === 'bell'} onOpen={(show) => setOpen(show ? 'bell' : null)} />
      <Offers />
      <Suspense>
        {open === 'palette' ? <CommandPalette open onClose={close} search={find} /> : null}
        {open === 'sheet' ? (
          <ShortcutSheet open onClose={close} foot={<ToPreferences onClose={close} />} />
        ) : null}
      </Suspense>
    </div>
  );
}

function ToPreferences(props: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Link to="/settings/$section" params={{ section: 'preferences' }} onClick={props.onClose}>
      {t('action.changeKeys')}
    </Link>
  );
}

const mostViewsFound = 5;
/** The palette's "go to": views of tickets by name; customers, tickets, records and articles by number, name, title or phone. */
function useFinder(): (query: string) => Promise<PaletteHit[]> {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  return useCallback(
    async (query: string) => {
      const [{ items }, views] = await Promise.all([
        call(search, { query: { q: query } }),
        can('ticket.read') ? call(listTicketViews, {}) : undefined,
      ]);
      const wanted = query.toLowerCase();
      const named = (views?.items ?? []).filter(({ name }) => name.toLowerCase().includes(wanted));
      const hits = named.slice(0, mostViewsFound).map((view) => ({
        key: `view:${view.id}`,
        group: t('palette.views'),
        label: view.name,
        hint: view.share === 'me' ? null : <span className="zk-quiet">{view.ownerName}</span>,
        go: () => void navigate({ to: '/tickets', search: readSearch({ viewId: view.id }) }),
      }));
      const found = items.map((item) => ({
        key: `${item.type}:${item.id}`,
        group: t(item.type === 'article' ? 'rail.knowledge' : `rail.${item.type}s`),
        label: item.number ? `${item.number}　${item.title}` : item.title,
        hint: <span className="zk-quiet">{item.hint}</span>,
        go: () =>
          void (item.type === 'record'
            ? navigate({ to: '/records/$kind/$id', params: { kind: item.kind!, id: item.id } })
            : item.type === 'ticket'
              ? navigate({ to: '/tickets/$id', params: { id: item.id } })
              : item.type === 'article'
                ? navigate({ to: '/knowledge/$id', params: { id: item.id } })
                : navigate({ to: '/customers/$id', params: { id: item.id } })),
      }));
      return [...hits, ...found];
    },
    [can, navigate, t],
  );
}
