/**
 * The environment, read once. A wrong value is refused before anything starts: `ConfigError` carries one line
 * (what, where, how to mend it); whoever runs the process prints it and exits with `EXIT_CONFIG`.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { networks } from './addresses.ts';
import { findMisspelt } from './config-names.ts';

/** sysexits.h EX_CONFIG: the setting is wrong, starting again will not help. */
export const EXIT_CONFIG = 78;

export type Role = 'all' | 'web' | 'worker';
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export type S3Config = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

export type EnvConfig = {
  host: string;
  port: number;
  /** the second listener, for attachments: always the port after `port`; FILES_URL is what browsers call it */
  filesPort: number;
  /** absolute */
  dataDir: string;
  /** null: the embedded PostgreSQL in `dataDir` */
  databaseUrl: string | null;
  /** origin without a trailing slash, such as https://service.example.cn */
  publicUrl: string;
  filesUrl: string;
  empty: boolean;
  role: Role;
  redisUrl: string | null;
  s3: S3Config | null;
  logLevel: LogLevel;
  /** null: mails are written to `dataDir`/mail as .eml files */
  smtpUrl: string | null;
  /** Addresses and ranges whose X-Forwarded-For is believed; nobody's unless told. */
  trustProxy: string[];
};

/** `secret`: at least 32 characters from which all keys of this centre are derived. */
export type Config = EnvConfig & { secret: string };

export type Env = Record<string, string | undefined>;

/** `message` is the one line to print, Chinese and English. It never contains a password or a key. */
export class ConfigError extends Error {
  readonly exitCode = EXIT_CONFIG;
  readonly variable: string;

  constructor(variable: string, chinese: string, english: string) {
    super(`配置错误 ${variable}：${chinese} | Bad setting ${variable}: ${english}`);
    this.name = 'ConfigError';
    this.variable = variable;
  }
}

const ROLES: readonly Role[] = ['all', 'web', 'worker'];
const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const SECRET_LENGTH = 32;
const PROJECT = path.resolve(import.meta.dirname, '../../../..');

/**
 * Reads every variable of the contract; touches neither disk nor network. DATA_DIR defaults to the project's
 * own `data` folder; a relative DATA_DIR is taken from `cwd`.
 */
export function readConfig(env: Env, cwd: string = process.cwd()): EnvConfig {
  refuseMisspelt(env);
  const value = (name: string): string | null => env[name]?.trim() || null;

  const host = readHost(value('HOST') ?? '127.0.0.1');
  const filesGiven = value('FILES_URL');
  const port = readPort(value('PORT') ?? '7300');
  const publicUrl = value('PUBLIC_URL') ? readOrigin('PUBLIC_URL', value('PUBLIC_URL')!) : origin(host, port);
  const filesUrl = filesGiven ? readOrigin('FILES_URL', filesGiven) : origin(host, port + 1);
  if (filesUrl === publicUrl) {
    throw new ConfigError(
      'FILES_URL',
      `附件必须与桌面使用不同的源，否则附件中的网页可以冒充用户（两者都是 ${publicUrl}）。请换一个域名或端口，或者不设置它。`,
      `attachments need an origin of their own, else a web page in an attachment could act as the user (both are ${publicUrl}). Give it another host or port, or leave it out.`,
    );
  }
  return {
    host,
    port,
    filesPort: port + 1,
    dataDir: value('DATA_DIR') ? path.resolve(cwd, value('DATA_DIR')!) : path.join(PROJECT, 'data'),
    databaseUrl: readUrl('DATABASE_URL', value('DATABASE_URL'), ['postgresql', 'postgres']),
    publicUrl,
    filesUrl,
    empty: readSwitch('ZHIKE_EMPTY', value('ZHIKE_EMPTY')),
    role: readChoice('ROLE', value('ROLE') ?? 'all', ROLES),
    redisUrl: readUrl('REDIS_URL', value('REDIS_URL'), ['redis', 'rediss']),
    s3: readS3(value),
    logLevel: readChoice('LOG_LEVEL', value('LOG_LEVEL') ?? 'info', LOG_LEVELS),
    smtpUrl: readUrl('SMTP_URL', value('SMTP_URL'), ['smtp', 'smtps']),
    trustProxy: readNetworks('TRUST_PROXY', value('TRUST_PROXY')),
  };
}

