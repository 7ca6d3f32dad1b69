/**
 * How a run moves through a pack, pure: the server runs on it, the dry run in the browser too.
 *
 *   reached ──▶ (passed over) ──▶ next …           a step whose `if` does not hold
 *   reached ──▶ open ──▶ done / skipped ──▶ next …  `choices`, then `next`, then the step below, else the end
 *   fork: several next at once; joins: reached only when all of them are done
 */
import { factAt, holds, readCondition } from './conditions.ts';
import type { Condition, Facts } from './conditions.ts';
import { countedAs, readDuration, wallMs } from './durations.ts';
import type { Field, Pack, Step, Words } from './pack.ts';

export const theEnd = 'end';
type Flow = Pick<Pack, 'steps'>;

export const stepOf = ({ steps }: Flow, key: string): Step | undefined =>
  steps.find((step) => step.key === key);
/** Where a run begins. */
/** Who may pass over an open step: an approval is decided or handed over, never passed over (SD3i-09). */
export const skipRule = ({ kind, skip }: Pick<Step, 'kind' | 'skip'>): NonNullable<Step['skip']> =>
  kind === 'approve' ? 'never' : (skip ?? 'supervisor');

export const firstStep = ({ steps }: Flow): string => steps[0]!.key;

/** Every step that may follow, whatever the facts: the arrows of the drawing. */
export const arrows = ({ steps }: Flow, step: Step): string[] => {
  if (step.kind === 'end') return [];
  const below = steps[steps.indexOf(step) + 1]?.key ?? theEnd;
  const chosen = (step.choices ?? []).flatMap(({ to }) => (to ? [to] : []));
  const open = (step.choices ?? []).some(({ to }) => !to);
  const listed = typeof step.next === 'string' ? [step.next] : (step.next?.map(({ to }) => to) ?? []);
  const sure = typeof step.next === 'string' || step.next?.some((way) => !way.if);
  // A call may end without the customer, and then goes on as if it had no choices.
  const usual = step.kind !== 'call' && step.choices && !open ? [] : [...listed, ...(sure ? [] : [below])];
  return [
    ...new Set([
      ...(step.fork ?? [...chosen, ...usual]),
      ...(step.rejectTo ? [step.rejectTo] : []),
      ...(step.timeoutTo ? [step.timeoutTo] : []),
    ]),
  ];
};

/** Where the run goes once a step is over with this outcome. `facts.answers` already holds what was answered. */
export const nextOf = (flow: Flow, step: Step, outcome: string | null, facts: Facts): string[] => {
  if (step.kind === 'end') return [];
  if (outcome === 'rejected' && step.rejectTo) return [step.rejectTo];
  if (outcome === 'timeout' && step.timeoutTo) return [step.timeoutTo];
  const chosen = step.choices?.find(({ key }) => key === outcome)?.to;
  if (chosen) return [chosen];
  if (step.fork) return step.fork;
  if (typeof step.next === 'string') return [step.next];
  const way = step.next?.find((candidate) => holds(candidate.if, facts));
  return [way?.to ?? flow.steps[flow.steps.indexOf(step) + 1]?.key ?? theEnd];
};

/** Whether the run stops here at all. */
export const isMet = (step: Step, facts: Facts): boolean => holds(step.if, facts);

/**
 * Fields of the run's record that decide whether this approval is asked for, or another beside it: a limit on a sum.
 * While the approval is open people leave them as they are, or it would be given to something else (SD0-23).
 */
export const decidingFields = ({ steps }: Flow, approval: Step): string[] => {
  const asked = [
    approval.if,
    ...steps
      .map(({ next }) => (Array.isArray(next) ? next : []))
      .filter((ways) => ways.some(({ to }) => to === approval.key))
      .flatMap((ways) => ways.map((way) => way.if)),
  ];
  const paths = asked.flatMap((condition) => (condition ? readCondition(condition).paths : []));
  return [
    ...new Set(
      paths.flatMap((path) => {
        const [root, first, second] = path.split('.');
        if (root !== 'record' || !first) return [];
        return [(first === 'data' || first === 'until') && second ? second : first];
      }),
    ),
  ];
};

/** The steps a joining step still waits for. */
export const awaited = (step: Step, over: ReadonlySet<string>): string[] =>
  (step.joins ?? []).filter((key) => !over.has(key));

export type Limit =
  | { kind: 'target'; unit: 'wall' | 'business' | 'businessDays'; value: number; from: number | null }
  | { kind: 'instant'; at: number }
  | null;

const instantAt = (facts: Facts, path: string): number | null => {
  const value = factAt(facts, path);
  // A day begins at midnight in the centre's zone.
  const at =
    typeof value === 'string'
      ? Date.parse(value.length === 10 ? `${value}T00:00:00+08:00` : value)
      : typeof value === 'number'
        ? value
        : NaN;
  return Number.isNaN(at) ? null : at;
};
const shifted = (at: number, minus?: string, plus?: string): number =>
  at - (minus ? (wallMs(readDuration(minus)!) ?? 0) : 0) + (plus ? (wallMs(readDuration(plus)!) ?? 0) : 0);

