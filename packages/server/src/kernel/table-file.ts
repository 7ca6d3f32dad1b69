/** A table that leaves the house as a file. Its last line, or a mark across every sheet, says who took it and when. */
import { toCsv } from '#contracts/csv.ts';
import { Problem } from './problem.ts';
import { toXlsx } from './xlsx.ts';
import type { Cell } from './xlsx.ts';

export type Language = 'zh' | 'en';
/** Who takes it, the local minute, the company's name in the language of the file. */
export type Mark = { by: string; at: string; company: string };
export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;
export type FileFormat = keyof typeof fileTypes;

/** More rows than these are no file for a person any more. Paper is laid out letter by letter, and nobody else is served meanwhile. */
const mostRows: Record<FileFormat, number> = { csv: 20_000, xlsx: 20_000, pdf: 1_000 };
/** Refuses what is too large for a file of its format (TOO_LARGE). */
export const demandFits = (rows: number, format: FileFormat): void => {
  const most = mostRows[format];
  if (rows > most)
    throw new Problem('TOO_LARGE', {
      limit: { zh: `${format.toUpperCase()} ${most} 行`, en: `${most} rows of ${format.toUpperCase()}` },
    });
};

/** Begins the last row of a sheet; such a row is none when the sheet comes back. */
export const markSign = '※';
export const markRow = ({ by, at }: Pick<Mark, 'by' | 'at'>, language: Language): Cell[] => [
  {
    zh: `${markSign} ${by} 导出于 ${at}，仅限内部使用`,
    en: `${markSign} exported by ${by} at ${at}, for internal use only`,
  }[language],
];
/** The foot of every sheet of paper. */
export const footOf = ({ by, at }: Pick<Mark, 'by' | 'at'>, language: Language, rows?: number): string =>
  ({
    zh: `${rows === undefined ? '' : `共 ${rows} 条　`}${by} 打印于 ${at}`,
    en: `${rows === undefined ? '' : `${rows} rows, `}printed by ${by} at ${at}`,
  })[language];

/** `shares`: how wide the columns are on paper beside each other; equal without. */
export type Table = {
  title: string;
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
  shares?: number[];
};

export const tableFile = async (
  { title, head, rows, shares }: Table,
  format: FileFormat,
  language: Language,
  mark: Mark,
): Promise<Buffer | string> => {
  const said = (cell: Cell) => String(cell ?? '');
  if (format === 'xlsx') return toXlsx(title, [head, ...rows, markRow(mark, language)]);
  if (format === 'csv') return toCsv([head, ...rows, markRow(mark, language)].map((row) => row.map(said)));
  // Fonts and drawing are read when somebody prints, not when the server starts.
  const paper = await import('./paper.ts');
  const page = paper.openPaper(true, mark);
  paper.heading(page, title, mark.company);
  paper.table(
    page,
    head,
    rows.map((row) => row.map(said)),
    shares,
  );
  paper.footer(page, footOf(mark, language, rows.length));
  return paper.finished(page);
};
