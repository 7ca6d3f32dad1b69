/**
 * Writes one sheet as XLSX: texts, numbers, a bold first row, column widths. A spreadsheet is a zip of a few XML
 * parts; the libraries we measured stall the event loop for half a second at 50,000 rows or bring deprecated trees,
 * so this is our own (decision 0012). Every cell is text or number, never a formula.
 */
import { zip } from './zip.ts';
import type { Part } from './zip.ts';

export type Cell = string | number | null;

const escape = (text: string): string =>
  text
    // Control characters are not allowed in XML at all.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** Column letters: 0 → A, 26 → AA. */
const letters = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);

const cellXml = (value: Cell, row: number, column: number): string => {
  const place = `${letters(column)}${row + 1}`;
  const style = row === 0 ? ' s="1"' : '';
  if (value === null || value === '') return '';
  if (typeof value === 'number' && Number.isFinite(value))
    return `<c r="${place}"${style}><v>${value}</v></c>`;
  return `<c r="${place}" t="inlineStr"${style}><is><t xml:space="preserve">${escape(String(value))}</t></is></c>`;
};

/** Chinese characters are two columns wide; between 8 and 48 so that one long text does not push the others away. */
const widthOf = (rows: readonly (readonly Cell[])[], column: number): number => {
  const longest = rows.slice(0, 200).reduce((most, row) => {
    const text = String(row[column] ?? '');
    return Math.max(
      most,
      [...text].reduce((all, letter) => all + (letter > '\u2e7f' ? 2 : 1), 0),
    );
  }, 0);
  return Math.min(48, Math.max(8, longest + 2));
};

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const sheetNs = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relNs = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNs = 'http://schemas.openxmlformats.org/package/2006';

/** The sheet as the bytes of an .xlsx file; the first row is the heading and stays in view. */
export const toXlsx = (name: string, rows: readonly (readonly Cell[])[]): Buffer => {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from(
    { length: columns },
    (_, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(rows, i)}" customWidth="1"/>`,
  );
  const body = rows
    .map((row, r) => `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, r, c)).join('')}</row>`)
    .join('');
  // Excel allows 31 characters and none of []:*?/\ in the name of a sheet.
  const title = escape(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31) || 'Sheet1');
  const part = (file: string, text: string): Part => ({ name: file, data: Buffer.from(xml + text) });
  return zip([
    part(
      '[Content_Types].xml',
      `<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${packageNs}/relationships"><Relationship Id="r1" Type="${relNs}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${sheetNs}" xmlns:r="${relNs}"><sheets><sheet name="${title}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packageNs}/relationships"><Relationship Id="r1" Type="${relNs}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relNs}/styles" Target="styles.xml"/></Relationships>`,
    ),
    part(
      'xl/styles.xml',
      `<styleSheet xmlns="${sheetNs}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    ),
    part(
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${sheetNs}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${columns > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>${body}</sheetData></worksheet>`,
    ),
  ]);
};
