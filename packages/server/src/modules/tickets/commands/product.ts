/** SD1-20: what a ticket is about, and who may therefore work on it. */
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { holdsCertificate } from '#modules/certifications/index.ts';
import { listedIn, settingCached } from '#modules/settings/index.ts';
import type { TicketRow } from '../store.ts';

export type Product = { product: string | null; needs_certificate: boolean };

/** The product of the list, and whether it needs a certificate today. */
export const demandProduct = async (
  { centre, now }: Context,
  key: string | null | undefined,
): Promise<Product> => {
  if (!key) return { product: null, needs_certificate: false };
  const { items } = await settingCached(centre.db, 'products', now);
  const known = items.find((item) => item.key === key && item.enabled !== false);
  if (!known)
    throw new Problem('PRODUCT_UNKNOWN', { product: key.slice(0, 80) }, [
      { pointer: '/product', code: 'NOT_LISTED', values: { allowed: listedIn.products } },
    ]);
  return { product: key, needs_certificate: known.certified };
};

/** Whether somebody may work on it: the product asks for nothing, or they hold a certificate that is good today. */
export const mayWorkOn = async (
  { tx, now }: Context,
  { product, needs_certificate }: Product,
  userId: string | null,
): Promise<boolean> =>
  !needs_certificate ||
  userId === null ||
  !!(await tx.maybe(sql`select 1 where ${holdsCertificate(sql`${userId}::uuid`, sql`${product}`, now)}`));

/** Refuses to give it to somebody whose certificate is missing or has ended. */
export const demandCertified = async (
  context: Context,
  about: Product,
  userId: string | null,
): Promise<void> => {
  if (await mayWorkOn(context, about, userId)) return;
  const { items } = await settingCached(context.centre.db, 'products', context.now);
  const known = items.find(({ key }) => key === about.product);
  throw new Problem('ASSIGNEE_UNCERTIFIED', {
    product: { zh: known?.zh ?? about.product!, en: known?.en ?? about.product! },
  });
};

export type Worked = Pick<TicketRow, 'product' | 'needs_certificate' | 'assignee_id'>;
/** Who starts what nobody has yet takes it. */
export const demandTaker = async (context: Context, row: Worked, userId: string | null): Promise<void> => {
  if (row.assignee_id === null) await demandCertified(context, row, userId);
};
