/** 客户信息基础表 of many customers as a file, the nine fields of the paper (SD4-29); numbers masked whoever takes it. */
import type { Locale } from '#contracts/errors.ts';
import type { QueryOf } from '#contracts/route.ts';
import type { exportCustomers } from '#contracts/routes/figures.ts';
import { Type, obj, text } from '#contracts/schema.ts';
import { labels } from '#contracts/words.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { fileTypes, tableFile } from '#kernel/table-file.ts';
import { listCustomers } from '#modules/customers/index.ts';
import { markOf } from '#modules/settings/index.ts';
import { mayRead } from '#modules/tickets/index.ts';

const takeTable = command({
  name: 'customers.export',
  permission: 'record.export',
  input: obj({ format: text(8), rows: Type.Integer() }),
  run: async ({ actor, audit }, taken) => audit('user', actor.id, taken),
});

const mostRows = 20_000;
const heads = {
  zh: [
    '客户ID',
    '客户名称',
    '所属行业',
    '联系人（职位）',
    '联系方式',
    '客户等级',
    '首次合作时间',
    '历史服务记录',
    '个性化需求备注',
  ],
  en: [
    'Number',
    'Name',
    'Industry',
    'Contact (position)',
    'Reached by',
    'Level',
    'Customer since',
    'Service history',
    'Remarks',
  ],
};

/** Tickets of each that this reader may see, with the newest of them. */
const histories = async (centre: Centre, actor: Actor, ids: readonly string[]) =>
  new Map(
    (
      await centre.db.all(
        sql<{
          id: string;
          count: number;
          last: string;
        }>`select t.customer_id as id, count(*)::int as count, (array_agg(t.number order by t.created_at desc))[1] as last from ticket t where t.customer_id = any(${ids}::uuid[]) and t.merged_into is null and ${mayRead(actor)} group by t.customer_id`,
      )
    ).map((row) => [row.id, row]),
  );

export const customerTable = async (
  centre: Centre,
  actor: Actor,
  { format, locale: _, ...filter }: QueryOf<typeof exportCustomers>,
  locale: Locale,
) => {
  const language = locale === 'en' ? 'en' : 'zh';
  // As one sees it who may see no number whole: the file goes out of the house.
  const { 'customer.unmask': _unmask, ...grants } = actor.grants;
  const rows: (string | null)[][] = [];
  let cursor: string | undefined;
  do {
    const page = await listCustomers(centre.db, { ...actor, grants }, { ...filter, limit: 200, cursor });
    const served = await histories(
      centre,
      actor,
      page.items.map(({ id }) => id),
    );
    for (const one of page.items) {
      const history = served.get(one.id);
      rows.push([
        one.number,
        one.name,
        one.industry,
        [one.contactName, one.contactTitle && `（${one.contactTitle}）`].filter(Boolean).join(''),
        one.identities.map(({ value }) => value).join('　'),
        labels.customerLevel![one.level]![language],
        one.cooperationSince,
        history
          ? {
              zh: `${history.count} 件，最近 ${history.last}`,
              en: `${history.count}, newest ${history.last}`,
            }[language]
          : null,
        one.remark,
      ]);
    }
    if (rows.length > mostRows) throw new Problem('TOO_LARGE', { limit: String(mostRows) });
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  await send(centre, takeTable, { format, rows: rows.length }, actor);
  const bytes = await tableFile(
    {
      title: { zh: '客户信息基础表', en: 'Customers' }[language],
      head: heads[language],
      rows,
      shares: [1.3, 1.5, 1, 1.2, 1.5, 0.7, 1, 1.5, 1.8],
    },
    format,
    language,
    await markOf(centre, actor, language),
  );
  return { bytes, type: fileTypes[format], name: `customers.${format}` };
};
