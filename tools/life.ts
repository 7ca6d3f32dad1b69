/** A process that starts several things and takes them down again in reverse order, however its end comes. */
import { once } from 'node:events';
import { say, words } from './say.ts';

export type Life = {
  /** aborted when the end begins: long steps should give up then */
  signal: AbortSignal;
  /** What to undo at the end, last in first out; `atOnce` is for an end that cannot wait. */
  onEnd(step: () => Promise<void>, atOnce?: () => void): void;
};

const LIMIT_MS = 19_000;
/** Ctrl-C reaches us from the terminal and a moment later once more through npm: that is one wish, not two. */
const ECHO_MS = 1_000;

/**
 * Runs `start`, then waits for SIGINT, SIGTERM or SIGHUP, undoes everything and exits with 0; a second signal exits at
 * once. When `start` throws, everything is undone and the exit code is the error's `exitCode`, or 1.
 */
export async function live(start: (life: Life) => Promise<void>): Promise<never> {
  const steps: (() => Promise<void>)[] = [];
  const atOnce: (() => void)[] = [];
  const leave = (code: number): never => {
    for (const step of atOnce) step();
    process.exit(code);
  };
  const end = new AbortController();
  const ended = once(end.signal, 'abort');
  let asked = 0;
  const stop = (): void => {
    if (end.signal.aborted) {
      if (performance.now() - asked > ECHO_MS) leave(130);
      return;
    }
    asked = performance.now();
    say('正在停止，再按一次 Ctrl-C 立即退出 | stopping, press Ctrl-C again to exit at once');
    end.abort();
    setTimeout(() => {
      say('未能及时停止，强制退出 | could not stop in time, leaving');
      leave(1);
    }, LIMIT_MS).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  const alive = setInterval(() => {}, 1 << 30);
  const failure = await start({
    signal: end.signal,
    onEnd(step, now) {
      steps.push(step);
      if (now) atOnce.push(now);
    },
  }).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (!failure) await ended;
  clearInterval(alive);
  const wanted = end.signal.aborted;
  if (failure && !wanted) console.error(words(failure.error));
  for (const step of steps.toReversed()) {
    await step().catch((error: unknown) => console.error(words(error)));
  }
  if (wanted) say('已停止 | stopped');
  process.exit(wanted ? 0 : exitCode(failure?.error));
}

export function exitCode(error: unknown): number {
  const code = (error as { exitCode?: unknown } | null)?.exitCode;
  return typeof code === 'number' ? code : 1;
}
