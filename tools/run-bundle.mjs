/**
 * Runs the server from its bundle, in plain JavaScript: the first TypeScript file a process loads brings a compiler of
 * 16 MB and 80 ms with it, which a server has no other use for.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint } from './fingerprint.mjs';

const ROOT = path.dirname(import.meta.dirname);
export const ENTRIES = { serving: 'tools/serving.ts', measured: 'tools/bench/server.ts' };
export const DIST = path.join(ROOT, 'packages/server/dist');
const SOURCES = ['packages/server/src', 'packages/contracts/src', 'tools', 'package-lock.json'];
const CODE_CACHE = path.join(ROOT, 'node_modules/.cache/zhike');

/** A folder for each state of the sources: a server that runs still finds what it loads later. */
export const bundleFolder = () =>
  path.join(DIST, fingerprint(SOURCES.map((place) => path.join(ROOT, place))).slice(0, 16));

/** Loads an entry into this process, which then is the server. */
export async function runBundled(entry) {
  enableCompileCache(CODE_CACHE);
  const folder = bundleFolder();
  const bundled = fs.existsSync(folder) || makeBundle();
  const file = bundled ? path.join(folder, `${entry}.js`) : path.join(ROOT, ENTRIES[entry]);
  // Written out early: a server may be ended in a way that leaves no time for it.
  setTimeout(flushCompileCache, 3_000).unref();
  await import(pathToFileURL(file).href);
}

function makeBundle() {
  const { status } = spawnSync(process.execPath, [path.join(ROOT, 'tools/bundle.ts')], {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0)
    console.log('知客 · 服务器未能打包，从源文件运行 | no bundle could be made, running from the sources');
  return status === 0;
}
