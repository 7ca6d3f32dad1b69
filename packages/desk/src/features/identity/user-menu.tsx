import { useNavigate } from '@tanstack/react-router';
import { Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { breakReasons, type PresenceState } from '#contracts/words.ts';
import { getMe, setPresence, signOut, type MeView } from '#contracts/routes/identity.ts';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { usePreferences, type Preferences } from '../../preferences.ts';
import { keyOf, queryClient, useWrite } from '../../query.ts';
import { inBrackets, useWord } from '../../words.ts';
import { useSession } from './session.ts';

export const presenceTones: Record<PresenceState, string> = {
  offline: 'none',
  ready: 'ok',
  not_ready: 'late',
  on_break: 'warn',
  training: 'warn',
  meeting: 'warn',
};

/** Tells the centre whether I can take contacts. The screen follows at once and goes back if the server refuses. */
export function usePresence() {
  const toast = useToast();
  const write = useWrite(setPresence);
  return (state: PresenceState, reason?: string) => {
    const before = queryClient.getQueryData<MeView>(keyOf(getMe));
    if (before)
      queryClient.setQueryData(keyOf(getMe), {
        ...before,
        presence: { ...before.presence, state, reason: reason ?? null },
      });
    write.mutate(
      { body: { state, ...(reason ? { reason } : {}) } },
      {
        onError: (error) => {
          queryClient.setQueryData(keyOf(getMe), before);
          toast.failed(problemOf(error));
        },
      },
    );
  };
}

export function useSignOut() {
  const write = useWrite(signOut);
  return () =>
    write.mutate(
      {},
      { onSettled: () => void queryClient.cancelQueries().then(() => queryClient.resetQueries()) },
    );
}

/** My face in the rail: presence, looks, language, sign out. */
export function UserMenu() {
  const { t } = useTranslation();
  const word = useWord();
  const { me } = useSession();
  const presence = usePresence();
  const leave = useSignOut();
  const navigate = useNavigate();
  const preferences = usePreferences();
  const { state, reason } = me.presence;
  const says = reason
    ? `${word('presence', state)} · ${word('breakReason', reason)}`
    : word('presence', state);
  const choose = (next: PresenceState): NonNullable<MenuProps['items']>[number] => ({
    key: `presence:${next}`,
    label: word('presence', next),
    icon: <Dot tone={presenceTones[next]} />,
    onClick: () => presence(next),
  });
  const breaks = breakReasons
    .filter((one) => !['forced', 'sign_in'].includes(one))
    .map((one) => ({
      key: `break:${one}`,
      label: word('breakReason', one),
      onClick: () => presence('on_break', one),
    }));
  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${me.name}${inBrackets(me.staffNo)}` },
    choose('ready'),
    choose('not_ready'),
    { key: 'on_break', label: word('presence', 'on_break'), icon: <Dot tone="warn" />, children: breaks },
    { type: 'divider' },
    ...looks(preferences, t),
    { type: 'divider' },
    {
      key: 'account',
      label: t('user.account'),
      onClick: () => void navigate({ to: '/settings/$section', params: { section: 'account' } }),
    },
    { key: 'leave', label: t('user.signOut'), onClick: leave },
  ];
  return (
    <Dropdown trigger={['click']} placement="topRight" menu={{ items, selectedKeys: [`presence:${state}`] }}>
      <button
        type="button"
        className="zk-bare zk-rail-item"
        aria-label={t('user.menu', { name: me.name, presence: says })}
        title={says}
      >
        <span className="desk-face" aria-hidden>
          {me.name.slice(-2)}
          <span className="desk-dot" data-tone={presenceTones[state]} />
        </span>
        <span className="desk-presence">{word('presence', state)}</span>
      </button>
    </Dropdown>
  );
}

/** antd stretches the icon of an item, so the dot stands inside one. */
function Dot(props: { tone: string; className?: string }) {
  return (
    <span className={props.className}>
      <span className="desk-dot" data-tone={props.tone} />
    </span>
  );
}

function looks(preferences: Preferences, t: (key: string) => string): NonNullable<MenuProps['items']> {
  const { theme, density, language, singleKeys } = preferences;
  const mark = (on: boolean, label: string) => (on ? `${label}　✓` : label);
  return [
    {
      key: 'theme',
      label: t('user.theme'),
      children: (['light', 'dark', 'system'] as const).map((one) => ({
        key: `theme:${one}`,
        label: mark(theme === one, t(`user.theme.${one}`)),
        onClick: () => preferences.setTheme(one),
      })),
    },
    {
      key: 'density',
      label: t('user.density'),
      children: (['standard', 'compact'] as const).map((one) => ({
        key: `density:${one}`,
        label: mark(density === one, t(`user.density.${one}`)),
        onClick: () => preferences.setDensity(one),
      })),
    },
    {
      key: 'language',
      label: t('user.language'),
      children: [
        {
          key: 'zh-CN',
          label: mark(language === 'zh-CN', '简体中文'),
          onClick: () => preferences.setLanguage('zh-CN'),
        },
        {
          key: 'en',
          label: mark(language === 'en', 'English'),
          onClick: () => preferences.setLanguage('en'),
        },
      ],
    },
    {
      key: 'keys',
      label: mark(singleKeys, t('user.singleKeys')),
      onClick: () => preferences.setSingleKeys(!singleKeys),
    },
  ];
}
