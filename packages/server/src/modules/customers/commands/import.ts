import { customerFieldKeys, customerFields, fieldOfHeading } from '#contracts/customer-fields.ts';
import type { CustomerField } from '#contracts/customer-fields.ts';
import type { CustomerInputBody, CustomersImported } from '#contracts/routes/customers.ts';
import { Type, nullable, obj, oneOf, opt } from '#contracts/schema.ts';
import { customerKinds, customerLevels, channelKinds, labels } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { Rehearsed, refusedRow, sheetCells } from '#kernel/sheet.ts';
import { sql } from '#kernel/sql.ts';
import { parsePhone } from '../phone.ts';
import { customerById } from '../store.ts';
import type { CustomerRow } from '../store.ts';
import { changeCustomer } from './change.ts';
import { createCustomer } from './create.ts';

type Column = { heading: string; field: CustomerField | null };
type Row = Partial<Record<CustomerField, string>>;

/** What a cell says: days as `2026-03-05`, everything else as it is written. */
const textOf = (cell: unknown): string =>
  cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '').trim();

const columnsOf = (
  head: readonly unknown[],
  mapping: Readonly<Record<string, CustomerField | null>>,
): Column[] =>
  head.map((cell) => {
    const heading = textOf(cell).slice(0, 80);
    return { heading, field: Object.hasOwn(mapping, heading) ? mapping[heading]! : fieldOfHeading(heading) };
  });

const rowOf = (columns: readonly Column[], cells: readonly unknown[]): Row => {
  const row: Row = {};
  for (const [i, { field }] of columns.entries()) {
    const value = textOf(cells[i]);
    if (!field || value === '') continue;
    // Two columns of one field, two phones for example, are read together.
    row[field] = row[field] ? `${row[field]}、${value}` : value;
  }
  return row;
};

const list = (text: string | undefined): string[] => (text ?? '').split(/[、,，;；\s/]+/).filter(Boolean);
/** `2026/3/5` and `2026年3月5日` as `2026-03-05`; what is no day stays as it is and is refused by the field. */
const dayOf = (text: string | undefined): string | undefined => {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text ?? '') ?? [];
  return year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : text;
};

const wrong = (field: CustomerField, zh: string, en: string) =>
  new Problem('VALIDATION', {}, [{ pointer: `/${field}`, code: 'INVALID', message: { zh, en } }]);

/** The key a label or key stands for; the word itself is refused with what there is. */
const keyOf = <K extends string>(
  field: CustomerField,
  keys: readonly K[],
  names: Readonly<Record<string, { zh: string; en: string }>>,
  text: string,
): K => {
  const found = keys.find((key) =>
    [key, names[key]?.zh, names[key]?.en].some((name) => name?.toLowerCase() === text.toLowerCase()),
  );
  if (found) return found;
  const known = keys.filter((key) => names[key]);
  throw wrong(
    field,
    `“${text.slice(0, 40)}”不是可选的值，可用：${known.map((key) => names[key]!.zh).join('、')}`,
    `"${text.slice(0, 40)}" is none of: ${known.map((key) => names[key]!.en).join(', ')}`,
  );
};

const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const longest: Partial<Record<CustomerField, number>> = {
  serviceHint: 120,
  remark: 2000,
  website: 300,
  name: 120,
  company: 120,
};

/** A row as a customer; refuses by field what cannot be one. */
export const customerOfRow = (row: Row): CustomerInputBody => {
  for (const key of customerFieldKeys) {
    const most = longest[key] ?? 200;
    if ((row[key] ?? '').length > most)
      throw wrong(key, `超过 ${most} 个字`, `longer than ${most} characters`);
  }
  if (!row.name) throw wrong('name', '不能为空', 'is missing');
  const emails = list(row.emails);
  const bad = emails.find((email) => !mail.test(email));
  if (bad)
    throw wrong('emails', `“${bad.slice(0, 60)}”不是邮箱地址`, `"${bad.slice(0, 60)}" is no e-mail address`);
  const days = { cooperationSince: dayOf(row.cooperationSince), birthday: dayOf(row.birthday) };
  for (const [key, day] of Object.entries(days))
    if (day && !isDay(day))
      throw wrong(
        key as CustomerField,
        `“${day.slice(0, 40)}”不是日期，请写 2026-03-05`,
        `"${day.slice(0, 40)}" is no day; write 2026-03-05`,
      );
  const of = <K extends string>(field: CustomerField, keys: readonly K[], group: string) =>
    row[field] ? keyOf(field, keys, labels[group] ?? {}, row[field]) : undefined;
  return {
    kind: of('kind', customerKinds, 'customerKind') ?? 'person',
    name: row.name,
    level: of('level', customerLevels, 'customerLevel'),
    contactName: row.contactName,
    contactTitle: row.contactTitle,
    company: row.company,
    industry: row.industry,
    phones: list(row.phones),
    emails,
    tags: [...new Set(list(row.tags))].map((one) => one.slice(0, 30)).slice(0, 30),
    serviceHint: row.serviceHint,
    preferredChannel: of('preferredChannel', channelKinds, 'channelKind'),
    cooperationSince: days.cooperationSince,
    website: row.website,
    remark: row.remark,
    ...(days.birthday ? { fields: { birthday: days.birthday } } : {}),
  };
};

