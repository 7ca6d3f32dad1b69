/** What differs between two versions of a playbook, place by place, pure. */
import { skipRule } from '#contracts/flow.ts';
import type { Pack, Step } from '#contracts/pack.ts';
import type { Language, Names, Seen } from './saying.ts';
import { sayBegin, sayEnds } from './saying-starts.ts';
import { sayCondition, sayLate, sayLimit, sayNext, sayWho, seenWith } from './saying.ts';
import { sayWork } from './saying-work.ts';

export type Difference = { where: string; what: string; before: string; after: string };

type Part = { what: string; said: string };
/** The catalogue. */
type Texts = (key: string, values: Record<string, string>) => string;
const lines = (items: readonly { zh: string; en: string }[] | undefined, language: Language): string =>
  (items ?? []).map((item) => item[language]).join('\n');

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
  {
    what: 'fields',
    said: (step.fields ?? []).map((field) => `${field[language]}${field.required ? ' *' : ''}`).join('\n'),
  },
  { what: 'finishIf', said: sayCondition(pack, step.finishIf, language) },
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
    [
      { what: 'packName', said: before.name[language] },
      { what: 'goal', said: before.goal[language] },
      { what: 'review', said: String(before.reviewMonths) },
      { what: 'starts', said: sayBegin(seenWith(before, kinds), language).join('\n') },
      { what: 'ends', said: sayEnds(seenWith(before, kinds), language).join('\n') },
    ],
    [
      { what: 'packName', said: after.name[language] },
      { what: 'goal', said: after.goal[language] },
      { what: 'review', said: String(after.reviewMonths) },
      { what: 'starts', said: sayBegin(seenWith(after, kinds), language).join('\n') },
      { what: 'ends', said: sayEnds(seenWith(after, kinds), language).join('\n') },
    ],
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
      return different(
        where,
        [{ what: 'words', said: old ? old[language].body : '' }],
        [{ what: 'words', said: now ? now[language].body : '' }],
      );
    },
  ),
  ...pairs(before.records, after.records, ({ key }) => key).flatMap(([, old, now]) => {
    const where = (now ?? old)!.name[language];
    const fields = (kind: typeof old) =>
      (kind?.fields ?? [])
        .map(
          (field) =>
            `${field[language]} · ${t(`library.fieldType.${field.type}`, {})}${field.required ? ' *' : ''}`,
        )
        .join('\n');
    const states = (kind: typeof old) => (kind?.states ?? []).map((state) => state[language]).join(' → ');
    return different(
      where,
      [
        { what: 'fields', said: fields(old) },
        { what: 'states', said: states(old) },
      ],
      [
        { what: 'fields', said: fields(now) },
        { what: 'states', said: states(now) },
      ],
    );
  }),
];
