/**
 * What can be done with a ticket now, and why not. The server decides; this says it beforehand, so that nobody
 * presses a button to be refused.
 */
import type { SettingValue } from '#contracts/routes/settings.ts';
import type { TicketView } from '#contracts/routes/tickets.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { TicketStatus } from '#contracts/words.ts';

export type Verb =
  | 'claim'
  | 'start'
  | 'assign'
  | 'accountable'
  | 'escalate'
  | 'hold'
  | 'resume'
  | 'requestInfo'
  | 'resolve'
  | 'verify'
  | 'confirm'
  | 'remind'
  | 'callBack'
  | 'close'
  | 'override'
  | 'reopen'
  | 'followUp'
  | 'cancel'
  | 'urge'
  | 'merge'
  | 'split'
  | 'link'
  | 'archive'
  | 'edit'
  | 'write';

const working = [
  'assigned',
  'in_progress',
  'waiting_customer',
  'waiting_internal',
  'suspended',
  'pending_approval',
] as const satisfies readonly TicketStatus[];
const solved = ['resolved', 'pending_confirmation'] as const satisfies readonly TicketStatus[];
const open: readonly TicketStatus[] = ['pooled', ...working, ...solved];

type Rule = { permission: Permission; from: readonly TicketStatus[] };
const rules: Record<Verb, Rule> = {
  claim: { permission: 'ticket.claim', from: ['pooled'] },
  start: { permission: 'ticket.work', from: ['pooled', 'assigned'] },
  assign: { permission: 'ticket.assign', from: ['pooled', ...working] },
  accountable: { permission: 'ticket.override', from: open },
  escalate: { permission: 'ticket.work', from: ['pooled', ...working] },
  hold: {
    permission: 'ticket.work',
    from: ['assigned', 'in_progress', 'waiting_customer', 'waiting_internal'],
  },
  resume: { permission: 'ticket.work', from: ['waiting_customer', 'waiting_internal', 'suspended'] },
  requestInfo: { permission: 'ticket.work', from: ['pooled', 'assigned', 'in_progress'] },
  resolve: {
    permission: 'ticket.work',
    from: ['assigned', 'in_progress', 'waiting_customer', 'waiting_internal', 'pending_approval'],
  },
  verify: { permission: 'ticket.work', from: ['in_progress', ...solved] },
  confirm: { permission: 'ticket.work', from: solved },
  remind: { permission: 'ticket.work', from: solved },
  callBack: { permission: 'complaint.approve', from: [...solved, 'closed'] },
  close: { permission: 'ticket.work', from: solved },
  override: { permission: 'ticket.override', from: open },
  reopen: { permission: 'ticket.reopen', from: [...solved, 'closed'] },
  followUp: { permission: 'ticket.create', from: ['closed', 'archived'] },
  cancel: { permission: 'ticket.override', from: open },
  urge: { permission: 'ticket.read', from: ['pooled', ...working] },
  merge: { permission: 'ticket.work', from: open },
  split: { permission: 'ticket.work', from: [...open, 'closed'] },
  link: { permission: 'ticket.work', from: [...open, 'closed'] },
  archive: { permission: 'ticket.override', from: ['closed', 'cancelled'] },
  edit: { permission: 'ticket.work', from: open },
  write: { permission: 'ticket.work', from: [...open, 'closed'] },
};

export type CloseFacts = {
  /** How often the customer was reminded since it was solved, and when first (ISO). */
  reminders: number;
  firstReminderAt: string | null;
  rule: SettingValue<'closeRule'> | undefined;
  now: number;
  /** A complaint of which the manager has not called the customer back yet (SD4-22). */ callbackOwed?: boolean;
};
type Facts = Pick<TicketView, 'status' | 'confirmedAt' | 'verification' | 'closedAt'>;

