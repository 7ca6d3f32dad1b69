import type { Tx } from '#kernel/sql.ts';
import { sql } from '#kernel/sql.ts';

export type Duplicate = { id: string; number: string; name: string; because: string };

/** Who shares a phone, an e-mail, or name and company; a proposal for people, never an automatic merge. */
export const duplicatesOf = (tx: Tx, id: string): Promise<Duplicate[]> =>
  tx.all(sql<Duplicate>`
  select o.id, o.number, o.name, string_agg(distinct because, '、') as because from (
    select b.customer_id as id, case a.kind when 'phone' then '电话相同' else '邮箱相同' end as because
      from customer_identity a join customer_identity b on b.kind = a.kind and b.value = a.value and b.customer_id <> a.customer_id
      where a.customer_id = ${id}::uuid and a.kind in ('phone', 'email')
    union all
    select o.id, '姓名与公司相同' from customer c join customer o on o.name = c.name and o.company = c.company and o.id <> c.id where c.id = ${id}::uuid
  ) found join customer o on o.id = found.id and o.merged_into is null and o.purged_at is null
  group by o.id, o.number, o.name order by o.number limit 20`);
