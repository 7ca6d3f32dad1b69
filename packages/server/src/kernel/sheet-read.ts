/** The reading of a sheet itself, in the thread that `sheet.ts` keeps for it. */
import { Problem } from './problem.ts';
import { unzip, zip } from './zip.ts';

/** More rows than this are split by whoever sends them; one import is one transaction. */
export const mostRows = 5000;

/** Rows enough for `mostRows` of a wide sheet; a small file that unpacks to more is no sheet but a bomb. */
const mostUnpacked = 48 * 1024 * 1024;

export type SheetInput = { format: 'csv' | 'xlsx'; content: Uint8Array };
/** `tooLarge` says the limit that was passed; what is no sheet is thrown. */
export type SheetOutput = { rows: unknown[][] } | { tooLarge: unknown };

const cellsOf = async ({ format, content }: SheetInput): Promise<unknown[][]> => {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (format === 'csv')
    return (await import('csv-parse/sync')).parse(bytes, {
      bom: true,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
    }) as unknown[][];
  // The reader is given an archive of ours, made of what was unpacked within bounds: it trusts whatever it is given.
  const parts = await unzip(bytes, mostUnpacked, (name) => /\.xml(\.rels)?$/.test(name));
  const cells = (await (
    await import('read-excel-file/node')
  ).default(zip(parts, { stored: true }))) as unknown as unknown[][];
  return Array.isArray(cells[0]) ? cells : ((cells[0] as { data?: unknown[][] } | undefined)?.data ?? []);
};

/** Cells by row, the heading first; no more than `mostRows` below it. */
export const readSheet = async (input: SheetInput): Promise<SheetOutput> => {
  try {
    const rows = await cellsOf(input);
    return rows.length > mostRows + 1
      ? { tooLarge: { zh: `${mostRows} 行`, en: `${mostRows} rows` } }
      : { rows };
  } catch (error) {
    // A refusal does not cross to another thread as what it is.
    if (error instanceof Problem && error.code === 'TOO_LARGE') return { tooLarge: error.values.limit };
    throw error;
  }
};
