/** Held mail: seen with its cause, downloaded, released. */
import * as contract from '#contracts/routes/channels.ts';
import { Id, obj, text } from '#contracts/schema.ts';
import type { RouteHandler } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { contentDisposition } from '#modules/files/index.ts';
import { causes } from './texts.ts';
import type { HoldCause } from './texts.ts';

type HeldRow = {
  id: string;
  channel_id: string;
  channel_name: string;
  received_at: number;
  cause: HoldCause;
  detail: string;
  from_text: string;
  subject: string;
  size: number;
  state: string;
};

/** Processes a held mail after all; what was held for looking like a loop passes, what cannot be parsed is held again. */
export const releaseMail = command({
  name: 'email.release',
  permission: 'operations.write',
  input: obj({ id: Id, reason: text(300, 1) }),
  run: async ({ tx, emit, audit, actor }, { id, reason }) => {
    const row = await tx.maybe(
      sql<{
        channel_id: string;
        state: string;
        cause: string;
      }>`select channel_id, state, cause from inbound_raw where id = ${id}::uuid and cause is not null for update`,
    );
    if (!row) throw notFound();
    if (row.state !== 'held')
      throw new Problem('CONFLICT', { reason: { zh: '此邮件已放行', en: 'This mail was released already' } });
    await tx.run(
      sql`update inbound_raw set state = 'released', released_by = ${actor.id} where id = ${id}::uuid`,
    );
    emit('mail.accepted', 'mail', id, { channelId: row.channel_id }, { channelId: row.channel_id });
    audit('mail', id, { reason, cause: row.cause });
  },
});

const readRaw = command({
  name: 'email.read-raw',
  permission: 'operations.write',
  input: obj({ id: Id }),
  run: async ({ tx, audit }, { id }) => {
    const row = await tx.maybe(
      sql<{ raw: Buffer }>`select raw from inbound_raw where id = ${id}::uuid and cause is not null`,
    );
    if (!row) throw notFound();
    audit('mail', id, {});
    return row.raw;
  },
});

export const quarantineRoutes: RouteHandler[] = [
  answer(contract.listQuarantine, async ({ centre, query, locale }) => {
    const { limit = 50, cursor } = query;
    const after = decodeCursor(cursor, 2);
    const rows = await centre.db.all(sql<HeldRow>`
      select r.id, r.channel_id, c.name as channel_name, r.received_at, r.cause, r.detail, r.from_text, r.subject, r.size, r.state from inbound_raw r join channel c on c.id = r.channel_id
      where r.cause is not null and ${after ? sql`(r.received_at, r.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`} order by r.received_at desc, r.id desc limit ${limit + 1}`);
    const page = toPage(rows, limit, (row) => [row.received_at, row.id]);
    return {
      items: page.items.map((row) => ({
        id: row.id,
        channelId: row.channel_id,
        channelName: row.channel_name,
        at: new Date(row.received_at).toISOString(),
        cause: row.cause,
        detail: [causes[row.cause]?.[locale === 'en' ? 'en' : 'zh'], row.detail]
          .filter(Boolean)
          .join(locale === 'en' ? ': ' : '：'),
        from: row.from_text,
        subject: row.subject,
        size: row.size,
        state: row.state === 'held' ? ('held' as const) : ('released' as const),
      })),
      nextCursor: page.nextCursor,
    };
  }),
  answer(contract.releaseQuarantine, async ({ centre, actor, params, body, idempotencyKey }) => {
    await send(centre, releaseMail, { id: params.id, reason: body.reason }, actor, { idempotencyKey });
    return { ok: true };
  }),
  answer(contract.rawQuarantine, async ({ centre, actor, params, reply }) => {
    const raw = await send(centre, readRaw, { id: params.id }, actor);
    return reply
      .type('message/rfc822')
      .header('content-disposition', contentDisposition('attachment', `${params.id}.eml`))
      .send(raw);
  }),
];
