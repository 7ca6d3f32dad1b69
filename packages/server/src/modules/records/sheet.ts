/** Records as a sheet, out and in. */
import { toCsv } from '#contracts/csv.ts';
import type { RecordView } from '#contracts/routes/records.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import type { Field, RecordKind } from '#contracts/pack.ts';
import { Problem } from '#kernel/problem.ts';
import { markRow, markSign } from '#kernel/table-file.ts';
import { sheetCells } from '#kernel/sheet.ts';
import { toXlsx } from '#kernel/xlsx.ts';
import type { Cell } from '#kernel/xlsx.ts';
import { readValue, saidValue, sheetHead } from './said.ts';

type Language = 'zh' | 'en';
const rowOf = (kind: RecordKind, record: RecordView, language: Language): Cell[] => [
  ...(kind.number ? [record.number] : []),
  ...(kind.states ? [record.stateName?.[language] ?? record.state] : []),
  record.customerName,
  ...kind.fields.map((field) => {
    const value = record.data[field.key];
    return typeof value === 'number' ? value : saidValue(field, value, language);
  }),
  record.ownerName,
  record.createdByName,
  saidValue({ key: 'at', zh: '', en: '', type: 'instant' }, record.createdAt, language),
];

export const sheetOf = (
  kind: RecordKind,
  records: readonly RecordView[],
  language: Language,
  format: 'csv' | 'xlsx',
  mark: { by: string; at: string },
): Buffer | string => {
  const rows = [
    sheetHead(kind, language),
    ...records.map((record) => rowOf(kind, record, language)),
    markRow(mark, language),
  ];
  return format === 'xlsx'
    ? toXlsx(kind.name[language], rows)
    : toCsv(rows.map((row) => row.map((cell) => String(cell ?? ''))));
};

/** What a row of a sheet says beside the fields. */
export type Besides = 'number' | 'state' | 'externalId' | 'customerNumber' | 'phone' | 'customer' | 'ignored';
const besides: Record<string, Besides> = {
  编号: 'number',
  number: 'number',
  状态: 'state',
  state: 'state',
  外部编号: 'externalId',
  'external id': 'externalId',
  externalid: 'externalId',
  客户编号: 'customerNumber',
  'customer number': 'customerNumber',
  客户电话: 'phone',
  'customer phone': 'phone',
  客户: 'customer',
  customer: 'customer',
  负责人: 'ignored',
  owner: 'ignored',
  登记人: 'ignored',
  'registered by': 'ignored',
  登记时间: 'ignored',
  'registered at': 'ignored',
};

export type SheetRow = { line: number; data: Answers; besides: Partial<Record<Besides, string>> };
/** Reads a sheet by its heading: Chinese or English labels, or keys of fields. An unknown column is refused by name. */
export const readSheet = async (
  kind: RecordKind,
  format: 'csv' | 'xlsx',
  content: Buffer,
): Promise<SheetRow[]> => {
  const [head = [], ...rows] = await sheetCells(format, content);
  const columns = head.map((cell): Field | Besides => {
    const name = String(cell ?? '').trim();
    const field = kind.fields.find(({ key, zh, en }) =>
      [key, zh, en].some((one) => one.toLowerCase() === name.toLowerCase()),
    );
    const known = field ?? besides[name.toLowerCase()];
    if (known) return known;
    throw new Problem('VALIDATION', {}, [
      {
        pointer: '/content',
        code: 'INVALID',
        message: {
          zh: `不认识的列“${name.slice(0, 60)}”。可用的列：${kind.fields.map(({ zh }) => zh).join('、')}、状态、外部编号、客户编号、客户电话`,
          en: `unknown column "${name.slice(0, 60)}". Columns: ${kind.fields.map(({ en }) => en).join(', ')}, state, external id, customer number, customer phone`,
        },
      },
    ]);
  });
  return rows.flatMap((row, i) => {
    const [first = ''] = row.map((cell) => String(cell ?? '').trim()).filter(Boolean);
    if (first === '' || first.startsWith(markSign)) return [];
    const data: Answers = {};
    const beside: Partial<Record<Besides, string>> = {};
    for (const [c, column] of columns.entries())
      if (typeof column === 'string') beside[column] = String(row[c] ?? '').trim();
      else data[column.key] = readValue(column, row[c]);
    return [{ line: i + 2, data, besides: beside }];
  });
};
