import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { labels } from '#contracts/words.ts';

/** Says a word of the closed lists (status, level, channel …) in the reader's language. */
export function useWord(): (list: string, code: string | null | undefined) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (list, code) => (code ? (labels[list]?.[code]?.[language] ?? code) : '—');
}

/** Says words that come in both languages: names of playbooks, steps, fields. */
export function useSaid(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (words) => words[language] || words.zh;
}

/** Marks between words of our own making; whole sentences have theirs in the catalogue. */
const english = (): boolean => i18next.language === 'en';
export const comma = (): string => (english() ? ', ' : '、');
/** Between two statements, where `comma` stands between things counted up. */
export const clause = (): string => (english() ? ', ' : '，');
export const semicolon = (): string => (english() ? '; ' : '；');
export const colon = (): string => (english() ? ': ' : '：');
export const inBrackets = (said: string | number): string => (english() ? ` (${said})` : `（${said}）`);
