import { Id, obj } from '#contracts/schema.ts';
import { productKey } from '#contracts/routes/certifications.ts';
import { command } from '#kernel/command.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { expiring } from './grant.ts';

/** Takes a certificate back at once; tickets in hand stay where they are. */
export const revokeCertification = command({
  name: 'certifications.revoke',
  permission: 'user.write',
  input: obj({ userId: Id, product: productKey }),
  run: async (context, { userId, product }) => {
    const gone = await context.tx.maybe(
      sql<{
        id: string;
      }>`delete from certification where user_id = ${userId}::uuid and product = ${product} returning id`,
    );
    if (!gone) throw notFound();
    await context.unschedule(expiring, gone.id);
    context.emit(
      'certification.revoked',
      'certification',
      gone.id,
      { userId, product },
      { userIds: [userId] },
    );
    context.audit('user', userId, { product });
  },
});
