import { createHash } from 'node:crypto';

/** A number from 0 to 1 that a text always gives. Ids do not serve: reactions side by side take them in any order. */
export const chance = (text: string, salt = 0): number =>
  createHash('sha256').update(`${salt}:${text}`).digest().readUInt32BE() / 0x100000000;
