/** Threads and messages: one row lock per thread keeps `seq` strictly increasing without gaps. */
import type { Audience, Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { cite } from '#modules/knowledge/index.ts';

export type NewMessage = {
  visibility: 'public' | 'internal' | 'system';
  authorKind: 'customer' | 'agent' | 'system' | 'unverified';
  authorId?: string | null;
  authorName: string;
  body: string;
  bodyFormat?: 'text' | 'markdown' | 'html';
  html?: string | null;
  channelId?: string | null;
  externalId?: string | null;
  clientId?: string | null;
  automatic?: boolean;
  delivery?: 'none' | 'queued';
  attachments?: readonly string[];
  /** Colleagues named in it; told only of internal notes. */
  mentions?: readonly string[];
  /** Versions of articles it answers from. */
  citations?: readonly { articleId: string; version: number }[];
  at?: number;
};
export type Posted = { id: string; seq: number; duplicate: boolean };

export const openThread = (tx: Tx, id: string, of: 'conversation' | 'ticket') =>
  tx.run(sql`insert into thread (id, of) values (${id}::uuid, ${of})`);

/**
 * Puts a message at the end of a thread and emits `message.posted`. The same `clientId` again gives the first
 * message back: a resend after a lost answer is harmless. Attachments must have been uploaded by the author.
 */
export const post = async (
  context: Context,
  threadId: string,
  of: 'conversation' | 'ticket',
  message: NewMessage,
  audience: Audience,
): Promise<Posted> => {
  const { tx, now, newId, emit, actor } = context;
  if (message.clientId) {
    const known = await tx.maybe(
      sql<{
        id: string;
        seq: number;
      }>`select id, seq from message where thread_id = ${threadId}::uuid and client_id = ${message.clientId}`,
    );
    if (known) return { ...known, duplicate: true };
  }
  const id = newId();
  const plain = message.body.slice(0, 200);
  const fromCustomer = message.authorKind === 'customer';
  const { seq } = await tx.one(sql<{ seq: number }>`
    with t as (
      update thread set last_seq = last_seq + 1, last_message_at = ${new Date(now)}, last_message = case when ${message.visibility} = 'public' then ${plain} else last_message end, customer_seq = case when ${fromCustomer} then last_seq + 1 else customer_seq end
      where id = ${threadId}::uuid returning last_seq
    )
    insert into message (id, thread_id, seq, at, visibility, author_kind, author_id, author_name, body, body_format, html, channel_id, external_id, client_id, automatic, delivery)
    select ${id}::uuid, ${threadId}::uuid, last_seq, ${new Date(message.at ?? now)}, ${message.visibility}, ${message.authorKind}, ${message.authorId ?? null}::uuid, ${message.authorName}, ${message.body}, ${message.bodyFormat ?? 'text'}, ${message.html ?? null}, ${message.channelId ?? null}::uuid, ${message.externalId ?? null}, ${message.clientId ?? null}, ${message.automatic ?? false}, ${message.delivery ?? 'none'} from t
    returning seq`);
  if (message.attachments && message.attachments.length > 0) {
    const attached = await tx.run(
      sql`update file set message_id = ${id}::uuid, thread_id = ${threadId}::uuid where id = any(${message.attachments}::uuid[]) and message_id is null and uploader_id = ${actor.id}`,
    );
    if (attached !== new Set(message.attachments).size)
      throw new Problem('UPLOAD_FOREIGN', {}, [{ pointer: '/attachments', code: 'INVALID' }]);
  }
  if (message.citations && message.citations.length > 0)
    await cite(context, id, message.visibility, message.citations);
  emit(
    'message.posted',
    of,
    threadId,
    {
      messageId: id,
      seq,
      visibility: message.visibility,
      authorKind: message.authorKind,
      ...(message.automatic ? { automatic: true } : {}),
      of,
    },
    audience,
  );
  if (message.visibility === 'internal' && message.mentions && message.mentions.length > 0)
    emit(
      'message.mentioned',
      of,
      threadId,
      { messageId: id, userIds: [...new Set(message.mentions)], of },
      audience,
    );
  return { id, seq, duplicate: false };
};

/** Up to where somebody has read a thread; never moves back. */
export const markRead = (tx: Tx, userId: string, threadId: string, seq: number) =>
  tx.run(
    sql`insert into read_mark (user_id, thread_id, seq) values (${userId}::uuid, ${threadId}::uuid, ${seq}) on conflict (user_id, thread_id) do update set seq = greatest(read_mark.seq, excluded.seq) where read_mark.seq < excluded.seq`,
  );

/** How far a message got on its way out; told to whoever watches the thread. */
export const markDelivery = async (
  { tx, emit }: Context,
  messageId: string,
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed',
  error: string | null = null,
  audience: Audience = {},
): Promise<void> => {
  const row = await tx.maybe(
    sql<{
      thread_id: string;
      of: 'conversation' | 'ticket';
    }>`update message m set delivery = ${state}, delivery_error = ${error} from thread t where m.id = ${messageId}::uuid and t.id = m.thread_id and m.delivery <> ${state} returning m.thread_id, t.of`,
  );
  if (row) emit('message.delivery', row.of, row.thread_id, { messageId, state }, audience);
};
