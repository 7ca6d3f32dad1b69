/** The only wiring of a running server. */
import type pg from 'pg';
import { buildCentre } from './centre.ts';
import { installCentre, leaveNameless } from './install.ts';
import { serve } from './serve.ts';
import { seedDemo, demoPassword } from './demo/seed.ts';
import { createSetupLink } from '#modules/identity/index.ts';
import type { Config } from '#kernel/config.ts';
import { ConfigError } from '#kernel/config.ts';
import { createLog } from '#kernel/log.ts';
import { migrate } from '#kernel/migrate.ts';
import { openDatabase, sql } from '#kernel/sql.ts';

export type Started = {
  urls: { desk: string; portal: string; widgetPage: string; docs: string };
  demoPassword?: string;
  setupLink?: string;
  stop(): Promise<void>;
};
export type StartOptions = {
  config: Config;
  database: pg.PoolConfig;
  demo: boolean;
  log?: (line: string) => void;
  /** Times the rates of the routes; a measurement wants no wall. */
  limiterFactor?: number;
};

const loopback = (host: string) => ['127.0.0.1', 'localhost', '::1'].includes(host);

/** Migrates, installs what a new database needs, loads the demo centre into an empty one, and serves. */
export const startServer = async ({
  config,
  database,
  demo,
  log: say = () => {},
  limiterFactor = 1,
}: StartOptions): Promise<Started> => {
  await migrate(database);
  const log = createLog(config.logLevel);
  const db = openDatabase(database, {
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  const centre = buildCentre({ config, db, log });
  await installCentre(centre);
  const isNew = !(await db.maybe(sql`select 1 from app_user limit 1`));
  if (isNew && !demo) await leaveNameless(centre);
  if (isNew && demo) {
    // Ten thousand small commits need not each wait for the disk: what a crash could take can be told again.
    const loader = openDatabase({
      ...database,
      options: '-c timezone=UTC -c jit=off -c synchronous_commit=off',
    });
    await seedDemo({ config, db: loader, size: 'small', onProgress: say });
    await loader.close();
  }
  const demoLeft = await db.maybe(
    sql`select 1 from app_user where demo_password and status = 'active' limit 1`,
  );
  // A proxy in front of a loopback server is as public as the server itself.
  const reachable = !loopback(config.host)
    ? 'HOST'
    : !loopback(new URL(config.publicUrl).hostname)
      ? 'PUBLIC_URL'
      : undefined;
  if (demoLeft && reachable) {
    await db.close();
    throw new ConfigError(
      reachable,
      '演示密码仍然有效，不能对外提供服务。请先修改或停用演示账号，或使用 HOST=127.0.0.1。',
      'demo passwords are still valid, so the server will not listen beyond this machine. Change or disable the demo accounts, or use HOST=127.0.0.1.',
    );
  }
  const serving = await serve(centre, { limiterFactor });
  const base = config.publicUrl;
  return {
    urls: {
      desk: `${base}/desk/`,
      portal: `${base}/portal/`,
      widgetPage: `${base}/widget/demo.html`,
      docs: `${base}/docs`,
    },
    demoPassword: demoLeft ? demoPassword : undefined,
    setupLink: await createSetupLink(centre),
    stop: async () => {
      await serving.close();
      await db.close();
    },
  };
};
