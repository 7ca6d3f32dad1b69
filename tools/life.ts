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
 * Runs `start`. When it returns an exit code, that is the end; when it returns nothing, the end is SIGINT, SIGTERM or
 * SIGHUP. Then everything is undone and the process exits: with the code, with `interrupted` (0) after a signal, with
 * the error's `exitCode` or 1 when `start` threw. A second signal exits at once.
 */
export async function live(
  start: (life: Life) => Promise<number | void>,
  { interrupted = 0 }: { interrupted?: number } = {},
): Promise<never> {
  const steps: (() => Promise<void>)[] = [];
  const atOnce: (() => void)[] = [];
  const end = new AbortController();
  const ended = once(end.signal, 'abort');
  const leave = (code: number): never => {
    for (const step of atOnce) step();
    process.exit(code);
  };
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
  const onEnd: Life['onEnd'] = (step, now) => {
    steps.push(step);
    if (now) atOnce.push(now);
  };
  const outcome = await start({ signal: end.signal, onEnd }).then(
    (code) => ({ code }),
    (error: unknown) => {
      if (!end.signal.aborted) console.error(words(error));
      return { code: exitCode(error) };
    },
  );
  if (outcome.code === undefined) await ended;
  clearInterval(alive);
  for (const step of steps.toReversed()) {
    await step().catch((error: unknown) => console.error(words(error)));
  }
  if (end.signal.aborted) say('已停止 | stopped');
  process.exit(end.signal.aborted ? interrupted : (outcome.code ?? 0));
}

export function exitCode(error: unknown): number {
  const code = (error as { exitCode?: unknown } | null)?.exitCode;
  return typeof code === 'number' ? code : 1;
}
