/** The facts of a ticket that a view of one's own may ask for, in the condition language of packs. */
import { readCondition, spelled } from './conditions.ts';
import type { Condition, ConditionFault, Test } from './conditions.ts';
import type { Words } from './pack-record.ts';
import { labels } from './words.ts';

/** text: a word or words · number · yes: yes or no · list: several words · ref: one of the centre's own, by id or key. */
export type ViewFact = Words & {
  type: 'text' | 'number' | 'yes' | 'list' | 'ref';
  /** What it may be, where that is fixed. */ values?: readonly (Words & { key: string })[];
};
const ofLabels = (list: string) =>
  Object.entries(labels[list]!).map(([key, words]) => ({ key, zh: words.zh, en: words.en }));

export const viewFacts = {
  'ticket.priority': { type: 'text', zh: '优先级', en: 'the priority', values: ofLabels('priority') },
  'ticket.status': { type: 'text', zh: '工单状态', en: 'the status', values: ofLabels('ticketStatus') },
  'ticket.category': { type: 'text', zh: '工单分类', en: 'the category' },
  'ticket.product': { type: 'ref', zh: '产品', en: 'the product' },
  'ticket.channel': { type: 'text', zh: '渠道', en: 'the channel', values: ofLabels('channelKind') },
  'ticket.group': { type: 'ref', zh: '技能组', en: 'the group' },
  'ticket.myGroup': { type: 'yes', zh: '在我的组', en: 'it is with a group of mine' },
  'ticket.assignee': { type: 'ref', zh: '处理人', en: 'the assignee' },
  'ticket.mine': { type: 'yes', zh: '由我处理', en: 'I work on it' },
  'ticket.accountable': { type: 'ref', zh: '首问责任人', en: 'the accountable person' },
  'ticket.clock': {
    type: 'text',
    zh: '时限',
    en: 'the next clock',
    values: [
      { key: 'running', zh: '计时中', en: 'is running' },
      { key: 'warned', zh: '即将超时', en: 'is nearly due' },
      { key: 'breached', zh: '已超时', en: 'is overdue' },
      { key: 'paused', zh: '已暂停', en: 'is paused' },
    ],
  },
  'ticket.dueInMinutes': { type: 'number', zh: '距下一时限的分钟数', en: 'the minutes until the next clock' },
  'ticket.stepLate': { type: 'yes', zh: '流程步骤超时', en: 'a step of a playbook is late' },
  'ticket.ageHours': { type: 'number', zh: '受理至今的小时数', en: 'the hours since it was received' },
  'ticket.quietHours': { type: 'number', zh: '多少小时没有动静', en: 'the hours without a change' },
  'ticket.complaint': { type: 'yes', zh: '投诉', en: 'complaint' },
  'ticket.emergency': { type: 'yes', zh: '紧急事件', en: 'emergency' },
  'ticket.escalation': { type: 'number', zh: '升级级别', en: 'the level of escalation' },
  'ticket.urged': { type: 'number', zh: '催办次数', en: 'how often it was urged' },
  'ticket.reopened': { type: 'number', zh: '重开次数', en: 'how often it was reopened' },
  'ticket.isPart': { type: 'yes', zh: '是子工单', en: 'it is a sub-ticket' },
  'ticket.resolved': { type: 'yes', zh: '工单已解决', en: 'it is solved' },
  'ticket.urgency': { type: 'text', zh: '紧急程度', en: 'the urgency', values: ofLabels('urgency') },
  'ticket.impact': { type: 'text', zh: '影响范围', en: 'the impact', values: ofLabels('impact') },
  'ticket.affectedUsers': { type: 'number', zh: '受影响人数', en: 'the people affected' },
  'ticket.lossAmount': { type: 'number', zh: '损失金额', en: 'the loss' },
  'ticket.subject': { type: 'text', zh: '主题', en: 'the subject' },
  'customer.name': { type: 'text', zh: '客户名称', en: 'the customer' },
  'customer.kind': {
    type: 'text',
    zh: '客户类型',
    en: 'the kind of customer',
    values: ofLabels('customerKind'),
  },
  'customer.level': {
    type: 'text',
    zh: '客户等级',
    en: 'the level of the customer',
    values: ofLabels('customerLevel'),
  },
  'customer.class': { type: 'text', zh: '客户分类', en: 'the class of the customer' },
  'customer.tags': { type: 'list', zh: '客户标签', en: 'the tags of the customer' },
} as const satisfies Record<string, ViewFact>;
export type ViewFactPath = keyof typeof viewFacts;

