/** A playbook told in words: who does what by when, and where it goes from there. Pure. */
import { sentenceOf } from '#contracts/conditions.ts';
import type { Condition, Scalar } from '#contracts/conditions.ts';
import { sayDuration } from '#contracts/durations.ts';
import { events } from '#contracts/events.ts';
import { stepOf, theEnd } from '#contracts/flow.ts';
import type { ViewFact } from '#contracts/view-facts.ts';
import type { Field, Pack, RecordKind, scriptVariables, Step, Who, Words } from '#contracts/pack.ts';
import { labels } from '#contracts/words.ts';

export type Language = 'zh' | 'en';
/** Names that only the centre knows, by key: roles, groups, playbooks, categories of tickets. */
export type Names = {
  role(key: string): string;
  group(key: string): string;
  playbook?(key: string): string;
  category?(key: string): string;
};
/** A pack with the kinds of other packs that it names among its records, and the rest of the centre's kinds beside it. */
export type Seen = Pack & {
  others?: readonly RecordKind[];
  known?: KnownFacts;
  /** By fact, what this centre has of its own: its categories, for example. */ centre?: Readonly<
    Record<string, readonly { key: string; zh: string; en: string }[]>
  >;
};
/** The only facts that may be asked for, where it is no playbook that asks: their words, and what they may be. */
export type KnownFacts = Readonly<Record<string, ViewFact>>;

/** The pack as it is read here: fields that other packs bring have their words too. */
export const seenWith = (pack: Seen, kinds: readonly (RecordKind & { pack: string })[]): Seen => {
  const own = new Set(pack.records.map(({ key }) => key));
  const text = JSON.stringify(pack);
  const [named, others] = [[], []] as [RecordKind[], RecordKind[]];
  for (const kind of kinds)
    if (!own.has(kind.key))
      (pack.needs?.includes(kind.pack) || text.includes(`"${kind.key}"`) ? named : others).push(kind);
  return { ...pack, records: [...pack.records, ...named], others };
};

