import { obj, Email, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { asSystem } from '#kernel/command.ts';
import { sha256 } from '#kernel/http.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { createUser } from './create-user.ts';

/** The first administrator of an empty centre, by the link printed once at the start. */
export const completeSetup = command({
  name: 'identity.set-up',
  permission: null,
  input: obj({ token: text(100), email: Email, name: text(60, 1), password: text(200, 1) }),
  run: async ({ tx, now, send }, { token, email, name, password }) => {
    const used = await tx.run(
      sql`delete from setup_link where token_hash = ${sha256(token)} and expires_at > ${new Date(now)}`,
    );
    if (used === 0) throw new Problem('SETUP_LINK_INVALID');
    return send(createUser, { email, name, password, roles: ['admin'] }, asSystem('setup'));
  },
});
