/** The door: raw first. The bytes and their id are committed before anybody reads them; a repeat ends here. */
import { createHash } from 'node:crypto';
import { Type, obj, Id } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { Problem, faulty, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { channelById } from '#modules/conversations/index.ts';
import { messageIds, oneLine } from './address.ts';
import { peekHeader } from './charset.ts';

/** Message-ID, or the hash of the bytes; an absurdly long id is hashed, because an index holds it. */
export const externalIdOf = (raw: Buffer): string => {
  const [id] = messageIds(peekHeader(raw, 'Message-ID'));
  if (!id) return `sha256:${createHash('sha256').update(raw).digest('hex')}`;
  return id.length > 500 ? `long:${createHash('sha256').update(id).digest('hex')}` : id;
};

const looksLikeMail = (raw: Buffer): boolean =>
  /^[!-9;-~]+[ \t]*:/m.test(raw.subarray(0, 65_536).toString('latin1'));

export type Accepted = { accepted: number; duplicate: number; quarantined: number };

/** Keeps one raw mail. Parsing follows as a reaction to `mail.accepted`. */
export const acceptMail = command({
  name: 'email.accept',
  permission: 'channel.ingest',
  audited: false,
  input: obj({ channelId: Id, raw: Type.Unsafe<Buffer>({}) }),
  run: async ({ tx, now, newId, emit }, { channelId, raw }): Promise<Accepted> => {
    const channel = await channelById(tx, channelId);
    if (!channel) throw notFound();
    if (channel.kind !== 'email') throw new Problem('CHANNEL_KIND');
    if (!channel.enabled) throw new Problem('CHANNEL_DISABLED');
    if (!Buffer.isBuffer(raw) || raw.length === 0) throw faulty('/body', 'REQUIRED');
    const isMail = looksLikeMail(raw);
    const row = await tx.one(sql<{ id: string; duplicates: number }>`
      insert into inbound_raw (id, channel_id, external_id, received_at, size, raw, state, cause, from_text, subject)
      values (${newId()}::uuid, ${channelId}::uuid, ${externalIdOf(raw)}, ${new Date(now)}, ${raw.length}, ${raw}, ${isMail ? 'accepted' : 'held'}, ${isMail ? null : 'not_a_mail'}, ${oneLine(peekHeader(raw, 'From') ?? '')}, ${oneLine(peekHeader(raw, 'Subject') ?? '')})
      on conflict (channel_id, external_id) do update set duplicates = inbound_raw.duplicates + 1 returning id, duplicates`);
    if (row.duplicates > 0) return { accepted: 0, duplicate: 1, quarantined: 0 };
    if (isMail) emit('mail.accepted', 'mail', row.id, { channelId }, { channelId });
    else emit('mail.quarantined', 'mail', row.id, { cause: 'not_a_mail' }, { channelId });
    return isMail
      ? { accepted: 1, duplicate: 0, quarantined: 0 }
      : { accepted: 0, duplicate: 0, quarantined: 1 };
  },
});
