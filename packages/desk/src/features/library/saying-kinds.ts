/** What a kind of record and its fields are beside their names, in words: states, numbers, what customers see. Pure. */
import { sayDuration } from '#contracts/durations.ts';
import type { Field, InHandFact, RecordKind, Words } from '#contracts/pack.ts';
import { namesOfFacts, sayCondition, spoken } from './saying.ts';
import type { Language, Names, Seen } from './saying.ts';
import { kindIn, through } from './saying-work.ts';

export const inHandNames: Record<InHandFact, Words> = {
  openTickets: { zh: '登记人手上的工单', en: 'open tickets of who fills it in' },
  promises: { zh: '登记人还没兑现的承诺', en: 'promises of who fills it in' },
  callbacks: { zh: '登记人待办的回访', en: 'call-backs due of who fills it in' },
};
export const tones: Record<NonNullable<NonNullable<RecordKind['states']>[number]['tone']>, Words> = {
  neutral: { zh: '灰色', en: 'grey' },
  active: { zh: '蓝色', en: 'blue' },
  good: { zh: '绿色', en: 'green' },
  bad: { zh: '红色', en: 'red' },
};
export const series: Record<NonNullable<RecordKind['number']>['per'], Words> = {
  day: { zh: '每天重新编', en: 'anew each day' },
  month: { zh: '每月重新编', en: 'anew each month' },
  ever: { zh: '一直往下编', en: 'on and on' },
};
export const proofs: Record<NonNullable<RecordKind['lookup']>['proof'], Words> = {
  phoneTail: { zh: '联系电话后四位', en: 'the last four digits of a phone' },
  pin: { zh: '客服密码', en: 'a PIN' },
  none: { zh: '只凭编号', en: 'the number alone' },
};

const list = (items: readonly string[], language: Language) => items.join(language === 'zh' ? '、' : ', ');
const quoted = (text: string) => `“${text}”`;
const sentence = (parts: readonly string[], language: Language) =>
  parts.filter(Boolean).join(language === 'zh' ? '；' : '; ');

/** Where a field begins from; `data.order.orderedAt` is a field of the record that another field names. */
export const sayFrom = (pack: Seen, from: string, language: Language): string => {
  const [root, second = '', third] = from.split('.');
  const names = namesOfFacts(pack, language);
  if (root === 'me') return inHandNames[second as InHandFact]?.[language] ?? from;
  if (root === 'data' && third) {
    const [record, field] = [names.path(`data.${second}`), names.path(`data.${third}`)];
    return language === 'zh' ? `所选${record}的${field}` : `${field} of the ${record} chosen`;
  }
  if (from === 'ticket.recurring')
    return { zh: '30 天内同类投诉是否再次发生', en: 'whether it recurs within 30 days' }[language];
  if (from === 'ticket.earlier')
    return { zh: '30 天内上一件同类投诉的工单号', en: 'the earlier complaint within 30 days' }[language];
  return names.path(from);
};

/** What a field asks beside its type: when it is shown, what it may hold, where it begins from, who fills it in. */
export const sayField = (pack: Seen, field: Field, language: Language, names: Names): string[] => {
  const zh = language === 'zh';
  const { min, max } = field;
  return [
    field.showIf
      ? zh
        ? `当${sayCondition(pack, field.showIf, 'zh')}才填`
        : `only when ${sayCondition(pack, field.showIf, 'en')}`
      : '',
    field.kind
      ? zh
        ? `引用《${kindIn(pack, field.kind)?.name.zh ?? field.kind}》`
        : `names a “${kindIn(pack, field.kind)?.name.en ?? field.kind}”`
      : '',
    min === undefined ? '' : zh ? `不小于 ${min}` : `at least ${min}`,
    max === undefined ? '' : zh ? `不大于 ${max}` : `at most ${max}`,
    field.pattern ? (zh ? `格式 ${field.pattern}` : `of the form ${field.pattern}`) : '',
    field.from
      ? zh
        ? `自动带出${sayFrom(pack, field.from, 'zh')}`
        : `begins with ${sayFrom(pack, field.from, 'en')}`
      : '',
    field.default === undefined
      ? ''
      : zh
        ? `预填${namesOfFacts(pack, 'zh').value(`data.${field.key}`, field.default)}`
        : `${namesOfFacts(pack, 'en').value(`data.${field.key}`, field.default)} unless changed`,
    field.masked ? (zh ? '打码显示' : 'shown masked') : '',
    field.masked === false ? (zh ? '不打码' : 'shown whole') : '',
    field.by
      ? zh
        ? `只由${list(field.by.map(names.role), 'zh')}填写`
        : `filled in by ${list(field.by.map(names.role), 'en')} only`
      : '',
    field.help ? (zh ? `说明：${field.help.zh}` : `help: ${field.help.en}`) : '',
  ].filter(Boolean);
};

