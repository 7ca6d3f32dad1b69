import {
  claimTicket,
  remindTicket,
  resumeTicket,
  startTicket,
  type TicketPageView,
  type TicketView,
} from '#contracts/routes/tickets.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { Action } from '#ui/actions.tsx';
import type { useQuickVerb } from './use-ticket.ts';
import { refusal, type CloseFacts, type Verb } from './rules.ts';

export type DialogName = Exclude<Verb, 'claim' | 'start' | 'resume' | 'remind' | 'write' | 'split'>;

export type TicketContext = {
  page: TicketPageView;
  me: string;
  reach: (permission: Permission) => boolean;
  close: CloseFacts;
  /** Words a refusal, with the numbers of the close rule. */
  say: (why: string) => string;
  ask: (dialog: DialogName) => void;
  quick: ReturnType<typeof useQuickVerb>;
  write: (mode: string) => void;
  copy: (what: 'number' | 'title' | 'link') => void;
  /** Opens the menu of all verbs. */
  menu: () => void;
};

const group = 'rail.tickets';
const asks = (
  verb: DialogName,
  more: Partial<Action<TicketContext>> = {},
): Action<TicketContext> & { verb: Verb } => ({
  verb,
  name: `ticket.${verb}`,
  label: `tickets.verb.${verb}`,
  group,
  refuse: refuse(verb),
  perform: (c) => c.ask(verb),
  ...more,
});
const does = (
  verb: Verb,
  perform: (ticket: TicketView, c: TicketContext) => unknown,
  more: Partial<Action<TicketContext>> = {},
): Action<TicketContext> & { verb: Verb } => ({
  verb,
  name: `ticket.${verb}`,
  label: `tickets.verb.${verb}`,
  group,
  refuse: refuse(verb),
  perform: (c) => void perform(c.page.ticket, c),
  ...more,
});
const refuse = (verb: Verb) => (c: TicketContext) => {
  const why = refusal(verb, c.page.ticket, c.reach, c.close);
  return why === null ? null : c.say(why);
};

/** The verbs of a ticket, in the order of its life. */
export const verbs: Array<Action<TicketContext> & { verb: Verb }> = [
  does(
    'claim',
    (ticket, c) =>
      c.quick(claimTicket, ticket, 'tickets.done.claim', { status: 'assigned', assigneeId: c.me }),
    { keys: ['Shift+a'], initials: 'sl' },
  ),
  does(
    'start',
    (ticket, c) => c.quick(startTicket, ticket, 'tickets.done.start', { status: 'in_progress' }),
    {
      initials: 'kscl',
    },
  ),
  asks('assign', { keys: ['a'], initials: 'fpzp' }),
  asks('accountable', { initials: 'gswzrr' }),
  asks('requestInfo', { initials: 'qkhbc' }),
  asks('escalate', { keys: ['e'], initials: 'sj' }),
  asks('hold', { keys: ['z'], initials: 'gq' }),
  does(
    'resume',
    (ticket, c) => c.quick(resumeTicket, ticket, 'tickets.done.resume', { status: 'in_progress' }),
    {
      keys: ['z'],
      initials: 'hf',
    },
  ),
  asks('resolve', { keys: ['Shift+r'], initials: 'jj' }),
  asks('verify', { initials: 'hs' }),
  asks('confirm', { initials: 'khyqr' }),
  does('remind', (ticket, c) => c.quick(remindTicket, ticket, 'tickets.done.remind'), { initials: 'txkh' }),
  asks('callBack', { initials: 'jlhf' }),
  asks('close', { keys: ['Shift+c'], initials: 'gb' }),
  asks('override', { initials: 'zggb', danger: true }),
  asks('reopen', { initials: 'ck' }),
  asks('followUp', { initials: 'kxdbgl' }),
  asks('urge', { keys: ['u'], initials: 'cd' }),
  asks('edit', { keys: ['p'], initials: 'xgxx' }),
  asks('link', { initials: 'gl' }),
  asks('merge', { initials: 'hb' }),
  asks('archive', { initials: 'gd' }),
  asks('cancel', { initials: 'cx', danger: true }),
];

/** What is not a change of the ticket: writing and copying. */
export const moves: Array<Action<TicketContext>> = [
  {
    name: 'ticket.reply',
    label: 'tickets.reply',
    group,
    keys: ['r'],
    initials: 'hfkh',
    refuse: refuse('write'),
    perform: (c) => c.write('public'),
  },
  {
    name: 'ticket.progress',
    label: 'tickets.progressMode',
    group,
    keys: ['Shift+n'],
    initials: 'gxbtz',
    refuse: refuse('write'),
    perform: (c) => c.write('progress'),
  },
  {
    name: 'ticket.note',
    label: 'tickets.note',
    group,
    keys: ['n'],
    initials: 'nbbz',
    refuse: refuse('write'),
    perform: (c) => c.write('internal'),
  },
  { name: 'ticket.status', label: 'tickets.toStatus', group, keys: ['s'], perform: (c) => c.menu() },
  {
    name: 'ticket.copyNumber',
    label: 'tickets.copyNumber',
    group,
    keys: ['.'],
    perform: (c) => c.copy('number'),
  },
  {
    name: 'ticket.copyTitle',
    label: 'tickets.copyTitle',
    group,
    keys: ['. .'],
    perform: (c) => c.copy('title'),
  },
  {
    name: 'ticket.copyLink',
    label: 'tickets.copyLink',
    group,
    keys: ['. . .'],
    perform: (c) => c.copy('link'),
  },
];

/** To the neighbours in the list one came from; known before the ticket is, so that two fast presses go two on. */
export const steps: Array<Action<{ go: (step: 1 | -1) => void }>> = [
  { name: 'ticket.previous', label: 'tickets.previous', group, keys: ['['], perform: (c) => c.go(-1) },
  { name: 'ticket.next', label: 'tickets.next', group, keys: [']'], perform: (c) => c.go(1) },
];
