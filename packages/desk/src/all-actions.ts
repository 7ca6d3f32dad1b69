/** Every action of the desk, whichever screen offers it: what a person may give other keys to. */
import { composerActions } from '#ui/composer.tsx';
import { tableActions } from '#ui/table-actions.ts';
import type { Action } from '#ui/actions.tsx';
import { conversationActions, conversationMoves } from './features/conversations/actions.tsx';
import { offerActions } from './features/conversations/offer.tsx';
import { panelActions, stepActions } from './features/playbooks/actions.tsx';
import { recordActions } from './features/records/list.tsx';
import { recordPageActions } from './features/records/page.tsx';
import { taskActions, taskMoves } from './features/tasks/actions.tsx';
import { planActions } from './features/tasks/plan.tsx';
import { listActions } from './features/tickets/list.tsx';
import { moves, steps, verbs } from './features/tickets/actions.tsx';
import { shellActions } from './shell-actions.tsx';

export type KnownAction = Pick<Action<never>, 'name' | 'label' | 'group' | 'keys' | 'fixed' | 'permission'>;

/** Groups whose keys are heard on every screen. */
export const everywhere: readonly string[] = ['group.desk', 'group.go', 'group.presence', 'group.look'];

export const allActions: readonly KnownAction[] = [
  ...shellActions,
  ...conversationActions,
  ...conversationMoves,
  ...offerActions,
  ...verbs,
  ...moves,
  ...steps,
  ...listActions,
  ...panelActions,
  ...stepActions,
  ...planActions,
  ...taskActions,
  ...taskMoves,
  ...recordActions,
  ...recordPageActions,
  ...tableActions,
  ...composerActions,
];
