/** Messages as staff and visitors see them. */
import type { MessageView } from '#contracts/routes/conversations.ts';
import type { VisitorMessageView } from '#contracts/routes/visitors.ts';
import type { Centre } from '#kernel/centre.ts';
import { decodeCursor, rowsFor, toPage } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { jsonRows, ms } from '#kernel/json-rows.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { citationsOf } from '#modules/knowledge/index.ts';
import { fileUrl, htmlUrl } from '../../files-origin.ts';

type AttachmentRow = { id: string; name: string; mime: string; size: number; inline: boolean };
export type MessageRow = {
  id: string;
  thread_id: string;
  seq: number;
  at: number;
  visibility: MessageView['visibility'];
  author_kind: MessageView['authorKind'];
  author_id: string | null;
  author_name: string;
  body: string;
  body_format: MessageView['bodyFormat'];
  has_html: boolean;
  delivery: MessageView['delivery'];
  delivery_error: string | null;
  automatic: boolean;
  client_id: string | null;
  attachments: AttachmentRow[];
  citations: MessageView['citations'];
};

/** Rows of `message m`, asked for as part of a larger statement or alone. */
export const messageRows = jsonRows<MessageRow>({
  id: 'm.id',
  thread_id: 'm.thread_id',
  seq: 'm.seq',
  at: ms('m.at'),
  visibility: 'm.visibility',
  author_kind: 'm.author_kind',
  author_id: 'm.author_id',
  author_name: 'm.author_name',
  body: 'm.body',
  body_format: 'm.body_format',
  has_html: 'm.html is not null',
  delivery: 'm.delivery',
  delivery_error: 'm.delivery_error',
  automatic: 'm.automatic',
  client_id: 'm.client_id',
  attachments: `coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size, 'inline', f.inline) order by f.created_at, f.id) from file f where f.message_id = m.id), '[]')`,
  citations: citationsOf('m.id'),
});

export const messagesWhere = async (tx: Tx, where: SqlFragment): Promise<MessageRow[]> => {
  const from = sql`from message m where ${where}`;
  return messageRows.read(
    (await tx.one(sql<{ rows: unknown }>`select ${messageRows.of(from)} as rows`)).rows,
  );
};

/**
 * The newest of several threads, in order. Each thread gives its own newest by its index: a thread of thousands costs
 * what a short one costs. `threads` is a query for one column `id`.
 */
export const newestMessages = (
  threads: SqlFragment,
  rows: number,
  where: SqlFragment = sql`true`,
): SqlFragment => sql`
  from (${threads}) thread cross join lateral (select * from message m where m.thread_id = thread.id and ${where} order by m.at desc, m.id desc ${limitOf(rows)}) m
  order by m.at desc, m.id desc ${limitOf(rows)}`;

export const toMessage = (centre: Centre, row: MessageRow): MessageView => {
  const now = centre.clock.now();
  return {
    id: row.id,
    threadId: row.thread_id,
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    visibility: row.visibility,
    authorKind: row.author_kind,
    authorId: row.author_id,
    authorName: row.author_name,
    body: row.body,
    bodyFormat: row.body_format,
    htmlUrl: row.has_html ? htmlUrl(centre.config, row.id, now, { remote: false }) : null,
    attachments: row.attachments.map((file) => ({ ...file, url: fileUrl(centre.config, file, now) })),
    delivery: row.delivery,
    deliveryError: row.delivery_error,
    automatic: row.automatic,
    clientId: row.client_id,
    citations: row.citations,
  };
};

/** What a message says beyond its text to the customer alone, such as the link of a survey; agents never see it. */
const privateWords: ((centre: Centre, row: MessageRow) => string | undefined)[] = [];
export const plugPrivateWords = (words: (centre: Centre, row: MessageRow) => string | undefined): void =>
  void privateWords.push(words);
const visitorBody = (centre: Centre, row: MessageRow): string =>
  [row.body, ...privateWords.map((words) => words(centre, row))].filter(Boolean).join('\n');

/** What the customer sees: public words only, agents by name, nothing of who wrote notes. */
export const toVisitorMessage = (centre: Centre, row: MessageRow): VisitorMessageView => ({
  id: row.id,
  seq: row.seq,
  at: new Date(row.at).toISOString(),
  from: row.author_kind === 'customer' ? 'customer' : row.author_kind === 'agent' ? 'agent' : 'system',
  name: row.author_name,
  body: visitorBody(centre, row),
  attachments: row.attachments.map(({ id, name, mime, size }) => ({
    id,
    name,
    mime,
    size,
    url: fileUrl(centre.config, { id, name }, centre.clock.now()),
  })),
  clientId: row.client_id,
});

/** Newest first over one or more threads; `after` gives only what came later. */
export const pageOfMessages = async (
  centre: Centre,
  threadIds: readonly string[],
  { limit = 50, cursor, after }: { limit?: number; cursor?: string; after?: number },
): Promise<Page<MessageView>> => {
  const last = decodeCursor(cursor, 2);
  const from = newestMessages(
    sql`select unnest(${threadIds}::uuid[]) as id`,
    rowsFor(limit),
    sql`${after === undefined ? sql`true` : sql`m.seq > ${after}`} and ${last ? sql`(m.at, m.id) < (${new Date(Number(last[0]))}, ${String(last[1])}::uuid)` : sql`true`}`,
  );
  const { rows } = await centre.db.one(sql<{ rows: unknown }>`select ${messageRows.of(from)} as rows`);
  const page = toPage(messageRows.read(rows), limit, (row) => [row.at, row.id]);
  return { items: page.items.map((row) => toMessage(centre, row)), nextCursor: page.nextCursor };
};