/** `readConfig` plus what needs the disk: makes DATA_DIR and reads, or on the first start makes, the secret. */
export function loadConfig(env: Env = process.env, cwd: string = process.cwd()): Config {
  const config = readConfig(env, cwd);
  const given = env.ZHIKE_SECRET?.trim();
  if (given && given.length < SECRET_LENGTH) {
    throw new ConfigError(
      'ZHIKE_SECRET',
      `至少需要 ${SECRET_LENGTH} 个字符，现在是 ${given.length} 个。可用 openssl rand -base64 48 生成。`,
      `needs at least ${SECRET_LENGTH} characters, has ${given.length}. Make one with: openssl rand -base64 48`,
    );
  }
  makeDataDir(config.dataDir);
  return { ...config, secret: given ?? readSecret(path.join(config.dataDir, 'secret')) };
}

function refuseMisspelt(env: Env): void {
  const found = findMisspelt(env);
  if (!found) return;
  const { name, meant } = found;
  throw new ConfigError(
    name,
    meant ? `没有这个变量，是否想写 ${meant}？请改名或去掉它。` : '没有这个变量，请去掉它。',
    `there is no such variable${meant ? `, did you mean ${meant}? Rename or remove it.` : ', remove it.'}`,
  );
}

function makeDataDir(dir: string): void {
  try {
    // As root, PostgreSQL runs under another account, which has to pass through this folder.
    fs.mkdirSync(dir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    fs.accessSync(dir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new ConfigError(
      'DATA_DIR',
      `无法使用目录 ${dir}（${reason}）。请检查路径和权限，或另选一个目录。`,
      `cannot use the folder ${dir} (${reason}). Check the path and its permissions, or choose another folder.`,
    );
  }
}

function readSecret(file: string): string {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (!found) return writeSecret(file);
  if (found.mode & 0o077) {
    throw new ConfigError(
      'DATA_DIR',
      `密钥文件 ${file} 可被其他用户读取。请执行 chmod 600 ${file}；若可能已泄露，请更换它。`,
      `the secret file ${file} can be read by other users. Run chmod 600 ${file}, and replace it if it may have leaked.`,
    );
  }
  const secret = readable(file);
  if (secret.length >= SECRET_LENGTH) return secret;
  throw new ConfigError(
    'DATA_DIR',
    `密钥文件 ${file} 不完整。请从备份恢复；若是新装，删除它即可重新生成。`,
    `the secret file ${file} is not complete. Restore it from a backup; on a new installation remove it and a new one is made.`,
  );
}

function readable(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new ConfigError(
      'DATA_DIR',
      `无法读取密钥文件 ${file}（${reason}）。请用创建它的用户运行。`,
      `cannot read the secret file ${file} (${reason}). Run as the user who made it.`,
    );
  }
}

/** Written aside and linked into place: two first starts at once get one secret, and a crash leaves none half written. */
function writeSecret(file: string): string {
  const fresh = `${file}-${randomBytes(6).toString('hex')}`;
  fs.writeFileSync(fresh, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    fs.linkSync(fresh, file);
  } catch (error) {
    // EEXIST: another process was first. Anything else: this disk knows no links.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') fs.renameSync(fresh, file);
  } finally {
    fs.rmSync(fresh, { force: true });
  }
  return readSecret(file);
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  const highest = 65_534;
  if (port >= 1 && port <= highest) return port;
  throw new ConfigError(
    'PORT',
    `"${text}" 不是端口号。请填 1–${highest} 的整数，例如 PORT=7300（下一个端口用于附件）。`,
    `"${text}" is not a port. Give a whole number from 1 to ${highest}, for example PORT=7300 (the next port serves attachments).`,
  );
}

function readHost(text: string): string {
  const name = text.replace(/^\[(.*)\]$/, '$1');
  if (/^[\w.:%-]+$/.test(name)) return name;
  throw new ConfigError(
    'HOST',
    `"${text}" 不是主机名或 IP 地址。例如 HOST=127.0.0.1；不要写 http:// 或端口。`,
    `"${text}" is not a host name or IP address. For example HOST=127.0.0.1, without http:// or a port.`,
  );
}

/** What a browser on this machine can open; nobody can open the wildcard addresses. */
function origin(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function readOrigin(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const bare = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  if (url && bare && url.pathname === '/' && !url.search && !url.hash) return url.origin;
  throw new ConfigError(
    name,
    `须为 http(s)://主机[:端口]，不带路径、参数或密码，例如 https://service.example.cn。`,
    `must be http(s)://host[:port] without a path, query or password, for example https://service.example.cn.`,
  );
}

/** The value is never repeated in the message: these addresses hold passwords. */
function readUrl(name: string, text: string | null, schemes: string[]): string | null {
  if (text === null) return null;
  const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : null;
  if (scheme && schemes.includes(scheme) && text.startsWith(`${scheme}://`)) return text;
  const example = EXAMPLES[name] ?? `${schemes[0]}://host`;
  throw new ConfigError(
    name,
    `须以 ${schemes.map((each) => `${each}://`).join(' 或 ')} 开头且是完整地址，例如 ${example}。密码中的特殊字符要写成 %XX。`,
    `must be a complete address beginning with ${schemes.map((each) => `${each}://`).join(' or ')}, for example ${example}. Write special characters of a password as %XX.`,
  );
}

const EXAMPLES: Record<string, string> = {
  DATABASE_URL: 'postgresql://zhike:password@db.example.cn:5432/zhike',
  REDIS_URL: 'redis://redis.example.cn:6379',
  SMTP_URL: 'smtps://user:password@smtp.example.cn:465',
};

function readSwitch(name: string, text: string | null): boolean {
  if (text === null || text === '0' || text === 'false') return false;
  if (text === '1' || text === 'true') return true;
  throw new ConfigError(name, `"${text}" 无效，请填 1 或 0。`, `"${text}" is not known. Give 1 or 0.`);
}

function readChoice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found) return found;
  const list = choices.join(', ');
  throw new ConfigError(
    name,
    `"${text}" 无效，可选：${list}。`,
    `"${text}" is not known. Choose one of: ${list}.`,
  );
}

