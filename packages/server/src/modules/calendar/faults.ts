/** What is wrong with a calendar, as a refusal that names each place in both languages. */
import { Problem } from '#kernel/problem.ts';
import { faultTexts, importFaultTexts, refusalTexts } from './texts.ts';
import type { ImportFault } from './holidays.ts';
import type { CalendarSpec } from './spec.ts';
import { validate } from './validate.ts';
import type { Refusal } from './rules.ts';

const said = (text: { 'zh-CN': string; en: string }): { zh: string; en: string } => ({
  zh: text['zh-CN'],
  en: text.en,
});

/** Refuses a calendar that cannot be counted with. */
export const demandValid = (spec: CalendarSpec): void => {
  const faults = validate(spec);
  if (faults.length === 0) return;
  throw new Problem(
    'CALENDAR_INVALID',
    {},
    faults
      .slice(0, 50)
      .map(({ pointer, code }) => ({ pointer, code: 'INVALID', message: said(faultTexts[code]) })),
  );
};

export const importProblem = (faults: readonly ImportFault[]): Problem =>
  new Problem(
    'CALENDAR_INVALID',
    {},
    faults
      .slice(0, 50)
      .map(({ pointer, code }) => ({ pointer, code: 'INVALID', message: said(importFaultTexts[code]) })),
  );

/** Where a question of arithmetic goes wrong. */
const places: Record<Refusal['refusal'], string> = {
  TARGET_NOT_POSITIVE: '/add',
  AMOUNT_NOT_ONE: '/add',
  TARGET_TOO_LARGE: '/add',
  PAUSE_BACKWARDS: '/pauses',
  RANGE_BACKWARDS: '/to',
  INSTANT_INVALID: '/from',
};
export const refusalProblem = ({ refusal }: Refusal): Problem =>
  new Problem(refusal === 'TARGET_NOT_POSITIVE' ? refusal : 'VALIDATION', {}, [
    { pointer: places[refusal], code: 'INVALID', message: said(refusalTexts[refusal]) },
  ]);
