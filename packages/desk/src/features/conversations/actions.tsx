import type { ConversationView } from '#contracts/routes/conversations.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { Action } from '#ui/actions.tsx';

export type ConversationDialog = 'transfer' | 'takeOver' | 'close' | 'wrapUp';
export type ConversationContext = {
  view: ConversationView;
  me: string;
  reach: (permission: Permission) => boolean;
  accept: () => void;
  ask: (dialog: ConversationDialog) => void;
  write: (mode: string) => void;
  register: () => void;
  tag: (intent: 'order_query' | null) => void;
  markUpset: (upset: boolean) => void;
  go: (step: 1 | -1) => void;
};

const group = 'rail.conversations';
const isMine = ({ view, me }: ConversationContext) => view.agentId === me;
const waits = ({ view, me }: ConversationContext) =>
  view.state === 'queued' || (view.state === 'offered' && view.offeredTo === me);
const ended = ({ view }: ConversationContext) => view.state === 'closed';
const serves = (c: ConversationContext) => isMine(c) || c.reach('conversation.serve');

/** What can be done with a conversation; what cannot be done in its state is not offered. */
export const conversationActions: Array<Action<ConversationContext>> = [
  {
    name: 'conversation.claim',
    label: 'conversations.accept',
    group,
    initials: 'jq',
    permission: 'conversation.serve',
    when: waits,
    perform: (c) => c.accept(),
  },
  {
    name: 'conversation.transfer',
    label: 'conversations.transfer',
    group,
    keys: ['a'],
    initials: 'zj',
    when: (c) => serves(c) && !ended(c) && ['active', 'queued', 'offered'].includes(c.view.state),
    perform: (c) => c.ask('transfer'),
  },
  {
    name: 'conversation.takeOver',
    label: 'conversations.takeOver',
    group,
    initials: 'jg',
    when: (c) => c.reach('conversation.takeover') && !isMine(c) && !ended(c),
    perform: (c) => c.ask('takeOver'),
  },
  {
    name: 'conversation.orderQuery',
    label: 'conversations.orderQuery',
    group,
    initials: 'cdd',
    when: (c) => serves(c) && !ended(c) && (c.view.intent === null || c.view.answerDueAt === null),
    perform: (c) => c.tag('order_query'),
  },
  {
    name: 'conversation.noOrderQuery',
    label: 'conversations.noOrderQuery',
    group,
    initials: 'qxcdd',
    when: (c) => serves(c) && !ended(c) && c.view.intent !== null,
    perform: (c) => c.tag(null),
  },
  {
    name: 'conversation.upset',
    label: 'conversations.markUpset',
    group,
    initials: 'qxjd',
    when: (c) => serves(c) && !ended(c) && c.view.upsetAt === null,
    perform: (c) => c.markUpset(true),
  },
  {
    name: 'conversation.calm',
    label: 'conversations.markCalm',
    group,
    initials: 'qxpf',
    when: (c) => serves(c) && !ended(c) && c.view.upsetAt !== null,
    perform: (c) => c.markUpset(false),
  },
  {
    name: 'conversation.wrapUp',
    label: 'conversations.wrapUp',
    group,
    keys: ['w'],
    initials: 'fwxj',
    when: serves,
    perform: (c) => c.ask('wrapUp'),
  },
  {
    name: 'conversation.close',
    label: 'conversations.close',
    group,
    keys: ['Shift+c'],
    initials: 'js',
    when: (c) => serves(c) && !ended(c),
    perform: (c) => c.ask('close'),
  },
];

export const conversationMoves: Array<Action<ConversationContext>> = [
  {
    name: 'conversation.reply',
    label: 'tickets.reply',
    group,
    keys: ['r'],
    initials: 'hfkh',
    when: (c) => serves(c) && !ended(c),
    perform: (c) => c.write('public'),
  },
  {
    name: 'conversation.note',
    label: 'tickets.note',
    group,
    keys: ['n'],
    initials: 'nbbz',
    when: serves,
    perform: (c) => c.write('internal'),
  },
  {
    name: 'conversation.register',
    label: 'conversations.register',
    group,
    keys: ['t'],
    initials: 'zwgd',
    permission: 'ticket.create',
    perform: (c) => c.register(),
  },
  {
    name: 'conversation.next',
    label: 'conversations.next',
    group,
    keys: ['j', ']'],
    perform: (c) => c.go(1),
  },
  {
    name: 'conversation.previous',
    label: 'conversations.previous',
    group,
    keys: ['k', '['],
    perform: (c) => c.go(-1),
  },
];
