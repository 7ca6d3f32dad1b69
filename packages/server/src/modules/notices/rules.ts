/** Who is told what: a table. A new notice is a new row here and its words in `texts.ts`. */
import type { EventType } from '#contracts/events.ts';
import type { NoticeKind } from './texts.ts';

/**
 * `agent`: named by the event. `mentioned`: the colleagues a note names. `worker`: who serves the conversation or works on the ticket; the group's leads while
 * nobody does. `supervisors`: of the group. `managers`: above them. `onCall`: the ready people of the group and its
 * supervisors. `onDuty`: everybody who has not gone home. `ladder`: whom the policy of the clock names.
 */
export type Who =
  | 'onDuty'
  | 'agent'
  | 'mentioned'
  | 'worker'
  | 'leads'
  | 'supervisors'
  | 'managers'
  | 'onCall'
  | 'ladder';
/** `none`, one soft tone, a ring, or an alarm until somebody acts. */
export type Sound = 'none' | 'soft' | 'ring' | 'alarm';

type Data = Record<string, unknown>;
export type NoticeRule = {
  on: EventType;
  kind: NoticeKind;
  who: readonly Who[];
  sound: Sound;
  needsAck?: boolean;
  /** Events of a task follow these rules only, all others the rest. */ of?: 'task';
  /** Only when it comes from somewhere else: not when whoever caused it is among those it is for. */ handsOver?: true;
  /** Whether the event is meant, by its data. */
  when?(data: Data): boolean;
  /** Values for the words; never personal data. */
  values?(data: Data): Data;
};

