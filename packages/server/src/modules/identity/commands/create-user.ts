import { Type, obj, opt, Id, Email, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { faulty, Problem } from '#kernel/problem.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { sql } from '#kernel/sql.ts';
import { demandStrong, hashPassword } from '../passwords.ts';
import { userByEmail } from '../store.ts';

const input = obj({
  email: Email,
  name: text(60, 1),
  staffNo: opt(text(20)),
  roles: Type.Array(text(40), { maxItems: 9 }),
  groupIds: opt(Type.Array(Id, { maxItems: 50 })),
  maxChats: opt(Type.Integer({ minimum: 1, maximum: 50 })),
  password: text(200, 1),
  demoPassword: opt(Type.Boolean()),
  mustChange: opt(Type.Boolean()),
});

export const setRoles = async ({ tx }: Context, userId: string, roles: readonly string[]) => {
  await tx.run(sql`delete from user_role where user_id = ${userId}::uuid`);
  const count = await tx.run(
    sql`insert into user_role (user_id, role_key) select ${userId}::uuid, key from role where key = any(${roles}::text[])`,
  );
  if (count !== new Set(roles).size)
    throw faulty('/roles', 'NOT_LISTED', {
      allowed: {
        zh: '“设置 › 角色与权限”中的角色（接口：GET /roles）',
        en: 'the roles under Settings › Roles (API: GET /roles)',
      },
    });
};
export const setGroups = async ({ tx }: Context, userId: string, groupIds: readonly string[]) => {
  await tx.run(
    sql`delete from group_member where user_id = ${userId}::uuid and group_id <> all(${groupIds}::uuid[])`,
  );
  await tx.run(
    sql`insert into group_member (group_id, user_id) select g.id, ${userId}::uuid from skill_group g where g.id = any(${groupIds}::uuid[]) on conflict do nothing`,
  );
};

export const createUser = command({
  name: 'identity.create-user',
  permission: 'user.write',
  input,
  run: async (
    context,
    { email, name, staffNo, roles, groupIds, maxChats, password, demoPassword, mustChange },
  ) => {
    const { tx, now, newId, emit } = context;
    if (!demoPassword) demandStrong(password, email);
    if (await userByEmail(tx, email)) throw new Problem('EMAIL_TAKEN');
    const id = newId();
    await tx.run(
      sql`insert into app_user (id, email, name, staff_no, password_hash, demo_password, must_change, max_chats, created_at) values (${id}::uuid, ${email}, ${name}, ${staffNo ?? String(1000 + (await nextNumber(context.centre.db, 'staff')))}, ${await hashPassword(password)}, ${demoPassword ?? false}, ${mustChange ?? false}, ${maxChats ?? 5}, ${new Date(now)})`,
    );
    await tx.run(
      sql`insert into presence (user_id, state, since) values (${id}::uuid, 'offline', ${new Date(now)})`,
    );
    await setRoles(context, id, roles);
    await setGroups(context, id, groupIds ?? []);
    emit('user.created', 'user', id, {}, { userIds: [id] });
    return id;
  },
});
