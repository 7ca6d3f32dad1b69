import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import uiZh from '#ui/i18n/zh-CN.json';
import zh from './i18n/zh-CN.json';
import type { Language } from './preferences.ts';

type Catalogue = Record<string, string>;
/** A feature brings its words in `features/<word>/i18n`; their keys begin with words of its own. */
const featuresZh = import.meta.glob<Catalogue>('./features/*/i18n/zh-CN.json', {
  eager: true,
  import: 'default',
});
const featuresEn = import.meta.glob<Catalogue>('./features/*/i18n/en.json', { import: 'default' });

/** Chinese is in the bundle, English is fetched when somebody asks for it. Keys are flat: `feature.what`. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'desk',
    keySeparator: false,
    interpolation: { escapeValue: false },
    resources: { 'zh-CN': { desk: Object.assign({}, zh, ...Object.values(featuresZh)), ui: uiZh } },
  });
  await speak(language);
}

export async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'desk')) {
    const [ui, desk, ...features] = await Promise.all([
      import('#ui/i18n/en.json'),
      import('./i18n/en.json'),
      ...Object.values(featuresEn).map((load) => load()),
    ]);
    i18next.addResourceBundle('en', 'desk', Object.assign({}, desk.default, ...features));
    i18next.addResourceBundle('en', 'ui', ui.default);
  }
  dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
  await i18next.changeLanguage(language);
}
