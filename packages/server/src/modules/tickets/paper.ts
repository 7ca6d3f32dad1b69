/** Forms of a ticket as files: 客户信息登记表 (SD1-38), 问题处理进度跟踪表 (SD1-46), 归档内容 (SD1-36). */
import type { Locale } from '#contracts/errors.ts';
import { events } from '#contracts/events.ts';
import { trackingColumns } from '#contracts/routes/tickets.ts';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { labels } from '#contracts/words.ts';
import { may, permit } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { demandFits, fileTypes, footOf, tableFile } from '#kernel/table-file.ts';
import type { FileFormat, Language } from '#kernel/table-file.ts';
import { mask } from '#modules/customers/index.ts';
import { markOf, settingCached } from '#modules/settings/index.ts';
import { exportTickets } from './commands/export.ts';
import type { TicketFilter } from './queries/list.ts';
import { registrationsOf } from './queries/registrations.ts';
import type { Registration } from './queries/registrations.ts';
import { mostExported, trackingRows } from './queries/tracking.ts';
import { ticketPage } from './queries/view.ts';

export type TakenFile = { bytes: Buffer | string; type: string; name: string };
const languageOf = (locale: Locale): Language => (locale === 'en' ? 'en' : 'zh');
const minute = (at: string | number | null | undefined): string =>
  at ? new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16) : '';
/** On paper a day stands above its hour: five instants fit beside each other. */
const dayAndHour = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/;
const label = (list: string, key: unknown, language: Language): string =>
  typeof key === 'string' && key ? (labels[list]?.[key]?.[language] ?? key) : '';
type Categories = SettingValue<'categories'>['nodes'];
/** `tech.fault` as 技术支持类 / 故障报修. */
const categoryOf = (nodes: Categories, key: string, language: Language): string =>
  key
    .split('.')
    .map((_, i, parts) => {
      const prefix = parts.slice(0, i + 1).join('.');
      return nodes.find((node) => node.key === prefix)?.[language] ?? prefix;
    })
    .join(' / ');

const formWords = {
  title: { zh: '客户信息登记表', en: 'Registration form' },
  fields: {
    zh: [
      '客户姓名',
      '客户类型',
      '联系电话',
      '所属公司/部门',
      '需求类型',
      '问题描述',
      '紧急程度',
      '期望解决时间',
      '受理人员',
      '受理时间',
    ],
    en: [
      'Name',
      'Kind of customer',
      'Phone',
      'Company or department',
      'Request',
      'Description',
      'Urgency',
      'Wanted by',
      'Taken by',
      'Taken at',
    ],
  },
  soon: { zh: '尽快', en: 'as soon as possible' },
};
/** Beside the ten fields of a sheet of many stands whose they are. */
const numberWords = { zh: '工单号', en: 'Ticket' };
const valuesOf = (one: Omit<Registration, 'number'>, nodes: Categories, language: Language): string[] => [
  one.name,
  label('customerKind', one.kind, language),
  one.phone ?? '',
  one.company || '-',
  categoryOf(nodes, one.category, language),
  one.description,
  label('urgency', one.urgency, language),
  one.expectedAt ? minute(one.expectedAt) : formWords.soon[language],
  one.takenBy ?? '',
  minute(one.takenAt),
];

/** The ten fields in the order of the paper, numbers as this reader sees them. */
export const registrationFile = async (
  centre: Centre,
  actor: Actor,
  id: string,
  format: FileFormat,
  locale: Locale,
): Promise<TakenFile> => {
  const language = languageOf(locale);
  const [{ ticket, customer }, { nodes }, mark] = await Promise.all([
    ticketPage(centre, actor, id),
    settingCached(centre.db, 'categories', centre.clock.now()),
    markOf(centre, actor, language),
  ]);
  const values = valuesOf(
    {
      name: customer.contactName ?? customer.name,
      kind: customer.kind,
      phone: customer.identities.find(({ kind }) => kind === 'phone')?.value ?? null,
      company: customer.company,
      category: ticket.category,
      description: ticket.description,
      urgency: ticket.urgency,
      expectedAt: ticket.expectedAt ? Date.parse(ticket.expectedAt) : null,
      takenBy: ticket.accountableName,
      takenAt: Date.parse(ticket.createdAt),
    },
    nodes,
    language,
  );
  await send(centre, exportTickets, { form: 'registration', ticketId: id, rows: 1 }, actor);
  const head = formWords.fields[language];
  const title = formWords.title[language];
  const name = `${ticket.number}.${format}`;
  if (format !== 'pdf')
    return {
      bytes: await tableFile({ title, head, rows: [values] }, format, language, mark),
      type: fileTypes[format],
      name,
    };
  const paper = await import('#kernel/paper.ts');
  const page = paper.openPaper(false, mark);
  const whole = page.page.width - 2 * paper.margin;
  paper.heading(page, title, [mark.company, ticket.number].filter(Boolean).join('　'));
  const pair = (...at: number[]) =>
    paper.row(
      page,
      at.flatMap((i) => [
        { text: head[i]!, width: 96, bold: true, shaded: true },
        { text: values[i]!, width: whole / at.length - 96 },
      ]),
    );
  pair(0, 1);
  pair(2, 3);
  pair(4);
  pair(5);
  pair(6, 7);
  pair(8, 9);
  paper.footer(page, footOf(mark, language));
  return { bytes: await paper.finished(page), type: fileTypes.pdf, name };
};

