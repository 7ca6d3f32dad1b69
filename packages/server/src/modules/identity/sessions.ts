/** Opaque tokens, stored hashed, checked in one row; idle and absolute limits; API tokens likewise. */
import type { Permission } from '#contracts/permissions.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Database, Tx } from '#kernel/sql.ts';
import { sql } from '#kernel/sql.ts';
import { sha256 } from '#kernel/http.ts';
import { toActor, usersWhere } from './store.ts';

export const idleMs = 12 * 3_600_000;
export const absoluteMs = 7 * 86_400_000;
/** A looked-up actor is trusted for this long; revocation is seen after it at the latest (limit: 5 s). */
const trustMs = 2000;

export const openSession = async (
  tx: Tx,
  {
    id,
    token,
    userId,
    now,
    agent,
  }: { id: string; token: string; userId: string; now: number; agent: string },
) =>
  tx.run(
    sql`insert into session (id, token_hash, user_id, created_at, last_seen_at, expires_at, agent) values (${id}::uuid, ${sha256(token)}, ${userId}::uuid, ${new Date(now)}, ${new Date(now)}, ${new Date(now + absoluteMs)}, ${agent.slice(0, 200)})`,
  );

export type Trusted = {
  session(token: string): Promise<Actor | undefined>;
  apiToken(token: string): Promise<Actor | undefined>;
  alive(actors: Actor[]): Promise<Set<string>>;
  forget(): void;
};

export const createTrust = (db: Database, clock: Clock): Trusted => {
  const known = new Map<string, { actor: Actor; until: number }>();
  const remember = (key: string, actor: Actor | undefined) => {
    if (!actor) return undefined;
    if (known.size > 10_000) known.clear();
    known.set(key, { actor, until: clock.now() + trustMs });
    return actor;
  };
  const cached = (key: string) => {
    const entry = known.get(key);
    return entry && entry.until > clock.now() ? entry.actor : undefined;
  };
  return {
    forget: () => known.clear(),
    session: async (token) => {
      const key = `s:${token}`;
      const hit = cached(key);
      if (hit) return hit;
      const now = clock.now();
      const row = await db.maybe(
        sql<{
          id: string;
          user_id: string;
          last_seen_at: number;
        }>`select id, user_id, last_seen_at from session where token_hash = ${sha256(token)} and expires_at > ${new Date(now)} and last_seen_at > ${new Date(now - idleMs)}`,
      );
      if (!row) return undefined;
      const [user] = await usersWhere(db, sql`u.id = ${row.user_id}::uuid and u.status = 'active'`);
      if (!user) return undefined;
      if (now - row.last_seen_at > 60_000)
        await db.run(
          sql`with s as (update session set last_seen_at = ${new Date(now)} where id = ${row.id}::uuid) update app_user set last_seen_at = ${new Date(now)} where id = ${user.id}::uuid`,
        );
      return remember(key, toActor(user, row.id));
    },
    apiToken: async (token) => {
      const key = `t:${token}`;
      const hit = cached(key);
      if (hit) return hit;
      const now = clock.now();
      const row = await db.maybe(
        sql<{
          id: string;
          user_id: string;
          scopes: string[];
          last_used_at: number | null;
        }>`select id, user_id, scopes, last_used_at from api_token where token_hash = ${sha256(token)} and revoked_at is null and (expires_at is null or expires_at > ${new Date(now)})`,
      );
      if (!row) return undefined;
      const [user] = await usersWhere(db, sql`u.id = ${row.user_id}::uuid and u.status = 'active'`);
      if (!user) return undefined;
      if (now - (row.last_used_at ?? 0) > 60_000)
        await db.run(sql`update api_token set last_used_at = ${new Date(now)} where id = ${row.id}::uuid`);
      const actor = toActor(user);
      const grants =
        row.scopes.length === 0
          ? actor.grants
          : Object.fromEntries(
              Object.entries(actor.grants).filter(([permission]) =>
                row.scopes.includes(permission as Permission),
              ),
            );
      return remember(key, { ...actor, kind: 'token', grants, sessionId: `token:${row.id}` });
    },
    alive: async (actors) => {
      const now = new Date(clock.now());
      const sessions = actors
        .map(({ sessionId }) => sessionId)
        .filter((id): id is string => !!id && /^[0-9a-f-]{36}$/.test(id));
      const tokens = actors
        .map(({ sessionId }) => sessionId)
        .filter((id) => id?.startsWith('token:'))
        .map((id) => id!.slice(6));
      const rows = await db.all(sql<{ id: string }>`
        select s.id::text as id from session s join app_user u on u.id = s.user_id and u.status = 'active' where s.id = any(${sessions}::uuid[]) and s.expires_at > ${now}
        union all select 'token:' || t.id from api_token t join app_user u on u.id = t.user_id and u.status = 'active' where t.id = any(${tokens}::uuid[]) and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now})
        union all select v.id::text from visitor_session v where v.id = any(${actors.filter(({ kind }) => kind === 'visitor').map(({ id }) => id)}::uuid[]) and v.expires_at > ${now}`);
      return new Set(rows.map(({ id }) => id));
    },
  };
};
