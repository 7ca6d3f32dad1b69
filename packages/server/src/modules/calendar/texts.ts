/** What calendars say to people, in both languages; `{name}` is replaced by its value. */
import type { Locale } from '#contracts/errors.ts';
import type { ImportFault } from './holidays.ts';
import type { Refusal } from './rules.ts';
import type { SpecFaultCode } from './spec.ts';

export const weekdayNames: Record<Locale, readonly string[]> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

export const monthNames: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

/** Statutory holidays are stored under their Chinese name. */
export const holidayNames: Record<string, string> = {
  元旦: 'New Year’s Day',
  春节: 'Spring Festival',
  清明: 'Qingming',
  清明节: 'Qingming',
  劳动节: 'Labour Day',
  端午: 'Dragon Boat Festival',
  端午节: 'Dragon Boat Festival',
  中秋: 'Mid-Autumn Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
  国庆节中秋节: 'National Day and Mid-Autumn Festival',
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: '70th Victory Day',
};

type Key =
  | 'startOpen'
  | 'startClosed'
  | 'startWall'
  | 'workFirst'
  | 'work'
  | 'workMakeUp'
  | 'workSpecial'
  | 'workDays'
  | 'off'
  | 'offNamed'
  | 'pause'
  | 'provisional'
  | 'missing'
  | 'due'
  | 'dueWall'
  | 'separator'
  | 'hours'
  | 'minutes'
  | 'seconds';

export const texts: Record<Locale, Record<Key, string>> = {
  'zh-CN': {
    startOpen: '{at} 起',
    startClosed: '{at} 为非工作时间，自 {countsFrom} 起算',
    startWall: '{at} 起按自然时间计',
    workFirst: '当日计 {length}',
    work: '{date}计 {length}',
    workMakeUp: '{date}{name}调休上班，计 {length}',
    workSpecial: '{date}特别安排上班，计 {length}',
    workDays: '{date} {days} 个工作日计 {length}',
    off: '{date}休息',
    offNamed: '{date}{name}放假',
    pause: '{from} 至 {to} 暂停，顺延 {length}',
    provisional: '{year} 年放假安排尚未公布，暂按法定假日推算，公布后自动重算',
    missing: '{year} 年没有放假安排数据，暂按每周工作时间推算，导入后自动重算',
    due: '→ {at}',
    dueWall: '满 {length} → {at}',
    separator: '；',
    hours: '{count} 小时',
    minutes: '{count} 分钟',
    seconds: '{count} 秒',
  },
  en: {
    startOpen: 'from {at}',
    startClosed: '{at} is outside working hours, counted from {countsFrom}',
    startWall: 'from {at} in wall time',
    workFirst: 'that day counts {length}',
    work: '{date}counts {length}',
    workMakeUp: '{date}is a make-up day ({name}), counts {length}',
    workSpecial: '{date}is worked by special arrangement, counts {length}',
    workDays: '{date} {days} working days count {length}',
    off: '{date}is off',
    offNamed: '{date}is off ({name})',
    pause: 'paused from {from} to {to}, moves by {length}',
    provisional: 'the {year} holiday plan is not published; statutory days are assumed until it is',
    missing: 'there is no holiday plan for {year}; weekly hours are assumed until it is imported',
    due: '→ {at}',
    dueWall: '{length} pass → {at}',
    separator: '; ',
    hours: '{count} h',
    minutes: '{count} min',
    seconds: '{count} s',
  },
};

/** Opening hours; a group of days is followed by its hours. */
export const hourTexts = {
  'zh-CN': {
    always: '7×24 小时',
    daily: '每日 {hours}',
    workdays: '工作日 {hours}',
    range: '{from}至{to}',
    and: '、',
    separator: '，',
    nextDay: '次日 ',
    holidays: '（法定节假日休息）',
  },
  en: {
    always: '24×7',
    daily: 'Daily {hours}',
    workdays: 'Working days {hours}',
    range: '{from}–{to}',
    and: ', ',
    separator: '; ',
    nextDay: 'next day ',
    holidays: ' (closed on public holidays)',
  },
} as const;

