import { Id, Type, nullable, obj, opt, text } from '#contracts/schema.ts';
import { readDuration, wallMs } from '#contracts/durations.ts';
import { Answers } from '#contracts/routes/tasks.ts';
import { userId } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { FieldProblem } from '#contracts/flow.ts';
import { calendarBook, isOpen } from '#modules/calendar/index.ts';
import { customerRef } from '#modules/customers/index.ts';
import { filledInHand } from '../in-hand.ts';
import { clockOf, freeTimes, inUsualHours } from '../free-times.ts';
import { demandKind } from '../kinds.ts';
import type { Kind } from '../kinds.ts';
import { sealed } from '../pins.ts';
import {
  beginRefusal,
  dataFaults,
  fixedFields,
  othersFields,
  recordNumber,
  scored,
  tidied,
  titleOf,
} from '../rules.ts';
import type { Data } from '../rules.ts';
import { audienceOf } from '../store.ts';
import { changeRecord } from './change.ts';
import { demandParent } from './parent.ts';

/** 422 with one line for each field at fault; `prefix` is where the data stands in the body. */
export const refuseFaults = (faults: readonly FieldProblem[], prefix = '/data'): void => {
  if (faults.length > 0)
    throw new Problem(
      faults.every(({ code }) => code === 'UNKNOWN_FIELD') ? 'UNKNOWN_FIELD' : 'VALIDATION',
      {},
      faults.map(({ key, code, values }) => ({ pointer: `${prefix}/${key}`, code, values })),
    );
};

/** Fields for certain roles are refused from others, each by name. */
export const refuseOthersFields = (
  { actor }: Pick<Context, 'actor'>,
  kind: Kind,
  keys: readonly string[],
) => {
  const mover = { roleKeys: actor.roleKeys ?? [], isSystem: actor.kind === 'system' };
  const faults = othersFields(kind, keys, mover).map(({ key, zh, en }) => ({
    pointer: `/data/${key}`,
    code: 'INVALID' as const,
    message: {
      zh: `“${zh}”由相应角色填写，您不能改`,
      en: `"${en}" is filled in by another role, not by you`,
    },
  }));
  if (faults.length > 0) throw new Problem('VALIDATION', {}, faults);
};

/** What was approved is not changed afterwards by people. */
export const refuseFixed = (
  { actor }: Pick<Context, 'actor'>,
  kind: Kind,
  state: string | null,
  keys: readonly string[],
) => {
  const name = kind.states?.find(({ key }) => key === state);
  const faults = fixedFields(kind, state, keys, { isSystem: actor.kind === 'system' }).map(
    ({ key, zh, en, instead }) => ({
      pointer: `/data/${key}`,
      code: 'INVALID' as const,
      message: {
        zh: `“${zh}”在“${name?.zh ?? state}”之后不能再改${instead ? `；${instead.zh}` : ''}`,
        en: `"${en}" stays as it is once it is "${name?.en ?? state}"${instead ? `; ${instead.en}` : ''}`,
      },
    }),
  );
  if (faults.length > 0) throw new Problem('VALIDATION', {}, faults);
};

/** What an approval was asked for stays as it is until the answer: the sum decides who has to approve it (SD0-23). */
export const refuseHeld = async (
  { actor, tx }: Pick<Context, 'actor' | 'tx'>,
  kind: Kind,
  id: string,
  keys: readonly string[],
) => {
  if (actor.kind === 'system' || keys.length === 0) return;
  const held = new Set(
    (
      await tx.all(
        sql<{
          key: string;
        }>`select distinct held.key from task k, jsonb_array_elements_text(k.data -> 'holds') held(key) where k.record_id = ${id}::uuid and k.kind = 'approval' and k.state = 'open' and k.data ? 'holds'`,
      )
    ).map(({ key }) => key),
  );
  const faults = kind.fields
    .filter(({ key }) => keys.includes(key) && held.has(key))
    .map(({ key, zh, en }) => ({
      pointer: `/data/${key}`,
      code: 'INVALID' as const,
      message: {
        zh: `“${zh}”正在审批，批复之前不能改；写错了请审批人不予通过`,
        en: `"${en}" is being approved and stays as it is until then; if it is wrong, ask the approver to turn it down`,
      },
    }));
  if (faults.length > 0) throw new Problem('VALIDATION', {}, faults);
};

const shanghaiDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
/** The day a record belongs to: its kind's day field, else the day it is made. */
export const dayOf = (kind: Kind, data: Data, now: number): string => {
  const value = kind.day ? data[kind.day] : undefined;
  const at =
    typeof value === 'string' ? Date.parse(value.length === 10 ? `${value}T00:00:00+08:00` : value) : NaN;
  return shanghaiDay.format(Number.isNaN(at) ? now : at);
};

