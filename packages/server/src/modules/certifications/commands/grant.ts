import { Id, PlainDate, obj, opt, text } from '#contracts/schema.ts';
import { productKey } from '#contracts/routes/certifications.ts';
import { onboarding } from '#contracts/words.ts';
import { userId as idOf } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { listedIn, setting } from '#modules/settings/index.ts';
import { noticeAt, stateOf } from '../rules.ts';

/** The wake that tells of the end; the key is the certificate. */
export const expiring = 'certifications.expiring';

/** Grants a certificate, or renews it: the later day takes the place of the earlier. */
export const grantCertification = command({
  name: 'certifications.grant',
  permission: 'user.write',
  input: obj({ userId: Id, product: productKey, validUntil: PlainDate, note: opt(text(300)) }),
  run: async (context, { userId, product, validUntil, note = '' }) => {
    const { tx, now, actor, newId, emit, audit } = context;
    if (!(await tx.maybe(sql`select 1 from app_user where id = ${userId}::uuid`))) throw notFound();
    if (
      product !== onboarding.key &&
      !(await setting(tx, 'products')).items.some(({ key }) => key === product)
    )
      throw new Problem('PRODUCT_UNKNOWN', { product }, [
        { pointer: '/product', code: 'NOT_LISTED', values: { allowed: listedIn.products } },
      ]);
    const { id } = await tx.one(
      sql<{
        id: string;
      }>`insert into certification (id, user_id, product, valid_until, note, granted_by, granted_at) values (${newId()}::uuid, ${userId}::uuid, ${product}, ${validUntil}::date, ${note}, ${idOf(actor)}::uuid, ${new Date(now)}) on conflict (user_id, product) do update set valid_until = excluded.valid_until, note = excluded.note, granted_by = excluded.granted_by, granted_at = excluded.granted_at returning id`,
    );
    if (stateOf(validUntil, now) === 'expired') await context.unschedule(expiring, id);
    else await context.schedule(expiring, id, Math.max(now, noticeAt(validUntil)), { validUntil });
    emit(
      'certification.granted',
      'certification',
      id,
      { userId, product, validUntil },
      { userIds: [userId] },
    );
    audit('user', userId, { product, validUntil, note });
  },
});