/** The parts of a kind beside its name and fields, in the order in which they are told and edited. */
export const kindParts = [
  'is',
  'number',
  'title',
  'script',
  'states',
  'moves',
  'fixed',
  'unique',
  'list',
  'card',
  'print',
  'day',
  'group',
  'groupFrom',
  'personal',
  'gathers',
  'score',
  'lookup',
  'portal',
  'opens',
  'calls',
] as const satisfies readonly (keyof RecordKind)[];
export type KindPart = (typeof kindParts)[number];

/** A number as it may look: `SH20260305001`. */
export const sampleNumber = ({ prefix, per, digits }: NonNullable<RecordKind['number']>): string =>
  `${prefix}${{ day: '20260305', month: '202603', ever: '' }[per]}${'1'.padStart(digits, '0')}`;

type Say = (pack: Seen, kind: RecordKind, language: Language, names: Names) => readonly string[];
const fieldsIn = (kind: RecordKind, keys: readonly string[] | undefined, language: Language) =>
  list(
    (keys ?? []).map((key) => kind.fields.find((field) => field.key === key)?.[language] ?? key),
    language,
  );
const statesIn = (kind: RecordKind, keys: readonly string[] | undefined, language: Language) =>
  list(
    (keys ?? []).map((key) => kind.states?.find((state) => state.key === key)?.[language] ?? key),
    language,
  );
const nameIn = (kind: RecordKind, key: string | undefined, language: Language) =>
  key === undefined ? '' : quoted(fieldsIn(kind, [key], language));

const sayMoves: Say = (pack, kind, language, names) =>
  (kind.moves ?? []).map((move) => {
    const zh = language === 'zh';
    const own = through(pack, kind.key);
    return sentence(
      [
        `${quoted(move[language])}${zh ? '：' : ': '}${statesIn(kind, move.from, language)} → ${statesIn(kind, [move.to], language)}`,
        move.if
          ? zh
            ? `当${sayCondition(own, move.if, 'zh')}`
            : `when ${sayCondition(own, move.if, 'en')}`
          : '',
        move.refused ? (zh ? `否则提示“${move.refused.zh}”` : `else told “${move.refused.en}”`) : '',
        move.roles
          ? move.roles.length === 0
            ? { zh: '只由流程变更', en: 'by the playbook only' }[language]
            : zh
              ? `只由${list(move.roles.map(names.role), 'zh')}变更`
              : `by ${list(move.roles.map(names.role), 'en')} only`
          : '',
      ],
      language,
    );
  });

const sayLookup: Say = (_, kind, language) => {
  const { lookup } = kind;
  if (!lookup) return [];
  const zh = language === 'zh';
  const proof = proofs[lookup.proof][language];
  const field = nameIn(kind, lookup.proof === 'pin' ? lookup.pin : lookup.phone, language);
  return [
    sentence(
      [
        lookup.proof === 'none'
          ? proof
          : zh
            ? `凭编号和${proof}${field && `（${field}）`}`
            : `by number and ${proof}${field && ` (${field})`}`,
        zh ? `可看到${fieldsIn(kind, lookup.show, 'zh')}` : `shows ${fieldsIn(kind, lookup.show, 'en')}`,
        lookup.pattern ? (zh ? `编号格式 ${lookup.pattern}` : `numbers of the form ${lookup.pattern}`) : '',
      ],
      language,
    ),
  ];
};

