/**
 * The one condition language of packs, automations and views: data, never code. A condition is a map from the path
 * of a fact to what it should be; several entries must all hold.
 *
 *   { ticket.priority: P1 }                          equals
 *   { ticket.priority: [P1, P2] }                    one of
 *   { record.amount: { over: 100 } }                 compared
 *   { any: [ …, … ] }   { all: [ …, … ] }   { not: … }
 *
 * A fact that is missing equals nothing, is not over anything, and is empty.
 */
export type Scalar = string | number | boolean | null;
export type Test =
  | Scalar
  | readonly Scalar[]
  | {
      is?: Scalar;
      not?: Scalar | readonly Scalar[];
      in?: readonly Scalar[];
      over?: number | string;
      atLeast?: number | string;
      under?: number | string;
      atMost?: number | string;
      /** A list holds it, or a text contains it. */ has?: Scalar;
      startsWith?: string;
      empty?: boolean;
    };
/** `all`, `any` and `not` combine; every other key is the path of a fact. */
export type Condition = { readonly [path: string]: Test | Condition | readonly Condition[] };
export type Facts = { readonly [name: string]: unknown };
type Words = { zh: string; en: string };

const combiners = ['all', 'any', 'not'];
/** Every comparison, with how a sentence says it; `…` is the value. */
export const operators: Record<string, Words> = {
  is: { zh: '是…', en: 'is …' },
  not: { zh: '不是…', en: 'is not …' },
  in: { zh: '是…之一', en: 'is one of …' },
  over: { zh: '大于 …', en: 'is over …' },
  atLeast: { zh: '不少于 …', en: 'is at least …' },
  under: { zh: '小于 …', en: 'is under …' },
  atMost: { zh: '不超过 …', en: 'is at most …' },
  has: { zh: '包含…', en: 'has …' },
  startsWith: { zh: '以…开头', en: 'starts with …' },
  empty: { zh: '为空', en: 'is empty' },
};

/** The fact at a dotted path, or undefined. Only own properties are read. */
export const factAt = (facts: Facts, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      facts,
    );

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
/** Numbers by size; ISO instants and dates compare as text. */
const compare = (value: unknown, limit: unknown): number =>
  typeof limit === 'string'
    ? typeof value === 'string'
      ? value < limit
        ? -1
        : Number(value > limit)
      : NaN
    : isEmpty(value)
      ? NaN
      : Number(value) - Number(limit);

const comparisons: Record<string, (value: unknown, wanted: never) => boolean> = {
  is: (value, wanted: Scalar) => (value ?? null) === wanted,
  not: (value, wanted: Scalar | Scalar[]) =>
    !([wanted].flat() as Scalar[]).includes((value ?? null) as Scalar),
  in: (value, wanted: Scalar[]) => wanted.includes((value ?? null) as Scalar),
  over: (value, wanted) => compare(value, wanted) > 0,
  atLeast: (value, wanted) => compare(value, wanted) >= 0,
  under: (value, wanted) => compare(value, wanted) < 0,
  atMost: (value, wanted) => compare(value, wanted) <= 0,
  has: (value, wanted: Scalar) =>
    Array.isArray(value)
      ? value.includes(wanted)
      : typeof value === 'string' && value.includes(String(wanted)),
  startsWith: (value, wanted: string) => typeof value === 'string' && value.startsWith(wanted),
  empty: (value, wanted: boolean) => isEmpty(value) === wanted,
};

/** The test in its long form: `P1` is `{is: P1}`, a list is `{in: […]}`. */
export const spelled = (test: Test): Record<string, unknown> =>
  Array.isArray(test)
    ? { in: test }
    : typeof test === 'object' && test !== null
      ? (test as Record<string, unknown>)
      : { is: test };

/** Whether the condition holds for these facts. */
export const holds = (condition: Condition | undefined, facts: Facts): boolean =>
  Object.entries(condition ?? {}).every(([key, value]) => {
    if (key === 'all') return (value as Condition[]).every((inner) => holds(inner, facts));
    if (key === 'any') return (value as Condition[]).some((inner) => holds(inner, facts));
    if (key === 'not') return !holds(value as Condition, facts);
    const fact = factAt(facts, key);
    return Object.entries(spelled(value as Test)).every(
      ([operator, wanted]) => comparisons[operator]?.(fact, wanted as never) ?? false,
    );
  });

/**
 * Whether it may still hold when only some facts are known: what others come to is left open. `isKnown` says of which
 * paths the facts are sure.
 */
