/**
 * Events told in words. Pure: an event becomes a key of the catalogue (`story.<type>[.<case>]`), its values in the
 * reader's words, and what a person wrote beside it. The sentence begins after the name of who did it.
 */
import type { TimelineItemView } from '#contracts/routes/customers.ts';
import type { EventData, EventType } from '#contracts/events.ts';

/** The reader's words for ids, codes and instants. */
export type Say = {
  person: (id: unknown) => string;
  group: (id: unknown) => string;
  word: (list: string, code: unknown) => string;
  category: (key: unknown) => string;
  field: (name: string) => string;
  stamp: (at: unknown) => string;
  minutes: (count: number) => string;
  list: (items: string[]) => string;
  /** What comes in both languages. */
  late: () => string;
  /** A state of a kind of records. */
  state: (kind: string, state: string) => string;
  said: (words: { zh: string; en: string } | null | undefined) => string;
};

export type Sentence = { key: string; values: Record<string, string>; note?: string };

type Facts = Pick<TimelineItemView, 'type' | 'title' | 'channel' | 'data'> &
  Partial<Pick<TimelineItemView, 'words' | 'number'>>;
type Teller<T extends EventType> = (
  data: EventData<T>,
  say: Say,
  facts: Facts,
) => {
  case?: string;
  values?: Record<string, string>;
  note?: string;
};
type Told = {
  [
    T in Exclude<
      EventType,
      | `user.${string}`
      | `playbook.${string}`
      | `goal.${string}`
      | `article.${string}`
      | `incident.${string}`
      | `group.${string}`
      | `view.${string}`
      | `role.${string}`
      | `setting.${string}`
      | `presence.${string}`
      | `calendar.${string}`
      | `policy.${string}`
      | `channel.${string}`
      | `notice.${string}`
      | `security.${string}`
      | `typing.${string}`
      | 'deadline.recounted'
    >
  ]: Teller<T>;
};

const plain = () => ({});
/** A task, run or record by its name. */
const named = (_: unknown, say: Say, { words }: Facts) => ({ values: { name: say.said(words) } });
/** How a task came to its end: an approval decided, a call with its outcome, a promise kept, a step done. */
const doneAs = ({ kind, outcome }: { kind: string; outcome: string | null }): string => {
  if (kind === 'approval') return outcome === 'rejected' ? 'rejected' : 'approved';
  if (kind === 'callback' || kind === 'follow_up') return 'call';
  return kind === 'commitment' ? 'kept' : 'step';
};
/** A clock event: which promise, due when. */
const clock = (data: { kind: string; dueAt?: string | null }, say: Say) => ({
  values: { kind: say.word('deadlineKind', data.kind), due: data.dueAt ? say.stamp(data.dueAt) : '—' },
});

