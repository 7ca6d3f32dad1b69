/**
 * Runs the test files under node:test. A process per file costs twenty times the time of the tests themselves, so
 * the files are dealt out to a few processes that each load many, two at a time; the browser stories follow.
 * All of them report into one stream with one summary, whose last line is "N passed, N failed, N skipped".
 */
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { ROOT } from '../say.ts';

/** absolute paths */
export type Plan = { units: string[]; stories: string[] };

/** Cores of the smallest machine the suite is meant for. */
const AT_ONCE = 2;
/** More hands than cores, so that whoever is done early takes the next; a hand costs about 1 s. */
const HANDS = 6;
const HAND_SIZE = 8;
/** Three times as long as any hand: it begins first, or one core would wait for it at the end. */
const LONGEST = 'packages/server/src/cases/packs.test.ts';
const LIMIT_MS = 20 * 60_000;
const ENTRIES = path.join(ROOT, '.test/entries');
const NO_BROWSER = '没有 Chromium no Chromium: npm test 会尽量安装 installs it where it can';

type Counts = {
  tests: number;
  passed: number;
  failed: number;
  cancelled: number;
  skipped: number;
  todo: number;
  suites: number;
};
const KEYS = ['tests', 'suites', 'passed', 'failed', 'cancelled', 'skipped', 'todo'] as const;

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as Plan);

async function main(plan: Plan): Promise<void> {
  // Whoever started us is gone: nobody would ever end us.
  process.once('disconnect', () => process.kill(-process.pid, 'SIGTERM'));
  process.channel?.unref();
  const total: Counts = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
  await pipeline(Readable.from(report(plan, total)), new spec(), process.stdout, { end: false });
  const failed = total.failed + total.cancelled;
  if (total.tests === 0) console.log('没有执行任何测试 | no test was run');
  console.log(`\n${total.passed} passed, ${failed} failed, ${total.skipped + total.todo} skipped`);
  process.exitCode = failed > 0 || total.tests === 0 ? 1 : 0;
}

async function* report(plan: Plan, total: Counts): AsyncGenerator {
  const begun = performance.now();
  fs.rmSync(ENTRIES, { recursive: true, force: true });
  fs.mkdirSync(ENTRIES, { recursive: true });
  for (const entries of [deal(plan.units), stories(plan.stories)]) yield* runPhase(entries, total);
  const names = { passed: 'pass', failed: 'fail' } as Record<string, string>;
  for (const key of KEYS) yield diagnostic(`${names[key] ?? key} ${total[key]}`);
  yield diagnostic(`duration_ms ${(performance.now() - begun).toFixed(0)}`);
  yield { type: 'test:summary', data: { file: undefined, counts: total, success: total.failed === 0 } };
}

async function* runPhase(entries: string[], total: Counts): AsyncGenerator {
  if (entries.length === 0) return;
  const events = run({ files: entries, isolation: 'process', concurrency: AT_ONCE, timeout: LIMIT_MS });
  for await (const event of events) {
    const { type, data } = event as {
      type: string;
      data: { file?: string; nesting?: number; counts?: Counts };
    };
    if (type === 'test:summary' && data.file === undefined && data.counts) {
      for (const key of KEYS) total[key] += data.counts[key];
      continue;
    }
    // the numbers of this phase alone
    if (type === 'test:diagnostic' && data.file === undefined && data.nesting === 0) continue;
    yield event;
  }
}

function diagnostic(message: string): unknown {
  return { type: 'test:diagnostic', data: { nesting: 0, message, level: 'info' } };
}

function deal(files: string[]): string[] {
  const longest = files.filter((file) => file.endsWith(LONGEST));
  const others = files.filter((file) => !longest.includes(file));
  return [longest, ...hands(others)]
    .filter((hand) => hand.length > 0)
    .map((hand, index) => writeEntry(`shard-${index + 1}`, loading(hand)));
}

function stories(files: string[]): string[] {
  if (files.length === 0) return [];
  if (!process.env.CHROMIUM_PATH) return [writeEntry('stories', `skip(${JSON.stringify(NO_BROWSER)});`)];
  return hands(files)
    .filter((hand) => hand.length > 0)
    .map((hand, index) => writeEntry(`stories-${index + 1}`, loading(hand)));
}

/** Deals the files out in turn. */
function hands(files: string[]): string[][] {
  const count = Math.min(HANDS, Math.max(AT_ONCE, Math.ceil(files.length / HAND_SIZE)));
  return Array.from({ length: count }, (_, hand) => files.filter((__, place) => place % count === hand));
}

function loading(files: string[]): string {
  return `await load(${JSON.stringify(files, null, 2)});`;
}

function writeEntry(name: string, work: string): string {
  const file = path.join(ENTRIES, `${name}.test.ts`);
  const from = JSON.stringify(path.join(import.meta.dirname, 'entry.ts'));
  fs.writeFileSync(file, `import { load, skip } from ${from};\n\n${work}\n`);
  return file;
}