const paths: Record<string, Words> = {
  'ticket.status': { zh: '工单状态', en: 'the ticket status' },
  'ticket.priority': { zh: '优先级', en: 'the priority' },
  'ticket.category': { zh: '工单分类', en: 'the category' },
  'ticket.channel': { zh: '渠道', en: 'the channel' },
  'ticket.product': { zh: '产品', en: 'the product' },
  'ticket.complaint': { zh: '投诉', en: 'complaint' },
  'ticket.emergency': { zh: '紧急事件', en: 'emergency' },
  'ticket.urgency': { zh: '紧急程度', en: 'the urgency' },
  'ticket.impact': { zh: '影响范围', en: 'the impact' },
  'ticket.productName': { zh: '产品名称', en: 'the name of the product' },
  'ticket.resolved': { zh: '工单已解决', en: 'the ticket is solved' },
  'customer.industry': { zh: '客户行业', en: 'the industry of the customer' },
  'conversation.channel': { zh: '会话渠道', en: 'the channel of the talk' },
  'customer.kind': { zh: '客户类型', en: 'the kind of customer' },
  'customer.level': { zh: '客户等级', en: 'the level of the customer' },
  'customer.class': { zh: '客户分类', en: 'the class of the customer' },
  'customer.remark': { zh: '客户备注', en: 'the remark on the customer' },
  'customer.tags': { zh: '客户标签', en: 'the tags of the customer' },
  'customer.preferredChannel': { zh: '偏好渠道', en: 'the preferred channel' },
  'customer.csat': { zh: '满意度', en: 'the satisfaction' },
  'customer.purchases.change': { zh: '购买频次变化（%）', en: 'the change in purchases (%)' },
  'customer.purchases.recent': { zh: '近三个月购买次数', en: 'purchases in three months' },
  'record.state': { zh: '记录状态', en: 'the state of the record' },
  'record.number': { zh: '编号', en: 'its number' },
  'record.title': { zh: '标题', en: 'its title' },
  'record.kind': { zh: '记录类型', en: 'the kind of record' },
  'event.to': { zh: '变为', en: 'it becomes' },
  'event.from': { zh: '原状态', en: 'it was' },
  'customer.birthdayToday': { zh: '今天生日', en: 'birthday today' },
  'customer.monthlyToday': { zh: '标签“每月几日”是今天', en: 'a tag “每月…日” names today' },
  'customer.cooperationSince': { zh: '首次合作时间', en: 'customer since' },
  'customer.purchases.items': { zh: '90 天内买过的商品', en: 'what was bought in 90 days' },
  'customer.ageDays': { zh: '建档天数', en: 'days since registered' },
  'record.createdAt': { zh: '登记时间', en: 'when it was registered' },
  'record.onTicket': { zh: '关联了工单', en: 'it hangs on a ticket' },
  'ticket.isPart': { zh: '是子工单', en: 'it is a sub-ticket' },
  'ticket.resolvedAt': { zh: '工单解决时间', en: 'when the ticket was solved' },
  'ticket.createdAt': { zh: '工单受理时间', en: 'when the ticket was taken' },
  'run.startedAt': { zh: '流程开始时间', en: 'when the run began' },
  'event.each': { zh: '启动周期', en: 'the period that starts it' },
  'event.at': { zh: '启动时刻', en: 'the time that starts it' },
  'event.on': { zh: '启动日', en: 'the day that starts it' },
  'event.holiday': { zh: '节日', en: 'the holiday' },
  'event.fields': { zh: '改动的字段', en: 'the fields changed' },
  'event.state': { zh: '当时状态', en: 'the state then' },
  'actor.roles': { zh: '办理人角色', en: 'the roles of who does it' },
};
/** What a variable of the words stands for. */
export const variableNames: Record<(typeof scriptVariables)[number], Words> = {
  'customer.name': { zh: '客户名称', en: 'customer' },
  'customer.contactName': { zh: '联系人', en: 'contact person' },
  'customer.company': { zh: '客户单位', en: 'customer’s company' },
  'customer.level': { zh: '客户等级', en: 'level of the customer' },
  'ticket.number': { zh: '工单号', en: 'ticket number' },
  'ticket.subject': { zh: '工单主题', en: 'ticket subject' },
  'ticket.priority': { zh: '优先级', en: 'priority' },
  'ticket.etaAt': { zh: '预计完成时间', en: 'expected time' },
  'conversation.brand': { zh: '品牌', en: 'brand' },
  'record.number': { zh: '记录编号', en: 'record number' },
  'record.state': { zh: '记录状态', en: 'state of the record' },
  'agent.name': { zh: '坐席姓名', en: 'agent’s name' },
  'agent.staffNo': { zh: '坐席工号', en: 'agent’s number' },
  'agent.surname': { zh: '坐席姓氏', en: 'agent’s surname' },
  'centre.company': { zh: '企业名称', en: 'our company' },
  'centre.companyEn': { zh: '企业英文名', en: 'our company in English' },
  'centre.hotline': { zh: '服务热线', en: 'our hotline' },
  'run.promisedAt': { zh: '约定时间', en: 'promised time' },
};
/** Words cut at their variables: what is said as it stands, and the names of what will stand there. */
export const spoken = (pack: Pack, body: string, language: Language): { text: string; variable: boolean }[] =>
  body.split(/\{\{\s*([\w.]+)\s*\}\}/).map((text, at) => ({
    text:
      at % 2 === 1
        ? ((variableNames as Record<string, Words>)[text]?.[language] ??
          namesOfFacts(pack, language).path(text))
        : text,
    variable: at % 2 === 1,
  }));
const yesNo: { key: string; zh: string; en: string }[] = [
  { key: 'true', zh: '是', en: 'yes' },
  { key: 'false', zh: '否', en: 'no' },
];
const decided = [
  { key: 'approved', zh: '通过', en: 'approved' },
  { key: 'rejected', zh: '驳回', en: 'rejected' },
];
const each = [
  { key: 'hour', zh: '每小时', en: 'every hour' },
  { key: 'day', zh: '每天', en: 'every day' },
  { key: 'week', zh: '每周', en: 'every week' },
  { key: 'month', zh: '每月', en: 'every month' },
  { key: 'quarter', zh: '每季度', en: 'every quarter' },
  { key: 'year', zh: '每年', en: 'every year' },
];
const lists: Record<string, string> = {
  'ticket.status': 'ticketStatus',
  'ticket.priority': 'priority',
  'ticket.urgency': 'urgency',
  'ticket.impact': 'impact',
  'ticket.channel': 'channelKind',
  'customer.kind': 'customerKind',
  'customer.level': 'customerLevel',
};

