/** SQL on the tables of identity. */
import type { Grants } from '#contracts/permissions.ts';
import type { Scope } from '#contracts/words.ts';
import type { UserView, MeView, GroupView, RoleView } from '#contracts/routes/identity.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import type { Actor } from '#kernel/actor.ts';

export type UserRow = {
  id: string;
  email: string;
  name: string;
  staff_no: string;
  password_hash: string;
  demo_password: boolean;
  status: 'active' | 'disabled';
  phone: string | null;
  locale: string;
  preferences: Record<string, unknown>;
  max_chats: number;
  last_seen_at: number | null;
  version: number;
  roles: string[];
  groups: { id: string; key: string; name: string; lead: boolean }[];
  grants: Grants[];
};

const userColumns =
  unsafeText(`u.*, coalesce((select array_agg(r.role_key order by r.role_key) from user_role r where r.user_id = u.id), '{}') as roles,
  coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'key', g.key, 'name', g.name, 'lead', m.lead) order by g.key) from group_member m join skill_group g on g.id = m.group_id where m.user_id = u.id), '[]') as groups,
  coalesce((select jsonb_agg(role.grants) from user_role r join role on role.key = r.role_key where r.user_id = u.id), '[]') as grants`);

export const usersWhere = (tx: Tx, where: SqlFragment): Promise<UserRow[]> =>
  tx.all(sql<UserRow>`select ${userColumns} from app_user u where ${where}`);
export const userById = async (tx: Tx, id: string): Promise<UserRow | undefined> =>
  (await usersWhere(tx, sql`u.id = ${id}::uuid`))[0];
export const userByEmail = async (tx: Tx, email: string): Promise<UserRow | undefined> =>
  (await usersWhere(tx, sql`lower(u.email) = lower(${email})`))[0];

const wider: Record<Scope, number> = { own: 0, channel: 1, group: 2, all: 3 };
/** Several roles add up: the widest scope of each permission. */
export const mergeGrants = (grants: readonly Grants[]): Grants => {
  const merged: Record<string, Scope> = {};
  for (const one of grants)
    for (const [permission, scope] of Object.entries(one))
      if (merged[permission] === undefined || wider[scope] > wider[merged[permission]])
        merged[permission] = scope;
  return merged as Grants;
};

export const toActor = (user: UserRow, sessionId?: string): Actor => ({
  kind: 'user',
  id: user.id,
  name: user.name,
  grants: mergeGrants(user.grants),
  groupIds: user.groups.map(({ id }) => id),
  channelIds: [],
  roleKeys: user.roles,
  sessionId,
});

const iso = (ms: number) => new Date(ms).toISOString();
export const toUserView = (user: UserRow): UserView => ({
  id: user.id,
  email: user.email,
  name: user.name,
  staffNo: user.staff_no,
  roles: user.roles,
  groups: user.groups,
  status: user.status,
  maxChats: user.max_chats,
  lastSeenAt: user.last_seen_at === null ? null : iso(user.last_seen_at),
  demoPassword: user.demo_password,
  version: user.version,
});

export type PresenceRow = { state: MeView['presence']['state']; reason: string | null; since: number };
export const presenceOf = async (tx: Tx, userId: string): Promise<PresenceRow> =>
  (await tx.maybe(
    sql<PresenceRow>`select state, reason, since from presence where user_id = ${userId}::uuid`,
  )) ?? { state: 'offline', reason: null, since: 0 };

export const groups = (tx: Tx): Promise<GroupView[]> =>
  tx.all(sql<GroupView>`
  select g.id, g.key, g.name, g.name_en as "nameEn", g.kind, g.calendar_id as "calendarId", g.unit, g.region, g.parent_id as "parentId", g.tier, g.version,
    coalesce((select jsonb_agg(jsonb_build_object('userId', m.user_id, 'lead', m.lead) order by m.user_id) from group_member m where m.group_id = g.id), '[]') as members
  from skill_group g order by g.key`);
export const roles = (tx: Tx): Promise<RoleView[]> =>
  tx.all(sql<RoleView>`
  select r.key, r.name, r.name_en as "nameEn", r.preset, r.grants, r.version, (select count(*)::int from user_role u where u.role_key = r.key) as users from role r order by r.preset desc, r.key`);

/** Is there another active administrator beside this one? */
export const otherAdmins = async (tx: Tx, userId: string): Promise<boolean> =>
  !!(await tx.maybe(
    sql`select 1 from app_user u join user_role r on r.user_id = u.id join role on role.key = r.role_key where u.status = 'active' and u.id <> ${userId}::uuid and role.grants ? 'user.write' limit 1`,
  ));
