import { SettingOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '#contracts/permissions.ts';
import { PaneBody, PaneHead, SplitColumns } from '#ui/split.tsx';
import { EmptyState, Skeleton } from '#ui/states.tsx';
import { useSession } from '../identity/session.ts';
import './screen.css';

type Section = {
  key: string;
  group: 'mine' | 'centre' | 'people' | 'service' | 'ways' | 'watch';
  /** Left out = everybody who is signed in. */
  permission?: Permission;
};

/** Every page of settings, in the order of the list. A page is a file beside this one. */
export const sections: Section[] = [
  { key: 'account', group: 'mine' },
  { key: 'preferences', group: 'mine' },
  { key: 'centre', group: 'centre', permission: 'settings.read' },
  { key: 'users', group: 'people', permission: 'user.read' },
  { key: 'groups', group: 'people', permission: 'user.read' },
  { key: 'roles', group: 'people', permission: 'user.read' },
  { key: 'tokens', group: 'people', permission: 'user.write' },
  { key: 'categories', group: 'service', permission: 'settings.read' },
  { key: 'products', group: 'service', permission: 'settings.read' },
  { key: 'matrix', group: 'service', permission: 'settings.read' },
  { key: 'policies', group: 'service', permission: 'settings.read' },
  { key: 'calendars', group: 'service', permission: 'settings.read' },
  { key: 'closeRule', group: 'service', permission: 'settings.read' },
  { key: 'routing', group: 'service', permission: 'settings.read' },
  { key: 'survey', group: 'service', permission: 'settings.read' },
  { key: 'progress', group: 'service', permission: 'settings.read' },
  { key: 'contact', group: 'service', permission: 'settings.read' },
  { key: 'orderLinks', group: 'service', permission: 'settings.read' },
  { key: 'wording', group: 'service', permission: 'settings.read' },
  { key: 'retention', group: 'service', permission: 'settings.read' },
  { key: 'channels', group: 'ways', permission: 'settings.read' },
  { key: 'templates', group: 'ways', permission: 'settings.read' },
  { key: 'quarantine', group: 'watch', permission: 'operations.read' },
  { key: 'deadLetters', group: 'watch', permission: 'operations.read' },
  { key: 'audit', group: 'watch', permission: 'audit.read' },
];

const page = <Module extends Record<string, unknown>>(load: () => Promise<Module>, name: keyof Module) =>
  lazy(async () => ({ default: (await load())[name] as ComponentType }));
const simple = () => import('./simple.tsx');
const operations = () => import('./operations.tsx');

/** Each page is fetched when it is opened. */
const pages: Record<string, ComponentType> = {
  account: page(() => import('./account.tsx'), 'AccountPage'),
  preferences: page(() => import('./preferences.tsx'), 'PreferencesPage'),
  centre: page(simple, 'CentrePage'),
  users: page(() => import('./users.tsx'), 'UsersPage'),
  groups: page(() => import('./groups.tsx'), 'GroupsPage'),
  roles: page(() => import('./roles.tsx'), 'RolesPage'),
  tokens: page(() => import('./tokens.tsx'), 'TokensPage'),
  categories: page(() => import('./categories.tsx'), 'CategoriesPage'),
  products: page(() => import('./products.tsx'), 'ProductsPage'),
  matrix: page(() => import('./matrix.tsx'), 'MatrixPage'),
  policies: page(() => import('./policies.tsx'), 'PoliciesPage'),
  calendars: page(() => import('./calendars.tsx'), 'CalendarsPage'),
  closeRule: page(simple, 'CloseRulePage'),
  routing: page(simple, 'RoutingPage'),
  survey: page(simple, 'SurveyPage'),
  progress: page(simple, 'ProgressPage'),
  contact: page(simple, 'ContactPage'),
  orderLinks: page(simple, 'OrderLinksPage'),
  wording: page(() => import('./wording.tsx'), 'WordingPage'),
  retention: page(() => import('./retention.tsx'), 'RetentionPage'),
  channels: page(() => import('./channels.tsx'), 'ChannelsPage'),
  templates: page(() => import('./templates.tsx'), 'TemplatesPage'),
  quarantine: page(operations, 'QuarantinePage'),
  deadLetters: page(operations, 'DeadLettersPage'),
  audit: page(() => import('./audit.tsx'), 'AuditPage'),
};

export function SettingsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { section } = useParams({ strict: false });
  const allowed = (one: Section) => !one.permission || can(one.permission);
  const mine = Map.groupBy(sections.filter(allowed), (one) => one.group);
  const open = sections.find((one) => one.key === section && allowed(one));
  const Open = open ? pages[open.key] : undefined;
  const nav = useRef<HTMLElement>(null);
  // Opened by its address, the page chosen may stand below the fold of the list.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [open?.key]);
  return (
    <SplitColumns
      name="settings"
      active={open ? 'main' : 'list'}
      list={
        <>
          <PaneHead title={t('settings.title')} />
          <PaneBody>
            <nav ref={nav} className="desk-settings" aria-label={t('settings.title')}>
              {[...mine].map(([group, members]) => (
                <section key={group}>
                  <h3>{t(`settings.group.${group}`)}</h3>
                  {members.map((one) => (
                    <Link
                      key={one.key}
                      to="/settings/$section"
                      params={{ section: one.key }}
                      aria-current={one === open ? 'page' : undefined}
                    >
                      <span>{t(`settings.${one.key}`)}</span>
                      <span className="zk-quiet">{t(`settings.${one.key}.hint`)}</span>
                    </Link>
                  ))}
                </section>
              ))}
            </nav>
          </PaneBody>
        </>
      }
      main={
        Open ? (
          <Suspense fallback={<Skeleton rows={8} columns={3} />}>
            <Open key={open?.key} />
          </Suspense>
        ) : (
          <EmptyState icon={<SettingOutlined />} title={t('settings.pick')} hint={t('settings.pickHint')} />
        )
      }
    />
  );
}