export const faultTexts: Record<SpecFaultCode, Record<Locale, string>> = {
  NAME_EMPTY: { 'zh-CN': '请填写日历名称', en: 'give the calendar a name' },
  ZONE_UNKNOWN: {
    'zh-CN': '时区不存在，例如 Asia/Shanghai',
    en: 'unknown time zone; an example is Asia/Shanghai',
  },
  STATUTORY_UNKNOWN: { 'zh-CN': '法定节假日只能是 CN 或留空', en: 'statutory holidays are CN or none' },
  WEEKDAY_UNKNOWN: { 'zh-CN': '星期只能是 mon…sun', en: 'a weekday is one of mon…sun' },
  WEEK_EMPTY: { 'zh-CN': '每周至少要有一个工作时段', en: 'the week needs at least one span' },
  TIME_INVALID: {
    'zh-CN': '时间应为 00:00 至 23:59，结束可为 24:00',
    en: 'a time is 00:00 to 23:59; an end may be 24:00',
  },
  SPAN_EMPTY: { 'zh-CN': '时段的开始与结束相同', en: 'the span starts when it ends' },
  SPANS_OVERLAP: { 'zh-CN': '时段互相重叠', en: 'the spans overlap' },
  DATE_INVALID: { 'zh-CN': '日期不存在，格式为 2026-02-14', en: 'no such date; the form is 2026-02-14' },
  DATE_TWICE: { 'zh-CN': '同一日期出现两次', en: 'the date is listed twice' },
  DAY_KIND_UNKNOWN: { 'zh-CN': '类型只能是 work 或 off', en: 'the kind is work or off' },
  OFF_DAY_WITH_SPANS: { 'zh-CN': '休息日不能有工作时段', en: 'a day off has no spans' },
  WORK_DAY_EMPTY: { 'zh-CN': '上班日需要工作时段', en: 'a working day needs spans' },
  BUSINESS_DAY_NOT_POSITIVE: {
    'zh-CN': '一个工作日的分钟数必须大于零',
    en: 'the minutes of a business day must be above zero',
  },
};

export const importFaultTexts: Record<ImportFault['code'], Record<Locale, string>> = {
  NOT_HOLIDAY_CN: {
    'zh-CN': '不是 holiday-cn 的年度文件：{year, papers, days:[{name, date, isOffDay}]}',
    en: 'not a year of holiday-cn: {year, papers, days: [{name, date, isOffDay}]}',
  },
  DATE_INVALID: { 'zh-CN': '日期不存在，格式为 2026-02-14', en: 'no such date; the form is 2026-02-14' },
  DATE_TWICE: { 'zh-CN': '同一日期出现两次', en: 'the date is listed twice' },
  DATE_OUTSIDE_PLAN: {
    'zh-CN': '日期不属于该年度（只可另含上一年十二月）',
    en: 'the date is not of this year; only December of the year before may stand beside it',
  },
};

export const refusalTexts: Record<Refusal['refusal'], Record<Locale, string>> = {
  TARGET_NOT_POSITIVE: { 'zh-CN': '时限必须大于零', en: 'the target must be above zero' },
  AMOUNT_NOT_ONE: {
    'zh-CN': '请在 minutes、hours、businessDays 中只给一个；自然时间没有工作日',
    en: 'give exactly one of minutes, hours and businessDays; wall time has no business days',
  },
  TARGET_TOO_LARGE: { 'zh-CN': '时限超过三十年', en: 'the target is longer than thirty years' },
  PAUSE_BACKWARDS: { 'zh-CN': '暂停的结束早于开始', en: 'a pause ends before it begins' },
  RANGE_BACKWARDS: { 'zh-CN': '结束早于开始', en: 'the end is before the start' },
  INSTANT_INVALID: {
    'zh-CN': '时刻无效或超出 1970–2150 年',
    en: 'an instant is invalid or outside 1970–2150',
  },
};
