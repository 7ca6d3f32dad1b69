/** Messages as staff and visitors see them. */
import type { MessageView } from '#contracts/routes/conversations.ts';
import type { VisitorMessageView } from '#contracts/routes/visitors.ts';
import type { Centre } from '#kernel/centre.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
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
};

export const messagesWhere = (tx: Tx, where: SqlFragment): Promise<MessageRow[]> =>
  tx.all(sql<MessageRow>`
  select m.id, m.thread_id, m.seq, m.at, m.visibility, m.author_kind, m.author_id, m.author_name, m.body, m.body_format, m.html is not null as has_html, m.delivery, m.delivery_error, m.automatic, m.client_id,
    coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size, 'inline', f.inline) order by f.created_at, f.id) from file f where f.message_id = m.id), '[]') as attachments
  from message m where ${where}`);

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
  const from = decodeCursor(cursor, 2);
  const rows = await messagesWhere(
    centre.db,
    sql`
    m.thread_id = any(${threadIds}::uuid[]) and ${after === undefined ? sql`true` : sql`m.seq > ${after}`} and ${from ? sql`(m.at, m.id) < (${new Date(Number(from[0]))}, ${String(from[1])}::uuid)` : sql`true`}
    order by m.at desc, m.id desc limit ${limit + 1}`,
  );
  const page = toPage(rows, limit, (row) => [row.at, row.id]);
  return { items: page.items.map((row) => toMessage(centre, row)), nextCursor: page.nextCursor };
};
