import type { TaskView } from '#contracts/routes/tasks.ts';
import type { Action } from '#ui/actions.tsx';
import { mayClaim, mayDecide, mayWork, type Worker } from './rules.ts';

export type TaskDialog = 'outcome' | 'decide' | 'handOver';
export type TaskContext = {
  task: TaskView | undefined;
  me: Worker;
  open: () => void;
  keep: () => void;
  claim: () => void;
  ask: (dialog: TaskDialog) => void;
};

const group = 'tasks.title';
const works = ({ task, me }: TaskContext) => task !== undefined && mayWork(me, task);
const is = (c: TaskContext, ...kinds: Array<TaskView['kind']>) =>
  c.task !== undefined && kinds.includes(c.task.kind);

/** What can be done with a task where it stands in the list. */
export const taskActions: Array<Action<TaskContext>> = [
  {
    name: 'task.decide',
    label: 'tasks.decide',
    group,
    keys: ['d'],
    initials: 'sp',
    permission: 'task.work',
    when: (c) => is(c, 'approval') && mayDecide(c.me, c.task!),
    perform: (c) => c.ask('decide'),
  },
  {
    name: 'task.outcome',
    label: 'tasks.outcome',
    group,
    keys: ['d'],
    initials: 'tjg',
    permission: 'task.work',
    when: (c) => is(c, 'callback', 'follow_up') && works(c),
    perform: (c) => c.ask('outcome'),
  },
  {
    name: 'task.keep',
    label: 'tasks.keep',
    group,
    keys: ['d'],
    initials: 'dx',
    permission: 'task.work',
    when: (c) => is(c, 'commitment') && works(c),
    perform: (c) => c.keep(),
  },
  {
    name: 'task.open',
    label: 'tasks.open',
    group,
    keys: ['o'],
    initials: 'qbl',
    when: (c) => is(c, 'step'),
    perform: (c) => c.open(),
  },
  {
    name: 'task.claim',
    label: 'tasks.claim',
    group,
    keys: ['Shift+l'],
    initials: 'lq',
    permission: 'task.work',
    when: (c) => c.task !== undefined && !is(c, 'approval') && mayClaim(c.me, c.task),
    perform: (c) => c.claim(),
  },
  {
    name: 'task.handOver',
    label: 'tasks.handOver',
    group,
    keys: ['a'],
    initials: 'zj',
    permission: 'task.assign',
    when: (c) => c.task !== undefined,
    perform: (c) => c.ask('handOver'),
  },
];

/** Moving in the list; Enter is heard by the row that has the focus. */
export const taskMoves: Array<Action<{ move: (step: 1 | -1) => void }>> = [
  { name: 'task.next', label: 'tasks.next', group, keys: ['j'], keyOnly: true, perform: (c) => c.move(1) },
  {
    name: 'task.previous',
    label: 'tasks.previous',
    group,
    keys: ['k'],
    keyOnly: true,
    perform: (c) => c.move(-1),
  },
];
