/** The PostgreSQL programs: making a cluster, starting and stopping its postmaster, reading its lock file. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Account, Binaries, Places } from './embedded-postgres-places.ts';

export type Cluster = {
  account: Account;
  binaries: Binaries;
  places: Places;
  port: number;
  settings: Record<string, string | number | boolean>;
  log: (line: string) => void;
};

/** The role that owns everything in the cluster. */
export const USER = 'zhike';

const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '128MB',
  max_connections: 60,
  jit: false,
  random_page_cost: 1.1,
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_compression: true,
  // A new centre's first thousand rows are planned for as what they are a quarter of a minute later, not a minute.
  autovacuum_naptime: '15s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One file per weekday, overwritten after a week: the log can never fill the disk by itself.
  logging_collector: true,
  log_directory: 'log',
  log_filename: 'postgres-%a.log',
  log_truncate_on_rotation: true,
  log_rotation_age: '1d',
  log_rotation_size: 0,
};

/** Makes the cluster unless it is there; refuses one of another major version. */
export async function initialise({ account, binaries, places, settings, log }: Cluster): Promise<void> {
  const versionFile = path.join(places.data, 'PG_VERSION');
  removeHalfMade(places.base);
  if (!fs.existsSync(versionFile)) {
    log('创建数据库 | creating the database');
    // Made beside its place and then renamed: a folder named `data` is always a whole cluster.
    const fresh = path.join(places.base, `initdb-${process.pid}-${randomBytes(3).toString('hex')}`);
    const args = ['-D', fresh, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C'];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    if (settings.fsync === false || settings.fsync === 'off') args.push('--no-sync');
    const made = await run(binaries.initdb, args, account, places.base);
    if (made.code !== 0) {
      fs.rmSync(fresh, { recursive: true, force: true });
      const said = made.output.split('\n').filter((line) => /error|fatal|hint|cannot/i.test(line));
      throw new Error(
        `数据库无法创建 | the database cannot be created: ${said.join(' ') || made.output || made.code}`,
      );
    }
    try {
      fs.renameSync(fresh, places.data);
    } catch {
      fs.rmSync(fresh, { recursive: true, force: true }); // another process was first, or `data` is something else
    }
  }
  const version = fs.existsSync(versionFile) ? fs.readFileSync(versionFile, 'utf8').trim() : 'none';
  if (version !== binaries.major) {
    throw new Error(
      `${places.data} 中的数据库版本是 ${version}，本程序需要 ${binaries.major}。请用旧版本导出后再导入，或另选 DATA_DIR。 | ${places.data} holds PostgreSQL ${version}, this release runs ${binaries.major}: export with the old release and import again, or choose another DATA_DIR.`,
    );
  }
}

function removeHalfMade(base: string): void {
  for (const name of fs.readdirSync(base)) {
    const pid = Number(/^initdb-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) fs.rmSync(path.join(base, name), { recursive: true, force: true });
  }
}

/** Returns null when PostgreSQL is up, else what it said. */
export async function startPostmaster({
  account,
  binaries,
  places,
  port,
  settings,
}: Cluster): Promise<string | null> {
  const lines = Object.entries({ ...SETTINGS, unix_socket_directories: places.run, port, ...settings }).map(
    ([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`,
  );
  // The folder belongs to the account: as root, never write through a link that stands in it.
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = fs.constants;
  const conf = path.join(places.data, 'postgresql.conf');
  const file = fs.openSync(conf, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  fs.writeFileSync(
    file,
    `# Written by Zhike at every start. Put your own lines into custom.conf beside this file.\n${lines.join('\n')}\ninclude_if_exists = 'custom.conf'\n`,
  );
  if (account) fs.fchownSync(file, account.uid, account.gid);
  fs.closeSync(file);
  fs.rmSync(places.startLog, { force: true });
  const { code, output } = await run(
    binaries.pgCtl,
    ['start', '-w', '-t', '60', '-s', '-D', places.data, '-l', places.startLog],
    account,
    places.base,
    'daemon',
  );
  if (code === 0) return null;
  const said = fs.existsSync(places.startLog) ? fs.readFileSync(places.startLog, 'utf8') : output;
  return said.trim().slice(-1_000) || `pg_ctl ${code}`;
}

/**
 * After a machine restart, or in a container, the process number in a stale lock file may belong to somebody
 * else, and PostgreSQL then refuses to start for ever. Removes the file only when that process is no PostgreSQL.
 */
export function removeForeignLock(cluster: Cluster): void {
  const { places, log } = cluster;
  const pid = Number(lockLines(cluster)[0]);
  if (!pid || !isAlive(pid)) return;
  if (isPostgres(pid) !== false) return;
  log(`移除过期的锁文件 | removing a stale lock file: ${places.data}/postmaster.pid`);
  fs.rmSync(path.join(places.data, 'postmaster.pid'), { force: true });
}

export async function stopPostmaster({ account, binaries, places }: Cluster): Promise<void> {
  const { base, data } = places;
  for (const mode of ['fast', 'immediate']) {
    if (!fs.existsSync(path.join(data, 'postmaster.pid'))) return;
    const stopped = await run(
      binaries.pgCtl,
      ['stop', '-w', '-t', '8', '-s', '-m', mode, '-D', data],
      account,
      base,
    );
    if (stopped.code === 0) return;
  }
}

/** Asks for PostgreSQL's "smart" shutdown, which waits for the last connection, and does not wait for it. */
export function signalSmartStop(cluster: Cluster): void {
  const pid = Number(lockLines(cluster)[0]);
  if (pid && isAlive(pid) && isPostgres(pid) !== false) process.kill(pid, 'SIGTERM');
}

/** The lines of postmaster.pid: process number, folder, start, port, socket folder … */
export function lockLines({ places }: Cluster): string[] {
  try {
    return fs.readFileSync(path.join(places.data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

type Ended = { code: number; output: string };

/** A `daemon` gets no pipes: PostgreSQL would inherit them and we would wait for their end as long as it lives. */
function run(
  command: string,
  args: string[],
  account: Account,
  cwd: string,
  kind?: 'daemon',
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...account,
      cwd,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      stdio: kind === 'daemon' ? 'ignore' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (output += part));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}

/** null when this system does not tell (macOS has no /proc) */
function isPostgres(pid: number): boolean | null {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