/** The forms of a day as one table, a line each (Index B lists them by day). */
export const registrationsFile = async (
  centre: Centre,
  actor: Actor,
  day: string,
  format: FileFormat,
  locale: Locale,
): Promise<TakenFile> => {
  const language = languageOf(locale);
  const [found, { nodes }, mark] = await Promise.all([
    registrationsOf(centre.db, actor, day, mostExported + 1),
    settingCached(centre.db, 'categories', centre.clock.now()),
    markOf(centre, actor, language),
  ]);
  demandFits(found.length, format);
  if (found.length > mostExported)
    throw new Problem('TOO_LARGE', { limit: { zh: `${mostExported} 行`, en: `${mostExported} rows` } });
  const whole = may(actor, 'customer.unmask');
  const rows = found.map((one) => [
    one.number,
    ...valuesOf(
      { ...one, phone: one.phone && !whole ? mask('phone', one.phone) : one.phone },
      nodes,
      language,
    ),
  ]);
  await send(centre, exportTickets, { form: 'registrations', day, rows: rows.length }, actor);
  const bytes = await tableFile(
    {
      title: `${formWords.title[language]} ${day}`,
      head: [numberWords[language], ...formWords.fields[language]],
      rows:
        format === 'pdf' ? rows.map((row) => row.map((cell) => cell.replace(dayAndHour, '$1\n$2'))) : rows,
      shares: [96, 50, 44, 92, 70, 68, 166, 36, 56, 46, 66],
    },
    format,
    language,
    mark,
  );
  return { bytes, type: fileTypes[format], name: `registrations-${day}.${format}` };
};

/** The progress table of a view as a sheet or on paper. */
export const trackingFile = async (
  centre: Centre,
  actor: Actor,
  filter: TicketFilter,
  format: FileFormat,
  locale: Locale,
): Promise<TakenFile> => {
  permit(actor, 'record.export');
  const language = languageOf(locale);
  const now = centre.clock.now();
  const [categories, products, mark] = await Promise.all([
    settingCached(centre.db, 'categories', now),
    settingCached(centre.db, 'products', now),
    markOf(centre, actor, language),
  ]);
  const rows = await trackingRows(
    centre.db,
    actor,
    { ...filter, now },
    { ...categories, ...products },
    locale,
  );
  await send(centre, exportTickets, { form: 'tracking', view: filter.view, rows: rows.length }, actor);
  const bytes = await tableFile(
    {
      title: { zh: '问题处理进度跟踪表', en: 'Progress of tickets' }[language],
      head: trackingColumns.map((column) => column[language]),
      rows:
        format === 'pdf' ? rows.map((row) => row.map((cell) => cell.replace(dayAndHour, '$1\n$2'))) : rows,
      shares: [84, 52, 46, 32, 62, 40, 42, 74, 62, 62, 62, 50, 62, 40],
    },
    format,
    language,
    mark,
  );
  return { bytes, type: fileTypes[format], name: `tracking.${format}` };
};

type Loose = Record<string, unknown>;
type Parts = {
  customer: Loose;
  request: Loose;
  process: { events: Loose[]; messages: Loose[] };
  solution: Loose & { resolution: Loose | null; verification: Loose | null };
  feedback: Loose & { survey: { answeredAt: string; answer: Loose } | null };
  attachments: { name: string; size: number; sha256: string }[];
};
const archiveWords = {
  zh: {
    title: '工单归档',
    parts: ['一、客户信息', '二、需求详情', '三、处理过程', '四、解决方案', '五、客户反馈', '六、附件'],
    customer: ['客户编号', '客户名称', '客户类型', '客户等级', '所属公司', '联系人'],
    request: ['工单号', '标题', '需求类型', '优先级', '来源渠道', '受理时间', '问题描述'],
    process: ['时间', '人员', '经过'],
    internal: '【内部】',
    solution: ['解决办法', '处理步骤', '注意事项', '解决时间', '关闭时间', '关闭原因'],
    feedback: ['客户确认时间', '评价时间', '处理效率', '服务态度', '方案有效性', '意见'],
    attachments: ['文件名', '大小（字节）', 'SHA-256'],
    archived: '归档时间',
    hash: '指纹',
    none: '无',
  },
  en: {
    title: 'Archived ticket',
    parts: ['1 Customer', '2 Request', '3 Process', '4 Solution', '5 Feedback', '6 Attachments'],
    customer: ['Number', 'Name', 'Kind', 'Level', 'Company', 'Contact'],
    request: ['Ticket', 'Subject', 'Category', 'Priority', 'Channel', 'Taken at', 'Description'],
    process: ['At', 'Who', 'What'],
    internal: '[internal] ',
    solution: ['Solution', 'Steps', 'Cautions', 'Solved', 'Closed', 'Reason'],
    feedback: ['Confirmed', 'Rated', 'Efficiency', 'Attitude', 'Effectiveness', 'Comment'],
    attachments: ['File', 'Bytes', 'SHA-256'],
    archived: 'Archived',
    hash: 'Fingerprint',
    none: 'none',
  },
};
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const actors: Record<string, { zh: string; en: string }> = {
  system: { zh: '系统', en: 'system' },
  customer: { zh: '客户', en: 'customer' },
};