/** Fields that name another record take its number; one that is not there is refused. */
export const refuseUnknownRecords = async ({ tx }: Context, kind: Kind, data: Data): Promise<void> => {
  for (const field of kind.fields)
    if (field.type === 'record' && typeof data[field.key] === 'string') {
      const found = await tx.maybe(
        sql`select 1 from record where kind = ${field.kind!} and number = ${String(data[field.key])}`,
      );
      if (!found)
        throw new Problem('VALIDATION', {}, [
          {
            pointer: `/data/${field.key}`,
            code: 'INVALID',
            message: {
              zh: `没有编号为“${String(data[field.key]).slice(0, 60)}”的记录`,
              en: `there is no record with the number "${String(data[field.key]).slice(0, 60)}"`,
            },
          },
        ]);
    }
};

/** Values that only one record may hold at a time; two at once wait for each other here. */
export const refuseTaken = async (
  context: Context,
  kind: Kind,
  data: Data,
  self: string | null,
): Promise<void> => {
  const { tx } = context;
  for (const { fields, while: states, apart, refused } of kind.unique ?? []) {
    const values = fields.map((field) => data[field]);
    const at = apart ? data[apart.field] : undefined;
    if (values.some((value) => value === undefined) || (apart && typeof at !== 'string')) continue;
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`${kind.key} ${json(values)}`}, 0))`);
    const same = Object.fromEntries(fields.map((field) => [field, data[field]]));
    const held = sql`kind = ${kind.key} and data @> ${json(same)}::jsonb and (${states ?? null}::text[] is null or state = any(${states ?? []}::text[])) and id is distinct from ${self}::uuid`;
    const by = apart ? wallMs(readDuration(apart.by)!)! : 0;
    const rows = await tx.all(
      apart
        ? sql<{
            at: number;
          }>`select (data ->> ${apart.field})::timestamptz as at from record where ${held} and abs(extract(epoch from (data ->> ${apart.field})::timestamptz - ${String(at)}::timestamptz)) < 86400`
        : sql<{ at: number }>`select created_at as at from record where ${held} limit 1`,
    );
    const taken = rows.map((row) => row.at);
    const wanted = apart ? Date.parse(String(at)) : 0;
    if (!taken.some((other) => !apart || Math.abs(other - wanted) < by)) continue;
    const free = apart ? await otherTimes(context, { at: wanted, by, taken }) : [];
    const message = {
      zh: free.length > 0 ? `${refused.zh}。当天还有：${free.join('、')}` : refused.zh,
      en: free.length > 0 ? `${refused.en}. Free that day: ${free.join(', ')}` : refused.en,
    };
    throw new Problem(
      'VALIDATION',
      {},
      [...fields, ...(apart ? [apart.field] : [])].map((field) => ({
        pointer: `/data/${field}`,
        code: 'INVALID' as const,
        message,
      })),
    );
  }
};

/** Open times of that day by the standard calendar; on a day it has off, a shop that books all the same keeps its usual hours. */
const otherTimes = async (
  { centre, now }: Context,
  wish: { at: number; by: number; taken: readonly number[] },
): Promise<string[]> => {
  const standard = (await calendarBook(centre.db)).of(null);
  const worked = freeTimes({ ...wish, now, isOpen: (at) => isOpen(standard, at) });
  return (worked.length > 0 ? worked : freeTimes({ ...wish, now, isOpen: inUsualHours })).map(clockOf);
};

/** Fields that say `from: data.order.boughtAt` take it from the record named in the field `order`, where nothing else was filled in. */
export const filledFromRecords = async (tx: Tx, kind: Pick<Kind, 'fields'>, data: Data): Promise<Data> => {
  const filled: Record<string, unknown> = { ...data };
  for (const field of kind.fields) {
    const [, by, of] = /^data\.(\w+)\.(\w+)$/.exec(field.from ?? '') ?? [];
    const named = kind.fields.find(({ key, type }) => key === by && type === 'record');
    if (!named || !of || typeof data[named.key] !== 'string' || (filled[field.key] ?? '') !== '') continue;
    const row = await tx.maybe(
      sql<{
        data: Data;
        created_at: number;
      }>`select data, created_at from record where kind = ${named.kind!} and number = ${String(data[named.key])}`,
    );
    const value = of === 'createdAt' && row ? new Date(row.created_at).toISOString() : row?.data[of];
    if (value !== undefined && value !== null)
      filled[field.key] =
        field.type === 'date' && String(value).length > 10
          ? shanghaiDay.format(Date.parse(String(value)))
          : value;
  }
  return filled;
};

export const groupByKey = async (tx: Tx, key: unknown): Promise<string | null> =>
  typeof key === 'string'
    ? ((await tx.maybe(sql<{ id: string }>`select id from skill_group where key = ${key}`))?.id ?? null)
    : null;

const link = opt(nullable(Id));
const input = obj({
  kind: text(40, 1),
  data: Answers,
  state: opt(text(40)),
  externalId: opt(text(200, 1)),
  customerId: link,
  ticketId: link,
  conversationId: link,
  parentId: link,
  groupId: link,
  ownerId: link,
  runId: link,
  /** An import brings what was decided elsewhere, in whatever state; who may import answers for it. */
  brought: opt(Type.Boolean()),
  /** It will be taken back: no number of the series is spent on it, its id stands there. */ rehearsed: opt(
    Type.Boolean(),
  ),
  /** Facts that conditions of fields may ask for beside the data. */ facts: opt(
    Type.Record(Type.String(), Type.Unknown()),
  ),
});

const numbered = async ({ centre, now }: Context, kind: Kind): Promise<string | null> => {
  if (!kind.number) return null;
  const day = shanghaiDay.format(now).replaceAll('-', '');
  const part =
    kind.number.per === 'day' ? `_${day}` : kind.number.per === 'month' ? `_${day.slice(0, 6)}` : '';
  return recordNumber(kind.number, day, await nextNumber(centre.db, `record_${kind.key}${part}`));
};
const mine = (actor: Actor) => userId(actor);

/** Makes a record. The same externalId again brings the one that exists up to date: a push may come twice. */
export const createRecord = command({
  name: 'records.create',
  permission: 'record.write',
  input,
  run: async (
    context,
    { kind: key, data: given, state, externalId, facts = {}, brought = false, rehearsed, ...links },
  ) => {
    const { tx, now, actor, newId, emit, centre } = context;
    const kind = await demandKind(centre.db, key);
    if (externalId) {
      // Two pushes of one order at once: the second waits here and finds what the first has made.
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`${key} ${externalId}`}, 0))`);
      const known = await tx.maybe(
        sql<{
          id: string;
        }>`select id from record where kind = ${key} and external_id = ${externalId} for update`,
      );
      if (known) {
        await context.send(changeRecord, { kind: key, id: known.id, data: given, ...links });
        return { id: known.id, created: false };
      }
    }
    const filled = await filledFromRecords(tx, kind, tidied(kind, given, true));
    const plain = scored(kind, await filledInHand(tx, kind, filled, mine(actor)));
    refuseOthersFields(context, kind, Object.keys(tidied(kind, given, false)));
    refuseFaults(dataFaults(kind, plain, facts));
    const data = await sealed(kind, plain);
    await refuseUnknownRecords(context, kind, data);
    await refuseTaken(context, kind, data, null);
    if (state && !kind.states?.some((one) => one.key === state))
      throw new Problem('RECORD_MOVE_REFUSED', {
        reason: { zh: `没有状态“${state}”`, en: `there is no state "${state}"` },
      });
    const maker = { roleKeys: actor.roleKeys ?? [], isSystem: actor.kind === 'system' };
    const reason = state && !brought && beginRefusal(kind, state, { data: plain, record: { state } }, maker);
    if (reason) throw new Problem('RECORD_MOVE_REFUSED', { reason });
    await demandParent(context, links.parentId, null);
    const first = state ?? kind.states?.[0]?.key ?? null;
    const customer = links.customerId ? await customerRef(tx, links.customerId) : undefined;
    const groupId =
      links.groupId ??
      (await groupByKey(tx, (kind.groupFrom ? data[kind.groupFrom] : undefined) ?? kind.group));
    const id = newId();
    const number = rehearsed && kind.number ? id : await numbered(context, kind);
    const row = {
      group_id: groupId,
      owner_id: links.ownerId ?? mine(actor),
      created_by: mine(actor),
      customer_id: customer?.id ?? null,
    };
    await tx.run(sql`
      insert into record (id, kind, number, state, title, data, day, external_id, customer_id, ticket_id, conversation_id, run_id, parent_id, group_id, owner_id, created_by, created_at, updated_at)
      values (${id}::uuid, ${key}, ${number}, ${first}, ${titleOf(kind, { data, customer: customer?.name ?? '', number })}, ${json(data)}::jsonb, ${dayOf(kind, data, now)}::date, ${externalId ?? null}, ${row.customer_id}::uuid, ${links.ticketId ?? null}::uuid, ${links.conversationId ?? null}::uuid, ${links.runId ?? null}::uuid, ${links.parentId ?? null}::uuid, ${row.group_id}::uuid, ${row.owner_id}::uuid, ${row.created_by}::uuid, ${new Date(now)}, ${new Date(now)})`);
    emit('record.created', 'record', id, { kind: key, number, state: first }, audienceOf(row));
    return { id, created: true };
  },
});