/** A list of addresses and CIDR ranges. A range of everybody is refused: then any caller could name its own address. */
function readNetworks(name: string, text: string | null): string[] {
  const list = (text ?? '').split(/[\s,]+/).filter(Boolean);
  const bad = list.find((range) => {
    const [, bits] = range.split('/');
    if (bits !== undefined && !/^[1-9]\d{0,2}$/.test(bits)) return true;
    try {
      networks([range]);
      return range.split('/').length > 2;
    } catch {
      return true;
    }
  });
  if (bad === undefined) return list;
  throw new ConfigError(
    name,
    `"${bad}" 不是 IP 地址或网段。请填可信代理的地址，用逗号分隔，例如 127.0.0.1,10.0.0.0/8；不要写主机名或 0.0.0.0/0。`,
    `"${bad}" is not an IP address or range. Give the addresses of trusted proxies, separated by commas, for example 127.0.0.1,10.0.0.0/8, without host names or 0.0.0.0/0.`,
  );
}

function readS3(value: (name: string) => string | null): S3Config | null {
  const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  const missing = needed.filter((name) => value(name) === null);
  if (missing.length === needed.length) return null;
  if (missing.length > 0) {
    const list = missing.join(', ');
    throw new ConfigError(
      missing[0]!,
      `对象存储的设置不完整，还缺 ${list}；要使用本地磁盘，请去掉全部 S3_* 变量。`,
      `the object storage is not complete, missing: ${list}. To use the local disk, remove all S3_* variables.`,
    );
  }
  return {
    endpoint: readUrl('S3_ENDPOINT', value('S3_ENDPOINT'), ['https', 'http'])!,
    bucket: value('S3_BUCKET')!,
    region: value('S3_REGION') ?? 'us-east-1',
    accessKeyId: value('S3_ACCESS_KEY_ID')!,
    secretAccessKey: value('S3_SECRET_ACCESS_KEY')!,
  };
}
