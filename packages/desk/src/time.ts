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
    const dayMonth = format({ month: 'long', day: 'numeric' });
    const full = format({ year: 'numeric', month: 'long', day: 'numeric' });
    const plain = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
    const day = (at: string, now: number) => {
      if (plain(at) === plain(new Date(now).toISOString())) return t('time.today');
      if (plain(at) === plain(new Date(now - 86_400_000).toISOString())) return t('time.yesterday');
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth(at) : full(at);
    };
    return { clock, day, stamp: (at: string, now: number) => `${day(at, now)} ${clock(at)}` };
  }, [i18n.language, t]);
}
