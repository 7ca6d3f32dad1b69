/**
 * Which event does what to which clock: the one table of all promises, in the words of the handbooks. A clock only
 * starts where the policy table has a row for the case, so P1 alone gets `start` and mail alone gets `first_reply`.
 */
import type { EventData, EventType } from '#contracts/events.ts';
import type { DeadlineKind } from '#contracts/words.ts';
import type { EventRecord } from '#kernel/command.ts';

/** What a rule may ask about the case. */
export type Circumstances = {
  classified: boolean;
  complaint: boolean;
  emergency: boolean;
  /** A conversation asks for an order and has not been answered since. */
  queried: boolean;
  /** Setting: an automatic greeting counts as an answer (C1). */
  autoReplyCounts: boolean;
};
export type Happening = Pick<EventRecord, 'type' | 'data'>;
type Condition = (about: Circumstances, event: Happening) => boolean;
type Kinds = readonly DeadlineKind[];

export type Deed = { when?: Condition } & (
  | {
      /**
       * `start` begins a clock unless one of its kind is open, `startOnce` unless there ever was one.
       * `aim` puts open clocks under the rows that rule the case now, begins missing ones and ends needless ones.
       * `restart` keeps a promise and gives the next. `runOn` lets an ended clock run on as if it had been paused.
       */
      do: 'start' | 'startOnce' | 'aim' | 'restart' | 'runOn';
      kinds: Kinds;
      /** Where a clock that begins now counts from; now unless told. */
      from?: 'created';
    }
  | { do: 'meet' | 'cancel' | 'pause'; kinds: Kinds | 'all'; but?: Kinds }
  | { do: 'resume' }
);

const priority: Kinds = ['start', 'respond', 'resolve', 'first_reply'];
const complaint: Kinds = ['complaint_contact', 'complaint_plan'];
const spoken: Kinds = ['start', 'respond', 'first_reply', 'complaint_contact', 'emergency_contact'];
const waiting: Kinds = ['resolve', 'progress', 'escalation'];

const dataOf = <T extends EventType>(event: Happening): EventData<T> => event.data as EventData<T>;
const isComplaint: Condition = (about) => about.complaint;
const isNoComplaint: Condition = (about) => !about.complaint;
const isEmergency: Condition = (about) => about.emergency;
const isClassified: Condition = (about) => about.classified;
const isAnswer: Condition = ({ autoReplyCounts }, event) => {
  const { automatic, authorKind } = dataOf<'message.posted'>(event);
  return automatic ? autoReplyCounts : authorKind === 'agent';
};
const isOver: Condition = (_, event) =>
  ['cancelled', 'merged'].includes(dataOf<'ticket.closed'>(event).reason);

export const starts: { readonly [T in EventType]?: readonly Deed[] } = {
  'conversation.queued': [{ do: 'startOnce', kinds: ['first_answer'] }],
  'message.posted': [{ do: 'meet', kinds: ['first_answer'], when: isAnswer }],
  // SD0-21: owed from the message, not from the tag; a second question while the first waits is the same promise.
  'conversation.queried': [
    { do: 'start', kinds: ['order_query'], from: 'created', when: (about) => about.queried },
    { do: 'cancel', kinds: ['order_query'], when: (about) => !about.queried },
  ],
  'conversation.query_answered': [{ do: 'meet', kinds: ['order_query'] }],
  'conversation.closed': [{ do: 'cancel', kinds: 'all' }],
  'conversation.left_message': [{ do: 'cancel', kinds: 'all' }],

  'ticket.opened': [
    { do: 'start', kinds: ['classify'], when: (about) => !about.classified },
    { do: 'start', kinds: ['first_reply', 'progress'] },
    { do: 'start', kinds: ['start', 'respond', 'resolve'], when: isClassified },
    { do: 'start', kinds: complaint, when: isComplaint },
    { do: 'start', kinds: ['emergency_contact'], when: isEmergency },
  ],
  // C15: what waited for its class is owed from its arrival. A complaint is owed from when it is known to be one.
  'ticket.classified': [
    { do: 'meet', kinds: ['classify'] },
    { do: 'aim', kinds: priority, from: 'created' },
    { do: 'startOnce', kinds: complaint, when: isComplaint },
    { do: 'cancel', kinds: complaint, when: isNoComplaint },
  ],
  'ticket.priority_changed': [{ do: 'aim', kinds: priority, when: isClassified }],
  'ticket.changed': [
    { do: 'startOnce', kinds: ['emergency_contact'], when: isEmergency },
    { do: 'cancel', kinds: ['emergency_contact'], when: (about) => !about.emergency },
    // SD4-20: found to be severe, the plan has its longer time, from the complaint on.
    { do: 'aim', kinds: ['complaint_plan'], when: isComplaint },
  ],
  'ticket.started': [
    { do: 'meet', kinds: ['start'] },
    { do: 'start', kinds: ['escalation'] },
  ],
  'ticket.contacted': [{ do: 'meet', kinds: [...spoken, 'manager_callback'] }],
  'ticket.progress': [
    { do: 'meet', kinds: ['escalation'] },
    { do: 'restart', kinds: ['progress'] },
  ],
  'ticket.escalated': [{ do: 'meet', kinds: ['escalation'] }],
  'ticket.info_requested': [{ do: 'pause', kinds: waiting }],
  'ticket.held': [{ do: 'pause', kinds: waiting }],
  'ticket.resumed': [{ do: 'resume' }],
  // The solution is told to the customer, so whatever waited for words is kept by it.
  'ticket.resolved': [
    { do: 'meet', kinds: ['resolve', 'complaint_plan', ...spoken] },
    { do: 'cancel', kinds: ['progress', 'escalation', 'classify'] },
    { do: 'startOnce', kinds: ['survey'] },
    { do: 'start', kinds: ['manager_callback'], when: isComplaint },
  ],
  'survey.sent': [{ do: 'meet', kinds: ['survey'] }],
  // The customer says it is not solved: the promise was not kept after all, and its time runs on.
  'ticket.reopened': [
    { do: 'runOn', kinds: ['resolve'] },
    { do: 'cancel', kinds: ['survey', 'manager_callback'] },
    { do: 'start', kinds: ['progress'] },
  ],
  // What is owed after the solution stays owed when the ticket is closed.
  'ticket.closed': [
    { do: 'cancel', kinds: 'all', but: ['survey', 'manager_callback'] },
    { do: 'cancel', kinds: 'all', when: isOver },
  ],
  'ticket.cancelled': [{ do: 'cancel', kinds: 'all' }],
};

/** Whose clocks an event is about; undefined when it cannot touch any. Asked before anything is read. */
export const subjectOf = (
  event: EventRecord,
): { type: 'ticket' | 'conversation'; id: string } | undefined => {
  switch (event.type) {
    case 'message.posted': {
      const { of, visibility, authorKind } = dataOf<'message.posted'>(event);
      const answers =
        of === 'conversation' &&
        visibility === 'public' &&
        (authorKind === 'agent' || authorKind === 'system');
      return answers ? { type: 'conversation', id: event.subjectId } : undefined;
    }
    case 'ticket.changed': {
      const { fields } = dataOf<'ticket.changed'>(event);
      return fields.includes('emergency') || fields.includes('fields')
        ? { type: 'ticket', id: event.subjectId }
        : undefined;
    }
    case 'survey.sent':
      return { type: 'ticket', id: dataOf<'survey.sent'>(event).ticketId };
    default:
      return {
        type: event.type.startsWith('conversation.') ? 'conversation' : 'ticket',
        id: event.subjectId,
      };
  }
};
