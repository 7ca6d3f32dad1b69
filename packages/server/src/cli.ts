/** What the `zhike` command does with a centre. Each opens the database of the configuration and closes it again. */
import type { RoleKey } from '#contracts/permissions.ts';
import { rolePresets } from '#contracts/permissions.ts';
import type { Config } from '#kernel/config.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { migrate as applyMigrations, readMigrations } from '#kernel/migrate.ts';
import { faulty } from '#kernel/problem.ts';
import { provideDatabase } from '#kernel/provide-database.ts';
import { openDatabase, sql } from '#kernel/sql.ts';
import type { Database } from '#kernel/sql.ts';
import { createToken as issueToken, createUser as addUser, userByEmail } from '#modules/identity/index.ts';
import { installPack, PackRefused, readFolder } from '#modules/playbooks/index.ts';
import { verifyAudit } from '#modules/audit/index.ts';
import type { PackCase } from './cases/run.ts';
import { buildCentre } from './centre.ts';
import type { Built } from './centre.ts';
import { seedDemo } from './demo/seed.ts';
import type { SeedSize } from './demo/seed.ts';
import { installCentre } from './install.ts';

const withCentre = async <R>(
  config: Config,
  work: (centre: Built, db: Database, connection: Parameters<typeof applyMigrations>[0]) => Promise<R>,
): Promise<R> => {
  const provided = await provideDatabase(config);
  const db = openDatabase(provided.connection);
  try {
    await applyMigrations(provided.connection);
    const centre = buildCentre({ config, db });
    await installCentre(centre);
    return await work(centre, db, provided.connection);
  } finally {
    await db.close();
    await provided.stop();
  }
};
const operator = systemActor('cli');

export const createUser = (
  config: Config,
  { email, name, role, password }: { email: string; name: string; role: string; password?: string },
) =>
  withCentre(config, async (centre) => {
    // The door of HTTP checks this by its schema; here a slip of the pen would make an account nobody can sign in with.
    if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email) || email.length > 254)
      throw faulty('/email', 'WRONG_FORMAT', { expected: 'li@example.cn' });
    if (!name.trim()) throw faulty('/name', 'REQUIRED');
    if (
      !rolePresets.some(({ key }) => key === role) &&
      !(await centre.db.maybe(sql`select 1 from role where key = ${role}`))
    )
      throw new Error(
        `没有角色 ${role}。可用：${rolePresets.map(({ key }) => key).join('、')} | no such role`,
      );
    const oneTime = password ? null : centre.ids.secret(12);
    const id = await send(
      centre,
      addUser,
      { email, name, roles: [role as RoleKey], password: password ?? oneTime!, mustChange: oneTime !== null },
      operator,
    );
    return { id, password: oneTime };
  });

export const createToken = (
  config: Config,
  { login, name, scopes }: { login: string; name: string; scopes: string[] },
) =>
  withCentre(config, async (centre) => {
    const user = await userByEmail(centre.db, login.includes('@') ? login : `${login}@demo.example`);
    if (!user) throw new Error(`没有账号 ${login}。用 npx zhike user create 新建 | no such account`);
    const token = `zk_${centre.ids.secret(32)}`;
    await send(
      centre,
      issueToken,
      { userId: user.id, name, scopes: scopes.length > 0 ? scopes : undefined, token },
      operator,
    );
    return { token };
  });

export const seed = (
  config: Config,
  { size, seed: number, onProgress }: { size: SeedSize; seed: number; onProgress: (line: string) => void },
) =>
  withCentre(config, async (_centre, db) => {
    if (await db.maybe(sql`select 1 from app_user limit 1`))
      throw new Error(
        '数据库里已有人员，示例数据只能装入空库。请换一个 DATA_DIR 或 DATABASE_URL | the database is not empty; use another DATA_DIR or DATABASE_URL',
      );
    return seedDemo({ config, db, size, seed: number, onProgress });
  });

export const migrate = async (config: Config) => {
  const provided = await provideDatabase(config);
  try {
    return { applied: await applyMigrations(provided.connection) };
  } finally {
    await provided.stop();
  }
};

export const auditVerify = (config: Config) =>
  withCentre(config, async (centre) => {
    const { entries, broken } = await verifyAudit(centre.db);
    return {
      entries,
      broken: broken.map(({ chain, seq, what }) => `chain ${chain}, sequence ${seq}: ${what}`),
    };
  });

