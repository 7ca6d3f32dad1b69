/** What people do with the steps of a run, beside finishing them. */
import { Id, Type, obj, text } from '#contracts/schema.ts';
import { skipRule, stepOf } from '#contracts/flow.ts';
import { labels } from '#contracts/words.ts';
import { may } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { demandOpen, endTask, lockTask } from '#modules/tasks/index.ts';
import { endOpen, sceneOf } from '../engine.ts';
import { audienceOf, lockRun, packOf, placeOf } from '../store.ts';

/** The open task of a step, by its id or by the step's key. */
export const taskOfStep = async (
  { tx }: Pick<Context, 'tx'>,
  runId: string,
  step: string,
): Promise<string> => {
  const row = await tx.maybe(
    sql<{
      id: string;
    }>`select id from task where run_id = ${runId}::uuid and not system and (id::text = ${step} or step_key = ${step}) order by (state = 'open') desc, created_at desc, id desc limit 1`,
  );
  if (!row) throw notFound();
  return row.id;
};

/** Ticks or unticks an action of an open step; who and when is kept (SD0-02). */
export const tickAction = command({
  name: 'playbooks.tick',
  permission: 'task.work',
  input: obj({ taskId: Id, index: Type.Integer({ minimum: 0 }), done: Type.Boolean() }),
  run: async ({ tx, now, actor, audit }, { taskId, index, done }) => {
    const row = await lockTask(tx, actor, taskId);
    demandOpen(row);
    const { [String(index)]: _, ...others } = row.data.ticked ?? {};
    const ticked = done
      ? { ...others, [index]: { by: actor.name, at: new Date(now).toISOString() } }
      : others;
    await tx.run(
      sql`update task set data = data || ${json({ ticked })}::jsonb, version = version + 1 where id = ${taskId}::uuid`,
    );
    audit('task', taskId, { index, done });
    return taskId;
  },
});

/** Skips an open step with a reason, where the playbook lets one; the run goes on as after finishing it. */
export const skipStep = command({
  name: 'playbooks.skip',
  permission: 'task.work',
  input: obj({ taskId: Id, reason: text(1000, 1) }),
  run: async (context, { taskId, reason }) => {
    const { tx, actor, centre } = context;
    const row = await lockTask(tx, actor, taskId);
    demandOpen(row);
    const run = await lockRun(tx, row.run_id!);
    const step = stepOf(await packOf(centre.db, run.playbook, run.version), row.step_key!);
    // Skipping would be a yes without anybody's name under it, and one's own request would pass so.
    if (row.kind === 'approval')
      throw new Problem('STEP_SKIP_REFUSED', {
        step: step?.name ?? row.title,
        rule: {
          zh: '须由审批人同意或驳回，不能跳过',
          en: 'is approved or rejected by who may, never skipped',
        },
      });
    const rule = step ? skipRule(step) : 'supervisor';
    if (rule === 'never')
      throw new Problem('STEP_SKIP_REFUSED', {
        step: step!.name,
        rule: { zh: '是必经步骤，不能跳过', en: 'must not be skipped' },
      });
    if (rule === 'supervisor' && !may(actor, 'ticket.override') && actor.kind !== 'system')
      throw new Problem('STEP_SKIP_REFUSED', {
        step: step?.name ?? row.title,
        rule: { zh: '只能由主管跳过', en: 'may only be skipped by a supervisor' },
      });
    await endTask(context, row, { state: 'skipped', outcome: 'skipped', note: reason });
    return taskId;
  },
});

/** Ends a run with a reason; its open steps end with it. */
export const cancelRun = command({
  name: 'playbooks.cancel',
  permission: 'task.assign',
  input: obj({ id: Id, reason: text(1000, 1) }),
  run: async (context, { id, reason }) => {
    const run = await lockRun(context.tx, id);
    if (run.state !== 'running') throw new Problem('RUN_OVER', { state: labels.runState![run.state] });
    const scene = await sceneOf(context, run);
    await endOpen(context, id, reason);
    await context.tx.run(
      sql`update run set state = 'cancelled', end_reason = ${reason}, ended_at = ${new Date(context.now)} where id = ${id}::uuid`,
    );
    context.emit(
      'run.cancelled',
      'run',
      id,
      { playbook: run.playbook, reason, ...placeOf(run) },
      audienceOf(run, scene.about.group, [scene.about.assignee]),
    );
    return id;
  },
});
