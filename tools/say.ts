/** The few things all tools share: where the project is, and how they speak. */
import path from 'node:path';
import { Problem, problemBody } from '#kernel/problem.ts';

export const ROOT = path.dirname(import.meta.dirname);

export function say(line: string): void {
  console.log(`知客 · ${line}`);
}

let heard = true;
/** `| head -1` closes the pipe under us: what is left to say is said to nobody, and the work ends without noise. */
export function endQuietly(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      heard = false;
    });
}
/** Whether somebody still reads what is said; work that is done for its words alone may stop. */
export const isHeard = (): boolean => heard;

/** Says what goes on, again every 10 s while it lasts, and how long it took. */
export async function during<T>(line: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const seconds = (): string => `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
  say(`${line} …`);
  const beat = setInterval(() => say(`${line} … ${seconds()}`), 10_000);
  try {
    const result = await work();
    say(`${line} ✓ ${seconds()}`);
    return result;
  } finally {
    clearInterval(beat);
  }
}

/** Columns a text takes in a terminal: Chinese characters and full-width signs take two. */
export function width(text: string): number {
  let columns = 0;
  for (const sign of text) columns += WIDE.test(sign) ? 2 : 1;
  return columns;
}

const WIDE = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Rows as lines with aligned columns. */
export function table(rows: string[][]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** The words of an error for a person: one sentence, no stack. */
export function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Problem) return refusal(error);
  // Node reports a connection that failed on every address as an error without words of its own.
  return error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
}

/** A refusal in both languages, and below it what is wrong with which field. */
function refusal(problem: Problem): string {
  const [zh, en] = (['zh-CN', 'en'] as const).map((locale) => problemBody(problem, locale, ''));
  const fields = (zh!.errors ?? []).map(
    ({ pointer, message }, place) => `  ${pointer.slice(1)}  ${message} | ${en!.errors![place]!.message}`,
  );
  return [`${zh!.title}：${zh!.detail} | ${en!.title}: ${en!.detail}`, ...fields].join('\n');
}
