import { useTranslation } from 'react-i18next';
import { patchCalendar, type CalendarView } from '#contracts/routes/time.ts';
import type { BodyOf } from '#contracts/route.ts';
import { useToast } from '#ui/toast.tsx';
import { call } from '../../api.ts';
import { queryClient } from '../../query.ts';

/** Saves a part of a calendar and says how many running clocks moved. Rejects with the problem. */
export function useSaveCalendar(calendar: CalendarView) {
  const { t } = useTranslation();
  const toast = useToast();
  return async (change: BodyOf<typeof patchCalendar>) => {
    const answer = await call(patchCalendar, {
      params: { id: calendar.id },
      body: change,
      ifMatch: calendar.version,
    });
    await queryClient.invalidateQueries({ queryKey: ['calendars'] });
    toast.done(t('settings.calendars.saved', { count: answer.movedDeadlines }));
  };
}

export const reloadCalendars = () => void queryClient.refetchQueries({ queryKey: ['calendars'] });
