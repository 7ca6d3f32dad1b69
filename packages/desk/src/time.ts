import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Instants (ISO) as the reader says them, in the zone of the computer. */
export function useTime() {
  const { i18n, t } = useTranslation();
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const made = new Intl.DateTimeFormat(i18n.language, options);
      return (at: string) => made.format(new Date(at));
    };
    const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    // Long in Chinese is 11月23日; in English a month's whole name does not fit a column.
    const month = i18n.language === 'en' ? 'short' : 'long';
    const dayMonth = format({ month, day: 'numeric' });
    const full = format({ year: 'numeric', month, day: 'numeric' });
    const numbers = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });
    const plain = (at: string) => numbers.format(new Date(at));
    const day = (at: string, now: number) => {
      if (plain(at) === plain(new Date(now).toISOString())) return t('time.today');
      if (plain(at) === plain(new Date(now - 86_400_000).toISOString())) return t('time.yesterday');
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth(at) : full(at);
    };
    const exact = format({
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    /** To the minute, as forms and tables write it: 2026-11-18 09:30. */
    const plainMinute = (at: string) => `${plain(at).replaceAll('/', '-')} ${clock(at)}`;
    return {
      clock,
      day,
      full: exact,
      minute: plainMinute,
      stamp: (at: string, now: number) => `${day(at, now)} ${clock(at)}`,
    };
  }, [i18n.language, t]);
}