export const mayHold = (
  condition: Condition | undefined,
  facts: Facts,
  isKnown: (path: string) => boolean,
): boolean => judged(condition ?? {}, facts, isKnown) !== false;
/** undefined: that depends. */
const judged = (
  condition: Condition,
  facts: Facts,
  isKnown: (path: string) => boolean,
): boolean | undefined => {
  const every = (verdicts: (boolean | undefined)[]) =>
    verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
  return every(
    Object.entries(condition).map(([key, value]) => {
      const inner = () => (value as Condition[]).map((one) => judged(one, facts, isKnown));
      if (key === 'all') return every(inner());
      if (key === 'any') {
        const none = every(inner().map((verdict) => (verdict === undefined ? undefined : !verdict)));
        return none === undefined ? undefined : !none;
      }
      if (key === 'not') {
        const verdict = judged(value as Condition, facts, isKnown);
        return verdict === undefined ? undefined : !verdict;
      }
      return isKnown(key) ? holds({ [key]: value }, facts) : undefined;
    }),
  );
};

export type ConditionFault = { at: string; zh: string; en: string };

/** What is wrong with the shape of a condition, and every path it asks for. */
export const readCondition = (condition: unknown, at = ''): { faults: ConditionFault[]; paths: string[] } => {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition))
    return {
      faults: [{ at, zh: '条件应为事实与取值的对照', en: 'a condition is a map from fact to value' }],
      paths: [],
    };
  const parts = Object.entries(condition).map(([key, value]) => {
    const place = `${at}/${key}`;
    if (key === 'not') return readCondition(value, place);
    if (combiners.includes(key))
      return Array.isArray(value) && value.length > 0
        ? merge(value.map((inner, i) => readCondition(inner, `${place}/${i}`)))
        : {
            faults: [
              {
                at: place,
                zh: `“${key}”后应为条件列表，至少一条`,
                en: `"${key}" takes a list of at least one condition`,
              },
            ],
            paths: [],
          };
    const asked = Object.keys(spelled(value as Test));
    const unknown = asked.filter((operator) => !Object.hasOwn(operators, operator));
    return {
      faults:
        asked.length === 0
          ? [{ at: place, zh: `“${key}”没有写怎样比较`, en: `"${key}" says not what it should be` }]
          : unknown.map((operator) => ({
              at: place,
              zh: `不认识的比较“${operator}”，可用：${Object.keys(operators).join('、')}`,
              en: `unknown comparison "${operator}"; use ${Object.keys(operators).join(', ')}`,
            })),
      paths: [key],
    };
  });
  return merge(parts);
};
const merge = (parts: { faults: ConditionFault[]; paths: string[] }[]) => ({
  faults: parts.flatMap(({ faults }) => faults),
  paths: parts.flatMap(({ paths }) => paths),
});

/** The condition as a sentence; `name` says a path and a value in words. */
export const sentenceOf = (
  condition: Condition | undefined,
  locale: 'zh' | 'en',
  name: { path(path: string): string; value(path: string, value: Scalar): string },
): string => {
  const [and, or, not] = locale === 'zh' ? ['且', '或', '并非'] : [' and ', ' or ', 'not '];
  const said = Object.entries(condition ?? {}).map(([key, value]): string => {
    if (key === 'all') return joined(value as Condition[], and!);
    if (key === 'any') return joined(value as Condition[], or!);
    if (key === 'not') return `${not}${bracketed(sentenceOf(value as Condition, locale, name))}`;
    return Object.entries(spelled(value as Test))
      .map(([operator, wanted]) => {
        const values = ([wanted].flat() as Scalar[])
          .map((one) =>
            locale === 'zh' && typeof one === 'string' ? `“${name.value(key, one)}”` : name.value(key, one),
          )
          .join(locale === 'zh' ? '、' : ', ');
        const how =
          operator === 'empty' && wanted === false
            ? { zh: '不为空', en: 'is not empty' }[locale]
            : operator === 'is' && typeof wanted === 'boolean' && locale === 'zh'
              ? `为${values}`
              : (operators[operator]?.[locale] ?? operator).replace('…', values);
        return `${name.path(key)}${locale === 'zh' ? '' : ' '}${how}`;
      })
      .join(and);
  });
  return said.join(and);
  function joined(inner: Condition[], word: string) {
    const all = inner.map((one) => {
      const sentence = sentenceOf(one, locale, name);
      // Several things that hold together are told apart from the words around them.
      return inner.length > 1 && Object.keys(one).length > 1 ? bracketed(sentence) : sentence;
    });
    return all.length > 1 ? bracketed(all.join(word)) : (all[0] ?? '');
  }
  function bracketed(inner: string) {
    return locale === 'zh' ? `（${inner}）` : `(${inner})`;
  }
};
