/** Which screens exist, and which of them were built from other sources than those on disk. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './say.ts';

const SCREENS = ['desk', 'portal', 'widget'];
/** What every screen is made from besides its own folder. */
const SHARED = ['packages/ui', 'packages/contracts', 'package-lock.json'];

export type Screen = {
  name: string;
  dir: string;
  /** fingerprint of the sources as they are now */
  sources: string;
  /** whether `dist` was built from exactly these sources */
  fresh: boolean;
};

export function listScreens(): Screen[] {
  return SCREENS.map((name) => ({ name, dir: path.join(ROOT, 'packages', name) }))
    .filter(({ dir }) => fs.existsSync(path.join(dir, 'vite.config.ts')))
    .map(({ name, dir }) => {
      const sources = fingerprint([dir, ...SHARED.map((place) => path.join(ROOT, place))]);
      return { name, dir, sources, fresh: readStamp(dir) === sources };
    });
}

/** In a process of its own: the bundler's memory is gone when the server begins. */
export async function buildStaleScreens(signal: AbortSignal): Promise<void> {
  if (listScreens().every((screen) => screen.fresh)) return;
  const child = spawn(process.execPath, [path.join(ROOT, 'tools/build.ts')], { stdio: 'inherit' });
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new Error('没有继续：界面构建失败 | stopped here: the screens could not be built');
}

const stampFile = (dir: string): string => path.join(dir, 'dist/.sources');

/** Written last: a build that was interrupted has no stamp and is done again. */
export function writeStamp({ dir, sources }: Screen): void {
  fs.writeFileSync(stampFile(dir), sources);
}

function readStamp(dir: string): string | null {
  return fs.existsSync(stampFile(dir)) ? fs.readFileSync(stampFile(dir), 'utf8') : null;
}

function fingerprint(places: string[]): string {
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
