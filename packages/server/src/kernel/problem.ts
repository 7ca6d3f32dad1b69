/** A refusal that people are told about: a code of the catalogue, its values, and the fields at fault. */
import { errors, errorText, fieldErrors, fill } from '#contracts/errors.ts';
import type { ErrorCode, FieldErrorCode, Locale, ProblemBody } from '#contracts/errors.ts';

export type FieldFault = {
  pointer: string;
  code: FieldErrorCode;
  values?: Record<string, unknown>;
  message?: { zh: string; en: string };
};

/** Words of both languages as the log says them. */
const inEnglish = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value && typeof value === 'object' && 'en' in value ? value.en : value,
    ]),
  );

export class Problem extends Error {
  readonly code: ErrorCode;
  readonly values: Record<string, unknown>;
  readonly faults: FieldFault[];
  constructor(code: ErrorCode, values: Record<string, unknown> = {}, faults: FieldFault[] = []) {
    super(`${code} ${errorText(code, 'en', inEnglish(values)).detail}`);
    this.code = code;
    this.values = values;
    this.faults = faults;
  }
  get status(): number {
    return errors[this.code].status;
  }
}

/** 404 for "not there" and "not yours" alike. */
export const notFound = () => new Problem('NOT_FOUND');

/** One faulty field as a 422. */
export const faulty = (pointer: string, code: FieldErrorCode, values: Record<string, unknown> = {}) =>
  new Problem('VALIDATION', {}, [{ pointer, code, values }]);

/** The RFC 9457 body. Values that are words of both languages are given as `{zh, en}`. */
export const problemBody = (problem: Problem, locale: Locale, requestId: string): ProblemBody => {
  const pick = (value: unknown) =>
    value && typeof value === 'object' && 'zh' in value && 'en' in value
      ? locale === 'en'
        ? value.en
        : value.zh
      : value;
  const picked = (given: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, pick(value)]));
  const values = picked(problem.values);
  const { title, detail } = errorText(problem.code, locale, values);
  const body: ProblemBody = {
    type: `/docs/errors#${problem.code}`,
    title,
    status: problem.status,
    code: problem.code,
    detail,
    requestId,
  };
  if (problem.faults.length > 0)
    body.errors = problem.faults.map(({ pointer, code, values: faultValues, message }) => ({
      pointer,
      code,
      message: message
        ? locale === 'en'
          ? message.en
          : message.zh
        : fill(fieldErrors[code][locale === 'en' ? 'en' : 'zh'], picked(faultValues ?? {})),
    }));
  return body;
};
