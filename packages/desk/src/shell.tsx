import {
  AppstoreOutlined,
  CommentOutlined,
  ContactsOutlined,
  DashboardOutlined,
  ProfileOutlined,
  SearchOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '#contracts/permissions.ts';
import { search } from '#contracts/routes/search.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import type { PaletteHit } from '#ui/palette.tsx';
import { Rail, RailContent, type RailEntry } from '#ui/rail.tsx';
import { OfflineBanner, Skeleton } from '#ui/states.tsx';
import { call } from './api.ts';
import { Offers } from './features/conversations/offer.tsx';
import { usePresence, UserMenu } from './features/identity/user-menu.tsx';
import { useSession } from './features/identity/session.ts';
import { Bell } from './features/notices/bell.tsx';
import { usePreferences } from './preferences.ts';
import { useConnection } from './realtime.ts';
import './shell.css';

/** Fetched when first asked for. */
const CommandPalette = lazy(async () => ({ default: (await import('#ui/palette.tsx')).CommandPalette }));
const ShortcutSheet = lazy(async () => ({ default: (await import('#ui/palette.tsx')).ShortcutSheet }));

type ScreenPath = '/' | '/tickets' | '/customers' | '/floor' | '/settings';
type Screen = RailEntry & { to: ScreenPath; permission?: Permission; chord: string; initials: string };

const screens: Screen[] = [
  {
    key: 'conversations',
    to: '/',
    label: 'rail.conversations',
    icon: <CommentOutlined />,
    permission: 'conversation.read',
    chord: 'g i',
    initials: 'gzt',
  },
  {
    key: 'tickets',
    to: '/tickets',
    label: 'rail.tickets',
    icon: <ProfileOutlined />,
    permission: 'ticket.read',
    chord: 'g q',
    initials: 'gd',
  },
  {
    key: 'customers',
    to: '/customers',
    label: 'rail.customers',
    icon: <ContactsOutlined />,
    permission: 'customer.read',
    chord: 'g c',
    initials: 'kh',
  },
  {
    key: 'floor',
    to: '/floor',
    label: 'rail.floor',
    icon: <DashboardOutlined />,
    permission: 'floor.read',
    chord: 'g f',
    initials: 'bzxc',
  },
  {
    key: 'settings',
    to: '/settings',
    label: 'rail.settings',
    icon: <SettingOutlined />,
    permission: 'settings.read',
    chord: 'g s',
    initials: 'sz',
  },
];

type ShellContext = {
  go: (to: ScreenPath) => void;
  open: (what: 'palette' | 'sheet' | 'bell') => void;
  presence: ReturnType<typeof usePresence>;
  preferences: ReturnType<typeof usePreferences>;
};

const actions: Array<Action<ShellContext>> = [
  {
    name: 'desk.palette',
    label: 'action.palette',
    group: 'group.desk',
    keys: ['Mod+k', '/'],
    initials: 'ml',
    icon: <AppstoreOutlined />,
    perform: (c) => c.open('palette'),
  },
  {
    name: 'desk.keys',
    label: 'action.keys',
    group: 'group.desk',
    keys: ['?'],
    initials: 'jpkjj',
    perform: (c) => c.open('sheet'),
  },
  {
    name: 'desk.notices',
    label: 'action.notices',
    group: 'group.desk',
    keys: ['g n'],
    initials: 'tz',
    perform: (c) => c.open('bell'),
  },
  ...screens.map((screen): Action<ShellContext> => ({
    name: `go.${screen.key}`,
    label: screen.label,
    group: 'group.go',
    keys: [screen.chord],
    initials: screen.initials,
    icon: screen.icon,
    permission: screen.permission,
    perform: (c) => c.go(screen.to),
  })),
  {
    name: 'presence.ready',
    label: 'action.ready',
    group: 'group.presence',
    initials: 'sx',
    perform: (c) => c.presence('ready'),
  },
  {
    name: 'presence.not_ready',
    label: 'action.notReady',
    group: 'group.presence',
    initials: 'sm',
    perform: (c) => c.presence('not_ready'),
  },
  {
    name: 'look.dark',
    label: 'action.dark',
    group: 'group.look',
    initials: 'ss',
    when: (c) => c.preferences.mode === 'light',
    perform: (c) => c.preferences.setTheme('dark'),
  },
  {
    name: 'look.light',
    label: 'action.light',
    group: 'group.look',
    initials: 'qs',
    when: (c) => c.preferences.mode === 'dark',
    perform: (c) => c.preferences.setTheme('light'),
  },
  {
    name: 'look.compact',
    label: 'action.compact',
    group: 'group.look',
    initials: 'jc',
    when: (c) => c.preferences.density === 'standard',
    perform: (c) => c.preferences.setDensity('compact'),
  },
  {
    name: 'look.standard',
    label: 'action.standard',
    group: 'group.look',
    initials: 'bz',
    when: (c) => c.preferences.density === 'compact',
    perform: (c) => c.preferences.setDensity('standard'),
  },
];

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
  useActions(actions, context);
  const find = useFinder();
  const close = () => setOpen(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const entries = useMemo(
    () =>
      screens
        .filter((one) => !one.permission || can(one.permission))
        .map((one) => ({ ...one, label: t(one.label) })),
    [can, t],
  );
  const here = screens.findLast((one) => one.to !== '/' && path.startsWith(one.to))?.key ?? 'conversations';
  return (
    <div className="desk">
      <a className="desk-skip" href="#main">
        {t('rail.skip')}
      </a>
      <Rail
        label={t('rail.label')}
        brand={t('app.name')}
        entries={entries}
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
          <>
            <button
              type="button"
              className="zk-bare zk-rail-item desk-wide"
              onClick={() => setOpen('palette')}
            >
              <RailContent icon={<SearchOutlined />} label={t('rail.search')} />
            </button>
            <Bell open={open === 'bell'} onOpen={(show) => setOpen(show ? 'bell' : null)} />
            <UserMenu />
          </>
        }
      />
      <div className="desk-main">
        <OfflineBanner connection={useConnection(realtime)} waiting={waiting} onRetry={realtime.retry} />
        <main id="main" className="desk-screen">
          <Suspense fallback={<Skeleton rows={12} columns={4} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Offers />
      <Suspense>
        {open === 'palette' ? <CommandPalette open onClose={close} search={find} /> : null}
        {open === 'sheet' ? <ShortcutSheet open onClose={close} /> : null}
      </Suspense>
    </div>
  );
}

/** The palette's "go to": customers and tickets by number, name or phone. */
function useFinder(): (query: string) => Promise<PaletteHit[]> {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useCallback(
    async (query: string) => {
      const { items } = await call(search, { query: { q: query } });
      return items.map((item) => ({
        key: `${item.type}:${item.id}`,
        group: t(item.type === 'ticket' ? 'rail.tickets' : 'rail.customers'),
        label: `${item.number}　${item.title}`,
        hint: <span className="zk-quiet">{item.hint}</span>,
        go: () =>
          void (item.type === 'ticket'
            ? navigate({ to: '/tickets/$id', params: { id: item.id } })
            : navigate({ to: '/customers/$id', params: { id: item.id } })),
      }));
    },
    [navigate, t],
  );
}
