/** Paper: A4 sheets with borders as the handbooks print them. Chinese fonts go with the file. Loaded by who prints. */
import { createRequire } from 'node:module';
import path from 'node:path';
import PDFDocument from 'pdfkit';

const fonts = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')),
  '../fonts',
);
/** Points, all around. */
export const margin = 48;
const pad = 6;
const line = '#8c8c8c';

export type Page = PDFKit.PDFDocument;
/**
 * SD3h-06: who took it and when, across every sheet, so that a copy that turns up outside names its way out. It lies
 * below everything that is written, and is paler than any of it.
 */
const watermark = (page: Page, text: string): void => {
  const { width, height } = page.page;
  const { x, y } = page;
  page.save().font('bold').fontSize(28).fillColor('#000000').fillOpacity(0.045);
  for (const share of [0.3, 0.7]) {
    page.rotate(-30, { origin: [width / 2, height * share] });
    page.text(text, 0, height * share, { width, align: 'center', lineBreak: false });
    page.rotate(30, { origin: [width / 2, height * share] });
  }
  page.restore().fillOpacity(1);
  page.font('text');
  [page.x, page.y] = [x, y];
};
/** An empty A4 page with the Chinese fonts and the mark of who takes it; every further page carries it too. */
export const openPaper = (landscape: boolean, { by, at }: { by: string; at: string }): Page => {
  const page = new PDFDocument({
    size: 'A4',
    layout: landscape ? 'landscape' : 'portrait',
    margin,
    bufferPages: true,
    info: { Producer: 'Zhike' },
  });
  page.registerFont('text', path.join(fonts, 'NotoSansHans-Regular.otf'));
  page.registerFont('bold', path.join(fonts, 'NotoSansHans-Bold.otf'));
  const mark = () => watermark(page, `${by}　${at}`);
  page.on('pageAdded', mark);
  mark();
  return page.font('text');
};
export const finished = (page: Page): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    page.on('data', (chunk: Buffer) => chunks.push(chunk));
    page.on('end', () => resolve(Buffer.concat(chunks)));
    page.on('error', reject);
    page.end();
  });

export type CellText = { text: string; width: number; bold?: boolean; shaded?: boolean };
/** One row of cells with a border, as high as its longest text; begins a new page where it does not fit. */
export const row = (page: Page, cells: readonly CellText[], size = 10): void => {
  page.fontSize(size);
  const heights = cells.map(({ text, width, bold }) =>
    page.font(bold ? 'bold' : 'text').heightOfString(text || ' ', { width: width - 2 * pad, lineGap: 2 }),
  );
  const height = Math.max(22, ...heights.map((one) => one + 2 * pad));
  if (page.y + height > page.page.height - margin - 20) {
    page.addPage();
    page.fontSize(size); // what the new page begins with has another
  }
  const top = page.y;
  let left = margin;
  for (const { text, width, bold, shaded } of cells) {
    if (shaded) page.rect(left, top, width, height).fill('#f2f3f5');
    page.lineWidth(0.6).rect(left, top, width, height).stroke(line);
    page
      .fillColor('#1f1f1f')
      .font(bold ? 'bold' : 'text')
      .text(text, left + pad, top + pad, { width: width - 2 * pad, lineGap: 2 });
    left += width;
  }
  page.y = top + height;
  page.x = margin;
};

export const heading = (page: Page, title: string, beside: string): void => {
  page.font('bold').fontSize(17).fillColor('#1f1f1f').text(title, { align: 'center' });
  page.moveDown(0.3).font('text').fontSize(9).fillColor('#595959').text(beside, { align: 'right' });
  page.moveDown(0.4);
};
/** Page numbers on every page; the last thing drawn. */
export const footer = (page: Page, text: string): void => {
  const { count } = page.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    page.switchToPage(i);
    // Writing below the margin would begin a new page.
    page.page.margins.bottom = 0;
    page.font('text').fontSize(8).fillColor('#8c8c8c');
    page.text(`${text}　${i + 1} / ${count}`, margin, page.page.height - margin + 8, {
      width: page.page.width - 2 * margin,
      align: 'center',
      lineBreak: false,
    });
  }
};

/** A table over as many pages as it needs, the heading row on each; columns are as wide as `shares` say, equal without. */
export const table = (
  page: Page,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  shares: readonly number[] = head.map(() => 1),
): void => {
  const whole = (page.page.width - 2 * margin) / shares.reduce((sum, share) => sum + share, 0);
  const cells = (texts: readonly string[], look: Partial<CellText>) =>
    texts.map((text, i) => ({ text: text.slice(0, 400), width: whole * shares[i]!, ...look }));
  const headRow = () => row(page, cells(head, { bold: true, shaded: true }), 8.5);
  headRow();
  page.on('pageAdded', headRow);
  for (const texts of rows) row(page, cells(texts, {}), 8.5);
  page.removeListener('pageAdded', headRow);
};