/** Comparisons that mean something for a fact of this type. */
const fitting: Record<ViewFact['type'], readonly string[]> = {
  text: ['is', 'not', 'in', 'has', 'startsWith', 'empty'],
  number: ['is', 'not', 'in', 'over', 'atLeast', 'under', 'atMost', 'empty'],
  yes: ['is', 'not'],
  list: ['has', 'empty'],
  ref: ['is', 'not', 'in', 'empty'],
};
const factOf = (path: string): ViewFact | undefined =>
  Object.hasOwn(viewFacts, path) ? viewFacts[path as ViewFactPath] : undefined;
export const comparisonsOf = (path: string): readonly string[] => fitting[factOf(path)?.type ?? 'text'];

/** Comparisons with a whole value. */
const listed = ['is', 'not', 'in'];
/** Facts asked for at most; what needs more is several views. */
export const mostAsked = 20;
const isFitting = (type: ViewFact['type'], operator: string, wanted: unknown): boolean => {
  if (operator === 'empty') return typeof wanted === 'boolean';
  const kind = type === 'yes' ? 'boolean' : type === 'number' ? 'number' : 'string';
  const several = operator === 'in' || (operator === 'not' && Array.isArray(wanted));
  const values: unknown[] = several ? (Array.isArray(wanted) ? wanted : []) : [wanted];
  return (
    values.length > 0 && values.every((one) => typeof one === kind && one !== '' && String(one).length <= 200)
  );
};

/** What is wrong with the condition of a view, each with its place. */
export const viewFaults = (condition: unknown): ConditionFault[] => {
  const { faults, paths } = readCondition(condition);
  if (faults.length > 0) return faults;
  if (paths.length === 0) return [{ at: '', zh: '至少写一个条件', en: 'ask for at least one thing' }];
  if (paths.length > mostAsked)
    return [
      {
        at: '',
        zh: `最多 ${mostAsked} 个条件，现有 ${paths.length} 个；请分成几个视图`,
        en: `at most ${mostAsked} conditions, there are ${paths.length}; make several views of it`,
      },
    ];
  return testsOf(condition as Condition, '').flatMap(({ at, path, operator, wanted }) => {
    const fact = factOf(path);
    if (!fact)
      return [
        {
          at,
          zh: `视图不认识“${path}”，可用：${Object.keys(viewFacts).join('、')}`,
          en: `a view does not know "${path}"; there are: ${Object.keys(viewFacts).join(', ')}`,
        },
      ];
    if (!fitting[fact.type].includes(operator) || !isFitting(fact.type, operator, wanted))
      return [
        {
          at,
          zh: `“${fact.zh}”不能这样比较，或没有填取值`,
          en: `"${fact.en}" cannot be compared so, or the value is missing`,
        },
      ];
    const strange = fact.values
      ? ([wanted].flat() as unknown[]).filter(
          (one) => listed.includes(operator) && !fact.values!.some(({ key }) => key === one),
        )
      : [];
    return strange.map((one) => ({
      at,
      zh: `“${fact.zh}”没有“${String(one)}”，可用：${fact.values!.map(({ key }) => key).join('、')}`,
      en: `"${fact.en}" is never "${String(one)}"; there are: ${fact.values!.map(({ key }) => key).join(', ')}`,
    }));
  });
};

type Asked = { at: string; path: string; operator: string; wanted: unknown };
const testsOf = (condition: Condition, at: string): Asked[] =>
  Object.entries(condition).flatMap(([key, value]): Asked[] => {
    const place = `${at}/${key}`;
    if (key === 'not') return testsOf(value as Condition, place);
    if (key === 'all' || key === 'any')
      return (value as Condition[]).flatMap((one, i) => testsOf(one, `${place}/${i}`));
    return Object.entries(spelled(value as Test)).map(([operator, wanted]) => ({
      at: place,
      path: key,
      operator,
      wanted,
    }));
  });