/** Every event that can stand in the story of a customer, a conversation or a ticket. */
export const told: Told = {
  'customer.created': plain,
  'customer.changed': ({ fields }, say) => ({ values: { fields: say.list(fields.map(say.field)) } }),
  'customer.revealed': ({ field }, say) => ({ values: { field: say.field(field) } }),
  'customer.merged': plain,
  'customer.unmerged': plain,
  'customer.purged': plain,
  'mail.purged': plain,
  'conversation.opened': (_, say, { channel }) => ({ values: { channel: say.word('channelKind', channel) } }),
  'conversation.queued': ({ groupId }, say) => ({ values: { group: say.group(groupId) } }),
  'conversation.offered': ({ agentId }, say) => ({ values: { agent: say.person(agentId) } }),
  'conversation.offer_missed': ({ agentId, reason }, say) => ({
    case: reason === 'timeout' || !reason ? 'timeout' : 'declined',
    values: { agent: say.person(agentId) },
  }),
  'conversation.accepted': ({ waitSeconds }) => ({ values: { seconds: String(waitSeconds) } }),
  'conversation.transferred': ({ toAgentId, toGroupId }, say) => ({
    case: toAgentId ? 'person' : 'group',
    values: { to: toAgentId ? say.person(toAgentId) : say.group(toGroupId) },
  }),
  'conversation.closed': ({ reason }, say) => ({ values: { reason: say.word('closeReason', reason) } }),
  'conversation.queried': ({ intent, automatic }) => ({
    case: intent === null ? 'off' : automatic ? 'automatic' : 'on',
  }),
  'conversation.triaged': ({ offered }) => ({ values: { count: String(offered) } }),
  'conversation.upset': plain,
  'conversation.calmed': plain,
  'conversation.query_answered': plain,
  'conversation.wrapped_up': plain,
  'conversation.left_message': plain,
  'message.posted': ({ authorKind, visibility, automatic }, _, { title }) => ({
    case:
      visibility === 'internal'
        ? 'note'
        : automatic || authorKind === 'system'
          ? 'automatic'
          : authorKind === 'agent'
            ? 'agent'
            : 'customer',
    note: title,
  }),
  'message.mentioned': ({ userIds }, say) => ({ values: { names: say.list(userIds.map(say.person)) } }),
  'message.delivery': ({ state }, say) => ({ values: { state: say.word('deliveryState', state) } }),
  'ticket.opened': ({ channel, priority, category, complaint, emergency }, say) => ({
    case: emergency ? 'emergency' : complaint ? 'complaint' : 'plain',
    values: {
      priority,
      channel: say.word('channelKind', channel),
      category: say.category(category),
    },
  }),
  'ticket.classified': ({ category, from }, say) => ({
    case: from ? 'again' : 'first',
    values: { category: say.category(category), from: from ? say.category(from) : '' },
  }),
  'ticket.priority_changed': ({ from, to, why, reason }) => ({ values: { from, to }, note: reason ?? why }),
  'ticket.changed': ({ fields }, say) => ({ values: { fields: say.list(fields.map(say.field)) } }),
  'ticket.routed': ({ groupId }, say) => ({
    case: groupId ? 'group' : 'pool',
    values: { group: say.group(groupId) },
  }),
  'ticket.assigned': ({ from, to, note }, say) => ({
    case: from ? 'transfer' : 'first',
    values: { from: say.person(from), to: say.person(to) },
    note,
  }),
  'ticket.accountable_changed': ({ from, to, note }, say) => ({
    values: { from: say.person(from), to: say.person(to) },
    note,
  }),
  'ticket.claimed': plain,
  'ticket.started': plain,
  'ticket.contacted': ({ automatic }) => ({ case: automatic ? 'automatic' : 'person' }),
  'ticket.progress': ({ etaAt }, say) => ({
    case: etaAt ? 'eta' : 'plain',
    values: { eta: etaAt ? say.stamp(etaAt) : '' },
  }),
  'ticket.escalated': ({ level, toGroupId, reason, late }, say) => ({
    case: late ? 'late' : toGroupId ? 'group' : 'plain',
    values: { level: String(level), group: say.group(toGroupId) },
    note: reason,
  }),
  'ticket.held': ({ reason, until }, say) => ({
    case: until ? 'until' : 'plain',
    values: { until: until ? say.stamp(until) : '' },
    note: reason,
  }),
  'ticket.resumed': ({ from, pausedMinutes }, say) => ({
    case: pausedMinutes ? 'paused' : 'plain',
    values: { from: say.word('ticketStatus', from), span: say.minutes(pausedMinutes ?? 0) },
  }),
  'ticket.info_requested': ({ what }) => ({ note: what }),
  'ticket.resolved': plain,
  'ticket.verified': ({ type }, say) => ({ values: { type: say.word('verification', type) } }),
  'ticket.confirmed': ({ by }) => ({ case: by }),
  'ticket.confirm_reminded': ({ count }) => ({ values: { count: String(count) } }),
  'ticket.closed': ({ reason, note }, say) => ({
    values: { reason: say.word('ticketCloseReason', reason) },
    note,
  }),
  'ticket.reopened': ({ count, reason }) => ({ values: { count: String(count) }, note: reason }),
  'ticket.archived': plain,
  'ticket.cancelled': ({ reason }) => ({ note: reason }),
  'ticket.urged': ({ count, by }) => ({ case: by, values: { count: String(count) } }),
  'ticket.merged': plain,
  'ticket.unmerged': plain,
  'ticket.split': plain,
  'ticket.linked': ({ relation }, say) => ({ values: { relation: say.field(`relation.${relation}`) } }),
  'ticket.conversation_linked': plain,
  'ticket.purged': plain,
  'conversation.purged': plain,
  'retention.held': plain,
  'retention.released': plain,
  'retention.listed': ({ count }) => ({ values: { count: String(count) } }),
  'certification.granted': ({ product, validUntil }) => ({ values: { product, until: validUntil } }),
  'certification.revoked': ({ product }) => ({ values: { product } }),
  'certification.expiring': ({ product, validUntil }) => ({ values: { product, until: validUntil } }),
  'deadline.started': clock,
  'deadline.paused': clock,
  'deadline.resumed': (data, say) => ({
    case: data.pausedMinutes ? 'paused' : 'plain',
    values: { ...clock(data, say).values, span: say.minutes(data.pausedMinutes ?? 0) },
  }),
  'deadline.met': (data, say) => ({
    ...clock(data, say),
    case: data.withdrawn ? 'withdrawn' : data.late ? 'late' : 'intime',
  }),
  'deadline.warned': clock,
  'deadline.breached': clock,
  'deadline.escalated': (data, say) => ({
    values: {
      ...clock(data, say).values,
      step: String(data.step),
      notify: say.field(`notify.${data.notify}`),
    },
  }),
  'deadline.cancelled': clock,
  'deadline.moved': (data, say) => ({
    values: { ...clock(data, say).values, was: data.was ? say.stamp(data.was) : '—' },
    note: data.because,
  }),
  'survey.sent': ({ channel }, say) => ({ values: { channel: say.word('channelKind', channel) } }),
  'survey.answered': ({ overall }) => ({ values: { overall: String(overall) } }),
  'task.opened': (data, say, facts) => ({
    ...named(data, say, facts),
    case: data.runId ? 'step' : data.kind,
  }),
  'task.assigned': (data, say, facts) => ({
    values: { ...named(data, say, facts).values, to: data.to ? say.person(data.to) : '—' },
    case: data.to ? 'person' : 'role',
    note: data.note,
  }),
  'task.attempted': (data, say, facts) => ({
    values: {
      ...named(data, say, facts).values,
      count: String(data.attempts),
      outcome: say.word('callOutcome', data.outcome),
    },
  }),
  'task.done': (data, say, facts) => ({
    values: {
      ...named(data, say, facts).values,
      outcome: say.word('callOutcome', data.outcome),
      late: data.late ? say.late() : '',
    },
    case: doneAs(data),
  }),
  'task.skipped': (data, say, facts) => ({ ...named(data, say, facts), note: data.reason }),
  'task.cancelled': (data, say, facts) => ({ ...named(data, say, facts), note: data.because }),
  'run.started': named,
  'run.reached': named,
  'run.told': (data, say, facts) => ({
    ...named(data, say, facts),
    case: data.to === 'customer' ? 'customer' : 'staff',
  }),
  'run.ended': named,
  'run.cancelled': (data, say, facts) => ({ ...named(data, say, facts), note: data.reason }),
  'record.created': (data, say, facts) => ({
    values: { ...named(data, say, facts).values, number: facts.number ?? '' },
    note: facts.title,
  }),
  'record.changed': (data, say, facts) => ({
    values: { ...named(data, say, facts).values, number: facts.number ?? '' },
  }),
  'record.moved': (data, say, facts) => ({
    values: {
      ...named(data, say, facts).values,
      number: facts.number ?? '',
      to: say.state(data.kind, data.to),
    },
    note: data.note,
  }),
  'record.gathered': named,
  'mail.accepted': plain,
  'mail.quarantined': ({ cause }) => ({ note: cause }),
  'mail.queued': plain,
};

