/** Starts the measured server the way `npm start` starts the real one. */
import { runBundled } from '../bundle.ts';

await runBundled('measured');
