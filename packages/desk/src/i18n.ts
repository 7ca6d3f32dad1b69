import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import uiZh from '#ui/i18n/zh-CN.json';
import zh from './i18n/zh-CN.json';
import type { Language } from './preferences.ts';

/** Chinese is in the bundle, English is fetched when somebody asks for it. Keys are flat: `feature.what`. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'desk',
    keySeparator: false,
    interpolation: { escapeValue: false },
    resources: { 'zh-CN': { desk: zh, ui: uiZh } },
  });
  await speak(language);
}

export async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'desk')) {
    const [desk, ui] = await Promise.all([import('./i18n/en.json'), import('#ui/i18n/en.json')]);
    i18next.addResourceBundle('en', 'desk', desk.default);
    i18next.addResourceBundle('en', 'ui', ui.default);
  }
  dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
  await i18next.changeLanguage(language);
}
