/** What the step panel knows before the server is asked: which fields are shown, what is missing, what is sent. Pure. */
import { faultsOf, isRequired, isShown, type FieldProblem } from '#contracts/flow.ts';
import type { Field } from '#contracts/pack.ts';
import type { OpenStep, RunView } from '#contracts/routes/playbooks.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import { callOutcomes } from '#contracts/words.ts';

/** As typed: what the step asks, and the form it brings. Names are those of the server’s pointers. */
export type Filled = { answers?: Record<string, unknown>; record?: Record<string, unknown> };
export type Part = keyof Filled;

export const fieldsOf = (open: OpenStep, part: Part): readonly Field[] =>
  part === 'answers' ? open.fields : (open.form?.fields ?? []);
const factsOf = (open: OpenStep, part: Part, filled: Filled) => ({ ...open.facts, data: filled[part] ?? {} });

/** The fields that are to be seen while this is filled, and which of them must be. */
export const shownFields = (
  open: OpenStep,
  part: Part,
  filled: Filled,
): Array<{ field: Field; required: boolean }> => {
  const facts = factsOf(open, part, filled);
  return fieldsOf(open, part)
    .filter((field) => isShown(field, facts))
    .map((field) => ({ field, required: isRequired(field, facts) }));
};

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What is sent of one part: no blanks, and nothing that is not shown. */
export const answersOf = (open: OpenStep, part: Part, filled: Filled): Answers =>
  Object.fromEntries(
    shownFields(open, part, filled).flatMap(({ field }) => {
      const value = filled[part]?.[field.key];
      return isBlank(value) ? [] : [[field.key, value as Answers[string]]];
    }),
  );

/** What is missing or wrong, by part. */
export const faultsIn = (open: OpenStep, filled: Filled): Array<FieldProblem & { part: Part }> =>
  (['answers', 'record'] as const).flatMap((part) =>
    faultsOf(fieldsOf(open, part), answersOf(open, part, filled), factsOf(open, part, filled)).map(
      (fault) => ({ ...fault, part }),
    ),
  );

/** Values the fields begin with; a draft of this device lies over them. */
export const startOf = (open: OpenStep): Filled => {
  const of = (part: Part) =>
    Object.fromEntries(
      fieldsOf(open, part).flatMap(({ key }) => (key in open.values ? [[key, open.values[key]]] : [])),
    );
  return { answers: of('answers'), record: of('record') };
};
export const readDraft = (text: string): Filled | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Filled) : undefined;
  } catch {
    return undefined;
  }
};
export const withDraft = (start: Filled, draft: Filled | undefined): Filled => ({
  answers: { ...start.answers, ...draft?.answers },
  record: { ...start.record, ...draft?.record },
});

/** How a step is finished: one button, a choice, an outcome of a call, or a decision. */
export type Ending = 'done' | 'choice' | 'call' | 'approval';
export const endingOf = ({ task, step }: Pick<OpenStep, 'task' | 'step'>): Ending => {
  if (task.kind === 'approval') return 'approval';
  if (task.kind === 'callback' || step.kind === 'call') return 'call';
  return step.choices ? 'choice' : 'done';
};

/** Outcomes of a call that count as an attempt: it is tried again. */
export const attempts = ['no_answer', 'busy'] as const;
/** What a call may end with besides having reached the customer. */
export const unreached = callOutcomes.filter((one) => one !== 'reached');

/** The step that is expanded: the one asked for, else the first that I may work on, else the first. */
export function foremost(
  runs: readonly RunView[],
  wanted: string | null,
  mine: (open: OpenStep) => boolean,
): { run: RunView; open: OpenStep } | undefined {
  const all = runs.flatMap((run) => run.open.map((open) => ({ run, open })));
  return all.find(({ open }) => open.task.id === wanted) ?? all.find(({ open }) => mine(open)) ?? all[0];
}

/** May this one skip it? The server decides again. */
export const maySkip = ({ step, task }: Pick<OpenStep, 'step' | 'task'>, supervises: boolean): boolean =>
  task.kind !== 'approval' && (step.skip === 'anyone' || (step.skip !== 'never' && supervises));
