/** Records, pure: what is wrong with the data, which moves are open, what a record is called. */
import { faultsOf } from '#contracts/flow.ts';
import type { FieldProblem } from '#contracts/flow.ts';
import { holds } from '#contracts/conditions.ts';
import type { Facts } from '#contracts/conditions.ts';
import type { Field, Move, RecordKind, Words } from '#contracts/pack.ts';
import type { Static } from '#contracts/schema.ts';

export type Data = Readonly<Record<string, unknown>>;
type MoveOf = Static<typeof Move>;

/** Blank answers are no answers; what has a default and was not given takes it. */
export const tidied = (kind: Pick<RecordKind, 'fields'>, data: Data, isNew: boolean): Data => {
  const given = Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
  const defaults = isNew
    ? Object.fromEntries(
        kind.fields.flatMap(({ key, default: usual }) =>
          usual === undefined || key in data ? [] : [[key, usual]],
        ),
      )
    : {};
  return { ...defaults, ...given };
};

/** The weighted mean of what was graded, on 0–100 with one decimal, in the field the kind keeps it in; nobody types it. */
export const scored = (kind: Pick<RecordKind, 'fields' | 'score'>, data: Data): Data => {
  if (!kind.score) return data;
  const { into, weights } = kind.score;
  const { [into]: _typed, ...rest } = data;
  const graded = kind.fields.flatMap(({ key, max }) => {
    const [points, weight] = [data[key], weights[key]];
    return typeof points === 'number' && weight && max ? [{ share: (points / max) * 100, weight }] : [];
  });
  const whole = graded.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return rest;
  const mean = graded.reduce((sum, { share, weight }) => sum + share * weight, 0) / whole;
  return { ...rest, [into]: Math.round(mean * 10) / 10 };
};

/** Of these fields, those that are for others to fill in. */
export const othersFields = (
  kind: Pick<RecordKind, 'fields'>,
  keys: readonly string[],
  { roleKeys, isSystem }: Mover,
): Field[] =>
  isSystem
    ? []
    : kind.fields.filter(
        ({ key, by }) => by && keys.includes(key) && !by.some((role) => roleKeys.includes(role)),
      );

export const dataFaults = (kind: Pick<RecordKind, 'fields'>, data: Data, facts: Facts = {}): FieldProblem[] =>
  faultsOf(kind.fields, data, facts);

export type Mover = { roleKeys: readonly string[]; isSystem: boolean };
/** Why a move is not possible, or undefined when it is. A kind without moves goes anywhere. */
export const moveRefusal = (
  kind: Pick<RecordKind, 'states' | 'moves'>,
  from: string | null,
  to: string,
  facts: Facts,
  mover: Mover,
): Words | undefined => {
  const target = kind.states?.find(({ key }) => key === to);
  if (!target) return { zh: `没有状态“${to}”`, en: `there is no state "${to}"` };
  if (!kind.moves) return undefined;
  const ways = kind.moves.filter((move) => move.to === to && from !== null && move.from.includes(from));
  const was = kind.states?.find(({ key }) => key === from);
  if (ways.length === 0)
    return {
      zh: `不能从“${was?.zh ?? '—'}”变为“${target.zh}”`,
      en: `it cannot go from "${was?.en ?? '—'}" to "${target.en}"`,
    };
  const refusals = ways.map((move) => wayRefusal(move, facts, mover));
  return refusals.includes(undefined) ? undefined : refusals[0];
};
const wayRefusal = (move: MoveOf, facts: Facts, { roleKeys, isSystem }: Mover): Words | undefined => {
  if (move.roles?.length === 0 && !isSystem)
    return {
      zh: `“${move.zh}”由流程完成，不能手工变更；请在待办里办理`,
      en: `"${move.en}" is done by the playbook, not by hand; see what is to do`,
    };
  if (move.roles && !isSystem && !move.roles.some((role) => roleKeys.includes(role)))
    return { zh: `“${move.zh}”需要相应的角色`, en: `"${move.en}" needs one of its roles` };
  return holds(move.if, facts)
    ? undefined
    : (move.refused ?? { zh: `“${move.zh}”的条件还不满足`, en: `"${move.en}" is not possible yet` });
};