/** What a sheet has of a known customer and we have not; nothing that is kept is written over. */
const blanksOf = (known: CustomerRow, given: CustomerInputBody): Partial<CustomerInputBody> => {
  const fresh = <T>(old: T | null, next: T | null | undefined) =>
    old === null || old === ('' as T) ? (next ?? undefined) : undefined;
  const tags = [...new Set([...known.tags, ...(given.tags ?? [])])].slice(0, 30);
  const change: Partial<CustomerInputBody> = {
    contactName: fresh(known.contact_name, given.contactName),
    contactTitle: fresh(known.contact_title, given.contactTitle),
    industry: fresh(known.industry, given.industry),
    preferredChannel: fresh(known.preferred_channel, given.preferredChannel),
    website: fresh(known.website, given.website),
    remark: fresh(known.remark, given.remark),
    serviceHint: fresh(known.service_hint, given.serviceHint),
    cooperationSince: fresh(known.cooperation_since, given.cooperationSince),
    tags: tags.length > known.tags.length ? tags : undefined,
    phones: given.phones,
    emails: given.emails,
    fields: given.fields?.birthday && !known.fields.birthday ? given.fields : undefined,
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
};

/** Who has one of these phones already, of this sheet too. A customer merged away is the one they were merged into. */
const whoHas = async ({ tx }: Context, phones: readonly string[]): Promise<string | undefined> => {
  const values = phones.flatMap((phone) => parsePhone(phone)?.value ?? []);
  if (values.length === 0) return undefined;
  const row = await tx.maybe(
    sql<{
      id: string;
    }>`select c.id from customer_identity i join customer c on c.id = i.customer_id where i.kind = 'phone' and i.value = any(${values}::text[]) and c.merged_into is null and c.purged_at is null order by i.verified desc, c.created_at, c.id limit 1`,
  );
  return row?.id;
};

const nameOf = (pointer: string) =>
  customerFields[pointer.split('/')[1] as CustomerField] as { zh: string; en: string } | undefined;

/**
 * Imports a sheet of customers in one transaction. A row whose phone somebody has already is told as a duplicate and
 * makes no second customer; with `merge` what they lack is filled in from it. With `dryRun` nothing is kept.
 */
export const importCustomers = command({
  name: 'customers.import',
  permission: 'customer.import',
  input: obj({
    format: oneOf(['csv', 'xlsx'] as const),
    content: Type.String(),
    mapping: opt(Type.Record(Type.String(), nullable(oneOf(customerFieldKeys)))),
    merge: opt(Type.Boolean()),
    dryRun: opt(Type.Boolean()),
  }),
  run: async (context, { format, content, mapping = {}, merge = false, dryRun }) => {
    const [head = [], ...rows] = await sheetCells(format, Buffer.from(content, 'base64'));
    const columns = columnsOf(head, mapping);
    const answer: CustomersImported = { columns, created: 0, merged: 0, duplicates: [], refused: [] };
    for (const [i, cells] of rows.entries()) {
      const row = rowOf(columns, cells);
      if (Object.keys(row).length === 0) continue;
      const line = i + 2;
      try {
        const given = customerOfRow(row);
        const id = await whoHas(context, given.phones ?? []);
        if (!id) {
          await context.send(createCustomer, { ...given, fromSheet: true, rehearsed: dryRun });
          answer.created += 1;
          continue;
        }
        const known = (await customerById(context.tx, id))!;
        // Somebody of the sheet itself has no number before it is kept.
        const number = known.number === id ? '' : known.number;
        answer.duplicates.push({ line, name: given.name, id, number, known: known.name });
        if (merge) {
          await context.send(changeCustomer, { id, change: blanksOf(known, given), fromSheet: true });
          answer.merged += 1;
        }
      } catch (error) {
        // A refusal comes before anything of the row is written; any other error ends the whole import.
        if (!(error instanceof Problem)) throw error;
        answer.refused.push(refusedRow(line, error, nameOf));
      }
    }
    if (dryRun) throw new Rehearsed(answer);
    const { created, merged, duplicates, refused } = answer;
    context.audit('user', context.actor.id, {
      created,
      merged,
      duplicates: duplicates.length,
      refused: refused.length,
    });
    return answer;
  },
});