const sayPortal: Say = (pack, kind, language) => {
  const { portal } = kind;
  if (!portal) return [];
  const zh = language === 'zh';
  const own = namesOfFacts(through(pack, kind.key), language);
  return [
    zh
      ? `客户填写“${portal.called.zh}”：${fieldsIn(kind, portal.fields, 'zh')}`
      : `customers fill in “${portal.called.en}”: ${fieldsIn(kind, portal.fields, 'en')}`,
    ...Object.entries(portal.only ?? {}).map(([key, options]) => {
      const left = list(
        options.map((one) => own.value(`record.${key}`, one)),
        language,
      );
      return zh ? `${nameIn(kind, key, 'zh')}只给选${left}` : `of ${nameIn(kind, key, 'en')} only ${left}`;
    }),
    ...Object.entries(portal.set ?? {}).map(([key, value]) =>
      zh
        ? `${nameIn(kind, key, 'zh')}由中心填为${own.value(`record.${key}`, value)}`
        : `${nameIn(kind, key, 'en')} is set to ${own.value(`record.${key}`, value)}`,
    ),
    portal.name
      ? zh
        ? `姓名记入${nameIn(kind, portal.name, 'zh')}`
        : `their name goes into ${nameIn(kind, portal.name, 'en')}`
      : '',
    portal.phone
      ? zh
        ? `电话记入${nameIn(kind, portal.phone, 'zh')}`
        : `their phone goes into ${nameIn(kind, portal.phone, 'en')}`
      : '',
    zh ? `提交后告知：“${portal.promise.zh}”` : `told when sent: “${portal.promise.en}”`,
  ].filter(Boolean);
};

const sayCalls: Say = (_, kind, language) => {
  const { calls } = kind;
  if (!calls) return [];
  const zh = language === 'zh';
  const options = kind.fields.find(({ key }) => key === calls.dead)?.options ?? [];
  return [
    ...Object.entries(calls.addresses).map(
      ([key, address]) =>
        `${options.find((one) => one.key === key)?.[language] ?? key}${zh ? '：' : ': '}${address}`,
    ),
    zh
      ? `打不开的记入${nameIn(kind, calls.dead, 'zh')}，原因记入${nameIn(kind, calls.note, 'zh')}，时间记入${nameIn(kind, calls.at, 'zh')}`
      : `those that do not answer go into ${nameIn(kind, calls.dead, 'en')}, why into ${nameIn(kind, calls.note, 'en')}, when into ${nameIn(kind, calls.at, 'en')}`,
  ];
};

const sayUnique: Say = (_, kind, language) =>
  (kind.unique ?? []).map((one) => {
    const zh = language === 'zh';
    const fields = fieldsIn(kind, one.fields, language);
    return sentence(
      [
        zh ? `${fields}相同的只能有一条` : `one record with the same ${fields}`,
        one.while
          ? zh
            ? `状态是${statesIn(kind, one.while, 'zh')}时`
            : `while ${statesIn(kind, one.while, 'en')}`
          : '',
        one.apart
          ? zh
            ? `${nameIn(kind, one.apart.field, 'zh')}相隔 ${sayDuration(one.apart.by, 'zh')}以上的不算`
            : `unless ${nameIn(kind, one.apart.field, 'en')} is ${sayDuration(one.apart.by, 'en')} apart`
          : '',
        zh ? `否则提示“${one.refused.zh}”` : `else told “${one.refused.en}”`,
      ],
      language,
    );
  });

