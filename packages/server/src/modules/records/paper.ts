/** Records on paper: the form as the handbook prints it, or the list of a day as a table. Chinese fonts go with the file. */
import { createRequire } from 'node:module';
import path from 'node:path';
import PDFDocument from 'pdfkit';
import type { RecordView } from '#contracts/routes/records.ts';
import type { Field, RecordKind } from '#contracts/pack.ts';
import { saidValue, sheetHead } from './said.ts';

type Language = 'zh' | 'en';
const fonts = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')),
  '../fonts',
);
const margin = 48;
const pad = 6;
const line = '#8c8c8c';

type Page = PDFKit.PDFDocument;
const openPaper = (landscape: boolean): Page => {
  const page = new PDFDocument({
    size: 'A4',
    layout: landscape ? 'landscape' : 'portrait',
    margin,
    bufferPages: true,
    info: { Producer: 'Zhike' },
  });
  page.registerFont('text', path.join(fonts, 'NotoSansHans-Regular.otf'));
  page.registerFont('bold', path.join(fonts, 'NotoSansHans-Bold.otf'));
  return page.font('text');
};
const finished = (page: Page): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    page.on('data', (chunk: Buffer) => chunks.push(chunk));
    page.on('end', () => resolve(Buffer.concat(chunks)));
    page.on('error', reject);
    page.end();
  });

type CellText = { text: string; width: number; bold?: boolean; shaded?: boolean };
/** One row of cells with a border, as high as its longest text; begins a new page where it does not fit. */
const row = (page: Page, cells: readonly CellText[], size = 10): void => {
  page.fontSize(size);
  const heights = cells.map(({ text, width, bold }) =>
    page.font(bold ? 'bold' : 'text').heightOfString(text || ' ', { width: width - 2 * pad, lineGap: 2 }),
  );
  const height = Math.max(22, ...heights.map((one) => one + 2 * pad));
  if (page.y + height > page.page.height - margin - 20) page.addPage();
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

const heading = (page: Page, title: string, beside: string): void => {
  page.font('bold').fontSize(17).fillColor('#1f1f1f').text(title, { align: 'center' });
  page.moveDown(0.3).font('text').fontSize(9).fillColor('#595959').text(beside, { align: 'right' });
  page.moveDown(0.4);
};
/** SD3h-06: who took it and when, across every sheet, so that a copy that turns up outside names its way out. */
const watermark = (page: Page, text: string): void => {
  const { width, height } = page.page;
  page.save().font('bold').fontSize(28).fillColor('#000000').fillOpacity(0.06);
  for (const share of [0.3, 0.7]) {
    page.rotate(-30, { origin: [width / 2, height * share] });
    page.text(text, 0, height * share, { width, align: 'center', lineBreak: false });
    page.rotate(30, { origin: [width / 2, height * share] });
  }
  page.restore().fillOpacity(1);
};
const footer = (page: Page, text: string, mark: string): void => {
  const { count } = page.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    page.switchToPage(i);
    // Writing below the margin would begin a new page.
    page.page.margins.bottom = 0;
    watermark(page, mark);
    page.font('text').fontSize(8).fillColor('#8c8c8c');
    page.text(`${text}　${i + 1} / ${count}`, margin, page.page.height - margin + 8, {
      width: page.page.width - 2 * margin,
      align: 'center',
      lineBreak: false,
    });
  }
};

const isLong = (field: Field, value: string): boolean => field.type === 'long' || value.length > 24;

/** Fields of a group: two side by side, a long one over the whole width. */
const group = (page: Page, fields: readonly Field[], record: RecordView, language: Language): void => {
  const whole = page.page.width - 2 * margin;
  const label = 96;
  let waiting: { field: Field; value: string } | undefined;
  const put = (pairs: readonly { field: Field; value: string }[]) => {
    const width = whole / pairs.length - label;
    row(
      page,
      pairs.flatMap(({ field, value }) => [
        { text: field[language], width: label, bold: true, shaded: true },
        { text: value, width },
      ]),
    );
  };
  for (const field of fields) {
    const value = saidValue(field, record.data[field.key], language);
    if (isLong(field, value)) {
      if (waiting) put([waiting]);
      waiting = undefined;
      put([{ field, value }]);
    } else if (waiting) {
      put([waiting, { field, value }]);
      waiting = undefined;
    } else waiting = { field, value };
  }
  if (waiting) put([waiting]);
};

