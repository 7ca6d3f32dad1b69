/** The whole of `npm start`: database, screens, server, and one table that says where everything is. Ctrl-C ends it all. */
import { ConfigError, loadConfig } from '#kernel/config.ts';
import type { Config } from '#kernel/config.ts';
import { provideDatabase } from '#kernel/provide-database.ts';
import { live } from './life.ts';
import { checkPorts, portError } from './ports.ts';
import { during, say } from './say.ts';
import { buildStaleScreens } from './screens.ts';
import type { ServerDoor } from './server-doors.ts';
import { startTable } from './start-table.ts';

await live(async (life) => {
  const begun = performance.now();
  const config = loadConfig();
  const database = await during('数据库 database', () => provideDatabase(config, say));
  life.onEnd(
    () => database.stop(),
    () => database.abandon(),
  );
  if (!(await database.claimServer())) throw alreadyRunning(config);
  life.signal.throwIfAborted();
  if (config.role !== 'worker') {
    await checkPorts(config);
    await buildStaleScreens(life.signal);
  }
  life.signal.throwIfAborted();
  const { startServer }: ServerDoor = await import('#server/main.ts');
  const options = { config, database: database.connection, demo: !config.empty, log: say };
  const server = await startServer(options).catch((error: unknown) => {
    throw portError(error, config) ?? error;
  });
  life.onEnd(() => server.stop());
  console.log(startTable(server, performance.now() - begun).join('\n'));
});

function alreadyRunning({ dataDir }: Config): ConfigError {
  return new ConfigError(
    'DATA_DIR',
    `知客已在使用 ${dataDir} 运行。请先停止它，或另选目录和端口：DATA_DIR=./data2 PORT=7400 npm start。`,
    `Zhike is already running on ${dataDir}. Stop it first, or choose another folder and port: DATA_DIR=./data2 PORT=7400 npm start.`,
  );
}
