import {
  ForwardOutlined,
  PlayCircleOutlined,
  StopOutlined,
  SwapOutlined,
  UserAddOutlined,
} from '@ant-design/icons';
import type { OpenStep } from '#contracts/routes/playbooks.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { Action } from '#ui/actions.tsx';
import { endingOf, maySkip } from './rules.ts';

export type StepDialog = 'skip' | 'handOver' | 'cancel';
export type StepContext = {
  open: OpenStep;
  can: (permission: Permission) => boolean;
  /** May I finish it, may I take it. */ works: boolean;
  claims: boolean;
  hasComposer: boolean;
  finish: () => void;
  claim: () => void;
  insert: () => void;
  copy: () => void;
  ask: (dialog: StepDialog) => void;
};

const group = 'playbooks.title';
const hasWords = (c: StepContext) => c.open.scripts.length > 0;

/** What can be done with the step that is open beside the case. */
export const stepActions: Array<Action<StepContext>> = [
  {
    name: 'step.finish',
    label: 'playbooks.finish',
    group,
    // Heard by the panel itself while the focus is in it: nobody finishes a step by a key meant for something else.
    keys: ['Mod+Enter'],
    fixed: true,
    initials: 'wcbz',
    permission: 'task.work',
    when: (c) => c.works && ['done', 'call'].includes(endingOf(c.open)),
    perform: (c) => c.finish(),
  },
  {
    name: 'step.claim',
    label: 'tasks.claim',
    group,
    keys: ['Shift+l'],
    initials: 'lq',
    icon: <UserAddOutlined />,
    permission: 'task.work',
    when: (c) => c.claims,
    perform: (c) => c.claim(),
  },
  {
    name: 'step.insert',
    label: 'playbooks.insert',
    group,
    keys: ['i'],
    initials: 'frhfk',
    when: (c) => hasWords(c) && c.hasComposer,
    perform: (c) => c.insert(),
  },
  {
    name: 'step.copy',
    label: 'playbooks.copy',
    group,
    keys: ['Shift+i'],
    initials: 'fzhs',
    when: hasWords,
    perform: (c) => c.copy(),
  },
  {
    name: 'step.handOver',
    label: 'tasks.handOver',
    group,
    initials: 'zjbz',
    icon: <SwapOutlined />,
    permission: 'task.assign',
    perform: (c) => c.ask('handOver'),
  },
  {
    name: 'step.skip',
    label: 'playbooks.skip',
    group,
    initials: 'tgbz',
    icon: <ForwardOutlined />,
    permission: 'task.work',
    when: (c) => c.works && maySkip(c.open, c.can('ticket.override')),
    perform: (c) => c.ask('skip'),
  },
  {
    name: 'step.cancel',
    label: 'playbooks.cancel',
    group,
    initials: 'zzlc',
    icon: <StopOutlined />,
    danger: true,
    permission: 'task.assign',
    perform: (c) => c.ask('cancel'),
  },
];

export type PanelContext = { show: () => void; start: () => void };
/** Of the panel as a whole, whether a playbook runs or not. */
export const panelActions: Array<Action<PanelContext>> = [
  {
    name: 'step.show',
    label: 'playbooks.toStep',
    group,
    keys: ['Shift+s'],
    initials: 'ddqbz',
    permission: 'task.read',
    perform: (c) => c.show(),
  },
  {
    name: 'step.start',
    label: 'playbooks.start',
    group,
    keys: ['Shift+p'],
    initials: 'qdlc',
    icon: <PlayCircleOutlined />,
    permission: 'playbook.run',
    perform: (c) => c.start(),
  },
];