/** Cases run in centres of their own on a private PostgreSQL, never in the one that serves. */
export const packValidate = async (
  _config: Config,
  {
    folder,
    onCase,
    goOn,
  }: {
    folder: string;
    onCase: (name: string, why: string | null) => void;
    /** Asked before each case. */ goOn: () => boolean;
  },
) => {
  const read = await readFolder(folder);
  const faults = read.faults.map(({ file, line, zh, en }) => ({ file, line, zh, en }));
  if (faults.length > 0 || !read.pack) return { faults, cases: 0, failed: 0 };
  const { caseFaults } = await import('./cases/check.ts');
  const misspelt = caseFaults(read.pack, read.cases as PackCase[]).map(({ at, zh, en }) => ({
    file: 'cases.yaml',
    line: read.caseLine(at),
    zh,
    en,
  }));
  if (misspelt.length > 0) return { faults: misspelt, cases: 0, failed: 0 };
  // The stories bring a PostgreSQL along; who only reads a folder does not load it.
  const { leaveSharedCluster, leaveSpareWorld, runCase } = await import('./cases/run.ts');
  let failed = 0;
  const stories = read.cases as PackCase[];
  for (const story of stories) {
    if (!goOn()) break;
    const why = await runCase(read.pack.key, story, (world) =>
      installPack(world.centre, read, 999).then(() => {}),
    )
      .then(() => null)
      .catch((error: Error) => error.message);
    if (why !== null) failed += 1;
    onCase(story.name, why);
  }
  // The next world is being cloned ahead: a cluster that goes away under it would end us with an error.
  await leaveSpareWorld();
  await leaveSharedCluster();
  return { faults, cases: stories.length, failed };
};

export const packInstall = (config: Config, { folder }: { folder: string }) =>
  withCentre(config, async (centre) => {
    const read = await readFolder(folder);
    if (read.faults.length > 0 || !read.pack) throw new PackRefused(folder, read.faults);
    return { key: read.pack.key, how: await installPack(centre, read, 999) };
  });

type Finding = { name: string; ok: boolean; detail: string; mend?: string };
/** Looks at what most often goes wrong; `mend` says what to do. */
export const doctor = (config: Config) =>
  withCentre(config, async (centre, db): Promise<Finding[]> => {
    const version = await db.one(
      sql<{ version: string }>`select current_setting('server_version') as version`,
    );
    const known = await readMigrations();
    const { applied } = await db.one(
      sql<{ applied: number }>`select count(*)::int as applied from migration`,
    );
    const { dead } = await db.one(
      sql<{
        dead: number;
      }>`select (select count(*) from delivery where dead)::int + (select count(*) from due where dead)::int as dead`,
    );
    const { late } = await db.one(
      sql<{
        late: number;
      }>`select count(*)::int as late from delivery where not dead and run_at < ${new Date(centre.clock.now() - 60_000)}`,
    );
    const demo = await db.maybe(
      sql`select 1 from app_user where demo_password and status = 'active' limit 1`,
    );
    const years = await db.one(sql<{ calendars: number }>`select count(*)::int as calendars from calendar`);
    const verdict = await verifyAudit(db);
    return [
      { name: 'PostgreSQL', ok: true, detail: version.version },
      {
        name: '迁移 migrations',
        ok: applied === known.length,
        detail: `${applied}/${known.length}`,
        mend: 'npx zhike migrate',
      },
      { name: '日历 calendars', ok: years.calendars > 0, detail: String(years.calendars), mend: 'npm start' },
      {
        name: '积压 backlog',
        ok: late === 0,
        detail: `${late} 条超过一分钟 | older than a minute`,
        mend: '检查 worker 进程是否在运行 | is a worker running?',
      },
      {
        name: '死信 dead letters',
        ok: dead === 0,
        detail: String(dead),
        mend: '在「设置 → 运行状况」查看原因并重试 | retry them under Settings → Operations',
      },
      {
        name: '审计 audit',
        ok: verdict.broken.length === 0,
        detail: `${verdict.entries} 条 | entries`,
        mend: 'npx zhike audit verify',
      },
      {
        name: '演示口令 demo passwords',
        ok: !demo || config.host === '127.0.0.1',
        detail: demo ? '仍有效 | still valid' : '无 | none',
        mend: '修改或停用演示账号 | change or disable the demo accounts',
      },
    ];
  });
