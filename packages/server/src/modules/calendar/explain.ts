/** Tells the reasoning behind a due instant in words: 「为何是 2月25日 周三 10:00」. */
import { fill } from '#contracts/errors.ts';
import type { Locale } from '#contracts/errors.ts';
import { dayMs, dayNumberOf, weekdayOf, weekdays, yearOf } from './dates.ts';
import type { TraceStep } from './trace.ts';
import { holidayNames, monthNames, texts, weekdayNames } from './texts.ts';
import { localAt } from './zone.ts';

/** One sentence in the calendar's local time; years are named only where they differ from the start's. */
export function explain(trace: readonly TraceStep[], locale: Locale): string {
  const start = trace.find((step) => step.kind === 'start');
  if (!start) return '';
  const teller = tellerOf(locale, start.zone, start.at);
  return trace.reduce((line, step, index) => {
    const word = tell(step, teller, index === 1, start.unit);
    return index === 0 ? word : line + jointBefore(step, index, start.unit, locale) + word;
  }, '');
}

/** A Chinese sentence opens with a comma only into the day or length it speaks of. */
function jointBefore(step: TraceStep, index: number, unit: 'wall' | 'business', locale: Locale): string {
  if (step.kind === 'due' && unit === 'business') return ' ';
  const opens = index === 1 && (unit === 'wall' || (step.kind === 'work' && step.days === 1));
  return opens && locale === 'zh-CN' ? '，' : texts[locale].separator;
}

/** A length in the largest units that say it exactly enough: 「7 小时 30 分钟」, "10 s". */
export function lengthText(minutes: number, locale: Locale): string {
  const seconds = Math.round(minutes * 60);
  const parts: [key: 'hours' | 'minutes' | 'seconds', count: number][] = [
    ['hours', Math.floor(seconds / 3600)],
    ['minutes', Math.floor((seconds % 3600) / 60)],
    ['seconds', seconds % 60],
  ];
  const shown = parts.filter(([, count]) => count > 0);
  if (shown.length === 0) shown.push(['minutes', 0]);
  return shown.map(([key, count]) => fill(texts[locale][key], { count })).join(' ');
}

type Teller = {
  locale: Locale;
  startDate: string;
  date(date: string, to?: string): string;
  moment(at: number): string;
};

function tellerOf(locale: Locale, zone: string, startAt: number): Teller {
  const startDay = Math.floor(localAt(zone, startAt) / dayMs);
  const startYear = yearOf(startDay);
  const date = (text: string, to?: string): string => rangeText(locale, startYear, text, to ?? text);
  const moment = (at: number): string => {
    const local = new Date(localAt(zone, at)).toISOString();
    const clock = local.endsWith(':00.000Z') ? local.slice(11, 16) : local.slice(11, 19);
    return `${date(local.slice(0, 10))} ${clock}`;
  };
  return { locale, startDate: new Date(startDay * dayMs).toISOString().slice(0, 10), date, moment };
}

function rangeText(locale: Locale, startYear: number, from: string, to: string): string {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  const [toYear, toMonth, toDay] = to.split('-').map(Number) as [number, number, number];
  const names = weekdayNames[locale];
  const weekday = names[weekdays.indexOf(weekdayOf(dayNumberOf(from)!))]!;
  const newYear = year !== startYear;
  if (locale === 'en') {
    const tail = ` ${monthNames[toMonth - 1]}${toYear === startYear ? '' : ` ${toYear}`}`;
    if (from === to) return `${weekday} ${day}${tail}`;
    if (month === toMonth && year === toYear) return `${day}–${toDay}${tail}`;
    return `${day} ${monthNames[month - 1]}${newYear ? ` ${year}` : ''}–${toDay}${tail}`;
  }
  const head = `${newYear ? `${year}年` : ''}${month}月${day}日`;
  if (from === to) return `${head} ${weekday}`;
  const tail =
    toYear === year
      ? toMonth === month
        ? `${toDay}日`
        : `${toMonth}月${toDay}日`
      : `${toYear}年${toMonth}月${toDay}日`;
  return `${head}–${tail}`;
}

function tell(step: TraceStep, teller: Teller, isFirst: boolean, unit: 'wall' | 'business'): string {
  const { locale } = teller;
  const text = texts[locale];
  const length = 'minutes' in step ? lengthText(step.minutes, locale) : '';
  switch (step.kind) {
    case 'start': {
      const values = { at: teller.moment(step.at), countsFrom: teller.moment(step.countsFrom) };
      if (unit === 'wall') return fill(text.startWall, values);
      return fill(step.countsFrom > step.at ? text.startClosed : text.startOpen, values);
    }
    case 'work': {
      const date = teller.date(step.date, step.toDate);
      if (step.days > 1) return fill(text.workDays, { date, days: step.days, length });
      if (isFirst && step.date === teller.startDate && !step.makeUp) return fill(text.workFirst, { length });
      const name = nameText(step.name, locale);
      const key = step.makeUp ? (name ? 'workMakeUp' : 'workSpecial') : 'work';
      return fill(text[key], { date: `${date} `, name, length });
    }
    case 'off': {
      const name = nameText(step.name, locale);
      return fill(name ? text.offNamed : text.off, { date: `${teller.date(step.date, step.toDate)} `, name });
    }
    case 'pause':
      return fill(text.pause, { from: teller.moment(step.from), to: teller.moment(step.to), length });
    case 'unsure':
      return fill(step.yearStatus === 'missing' ? text.missing : text.provisional, { year: step.year });
    case 'due':
      return fill(unit === 'wall' ? text.dueWall : text.due, { at: teller.moment(step.at), length });
  }
}

const nameText = (name: string | undefined, locale: Locale): string =>
  locale === 'en' && name ? (holidayNames[name] ?? name) : (name ?? '');
