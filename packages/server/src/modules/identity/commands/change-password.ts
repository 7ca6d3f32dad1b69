import { Type, obj, opt, Id, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { demandStrong, hashPassword, passwordMatches } from '../passwords.ts';
import { userById } from '../store.ts';
import { signOut } from './sign-out.ts';

/** One's own password; other sessions end. */
export const changePassword = command({
  name: 'identity.change-password',
  permission: null,
  input: obj({ old: text(200), new: text(200) }),
  run: async ({ tx, actor, send, audit }, input) => {
    const user = await userById(tx, actor.id);
    if (!user) throw notFound();
    if (!(await passwordMatches(input.old, user.password_hash))) throw new Problem('PASSWORD_WRONG');
    demandStrong(input.new, user.email);
    await tx.run(
      sql`update app_user set password_hash = ${await hashPassword(input.new)}, demo_password = false, must_change = false where id = ${user.id}::uuid`,
    );
    await send(signOut, { userId: user.id, exceptSessionId: actor.sessionId });
    audit('user', user.id);
  },
});

/** An administrator's reset: all sessions end. */
export const resetPassword = command({
  name: 'identity.reset-password',
  permission: 'user.write',
  input: obj({ id: Id, password: text(200, 12), mustChange: opt(Type.Boolean()) }),
  run: async ({ tx, send, audit }, { id, password, mustChange }) => {
    const user = await userById(tx, id);
    if (!user) throw notFound();
    await tx.run(
      sql`update app_user set password_hash = ${await hashPassword(password)}, demo_password = false, must_change = ${mustChange ?? true} where id = ${id}::uuid`,
    );
    await send(signOut, { userId: id });
    audit('user', id);
  },
});