/**
 * Why a record may not begin in this state: its maker could not have moved it there with what it says. Nobody registers
 * as approved what somebody else has to approve.
 */
export const beginRefusal = (
  kind: Pick<RecordKind, 'states' | 'moves'>,
  at: string,
  facts: Facts,
  mover: Mover,
): Words | undefined => {
  const first = kind.states?.[0]?.key;
  if (!kind.moves || mover.isSystem || at === first) return undefined;
  const reached = new Set([first]);
  const waiting = [first];
  while (waiting.length > 0) {
    const from = waiting.pop();
    for (const move of kind.moves)
      if (from && move.from.includes(from) && !reached.has(move.to) && !wayRefusal(move, facts, mover)) {
        reached.add(move.to);
        waiting.push(move.to);
      }
  }
  const target = kind.states?.find(({ key }) => key === at);
  return reached.has(at)
    ? undefined
    : {
        zh: `不能一登记就是“${target?.zh ?? at}”`,
        en: `it cannot begin as "${target?.en ?? at}"`,
      };
};

/** Fields that people leave as they are in this state, of those that somebody would change. */
export const fixedFields = (
  kind: Pick<RecordKind, 'fields' | 'fixed'>,
  state: string | null,
  keys: readonly string[],
  { isSystem }: Pick<Mover, 'isSystem'>,
): (RecordKind['fields'][number] & { instead?: { zh: string; en: string } })[] => {
  if (isSystem || state === null) return [];
  const fixed = (kind.fixed ?? []).filter((one) => one.while.includes(state));
  return kind.fields.flatMap((field) => {
    const by = keys.includes(field.key) ? fixed.find(({ fields }) => fields.includes(field.key)) : undefined;
    return by ? [{ ...field, instead: by.refused }] : [];
  });
};

/** Moves a person may make now. */
export const openMoves = (
  kind: Pick<RecordKind, 'states' | 'moves'>,
  from: string | null,
  facts: Facts,
  mover: Mover,
): { to: string; zh: string; en: string }[] =>
  kind.moves
    ? kind.moves
        .filter((move) => from !== null && move.from.includes(from) && !wayRefusal(move, facts, mover))
        .map(({ to, zh, en }) => ({ to, zh, en }))
    : (kind.states ?? []).filter(({ key }) => key !== from).map(({ key, zh, en }) => ({ to: key, zh, en }));

/** What lists call it: `{{ data.x }}`, `{{ customer.name }}` and `{{ number }}` filled in; nothing is evaluated. */
export const titleOf = (
  kind: Pick<RecordKind, 'title' | 'name' | 'fields'>,
  values: { data: Data; customer: string; number: string | null },
): string => {
  const text = kind.title.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => {
    if (name === 'customer.name') return values.customer;
    if (name === 'number') return values.number ?? '';
    const value = values.data[name.replace('data.', '')];
    const { options } = kind.fields.find(({ key }) => `data.${key}` === name) ?? {};
    return (Array.isArray(value) ? value : [value ?? ''])
      .map((one) => options?.find(({ key }) => key === one)?.zh ?? String(one))
      .join('、');
  });
  return text.replace(/\s+/g, ' ').trim().slice(0, 200) || kind.name.zh;
};

/** `138****1234` and the like: the ends stay. */
export const maskedValue = (value: string): string =>
  value.length <= 4
    ? '****'
    : value.length < 8
      ? `${value.slice(0, 1)}****${value.slice(-1)}`
      : `${value.slice(0, 3)}****${value.slice(-4)}`;

/** The number of a record in its series: prefix, the time part, the sequence with at least so many digits. */
export const recordNumber = (
  { prefix, per, digits }: NonNullable<RecordKind['number']>,
  day: string,
  sequence: number,
): string =>
  `${prefix}${per === 'day' ? day : per === 'month' ? day.slice(0, 6) : ''}${String(sequence).padStart(digits, '0')}`;
