import { obj, Type, opt } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';

/** Ends one session, or all of a user but one. Sockets of ended sessions close within 5 s. */
export const signOut = command({
  name: 'identity.sign-out',
  permission: null,
  input: obj({ userId: Type.String(), sessionId: opt(Type.String()), exceptSessionId: opt(Type.String()) }),
  run: async ({ tx, emit }, { userId, sessionId, exceptSessionId }) => {
    const ended = await tx.run(
      sql`delete from session where user_id = ${userId}::uuid and (${sessionId ?? null}::uuid is null or id = ${sessionId ?? null}::uuid) and (${exceptSessionId ?? null}::uuid is null or id <> ${exceptSessionId ?? null}::uuid)`,
    );
    if (ended > 0)
      emit('user.signed_out', 'user', userId, sessionId ? { sessionId } : {}, { userIds: [userId] });
    return ended;
  },
});
