/**
 * Personal fields are shown masked to who may not see contact data, on screens and in exported sheets. What is seen is
 * no value: a mask that comes back means "as it was", and a mask of something else is refused, never kept.
 */
import type { Field, RecordKind } from '#contracts/pack.ts';
import { may } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { mask } from '#modules/customers/index.ts';
import type { Data } from './rules.ts';
import { maskedValue } from './rules.ts';

type Kind = Pick<RecordKind, 'fields'>;
export const isPersonal = (field: Field | undefined): boolean =>
  field?.masked ?? (field?.type === 'phone' || field?.type === 'email');
/** Does this reader see the field masked? */
export const isMasked = (actor: Actor, field: Field | undefined): boolean =>
  isPersonal(field) && !may(actor, 'customer.unmask');
/** Fields that a reader may search, filter and count by: never a PIN, whose hash gives four digits away. */
export const askable = ({ fields }: Kind): Field[] => fields.filter(({ type }) => type !== 'pin');
/** So many last characters of a phone stay readable. */
export const shownEnd = 4;
export const maskOf = (field: Field, value: string): string =>
  field.type === 'phone' || field.type === 'email' ? mask(field.type, value) : maskedValue(value);
/** `138****1234`, `z***@example.com`, `****`: forms that only masking makes. */
const looksMasked = (value: string): boolean => /^[^*]{0,4}\*{4}[^*]{0,4}$|^[^*]?\*{3}@/.test(value);

/** What was given, without masks of what is kept. */
export const withoutOwnMasks = <D extends Data>(kind: Kind, given: D, kept: Data): D =>
  Object.fromEntries(
    Object.entries(given).filter(([key, value]) => {
      const field = kind.fields.find((one) => one.key === key);
      const old = kept[key];
      const seen = field && isPersonal(field) && typeof old === 'string' ? maskOf(field, old) : undefined;
      return value !== seen || value === old;
    }),
  ) as D;

/** Refuses, by field, masks that stand for nothing that is known. */
export const refuseMasks = (kind: Kind, given: Data): void => {
  const faults = kind.fields
    .filter((field) => isPersonal(field) && looksMasked(String(given[field.key] ?? '')))
    .map(({ key }) => ({
      pointer: `/data/${key}`,
      code: 'INVALID' as const,
      message: {
        zh: `“${String(given[key])}”是遮盖后的内容，不会写入；请填写完整内容，或删去此列`,
        en: `"${String(given[key])}" is masked and is not kept; give the whole value or leave the column out`,
      },
    }));
  if (faults.length > 0) throw new Problem('VALIDATION', {}, faults);
};
