import { decidingFields } from '#contracts/flow.ts';
import { sql } from '#kernel/sql.ts';
import { openTask } from '#modules/tasks/index.ts';
import { taskOf } from './kind.ts';
import type { Kind } from './kind.ts';

/**
 * approve: one role after the other must say yes. Who did the step before is the one who asks, and nobody approves
 * what they asked for themselves. What decided that it is asked for stays as it is until the answer.
 */
export const approving: Kind = async (scene, step) => {
  const { context, run } = scene;
  const last = await context.tx.maybe(
    sql<{
      done_by: string | null;
    }>`select done_by from task where run_id = ${run.id}::uuid and state = 'done' and done_by is not null order by done_at desc, id desc limit 1`,
  );
  const [role] = step.by!;
  const task = await taskOf(scene, step, {
    kind: 'approval',
    assigneeId: null,
    groupId: null,
    roleKey: role!,
    requestedBy: last?.done_by ?? run.started_by,
  });
  return {
    open: await openTask(context, {
      ...task,
      data: { by: step.by!, decisions: [], holds: run.record_id ? decidingFields(scene.pack, step) : [] },
    }),
  };
};
