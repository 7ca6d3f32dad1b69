/** A policy in one sentence: where, who, within what time, what, and in which kind of time. */
import { labels } from '#contracts/words.ts';
import { lengthText } from '#modules/calendar/index.ts';
import { fill } from '#contracts/errors.ts';
import type { Locale } from '#contracts/errors.ts';
import type { Policy, PolicyScope } from './rules.ts';
import { deeds, intents, sentences } from './texts.ts';

/** Names of things the table knows by id or key only; the key itself stands in when a name is missing. */
export type ScopeNames = { categories?: Record<string, string>; groups?: Record<string, string> };

/** The row as a promise to a customer, who knows where they are and need not know who owes it; empty where there is none. */
export function promise(policy: Policy, locale: Locale): string {
  if (policy.value === null) return '';
  const text = sentences[locale];
  const { who, deed } = deeds[policy.kind][locale];
  const said = fill(text.promise, { who, deed, length: lengthOf(policy, locale) });
  // The clock on the wall goes without saying, and a working day says it itself.
  const unit = policy.unit !== 'business' ? '' : fill(text.inUnit, { unit: unitOf(policy, locale) });
  return said[0]!.toUpperCase() + said.slice(1) + unit;
}

const isDays = ({ unit }: Policy) => unit === 'businessDays';
const lengthOf = (policy: Policy, locale: Locale): string => {
  const text = sentences[locale];
  return isDays(policy)
    ? fill(policy.value === 1 ? text.day : text.days, { count: policy.value! })
    : lengthText(policy.value!, locale);
};
const unitOf = (policy: Policy, locale: Locale): string =>
  label('clockUnit', isDays(policy) ? 'business' : policy.unit, locale);

export function sentence(policy: Policy, locale: Locale, names: ScopeNames = {}): string {
  const text = sentences[locale];
  const { who, deed } = deeds[policy.kind][locale];
  const where = whereText(policy.scope, locale, names);
  if (policy.value === null) return fill(text.none, { where, who, deed });
  const length = lengthOf(policy, locale);
  return fill(text.target, { where, who, deed, length, unit: unitOf(policy, locale) });
}

function whereText(scope: PolicyScope, locale: Locale, names: ScopeNames): string {
  const text = sentences[locale];
  const parts = (['channel', 'category', 'priority', 'customerLevel', 'groupId', 'intent'] as const)
    .filter((key) => scope[key] !== undefined)
    .map((key) => fill(text[key], { value: valueText(key, scope[key]!, locale, names) }));
  return parts.join(text.joint) || text.anywhere;
}

function valueText(key: keyof PolicyScope, value: string, locale: Locale, names: ScopeNames): string {
  switch (key) {
    case 'channel':
      return label('channelKind', value, locale);
    case 'priority':
      return label('priority', value, locale);
    case 'customerLevel':
      return label('customerLevel', value, locale);
    case 'category':
      return names.categories?.[value] ?? value;
    case 'groupId':
      return names.groups?.[value] ?? value;
    case 'intent':
      return intents[value]?.[locale] ?? value;
  }
}

const label = (list: string, word: string, locale: Locale): string =>
  labels[list]?.[word]?.[locale === 'en' ? 'en' : 'zh'] ?? word;
