/** 客户信息基础表 with 服务记录 on one paper (SD4-04, SD4-06): what one puts on the table at a visit or hands to a successor. */
import type { Locale } from '#contracts/errors.ts';
import { Id, obj } from '#contracts/schema.ts';
import { labels } from '#contracts/words.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { notFound } from '#kernel/problem.ts';
import { footOf } from '#kernel/table-file.ts';
import { customerById, mask } from '#modules/customers/index.ts';
import { markOf, settingCached } from '#modules/settings/index.ts';
import { serviceHistory } from './queries/history.ts';

/** A customer's file leaves on paper: who took it is written down. */
const takeFile = command({
  name: 'customers.print',
  permission: 'customer.read',
  input: obj({ id: Id }),
  run: async ({ audit }, { id }) => audit('customer', id, {}),
});

const words = {
  zh: {
    title: '客户信息基础表',
    id: '客户编号',
    name: '客户名称',
    kind: '客户类型',
    level: '客户等级',
    industry: '所属行业',
    since: '首次合作时间',
    contact: '联系人（职位）',
    reach: '联系方式',
    tags: '偏好标签',
    prefers: '偏好渠道',
    hint: '服务提示',
    remark: '备注',
    history: '服务记录',
    tickets: ['登记时间', '工单号', '咨询／投诉内容', '处理结果', '满意度'],
    purchases: '购买记录',
    orders: ['日期', '订单号', '内容', '金额（元）'],
    none: '无',
  },
  en: {
    title: 'Customer file',
    id: 'Number',
    name: 'Name',
    kind: 'Kind',
    level: 'Level',
    industry: 'Industry',
    since: 'Customer since',
    contact: 'Contact (position)',
    reach: 'Reached by',
    tags: 'Tags',
    prefers: 'Prefers',
    hint: 'Service hint',
    remark: 'Remark',
    history: 'Service history',
    tickets: ['Registered', 'Ticket', 'Enquiry or complaint', 'Result', 'CSAT'],
    purchases: 'Purchases',
    orders: ['Day', 'Order', 'Items', 'Amount (CNY)'],
    none: 'none',
  },
};

/** Numbers and addresses are masked whoever prints: paper is passed on. */
export const customerPaper = async (
  centre: Centre,
  actor: Actor,
  id: string,
  locale: Locale,
): Promise<Buffer> => {
  const customer = await customerById(centre.db, id);
  if (!customer) throw notFound();
  const language = locale === 'en' ? 'en' : 'zh';
  const [history, mark, categories] = await Promise.all([
    serviceHistory(centre.db, actor, id),
    markOf(centre, actor, language),
    settingCached(centre.db, 'categories', centre.clock.now()),
  ]);
  await send(centre, takeFile, { id }, actor);
  const said = words[language];
  const label = (list: string, key: string | null) => (key ? (labels[list]?.[key]?.[language] ?? key) : '');
  const nameOf = (key: string) => categories.nodes.find((one) => one.key === key)?.[language] ?? key;
  const paper = await import('#kernel/paper.ts');
  const page = paper.openPaper(false, mark);
  const whole = page.page.width - 2 * paper.margin;
  const head = 92;
  const pair = (...pairs: [string, string][]) =>
    paper.row(
      page,
      pairs.flatMap(([name, value]) => [
        { text: name, width: head, bold: true, shaded: true },
        { text: value, width: whole / pairs.length - head },
      ]),
    );
  const band = (text: string) => paper.row(page, [{ text, width: whole, bold: true, shaded: true }]);
  paper.heading(page, said.title, mark.company);
  pair([said.id, customer.number], [said.name, customer.name]);
  pair(
    [said.kind, label('customerKind', customer.kind)],
    [said.level, label('customerLevel', customer.level)],
  );
  pair([said.industry, customer.industry ?? ''], [said.since, customer.cooperation_since ?? '']);
  pair(
    [
      said.contact,
      [customer.contact_name, customer.contact_title && `（${customer.contact_title}）`]
        .filter(Boolean)
        .join(''),
    ],
    [said.prefers, label('channelKind', customer.preferred_channel)],
  );
  pair([said.reach, customer.identities.map(({ kind, value }) => mask(kind, value)).join('　')]);
  pair([said.tags, customer.tags.join('、')], [said.hint, customer.service_hint ?? '']);
  if (customer.remark) pair([said.remark, customer.remark]);
  band(said.history);
  paper.table(
    page,
    said.tickets,
    history.tickets.length === 0
      ? [[said.none, '', '', '', '']]
      : history.tickets.map((row) => [
          new Date(row.createdAt).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
          row.number,
          `${nameOf(row.category)}：${row.subject}`,
          row.result ?? label('ticketStatus', row.status),
          row.csat === null ? '' : String(Math.round(row.csat)),
        ]),
    [1.1, 1.5, 2.6, 2.6, 0.7],
  );
  band(said.purchases);
  paper.table(
    page,
    said.orders,
    history.purchases.length === 0
      ? [[said.none, '', '', '']]
      : history.purchases.map((row) => [row.day, row.number ?? '', row.items, row.amount?.toFixed(2) ?? '']),
    [1.1, 1.5, 4, 1.2],
  );
  paper.footer(page, footOf(mark, language));
  return paper.finished(page);
};
