/** Values of fields as people write them: on paper, in a sheet, and read back from one. */
import type { Field, RecordKind } from '#contracts/pack.ts';
import type { Locale } from '#contracts/errors.ts';

type Language = 'zh' | 'en';
export const languageOf = (locale: Locale): Language => (locale === 'en' ? 'en' : 'zh');

/** The centre's zone is UTC+8 all year. */
const stamp = (text: string): string => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
};

/** A value in words: options by their label, instants in the centre's zone, ticks as 是 and 否. */
export const saidValue = (field: Field, value: unknown, language: Language): string => {
  if (value === undefined || value === null || value === '') return '';
  const label = (key: unknown) =>
    field.options?.find((option) => option.key === key)?.[language] ?? String(key);
  switch (field.type) {
    case 'choice':
      return label(value);
    case 'choices':
      return (value as unknown[]).map(label).join(language === 'zh' ? '、' : ', ');
    case 'yes':
      return value ? { zh: '是', en: 'yes' }[language] : { zh: '否', en: 'no' }[language];
    case 'instant':
      return stamp(String(value));
    case 'money':
      return Number(value).toFixed(2);
    default:
      return String(value);
  }
};

const yes = ['是', 'yes', 'true', '1', 'y', '√', '✓'];
const no = ['否', 'no', 'false', '0', 'n', '×'];
const pad = (text: string) => text.padStart(2, '0');
/** `2026-3-5`, `2026/03/05 9:00`, `2026年3月5日` in the centre's zone. */
const dateOf = (text: string): { date: string; time: string } | undefined => {
  const [, year, month, day, hour, minute] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2})[:：](\d{2})(?::\d{2})?)?$/.exec(text) ?? [];
  return year && month && day
    ? { date: `${year}-${pad(month)}-${pad(day)}`, time: `${pad(hour ?? '0')}:${minute ?? '00'}` }
    : undefined;
};

/** A cell read as a field's value. What cannot be read stays as it is, so that the check names it. */
export const readValue = (field: Field, cell: unknown): string | number | boolean | string[] | null => {
  const text = cell instanceof Date ? cell.toISOString() : String(cell ?? '').trim();
  if (text === '') return null;
  const keyOf = (word: string) =>
    field.options?.find(({ key, zh, en }) =>
      [key, zh, en].some((name) => name.toLowerCase() === word.toLowerCase()),
    )?.key ?? word;
  switch (field.type) {
    case 'number':
    case 'money': {
      const number = Number(text.replace(/[,，\s¥￥元]/g, ''));
      return Number.isNaN(number) ? text : number;
    }
    case 'yes':
      return yes.includes(text.toLowerCase()) ? true : no.includes(text.toLowerCase()) ? false : text;
    case 'choice':
      return keyOf(text);
    case 'choices':
      return text
        .split(/[、,，;；]/)
        .map((word) => keyOf(word.trim()))
        .filter(Boolean);
    case 'date':
      return dateOf(text)?.date ?? text.slice(0, 10);
    case 'instant': {
      const local = dateOf(text);
      return local ? new Date(`${local.date}T${local.time}:00+08:00`).toISOString() : text;
    }
    default:
      return text;
  }
};

/** Columns of a kind in a sheet: what every record has, then the fields. */
export const sheetHead = (kind: RecordKind, language: Language): string[] => [
  ...(kind.number ? [{ zh: '编号', en: 'Number' }[language]] : []),
  ...(kind.states ? [{ zh: '状态', en: 'State' }[language]] : []),
  { zh: '客户', en: 'Customer' }[language],
  ...kind.fields.map((field) => field[language]),
  { zh: '负责人', en: 'Owner' }[language],
  { zh: '登记人', en: 'Registered by' }[language],
  { zh: '登记时间', en: 'Registered at' }[language],
];
