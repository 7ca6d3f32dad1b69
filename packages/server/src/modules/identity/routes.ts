import * as contract from '#contracts/routes/identity.ts';
import { answer, sessionCookie } from '#kernel/http.ts';
import { shortPage } from '#kernel/page.ts';
import type { Call } from '#kernel/http.ts';
import type { Route } from '#contracts/route.ts';
import { send } from '#kernel/command.ts';
import { systemActor } from '#kernel/actor.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { RouteHandler } from '#kernel/centre.ts';
import { changeMe } from './commands/change-me.ts';
import { changePassword, resetPassword } from './commands/change-password.ts';
import { changeUser } from './commands/change-user.ts';
import { createUser } from './commands/create-user.ts';
import { changeGroup, createGroup } from './commands/groups.ts';
import { changeRole, createRole, deleteRole } from './commands/roles.ts';
import { completeSetup } from './commands/set-up.ts';
import { setPresence } from './commands/set-presence.ts';
import { checkPassword, signIn } from './commands/sign-in.ts';
import { signOut } from './commands/sign-out.ts';
import { createToken, revokeToken } from './commands/tokens.ts';
import { listUsers, me } from './queries.ts';
import { absoluteMs } from './sessions.ts';
import { groups, mergeGrants, roles, toUserView, userById } from './store.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const someone = async ({ centre }: Call<Route>, id: string) => {
  const user = await userById(centre.db, id);
  if (!user) throw notFound();
  return toUserView(user);
};
const groupById = async ({ centre }: Call<Route>, id: string) =>
  (await groups(centre.db)).find((group) => group.id === id);
const roleByKey = async ({ centre }: Call<Route>, key: string) =>
  (await roles(centre.db)).find((role) => role.key === key);

/** A fresh token at each sign-in; browsers treat loopback as secure, so the `__Host-` form holds there too. */
const begin = async (call: Call<Route>, userId: string) => {
  const { centre, request, reply } = call;
  const token = centre.ids.secret(32);
  const { sessionId } = await send(
    centre,
    signIn,
    { userId, token, agent: (request.headers['user-agent'] ?? '').slice(0, 400) },
    systemActor('sign-in'),
  );
  const url = new URL(centre.config.publicUrl);
  const secure = url.protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  reply.setCookie(secure ? sessionCookie.secure : sessionCookie.plain, token, {
    path: '/',
    httpOnly: true,
    secure,
    sameSite: 'lax',
    maxAge: absoluteMs / 1000,
  });
  const user = (await userById(centre.db, userId))!;
  return me(centre, {
    kind: 'user',
    id: userId,
    name: user.name,
    grants: mergeGrants(user.grants),
    groupIds: [],
    channelIds: [],
    sessionId,
  });
};

