/** Answers of customers: the list, and 服务满意度调查 as a file. */
import type { Locale } from '#contracts/errors.ts';
import type { AnsweredSurveyView } from '#contracts/routes/surveys.ts';
import { Type, obj, text } from '#contracts/schema.ts';
import type { Actor } from '#kernel/actor.ts';
import { permit } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { decodeCursor, toPage, rowsFor } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import { demandFits, fileTypes, tableFile } from '#kernel/table-file.ts';
import type { FileFormat } from '#kernel/table-file.ts';
import { markOf } from '#modules/settings/index.ts';
import { mayRead, reachTickets } from '#modules/tickets/index.ts';

type Filter = { from?: string; to?: string; below?: number; groupId?: string };
type Row = Omit<AnsweredSurveyView, 'answeredAt'> & { answeredAt: number };

/** Answers that a filter means and the reader may read; an accused one never reads what was said of them. */
const meant = (actor: Actor, { from, to, below, groupId }: Filter) =>
  sql`s.answered_at is not null and ${reachTickets(actor, 'survey.read')} and t.accused_id::text is distinct from ${actor.id}
      and ${from ? sql`s.answered_at >= ${new Date(from)}` : sql`true`} and ${to ? sql`s.answered_at < ${new Date(to)}` : sql`true`}
      and ${below ? sql`s.csat < ${below}` : sql`true`} and ${groupId ? sql`t.group_id = ${groupId}::uuid` : sql`true`}`;

/** SD1-34: the mean of each question, of the same answers that the list shows. */
export const meansOf = ({ db }: Centre, actor: Actor, filter: Filter) =>
  db.one(sql<{
    answers: number;
    efficiency: number | null;
    attitude: number | null;
    effectiveness: number | null;
    csat: number | null;
  }>`
    select count(*)::int as answers, avg((s.answer ->> 'efficiency')::int)::double precision as efficiency, avg((s.answer ->> 'attitude')::int)::double precision as attitude, avg((s.answer ->> 'effectiveness')::int)::double precision as effectiveness, avg(s.csat)::double precision as csat
    from survey s join ticket t on t.id = s.ticket_id where ${meant(actor, filter)}`);

/** The newest first; an accused one never reads what was said of them. Who may not read a ticket sees its rating without subject and customer. */
export const listAnswers = async (
  { db }: Centre,
  actor: Actor,
  {
    limit = 50,
    cursor,
    exported,
    ...filter
  }: Filter & {
    limit?: number;
    cursor?: string;
    /** Only what the reader may take along. */ exported?: true;
  },
): Promise<Page<AnsweredSurveyView>> => {
  const after = decodeCursor(cursor, 2);
  const rows = await db.all(sql<Row>`
    select s.id, s.ticket_id as "ticketId", t.number, case when ${mayRead(actor)} then t.subject end as subject, case when ${mayRead(actor)} then t.customer_name end as "customerName", s.answered_at as "answeredAt", s.answer, s.csat, u.name as "agentName", s.entered_by is not null as "byPhone"
    from survey s join ticket t on t.id = s.ticket_id left join app_user u on u.id = s.agent_id
    where ${meant(actor, filter)} and ${exported ? reachTickets(actor, 'record.export') : sql`true`}
      and ${after ? sql`(s.answered_at, s.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`}
    order by s.answered_at desc, s.id desc ${limitOf(rowsFor(limit))}`);
  const page = toPage(rows, limit, (row) => [row.answeredAt, row.id]);
  return {
    items: page.items.map((row) => ({ ...row, answeredAt: new Date(row.answeredAt).toISOString() })),
    nextCursor: page.nextCursor,
  };
};

/** Who took how many answers in which form is written down. */
const takeAnswers = command({
  name: 'surveys.export',
  permission: 'record.export',
  input: obj({ format: text(10), rows: Type.Integer() }),
  run: async ({ actor, audit }, taken) => audit('user', actor.id, taken),
});

const heads = {
  zh: [
    '评价时间',
    '工单号',
    '客户',
    '主题',
    '处理效率',
    '服务态度',
    '解决方案有效性',
    '满意度（0–100）',
    '意见',
    '处理人',
    '来源',
  ],
  en: [
    'rated at',
    'ticket',
    'customer',
    'subject',
    'efficiency',
    'attitude',
    'effectiveness',
    'CSAT (0–100)',
    'comment',
    'agent',
    'source',
  ],
};
const sources = { zh: { phone: '电话回访', link: '客户自填' }, en: { phone: 'by phone', link: 'by link' } };

/** TOO_LARGE beyond what a file of the format holds: a shorter period is asked for, nothing is left out unsaid. */
export const exportAnswers = async (
  centre: Centre,
  actor: Actor,
  format: FileFormat,
  filter: Filter,
  locale: Locale,
) => {
  permit(actor, 'record.export');
  const language = locale === 'en' ? 'en' : 'zh';
  const rows: AnsweredSurveyView[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAnswers(centre, actor, { ...filter, exported: true, limit: 500, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
    demandFits(rows.length, format);
  } while (cursor);
  await send(centre, takeAnswers, { format, rows: rows.length }, actor);
  const local = (at: string) =>
    new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16);
  const bytes = await tableFile(
    {
      title: { zh: '服务满意度调查', en: 'Satisfaction survey' }[language],
      head: heads[language],
      shares: [1.5, 1.6, 1, 2, 0.8, 0.8, 1.1, 1, 2.4, 1, 0.9],
      rows: rows.map(({ answer, ...row }) => [
        local(row.answeredAt),
        row.number,
        row.customerName ?? '',
        row.subject ?? '',
        answer.efficiency,
        answer.attitude,
        answer.effectiveness,
        Math.round(row.csat * 10) / 10,
        answer.comment ?? '',
        row.agentName ?? '',
        sources[language][row.byPhone ? 'phone' : 'link'],
      ]),
    },
    format,
    language,
    await markOf(centre, actor, language),
  );
  return { bytes, type: fileTypes[format], name: `survey.${format}` };
};
