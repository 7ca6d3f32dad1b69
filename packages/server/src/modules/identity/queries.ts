import type { MeView, UserView } from '#contracts/routes/identity.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { decodeCursor, likeText, toPage, rowsFor } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import { presenceOf, toUserView, userById, usersWhere } from './store.ts';

const iso = (ms: number) => new Date(ms).toISOString();

export const me = async (centre: Centre, actor: Actor): Promise<MeView> => {
  const user = await userById(centre.db, actor.id);
  if (!user) throw new Problem('UNAUTHENTICATED');
  const presence = await presenceOf(centre.db, user.id);
  const { load } = await centre.db.one(
    sql<{
      load: number;
    }>`select count(*)::int as load from conversation where agent_id = ${user.id}::uuid and state = 'active'`,
  );
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    staffNo: user.staff_no,
    phone: user.phone,
    locale: user.locale,
    roles: user.roles,
    groups: user.groups,
    grants: actor.grants as Record<string, string>,
    preferences: user.preferences,
    serverTime: iso(centre.clock.now()),
    presence: {
      state: presence.state,
      reason: presence.reason,
      since: iso(presence.since),
      load,
      max: user.max_chats,
    },
  };
};

type Filter = {
  limit?: number;
  cursor?: string;
  q?: string;
  groupId?: string;
  role?: string;
  status?: 'active' | 'disabled';
};
export const listUsers = async (
  centre: Centre,
  { limit = 50, cursor, q, groupId, role, status }: Filter,
): Promise<Page<UserView>> => {
  const after = decodeCursor(cursor, 2);
  const like = q ? `%${likeText(q)}%` : null;
  const rows = await usersWhere(
    centre.db,
    sql`
    (${status ?? null}::text is null or u.status = ${status ?? null}) and (${like}::text is null or u.name ilike ${like} or u.email ilike ${like} or u.staff_no ilike ${like})
    and (${groupId ?? null}::uuid is null or exists (select 1 from group_member m where m.user_id = u.id and m.group_id = ${groupId ?? null}::uuid))
    and (${role ?? null}::text is null or exists (select 1 from user_role r where r.user_id = u.id and r.role_key = ${role ?? null}))
    and (${after ? String(after[0]) : null}::text is null or (u.staff_no, u.id) > (${after ? String(after[0]) : null}, ${after ? String(after[1]) : null}::uuid))
    order by u.staff_no, u.id ${limitOf(rowsFor(limit))}`,
  );
  return toPage(rows.map(toUserView), limit, (user) => [user.staffNo, user.id]);
};
