/** Blobs on disk under names of our own; labels, types and access live in rows. Written to a temporary name and renamed, so that a crash leaves no half file. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import path from 'node:path';
import { Problem } from './problem.ts';

export type StoredBlob = { key: string; size: number; sha256: string; head: Buffer };
export type Files = {
  /** Streams into storage; refuses beyond `limit` bytes with 413 and leaves nothing behind. */
  put(key: string, source: Readable | Buffer, limit: number): Promise<StoredBlob>;
  get(key: string): Promise<{ stream: Readable; size: number }>;
  remove(key: string): Promise<void>;
};

export const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

export const diskFiles = (directory: string): Files => {
  const place = (key: string) => path.join(directory, key.slice(-2), key);
  return {
    put: async (key, source, limit) => {
      const target = place(key);
      const temporary = `${target}.part`;
      const hash = createHash('sha256');
      let size = 0;
      let head = Buffer.alloc(0);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      const handle = await open(temporary, 'w', 0o600);
      try {
        for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
          size += chunk.length;
          if (size > limit) throw new Problem('TOO_LARGE', { limit: megabytes(limit) });
          if (head.length < 4100) head = Buffer.concat([head, chunk]).subarray(0, 4100);
          hash.update(chunk);
          await handle.write(chunk);
        }
        await handle.sync();
        await handle.close();
        await rename(temporary, target);
        return { key, size, sha256: hash.digest('hex'), head };
      } catch (error) {
        await handle.close().catch(() => {});
        await rm(temporary, { force: true });
        if ((error as { code?: string }).code === 'ENOSPC') throw new Problem('STORAGE_FULL');
        throw error;
      }
    },
    get: async (key) => {
      const { size } = await stat(place(key));
      return { stream: createReadStream(place(key)), size };
    },
    remove: (key) => rm(place(key), { force: true }),
  };
};