const dayMs = 86_400_000;
/** The first instant after `now` at which the clock of the centre's zone, UTC+8 all year, shows `14:00`. */
const nextTime = (text: string, now: number | null): number | null => {
  if (now === null) return null;
  const [hour, minute] = text.split(':').map(Number) as [number, number];
  const today =
    Math.floor((now + 8 * 3_600_000) / dayMs) * dayMs - 8 * 3_600_000 + (hour * 60 + minute) * 60_000;
  return today > now ? today : today + dayMs;
};

/** An instant of the facts, or the next time of day, moved by a length; null while the fact is not there. */
export const instantOf = (
  { at, next, minus, plus }: { at?: string; next?: string; minus?: string; plus?: string },
  facts: Facts,
): number | null => {
  const instant = at ? instantAt(facts, at) : next ? nextTime(next, instantAt(facts, 'run.now')) : null;
  return instant === null ? null : shifted(instant, minus, plus);
};

/** The clock of a step: how long and from when, or the instant it is due. Null: none. */
export const limitOf = (step: Pick<Step, 'due' | 'within' | 'per' | 'from'>, facts: Facts): Limit => {
  if (step.due) {
    const at = instantOf(step.due, facts);
    if (at !== null) return { kind: 'instant', at };
  }
  const duration = step.within ? readDuration(step.within) : undefined;
  if (!duration) return null;
  const counted = countedAs(duration);
  const times = step.per
    ? Math.max(1, Math.ceil(Number(factAt(facts, step.per.of) ?? 1) / step.per.each))
    : 1;
  return {
    kind: 'target',
    unit: counted.unit,
    value: counted.value * times,
    from: step.from ? instantAt(facts, step.from) : null,
  };
};

export const isRequired = (field: Field, facts: Facts): boolean =>
  typeof field.required === 'object' ? holds(field.required as Condition, facts) : field.required === true;
export const isShown = (field: Field, facts: Facts): boolean => holds(field.showIf, facts);

export type FieldProblem = {
  key: string;
  code: 'REQUIRED' | 'WRONG_TYPE' | 'NOT_LISTED' | 'OUT_OF_RANGE' | 'WRONG_FORMAT' | 'UNKNOWN_FIELD';
  values?: Record<string, unknown>;
};
const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const numeric = ['number', 'money'];
const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A pin as it is kept. */
export const sealedPin = (value: string): boolean => value.startsWith('argon2id$');

const faultOf = (field: Field, value: unknown): FieldProblem | undefined => {
  const fault = (code: FieldProblem['code'], values?: Record<string, unknown>) => ({
    key: field.key,
    code,
    values,
  });
  const allowed = (field.options ?? []).map(({ key }) => key);
  if (numeric.includes(field.type)) {
    if (typeof value !== 'number') return fault('WRONG_TYPE', { expected: 'number' });
    if (field.min !== undefined && value < field.min)
      return fault('OUT_OF_RANGE', { limit: `≥ ${field.min}` });
    if (field.max !== undefined && value > field.max)
      return fault('OUT_OF_RANGE', { limit: `≤ ${field.max}` });
    return undefined;
  }
  if (field.type === 'yes')
    return typeof value === 'boolean' ? undefined : fault('WRONG_TYPE', { expected: 'boolean' });
  if (field.type === 'choices')
    return Array.isArray(value) && value.every((one) => allowed.includes(one as string))
      ? undefined
      : fault('NOT_LISTED', { allowed: allowed.join(', ') });
  if (typeof value !== 'string') return fault('WRONG_TYPE', { expected: 'string' });
  if (field.type === 'choice' && !allowed.includes(value))
    return fault('NOT_LISTED', { allowed: allowed.join(', ') });
  if (field.type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(value))
    return fault('WRONG_FORMAT', { expected: 'YYYY-MM-DD' });
  if (field.type === 'instant' && Number.isNaN(Date.parse(value)))
    return fault('WRONG_FORMAT', { expected: 'RFC 3339' });
  if (field.type === 'pin' && !/^[0-9]{4,8}$/.test(value) && !sealedPin(value))
    return fault('WRONG_FORMAT', { expected: '4–8 digits' });
  if (field.type === 'email' && !mail.test(value)) return fault('WRONG_FORMAT', { expected: 'name@host' });
  if (field.pattern && !new RegExp(field.pattern, 'u').test(value))
    return fault('WRONG_FORMAT', { expected: field.pattern });
  return undefined;
};

/** What is wrong with answers to these fields; a field that is not shown is neither required nor looked at. */
export const faultsOf = (
  fields: readonly Field[],
  answers: Readonly<Record<string, unknown>>,
  facts: Facts = {},
): FieldProblem[] => {
  const all = { ...facts, data: { ...(facts.data as object), ...answers } };
  const known = new Set(fields.map(({ key }) => key));
  return [
    ...fields.flatMap((field): FieldProblem[] => {
      const value = answers[field.key];
      if (isBlank(value))
        return isShown(field, all) && isRequired(field, all) ? [{ key: field.key, code: 'REQUIRED' }] : [];
      const fault = faultOf(field, value);
      return fault ? [fault] : [];
    }),
    ...Object.keys(answers)
      .filter((key) => !known.has(key))
      .map((key): FieldProblem => ({ key, code: 'UNKNOWN_FIELD' })),
  ];
};

/** A step's outcomes as a person may choose them. */
export const outcomesOf = (step: Step): { key: string; words: Words }[] =>
  (step.choices ?? []).map(({ key, zh, en }) => ({ key, words: { zh, en } }));