const sayings: Record<KindPart, Say> = {
  is: (_, kind, language) => [
    { form: { zh: '登记表', en: 'form' }, object: { zh: '业务对象', en: 'business object' } }[kind.is][
      language
    ],
  ],
  number: (_, { number }, language) =>
    number
      ? [
          language === 'zh'
            ? `如 ${sampleNumber(number)}，${series[number.per].zh}`
            : `such as ${sampleNumber(number)}, ${series[number.per].en}`,
        ]
      : [],
  title: (pack, kind, language) => [
    spoken(through(pack, kind.key), kind.title, language)
      .map(({ text, variable }) => (variable ? (language === 'zh' ? `【${text}】` : `[${text}]`) : text))
      .join(''),
  ],
  script: (pack, { script }, language) =>
    script ? [pack.scripts.find(({ key }) => key === script)?.[language].title ?? script] : [],
  states: (_, { states = [] }, language) =>
    states.length > 0
      ? [
          states
            .map((state) => {
              const beside = [
                state.final ? { zh: '终点', en: 'an end' }[language] : '',
                state.tone ? tones[state.tone][language] : '',
              ].filter(Boolean);
              return `${state[language]}${beside.length > 0 ? (language === 'zh' ? `（${beside.join('，')}）` : ` (${beside.join(', ')})`) : ''}`;
            })
            .join(' → '),
        ]
      : [],
  moves: sayMoves,
  fixed: (_, kind, language) =>
    (kind.fixed ?? []).map((one) => {
      const rule =
        language === 'zh'
          ? `状态是${statesIn(kind, one.while, 'zh')}时，${fieldsIn(kind, one.fields, 'zh')}不能再改`
          : `while ${statesIn(kind, one.while, 'en')}, ${fieldsIn(kind, one.fields, 'en')} can no longer be changed`;
      if (!one.refused) return rule;
      return `${rule}${language === 'zh' ? '，提示' : ', saying '}“${one.refused[language]}”`;
    }),
  unique: sayUnique,
  list: (_, kind, language) => (kind.list ? [fieldsIn(kind, kind.list, language)] : []),
  card: (_, kind, language) => (kind.card ? [fieldsIn(kind, kind.card, language)] : []),
  print: (_, kind, language) =>
    (kind.print ?? []).map(
      (group) =>
        `${group[language]}${language === 'zh' ? '：' : ': '}${fieldsIn(kind, group.fields, language)}`,
    ),
  day: (_, kind, language) => (kind.day ? [fieldsIn(kind, [kind.day], language)] : []),
  group: (_, { group }, __, names) => (group ? [names.group(group)] : []),
  groupFrom: (_, kind, language) => (kind.groupFrom ? [fieldsIn(kind, [kind.groupFrom], language)] : []),
  personal: (_, kind, language) => (kind.personal ? [fieldsIn(kind, [kind.personal], language)] : []),
  gathers: (_, { gathers }, language) => (gathers ? [{ zh: '是', en: 'yes' }[language]] : []),
  score: (_, kind, language) =>
    kind.score
      ? [
          language === 'zh'
            ? `记入${nameIn(kind, kind.score.into, 'zh')}`
            : `goes into ${nameIn(kind, kind.score.into, 'en')}`,
          list(
            Object.entries(kind.score.weights).map(
              ([key, weight]) => `${fieldsIn(kind, [key], language)} ${weight}`,
            ),
            language,
          ),
        ]
      : [],
  lookup: sayLookup,
  portal: sayPortal,
  opens: (_, kind, language) =>
    kind.opens
      ? [
          language === 'zh'
            ? `${nameIn(kind, kind.opens.link, 'zh')}里的网址换成本中心的告诉客户；首次打开的时间记入${nameIn(kind, kind.opens.at, 'zh')}，次数记入${nameIn(kind, kind.opens.times, 'zh')}`
            : `the address in ${nameIn(kind, kind.opens.link, 'en')} is told as one of ours; when it was first opened goes into ${nameIn(kind, kind.opens.at, 'en')}, how often into ${nameIn(kind, kind.opens.times, 'en')}`,
        ]
      : [],
  calls: sayCalls,
};

/** One part of a kind, a line each; none where it has none. */
export const sayKindPart = (
  pack: Seen,
  kind: RecordKind,
  part: KindPart,
  language: Language,
  names: Names,
): readonly string[] => sayings[part](pack, kind, language, names);
