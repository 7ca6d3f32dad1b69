/** `npm start`: runs the server from its bundle, made anew when a source has changed; from the sources where none can be made. */
import { runBundled } from './run-bundle.mjs';

await runBundled('serving');
