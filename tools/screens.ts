/** Which screens exist, and which of them were built from other sources than those on disk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './say.ts';
import { fingerprint, readStamp } from './sources.ts';

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
      return { name, dir, sources, fresh: readStamp(path.join(dir, 'dist')) === sources };
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
