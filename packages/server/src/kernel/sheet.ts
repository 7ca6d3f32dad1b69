/** Rows of a sheet that somebody sends: CSV or XLSX, the heading first. */
import { CageError, createCage } from './cage.ts';
import type { Cage } from './cage.ts';
import { Problem, problemBody } from './problem.ts';
import type { SheetInput, SheetOutput } from './sheet-read.ts';

export { mostRows } from './sheet-read.ts';

/** A thread of its own, hired by the first import; idle, it keeps no process alive. */
const limits = { memoryMb: 768, timeMs: 30_000 };
let cage: Cage<SheetInput, SheetOutput> | undefined;
const read = (input: SheetInput): Promise<SheetOutput> => {
  cage ??= createCage<SheetInput, SheetOutput>(new URL('./sheet-worker.ts', import.meta.url), limits);
  return cage.run(input);
};

/**
 * Cells by row, the heading first, read beside everything else. Refuses with TOO_LARGE beyond 5,000 rows, 48 MB
 * unpacked or what can be read within half a minute, with BAD_REQUEST what is no sheet.
 */
export const sheetCells = async (format: 'csv' | 'xlsx', content: Buffer): Promise<unknown[][]> => {
  const answer = await read({ format, content }).catch((error: unknown) => {
    if (!(error instanceof CageError) || error.reason === 'crash') throw error;
    if (error.reason !== 'refused')
      return {
        tooLarge: {
          zh: `${limits.timeMs / 1000} 秒内能读完的表格`,
          en: `what can be read within ${limits.timeMs / 1000} seconds`,
        },
      };
    throw new Problem('BAD_REQUEST', {
      reason: {
        zh: `文件不是有效的 ${format.toUpperCase()}（${error.message.slice(0, 120)}）`,
        en: `the file is no valid ${format.toUpperCase()} (${error.message.slice(0, 120)})`,
      },
    });
  });
  if ('tooLarge' in answer) throw new Problem('TOO_LARGE', { limit: answer.tooLarge as never });
  return answer.rows;
};

/** Ends a rehearsal: the transaction is rolled back, the answer is told. */
export class Rehearsed<T = unknown> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super('a rehearsal keeps nothing');
    this.answer = answer;
  }
}

type Words = { zh: string; en: string };
/** A row that was refused: every field at fault in words. `nameOf` says what a pointer of the fault names. */
export const refusedRow = (
  line: number,
  problem: Problem,
  nameOf: (pointer: string) => Words | undefined,
): Words & { line: number } => {
  const words = (locale: 'zh-CN' | 'en', language: 'zh' | 'en', [then, between]: [string, string]) => {
    const { detail, errors = [] } = problemBody(problem, locale, '');
    const named = errors.map(
      ({ pointer, message }) => `${nameOf(pointer)?.[language] ?? pointer.slice(1)}${then}${message}`,
    );
    return named.length > 0 ? named.join(between) : detail;
  };
  return { line, zh: words('zh-CN', 'zh', ['：', '；']), en: words('en', 'en', [': ', '; ']) };
};
