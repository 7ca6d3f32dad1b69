import { SearchOutlined } from '@ant-design/icons';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntdApp, ConfigProvider, theme as antdTheme } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '#ui/focus-back.ts';
import { antdComponents, antdToken } from '#ui/theme.ts';
import { speak } from './i18n.ts';
import { useApplyPreferences, usePreferences, useStillness } from './preferences.ts';
import { queryClient } from './query.ts';
import { router } from './router.tsx';

/** Everything every screen stands in: look, language, cache, routes. */
export function App() {
  const preferences = usePreferences();
  const { mode, density, language } = preferences;
  const still = useStillness();
  const { t } = useTranslation();
  useFocusBack();
  // The icon is all the button of a search field has; antd names it in English.
  const inputSearch = useMemo(() => ({ searchIcon: <SearchOutlined aria-label={t('rail.search')} /> }), [t]);
  useApplyPreferences(preferences);
  useEffect(() => void speak(language), [language]);
  const theme = useMemo(
    () => ({
      zeroRuntime: true,
      hashed: false,
      cssVar: { key: 'zk-antd', prefix: 'ant' },
      algorithm: mode === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
      // Without this a menu waits for the end of an animation that never begins, and cannot be pressed.
      token: { ...antdToken(mode, density), motion: !still },
      components: antdComponents(mode),
    }),
    [mode, density, still],
  );
  return (
    <ConfigProvider
      theme={theme}
      locale={language === 'en' ? undefined : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      inputSearch={inputSearch}
    >
      <AntdApp component={false} message={{ top: 64 }} notification={{ top: 64, maxCount: 3 }}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
