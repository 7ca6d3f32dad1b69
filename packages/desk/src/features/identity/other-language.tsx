import { usePreferences } from '../../preferences.ts';

/** The other of the two languages, by its own name, for whoever has not signed in yet. */
export function OtherLanguage() {
  const { language, setLanguage } = usePreferences();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="zk-bare" lang={other} onClick={() => setLanguage(other)}>
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
