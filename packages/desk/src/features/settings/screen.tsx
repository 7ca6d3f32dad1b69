import { SettingOutlined } from '@ant-design/icons';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Permission } from '#contracts/permissions.ts';
import { useWidth } from '#ui/media.ts';
import { PaneBody, PaneHead, SplitColumns } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { useSession } from '../identity/session.ts';
import './screen.css';

type Section = {
  key: string;
  group: 'centre' | 'people' | 'service' | 'ways' | 'watch';
  permission: Permission;
};

/** Every page of settings, in the order of the list. A page is a file beside this one. */
export const sections: Section[] = [
  { key: 'centre', group: 'centre', permission: 'settings.read' },
  { key: 'users', group: 'people', permission: 'user.read' },
  { key: 'groups', group: 'people', permission: 'user.read' },
  { key: 'roles', group: 'people', permission: 'user.read' },
  { key: 'tokens', group: 'people', permission: 'user.write' },
  { key: 'categories', group: 'service', permission: 'settings.read' },
  { key: 'matrix', group: 'service', permission: 'settings.read' },
  { key: 'policies', group: 'service', permission: 'settings.read' },
  { key: 'calendars', group: 'service', permission: 'settings.read' },
  { key: 'closeRule', group: 'service', permission: 'settings.read' },
  { key: 'routing', group: 'service', permission: 'settings.read' },
  { key: 'survey', group: 'service', permission: 'settings.read' },
  { key: 'progress', group: 'service', permission: 'settings.read' },
  { key: 'channels', group: 'ways', permission: 'settings.read' },
  { key: 'templates', group: 'ways', permission: 'settings.read' },
  { key: 'quarantine', group: 'watch', permission: 'operations.read' },
  { key: 'deadLetters', group: 'watch', permission: 'operations.read' },
  { key: 'audit', group: 'watch', permission: 'audit.read' },
];

export function SettingsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { section } = useParams({ strict: false });
  const navigate = useNavigate();
  const narrow = useWidth() === 'narrow';
  const mine = Map.groupBy(
    sections.filter((one) => can(one.permission)),
    (one) => one.group,
  );
  const open = sections.find((one) => one.key === section && can(one.permission));
  return (
    <SplitColumns
      name="settings"
      active={open ? 'main' : 'list'}
      list={
        <>
          <PaneHead title={t('settings.title')} />
          <PaneBody>
            <nav className="desk-settings" aria-label={t('settings.title')}>
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
        <>
          {open ? (
            <PaneHead
              title={t(`settings.${open.key}`)}
              onBack={narrow ? () => void navigate({ to: '/settings' }) : undefined}
            />
          ) : null}
          <EmptyState
            icon={<SettingOutlined />}
            title={open ? t(`settings.${open.key}`) : t('settings.pick')}
            hint={open ? t(`settings.${open.key}.hint`) : t('settings.pickHint')}
          />
        </>
      }
    />
  );
}
