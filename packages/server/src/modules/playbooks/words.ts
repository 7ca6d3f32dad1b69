/**
 * Scripts filled in for a customer. Words are templates, data never is: values come from an allow-listed context and
 * are not read again (P66). No tags at all: no loops, no conditions, no files.
 */
import { Liquid } from 'liquidjs';
import { factAt } from '#contracts/conditions.ts';
import type { Facts } from '#contracts/conditions.ts';
import { unknownVariables } from '#contracts/pack-check.ts';
import type { Pack, Script, Words } from '#contracts/pack.ts';

const engine = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  strictVariables: false,
  parseLimit: 20_000,
  renderLimit: 100,
  memoryLimit: 1_000_000,
  templates: {},
});
for (const tag of Object.keys(engine.tags)) delete (engine.tags as Record<string, unknown>)[tag];

const roots = ['customer', 'ticket', 'conversation', 'record', 'agent', 'centre', 'answers', 'run'] as const;
const withoutNulls = (value: unknown): unknown => (value === null ? '' : value);

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) &&
  !Number.isNaN(Date.parse(value));
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute', string>;
const partsOf = (date: Date) =>
  Object.fromEntries(clock.formatToParts(date).map(({ type, value }) => [type, value])) as Parts;
/** An instant as customers read it, in the centre's time. */
export const said = {
  zh: (date: Date) =>
    (({ month, day, hour, minute }: Parts) => `${Number(month)}月${Number(day)}日 ${hour}:${minute}`)(
      partsOf(date),
    ),
  en: (date: Date) =>
    (({ year, month, day, hour, minute }: Parts) =>
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${hour}:${minute}`)(partsOf(date)),
};

/** The words with their variables filled; a variable without a value is a blank line to fill: ____. */
export const filled = (text: string, facts: Facts, locale: 'zh' | 'en' = 'zh'): string => {
  if (unknownVariables(text).length > 0) return text;
  const blanks = text.replace(/\{\{-?\s*([\w.]+)\s*-?\}\}/g, (whole, path: string) => {
    const value = withoutNulls(factAt(facts, path));
    return value === undefined || value === ''
      ? '____'
      : isInstant(value)
        ? said[locale](new Date(value))
        : whole;
  });
  return engine.parseAndRenderSync(
    blanks,
    Object.fromEntries(roots.map((root) => [root, facts[root] ?? {}])),
  ) as string;
};

/** The scripts of a step, the variant for this kind of customer first (SD0-09), filled in. */
export const scriptsFor = (
  pack: Pick<Pack, 'scripts'>,
  keys: readonly string[],
  facts: Facts,
): { key: string; title: Words; body: Words }[] => {
  const audience = factAt(facts, 'customer.kind');
  const fits = (script: Script) => script.audience === audience;
  return keys
    .flatMap((key) =>
      pack.scripts
        .filter((script) => script.key === key && (!script.audience || fits(script)))
        .toSorted((a, b) => Number(fits(b)) - Number(fits(a))),
    )
    .map(({ key, zh, en }) => ({
      key,
      title: { zh: zh.title, en: en.title },
      body: { zh: filled(zh.body, facts), en: filled(en.body, facts, 'en') },
    }));
};
