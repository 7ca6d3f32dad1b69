/** Chinese mail as it really comes: GB18030 labelled GB2312, and raw 8-bit GBK headers. */

/** Labels of the GB family; GB18030 reads all of them, the other decoders lose its four-byte characters. */
const gbFamily =
  /^(?:chinese|csgb2312|csiso58gb231280|gb2312|gb_2312|gb_2312-80|gb_2312-1980|gbk|iso-ir-58|x-gbk|cp936|ms936|windows-936)$/i;

/** Makes every decoder of this thread read the GB family as GB18030. Called once, in the parser's own thread. */
export const readGbFamilyAsGb18030 = (): void => {
  const Plain = globalThis.TextDecoder;
  globalThis.TextDecoder = class extends Plain {
    constructor(label = 'utf-8', options?: TextDecoderOptions) {
      super(gbFamily.test(label.trim()) ? 'gb18030' : label, options);
    }
  };
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Where the header block ends: the offset of the first empty line, or the length. */
export const headerEnd = (raw: Buffer): number => {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  const ends = [crlf < 0 ? raw.length : crlf + 2, lf < 0 ? raw.length : lf + 1];
  return Math.min(...ends);
};

/** Headers with raw 8-bit bytes that are not UTF-8 are GBK from an old client: rewritten as UTF-8. */
export const healHeaders = (raw: Buffer): Buffer => {
  const end = headerEnd(raw);
  const head = raw.subarray(0, end);
  if (!head.some((byte) => byte > 127) || isUtf8(head)) return raw;
  return Buffer.concat([Buffer.from(new TextDecoder('gb18030').decode(head), 'utf8'), raw.subarray(end)]);
};

/** One header of a raw mail, unfolded, without parsing the rest; for the door, which must be quick. */
export const peekHeader = (raw: Buffer, name: string): string | null => {
  const head = raw.subarray(0, Math.min(headerEnd(raw), 262_144)).toString('latin1');
  const found = new RegExp(`^${name}:[ \\t]*((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head);
  return found ? found[1]!.replace(/\r?\n[ \t]+/g, ' ').trim() : null;
};
