/**
 * One table of time targets for every promise: which row rules a case is decided here, in one way for all kinds.
 * The most specific scope wins; among equally specific rows the stricter one (the conflicts C1–C25 rest on this).
 */
import type { ChannelKind, CustomerLevel, DeadlineKind, Priority } from '#contracts/words.ts';

/** What a row is limited to; a key left out means any. A category also means everything below it in the tree. */
export type PolicyScope = {
  channel?: ChannelKind;
  /** Path in the category tree, for example `tech` or `tech.fault`. */
  category?: string;
  priority?: Priority;
  customerLevel?: CustomerLevel;
  groupId?: string;
  intent?: string;
};

/** What is known of a case; the same keys as a scope. */
export type Facts = PolicyScope;

/** Who is told when a clock is late, counted from the breach in the clock's own unit. */
export type LadderStep = {
  afterMinutes: number;
  /** `owner` has the case a step belongs to. */ notify:
    | 'assignee'
    | 'owner'
    | 'lead'
    | 'supervisor'
    | 'manager';
  raiseLevel?: boolean;
};

export type Policy = {
  id: string;
  kind: DeadlineKind;
  scope: PolicyScope;
  /** Minutes, or business days with the unit `businessDays`; seconds are fractions. Null: no target, shown "—", never breached (SD1-17). */
  value: number | null;
  unit: 'wall' | 'business' | 'businessDays';
  /** Left out: the calendar of the channel, else the centre's. */
  calendarId?: string | null;
  /** Share of the target after which a warning is due; `defaultWarnAt` when left out, 1 for no warning. */
  warnAt?: number;
  ladder?: LadderStep[];
  /** Rows of the requirements the value comes from. */
  source?: string[];
};

/** A published table; tickets keep the version they started under (SD4-27). */
export type PolicySet = { version: number; effectiveFrom: number; items: Policy[] };

export type PolicyFault = {
  pointer: string;
  code:
    | 'TARGET_NOT_POSITIVE'
    | 'WARN_OUT_OF_RANGE'
    | 'LADDER_NEGATIVE'
    | 'LADDER_UNORDERED'
    | 'CALENDAR_UNKNOWN'
    | 'GROUP_UNKNOWN';
};

export const defaultWarnAt = 0.8;

/** Mail is owed its first reply by its channel and, once classified, by its priority's response: both are weighed (C15). */
const weighedWith: Partial<Record<DeadlineKind, DeadlineKind>> = { first_reply: 'respond' };

type PickOptions = {
  /** Exact strictness: the due instant (epoch ms) the row would give now. */
  dueOf?: (policy: Policy) => number;
  /** Used without `dueOf` to compare business days with minutes. */
  minutesPerBusinessDay?: number;
};

/** The row that rules a kind of promise for a case, or undefined when none applies. Its value may be null: no target. */
export function pick(
  policies: readonly Policy[],
  kind: DeadlineKind,
  facts: Facts,
  options: PickOptions = {},
): Policy | undefined {
  const own = pickOwn(policies, kind, facts, options);
  const other = weighedWith[kind];
  if (!own || !other) return own;
  const weighed = pickOwn(policies, other, facts, options);
  return weighed ? stricter(own, weighed, options) : own;
}

/** The table in force at an instant, or undefined before the first. */
export function inForce(sets: readonly PolicySet[], at: number): PolicySet | undefined {
  return sets
    .filter(({ effectiveFrom }) => effectiveFrom <= at)
    .toSorted((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version)
    .at(-1);
}

/** What a clock counts: minutes of real or of business time; null when the row sets no target. */
export function targetOf(
  policy: Policy,
  minutesPerBusinessDay: number,
): { unit: 'wall' | 'business'; minutes: number } | null {
  if (policy.value === null) return null;
  if (policy.unit === 'businessDays')
    return { unit: 'business', minutes: policy.value * minutesPerBusinessDay };
  return { unit: policy.unit, minutes: policy.value };
}

/** Faults of a table, all at once; a target of zero is refused, an empty one is allowed. */
export function validatePolicies(
  policies: readonly Pick<Policy, 'value' | 'warnAt' | 'ladder'>[],
): PolicyFault[] {
  const faults: PolicyFault[] = [];
  for (const [index, { value, warnAt, ladder }] of policies.entries()) {
    const report = (path: string, code: PolicyFault['code']): void =>
      void faults.push({ pointer: `/${index}${path}`, code });
    if (value !== null && !(value > 0 && Number.isFinite(value))) report('/value', 'TARGET_NOT_POSITIVE');
    if (warnAt !== undefined && !(warnAt > 0 && warnAt <= 1)) report('/warnAt', 'WARN_OUT_OF_RANGE');
    for (const [step, { afterMinutes }] of (ladder ?? []).entries()) {
      if (!(afterMinutes >= 0)) report(`/ladder/${step}`, 'LADDER_NEGATIVE');
      else if (step > 0 && afterMinutes < ladder![step - 1]!.afterMinutes)
        report(`/ladder/${step}`, 'LADDER_UNORDERED');
    }
  }
  return faults;
}

function pickOwn(
  policies: readonly Policy[],
  kind: DeadlineKind,
  facts: Facts,
  options: PickOptions,
): Policy | undefined {
  const matching = policies.filter((policy) => policy.kind === kind && matches(policy.scope, facts));
  const keys = Math.max(...matching.map(({ scope }) => keysOf(scope).length));
  const specific = matching.filter(({ scope }) => keysOf(scope).length === keys);
  const closest = specific.filter(({ scope }) => !specific.some((other) => isDeeper(other.scope, scope)));
  return closest.reduce<Policy | undefined>(
    (best, policy) => (best ? stricter(best, policy, options) : policy),
    undefined,
  );
}

const keysOf = (scope: PolicyScope): (keyof PolicyScope)[] =>
  (Object.keys(scope) as (keyof PolicyScope)[]).filter((key) => scope[key] !== undefined);

function matches(scope: PolicyScope, facts: Facts): boolean {
  return keysOf(scope).every((key) =>
    key === 'category' ? isUnder(facts.category, scope.category!) : facts[key] === scope[key],
  );
}

const isUnder = (category: string | undefined, ancestor: string): boolean =>
  category !== undefined && (category === ancestor || category.startsWith(`${ancestor}.`));

/** Same scope but for a category further down the tree. */
function isDeeper(scope: PolicyScope, than: PolicyScope): boolean {
  if (
    scope.category === than.category ||
    than.category === undefined ||
    !isUnder(scope.category, than.category)
  )
    return false;
  return keysOf(than).every((key) => key === 'category' || scope[key] === than[key]);
}

function stricter(a: Policy, b: Policy, { dueOf, minutesPerBusinessDay = 480 }: PickOptions): Policy {
  const weigh = ({ value, unit }: Policy): number => {
    if (value === null) return Infinity;
    return unit === 'businessDays' ? value * minutesPerBusinessDay : value;
  };
  const measure = (policy: Policy): number =>
    policy.value !== null && dueOf ? dueOf(policy) : weigh(policy);
  const [first, second] = [measure(a), measure(b)];
  if (first !== second) return first < second ? a : b;
  // The same length in real time ends no later than in business time.
  return a.unit !== 'wall' && b.unit === 'wall' ? b : a;
}
