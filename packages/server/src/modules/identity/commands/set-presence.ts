import { Type, obj, opt, Id, text, oneOf } from '#contracts/schema.ts';
import { presenceStates } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { presenceOf } from '../store.ts';

/** Sets presence; every change is an event with who and why. A supervisor's force is marked. */
export const setPresence = command({
  name: 'identity.set-presence',
  permission: null,
  input: obj({
    userId: Id,
    state: oneOf(presenceStates),
    reason: opt(text(200)),
    forced: opt(Type.Boolean()),
  }),
  run: async ({ tx, now, emit }, { userId, state, reason, forced }) => {
    await tx.run(
      sql`insert into presence (user_id, state, since) values (${userId}::uuid, 'offline', ${new Date(now)}) on conflict do nothing`,
    );
    await tx.run(sql`select 1 from presence where user_id = ${userId}::uuid for update`);
    const before = await presenceOf(tx, userId);
    if (before.state === state && before.reason === (reason ?? null)) return;
    // Whoever presses a button is there: the last sign of their page must not be older than this.
    await tx.run(
      sql`update presence set state = ${state}, reason = ${reason ?? null}, forced = ${forced ?? false}, since = ${new Date(now)}, seen_at = case when seen_at is null then null else ${new Date(now)}::timestamptz end where user_id = ${userId}::uuid`,
    );
    const { group_ids } = await tx.one(
      sql<{
        group_ids: string[];
      }>`select coalesce(array_agg(group_id), '{}') as group_ids from group_member where user_id = ${userId}::uuid`,
    );
    emit(
      'presence.changed',
      'user',
      userId,
      { from: before.state, to: state, reason: reason ?? null, ...(forced ? { forced } : {}) },
      { userIds: [userId], groupId: group_ids[0] ?? null },
    );
  },
});
