/** The product's server on a database given by the test; stops as the product does. */
import { startServer } from '../main.ts';
import { loadConfig } from '#kernel/config.ts';

const { ZHIKE_CONNECTION: connection, ...env } = process.env;
const server = await startServer({
  config: loadConfig({ PORT: env.PORT, DATA_DIR: env.DATA_DIR, LOG_LEVEL: 'silent' }),
  database: JSON.parse(connection!) as object,
  demo: false,
});
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
