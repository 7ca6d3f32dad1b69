/** Blobs and their rows. The blob is written first: a row never points at nothing. */
import type { Readable } from 'node:stream';
import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { cleanName, typeOf } from './names.ts';

export type NewFile = {
  name: string;
  source: Readable | Buffer;
  /** Bytes. */ limit: number;
  uploaderKind: string;
  uploaderId: string;
  inline?: boolean;
  contentId?: string | null;
  /** Throws to refuse; told the first 4 KB and the type they show. */
  check?(head: Buffer, mime: string): void;
};
export type KeptFile = { id: string; name: string; mime: string; size: number };

/** Streams into storage under a key of our own and adds the row, not attached to anything yet. */
export const keepBlob = async (
  centre: Centre,
  file: NewFile,
  now: number,
  tx: Tx = centre.db,
): Promise<KeptFile> => {
  const id = centre.ids.id(now);
  const key = id.replaceAll('-', '');
  const blob = await centre.files.put(key, file.source, file.limit);
  try {
    const name = cleanName(file.name);
    const mime = await typeOf(blob.head, name);
    file.check?.(blob.head, mime);
    await tx.run(
      sql`insert into file (id, name, mime, size, sha256, storage_key, uploader_kind, uploader_id, inline, content_id, created_at) values (${id}::uuid, ${name}, ${mime}, ${blob.size}, ${blob.sha256}, ${key}, ${file.uploaderKind}, ${file.uploaderId}, ${file.inline ?? false}, ${file.contentId ?? null}, ${new Date(now)})`,
    );
    return { id, name, mime, size: blob.size };
  } catch (error) {
    await centre.files.remove(key);
    throw error;
  }
};

/** The files of a thread belong to nobody any more; the next sweep removes blob and row. */
export const detachFiles = (tx: Tx, threadId: string): Promise<void> =>
  tx.later(
    sql`update file set message_id = null, thread_id = null, name = '', uploader_kind = 'purged', uploader_id = 'purged' where thread_id = ${threadId}::uuid`,
  );

/** Forgets uploads that nobody attached; a thousand at a time. */
export const sweepLoose = async (centre: Centre, tx: Tx, before: number): Promise<number> => {
  const gone = await tx.all(
    sql<{
      storage_key: string;
    }>`delete from file where id in (select id from file where message_id is null and created_at < ${new Date(before)} order by created_at limit 1000 for update skip locked) returning storage_key`,
  );
  await Promise.all(gone.map(({ storage_key }) => centre.files.remove(storage_key)));
  return gone.length;
};
