/** What starts a playbook, and what ends it early, in words: events, the calendar, or somebody. Pure. */
import { sayDuration } from '#contracts/durations.ts';
import { events } from '#contracts/events.ts';
import type { Pack } from '#contracts/pack.ts';
import { namesOfFacts, sayCondition } from './saying.ts';
import type { Language, Seen } from './saying.ts';
import { through } from './saying-work.ts';

export type Schedule = NonNullable<Pack['every']>[number];
export type Repeats = NonNullable<NonNullable<Pack['startsWhen']>[number]['repeats']>;
export const weekdays: Record<Language, readonly string[]> = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

export const sayEvent = (type: string, language: Language): string =>
  (events as Record<string, { zh: string; en: string }>)[type]?.[language] ?? type;

/** The third of one kind within a month: `30 天内“产品”相同的满 3 个`. */
export const sayRepeats = (
  pack: Seen,
  { if: one, repeats }: NonNullable<Pack['startsWhen']>[number],
  language: Language,
): string => {
  if (!repeats) return '';
  const { field, within, atLeast } = repeats;
  const kind = one?.['record.kind'];
  const own = typeof kind === 'string' ? through(pack, kind) : pack;
  const name = namesOfFacts(own, language).path(`record.data.${field}`);
  return language === 'zh'
    ? `${sayDuration(within, 'zh')}内“${name}”相同的满 ${atLeast} 个`
    : `${atLeast} with the same “${name}” within ${sayDuration(within, 'en')}`;
};

/** What starts the playbook by an event, one line each. */
export const sayStarts = (pack: Seen, language: Language): string[] =>
  (pack.startsWhen ?? []).map((start) => {
    const { event, if: one } = start;
    const parts = [
      sayEvent(event, language),
      sayCondition(pack, one, language),
      sayRepeats(pack, start, language),
    ].filter(Boolean);
    return parts.join(language === 'zh' ? '，且' : ' where ');
  });

/** The day of a stretch: `5 日`, `最后一天`; Mondays by name, a day of the year by its date in a common year. */
const dayIn = ({ each, on = 1 }: Schedule, language: Language): string => {
  const zh = language === 'zh';
  if (each === 'week') return weekdays[language][(on === -1 ? 7 : Math.min(on, 7)) - 1]!;
  if (on === -1) return zh ? '最后一天' : 'the last day';
  if (each === 'year')
    return new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en-GB', {
      month: 'long',
      day: 'numeric',
      timeZone: 'UTC',
    }).format(Date.UTC(2026, 0, on));
  if (each === 'month') return zh ? ` ${on} 日` : `day ${on}`;
  return zh ? `第 ${on} 天` : `day ${on}`;
};

/** `每周一 09:30，遇非工作日不启动，为客户等级是“VIP”的每位客户`. */
export const saySchedule = (pack: Seen, one: Schedule, language: Language): string => {
  const zh = language === 'zh';
  const { each, at, between, workdays, holiday } = one;
  const when = {
    hour: () =>
      zh
        ? `每小时的第 ${Number(at.slice(3))} 分${between ? `（${between[0]}–${between[1]} 点）` : ''}`
        : `every hour at minute ${Number(at.slice(3))}${between ? ` from ${between[0]} to ${between[1]}` : ''}`,
    day: () =>
      holiday
        ? zh
          ? `法定节假日第一天 ${at}`
          : `on the first day of a public holiday at ${at}`
        : zh
          ? `每天 ${at}`
          : `every day at ${at}`,
    week: () => (zh ? `每${dayIn(one, 'zh')} ${at}` : `every ${dayIn(one, 'en')} at ${at}`),
    month: () => (zh ? `每月${dayIn(one, 'zh')} ${at}` : `every month on ${dayIn(one, 'en')} at ${at}`),
    quarter: () => (zh ? `每季度${dayIn(one, 'zh')} ${at}` : `every quarter on ${dayIn(one, 'en')} at ${at}`),
    year: () => (zh ? `每年 ${dayIn(one, 'zh')} ${at}` : `every year on ${dayIn(one, 'en')} at ${at}`),
  }[each]();
  const condition = sayCondition(pack, one.for as never, language);
  return [
    when,
    workdays ? (zh ? '遇非工作日不启动' : 'not on days off') : '',
    pack.about === 'customer'
      ? condition
        ? zh
          ? `为每位${condition}的客户`
          : `for each customer where ${condition}`
        : zh
          ? '为每位客户'
          : 'for each customer'
      : '',
  ]
    .filter(Boolean)
    .join(zh ? '，' : ', ');
};

/** Every way in which it starts; where there is none, people or other playbooks start it. */
export const sayBegin = (pack: Seen, language: Language): string[] => {
  const said = [
    ...sayStarts(pack, language),
    ...(pack.every ?? []).map((one) => saySchedule(pack, one, language)),
  ];
  const byHand = {
    zh: '由人在面板上启动，或由别的流程启动',
    en: 'started by somebody on the panel, or by another playbook',
  }[language];
  return said.length > 0 ? said : [byHand];
};

const sayWhen = (
  pack: Seen,
  { event, if: one }: Pick<NonNullable<Pack['jumpsWhen']>[number], 'event' | 'if'>,
  language: Language,
): string =>
  [sayEvent(event, language), sayCondition(pack, one, language)]
    .filter(Boolean)
    .join(language === 'zh' ? '，且' : ' where ');

/** What overtakes the open steps and where the run goes on, one line each. */
export const sayJumps = (pack: Seen, language: Language): string[] =>
  (pack.jumpsWhen ?? []).map((jump) => {
    const name = pack.steps.find(({ key }) => key === jump.to)?.name[language] ?? jump.to;
    return `${sayWhen(pack, jump, language)} → ${language === 'zh' ? `「${name}」` : `“${name}”`}`;
  });

/** What ends a run that is still going and with which outcome, one line each. */
export const sayEnds = (pack: Seen, language: Language): string[] =>
  (pack.endsWhen ?? []).map(({ outcome, ...end }) => {
    const when = sayWhen(pack, end, language);
    return language === 'zh' ? `${when} → 结果 ${outcome}` : `${when} → outcome ${outcome}`;
  });
