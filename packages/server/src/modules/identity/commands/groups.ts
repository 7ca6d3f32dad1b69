import { Type, obj, opt, nullable, Id, text, oneOf } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';

const shape = {
  name: text(40, 1),
  nameEn: opt(text(60)),
  kind: opt(oneOf(['service', 'expert'] as const)),
  calendarId: opt(nullable(Id)),
  members: opt(Type.Array(obj({ userId: Id, lead: Type.Boolean() }), { maxItems: 2000 })),
};
const key = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' });

const setMembers = async (
  { tx, emit }: Context,
  groupId: string,
  members: readonly { userId: string; lead: boolean }[],
) => {
  const before = await tx.all(
    sql<{ user_id: string }>`delete from group_member where group_id = ${groupId}::uuid returning user_id`,
  );
  await tx.run(
    sql`insert into group_member (group_id, user_id, lead) select ${groupId}::uuid, m."userId", m.lead from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as m("userId" uuid, lead boolean) join app_user u on u.id = m."userId"`,
  );
  for (const userId of new Set([
    ...before.map(({ user_id }) => user_id),
    ...members.map((member) => member.userId),
  ]))
    emit('user.access_changed', 'user', userId, {}, { userIds: [userId] });
};

export const createGroup = command({
  name: 'identity.create-group',
  permission: 'user.write',
  input: obj({ key, ...shape }),
  run: async (context, input) => {
    const { tx, newId, emit } = context;
    const id = newId();
    if (await tx.maybe(sql`select 1 from skill_group where key = ${input.key}`))
      throw new Problem('CONFLICT', { reason: { zh: '此标识已被使用', en: 'The key is taken' } });
    await tx.run(
      sql`insert into skill_group (id, key, name, name_en, kind, calendar_id) values (${id}::uuid, ${input.key}, ${input.name}, ${input.nameEn ?? input.name}, ${input.kind ?? 'service'}, ${input.calendarId ?? null}::uuid)`,
    );
    emit('group.changed', 'group', id, {});
    if (input.members) await setMembers(context, id, input.members);
    return id;
  },
});

export const changeGroup = command({
  name: 'identity.change-group',
  permission: 'user.write',
  input: obj({ id: Id, version: opt(Type.Integer()), key: opt(key), ...shape, name: opt(shape.name) }),
  run: async (context, input) => {
    const { tx, emit } = context;
    const group = await tx.maybe(
      sql<{ version: number }>`select version from skill_group where id = ${input.id}::uuid for update`,
    );
    if (!group) throw notFound();
    if (input.version !== undefined && input.version !== group.version)
      throw new Problem('STALE_VERSION', { expected: input.version, actual: group.version });
    await tx.run(
      sql`update skill_group set name = coalesce(${input.name ?? null}, name), name_en = coalesce(${input.nameEn ?? null}, name_en), kind = coalesce(${input.kind ?? null}, kind), calendar_id = case when ${input.calendarId !== undefined} then ${input.calendarId ?? null}::uuid else calendar_id end, version = version + 1 where id = ${input.id}::uuid`,
    );
    emit('group.changed', 'group', input.id, {});
    if (input.members) await setMembers(context, input.id, input.members);
    return input.id;
  },
});
