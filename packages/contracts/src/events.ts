/**
 * The event catalogue. An event says what happened, never what to do; it carries ids and words, no personal data.
 * `subject` names whose order of events is kept; `data` is the closed shape of the facts.
 */
import { Type, obj, opt, nullable, Id, Instant, PlainDate, text, oneOf } from './schema.ts';
import type { Static, TSchema } from './schema.ts';
import { ticketStatuses, priorities, closeReasons, deadlineKinds, presenceStates } from './words.ts';

import { talkEvents } from './events-of-talks.ts';
import { workEvents } from './events-of-work.ts';

type Entry = { zh: string; en: string; subject: string; data: TSchema };
const status = oneOf(ticketStatuses);
const note = opt(text(2000));
const groups = { fromGroupId: opt(nullable(Id)), toGroupId: opt(nullable(Id)) };
/** Clock events hang on the ticket or conversation that was promised something, so its story holds them in order. */
const clock = { deadlineId: Id, kind: oneOf(deadlineKinds), dueAt: opt(nullable(Instant)) };

export const events = {
  'user.created': { zh: '新建人员', en: 'User created', subject: 'user', data: obj({}) },
  'user.changed': {
    zh: '修改人员',
    en: 'User changed',
    subject: 'user',
    data: obj({ fields: Type.Array(Type.String()) }),
  },
  'user.signed_in': { zh: '登录', en: 'Signed in', subject: 'user', data: obj({}) },
  'user.signed_out': { zh: '退出', en: 'Signed out', subject: 'user', data: obj({ sessionId: opt(Id) }) },
  'user.access_changed': { zh: '权限变更', en: 'Access changed', subject: 'user', data: obj({}) },
  'group.changed': { zh: '技能组变更', en: 'Group changed', subject: 'group', data: obj({}) },
  'role.changed': { zh: '角色变更', en: 'Role changed', subject: 'role', data: obj({ key: Type.String() }) },
  'setting.changed': {
    zh: '设置变更',
    en: 'Setting changed',
    subject: 'setting',
    data: obj({ key: Type.String() }),
  },
  'presence.changed': {
    zh: '坐席状态变更',
    en: 'Presence changed',
    subject: 'user',
    data: obj({
      from: oneOf(presenceStates),
      to: oneOf(presenceStates),
      reason: opt(nullable(Type.String())),
      forced: opt(Type.Boolean()),
    }),
  },
  'calendar.changed': {
    zh: '日历变更',
    en: 'Calendar changed',
    subject: 'calendar',
    data: obj({ years: opt(Type.Array(Type.Integer())) }),
  },
  'policy.published': {
    zh: '时限规则发布',
    en: 'Policies published',
    subject: 'policy',
    data: obj({ version: Type.Integer() }),
  },
  'channel.changed': { zh: '渠道变更', en: 'Channel changed', subject: 'channel', data: obj({}) },

  'customer.created': { zh: '新建客户', en: 'Customer created', subject: 'customer', data: obj({}) },
  'customer.changed': {
    zh: '修改客户',
    en: 'Customer changed',
    subject: 'customer',
    data: obj({ fields: Type.Array(Type.String()) }),
  },
  'customer.revealed': {
    zh: '查看联系方式',
    en: 'Contact data revealed',
    subject: 'customer',
    data: obj({ field: Type.String() }),
  },
  'customer.merged': {
    zh: '合并客户',
    en: 'Customers merged',
    subject: 'customer',
    data: obj({ fromId: Id }),
  },
  'customer.unmerged': { zh: '撤销合并', en: 'Merge undone', subject: 'customer', data: obj({ fromId: Id }) },

  'certification.granted': {
    zh: '授予认证',
    en: 'Certificate granted',
    subject: 'certification',
    data: obj({ userId: Id, product: Type.String(), validUntil: PlainDate }),
  },
  'certification.revoked': {
    zh: '收回认证',
    en: 'Certificate taken back',
    subject: 'certification',
    data: obj({ userId: Id, product: Type.String() }),
  },
  'certification.expiring': {
    zh: '认证即将到期',
    en: 'Certificate ends soon',
    subject: 'certification',
    data: obj({
      userId: Id,
      product: Type.String(),
      zh: Type.String(),
      en: Type.String(),
      validUntil: PlainDate,
    }),
  },

  'conversation.opened': {
    zh: '会话开始',
    en: 'Conversation opened',
    subject: 'conversation',
    data: obj({ channelId: Id, customerId: nullable(Id) }),
  },
  'conversation.queued': {
    zh: '进入排队',
    en: 'Queued',
    subject: 'conversation',
    data: obj({ groupId: Id }),
  },
  'conversation.offered': {
    zh: '派给客服',
    en: 'Offered',
    subject: 'conversation',
    data: obj({ agentId: Id, until: Instant }),
  },
  'conversation.offer_missed': {
    zh: '未及时接起',
    en: 'Offer missed',
    subject: 'conversation',
    data: obj({ agentId: Id, reason: opt(Type.String()) }),
  },
  'conversation.accepted': {
    zh: '客服接起',
    en: 'Accepted',
    subject: 'conversation',
    data: obj({ agentId: Id, waitSeconds: Type.Integer() }),
  },
  'conversation.transferred': {
    zh: '会话转接',
    en: 'Transferred',
    subject: 'conversation',
    data: obj({
      fromId: nullable(Id),
      toAgentId: opt(nullable(Id)),
      fromGroupId: opt(nullable(Id)),
      toGroupId: opt(nullable(Id)),
    }),
  },
  'conversation.closed': {
    zh: '会话结束',
    en: 'Conversation closed',
    subject: 'conversation',
    data: obj({ reason: oneOf(closeReasons) }),
  },
  ...talkEvents,
  'conversation.wrapped_up': { zh: '会话小结', en: 'Wrapped up', subject: 'conversation', data: obj({}) },
  'conversation.left_message': { zh: '客户留言', en: 'Message left', subject: 'conversation', data: obj({}) },
  'message.posted': {
    zh: '新消息',
    en: 'Message',
    subject: 'thread',
    data: obj({
      messageId: Id,
      seq: Type.Integer(),
      visibility: Type.String(),
      authorKind: Type.String(),
      automatic: opt(Type.Boolean()),
      of: oneOf(['conversation', 'ticket'] as const),
    }),
  },
  'message.mentioned': {
    zh: '备注中提到同事',
    en: 'Colleagues mentioned',
    subject: 'thread',
    data: obj({
      messageId: Id,
      userIds: Type.Array(Id),
      of: oneOf(['conversation', 'ticket'] as const),
    }),
  },
  'message.delivery': {
    zh: '送达状态',
    en: 'Delivery state',
    subject: 'thread',
    data: obj({ messageId: Id, state: Type.String() }),
  },
  'typing.changed': {
    zh: '正在输入',
    en: 'Typing',
    subject: 'conversation',
    data: obj({ by: Type.String() }),
  },

  'ticket.opened': {
    zh: '登记工单',
    en: 'Ticket opened',
    subject: 'ticket',
    data: obj({
      number: Type.String(),
      channel: Type.String(),
      priority: oneOf(priorities),
      category: Type.String(),
      complaint: Type.Boolean(),
      emergency: Type.Boolean(),
      classified: Type.Boolean(),
    }),
  },
  'ticket.classified': {
    zh: '分类定级',
    en: 'Classified',
    subject: 'ticket',
    data: obj({ category: Type.String(), from: opt(Type.String()), complaint: Type.Boolean() }),
  },
  'ticket.priority_changed': {
    zh: '优先级变更',
    en: 'Priority changed',
    subject: 'ticket',
    data: obj({ from: oneOf(priorities), to: oneOf(priorities), why: Type.String(), reason: note }),
  },
  'ticket.changed': {
    zh: '修改工单',
    en: 'Ticket changed',
    subject: 'ticket',
    data: obj({ fields: Type.Array(Type.String()) }),
  },
  'ticket.routed': {
    zh: '进入技能组',
    en: 'Routed',
    subject: 'ticket',
    /** `bounces`: how often people handed it to another group, this time included. */
    data: obj({ groupId: nullable(Id), from: opt(nullable(Id)), bounces: opt(Type.Integer()) }),
  },
  'ticket.accountable_changed': {
    zh: '改首问责任人',
    en: 'Somebody else is accountable',
    subject: 'ticket',
    data: obj({ from: nullable(Id), to: Id, note }),
  },
  'ticket.assigned': {
    zh: '分派',
    en: 'Assigned',
    subject: 'ticket',
    data: obj({ from: nullable(Id), to: Id, groupId: opt(nullable(Id)), note }),
  },
  'ticket.claimed': { zh: '申领', en: 'Claimed', subject: 'ticket', data: obj({ by: Id }) },
  'ticket.started': {
    zh: '开始处理',
    en: 'Handling started',
    subject: 'ticket',
    data: obj({ by: nullable(Id) }),
  },
  'ticket.contacted': {
    zh: '联系客户',
    en: 'Customer contacted',
    subject: 'ticket',
    data: obj({ by: Id, automatic: opt(Type.Boolean()) }),
  },
  'ticket.progress': {
    zh: '进度更新',
    en: 'Progress told',
    subject: 'ticket',
    data: obj({ etaAt: opt(nullable(Instant)) }),
  },
  'ticket.escalated': {
    zh: '升级',
    en: 'Escalated',
    subject: 'ticket',
    data: obj({ level: Type.Integer(), ...groups, reason: note, late: Type.Boolean() }),
  },
  'ticket.held': {
    zh: '挂起',
    en: 'On hold',
    subject: 'ticket',
    data: obj({ reason: note, until: opt(nullable(Instant)) }),
  },
  'ticket.resumed': {
    zh: '恢复',
    en: 'Resumed',
    subject: 'ticket',
    data: obj({ from: status, pausedMinutes: opt(Type.Number()) }),
  },
  'ticket.info_requested': {
    zh: '请客户补充',
    en: 'Information requested',
    subject: 'ticket',
    data: obj({ what: opt(text(2000)) }),
  },
  'ticket.resolved': {
    zh: '已解决',
    en: 'Resolved',
    subject: 'ticket',
    data: obj({ by: nullable(Id), firstContact: opt(Type.Boolean()) }),
  },
  'ticket.verified': {
    zh: '核实结果',
    en: 'Verified',
    subject: 'ticket',
    data: obj({ type: Type.String() }),
  },
  'ticket.confirmed': {
    zh: '客户确认',
    en: 'Confirmed',
    subject: 'ticket',
    data: obj({ by: oneOf(['customer', 'agent'] as const) }),
  },
  'ticket.confirm_reminded': {
    zh: '提醒客户确认',
    en: 'Confirmation reminder',
    subject: 'ticket',
    data: obj({ count: Type.Integer() }),
  },
  'ticket.closed': {
    zh: '关闭',
    en: 'Closed',
    subject: 'ticket',
    data: obj({ reason: Type.String(), note }),
  },
  'ticket.reopened': {
    zh: '重开',
    en: 'Reopened',
    subject: 'ticket',
    data: obj({ reason: note, count: Type.Integer() }),
  },
  'ticket.archived': { zh: '归档', en: 'Archived', subject: 'ticket', data: obj({}) },
  'ticket.purged': { zh: '清除', en: 'Purged', subject: 'ticket', data: obj({}) },
  'conversation.purged': { zh: '清除', en: 'Purged', subject: 'conversation', data: obj({}) },
  'customer.purged': { zh: '清除客户卡', en: 'Card purged', subject: 'customer', data: obj({}) },
  'mail.purged': { zh: '清除原始邮件', en: 'Raw mail purged', subject: 'mail', data: obj({}) },
  'retention.held': {
    zh: '保全',
    en: 'Legal hold set',
    subject: 'ticket, conversation, customer or mail',
    data: obj({ holdId: Id }),
  },
  'retention.released': {
    zh: '解除保全',
    en: 'Legal hold lifted',
    subject: 'ticket, conversation, customer or mail',
    data: obj({ holdId: Id }),
  },
  'retention.listed': {
    zh: '保存期满待清除',
    en: 'Records due for purging',
    subject: 'retention',
    data: obj({ count: Type.Integer(), automatic: Type.Boolean() }),
  },
  'ticket.cancelled': { zh: '撤销', en: 'Cancelled', subject: 'ticket', data: obj({ reason: note }) },
  'ticket.urged': {
    zh: '催单',
    en: 'Urged',
    subject: 'ticket',
    data: obj({ count: Type.Integer(), by: oneOf(['customer', 'agent'] as const) }),
  },
  'ticket.merged': { zh: '合并工单', en: 'Merged', subject: 'ticket', data: obj({ fromId: Id }) },
  'ticket.unmerged': { zh: '撤销合并', en: 'Merge undone', subject: 'ticket', data: obj({ fromId: Id }) },
  'ticket.split': { zh: '拆分', en: 'Split', subject: 'ticket', data: obj({ newId: Id }) },
  'ticket.linked': {
    zh: '关联',
    en: 'Linked',
    subject: 'ticket',
    data: obj({ otherId: Id, relation: Type.String() }),
  },

  'ticket.conversation_linked': {
    zh: '关联会话',
    en: 'Conversation linked',
    subject: 'ticket',
    data: obj({ conversationId: Id }),
  },

  'deadline.started': {
    zh: '开始计时',
    en: 'Clock started',
    subject: 'ticket, conversation, customer or mail',
    data: obj(clock),
  },
  'deadline.paused': {
    zh: '暂停计时',
    en: 'Clock paused',
    subject: 'ticket, conversation, customer or mail',
    data: obj(clock),
  },
  'deadline.resumed': {
    zh: '恢复计时',
    en: 'Clock resumed',
    subject: 'ticket, conversation, customer or mail',
    data: obj({ ...clock, pausedMinutes: opt(Type.Number()) }),
  },
  'deadline.met': {
    zh: '按时完成',
    en: 'Clock met',
    subject: 'ticket, conversation, customer or mail',
    data: obj({ ...clock, late: opt(Type.Boolean()), withdrawn: opt(Type.Boolean()) }),
  },
  'deadline.warned': {
    zh: '临近超时',
    en: 'Clock warned',
    subject: 'ticket, conversation, customer or mail',
    data: obj(clock),
  },
  'deadline.breached': {
    zh: '超时',
    en: 'Clock breached',
    subject: 'ticket, conversation, customer or mail',
    data: obj(clock),
  },
  'deadline.escalated': {
    zh: '超时升级',
    en: 'Breach escalated',
    subject: 'ticket, conversation, customer or mail',
    data: obj({ ...clock, step: Type.Integer(), notify: Type.String(), raiseLevel: opt(Type.Boolean()) }),
  },
  'deadline.cancelled': {
    zh: '取消计时',
    en: 'Clock cancelled',
    subject: 'ticket, conversation, customer or mail',
    data: obj(clock),
  },
  'deadline.moved': {
    zh: '到期时间变更',
    en: 'Due instant moved',
    subject: 'ticket, conversation, customer or mail',
    data: obj({
      ...clock,
      was: opt(nullable(Instant)),
      because: opt(Type.String()),
      withdrawn: opt(Type.Boolean()),
    }),
  },
  'calendar.recounted': {
    zh: '重算到期时间',
    en: 'Due instants recounted',
    subject: 'calendar',
    data: obj({ moved: Type.Integer() }),
  },

  ...workEvents,
  'notice.raised': {
    zh: '通知',
    en: 'Notice',
    subject: 'user',
    data: obj({ noticeId: Id, needsAck: Type.Boolean() }),
  },
  'notice.acknowledged': {
    zh: '确认告警',
    en: 'Alert acknowledged',
    subject: 'user',
    data: obj({ noticeId: Id }),
  },
  'survey.sent': {
    zh: '邀请评价',
    en: 'Survey sent',
    subject: 'survey',
    data: obj({ ticketId: Id, channel: Type.String() }),
  },
  'survey.answered': {
    zh: '客户评价',
    en: 'Survey answered',
    subject: 'survey',
    data: obj({ ticketId: Id, overall: Type.Number(), low: opt(Type.Boolean()) }),
  },
  'mail.accepted': { zh: '收到邮件', en: 'Mail accepted', subject: 'mail', data: obj({ channelId: Id }) },
  'mail.quarantined': {
    zh: '邮件隔离',
    en: 'Mail quarantined',
    subject: 'mail',
    data: obj({ cause: Type.String() }),
  },
  'mail.queued': {
    zh: '邮件待发',
    en: 'Mail queued',
    subject: 'mail',
    data: obj({ purpose: Type.String() }),
  },
  'security.suspicious': {
    zh: '安全事件',
    en: 'Security event',
    subject: 'security',
    data: obj({ what: Type.String(), ref: opt(Type.String()) }),
  },
} as const satisfies Record<string, Entry>;

export type EventType = keyof typeof events;
export type EventData<T extends EventType> = Static<(typeof events)[T]['data']>;
