/** Archives: written for the sheets we give, and opened with care where somebody sends one. */
import { promisify } from 'node:util';
import { crc32, deflateRawSync, inflateRaw } from 'node:zlib';
import { Problem } from './problem.ts';

export type Part = { name: string; data: Buffer };
/** The bytes of an archive; `stored` leaves the parts as they are. */
export const zip = (parts: readonly Part[], { stored = false } = {}): Buffer => {
  const chunks: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of parts) {
    const packed = stored ? data : deflateRawSync(data);
    const head = Buffer.alloc(30);
    // Local header: version 2.0, UTF-8 names, the first day of 1980 (files say nothing of the hour they were made).
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x0800, 6);
    head.writeUInt16LE(stored ? 0 : 8, 8);
    head.writeUInt16LE(0x21, 12);
    head.writeUInt32LE(crc32(data), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(data.length, 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    entries.push(Buffer.concat([entry, Buffer.from(name)]));
    chunks.push(head, Buffer.from(name), packed);
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, directory, end]);
};

type Entry = { name: string; method: number; packed: number; size: number; at: number };
const directoryOf = (archive: Buffer): Entry[] => {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0) throw new Error('no archive');
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error('the directory of the archive is broken');
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      at: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
};

const inflated = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/**
 * The parts of an archive that are wanted, at most `most` bytes of them together. What the directory announces is
 * summed before anything is unpacked, and no part may be larger than it was announced (TOO_LARGE). Throws an error
 * that says what is wrong where it is no archive.
 */
export const unzip = async (
  archive: Buffer,
  most: number,
  wanted: (name: string) => boolean,
): Promise<Part[]> => {
  const tooLarge = () =>
    new Problem('TOO_LARGE', { limit: { zh: `解压后 ${most >> 20} MB`, en: `${most >> 20} MB unpacked` } });
  const entries = directoryOf(archive).filter(({ name }) => wanted(name));
  if (entries.reduce((sum, { size }) => sum + size, 0) > most) throw tooLarge();
  const parts: Part[] = [];
  for (const { name, method, packed, size, at } of entries) {
    const from = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    const bytes = archive.subarray(from, from + packed);
    if (method === 0) {
      if (packed > size) throw tooLarge();
      parts.push({ name, data: bytes });
      continue;
    }
    try {
      parts.push({ name, data: await inflated(bytes, { maxOutputLength: Math.max(1, size) }) });
    } catch (error) {
      throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : error;
    }
  }
  return parts;
};
