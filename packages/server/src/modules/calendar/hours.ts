/** Opening hours in a few words: 「工作日 9:00–18:00」, 「7×24 小时」. */
import { fill } from '#contracts/errors.ts';
import type { Locale } from '#contracts/errors.ts';
import { minuteOfDay, weekdays } from './dates.ts';
import type { CalendarSpec, Span } from './spec.ts';
import { hourTexts, weekdayNames } from './texts.ts';

export function hoursText(spec: Pick<CalendarSpec, 'week' | 'statutory'>, locale: Locale): string {
  const text = hourTexts[locale];
  const days = weekdays.map((weekday) => joined(spec.week[weekday] ?? []));
  const shown = days.map((spans) => spans.map((span) => spanText(span, locale)).join(text.and));
  if (shown.every((day) => day === shown[0]))
    return shown[0] === '0:00–24:00' ? text.always : fill(text.daily, { hours: shown[0] });
  const workweek = shown.slice(0, 5).every((day) => day === shown[0]) && !shown[5] && !shown[6];
  if (workweek && spec.statutory) return fill(text.workdays, { hours: shown[0] });
  const parts: string[] = [];
  for (let first = 0; first < 7; first++) {
    if (!shown[first]) continue;
    let last = first;
    while (last < 6 && shown[last + 1] === shown[first]) last++;
    const [from, to] = [weekdayNames[locale][first], weekdayNames[locale][last]];
    parts.push(`${first === last ? from : fill(text.range, { from, to })} ${shown[first]}`);
    first = last;
  }
  return parts.join(text.separator) + (spec.statutory ? text.holidays : '');
}

/** Spans that touch are one to a customer: two shifts are one opening. */
function joined(spans: readonly Span[]): Span[] {
  const result: [string, string][] = [];
  for (const [start, end] of spans.toSorted(([a], [b]) => minuteOfDay(a)! - minuteOfDay(b)!)) {
    const last = result.at(-1);
    if (last && last[1] === start) last[1] = end;
    else result.push([start, end]);
  }
  return result;
}

function spanText([start, end]: Span, locale: Locale): string {
  const short = (time: string): string => time.replace(/^0(?=\d:)/, '');
  const overnight = minuteOfDay(end)! < minuteOfDay(start)!;
  return `${short(start)}–${overnight ? hourTexts[locale].nextDay : ''}${short(end)}`;
}
