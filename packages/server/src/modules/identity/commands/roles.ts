import { Type, obj, opt, text, oneOf } from '#contracts/schema.ts';
import { permissions } from '#contracts/permissions.ts';
import type { Permission } from '#contracts/permissions.ts';
import { scopes } from '#contracts/words.ts';
import type { Scope } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import type { Tx } from '#kernel/sql.ts';
import { faulty, notFound, Problem } from '#kernel/problem.ts';
import { sql, json } from '#kernel/sql.ts';

const key = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' });
const grantsShape = Type.Record(Type.String(), oneOf(scopes));
/** Roles have no id of their own; their events hang on one well-known subject. */
const rolesSubject = '00000000-0000-7000-8000-000000000001';

const demandKnown = (grants: Record<string, Scope>) => {
  for (const [permission, scope] of Object.entries(grants)) {
    const entry = permissions[permission as Permission];
    if (!entry)
      throw faulty(`/grants/${permission}`, 'NOT_LISTED', {
        allowed: {
          zh: '“设置 › 角色与权限”中列出的权限（接口：GET /catalogue）',
          en: 'the permissions under Settings › Roles (API: GET /catalogue)',
        },
      });
    if (!(entry.scopes as readonly Scope[]).includes(scope))
      throw faulty(`/grants/${permission}`, 'NOT_LISTED', { allowed: entry.scopes.join(', ') });
  }
};
const demandAdmin = async (tx: Tx) => {
  if (
    !(await tx.maybe(
      sql`select 1 from app_user u join user_role r on r.user_id = u.id join role on role.key = r.role_key where u.status = 'active' and role.grants ? 'user.write' limit 1`,
    ))
  )
    throw new Problem('LAST_ADMIN');
};

export const createRole = command({
  name: 'identity.create-role',
  permission: 'user.write',
  input: obj({ key, name: text(40, 1), nameEn: opt(text(60)), grants: grantsShape }),
  run: async ({ tx, emit }, input) => {
    demandKnown(input.grants);
    if (await tx.maybe(sql`select 1 from role where key = ${input.key}`))
      throw new Problem('CONFLICT', { reason: { zh: '此标识已被使用', en: 'The key is taken' } });
    await tx.run(
      sql`insert into role (key, name, name_en, preset, grants) values (${input.key}, ${input.name}, ${input.nameEn ?? input.name}, false, ${json(input.grants)}::jsonb)`,
    );
    emit('role.changed', 'role', rolesSubject, { key: input.key });
  },
});

export const changeRole = command({
  name: 'identity.change-role',
  permission: 'user.write',
  input: obj({
    key,
    version: opt(Type.Integer()),
    name: opt(text(40, 1)),
    nameEn: opt(text(60)),
    grants: opt(grantsShape),
  }),
  run: async ({ tx, emit, audit }, input) => {
    const role = await tx.maybe(
      sql<{
        version: number;
        grants: unknown;
      }>`select version, grants from role where key = ${input.key} for update`,
    );
    if (!role) throw notFound();
    if (input.version !== undefined && input.version !== role.version)
      throw new Problem('STALE_VERSION', { expected: input.version, actual: role.version });
    if (input.grants) demandKnown(input.grants);
    await tx.run(
      sql`update role set name = coalesce(${input.name ?? null}, name), name_en = coalesce(${input.nameEn ?? null}, name_en), grants = coalesce(${input.grants ? json(input.grants) : null}::jsonb, grants), version = version + 1 where key = ${input.key}`,
    );
    await demandAdmin(tx);
    emit('role.changed', 'role', rolesSubject, { key: input.key });
    audit('role', rolesSubject, { before: role.grants, after: input.grants });
  },
});

export const deleteRole = command({
  name: 'identity.delete-role',
  permission: 'user.write',
  input: obj({ key }),
  run: async ({ tx, emit }, input) => {
    const { count } = await tx.one(
      sql<{ count: number }>`select count(*)::int as count from user_role where role_key = ${input.key}`,
    );
    if (count > 0) throw new Problem('ROLE_IN_USE', { count });
    if ((await tx.run(sql`delete from role where key = ${input.key} and not preset`)) === 0) throw notFound();
    emit('role.changed', 'role', rolesSubject, { key: input.key });
  },
});
