/** Starts the measured server the way `npm start` starts the real one. */
import { runBundled } from '../run-bundle.mjs';

await runBundled('measured');
