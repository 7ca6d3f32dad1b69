import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarDays, type CalendarView } from '#contracts/routes/time.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { useNow } from '#ui/clock.tsx';
import { useRead } from '../../query.ts';
import { comma } from '../../words.ts';
import { Loaded } from './page.tsx';

type Day = ResponseOf<typeof calendarDays>['items'][number];
type Kind = 'work' | 'off' | 'holiday' | 'makeUp';

/** A year at a glance: what is worked, what is off, and which days somebody decided. */
export function CalendarYear(props: { calendar: CalendarView }) {
  const { t, i18n } = useTranslation();
  const now = useNow(3600);
  const today = localDate(now, props.calendar.zone);
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const read = useRead(calendarDays, {
    params: { id: props.calendar.id },
    query: { from: `${year}-01-01`, to: `${year}-12-31` },
  });
  const days = useMemo(() => read.data?.items ?? [], [read.data]);
  const months = useMemo(() => Map.groupBy(days, (day) => day.date.slice(0, 7)), [days]);
  // The last days of a year may belong to the plan of the next one, so the middle of the year says how this one stands.
  const status = days.find((day) => day.date === `${year}-07-01`)?.yearStatus;
  const endOpen = status === 'published' && days.some((day) => day.yearStatus !== 'published');
  const named = [
    ...Map.groupBy(
      days.filter((day) => day.name),
      (day) => day.name ?? '',
    ),
  ];
  const counted = days.filter((day) => day.kind === 'work').length;
  const monthName = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' });
  return (
    <>
      <div className="set-bar">
        <Button
          icon={<LeftOutlined />}
          aria-label={t('settings.year.before')}
          onClick={() => setYear(year - 1)}
        />
        <strong>{t('settings.year', { year })}</strong>
        <Button
          icon={<RightOutlined />}
          aria-label={t('settings.year.after')}
          onClick={() => setYear(year + 1)}
        />
        {days.length > 0 ? (
          <span className="zk-quiet">
            {t('settings.year.count', { work: counted, off: days.length - counted })}
          </span>
        ) : null}
        <span className="set-gap" />
        <span className="set-legend">
          {(['work', 'off', 'holiday', 'makeUp'] as const).map((kind) => (
            <span key={kind} data-day={kind}>
              {t(`settings.year.${kind}`)}
            </span>
          ))}
        </span>
      </div>
      {status === 'provisional' || status === 'missing' ? (
        <Alert type="warning" showIcon className="set-note" title={t(`settings.year.${status}`, { year })} />
      ) : null}
      {endOpen ? <p className="set-intro">{t('settings.year.endOpen', { year, next: year + 1 })}</p> : null}
      <Loaded read={read}>
        {() => (
          <>
            <div className="set-year">
              {[...months].map(([month, list]) => (
                <Month
                  key={month}
                  title={monthName.format(new Date(`${month}-01T00:00:00Z`))}
                  days={list}
                  today={today}
                />
              ))}
            </div>
            <ul className="set-names">
              {named.map(([name, list]) => (
                <li key={name}>
                  <strong>{name}</strong>
                  <span>
                    {t('settings.year.rest', {
                      days: ranges(list.filter((day) => day.kind === 'off')) || '—',
                    })}
                  </span>
                  {list.some((day) => day.kind === 'work') ? (
                    <span className="zk-quiet">
                      {t('settings.year.made', { days: ranges(list.filter((day) => day.kind === 'work')) })}
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </>
  );
}

function Month(props: { title: string; days: Day[]; today: string }) {
  const { t, i18n } = useTranslation();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'narrow', timeZone: 'UTC' });
  // 2024-01-01 was a Monday: the week of the centre begins with it.
  const heads = Array.from({ length: 7 }, (_, at) => weekday.format(new Date(Date.UTC(2024, 0, 1 + at))));
  const first = (new Date(`${props.days[0]?.date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return (
    <section aria-label={props.title}>
      <h4>{props.title}</h4>
      <div className="set-month">
        {heads.map((head, at) => (
          <small key={at} aria-hidden>
            {head}
          </small>
        ))}
        {props.days.map((day, at) => {
          const kind = kindOf(day);
          const hours = day.spans.map(([from, to]) => `${from}–${to}`).join(' ');
          const says = [day.date, t(`settings.year.${kind}`), day.name, hours].filter(Boolean).join('　');
          return (
            <span
              key={day.date}
              data-day={kind}
              data-today={day.date === props.today || undefined}
              title={says}
              style={at === 0 ? { gridColumnStart: first + 1 } : undefined}
            >
              {Number(day.date.slice(8))}
            </span>
          );
        })}
      </div>
    </section>
  );
}

function kindOf(day: Day): Kind {
  if (day.kind === 'off') return day.name ? 'holiday' : 'off';
  return day.name ? 'makeUp' : 'work';
}

const short = (date: string) => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;

/** `2/15–2/23、4/4`: runs of days as people say them. */
function ranges(days: Day[]): string {
  const runs: Array<[string, string]> = [];
  for (const { date } of days) {
    const last = runs.at(-1);
    if (last && Date.parse(date) - Date.parse(last[1]) === 86_400_000) last[1] = date;
    else runs.push([date, date]);
  }
  return runs.map(([from, to]) => (from === to ? short(from) : `${short(from)}–${short(to)}`)).join(comma());
}

export const localDate = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(at));