/** The six parts as they were when the ticket was archived, with the fingerprint that proves them. */
export const archivePaper = async (
  centre: Centre,
  actor: Actor,
  id: string,
  locale: Locale,
): Promise<TakenFile> => {
  const language = languageOf(locale);
  const kept = await centre.db.maybe(
    sql<{
      archived_at: number;
      hash: string;
      parts: Parts;
    }>`select archived_at, hash, parts from ticket_archive where ticket_id = ${id}::uuid`,
  );
  if (!kept) throw notFound();
  const [{ nodes }, mark] = await Promise.all([
    settingCached(centre.db, 'categories', centre.clock.now()),
    markOf(centre, actor, language),
  ]);
  await send(centre, exportTickets, { form: 'archive', ticketId: id, rows: 1 }, actor);
  const said = archiveWords[language];
  const { customer, request, process, solution, feedback, attachments } = kept.parts;
  const paper = await import('#kernel/paper.ts');
  const page = paper.openPaper(false, mark);
  const whole = page.page.width - 2 * paper.margin;
  const band = (i: number) =>
    paper.row(page, [{ text: said.parts[i]!, width: whole, bold: true, shaded: true }]);
  const one = (name: string, value: string) =>
    paper.row(page, [
      { text: name, width: 96, bold: true, shaded: true },
      { text: value || '—', width: whole - 96 },
    ]);
  const all = (names: readonly string[], values: readonly string[]) => {
    for (const [i, name] of names.entries()) one(name, values[i] ?? '');
  };
  paper.heading(page, said.title, [mark.company, text(request.number)].filter(Boolean).join('　'));
  one(said.archived, minute(kept.archived_at));
  one(said.hash, kept.hash);
  band(0);
  all(said.customer, [
    text(customer.number),
    text(customer.name),
    label('customerKind', customer.kind, language),
    label('customerLevel', customer.level, language),
    text(customer.company),
    text(customer.contactName),
  ]);
  band(1);
  all(said.request, [
    text(request.number),
    text(request.subject),
    categoryOf(nodes, text(request.category), language),
    text(request.priority),
    label('channelKind', request.channel, language),
    minute(text(request.createdAt)),
    text(request.description),
  ]);
  band(2);
  const names = events as Record<string, { zh: string; en: string }>;
  const story = [
    ...process.events.map(({ at, type, actor: who }) => ({
      at: text(at),
      who: actors[text(who)]?.[language] ?? text(who),
      what: names[text(type)]?.[language] ?? text(type),
    })),
    ...process.messages.map(({ at, author, body, visibility }) => ({
      at: text(at),
      who: text(author),
      what: `${visibility === 'internal' ? said.internal : ''}${text(body)}`,
    })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  paper.table(
    page,
    said.process,
    story.map(({ at, who, what }) => [minute(at), who, what]),
    [1.2, 0.9, 4],
  );
  band(3);
  const { resolution } = solution;
  all(said.solution, [
    text(resolution?.solution),
    text(resolution?.steps),
    text(resolution?.cautions),
    minute(text(solution.resolvedAt)),
    minute(text(solution.closedAt)),
    [label('ticketCloseReason', solution.closeReason, language), text(solution.closeNote)]
      .filter(Boolean)
      .join('：'),
  ]);
  band(4);
  const answer = feedback.survey?.answer ?? {};
  all(said.feedback, [
    minute(text(feedback.confirmedAt)),
    minute(feedback.survey?.answeredAt),
    text(answer.efficiency),
    text(answer.attitude),
    text(answer.effectiveness),
    text(answer.comment),
  ]);
  band(5);
  paper.table(
    page,
    said.attachments,
    attachments.length === 0
      ? [[said.none, '', '']]
      : attachments.map(({ name, size, sha256 }) => [name, String(size), sha256]),
    [2, 0.9, 3],
  );
  paper.footer(page, footOf(mark, language));
  return { bytes: await paper.finished(page), type: fileTypes.pdf, name: `${text(request.number)}.pdf` };
};