export type Printed = { by: string; at: string; company: string };

/** One record as the paper form: title, number, its groups of fields, who registered it and when, room to sign. */
export const paperForm = async (
  kind: RecordKind,
  record: RecordView,
  language: Language,
  { by, at, company }: Printed,
): Promise<Buffer> => {
  const page = openPaper(false);
  const whole = page.page.width - 2 * margin;
  heading(
    page,
    kind.name[language],
    [company, record.number, record.stateName?.[language]].filter(Boolean).join('　'),
  );
  const grouped = new Set((kind.print ?? []).flatMap(({ fields }) => fields));
  const rest = kind.fields.filter(({ key }) => !grouped.has(key));
  if (record.customerName)
    row(page, [
      { text: { zh: '客户', en: 'Customer' }[language], width: 96, bold: true, shaded: true },
      { text: record.customerName, width: whole / 2 - 96 },
      { text: { zh: '工单', en: 'Ticket' }[language], width: 96, bold: true, shaded: true },
      { text: record.ticketNumber ?? '—', width: whole / 2 - 96 },
    ]);
  for (const part of kind.print ?? []) {
    row(page, [{ text: part[language], width: whole, bold: true, shaded: true }]);
    group(
      page,
      part.fields.map((key) => kind.fields.find((field) => field.key === key)!),
      record,
      language,
    );
  }
  group(page, rest, record, language);
  const registered = saidValue({ key: 'at', zh: '', en: '', type: 'instant' }, record.createdAt, language);
  row(page, [
    { text: { zh: '受理人员', en: 'Registered by' }[language], width: 96, bold: true, shaded: true },
    { text: record.createdByName ?? '', width: whole / 2 - 96 },
    { text: { zh: '受理时间', en: 'Registered at' }[language], width: 96, bold: true, shaded: true },
    { text: registered, width: whole / 2 - 96 },
  ]);
  row(page, [
    { text: { zh: '签字', en: 'Signature' }[language], width: 96, bold: true, shaded: true },
    { text: '', width: whole / 2 - 96 },
    { text: { zh: '日期', en: 'Date' }[language], width: 96, bold: true, shaded: true },
    { text: '', width: whole / 2 - 96 },
  ]);
  footer(page, { zh: `${by} 打印于 ${at}`, en: `printed by ${by} at ${at}` }[language], `${by}　${at}`);
  return finished(page);
};

/** A list as a table over as many pages as it needs, the heading row on each. */
export const paperTable = async (
  kind: RecordKind,
  records: readonly RecordView[],
  language: Language,
  { by, at, company }: Printed & { company: string },
): Promise<Buffer> => {
  const page = openPaper(true);
  const whole = page.page.width - 2 * margin;
  const fields = (kind.list ?? kind.fields.slice(0, 8).map(({ key }) => key)).map((key) =>
    kind.fields.find((field) => field.key === key)!,
  );
  const head = [
    ...(kind.number ? [sheetHead(kind, language)[0]!] : []),
    { zh: '客户', en: 'Customer' }[language],
    ...fields.map((field) => field[language]),
    { zh: '登记人', en: 'Registered by' }[language],
  ];
  const width = whole / head.length;
  heading(page, kind.name[language], company);
  const headRow = () =>
    row(
      page,
      head.map((text) => ({ text, width, bold: true, shaded: true })),
      8.5,
    );
  headRow();
  page.on('pageAdded', headRow);
  for (const record of records)
    row(
      page,
      [
        ...(kind.number ? [record.number ?? ''] : []),
        record.customerName ?? '',
        ...fields.map((field) => saidValue(field, record.data[field.key], language)),
        record.createdByName ?? '',
      ].map((text) => ({ text: text.slice(0, 400), width })),
      8.5,
    );
  page.removeListener('pageAdded', headRow);
  footer(
    page,
    {
      zh: `共 ${records.length} 条　${by} 打印于 ${at}`,
      en: `${records.length} rows, printed by ${by} at ${at}`,
    }[language],
    `${by}　${at}`,
  );
  return finished(page);
};