export const noticeRules: readonly NoticeRule[] = [
  { on: 'conversation.offered', kind: 'offered', who: ['agent'], sound: 'ring' },
  { on: 'conversation.offer_missed', kind: 'offer_missed', who: ['agent'], sound: 'none' },
  { on: 'ticket.assigned', kind: 'assigned', who: ['agent'], sound: 'soft' },
  { on: 'ticket.accountable_changed', kind: 'made_accountable', who: ['agent'], sound: 'soft' },
  {
    on: 'message.posted',
    kind: 'customer_wrote',
    who: ['worker'],
    sound: 'soft',
    when: ({ authorKind, visibility, automatic }) =>
      authorKind === 'customer' && visibility === 'public' && !automatic,
  },
  {
    on: 'message.posted',
    kind: 'stranger_wrote',
    who: ['worker'],
    sound: 'soft',
    when: ({ authorKind }) => authorKind === 'unverified',
  },
  { on: 'message.mentioned', kind: 'mentioned', who: ['mentioned'], sound: 'soft' },
  {
    on: 'message.delivery',
    kind: 'mail_failed',
    who: ['worker'],
    sound: 'soft',
    when: ({ state }) => state === 'failed',
  },
  { on: 'ticket.urged', kind: 'urged', who: ['worker'], sound: 'ring', values: ({ count }) => ({ count }) },
  {
    on: 'deadline.warned',
    kind: 'deadline_warned',
    who: ['worker'],
    sound: 'soft',
    values: ({ kind }) => ({ clock: kind }),
  },
  {
    on: 'deadline.breached',
    kind: 'deadline_breached',
    who: ['worker', 'supervisors'],
    sound: 'ring',
    values: ({ kind }) => ({ clock: kind }),
  },
  {
    on: 'deadline.escalated',
    kind: 'deadline_breached',
    who: ['ladder'],
    sound: 'ring',
    values: ({ kind, step }) => ({ clock: kind, step }),
  },
  {
    on: 'ticket.opened',
    kind: 'urgent_opened',
    who: ['onCall'],
    sound: 'alarm',
    needsAck: true,
    when: ({ priority, emergency }) => priority === 'P1' || emergency === true,
  },
  {
    on: 'ticket.priority_changed',
    kind: 'urgent_opened',
    who: ['onCall'],
    sound: 'alarm',
    needsAck: true,
    when: ({ from, to }) => to === 'P1' && from !== 'P1',
  },
  {
    on: 'ticket.escalated',
    kind: 'escalated',
    who: ['leads', 'supervisors'],
    sound: 'soft',
    values: ({ level }) => ({ level }),
  },
  // SD3m-02: before it grows, a supervisor is there.
  { on: 'conversation.upset', kind: 'customer_upset', who: ['supervisors'], sound: 'alarm', needsAck: true },
  // SD0-31: no passing between departments; the third time somebody decides.
  {
    on: 'ticket.routed',
    kind: 'bounced',
    who: ['supervisors'],
    sound: 'ring',
    when: ({ bounces }) => Number(bounces ?? 0) >= 3,
    values: ({ bounces }) => ({ count: bounces }),
  },
  {
    on: 'certification.expiring',
    kind: 'certificate_expiring',
    who: ['worker', 'supervisors'],
    sound: 'soft',
    values: ({ zh, en, validUntil }) => ({ zh, en, until: validUntil }),
  },
  // What customers are told concerns everybody who speaks with them (SD2-37).
  { on: 'incident.started', kind: 'incident_started', who: ['onDuty'], sound: 'ring' },
  {
    on: 'incident.ended',
    kind: 'incident_ended',
    who: ['onDuty'],
    sound: 'soft',
    values: ({ minutes }) => ({ minutes }),
  },
  {
    on: 'survey.answered',
    kind: 'low_score',
    who: ['supervisors'],
    sound: 'soft',
    when: ({ low }) => low === true,
    values: ({ overall }) => ({ overall }),
  },
  { of: 'task', on: 'deadline.warned', kind: 'step_due', who: ['worker'], sound: 'soft' },
  { of: 'task', on: 'deadline.breached', kind: 'step_late', who: ['worker'], sound: 'ring' },
  { of: 'task', on: 'deadline.escalated', kind: 'step_late', who: ['ladder'], sound: 'ring' },
  {
    of: 'task',
    on: 'task.opened',
    kind: 'task_given',
    who: ['worker'],
    sound: 'soft',
    handsOver: true,
    when: ({ kind }) => kind !== 'approval',
  },
  {
    of: 'task',
    on: 'task.opened',
    kind: 'approval_asked',
    who: ['worker'],
    sound: 'ring',
    when: ({ kind }) => kind === 'approval',
  },
  {
    of: 'task',
    on: 'task.assigned',
    kind: 'task_given',
    who: ['agent'],
    sound: 'soft',
    when: ({ to }) => to !== null,
  },
  // The next of several who must say yes.
  {
    of: 'task',
    on: 'task.assigned',
    kind: 'approval_asked',
    who: ['worker'],
    sound: 'ring',
    when: ({ to }) => to === null,
  },
];

const aboutTask = ['task_given', 'approval_asked', 'step_due', 'step_late'] as const;
/** Events that make a kind of notice about their subject pointless: it is marked as read. */
export const clearing: readonly { on: EventType; kinds: readonly NoticeKind[] }[] = [
  { on: 'conversation.accepted', kinds: ['offered'] },
  { on: 'incident.ended', kinds: ['incident_started'] },
  { on: 'certification.granted', kinds: ['certificate_expiring'] },
  { on: 'certification.revoked', kinds: ['certificate_expiring'] },
  { on: 'conversation.offer_missed', kinds: ['offered'] },
  { on: 'conversation.closed', kinds: ['offered', 'customer_wrote'] },
  { on: 'task.done', kinds: aboutTask },
  { on: 'task.skipped', kinds: aboutTask },
  { on: 'task.cancelled', kinds: aboutTask },
  {
    on: 'ticket.closed',
    kinds: ['assigned', 'customer_wrote', 'deadline_warned', 'deadline_breached', 'urged'],
  },
];

/** An alarm that nobody acknowledges goes to the managers every five minutes. */
export const escalateEveryMs = 300_000;
