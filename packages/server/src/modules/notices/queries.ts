/** Notices as their reader may see them now: words in the reader's language, cases only when still in scope. */
import type { NoticeView } from '#contracts/routes/notices.ts';
import type { Words } from '#contracts/pack.ts';
import type { Locale } from '#contracts/errors.ts';
import { labels } from '#contracts/words.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';
import { mayReadTalk } from '#modules/conversations/index.ts';
import { mayReadTask } from '#modules/tasks/index.ts';
import { mayRead } from '#modules/tickets/index.ts';
import type { NoticeKind } from './texts.ts';
import { hidden, wordsOf } from './texts.ts';

type Row = {
  id: string;
  at: number;
  kind: NoticeKind;
  subject_type: string;
  subject_id: string;
  data: Record<string, unknown>;
  sound: string;
  needs_ack: boolean;
  read_at: number | null;
  ack_at: number | null;
  number: string | null;
  title: string | null;
  /** Of an incident: what customers read. */ announcement: string | null;
  announcement_en: string | null;
  task: {
    title: Words;
    about: string | null;
    ticketId: string | null;
    conversationId: string | null;
    customerId: string | null;
  } | null;
};

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

const rows = ({ db }: Centre, actor: Actor, where: SqlFragment): Promise<Row[]> => {
  const tickets = mayRead(actor);
  const talks = mayReadTalk(actor);
  return db.all(sql<Row>`
    select n.id, n.at, n.kind, n.subject_type, n.subject_id, n.data, n.sound, n.needs_ack, n.read_at, n.ack_at, coalesce(t.number, kt.number) as number, coalesce(t.subject, v.customer_name || ' · ' || v.subject, who.name) as title, i.announcement, i.announcement_en,
      case when k.id is not null then jsonb_build_object('title', k.title, 'about', kt.subject, 'ticketId', k.ticket_id, 'conversationId', k.conversation_id, 'customerId', k.customer_id) end as task
    from notice n
      left join ticket t on n.subject_type = 'ticket' and t.id = n.subject_id and ${tickets}
      left join conversation v on n.subject_type = 'conversation' and v.id = n.subject_id and ${talks}
      left join task k on n.subject_type = 'task' and k.id = n.subject_id and ${mayReadTask(actor)}
      left join ticket kt on kt.id = k.ticket_id
      left join certification ce on n.subject_type = 'certification' and ce.id = n.subject_id
      left join app_user who on who.id = ce.user_id
      left join incident i on n.subject_type = 'incident' and i.id = n.subject_id
    where n.user_id = ${actor.id}::uuid and ${where}`);
};

const placeOf = ({ task }: Row): NoticeView['place'] =>
  task?.ticketId
    ? { type: 'ticket', id: task.ticketId }
    : task?.conversationId
      ? { type: 'conversation', id: task.conversationId }
      : task?.customerId
        ? { type: 'customer', id: task.customerId }
        : null;

const toView = (row: Row, locale: Locale): NoticeView => {
  const english = locale === 'en';
  const clock =
    typeof row.data.clock === 'string'
      ? labels.deadlineKind![row.data.clock]?.[english ? 'en' : 'zh']
      : undefined;
  const { title, body } = wordsOf(row.kind, locale, {
    ...row.data,
    clock: clock ?? '',
    number: row.number ?? '',
    title: row.title ?? row.task?.title[english ? 'en' : 'zh'] ?? hidden[english ? 'en' : 'zh'],
    about: row.task?.about ?? '',
    announcement: row.announcement ?? '',
    announcementEn: row.announcement_en ?? '',
  });
  return {
    id: row.id,
    at: iso(row.at)!,
    kind: row.kind,
    title,
    body,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    needsAck: row.needs_ack,
    readAt: iso(row.read_at),
    ackAt: iso(row.ack_at),
    sound: row.sound,
    place: placeOf(row),
  };
};

type Filter = { limit?: number; cursor?: string; unread?: boolean };
export const listNotices = async (
  centre: Centre,
  actor: Actor,
  locale: Locale,
  { limit = 50, cursor, unread }: Filter,
) => {
  const after = decodeCursor(cursor, 2);
  const [found, counts] = await Promise.all([
    rows(
      centre,
      actor,
      sql`${unread ? sql`n.read_at is null` : sql`true`} and ${after ? sql`(n.at, n.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`} order by n.at desc, n.id desc limit ${limit + 1}`,
    ),
    centre.db.one(
      sql<{
        unread: number;
        waiting: number;
      }>`select count(*) filter (where read_at is null)::int as unread, count(*) filter (where needs_ack and ack_at is null)::int as waiting from notice where user_id = ${actor.id}::uuid and (read_at is null or (needs_ack and ack_at is null))`,
    ),
  ]);
  const page = toPage(found, limit, (row) => [row.at, row.id]);
  return {
    items: page.items.map((row) => toView(row, locale)),
    nextCursor: page.nextCursor,
    unread: counts.unread,
    toAcknowledge: counts.waiting,
  };
};

export const noticeById = async (
  centre: Centre,
  actor: Actor,
  locale: Locale,
  id: string,
): Promise<NoticeView | undefined> => {
  const [row] = await rows(centre, actor, sql`n.id = ${id}::uuid`);
  return row && toView(row, locale);
};

/** One notice with what its case is called, for a mail; the case is empty when the reader may not see it. */
export const noticeRow = async (
  centre: Centre,
  actor: Actor,
  locale: Locale,
  id: string,
): Promise<
  (Omit<NoticeView, 'kind'> & { kind: NoticeKind; number: string; caseTitle: string }) | undefined
> => {
  const [row] = await rows(centre, actor, sql`n.id = ${id}::uuid`);
  const unseen =
    row?.subject_type === 'ticket' ? row.number === null : row?.subject_type === 'task' && row.task === null;
  if (!row || unseen) return undefined;
  return { ...toView(row, locale), kind: row.kind, number: row.number ?? '', caseTitle: row.title ?? '' };
};

/** Alarms that wait for this person's acknowledgement, oldest first; for the floor. */
export const unacknowledged = async (
  centre: Centre,
  actor: Actor,
  locale: Locale = 'zh-CN',
): Promise<NoticeView[]> =>
  (await rows(centre, actor, sql`n.needs_ack and n.ack_at is null order by n.at limit 20`)).map((row) =>
    toView(row, locale),
  );