export const identityRoutes: RouteHandler[] = [
  answer(contract.signIn, async (call) =>
    begin(
      call as never,
      await checkPassword(call.centre, { email: call.body.email, password: call.body.password, ip: call.ip }),
    ),
  ),
  answer(contract.signOut, async ({ centre, actor, reply }) => {
    await send(
      centre,
      signOut,
      { userId: actor.id, sessionId: actor.sessionId?.startsWith('token:') ? undefined : actor.sessionId },
      actor,
    );
    for (const name of Object.values(sessionCookie))
      reply.clearCookie(name, { path: '/', secure: name.startsWith('__Host-') });
    return { ok: true };
  }),
  answer(contract.getMe, ({ centre, actor }) => me(centre, actor)),
  answer(contract.patchMe, async ({ centre, actor, body }) => {
    await send(centre, changeMe, body, actor);
    return me(centre, actor);
  }),
  answer(contract.changePassword, async ({ centre, actor, body }) => {
    await send(centre, changePassword, body, actor);
    return { ok: true };
  }),
  answer(contract.setPresence, async ({ centre, actor, body }) => {
    await send(centre, setPresence, { userId: actor.id, state: body.state, reason: body.reason }, actor);
    return (await me(centre, actor)).presence;
  }),
  answer(contract.listSessions, async ({ centre, actor }) => ({
    items: (
      await centre.db.all(
        sql<{
          id: string;
          created_at: number;
          last_seen_at: number;
          agent: string;
        }>`select id, created_at, last_seen_at, agent from session where user_id = ${actor.id}::uuid order by last_seen_at desc`,
      )
    ).map((row) => ({
      id: row.id,
      createdAt: iso(row.created_at),
      lastSeenAt: iso(row.last_seen_at),
      agent: row.agent,
      current: row.id === actor.sessionId,
    })),
  })),
  answer(contract.endSession, async ({ centre, actor, params }) => {
    if ((await send(centre, signOut, { userId: actor.id, sessionId: params.id }, actor)) === 0)
      throw notFound();
    return { ok: true };
  }),
  answer(contract.completeSetup, async (call) =>
    begin(call as never, await send(call.centre, completeSetup, call.body, systemActor('setup'))),
  ),

  answer(contract.listUsers, ({ centre, query }) => listUsers(centre, query)),
  answer(contract.createUser, async (call) => {
    const { centre, actor, body } = call;
    const oneTime = body.password ? null : centre.ids.secret(12);
    const id = await send(
      centre,
      createUser,
      { ...body, password: body.password ?? oneTime!, mustChange: oneTime !== null },
      actor,
    );
    return { user: await someone(call as never, id), oneTimePassword: oneTime };
  }),
  answer(contract.getUser, (call) => someone(call as never, call.params.id)),
  answer(contract.patchUser, async (call) => {
    await send(
      call.centre,
      changeUser,
      { ...call.body, id: call.params.id, version: call.ifMatch },
      call.actor,
    );
    return someone(call as never, call.params.id);
  }),
  answer(contract.resetPassword, async ({ centre, actor, params }) => {
    const oneTimePassword = centre.ids.secret(12);
    await send(centre, resetPassword, { id: params.id, password: oneTimePassword }, actor);
    return { oneTimePassword };
  }),

  answer(contract.listGroups, async ({ centre, query }) =>
    shortPage(await groups(centre.db), query, ({ id }) => id),
  ),
  answer(contract.createGroup, async (call) =>
    groupById(call as never, await send(call.centre, createGroup, call.body, call.actor)),
  ),
  answer(contract.patchGroup, async (call) =>
    groupById(
      call as never,
      await send(
        call.centre,
        changeGroup,
        { ...call.body, id: call.params.id, version: call.ifMatch },
        call.actor,
      ),
    ),
  ),
  answer(contract.listRoles, async ({ centre, query }) =>
    shortPage(await roles(centre.db), query, ({ key }) => key),
  ),
  answer(contract.createRole, async (call) => {
    await send(call.centre, createRole, call.body, call.actor);
    return roleByKey(call as never, call.body.key);
  }),
  answer(contract.patchRole, async (call) => {
    await send(
      call.centre,
      changeRole,
      { ...call.body, key: call.params.key, version: call.ifMatch },
      call.actor,
    );
    return roleByKey(call as never, call.params.key);
  }),
  answer(contract.deleteRole, async ({ centre, actor, params }) => {
    await send(centre, deleteRole, { key: params.key }, actor);
    return { ok: true };
  }),

  answer(contract.listTokens, async ({ centre }) => ({
    items: (
      await centre.db.all(
        sql<{
          id: string;
          name: string;
          user_id: string;
          scopes: string[];
          created_at: number;
          expires_at: number | null;
          last_used_at: number | null;
          revoked_at: number | null;
        }>`select * from api_token order by created_at desc limit 200`,
      )
    ).map((row) => ({
      id: row.id,
      name: row.name,
      userId: row.user_id,
      scopes: row.scopes,
      createdAt: iso(row.created_at),
      expiresAt: row.expires_at && iso(row.expires_at),
      lastUsedAt: row.last_used_at && iso(row.last_used_at),
      revokedAt: row.revoked_at && iso(row.revoked_at),
    })),
  })),
  answer(contract.createToken, async ({ centre, actor, body }) => {
    const token = `zk_${centre.ids.secret(32)}`;
    return { id: await send(centre, createToken, { ...body, token }, actor), token };
  }),
  answer(contract.revokeToken, async ({ centre, actor, params }) => {
    await send(centre, revokeToken, { id: params.id }, actor);
    return { ok: true };
  }),
];
