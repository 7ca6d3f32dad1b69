/** What a `change` step may make of a ticket, and what is wrong with one. */
import type { Step } from './pack.ts';
import { fault } from './pack-faults.ts';
import type { Faults } from './pack-faults.ts';
import { meantBy } from './pack-facts.ts';
import { impacts, priorities, urgencies } from './words.ts';

/** Fields by name, with what they may be where that is fixed. */
export const changeable: Readonly<Record<string, readonly (string | boolean)[] | null>> = {
  category: null,
  urgency: urgencies,
  impact: impacts,
  priority: priorities,
  product: null,
  emergency: [true],
};

export const changeFaults = (step: Step, at: string): Faults => {
  if (step.kind !== 'change') return [];
  const { zh, en } = step.name;
  const names = Object.keys(changeable);
  const entries = Object.entries(step.set ?? {});
  if (entries.length === 0)
    return [
      fault(
        at,
        `步骤“${zh}”没有写明改工单的什么（set），可改：${names.join('、')}`,
        `the step "${en}" does not say what of the ticket it changes (set); there are: ${names.join(', ')}`,
      ),
    ];
  return entries.flatMap(([field, value]) => {
    const allowed = changeable[field];
    const place = `${at}/set/${field}`;
    if (allowed === undefined) {
      const meant = meantBy(field, names);
      return [
        fault(
          place,
          `步骤“${zh}”不能改工单的“${field}”${meant ? `，是不是“${meant}”？` : `，可改：${names.join('、')}`}`,
          `the step "${en}" cannot change "${field}" of a ticket${meant ? `; did you mean "${meant}"?` : `; there are: ${names.join(', ')}`}`,
        ),
      ];
    }
    // `{answers.x.y}` is known only when the step is reached.
    const copied = typeof value === 'string' && /^\{[^{}]+\}$/.test(value);
    if (copied || allowed === null || allowed.includes(value as string)) return [];
    return [
      fault(
        place,
        `步骤“${zh}”把“${field}”改为“${String(value)}”，没有这个取值，可用：${allowed.join('、')}`,
        `the step "${en}" sets "${field}" to "${String(value)}", which it can never be; there are: ${allowed.join(', ')}`,
      ),
    ];
  });
};
