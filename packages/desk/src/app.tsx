import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntdApp, ConfigProvider, theme as antdTheme } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { antdComponents, antdToken } from '#ui/theme.ts';
import { speak } from './i18n.ts';
import { useApplyPreferences, usePreferences } from './preferences.ts';
import { queryClient } from './query.ts';
import { router } from './router.tsx';

/** Everything every screen stands in: look, language, cache, routes. */
export function App() {
  const preferences = usePreferences();
  const { mode, density, language } = preferences;
  useApplyPreferences(preferences);
  useEffect(() => void speak(language), [language]);
  const theme = useMemo(
    () => ({
      zeroRuntime: true,
      hashed: false,
      cssVar: { key: 'zk-antd', prefix: 'ant' },
      algorithm: mode === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
      token: antdToken(mode, density),
      components: antdComponents(mode),
    }),
    [mode, density],
  );
  return (
    <ConfigProvider
      theme={theme}
      locale={language === 'en' ? undefined : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntdApp component={false} message={{ top: 64 }}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
