import type { Action } from './actions.tsx';

type Moves = { move: (step: 1 | -1) => void; toggle?: () => void };
/** Moving and choosing by keys; Enter and the arrows are heard only by the table that has the focus. */
export const tableActions: Array<Action<Moves>> = [
  {
    name: 'table.next',
    label: 'ui:table.next',
    group: 'ui:table.keys',
    keys: ['j'],
    keyOnly: true,
    perform: (c) => c.move(1),
  },
  {
    name: 'table.previous',
    label: 'ui:table.previous',
    group: 'ui:table.keys',
    keys: ['k'],
    keyOnly: true,
    perform: (c) => c.move(-1),
  },
  {
    name: 'table.open',
    label: 'ui:table.open',
    group: 'ui:table.keys',
    keys: ['Enter'],
    fixed: true,
    perform: () => {},
  },
  {
    name: 'table.select',
    label: 'ui:table.select',
    group: 'ui:table.keys',
    keys: ['x'],
    keyOnly: true,
    when: (c) => c.toggle !== undefined,
    perform: (c) => c.toggle?.(),
  },
];
