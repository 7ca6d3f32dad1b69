import { Type, obj, opt, Id, Email, text, oneOf } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { otherAdmins, userByEmail, userById, mergeGrants } from '../store.ts';
import { setGroups, setRoles } from './create-user.ts';
import { signOut } from './sign-out.ts';
import { setPresence } from './set-presence.ts';

const input = obj({
  id: Id,
  version: opt(Type.Integer()),
  email: opt(Email),
  name: opt(text(60, 1)),
  staffNo: opt(text(20)),
  roles: opt(Type.Array(text(40), { maxItems: 9 })),
  groupIds: opt(Type.Array(Id, { maxItems: 50 })),
  maxChats: opt(Type.Integer({ minimum: 1, maximum: 50 })),
  status: opt(oneOf(['active', 'disabled'] as const)),
});

/** Changing access or disabling takes effect at once: sessions end, sockets close, presence goes offline. */
export const changeUser = command({
  name: 'identity.change-user',
  permission: 'user.write',
  input,
  run: async (context, { id, version, email, name, staffNo, roles, groupIds, maxChats, status }) => {
    const { tx, emit, send } = context;
    await tx.maybe(sql`select 1 from app_user where id = ${id}::uuid for update`);
    const user = await userById(tx, id);
    if (!user) throw notFound();
    if (version !== undefined && version !== user.version)
      throw new Problem('STALE_VERSION', { expected: version, actual: user.version });
    if (email && email.toLowerCase() !== user.email.toLowerCase() && (await userByEmail(tx, email)))
      throw new Problem('EMAIL_TAKEN');
    const wasAdmin = mergeGrants(user.grants)['user.write'] !== undefined;
    if (roles) await setRoles(context, id, roles);
    if (groupIds) await setGroups(context, id, groupIds);
    const after = (await userById(tx, id))!;
    if (
      wasAdmin &&
      (status === 'disabled' || mergeGrants(after.grants)['user.write'] === undefined) &&
      !(await otherAdmins(tx, id))
    )
      throw new Problem('LAST_ADMIN');
    await tx.run(
      sql`update app_user set email = coalesce(${email ?? null}, email), name = coalesce(${name ?? null}, name), staff_no = coalesce(${staffNo ?? null}, staff_no), max_chats = coalesce(${maxChats ?? null}::int, max_chats), status = coalesce(${status ?? null}, status), version = version + 1 where id = ${id}::uuid`,
    );
    const fields = Object.entries({ email, name, staffNo, roles, groupIds, maxChats, status })
      .filter(([, value]) => value !== undefined)
      .map(([field]) => field);
    emit('user.changed', 'user', id, { fields }, { userIds: [id] });
    if (roles || groupIds || status) emit('user.access_changed', 'user', id, {}, { userIds: [id] });
    if (status === 'disabled') {
      await send(setPresence, { userId: id, state: 'offline' });
      await send(signOut, { userId: id });
      await tx.run(
        sql`update api_token set revoked_at = ${new Date(context.now)} where user_id = ${id}::uuid and revoked_at is null`,
      );
    }
    return id;
  },
});
