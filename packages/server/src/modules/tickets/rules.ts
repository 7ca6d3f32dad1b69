/**
 * The ticket's life, pure.
 *
 *   pooled ─claim/assign─▶ assigned ─start─▶ in_progress ─resolve─▶ resolved ─confirm─▶ pending close ─▶ closed ─▶ archived
 *                                             │  ▲
 *                     request-info / hold ────┘  └──── customer replies / resume
 *
 * Everything else (urging, escalation, reopening) is an event or a flag, never a state.
 */
import type { Impact, Priority, TicketStatus, Urgency } from '#contracts/words.ts';
import { labels, priorities } from '#contracts/words.ts';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { Problem } from '#kernel/problem.ts';

export type Action =
  | 'assign'
  | 'claim'
  | 'start'
  | 'requestInfo'
  | 'hold'
  | 'resume'
  | 'resolve'
  | 'verify'
  | 'confirm'
  | 'remind'
  | 'close'
  | 'reopen'
  | 'cancel'
  | 'urge'
  | 'archive'
  | 'escalate'
  | 'write'
  | 'change'
  | 'merge'
  | 'link'
  | 'followUp';

const working: readonly TicketStatus[] = [
  'assigned',
  'in_progress',
  'waiting_customer',
  'waiting_internal',
  'suspended',
  'pending_approval',
];
const open: readonly TicketStatus[] = ['pooled', ...working, 'pending_confirmation', 'resolved'];
/** Solved, and the customer's word is waited for: asked for it or not. */
export const isSolved = (status: TicketStatus): boolean =>
  status === 'resolved' || status === 'pending_confirmation';
/** From which states an action is possible. */
const possible: Record<Action, readonly TicketStatus[]> = {
  assign: ['pooled', ...working],
  claim: ['pooled', 'assigned'],
  start: ['pooled', 'assigned'],
  requestInfo: ['assigned', 'in_progress', 'pooled'],
  hold: ['assigned', 'in_progress', 'waiting_customer', 'waiting_internal'],
  resume: ['waiting_customer', 'waiting_internal', 'suspended'],
  resolve: ['assigned', 'in_progress', 'waiting_customer', 'waiting_internal', 'pending_approval'],
  verify: ['resolved', 'pending_confirmation', 'in_progress'],
  confirm: ['resolved', 'pending_confirmation'],
  remind: ['resolved', 'pending_confirmation'],
  close: ['resolved', 'pending_confirmation'],
  reopen: ['resolved', 'pending_confirmation', 'closed'],
  cancel: open,
  urge: ['pooled', ...working],
  archive: ['closed', 'cancelled'],
  escalate: ['pooled', ...working],
  write: [...open, 'closed'],
  change: open,
  merge: open,
  link: [...open, 'closed'],
  followUp: ['closed'],
};
const actionWords: Record<Action, { zh: string; en: string }> = {
  assign: { zh: '分派', en: 'assign it' },
  claim: { zh: '申领', en: 'claim it' },
  start: { zh: '开始处理', en: 'start it' },
  requestInfo: { zh: '请客户补充', en: 'ask the customer' },
  hold: { zh: '挂起', en: 'put it on hold' },
  resume: { zh: '恢复', en: 'resume it' },
  resolve: { zh: '解决', en: 'solve it' },
  verify: { zh: '核实', en: 'verify it' },
  confirm: { zh: '确认', en: 'confirm it' },
  remind: { zh: '提醒客户', en: 'remind the customer' },
  close: { zh: '关闭', en: 'close it' },
  reopen: { zh: '重开', en: 'reopen it' },
  cancel: { zh: '撤销', en: 'cancel it' },
  urge: { zh: '催单', en: 'urge it' },
  archive: { zh: '归档', en: 'archive it' },
  escalate: { zh: '升级', en: 'escalate it' },
  write: { zh: '回复', en: 'write' },
  change: { zh: '修改', en: 'change it' },
  merge: { zh: '合并', en: 'merge it' },
  link: { zh: '关联会话', en: 'link a conversation to it' },
  followUp: { zh: '开新单并关联', en: 'go on in a new ticket' },
};

export const may = (action: Action, status: TicketStatus) => possible[action].includes(status);
/** Refuses an action that the state does not allow; archived content is told apart because nothing will ever allow it. */
export const demand = (action: Action, status: TicketStatus): void => {
  if (status === 'archived') throw new Problem('TICKET_ARCHIVED');
  if (!may(action, status))
    throw new Problem('TICKET_STATE', { status: labels.ticketStatus![status], action: actionWords[action] });
};

/** Until when a closed ticket may be opened again (`closeRule.reopenDays`); what is not closed has no such end. */
export const reopenUntil = (
  { status, closed_at }: { status: TicketStatus; closed_at: number | null },
  { reopenDays }: Pick<SettingValue<'closeRule'>, 'reopenDays'>,
): number => (status === 'closed' && closed_at !== null ? closed_at + reopenDays * 86_400_000 : Infinity);