/** An event of the story as a sentence; one the screens do not know yet keeps the title the server gave. */
export function sentenceOf(facts: Facts, say: Say): Sentence {
  const teller = (told as Record<string, Teller<EventType> | undefined>)[facts.type];
  if (!teller) return { key: 'story.other', values: { title: facts.title } };
  const { case: which, values = {}, note } = teller(facts.data as never, say, facts);
  return { key: `story.${facts.type}${which ? `.${which}` : ''}`, values, note: note?.trim() || undefined };
}

export type StoryKind = 'talk' | 'handling' | 'clocks';

/** Clocks that merely tick are told only to who asks for clocks. */
export const isQuiet = (type: string, data: Readonly<Record<string, unknown>> = {}): boolean =>
  // Done, skipped and decided steps are told; that they were reached is not.
  type === 'run.reached' ||
  type === 'task.cancelled' ||
  (type === 'task.opened' && typeof data.runId === 'string') ||
  /^deadline\.(started|paused|resumed|met|cancelled)$/.test(type) ||
  type === 'message.delivery';

/** Which filter of the story an event falls under. */
export function kindOf(type: string): StoryKind {
  if (/^(message|mail|survey)\./.test(type) || type === 'ticket.contacted' || type === 'ticket.progress')
    return 'talk';
  return type.startsWith('deadline.') ? 'clocks' : 'handling';
}
