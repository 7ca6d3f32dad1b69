/**
 * The only authority a mail can carry: a tag that we wrote into the address or the Message-ID of a mail we sent.
 * 6 bytes name the correspondence (one row per conversation or ticket and recipient), 16 bytes (128 bits) prove it
 * for that recipient and purpose. Base32 in lower case, because relays lower the local part.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** `reply`: plus-address of answers. `message`: inside our Message-IDs. `bounce`: return path. */
export type Purpose = 'reply' | 'message' | 'bounce';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';
const prefixes: Record<Purpose, string> = { reply: 't', message: 'm', bounce: 'b' };
const tokenBytes = 22;
const tokenLetters = Math.ceil((tokenBytes * 8) / 5);

const encode = (bytes: Uint8Array): string => {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += letters[(held >> bits) & 31];
    }
  }
  return bits > 0 ? text + letters[(held << (5 - bits)) & 31] : text;
};

const decode = (text: string): Buffer | undefined => {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const value = letters.indexOf(letter);
    if (value < 0) return undefined;
    held = ((held << 5) | value) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  // The spare bits of the last letter must be zero: one token has one spelling.
  return (held & ((1 << bits) - 1)) === 0 ? Buffer.from(bytes) : undefined;
};

const keys = new Map<string, Buffer>();
const keyOf = (secret: string): Buffer => {
  let key = keys.get(secret);
  if (!key) keys.set(secret, (key = Buffer.from(hkdfSync('sha256', secret, '', 'zhike mail tokens', 32))));
  return key;
};

export type Correspondence = {
  ref: number;
  /** Conversation or ticket. */ threadId: string;
  recipient: string;
};

const proofOf = (secret: string, { ref, threadId, recipient }: Correspondence, purpose: Purpose): Buffer =>
  createHmac('sha256', keyOf(secret))
    .update([purpose, ref, threadId, recipient].join('\n'))
    .digest()
    .subarray(0, 16);

/** The tag without its prefix letter, 36 characters. */
export const tokenFor = (secret: string, whom: Correspondence, purpose: Purpose): string => {
  const ref = Buffer.alloc(6);
  ref.writeUIntBE(whom.ref, 0, 6);
  return encode(Buffer.concat([ref, proofOf(secret, whom, purpose)]));
};

/** `t` + dot-free token, ready for a plus-address. */
export const tagFor = (secret: string, whom: Correspondence, purpose: Purpose): string =>
  `${prefixes[purpose]}.${tokenFor(secret, whom, purpose)}`;

export type ReadToken = { purpose: Purpose; ref: number; proof: Buffer };

const form = new RegExp(`^([tmb])\\.([a-z2-7]{${tokenLetters}})(?:\\.|$)`);
const purposes: Record<string, Purpose> = { t: 'reply', m: 'message', b: 'bounce' };

/** Reads a tag; undefined when it does not have our form. Whether it is true, `isProof` says. */
export const readTag = (tag: string): ReadToken | undefined => {
  const found = form.exec(tag.toLowerCase());
  const bytes = found ? decode(found[2]!) : undefined;
  if (!bytes || bytes.length !== tokenBytes) return undefined;
  return { purpose: purposes[found![1]!]!, ref: bytes.readUIntBE(0, 6), proof: bytes.subarray(6) };
};

/** A tag that looks like ours but cannot be read is a forgery as well. */
export const looksLikeTag = (tag: string): boolean => form.test(tag.toLowerCase());

/** Constant in time. */
export const isProof = (secret: string, token: ReadToken, whom: Correspondence): boolean =>
  timingSafeEqual(proofOf(secret, whom, token.purpose), token.proof);
