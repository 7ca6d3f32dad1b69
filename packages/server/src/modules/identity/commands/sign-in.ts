import { Type, obj, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Centre } from '#kernel/centre.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { passwordMatches } from '../passwords.ts';
import { openSession } from '../sessions.ts';
import { userByEmail } from '../store.ts';

/** Five wrong passwords per account and address in 15 minutes; thirty per address over all accounts. */
const perAccount = 5;
const perAddress = 30;
const windowMs = 15 * 60_000;

const countAttempt = async (centre: Centre, key: string, limit: number): Promise<void> => {
  const now = centre.clock.now();
  const row = await centre.db.one(sql<{ count: number; since: number }>`
    insert into attempt (key, count, since) values (${key}, 1, ${new Date(now)})
    on conflict (key) do update set count = case when attempt.since < ${new Date(now - windowMs)} then 1 else attempt.count + 1 end, since = case when attempt.since < ${new Date(now - windowMs)} then excluded.since else attempt.since end
    returning count, since`);
  if (row.count > limit)
    throw new Problem('RATE_LIMITED', {
      seconds: Math.max(1, Math.ceil((row.since + windowMs - now) / 1000)),
    });
};

/**
 * Counts the attempt before the password is looked at, so that parallel guesses cannot outrun the counter.
 * The key is account and address together: a stranger's guesses do not lock the owner out elsewhere.
 */
export const checkPassword = async (
  centre: Centre,
  { email, password, ip }: { email: string; password: string; ip: string },
): Promise<string> => {
  await countAttempt(centre, `login:${ip}`, perAddress);
  await countAttempt(centre, `login:${ip}:${email.toLowerCase()}`, perAccount);
  const user = await userByEmail(centre.db, email);
  if (!(await passwordMatches(password, user?.password_hash)) || !user) throw new Problem('LOGIN_FAILED');
  if (user.status !== 'active') throw new Problem('ACCOUNT_DISABLED');
  const local = ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';
  if (user.demo_password && !local) throw new Problem('DEMO_PASSWORD');
  await centre.db.run(sql`delete from attempt where key = ${`login:${ip}:${email.toLowerCase()}`}`);
  await centre.db.run(sql`update attempt set count = count - 1 where key = ${`login:${ip}`}`);
  return user.id;
};

export const signIn = command({
  name: 'identity.sign-in',
  permission: null,
  input: obj({ userId: Type.String(), token: Type.String(), agent: text(400) }),
  run: async ({ tx, now, newId, emit }, { userId, token, agent }) => {
    const id = newId();
    await openSession(tx, { id, token, userId, now, agent });
    await tx.run(sql`update app_user set last_seen_at = ${new Date(now)} where id = ${userId}::uuid`);
    emit('user.signed_in', 'user', userId, {}, { userIds: [userId] });
    return { sessionId: id };
  },
});
