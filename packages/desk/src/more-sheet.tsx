import { EllipsisOutlined, SearchOutlined } from '@ant-design/icons';
import { Link, useRouterState } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RailContent } from '#ui/rail.tsx';
import { UserMenu } from './features/identity/user-menu.tsx';
import { BellButton, useUnread } from './features/notices/bell.tsx';
import type { Screen } from './shell-actions.tsx';

/** As many screens stand in the bar of a phone; the others, search, notices and account are one touch away. */
export const mostOnPhone = 4;

/** 更多: the last place of the bar of a phone. It shows where one is when that is not in the bar, and what waits there. */
export function MoreSheet(props: {
  entries: Screen[];
  /** Key of the screen that is open. */ here: string;
  onSearch: () => void;
  onNotices: () => void;
}) {
  const { t } = useTranslation();
  // Whatever led away, the menu of one's face too, leaves no sheet lying over where one went.
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [openedAt, setOpenedAt] = useState<string>();
  const open = openedAt === path;
  const waiting = useUnread() + props.entries.reduce((sum, { badge = 0 }) => sum + badge, 0);
  const shut = () => setOpenedAt(undefined);
  const away = (act: () => void) => () => {
    shut();
    act();
  };
  return (
    <>
      <button
        type="button"
        className="zk-bare zk-rail-item"
        aria-label={t('rail.moreWaiting', { count: waiting })}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-current={props.entries.some(({ key }) => key === props.here) ? 'page' : undefined}
        onClick={() => setOpenedAt(path)}
      >
        <RailContent icon={<EllipsisOutlined />} label={t('rail.more')} badge={waiting} />
      </button>
      <Drawer
        open={open}
        onClose={shut}
        placement="bottom"
        size="auto"
        title={t('rail.more')}
        styles={{ body: { padding: 8 } }}
      >
        <nav className="desk-sheet" aria-label={t('rail.more')}>
          {props.entries.map((entry) => (
            <Link
              key={entry.key}
              to={entry.to}
              className="zk-rail-item"
              aria-current={entry.key === props.here ? 'page' : undefined}
              onClick={shut}
            >
              <RailContent {...entry} />
            </Link>
          ))}
          <button type="button" className="zk-bare zk-rail-item" onClick={away(props.onSearch)}>
            <RailContent icon={<SearchOutlined />} label={t('rail.search')} />
          </button>
          <BellButton onOpen={away(props.onNotices)} />
          <UserMenu />
        </nav>
      </Drawer>
    </>
  );
}
