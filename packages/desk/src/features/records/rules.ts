/** What the record screens know before the server is asked: fields shown, what is missing, what is sent, which moves. Pure. */
import { factAt, holds, type Facts } from '#contracts/conditions.ts';
import { faultsOf, isRequired, isShown, type FieldProblem } from '#contracts/flow.ts';
import type { Field, RecordKind, Words } from '#contracts/pack.ts';
import type { RecordView } from '#contracts/routes/records.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import type { Tone } from '#ui/tag.tsx';

export type Data = Readonly<Record<string, unknown>>;

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The fields to be seen while this is filled, and which of them must be: not what is counted, nor what others fill in, nor what stays as it is in this state or while it is being approved. */
export const shownFields = (
  kind: Pick<RecordKind, 'fields' | 'score' | 'fixed'>,
  data: Data,
  roles?: readonly string[],
  state: string | null = null,
  held: readonly string[] = [],
): Array<{ field: Field; required: boolean }> =>
  kind.fields
    .filter(
      (field) =>
        isShown(field, { data }) &&
        field.key !== kind.score?.into &&
        !held.includes(field.key) &&
        !kind.fixed?.some(
          (one) => state !== null && one.while.includes(state) && one.fields.includes(field.key),
        ) &&
        (!roles || !field.by || field.by.some((role) => roles.includes(role))),
    )
    .map((field) => ({ field, required: isRequired(field, { data }) }));

/** A new record: no blanks, and nothing that is not shown. */
export const sentOf = (kind: Pick<RecordKind, 'fields'>, data: Data): Answers =>
  Object.fromEntries(
    shownFields(kind, data).flatMap(({ field: { key } }) =>
      isBlank(data[key]) ? [] : [[key, data[key] as Answers[string]]],
    ),
  );

/** A changed record: only what was touched, so that a masked number is not written back; emptied is null. */
export const changesOf = (kind: Pick<RecordKind, 'fields'>, before: Data, data: Data): Answers =>
  Object.fromEntries(
    kind.fields.flatMap(({ key }) => {
      const [was, is] = [before[key], data[key]];
      if (isBlank(was) && isBlank(is)) return [];
      if (JSON.stringify(was) === JSON.stringify(is)) return [];
      return [[key, isBlank(is) ? null : (is as Answers[string])]];
    }),
  );

/** What is missing or wrong; a value that stands as it was is the server's own. */
export const faultsIn = (kind: Pick<RecordKind, 'fields'>, data: Data, before: Data = {}): FieldProblem[] =>
  faultsOf(kind.fields, sentOf(kind, data)).filter(
    ({ key, code }) => code === 'REQUIRED' || JSON.stringify(before[key]) !== JSON.stringify(data[key]),
  );

/** Values a form begins with: its defaults, and what is known of the customer and the ticket it is about. */
export const startOf = (kind: Pick<RecordKind, 'fields'>, facts: Facts): Record<string, unknown> =>
  Object.fromEntries(
    kind.fields.flatMap(({ key, from, default: usual }) => {
      const known = from && !from.startsWith('data.') ? factAt(facts, from) : undefined;
      const value = isBlank(known) ? usual : known;
      return isBlank(value) ? [] : [[key, value]];
    }),
  );

type Mover = { roles: readonly string[] };
export type OfferedMove = {
  to: string;
  words: Words;
  /** Why not now: in words of the kind, or `role` or `condition` where it has none. */
  refused: Words | 'role' | 'condition' | null;
};
/** Every way out of the state the record is in; those that are not open now say why. */
export function offeredMoves(
  kind: Pick<RecordKind, 'moves'>,
  record: Pick<RecordView, 'state' | 'number' | 'data' | 'moves'>,
  { roles }: Mover,
): OfferedMove[] {
  const open = record.moves.map(({ to, zh, en }): OfferedMove => ({ to, words: { zh, en }, refused: null }));
  const { state, number, data } = record;
  const closed = (kind.moves ?? [])
    .filter(
      ({ from, to, zh }) =>
        state !== null && from.includes(state) && !open.some((one) => one.to === to && one.words.zh === zh),
    )
    .map((move): OfferedMove => {
      const lacksRole = move.roles !== undefined && !move.roles.some((role) => roles.includes(role));
      const isHeld = holds(move.if, { data, record: { state, number } });
      const refused = lacksRole ? 'role' : isHeld ? null : (move.refused ?? 'condition');
      return { to: move.to, words: { zh: move.zh, en: move.en }, refused: refused ?? 'condition' };
    });
  return [...open, ...closed];
}

export type FieldGroup = { title: Words | null; fields: Field[] };
/** Fields under the headings of the paper form; what is on no paper comes last. */
export function fieldGroups(kind: Pick<RecordKind, 'fields' | 'print'>): FieldGroup[] {
  const byKey = new Map(kind.fields.map((field) => [field.key, field]));
  const printed = (kind.print ?? []).map(({ zh, en, fields }) => ({
    title: { zh, en },
    fields: fields.flatMap((key) => byKey.get(key) ?? []),
  }));
  const placed = new Set(printed.flatMap(({ fields }) => fields.map(({ key }) => key)));
  const rest = kind.fields.filter(({ key }) => !placed.has(key));
  return [...printed, ...(rest.length > 0 ? [{ title: null, fields: rest }] : [])];
}

const named = (
  kind: Pick<RecordKind, 'fields'>,
  keys: readonly string[] | undefined,
  most: number,
): Field[] =>
  keys
    ? keys.flatMap((key) => kind.fields.find((field) => field.key === key) ?? [])
    : kind.fields.filter(({ type }) => type !== 'long' && type !== 'file').slice(0, most);
export const listFields = (kind: Pick<RecordKind, 'fields' | 'list'>): Field[] => named(kind, kind.list, 5);
export const cardFields = (kind: Pick<RecordKind, 'fields' | 'card' | 'list'>): Field[] =>
  named(kind, kind.card ?? kind.list, 3);

const tones: Record<string, Tone> = { active: 'accent', good: 'ok', bad: 'late', neutral: 'neutral' };
export const toneOf = (kind: Pick<RecordKind, 'states'> | undefined, state: string | null): Tone =>
  tones[kind?.states?.find(({ key }) => key === state)?.tone ?? 'neutral'] ?? 'neutral';

/** Fields a summary may count by, and those it may add up. */
export const countable = (kind: Pick<RecordKind, 'fields'>): Field[] =>
  kind.fields.filter(({ type }) =>
    ['choice', 'choices', 'yes', 'text', 'staff', 'record', 'date'].includes(type),
  );
export const addable = (kind: Pick<RecordKind, 'fields'>): Field[] =>
  kind.fields.filter(({ type }) => type === 'number' || type === 'money');
