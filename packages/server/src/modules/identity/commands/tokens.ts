import { Type, obj, opt, Id, Instant, text } from '#contracts/schema.ts';
import { permissions } from '#contracts/permissions.ts';
import { command } from '#kernel/command.ts';
import { sha256 } from '#kernel/http.ts';
import { faulty, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { userById } from '../store.ts';

/** A token can do at most what its user can, narrowed to `scopes` when given. The secret is stored hashed and shown once. */
export const createToken = command({
  name: 'identity.create-token',
  permission: 'user.write',
  input: obj({
    userId: Id,
    name: text(60, 1),
    scopes: opt(Type.Array(text(40), { maxItems: 60 })),
    expiresAt: opt(Instant),
    token: text(200, 20),
  }),
  run: async ({ tx, now, newId, audit }, { userId, name, scopes = [], expiresAt, token }) => {
    if (!(await userById(tx, userId))) throw notFound();
    const unknown = scopes.find((scope) => !(scope in permissions));
    if (unknown) throw faulty('/scopes', 'NOT_LISTED', { allowed: Object.keys(permissions).join(', ') });
    const id = newId();
    await tx.run(
      sql`insert into api_token (id, token_hash, user_id, name, scopes, created_at, expires_at) values (${id}::uuid, ${sha256(token)}, ${userId}::uuid, ${name}, ${scopes}, ${new Date(now)}, ${expiresAt ? new Date(expiresAt) : null})`,
    );
    audit('user', userId, { tokenId: id, name, scopes });
    return id;
  },
});

export const revokeToken = command({
  name: 'identity.revoke-token',
  permission: 'user.write',
  input: obj({ id: Id }),
  run: async ({ tx, now, audit }, { id }) => {
    const row = await tx.maybe(
      sql<{
        user_id: string;
      }>`update api_token set revoked_at = ${new Date(now)} where id = ${id}::uuid and revoked_at is null returning user_id`,
    );
    if (!row) throw notFound();
    audit('user', row.user_id, { tokenId: id });
  },
});
