/**
 * Addresses of ours that lead on to one that a record names, so that it is known whether a customer opened what they
 * were sent (SD0-10). The token is the record, signed: nothing is stored, nothing can be guessed. A mail scanner that
 * follows every link counts as an opening; it cannot be told from a person.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Id, obj } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Config } from '#kernel/config.ts';
import { notFound } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { demandKind } from './kinds.ts';
import { audienceOf } from './store.ts';
import type { RecordRow } from './store.ts';

const idBytes = 16;
const macBytes = 16;
const sign = ({ secret }: Pick<Config, 'secret'>, body: Buffer): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'zhike record links', 32)))
    .update(body)
    .digest()
    .subarray(0, macBytes);

/** The address to tell instead of the one that the record names. */
export const linkTo = (config: Pick<Config, 'secret' | 'publicUrl'>, recordId: string): string => {
  const body = Buffer.from(recordId.replaceAll('-', ''), 'hex');
  return `${config.publicUrl}/api/v1/l/${Buffer.concat([body, sign(config, body)]).toString('base64url')}`;
};

/** The record of a token; undefined where it was not signed here. */
export const recordOfLink = (config: Pick<Config, 'secret'>, token: string): string | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + macBytes) return undefined;
  const body = bytes.subarray(0, idBytes);
  if (!timingSafeEqual(sign(config, body), bytes.subarray(idBytes))) return undefined;
  return body.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** Keeps that the address was opened; answers where it leads. */
export const openLink = command({
  name: 'records.open',
  permission: null,
  input: obj({ id: Id }),
  run: async ({ tx, now, emit, centre }, { id }) => {
    const row = await tx.maybe(
      sql<RecordRow>`select r.*, r.day::text as day from record r where r.id = ${id}::uuid for update`,
    );
    const kind = row && (await demandKind(centre.db, row.kind));
    const link = kind?.opens && row?.data[kind.opens.link];
    if (!row || !kind?.opens || typeof link !== 'string' || !/^https?:\/\//.test(link)) throw notFound();
    const { at, times } = kind.opens;
    const seen = {
      [at]: row.data[at] ?? new Date(now).toISOString(),
      [times]: Number(row.data[times] ?? 0) + 1,
    };
    await tx.run(
      sql`update record set data = data || ${json(seen)}::jsonb, updated_at = ${new Date(now)} where id = ${id}::uuid`,
    );
    emit('record.changed', 'record', id, { kind: row.kind, fields: [at, times] }, audienceOf(row));
    return link;
  },
});
