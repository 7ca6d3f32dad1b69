/** What differs between two versions of a playbook, place by place, pure. */
import { skipRule } from '#contracts/flow.ts';
import type { Field, Pack, Step } from '#contracts/pack.ts';
import type { Language, Names, Seen } from './saying.ts';
import { sayBegin, sayEnds, sayJumps } from './saying-starts.ts';
import { sayCondition, sayLate, sayLimit, sayNext, sayWho, seenWith } from './saying.ts';
import { headParts, sayHeadPart } from './saying-head.ts';
import { kindParts, sayField, sayKindPart } from './saying-kinds.ts';
import { sayRest } from './saying-rest.ts';
import { sayWork } from './saying-work.ts';

export type Difference = { where: string; what: string; before: string; after: string };

type Part = { what: string; said: string };
/** The parts before and after. */
type Both = [before: readonly Part[], after: readonly Part[]];
/** The catalogue. */
type Texts = (key: string, values: Record<string, string>) => string;
const lines = (items: readonly { zh: string; en: string }[] | undefined, language: Language): string =>
  (items ?? []).map((item) => item[language]).join('\n');

/** A field with all that it asks, on one line. */
const sayFields = (
  pack: Seen,
  fields: readonly Field[] | undefined,
  language: Language,
  names: Names,
  t: Texts,
): string =>
  (fields ?? [])
    .map((field) => {
      const condition =
        typeof field.required === 'object' ? sayCondition(pack, field.required, language) : '';
      const beside = [
        (field.options ?? []).map((one) => one[language]).join(' / '),
        condition && t('library.onlyIf', { condition }),
        ...sayField(pack, field, language, names),
      ].filter(Boolean);
      return `${field[language]} · ${t(`library.fieldType.${field.type}`, {})}${field.required ? ' *' : ''}${beside.map((one) => ` · ${one}`).join('')}`;
    })
    .join('\n');

/** Everything a reader of a step would notice, under the name of its place (a key of the catalogue). */
const partsOf = (pack: Seen, step: Step, language: Language, names: Names, t: Texts): Part[] => [
  { what: 'name', said: step.name[language] },
  { what: 'kind', said: t(`library.kind.${step.kind}`, {}) },
  { what: 'who', said: step.who || step.kind !== 'branch' ? sayWho(step.who, language, names) : '' },
  { what: 'by', said: (step.by ?? []).map(names.role).join(' → ') },
  { what: 'limit', said: sayLimit(pack, step, language) },
  { what: 'late', said: sayLate(step, language, t).join('\n') },
  { what: 'if', said: sayCondition(pack, step.if, language) },
  { what: 'work', said: sayWork(pack, step, language).join('\n') },
  { what: 'actions', said: lines(step.actions, language) },
  { what: 'tips', said: lines(step.tips, language) },
  { what: 'ask', said: lines(step.ask, language) },
  {
    what: 'script',
    said: (step.script ?? [])
      .map((key) => pack.scripts.find((one) => one.key === key)?.[language].title ?? key)
      .join('\n'),
  },
  {
    what: 'form',
    said: pack.records.find(({ key }) => key === step.form)?.name[language] ?? step.form ?? '',
  },
  { what: 'fields', said: sayFields(pack, step.fields, language, names, t) },
  {
    what: 'finishIf',
    said: [sayCondition(pack, step.finishIf, language), step.refused?.[language] ?? '']
      .filter(Boolean)
      .join('\n'),
  },
  { what: 'rest', said: sayRest(pack, step, language, names).join('\n') },
  { what: 'next', said: sayNext(pack, step, language).join('\n') },
  { what: 'skip', said: t(`library.skips.${skipRule(step)}`, {}) },
];

const changesOf = ([before, after]: Both): Omit<Difference, 'where'>[] =>
  [...new Set([...before, ...after].map(({ what }) => what))].flatMap((what) => {
    const [old, now] = [before, after].map((parts) => parts.find((part) => part.what === what)?.said ?? '');
    return old === now ? [] : [{ what, before: old!, after: now! }];
  });
