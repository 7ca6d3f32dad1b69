import { useEffect, useSyncExternalStore } from 'react';
import type { Rebound } from '#ui/bindings.ts';
import { readStored, useStored } from '#ui/stored.ts';
import type { Density, Mode } from '#ui/theme.ts';

export type ThemeChoice = Mode | 'system';
export type Language = 'zh-CN' | 'en';

/** What the system of this device says, and goes on saying when it is changed there. */
const system = (media: string) => ({
  says: () => matchMedia(media).matches,
  follow: (listen: () => void) => {
    const query = matchMedia(media);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  },
});
const systemDark = system('(prefers-color-scheme: dark)');
const systemStill = system('(prefers-reduced-motion: reduce)');
/** Somebody whom movement disturbs: menus and dialogs stand where they are at once. */
export const useStillness = (): boolean => useSyncExternalStore(systemStill.follow, systemStill.says);

/** How one person wants the desk on one device; public/boot.js reads the same keys before the first paint. */
export function usePreferences() {
  const [theme, setTheme] = useStored('zk:theme', 'system');
  const [density, setDensity] = useStored('zk:density', 'standard');
  const [language, setLanguage] = useStored('zk:language', 'zh-CN');
  const [singleKeys, setSingleKeys] = useStored('zk:keys', 'on');
  const dark = useSyncExternalStore(systemDark.follow, systemDark.says);
  const mode: Mode = theme === 'dark' || (theme === 'system' && dark) ? 'dark' : 'light';
  return {
    theme: theme as ThemeChoice,
    mode,
    density: (density === 'compact' ? 'compact' : 'standard') as Density,
    language: (language === 'en' ? 'en' : 'zh-CN') as Language,
    singleKeys: singleKeys === 'on',
    setTheme: (choice: ThemeChoice) => setTheme(choice),
    setDensity: (choice: Density) => setDensity(choice),
    setLanguage: (choice: Language) => setLanguage(choice),
    setSingleKeys: (on: boolean) => setSingleKeys(on ? 'on' : 'off'),
  };
}

export type Preferences = ReturnType<typeof usePreferences>;

type Look = { theme?: ThemeChoice; language?: Language };
/** How a person's account wants the desk, for devices on which nothing was chosen yet. */
export const accountLook = (preferences: Readonly<Record<string, unknown>>): Look => ({
  theme: (['light', 'dark', 'system'] as const).find((one) => one === preferences['look.theme']),
  language: (['zh-CN', 'en'] as const).find((one) => one === preferences['look.language']),
});
export const lookOf = ({ theme, language }: Required<Look>) => ({
  'look.theme': theme,
  'look.language': language,
});
/** A device that was never told otherwise follows the account. */
export function useAccountLook(preferences: Readonly<Record<string, unknown>>): void {
  const { setTheme, setLanguage } = usePreferences();
  const { theme, language } = accountLook(preferences);
  useEffect(() => {
    if (theme && readStored('zk:theme') === null) setTheme(theme);
    if (language && readStored('zk:language') === null) setLanguage(language);
    // oxlint-disable-next-line react/exhaustive-deps -- once, when somebody signs in here
  }, []);
}

/** A person's own keys go with them to every device: `keys.ticket.reply` of their account's preferences. */
export const ownKey = (action: string) => `keys.${action}`;
export const reboundOf = (preferences: Readonly<Record<string, unknown>>): Rebound =>
  Object.fromEntries(
    Object.entries(preferences).flatMap(([key, value]) =>
      key.startsWith('keys.') && typeof value === 'string' ? [[key.slice('keys.'.length), value]] : [],
    ),
  );

/** Writes the choices onto <html>, where tokens.css and the antd variables read them. */
export function useApplyPreferences({ mode, density, language }: Preferences): void {
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = mode;
    root.dataset.density = density;
    root.lang = language;
  }, [mode, density, language]);
}
