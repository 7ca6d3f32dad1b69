/** Playbooks: the handbooks run as packs. The only door for other modules. */
import type { Part } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import { plugClosing } from '#modules/conversations/index.ts';
import { plugSteps } from '#modules/tasks/index.ts';
import { checkStep, demandFinished } from './check.ts';
import { wakeAll } from './engine.ts';
import { wakeKind } from './kinds/index.ts';
import { createCaller } from './caller.ts';
import { moveOn, playbookReactions } from './reactions.ts';
import { remindReview, reviewDone, reviewKind } from './reviews.ts';
import { playbookRoutes } from './routes.ts';
import { everyKind, startByCalendar } from './schedule.ts';

export { startPlaybook } from './commands/start.ts';
export { cancelRun, skipStep, taskOfStep, tickAction } from './commands/steps.ts';
export {
  clonePlaybook,
  draftPlaybook,
  faultsOfPack,
  publishPlaybook,
  readPlaybook,
  reviewPlaybook,
  switchPlaybook,
} from './commands/versions.ts';
export { installPack, installPacks, PackRefused, shippedPacks } from './install.ts';
export { packFolders, readFolder } from './folder.ts';
export type { FolderFault, ReadFolder } from './folder.ts';
export { listPlaybooks, listScripts, playbookJams } from './queries/playbooks.ts';
export { listRuns, runById } from './queries/runs.ts';

plugSteps(checkStep);
plugClosing(demandFinished);

export const playbooks: Part = {
  name: 'playbooks',
  subjects: {
    playbook: { permission: 'playbook.read' },
    run: {
      permission: 'task.read',
      ownership: (tx, id) =>
        tx.maybe(
          sql<{
            owners: (string | null)[];
            groupId: string | null;
          }>`select array[t.assignee_id, t.accountable_id, n.started_by] as owners, coalesce(t.group_id, v.group_id) as "groupId" from run n left join ticket t on t.id = n.ticket_id left join conversation v on v.id = n.conversation_id where n.id = ${id}::uuid`,
        ),
    },
  },
  routes: playbookRoutes,
  reactions: playbookReactions,
  inTransaction: [
    { on: ['task.done', 'task.skipped'], react: moveOn },
    { on: ['task.done'], react: reviewDone },
  ],
  due: {
    [wakeKind]: {
      together: (context, wakes) =>
        wakeAll(
          context,
          wakes.map(({ key, data }) => ({ taskId: key, outcome: String(data.outcome ?? 'reached') })),
        ),
    },
    [everyKind]: (context, { key }) => startByCalendar(context, key),
    [reviewKind]: (context, { key }) => remindReview(context, key),
  },
  start: async (centre, role) => {
    if (role === 'web') return undefined;
    const caller = createCaller(centre);
    caller.start();
    return () => caller.stop();
  },
};
