/** What policies say to people: who does what within the time, for each kind, in both languages. */
import type { DeadlineKind } from '#contracts/words.ts';
import type { PolicyFault } from './rules.ts';

type Deed = { who: string; deed: string };

export const deeds: Record<DeadlineKind, { 'zh-CN': Deed; en: Deed }> = {
  offer: {
    'zh-CN': { who: '客服', deed: '接受派给自己的会话' },
    en: { who: 'the agent', deed: 'accepts the offered conversation' },
  },
  first_answer: {
    'zh-CN': { who: '客服', deed: '人工应答' },
    en: { who: 'an agent', deed: 'answers in person' },
  },
  classify: {
    'zh-CN': { who: '客服', deed: '完成分类并指定部门' },
    en: { who: 'the agent', deed: 'sets category and department' },
  },
  first_reply: {
    'zh-CN': { who: '客服', deed: '给出首次人工回复' },
    en: { who: 'an agent', deed: 'sends the first human reply' },
  },
  start: {
    'zh-CN': { who: '处理人', deed: '开始处理' },
    en: { who: 'the assignee', deed: 'starts handling' },
  },
  respond: {
    'zh-CN': { who: '处理人', deed: '响应客户' },
    en: { who: 'the assignee', deed: 'responds to the customer' },
  },
  resolve: {
    'zh-CN': { who: '处理人', deed: '解决工单' },
    en: { who: 'the assignee', deed: 'resolves the ticket' },
  },
  escalation: {
    'zh-CN': { who: '工程师', deed: '把无法解决的问题升级给技术主管' },
    en: { who: 'the engineer', deed: 'raises an unsolved problem to the technical lead' },
  },
  progress: {
    'zh-CN': { who: '负责人', deed: '更新进度并告知客户' },
    en: { who: 'the owner', deed: 'updates progress and tells the customer' },
  },
  complaint_contact: {
    'zh-CN': { who: '客服专员', deed: '首次联系投诉客户' },
    en: { who: 'the complaint handler', deed: 'first contacts the complainant' },
  },
  complaint_plan: {
    'zh-CN': { who: '客服专员', deed: '给出投诉解决方案' },
    en: { who: 'the complaint handler', deed: 'offers a plan' },
  },
  manager_callback: {
    'zh-CN': { who: '服务经理', deed: '回访投诉客户' },
    en: { who: 'the service manager', deed: 'calls the customer back' },
  },
  survey: {
    'zh-CN': { who: '系统', deed: '发送满意度邀评' },
    en: { who: 'the system', deed: 'sends the satisfaction survey' },
  },
  emergency_contact: {
    'zh-CN': { who: '客服', deed: '联系客户核实紧急情况' },
    en: { who: 'an agent', deed: 'contacts the customer about the emergency' },
  },
  acknowledge: {
    'zh-CN': { who: '被通知人', deed: '确认告警' },
    en: { who: 'the notified person', deed: 'acknowledges the alert' },
  },
  order_query: {
    'zh-CN': { who: '客服', deed: '回复客户的订单查询' },
    en: { who: 'an agent', deed: 'answers the order query' },
  },
  confirm_reminder: {
    'zh-CN': { who: '系统', deed: '再次提醒客户确认' },
    en: { who: 'the system', deed: 'reminds the customer to confirm' },
  },
  step: {
    'zh-CN': { who: '责任人', deed: '完成流程步骤' },
    en: { who: 'who is responsible', deed: 'finishes the step' },
  },
  commitment: {
    'zh-CN': { who: '承诺人', deed: '兑现承诺' },
    en: { who: 'who promised', deed: 'keeps the promise' },
  },
  callback: {
    'zh-CN': { who: '责任人', deed: '回访客户' },
    en: { who: 'who is responsible', deed: 'calls back' },
  },
  approval: { 'zh-CN': { who: '审批人', deed: '审批' }, en: { who: 'the approver', deed: 'decides' } },
  follow_up: {
    'zh-CN': { who: '责任人', deed: '跟进客户' },
    en: { who: 'who is responsible', deed: 'follows up' },
  },
};

export const sentences = {
  'zh-CN': {
    anywhere: '所有渠道',
    joint: '、',
    channel: '{value}渠道',
    category: '分类「{value}」',
    priority: '{value}',
    customerLevel: '{value}客户',
    groupId: '技能组「{value}」',
    intent: '「{value}」',
    day: '{count} 个工作日',
    days: '{count} 个工作日',
    target: '{where}：{who}须在 {length}内{deed}（按{unit}计）',
    none: '{where}：{deed}不设时限（—）',
    promise: '{length}内{deed}',
    inUnit: '（按{unit}计）',
  },
  en: {
    anywhere: 'Everywhere',
    joint: ', ',
    channel: '{value}',
    category: 'category “{value}”',
    priority: '{value}',
    customerLevel: '{value} customers',
    groupId: 'group “{value}”',
    intent: '“{value}”',
    day: '{count} working day',
    days: '{count} working days',
    target: '{where}: {who} {deed} within {length} ({unit})',
    none: '{where}: no target for when {who} {deed} (—)',
    promise: '{who} {deed} within {length}',
    inUnit: ' ({unit})',
  },
} as const;

export const intents: Record<string, { 'zh-CN': string; en: string }> = {
  severe: { 'zh-CN': '严重问题', en: 'severe problem' },
  order_query: { 'zh-CN': '查订单', en: 'order query' },
};

export const faultTexts: Record<PolicyFault['code'], { 'zh-CN': string; en: string }> = {
  TARGET_NOT_POSITIVE: {
    'zh-CN': '时限必须大于零，不设时限请留空',
    en: 'a target is above zero, or empty for none',
  },
  WARN_OUT_OF_RANGE: {
    'zh-CN': '预警比例应大于 0、不超过 1',
    en: 'a warning is at a share above 0 and up to 1',
  },
  LADDER_NEGATIVE: {
    'zh-CN': '升级步骤的时间不能为负',
    en: 'a step of the ladder cannot lie before the breach',
  },
  LADDER_UNORDERED: {
    'zh-CN': '升级步骤应按时间先后排列',
    en: 'the steps of the ladder stand in order of time',
  },
  CALENDAR_UNKNOWN: { 'zh-CN': '所选日历不存在', en: 'there is no such calendar' },
  GROUP_UNKNOWN: { 'zh-CN': '所选技能组不存在', en: 'there is no such group' },
};
