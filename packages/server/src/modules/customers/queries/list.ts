import type { CustomerView } from '#contracts/routes/customers.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Tx } from '#kernel/sql.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import { decodeCursor, likeText, toPage, rowsFor } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { parsePhone, phoneTail } from '../phone.ts';
import { customersWhere, toView } from '../store.ts';

export type CustomerFilter = {
  limit?: number;
  cursor?: string;
  q?: string;
  phone?: string;
  level?: string;
  kind?: string;
  tag?: string;
};

/** Newest change first. A phone is found by any written form and by its last four digits or more. */
export const listCustomers = async (
  tx: Tx,
  actor: Actor,
  { limit = 50, cursor, q, phone, level, kind, tag }: CustomerFilter,
): Promise<Page<CustomerView>> => {
  const after = decodeCursor(cursor, 2);
  const number = q ?? '';
  const wanted = phone ?? (/^[\d+\-\s]{4,}$/.test(number) ? number : undefined);
  const tail = wanted ? phoneTail(wanted) : undefined;
  const exact = wanted ? parsePhone(wanted)?.value : undefined;
  const byPhone = wanted
    ? tail
      ? sql`c.id in (select customer_id from customer_identity i where i.kind = 'phone' and (i.value = ${exact ?? ''} or reverse(i.value) like ${`${[...tail].toReversed().join('')}%`}))`
      : sql`false`
    : sql`true`;
  const like = q && !wanted ? `%${likeText(q)}%` : null;
  const byText = like
    ? sql`(c.name ilike ${like} or c.number ilike ${like} or c.company ilike ${like} or c.contact_name ilike ${like} or c.id in (select customer_id from customer_identity i where i.kind = 'email' and i.value = ${q!.trim().toLowerCase()}))`
    : sql`true`;
  const rows = await customersWhere(
    tx,
    sql`
    c.merged_into is null and c.purged_at is null and ${byPhone} and ${byText}
    and ${level ? sql`c.level = ${level}` : sql`true`} and ${kind ? sql`c.kind = ${kind}` : sql`true`} and ${tag ? sql`c.tags @> array[${tag}]` : sql`true`}
    and ${after ? sql`(c.updated_at, c.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`}
    order by c.updated_at desc, c.id desc ${limitOf(rowsFor(limit))}`,
  );
  const page = toPage(rows, limit, (row) => [row.updated_at, row.id]);
  return { items: page.items.map((row) => toView(actor, row)), nextCursor: page.nextCursor };
};