/** Null = possible; otherwise the key under `tickets.refuse.` that says why not. */
export function refusal(
  verb: Verb,
  ticket: Facts,
  reach: (permission: Permission) => boolean,
  close?: CloseFacts,
): string | null {
  const { permission, from } = rules[verb];
  if (ticket.status === 'archived' && verb !== 'followUp') return 'archived';
  if (!reach(permission)) return 'permission';
  if (!from.includes(ticket.status)) return verb;
  if (ticket.confirmedAt && (verb === 'confirm' || verb === 'remind')) return 'confirmed';
  if (verb === 'reopen' && tooLate(ticket, close)) return 'reopenOver';
  if (verb === 'callBack') return close?.callbackOwed ? null : 'callBack';
  if (verb === 'close') return closeRefusal(ticket, close);
  if (verb === 'override' && closeRefusal(ticket, close) === null && isSolved(ticket)) return 'notNeeded';
  return null;
}

/** C8: a closed ticket is opened again within the days of the rule only; after them it goes on in a new one. */
const tooLate = ({ status, closedAt }: Facts, close: CloseFacts | undefined) =>
  status === 'closed' &&
  closedAt !== null &&
  close?.rule !== undefined &&
  close.now > Date.parse(closedAt) + close.rule.reopenDays * 86_400_000;

const isSolved = ({ status }: Facts) => (solved as readonly TicketStatus[]).includes(status);

/**
 * C8: the customer confirmed and it was verified; or enough reminders and working days without an answer. Working
 * days are the server's business: here that many whole days must at least have passed.
 */
function closeRefusal(ticket: Facts, close: CloseFacts | undefined): string | null {
  if (ticket.confirmedAt && !ticket.verification) return 'unverified';
  if (close?.callbackOwed) return 'callbackOwed';
  if (ticket.confirmedAt) return null;
  if (!close?.rule) return 'unconfirmed';
  const { reminders, firstReminderAt, rule, now } = close;
  const days = firstReminderAt ? (now - Date.parse(firstReminderAt)) / 86_400_000 : 0;
  return reminders >= rule.reminders && days >= rule.businessDays ? null : 'unconfirmed';
}

/** Verbs that stand as buttons in this state, the next right step first. */
export function foremost(ticket: Facts & Pick<TicketView, 'assigneeId'>, close?: CloseFacts): Verb[] {
  switch (ticket.status) {
    case 'pooled':
      return ['claim', 'assign'];
    case 'assigned':
      return ['start', 'assign'];
    case 'in_progress':
    case 'pending_approval':
      return ['resolve', 'requestInfo', 'escalate'];
    case 'waiting_customer':
    case 'waiting_internal':
    case 'suspended':
      return ['resume', 'resolve'];
    case 'resolved':
    case 'pending_confirmation':
      if (!ticket.confirmedAt)
        return close?.callbackOwed
          ? ['confirm', 'callBack', 'remind', 'close']
          : ['confirm', 'remind', 'close'];
      if (!ticket.verification) return ['verify', 'close'];
      return close?.callbackOwed ? ['callBack', 'close'] : ['close'];
    case 'closed':
      return tooLate(ticket, close) ? ['followUp', 'archive'] : ['reopen', 'archive'];
    case 'archived':
      return ['followUp'];
    case 'cancelled':
      return [];
  }
}

/** A promise that is neither kept nor taken back, late or not. */
export const isOwed = (state: string): boolean => ['running', 'paused', 'breached'].includes(state);

/** Reminders since it was solved, from the story (newest first). */
export function remindersOf(
  story: Array<{ type: string; at: string }>,
): Pick<CloseFacts, 'reminders' | 'firstReminderAt'> {
  const end = story.findIndex(({ type }) => type === 'ticket.resolved');
  const since = (end < 0 ? story : story.slice(0, end)).filter(
    ({ type }) => type === 'ticket.confirm_reminded',
  );
  return { reminders: since.length, firstReminderAt: since.at(-1)?.at ?? null };
}
