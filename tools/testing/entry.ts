/** What runs inside a test process: many test files, one after the other. */
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { leaveSpareWorld } from '#testing/world.ts';
import { ROOT } from '../say.ts';

const PATIENCE_MS = 10_000;

/** Loads test files; one that cannot be loaded is a failed suite and does not keep the others from running. */
export async function load(files: string[]): Promise<void> {
  after(async () => {
    await leaveSpareWorld();
    watchForLeftovers();
  });
  // A suite per file: its hooks run around its own tests, not all at the start, where the databases of every file
  // would be open at once.
  for (const file of files) describe(path.relative(ROOT, file), async () => void (await import(file)));
}

export function skip(reason: string): void {
  test('浏览器故事 browser stories', { skip: reason }, () => {});
}

/** A test that leaves a server or a connection open would hold the whole run for ever. */
function watchForLeftovers(): void {
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap' && name !== 'TTYWrap');
    console.error(`测试结束后仍有资源未关闭 | still open after the last test: ${open.join(', ')}`);
    process.exit(1);
  }, PATIENCE_MS).unref();
}
