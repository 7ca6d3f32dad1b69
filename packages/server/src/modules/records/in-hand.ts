/** What somebody has in hand, as a hand-over tells it to who goes on (SD3d-06): fields say `from: me.openTickets` and the like. */
import type { Field } from '#contracts/pack.ts';
import { inHandFacts } from '#contracts/pack-record.ts';
import type { InHandFact } from '#contracts/pack-record.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { Data } from './rules.ts';

/** `mark` is what must stand in the words, so that nothing is left out. */
type Item = { what: InHandFact; mark: string; line: string };
/** Said where there is nothing. */
const none = '无';

const itemsOf = (tx: Tx, userId: string): Promise<Item[]> =>
  tx.all(sql<Item>`
    select 'openTickets' as what, t.number as mark, t.number || ' ' || t.subject || '（' || t.priority || '）' as line, t.created_at as at
      from ticket t where t.assignee_id = ${userId}::uuid and t.status not in ('resolved', 'closed', 'archived', 'cancelled')
    union all
    select case k.kind when 'commitment' then 'promises' else 'callbacks' end, k.title ->> 'zh',
        concat_ws(' ', k.title ->> 'zh', to_char(k.due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), nullif(concat_ws(' ', c.name, coalesce(t.number, r.number)), '')), k.created_at
      from task k left join customer c on c.id = k.customer_id left join ticket t on t.id = k.ticket_id left join record r on r.id = k.record_id
      where k.assignee_id = ${userId}::uuid and k.state = 'open' and not k.system and k.kind in ('commitment', 'callback')
    order by at`);
const linesOf = (items: readonly Item[], what: InHandFact): string =>
  items
    .filter((item) => item.what === what)
    .map(({ line }) => line)
    .join('\n') || none;

/** What a form for handing over begins with. */
export const inHand = async (tx: Tx, userId: string): Promise<Record<InHandFact, string>> => {
  const items = await itemsOf(tx, userId);
  return Object.fromEntries(inHandFacts.map((what) => [what, linesOf(items, what)])) as Record<
    InHandFact,
    string
  >;
};

/** Fields left blank are filled with it; words that leave something out are refused with what is missing. */
export const filledInHand = async (
  tx: Tx,
  { fields }: { fields: readonly Field[] },
  data: Data,
  userId: string | null,
): Promise<Data> => {
  const told = fields.flatMap(({ key, from }) => {
    const what = inHandFacts.find((one) => from === `me.${one}`);
    return what ? [{ key, what }] : [];
  });
  if (told.length === 0 || !userId) return data;
  const items = await itemsOf(tx, userId);
  const words = (key: string) => String(data[key] ?? '').trim();
  const missing = told.flatMap(({ key, what }) => {
    const left = items.filter((item) => item.what === what && !words(key).includes(item.mark));
    return words(key) && left.length > 0
      ? [
          {
            pointer: `/data/${key}`,
            code: 'INVALID' as const,
            message: {
              zh: `还有没写进去的：${left.map(({ line }) => line).join('；')}`,
              en: `left out: ${left.map(({ line }) => line).join('; ')}`,
            },
          },
        ]
      : [];
  });
  if (missing.length > 0) throw new Problem('VALIDATION', {}, missing);
  return {
    ...data,
    ...Object.fromEntries(told.flatMap(({ key, what }) => (words(key) ? [] : [[key, linesOf(items, what)]]))),
  };
};
