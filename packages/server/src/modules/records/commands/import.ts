import type { FieldType } from '#contracts/pack.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import { Type, obj, text, oneOf, Id, opt } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { Rehearsed, refusedRow } from '#kernel/sheet.ts';
import { sql } from '#kernel/sql.ts';
import { customerByIdentity, parsePhone } from '#modules/customers/index.ts';
import { demandKind } from '../kinds.ts';
import type { Kind } from '../kinds.ts';
import { refuseMasks, withoutOwnMasks } from '../masks.ts';
import { readSheet } from '../sheet.ts';
import type { SheetRow } from '../sheet.ts';
import { changeRecord } from './change.ts';
import { createRecord } from './create.ts';

/** A record of the audit for what left the house. */
export const exportRecords = command({
  name: 'records.export',
  permission: 'record.export',
  input: obj({ kind: text(40), format: text(8), rows: Type.Integer(), id: opt(Id) }),
  run: async ({ actor, audit }, taken) => audit('user', actor.id, taken),
});

export type Refused = { line: number; zh: string; en: string };
export type Imported = { created: number; updated: number; masked: number; refused: Refused[] };

const customerOf = async (
  { tx }: Context,
  { customerNumber, phone }: SheetRow['besides'],
): Promise<string | undefined> => {
  if (customerNumber) {
    const row = await tx.maybe(
      sql<{
        id: string;
      }>`select id from customer where number = ${customerNumber} and merged_into is null and purged_at is null`,
    );
    if (!row)
      throw saying(
        'customer',
        `没有编号为“${customerNumber.slice(0, 40)}”的客户`,
        `there is no customer ${customerNumber.slice(0, 40)}`,
      );
    return row.id;
  }
  const value = phone ? parsePhone(phone)?.value : undefined;
  return value ? (await customerByIdentity(tx, 'phone', value))?.id : undefined;
};
const saying = (pointer: string, zh: string, en: string) =>
  new Problem('VALIDATION', {}, [{ pointer: `/${pointer}`, code: 'INVALID', message: { zh, en } }]);

/** What became of a row, and how many of its cells were masks of what is kept. */
type Kept = { did: 'created' | 'updated'; left: number };

const keepRow = async (context: Context, kind: Kind, row: SheetRow, rehearsed: boolean): Promise<Kept> => {
  const { number, state, externalId } = row.besides;
  const customerId = await customerOf(context, row.besides);
  const stateKey = state
    ? kind.states?.find(({ key, zh, en }) => [key, zh, en].includes(state))?.key
    : undefined;
  if (state && !stateKey)
    throw saying('state', `没有状态“${state.slice(0, 40)}”`, `there is no state "${state.slice(0, 40)}"`);
  const known = number
    ? await context.tx.maybe(
        sql<{
          id: string;
          data: Answers;
        }>`select id, data from record where kind = ${kind.key} and number = ${number}`,
      )
    : undefined;
  // An exported sheet may hold masks: those of this very record mean that nothing changed, all others are told.
  const data = known ? withoutOwnMasks(kind, row.data, known.data) : row.data;
  const left = Object.keys(row.data).length - Object.keys(data).length;
  refuseMasks(kind, data);
  if (known) {
    await context.send(changeRecord, {
      kind: kind.key,
      id: known.id,
      data,
      ...(customerId ? { customerId } : {}),
    });
    return { did: 'updated', left };
  }
  const made = await context.send(createRecord, {
    kind: kind.key,
    data,
    customerId,
    externalId: externalId || undefined,
    state: stateKey,
    brought: true,
    rehearsed,
  });
  return { did: made.created ? 'created' : 'updated', left };
};

const typeOf = (type: FieldType): { zh: string; en: string } =>
  type === 'number' || type === 'money'
    ? { zh: '数字', en: 'a number' }
    : type === 'yes'
      ? { zh: '“是”或“否”', en: 'yes or no' }
      : { zh: '文字', en: 'text' };

/** What a sheet may say there, as its writer knows it: labels of options and a plain date, not keys and standards. */
const plainly = (kind: Kind, problem: Problem): Problem =>
  new Problem(
    problem.code,
    problem.values,
    problem.faults.map((fault) => {
      const field = kind.fields.find(({ key }) => fault.pointer.endsWith(`/${key}`));
      const isTime = field?.type === 'date' || field?.type === 'instant';
      if (fault.code === 'NOT_LISTED' && field?.options)
        return {
          ...fault,
          values: {
            allowed: {
              zh: field.options.map(({ zh }) => zh).join('、'),
              en: field.options.map(({ en }) => en).join(', '),
            },
          },
        };
      if (fault.code === 'WRONG_TYPE' && field) return { ...fault, values: { expected: typeOf(field.type) } };
      if (fault.code === 'WRONG_FORMAT' && isTime)
        return { ...fault, values: { expected: field.type === 'date' ? '2026-03-05' : '2026-03-05 14:00' } };
      return fault;
    }),
  );

/**
 * Imports a sheet in one transaction: rows that are right are kept, the others are told with line and field. With
 * `dryRun` nothing is kept. A row with a number or externalId that exists brings that record up to date.
 */
export const importRecords = command({
  name: 'records.import',
  permission: 'record.import',
  input: obj({
    kind: text(40, 1),
    format: oneOf(['csv', 'xlsx'] as const),
    content: Type.String(),
    dryRun: opt(Type.Boolean()),
  }),
  run: async (context, { kind: key, format, content, dryRun }): Promise<Imported> => {
    const kind = await demandKind(context.centre.db, key);
    const rows = await readSheet(kind, format, Buffer.from(content, 'base64'));
    const answer: Imported = { created: 0, updated: 0, masked: 0, refused: [] };
    for (const row of rows)
      try {
        const { did, left } = await keepRow(context, kind, row, dryRun ?? false);
        answer[did] += 1;
        answer.masked += left;
      } catch (error) {
        // A refusal comes before anything of the row is written; any other error ends the whole import.
        if (!(error instanceof Problem)) throw error;
        answer.refused.push(
          refusedRow(row.line, plainly(kind, error), (pointer) =>
            kind.fields.find(({ key: field }) => pointer.endsWith(`/${field}`)),
          ),
        );
      }
    if (dryRun) throw new Rehearsed(answer);
    context.audit('user', context.actor.id, { kind: key, ...answer, refused: answer.refused.length });
    return answer;
  },
});
