import { Type, obj, opt, nullable, Id, text, oneOf } from '#contracts/schema.ts';
import { unitKinds } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';

const shape = {
  name: text(40, 1),
  nameEn: opt(text(60)),
  kind: opt(oneOf(['service', 'expert'] as const)),
  calendarId: opt(nullable(Id)),
  unit: opt(nullable(oneOf(unitKinds))),
  region: opt(text(40)),
  parentId: opt(nullable(Id)),
  tier: opt(nullable(Type.Integer({ minimum: 1, maximum: 2 }))),
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

/** A parent that is there and not below the group itself. */
const demandParent = async (
  { tx }: Context,
  id: string,
  parentId: string | null | undefined,
): Promise<void> => {
  if (!parentId) return;
  const above = await tx.all(
    sql<{
      id: string;
    }>`with recursive up as (select id, parent_id from skill_group where id = ${parentId}::uuid union select g.id, g.parent_id from skill_group g join up on g.id = up.parent_id) select id from up`,
  );
  if (above.length === 0) throw notFound();
  if (above.some((one) => one.id === id))
    throw new Problem('GROUP_LOOP', {}, [{ pointer: '/parentId', code: 'INVALID' }]);
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
    await demandParent(context, id, input.parentId);
    await tx.run(
      sql`insert into skill_group (id, key, name, name_en, kind, calendar_id, unit, region, parent_id, tier) values (${id}::uuid, ${input.key}, ${input.name}, ${input.nameEn ?? input.name}, ${input.kind ?? 'service'}, ${input.calendarId ?? null}::uuid, ${input.unit ?? null}, ${input.region ?? ''}, ${input.parentId ?? null}::uuid, ${input.tier ?? null})`,
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
    await demandParent(context, input.id, input.parentId);
    const given = <T>(value: T | null | undefined) => ({ told: value !== undefined, value: value ?? null });
    const [unit, parent, tier] = [given(input.unit), given(input.parentId), given(input.tier)];
    await tx.run(
      sql`update skill_group set unit = case when ${unit.told} then ${unit.value} else unit end, region = coalesce(${input.region ?? null}, region), parent_id = case when ${parent.told} then ${parent.value}::uuid else parent_id end, tier = case when ${tier.told} then ${tier.value}::int else tier end, name = coalesce(${input.name ?? null}, name), name_en = coalesce(${input.nameEn ?? null}, name_en), kind = coalesce(${input.kind ?? null}, kind), calendar_id = case when ${input.calendarId !== undefined} then ${input.calendarId ?? null}::uuid else calendar_id end, version = version + 1 where id = ${input.id}::uuid`,
    );
    emit('group.changed', 'group', input.id, {});
    if (input.members) await setMembers(context, input.id, input.members);
    return input.id;
  },
});
