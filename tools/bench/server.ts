/** The server process that is measured: the product's own wiring, nothing else. Says `ready` when the first answer can be given. */
import { loadConfig } from '#kernel/config.ts';
import { provideDatabase } from '#kernel/provide-database.ts';
import { startServer } from '#server/main.ts';

const config = loadConfig();
const database = await provideDatabase(config);
const server = await startServer({
  config,
  database: database.connection,
  demo: false,
  log: () => {},
  // Six thousand a minute from one address would be all that is measured.
  limiterFactor: Infinity,
});
process.stdout.write('ready\n');
process.on('SIGTERM', () => {
  void server
    .stop()
    .then(() => database.stop())
    .then(() => process.exit(0));
});
