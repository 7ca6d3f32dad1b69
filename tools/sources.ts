/** Whether something built is still what its sources say: a fingerprint of the sources, kept beside what was built. */
import fs from 'node:fs';
import path from 'node:path';

export { fingerprint } from './fingerprint.mjs';

const stampFile = (dist: string): string => path.join(dist, '.sources');

/** Written last: a build that was interrupted has no stamp and is done again. */
export function writeStamp(dist: string, sources: string): void {
  fs.writeFileSync(stampFile(dist), sources);
}

export function readStamp(dist: string): string | null {
  return fs.existsSync(stampFile(dist)) ? fs.readFileSync(stampFile(dist), 'utf8') : null;
}