export const fieldAt = (pack: Seen, path: string): Field | undefined => {
  const [root, second, third] = path.split('.');
  const key = root === 'answers' ? third : root === 'record' && second === 'data' ? third : second;
  const step = root === 'answers' ? stepOf(pack, second!) : undefined;
  const all = [
    ...(step?.fields ?? []),
    ...pack.records.flatMap(({ fields }) => fields),
    ...pack.steps.flatMap(({ fields = [] }) => fields),
    ...(pack.others ?? []).flatMap(({ fields }) => fields),
  ];
  return all.find((field) => field.key === key);
};

/** What a fact may be, where that is a list: a condition chooses from it, and its sentence says it in words. */
export const valuesOf = (
  pack: Seen,
  path: string,
): readonly { key: string; zh: string; en: string }[] | undefined => {
  if (pack.known) return pack.known[path]?.type === 'yes' ? yesNo : pack.known[path]?.values;
  const [root, second, third] = path.split('.');
  if (root === 'answers' && third === 'outcome') {
    const step = stepOf(pack, second!);
    const usual = Object.entries(labels.callOutcome!).map(([key, words]) => ({ key, ...words }));
    if (step?.kind === 'approve') return decided;
    return step?.kind === 'call' ? [...(step.choices ?? []), ...usual] : step?.choices;
  }
  if (path === 'record.state' || path === 'event.to' || path === 'event.from')
    return pack.records.flatMap(({ states = [] }) => states);
  if (path === 'record.kind') return pack.records.map(({ key, name }) => ({ key, ...name }));
  if (
    /^(ticket\.(complaint|emergency|resolved|isPart)|record\.onTicket|customer\.(birthday|monthly)Today)$/.test(
      path,
    )
  )
    return yesNo;
  if (path === 'event.each') return each;
  const list = lists[path];
  if (list) return Object.entries(labels[list]!).map(([key, words]) => ({ key, ...words }));
  if (pack.centre?.[path]) return pack.centre[path];
  const field = fieldAt(pack, path);
  return field?.type === 'yes' ? yesNo : field?.options;
};

const fieldFacts = (root: string, { fields }: { fields?: readonly Field[] }): string[] =>
  (fields ?? []).map(({ key }) => `${root}.${key}`);
/** Facts that a condition of this pack may name, `filling` those of what is just filled in too. */
export const factsOf = (pack: Seen, filling = false): string[] =>
  pack.known ? Object.keys(pack.known) : factsOfPack(pack, filling);
const factsOfPack = (pack: Seen, filling: boolean): string[] => [
  ...new Set([
    ...(filling
      ? [...pack.steps, ...pack.records].flatMap((one) => fieldFacts('data', one as { fields?: Field[] }))
      : []),
    ...pack.records.flatMap((kind) => fieldFacts('record', kind)),
    ...pack.steps.flatMap((step) => [
      ...(step.choices || step.kind === 'call' || step.kind === 'approve'
        ? [`answers.${step.key}.outcome`]
        : []),
      ...fieldFacts(`answers.${step.key}`, step),
      ...fieldFacts(`answers.${step.key}`, pack.records.find(({ key }) => key === step.form) ?? {}),
      ...(step.atMost ? [`run.visits.${step.key}`] : []),
    ]),
    ...Object.keys(paths),
  ]),
];

