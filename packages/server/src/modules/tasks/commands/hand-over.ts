import { Id, obj, text } from '#contracts/schema.ts';
import { inScope, userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { permissions } from '#contracts/permissions.ts';
import { sql } from '#kernel/sql.ts';
import { audienceOf, demandOpen, lockTask, placeOf, showOnTicket } from '../store.ts';

/** Takes a task of one's role or group; the first one wins. */
export const claimTask = command({
  name: 'tasks.claim',
  permission: 'task.work',
  input: obj({ id: Id }),
  run: async ({ tx, actor, emit }, { id }) => {
    const row = await lockTask(tx, actor, id);
    demandOpen(row);
    const me = userId(actor);
    if (row.assignee_id === me) return id;
    await tx.run(
      sql`update task set assignee_id = ${me}::uuid, version = version + 1 where id = ${id}::uuid`,
    );
    emit(
      'task.assigned',
      'task',
      id,
      { from: row.assignee_id, to: me, ...placeOf(row) },
      audienceOf({ ...row, assignee_id: me }),
    );
    return id;
  },
});

/** Hands a task over by name with a note; an approval is delegated this way. */
export const assignTask = command({
  name: 'tasks.assign',
  permission: 'task.assign',
  input: obj({ id: Id, assigneeId: Id, note: text(1000, 1) }),
  run: async ({ tx, actor, emit }, { id, assigneeId, note }) => {
    const row = await lockTask(tx, { ...actor, grants: { ...actor.grants, 'task.work': 'all' } }, id);
    demandOpen(row);
    const mine =
      row.assignee_id === null && row.role_key !== null && (actor.roleKeys ?? []).includes(row.role_key);
    if (
      userId(actor) &&
      !mine &&
      !inScope(actor, 'task.assign', { owners: [row.assignee_id], groupId: row.group_id })
    )
      throw new Problem('FORBIDDEN', { permission: permissions['task.assign'] });
    const to = await tx.maybe(
      sql<{ status: string }>`select status from app_user where id = ${assigneeId}::uuid`,
    );
    if (to?.status !== 'active') throw new Problem('ASSIGNEE_UNAVAILABLE');
    const accused = row.ticket_id
      ? await tx.maybe(
          sql`select 1 from ticket where id = ${row.ticket_id}::uuid and accused_id = ${assigneeId}::uuid`,
        )
      : undefined;
    if (accused) throw new Problem('ASSIGNEE_ACCUSED');
    await tx.run(
      sql`update task set assignee_id = ${assigneeId}::uuid, data = data - 'who', version = version + 1 where id = ${id}::uuid`,
    );
    emit(
      'task.assigned',
      'task',
      id,
      { from: row.assignee_id, to: assigneeId, note, ...placeOf(row) },
      audienceOf({ ...row, assignee_id: assigneeId }),
    );
    await showOnTicket(tx, row.ticket_id);
    return id;
  },
});