/** What changed in the reader's language, and what only the other one has changed, such as its words. */
const different = (where: string, language: Language, both: (language: Language) => Both): Difference[] => {
  const mine = changesOf(both(language));
  const others = changesOf(both(language === 'zh' ? 'en' : 'zh'));
  return [...mine, ...others.filter(({ what }) => !mine.some((one) => one.what === what))].map((one) => ({
    where,
    ...one,
  }));
};

/** Pairs by key: what both have, what only one has. */
const pairs = <T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): [string, T | undefined, T | undefined][] =>
  [...new Set([...before, ...after].map(keyOf))].map((key) => [
    key,
    before.find((item) => keyOf(item) === key),
    after.find((item) => keyOf(item) === key),
  ]);

/** What a playbook is as a whole. */
const headOf = (pack: Seen, language: Language, names: Names): Part[] => [
  { what: 'packName', said: pack.name[language] },
  { what: 'goal', said: pack.goal[language] },
  ...headParts.map((what) => ({ what, said: sayHeadPart(pack, what, language, names).join('\n') })),
  { what: 'review', said: String(pack.reviewMonths) },
  { what: 'starts', said: sayBegin(pack, language).join('\n') },
  { what: 'jumps', said: sayJumps(pack, language).join('\n') },
  { what: 'ends', said: sayEnds(pack, language).join('\n') },
];
/** The order of the steps that both have, where it is another one: a step without a way goes on to the one below. */
const orderOf = (pack: Seen, other: Seen, language: Language): Part[] => {
  const shared = (one: Seen, beside: Seen) =>
    one.steps.filter(({ key }) => beside.steps.some((step) => step.key === key));
  const [mine, theirs] = [shared(pack, other), shared(other, pack)];
  return mine.every(({ key }, i) => theirs[i]!.key === key)
    ? []
    : [{ what: 'order', said: mine.map(({ name }) => name[language]).join(' → ') }];
};
const wordsOf = (script: Pack['scripts'][number] | undefined, language: Language): Part[] =>
  script
    ? [
        { what: 'name', said: script[language].title },
        { what: 'words', said: script[language].body },
      ]
    : [];
/** Everything about a kind of record. */
const kindOf = (
  pack: Seen,
  kind: Pack['records'][number] | undefined,
  language: Language,
  names: Names,
  t: Texts,
): Part[] =>
  kind
    ? [
        { what: 'name', said: kind.name[language] },
        { what: 'fields', said: sayFields(pack, kind.fields, language, names, t) },
        ...kindParts.map((what) => ({
          what,
          said: sayKindPart(pack, kind, what, language, names).join('\n'),
        })),
      ]
    : [];

/** `kinds` are those of every playbook, for the words of what other packs bring. */
export const differences = (
  before: Seen,
  after: Seen,
  language: Language,
  names: Names,
  t: Texts,
  kinds: Parameters<typeof seenWith>[1] = [],
): Difference[] => {
  const [old, now] = [seenWith(before, kinds), seenWith(after, kinds)];
  return [
    ...different('', language, (one) => [
      [...headOf(old, one, names), ...orderOf(old, now, one)],
      [...headOf(now, one, names), ...orderOf(now, old, one)],
    ]),
    ...pairs(before.steps, after.steps, ({ key }) => key).flatMap(([, was, is]) => {
      const where = (is ?? was)!.name[language];
      return was && is
        ? different(where, language, (one) => [
            partsOf(old, was, one, names, t),
            partsOf(now, is, one, names, t),
          ])
        : [
            {
              where,
              what: was ? 'removed' : 'added',
              before: was?.name[language] ?? '',
              after: is?.name[language] ?? '',
            },
          ];
    }),
    ...pairs(before.scripts, after.scripts, ({ key, audience }) => `${key}@${audience ?? ''}`).flatMap(
      ([, was, is]) =>
        different((is ?? was)![language].title, language, (one) => [wordsOf(was, one), wordsOf(is, one)]),
    ),
    ...pairs(before.records, after.records, ({ key }) => key).flatMap(([, was, is]) =>
      different((is ?? was)!.name[language], language, (one) => [
        kindOf(old, was, one, names, t),
        kindOf(now, is, one, names, t),
      ]),
    ),
  ];
};