/** How a condition's facts and values are called in this pack. */
export const namesOfFacts = (pack: Seen, language: Language) => ({
  path: (path: string): string => {
    const known =
      pack.known?.[path] ?? paths[path] ?? (variableNames as Record<string, Words | undefined>)[path];
    if (known) return known[language];
    const [, days] = /^customer\.purchases\.in(\d+)days$/.exec(path) ?? [];
    if (days)
      return {
        zh: `近 ${days} 天订单金额（不含已取消）`,
        en: `yuan ordered in ${days} days (without what was cancelled)`,
      }[language];
    const [root, second, third] = path.split('.');
    if (root === 'answers' && third === 'outcome')
      return {
        zh: `“${stepOf(pack, second!)?.name.zh ?? second}”的结果`,
        en: `the outcome of "${stepOf(pack, second!)?.name.en ?? second}"`,
      }[language];
    if (root === 'answers' && third === 'minutesLate')
      return {
        zh: `“${stepOf(pack, second!)?.name.zh ?? second}”超时的分钟数`,
        en: `minutes that "${stepOf(pack, second!)?.name.en ?? second}" was late`,
      }[language];
    if (root === 'run' && second === 'visits')
      return {
        zh: `“${stepOf(pack, third!)?.name.zh ?? third}”的次数`,
        en: `the visits of "${stepOf(pack, third!)?.name.en ?? third}"`,
      }[language];
    if (root === 'record' && second === 'until') {
      const name = fieldAt(pack, `record.${third}`)?.[language] ?? third;
      return { zh: `距${name}的分钟数`, en: `minutes until ${name}` }[language];
    }
    return fieldAt(pack, path)?.[language] ?? path;
  },
  value: (path: string, value: Scalar): string => {
    if (value === true) return { zh: '是', en: 'yes' }[language];
    if (value === false) return { zh: '否', en: 'no' }[language];
    if (value === null) return { zh: '空', en: 'nothing' }[language];
    return valuesOf(pack, path)?.find(({ key }) => key === value)?.[language] ?? String(value);
  },
});

export const sayCondition = (pack: Seen, condition: Condition | undefined, language: Language): string =>
  sentenceOf(condition, language, namesOfFacts(pack, language));

/** Who is told when a step is late, one line each: `30 分钟后主管`. `t` is the catalogue. */
export const sayLate = (
  { late = [] }: Step,
  language: Language,
  t: (key: string, values: Record<string, string>) => string,
): string[] =>
  late.map(({ after, tell }) => {
    const who = t(`library.tell.${tell}`, {});
    return after === '0' ? who : t('library.lateAfter', { after: sayDuration(after, language), who });
  });

/** Steps that the centre does by itself; `tell` and `sample` name others in `to` and `who`. */
const ownSteps = [
  'change',
  'record',
  'customer',
  'assign',
  'ticket',
  'start',
  'collect',
  'wait',
  'branch',
  'end',
];
/** Who does a step. */
export const sayDoer = (step: Step, language: Language, names: Names): string => {
  if (ownSteps.includes(step.kind) || (step.kind === 'tell' && !step.needsAck))
    return sayWho('system', language, names);
  return sayWho(step.kind === 'approve' ? { role: step.by![0]! } : step.who, language, names);
};

export const sayWho = (who: Who | undefined, language: Language, names: Names): string => {
  const words: Record<string, Words> = {
    assignee: { zh: '当前处理人', en: 'the assignee' },
    accountable: { zh: '首问责任人', en: 'the accountable person' },
    starter: { zh: '发起人', en: 'who started it' },
    owner: { zh: '记录负责人', en: 'the owner of the record' },
    system: { zh: '系统', en: 'the centre' },
  };
  if (who === undefined) return words.assignee![language];
  if (typeof who === 'string') return words[who]![language];
  if ('role' in who)
    return who.group
      ? {
          zh: `${names.role(who.role)}（${names.group(who.group)}）`,
          en: `${names.role(who.role)} (${names.group(who.group)})`,
        }[language]
      : names.role(who.role);
  if ('person' in who) return { zh: '表单所写的人', en: 'the person that was named' }[language];
  if ('groupOf' in who) return { zh: '表单所选的组', en: 'the group that was chosen' }[language];
  return names.group(who.group);
};

