import { Id, obj, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { endTask } from '../open.ts';
import { decide } from '../rules.ts';
import { audienceOf, lockTask, placeOf } from '../store.ts';
import type { TaskRow } from '../store.ts';

const words = {
  approved: { zh: '批准', en: 'approved' },
  rejected: { zh: '驳回', en: 'rejected' },
} as const;

/** The row is locked, so of two who decide at once the second is told who was first (P104). */
export const decideApproval = async (
  context: Context,
  row: TaskRow,
  outcome: 'approved' | 'rejected',
  comment: string,
): Promise<void> => {
  const { tx, now, actor, emit } = context;
  const decisions = row.data.decisions ?? [];
  if (row.state !== 'open') {
    const last = decisions.at(-1);
    throw new Problem('APPROVAL_DECIDED', {
      who: last?.by ?? '—',
      at: last?.at ?? '—',
      outcome: words[(last?.outcome ?? 'approved') as 'approved'],
    });
  }
  const verdict = decide(
    { by: row.data.by ?? [], decisions },
    { by: actor.name, byId: actor.id, outcome, comment, at: new Date(now).toISOString() },
    {
      requestedBy: row.requested_by,
      roleKeys: actor.roleKeys ?? [],
      isDelegate: row.assignee_id === actor.id,
    },
  );
  if ('refusal' in verdict) {
    if (verdict.refusal === 'role') {
      const role = row.data.by?.[decisions.length] ?? '';
      const named = await tx.maybe(
        sql<{ name: string; name_en: string }>`select name, name_en from role where key = ${role}`,
      );
      throw new Problem('TASK_NOT_YOURS', {
        who: { zh: `「${named?.name ?? role}」`, en: named?.name_en ?? role },
      });
    }
    throw new Problem('APPROVAL_SELF');
  }
  await tx.run(
    sql`update task set data = data || ${json({ decisions: verdict.decisions })}::jsonb, role_key = coalesce(${verdict.nextRole}, role_key), assignee_id = case when ${verdict.nextRole}::text is null then assignee_id else null end, version = version + 1 where id = ${row.id}::uuid`,
  );
  context.audit('task', row.id, { outcome, comment });
  if (verdict.done)
    await endTask(context, row, { state: 'done', outcome: verdict.done, note: comment || null });
  else
    emit(
      'task.assigned',
      'task',
      row.id,
      { from: row.assignee_id, to: null, ...placeOf(row) },
      audienceOf({ ...row, assignee_id: null }),
    );
};

const decision = (name: string, outcome: 'approved' | 'rejected') =>
  command({
    name,
    permission: 'task.work',
    input: obj({ id: Id, comment: text(2000) }),
    run: async (context, { id, comment }) => {
      const row = await lockTask(
        context.tx,
        { ...context.actor, grants: { ...context.actor.grants, 'task.work': 'all' } },
        id,
      );
      await decideApproval(context, row, outcome, comment);
      return id;
    },
  });
export const approve = decision('tasks.approve', 'approved');
export const reject = decision('tasks.reject', 'rejected');
