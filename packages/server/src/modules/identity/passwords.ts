/** argon2id by node:crypto, 19 MiB and two passes (the OWASP floor; 49 ms on the reference machine). */
import { argon2 as argon2Callback, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '#kernel/problem.ts';

const argon2 = promisify(argon2Callback);
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const derive = (password: string, nonce: Buffer) =>
  argon2('argon2id', { message: password, nonce, ...cost }) as Promise<Buffer>;

// Hashing is the one thing here that costs a core; two at a time keep a password storm from starving the people at work.
let free = 2;
const waiting: (() => void)[] = [];
const turn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
};

export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16);
  return `argon2id$${nonce.toString('base64url')}$${(await turn(() => derive(password, nonce))).toString('base64url')}`;
};

/** Compares in constant time. An unknown account is checked against a hash of nobody, so that it takes as long. */
export const passwordMatches = async (password: string, stored: string | undefined): Promise<boolean> => {
  const [, nonce = '', tag = ''] = (stored ?? `argon2id$${'A'.repeat(22)}$${'A'.repeat(43)}`).split('$');
  const derived = await turn(() => derive(password, Buffer.from(nonce, 'base64url')));
  const expected = Buffer.from(tag, 'base64url');
  return expected.length === derived.length && timingSafeEqual(expected, derived) && stored !== undefined;
};

const common = [
  '123456789012',
  'password1234',
  'qwertyuiop12',
  '111111111111',
  'adminadmin12',
  'zhikezhike12',
  'administrator',
];
/** At least 12 characters, not common, not the e-mail's name. */
export const demandStrong = (password: string, email: string): void => {
  const plain = password.toLowerCase();
  const own = email.split('@')[0]!.toLowerCase();
  if (
    password.length < 12 ||
    common.includes(plain) ||
    new Set(plain).size < 5 ||
    (own.length >= 4 && plain.includes(own))
  )
    throw new Problem('PASSWORD_WEAK');
};