const instantWords = (
  pack: Seen,
  { at, next, minus, plus }: { at?: string; next?: string; minus?: string; plus?: string },
  language: Language,
): string => {
  const name = next
    ? { zh: `下一个 ${next}`, en: `the next ${next}` }[language]
    : namesOfFacts(pack, language).path(at!);
  if (minus)
    return { zh: `${name}前 ${sayDuration(minus, 'zh')}`, en: `${sayDuration(minus, 'en')} before ${name}` }[
      language
    ];
  if (plus)
    return { zh: `${name}后 ${sayDuration(plus, 'zh')}`, en: `${sayDuration(plus, 'en')} after ${name}` }[
      language
    ];
  return name;
};

/** By when a step must be done, or what a wait waits for; empty when nothing presses. */
export const sayLimit = (pack: Seen, step: Step, language: Language): string => {
  const zh = language === 'zh';
  if (step.until) {
    if ('passed' in step.until)
      return zh
        ? `等待 ${sayDuration(step.until.passed, 'zh')}`
        : `waits ${sayDuration(step.until.passed, 'en')}`;
    if ('instant' in step.until)
      return zh
        ? `等到${instantWords(pack, step.until.instant, 'zh')}`
        : `waits until ${instantWords(pack, step.until.instant, 'en')}`;
    const condition = sayCondition(pack, step.until.if, language);
    const event = (events as Record<string, Words>)[step.until.event]?.[language] ?? step.until.event;
    return zh
      ? `等待“${event}”${condition ? `，且${condition}` : ''}`
      : `waits for “${event}”${condition ? ` where ${condition}` : ''}`;
  }
  const due =
    step.due &&
    (zh ? `${instantWords(pack, step.due, 'zh')}完成` : `by ${instantWords(pack, step.due, 'en')}`);
  if (!step.within) return due ?? '';
  const times = step.per
    ? zh
      ? `（每 ${step.per.each} 个${namesOfFacts(pack, language).path(step.per.of)}）`
      : ` for each ${step.per.each} ${namesOfFacts(pack, language).path(step.per.of)}`
    : '';
  const from = step.from
    ? zh
      ? `，自${namesOfFacts(pack, language).path(step.from)}起`
      : ` from ${namesOfFacts(pack, language).path(step.from)}`
    : '';
  const within = zh
    ? `${sayDuration(step.within, 'zh')}内${times}${from}`
    : `within ${sayDuration(step.within, 'en')}${times}${from}`;
  // The instant counts where it is known, the length where it is not.
  return due ? (zh ? `${due}，未约定则${within}` : `${due}, else ${within}`) : within;
};

/** Where it goes from here, one sentence each way. */
export const sayNext = (pack: Seen, step: Step, language: Language): string[] => {
  const name = (key: string) =>
    key === theEnd
      ? { zh: '结束', en: 'the end' }[language]
      : `“${stepOf(pack, key)?.name[language] ?? key}”`;
  const chosen = (step.choices ?? []).flatMap(({ to, ...words }) =>
    to ? [`${words[language]} → ${name(to)}`] : [],
  );
  const listed = Array.isArray(step.next)
    ? step.next.map(({ if: condition, to }) =>
        condition
          ? {
              zh: `${sayCondition(pack, condition, 'zh')} → ${name(to)}`,
              en: `if ${sayCondition(pack, condition, 'en')} → ${name(to)}`,
            }[language]
          : { zh: `否则 → ${name(to)}`, en: `otherwise → ${name(to)}` }[language],
      )
    : step.next
      ? [`→ ${name(step.next)}`]
      : [];
  return [
    ...chosen,
    ...listed,
    ...(step.rejectTo
      ? [{ zh: `驳回 → ${name(step.rejectTo)}`, en: `rejected → ${name(step.rejectTo)}` }[language]]
      : []),
    ...(step.timeoutTo
      ? [{ zh: `超时 → ${name(step.timeoutTo)}`, en: `timed out → ${name(step.timeoutTo)}` }[language]]
      : []),
    ...(step.fork
      ? [
          {
            zh: `同时进行：${step.fork.map(name).join('、')}`,
            en: `at once: ${step.fork.map(name).join(', ')}`,
          }[language],
        ]
      : []),
  ];
};
