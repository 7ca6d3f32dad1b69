import {
  AppstoreOutlined,
  BarChartOutlined,
  BookOutlined,
  CheckSquareOutlined,
  CommentOutlined,
  ContainerOutlined,
  ContactsOutlined,
  DashboardOutlined,
  PartitionOutlined,
  ProfileOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import type { Permission } from '#contracts/permissions.ts';
import type { Action } from '#ui/actions.tsx';
import type { RailEntry } from '#ui/rail.tsx';
import type { PresenceState } from '#contracts/words.ts';
import type { Preferences } from './preferences.ts';

export type ScreenPath =
  | '/'
  | '/tickets'
  | '/tasks'
  | '/customers'
  | '/records'
  | '/knowledge'
  | '/floor'
  | '/figures'
  | '/playbooks'
  | '/settings';
export type Screen = RailEntry & { to: ScreenPath; permission?: Permission; chord: string; initials: string };

/** The screens of the rail. */
export const screens: Screen[] = [
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
    key: 'tasks',
    to: '/tasks',
    label: 'rail.tasks',
    icon: <CheckSquareOutlined />,
    permission: 'task.read',
    chord: 'g t',
    initials: 'db',
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
    key: 'records',
    to: '/records',
    label: 'rail.records',
    icon: <ContainerOutlined />,
    permission: 'record.read',
    chord: 'g b',
    initials: 'ywjl',
  },
  {
    key: 'knowledge',
    to: '/knowledge',
    label: 'rail.knowledge',
    icon: <BookOutlined />,
    permission: 'knowledge.read',
    chord: 'g k',
    initials: 'zsk',
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
    key: 'figures',
    to: '/figures',
    label: 'rail.figures',
    icon: <BarChartOutlined />,
    permission: 'report.read',
    chord: 'g m',
    initials: 'fwzb',
  },
  {
    key: 'playbooks',
    to: '/playbooks',
    label: 'rail.playbooks',
    icon: <PartitionOutlined />,
    permission: 'playbook.read',
    chord: 'g p',
    initials: 'lc',
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

export type ShellContext = {
  go: (to: ScreenPath) => void;
  open: (what: 'palette' | 'sheet' | 'bell') => void;
  presence: (state: PresenceState) => void;
  preferences: Preferences;
};

/** What can be done on every screen. */
export const shellActions: Array<Action<ShellContext>> = [
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
    name: 'presence.notReady',
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