export type Classification = {
  urgency: Urgency;
  impact: Impact;
  affectedUsers?: number | null;
  lossAmount?: number | null;
};
export type Ranked = { priority: Priority; why: string };
const words = (list: string, key: string) => labels[list]![key]!.zh;

/** SD1-12, SD1-13: urgency × impact from the matrix; ≥ 100 users or a loss above 100 000 元 is P1 whatever the cell says. */
export const rank = (
  { urgency, impact, affectedUsers, lossAmount }: Classification,
  matrix: SettingValue<'matrix'>,
): Ranked => {
  if ((affectedUsers ?? 0) >= matrix.p1Users)
    return { priority: 'P1', why: `影响 ${affectedUsers} 个用户，达到 ${matrix.p1Users} 个` };
  if ((lossAmount ?? 0) > matrix.p1Loss)
    return { priority: 'P1', why: `损失 ${lossAmount} 元，超过 ${matrix.p1Loss} 元` };
  const cell = matrix.cells.find((candidate) => candidate.urgency === urgency && candidate.impact === impact);
  return {
    priority: cell?.priority ?? 'P3',
    why: `紧急程度「${words('urgency', urgency)}」× 影响范围「${words('impact', impact)}」`,
  };
};

/** SD1-14: the same topic of the same customer again raises to P2. */
export const raiseRecurring = (ranked: Ranked, earlier: number): Ranked =>
  earlier >= 2 && priorities.indexOf(ranked.priority) > 1
    ? {
        priority: 'P2',
        why: `30 天内同类问题第 ${earlier + 1} 次，升为 P2（原为 ${ranked.priority}：${ranked.why}）`,
      }
    : ranked;

export type CloseFacts = {
  confirmedAt: number | null;
  verification: unknown;
  reminders: number;
  businessDaysSinceFirstReminder: number;
  rule: SettingValue<'closeRule'>;
  override: boolean;
  mayOverride: boolean;
  reason?: string;
};
/** C8: the customer confirmed; or enough reminders and working days without an answer; or a supervisor overrides with a reason. */
export const closeReason = (
  facts: CloseFacts,
): 'customer_confirmed' | 'no_answer' | 'supervisor_override' => {
  if (facts.override) {
    if (!facts.mayOverride)
      throw new Problem('FORBIDDEN', {
        permission: { zh: '越权关闭、改优先级', en: 'Override closing and priority' },
      });
    if (!facts.reason?.trim())
      throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
    return 'supervisor_override';
  }
  if (facts.confirmedAt !== null) {
    if (!facts.verification) throw new Problem('TICKET_VERIFICATION_REQUIRED');
    return 'customer_confirmed';
  }
  if (
    facts.reminders >= facts.rule.reminders &&
    facts.businessDaysSinceFirstReminder >= facts.rule.businessDays
  )
    return 'no_answer';
  throw new Problem('TICKET_NOT_CONFIRMED');
};

export type ContactFacts = {
  /** Conversations linked to it, and whether the only one is a talk (chat, phone) of any length. */
  conversations: number;
  talk: boolean;
  /** Times the customer wrote. */
  letters: number;
  handedOver: number;
  askedBack: number;
  escalationLevel: number;
  reopenedCount: number;
};
/** SD1-19: whoever was asked solved it in the contact in which they were asked. */
export const solvedAtFirstContact = (facts: ContactFacts): boolean =>
  facts.conversations <= 1 &&
  (facts.talk || facts.letters <= 1) &&
  facts.handedOver === 0 &&
  facts.askedBack === 0 &&
  facts.escalationLevel === 0 &&
  facts.reopenedCount === 0;

/** What the silence of a customer leads to next, and how many working days after which instant. */
export type SilenceStep = { do: 'remind' | 'close'; after: number; businessDays: number };
/**
 * C8: reminders stand evenly over the working days of the rule, the first one such step after the solution; when they
 * are spent and the days since the first have passed, the ticket is closed without an answer.
 */
export const silenceStep = (
  {
    silentSince,
    firstReminderAt,
    lastReminderAt,
    reminders,
  }: {
    silentSince: number;
    firstReminderAt: number | null;
    lastReminderAt: number | null;
    reminders: number;
  },
  rule: Pick<SettingValue<'closeRule'>, 'reminders' | 'businessDays'>,
): SilenceStep =>
  reminders < rule.reminders
    ? {
        do: 'remind',
        after: Math.max(silentSince, lastReminderAt ?? 0),
        businessDays: rule.businessDays / rule.reminders,
      }
    : { do: 'close', after: firstReminderAt ?? silentSince, businessDays: rule.businessDays };

/** `T20261118-0001`: the day in the centre's zone and a number of at least four digits. */
export const ticketNumber = (day: string, sequence: number) => `T${day}-${String(sequence).padStart(4, '0')}`;
const shanghaiDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
export const dayOf = (now: number) => shanghaiDay.format(now).replaceAll('-', '');

/** SD1-43: a description says what happens, since when, and what was tried. */
export const descriptionTemplate = '【现象】\n\n【开始时间】\n\n【已尝试】\n';
