/** Rows of a sheet that somebody sends: CSV or XLSX, the heading first. */
import { Problem, problemBody } from './problem.ts';
import { unzip, zip } from './zip.ts';

/** More rows than this are split by whoever sends them; one import is one transaction. */
export const mostRows = 5000;

/** Rows enough for `mostRows` of a wide sheet; a small file that unpacks to more is no sheet but a bomb. */
const mostUnpacked = 48 * 1024 * 1024;

const read = async (format: 'csv' | 'xlsx', content: Buffer): Promise<unknown[][]> => {
  try {
    // Readers are loaded by who imports, not by who starts the server.
    if (format === 'csv')
      return (await import('csv-parse/sync')).parse(content, {
        bom: true,
        relaxColumnCount: true,
        relaxQuotes: true,
        skipEmptyLines: true,
      }) as unknown[][];
    // The reader is given an archive of ours, made of what was unpacked within bounds: it trusts whatever it is given.
    const parts = await unzip(content, mostUnpacked, (name) => /\.xml(\.rels)?$/.test(name));
    return (await (
      await import('read-excel-file/node')
    ).default(zip(parts, { stored: true }))) as unknown as unknown[][];
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('BAD_REQUEST', {
      reason: {
        zh: `文件不是有效的 ${format.toUpperCase()}（${(error as Error).message.slice(0, 120)}）`,
        en: `the file is no valid ${format.toUpperCase()} (${(error as Error).message.slice(0, 120)})`,
      },
    });
  }
};

/** Cells by row, the heading first. Refuses with TOO_LARGE beyond `mostRows`. */
export const sheetCells = async (format: 'csv' | 'xlsx', content: Buffer): Promise<unknown[][]> => {
  const cells = await read(format, content);
  const rows = (
    Array.isArray(cells[0]) ? cells : ((cells[0] as { data?: unknown[][] } | undefined)?.data ?? [])
  ) as unknown[][];
  if (rows.length > mostRows + 1)
    throw new Problem('TOO_LARGE', { limit: { zh: `${mostRows} 行`, en: `${mostRows} rows` } });
  return rows;
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
