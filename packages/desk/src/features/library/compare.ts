/** What differs between two versions of a playbook, place by place, pure. */
import { skipRule } from '#contracts/flow.ts';
import type { Field, Pack, Step } from '#contracts/pack.ts';
import type { Language, Names, Seen } from './saying.ts';
import { sayBegin, sayEnds } from './saying-starts.ts';
import { sayCondition, sayLate, sayLimit, sayNext, sayWho, seenWith } from './saying.ts';
import { headParts, sayHeadPart } from './saying-head.ts';
import { kindParts, sayField, sayKindPart } from './saying-kinds.ts';
import { sayRest } from './saying-rest.ts';
import { sayWork } from './saying-work.ts';

export type Difference = { where: string; what: string; before: string; after: string };

type Part = { what: string; said: string };
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

const different = (where: string, before: readonly Part[], after: readonly Part[]): Difference[] =>
  [...new Set([...before, ...after].map(({ what }) => what))].flatMap((what) => {
    const [old, now] = [before, after].map((parts) => parts.find((part) => part.what === what)?.said ?? '');
    return old === now ? [] : [{ where, what, before: old!, after: now! }];
  });

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
  { what: 'ends', said: sayEnds(pack, language).join('\n') },
];
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
  before: Pack,
  after: Pack,
  language: Language,
  names: Names,
  t: Texts,
  kinds: Parameters<typeof seenWith>[1] = [],
): Difference[] => [
  ...different(
    '',
    headOf(seenWith(before, kinds), language, names),
    headOf(seenWith(after, kinds), language, names),
  ),
  ...pairs(before.steps, after.steps, ({ key }) => key).flatMap(([, old, now]) => {
    const where = (now ?? old)!.name[language];
    if (!old || !now)
      return [
        {
          where,
          what: old ? 'removed' : 'added',
          before: old ? old.name[language] : '',
          after: now ? now.name[language] : '',
        },
      ];
    return different(
      where,
      partsOf(seenWith(before, kinds), old, language, names, t),
      partsOf(seenWith(after, kinds), now, language, names, t),
    );
  }),
  ...pairs(before.scripts, after.scripts, ({ key, audience }) => `${key}@${audience ?? ''}`).flatMap(
    ([, old, now]) => {
      const where = (now ?? old)![language].title;
      const said = (one: typeof old): Part[] =>
        one
          ? [
              { what: 'name', said: one[language].title },
              { what: 'words', said: one[language].body },
            ]
          : [];
      return different(where, said(old), said(now));
    },
  ),
  ...pairs(before.records, after.records, ({ key }) => key).flatMap(([, old, now]) => {
    const where = (now ?? old)!.name[language];
    return different(
      where,
      kindOf(seenWith(before, kinds), old, language, names, t),
      kindOf(seenWith(after, kinds), now, language, names, t),
    );
  }),
];
