/** Records on paper: the form as the handbook prints it, or the list of a day as a table. */
import type { RecordView } from '#contracts/routes/records.ts';
import type { Field, RecordKind } from '#contracts/pack.ts';
import { finished, footer, heading, margin, openPaper, row, table } from '#kernel/paper.ts';
import type { Page } from '#kernel/paper.ts';
import { footOf } from '#kernel/table-file.ts';
import type { Language, Mark } from '#kernel/table-file.ts';
import { saidValue, sheetHead } from './said.ts';

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

/** One record as the paper form: title, number, its groups of fields, who registered it and when, room to sign. */
export const paperForm = async (
  kind: RecordKind,
  record: RecordView,
  language: Language,
  { by, at, company }: Mark,
): Promise<Buffer> => {
  const page = openPaper(false, { by, at });
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
  footer(page, footOf({ by, at }, language));
  return finished(page);
};

/** A list as a table over as many pages as it needs, the heading row on each. */
export const paperTable = async (
  kind: RecordKind,
  records: readonly RecordView[],
  language: Language,
  { by, at, company }: Mark,
): Promise<Buffer> => {
  const page = openPaper(true, { by, at });
  const fields = (kind.list ?? kind.fields.slice(0, 8).map(({ key }) => key)).map((key) =>
    kind.fields.find((field) => field.key === key)!,
  );
  const head = [
    ...(kind.number ? [sheetHead(kind, language)[0]!] : []),
    { zh: '客户', en: 'Customer' }[language],
    ...fields.map((field) => field[language]),
    { zh: '登记人', en: 'Registered by' }[language],
  ];
  heading(page, kind.name[language], company);
  table(
    page,
    head,
    records.map((record) => [
      ...(kind.number ? [record.number ?? ''] : []),
      record.customerName ?? '',
      ...fields.map((field) => saidValue(field, record.data[field.key], language)),
      record.createdByName ?? '',
    ]),
  );
  footer(page, footOf({ by, at }, language, records.length));
  return finished(page);
};
