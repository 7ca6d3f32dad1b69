/** Whether something built is still what its sources say: a fingerprint of the sources, kept beside what was built. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './say.ts';

/** Over names and bytes, tests left out; `dist` and `node_modules` are no sources. */
export function fingerprint(places: string[]): string {
  const hash = createHash('sha256');
  for (const file of places.flatMap(sourceFiles)) {
    hash.update(`${path.relative(ROOT, file)}\0`);
    hash.update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

function sourceFiles(place: string): string[] {
  if (!fs.existsSync(place)) return [];
  if (fs.statSync(place).isFile()) return [place];
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/\/(dist|node_modules)\//.test(file.slice(place.length)))
    .sort();
}

const stampFile = (dist: string): string => path.join(dist, '.sources');

/** Written last: a build that was interrupted has no stamp and is done again. */
export function writeStamp(dist: string, sources: string): void {
  fs.writeFileSync(stampFile(dist), sources);
}

export function readStamp(dist: string): string | null {
  return fs.existsSync(stampFile(dist)) ? fs.readFileSync(stampFile(dist), 'utf8') : null;
}
