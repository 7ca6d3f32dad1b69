import { Form } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { completeStep, tickAction, type OpenStep, type RunView } from '#contracts/routes/playbooks.ts';
import { approve, attemptTask, reject } from '#contracts/routes/tasks.ts';
import { markFields } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { useDraft } from '#ui/stored.ts';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useSaid } from '../../words.ts';
import { doWork, useAct } from '../tasks/work.ts';
import {
  answersOf,
  attempts,
  endingOf,
  faultsIn,
  readDraft,
  startOf,
  withDraft,
  type Filled,
} from './rules.ts';

export type Typed = Filled & { note?: string };
/** Refusals that a supervisor may lift with a reason. */
const liftable = ['CONTACT_TOO_OFTEN', 'DO_NOT_DISTURB'];

/** Filling and finishing one open step. What is typed is kept on this device until the step is finished. */
export function useStep(run: RunView, open: OpenStep, onOver: () => void) {
  const { t } = useTranslation();
  const said = useSaid();
  const toast = useToast();
  const act = useAct();
  const { task, step } = open;
  const [form] = Form.useForm<Typed>();
  const [draft, setDraft] = useDraft(`step:${task.id}`);
  const [initial] = useState<Typed>(() => ({
    ...readDraft(draft),
    ...withDraft(startOf(open), readDraft(draft)),
  }));
  const [typed, setTyped] = useState<Typed>(initial);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState<string | null>(null);
  const [lift, setLift] = useState<string | null>(null);
  const [ticking, setTicking] = useState<Record<number, boolean>>({});
  const ticksGoing = useRef(new Set<Promise<unknown>>());
  const under = useRef(false);
  const params = { id: run.id, stepId: task.id };
  const ticked = new Set([
    ...open.ticked.map(({ index }) => index).filter((index) => ticking[index] !== false),
    ...Object.entries(ticking).flatMap(([index, done]) => (done ? [Number(index)] : [])),
  ]);

  const type = () => {
    const all = form.getFieldsValue(true);
    setTyped(all);
    setDraft(JSON.stringify(all));
  };
  /** Marks what is missing before anything is sent; answers whether all is well. */
  const isWhole = (): boolean => {
    const faults = faultsIn(open, typed);
    const names = (['answers', 'record'] as const).flatMap((part) =>
      Object.keys(typed[part] ?? {}).map((key) => [part, key] as const),
    );
    form.setFields(names.map((name) => ({ name, errors: [] })) as never);
    form.setFields(
      faults.map(({ part, key, code, values }) => ({
        name: [part, key],
        errors: [t(`playbooks.fault.${code}`, { limit: String(values?.limit ?? '') })],
      })) as never,
    );
    const [first] = faults;
    if (first) form.scrollToField([first.part, first.key], { focus: true });
    return faults.length === 0;
  };
  const attempt = async (name: string, what: () => Promise<unknown>): Promise<void> => {
    // Two presses are one wish.
    if (under.current) return;
    under.current = true;
    setBusy(name);
    setProblem(undefined);
    try {
      await what();
    } catch (error) {
      const found = problemOf(error);
      setProblem(found);
      markFields(form, found);
      if (liftable.includes(found.code)) setLift(name);
    } finally {
      under.current = false;
      setBusy(null);
    }
  };
  const over = () => {
    setDraft('');
    toast.done(t('playbooks.done', { step: said(step.name) }));
    onOver();
  };
  const note = typed.note?.trim();
  /** Finishes with an outcome. Fields are asked for unless the customer was not reached. */
  const finish = async (outcome?: string, allow?: string) => {
    const reached =
      outcome === undefined || outcome === 'reached' || step.choices?.some(({ key }) => key === outcome);
    if (reached && !isWhole()) return;
    await attempt(outcome ?? 'done', async () => {
      // A tick on its way would come to a step that is over.
      await Promise.allSettled(ticksGoing.current);
      await doWork(completeStep, {
        params,
        body: {
          ...(outcome ? { outcome } : {}),
          answers: answersOf(open, 'answers', typed),
          ...(open.form && reached ? { record: answersOf(open, 'record', typed) } : {}),
          ticked: [...ticked],
          ...(note ? { note } : {}),
          ...(allow ? { allow } : {}),
        },
      });
      setLift(null);
      over();
    });
  };
  return {
    form,
    initial,
    typed,
    type,
    problem,
    busy,
    lift,
    ticked,
    tick: async (index: number, done: boolean) => {
      setTicking((all) => ({ ...all, [index]: done }));
      const going = act(tickAction, { params, body: { index, done } });
      ticksGoing.current.add(going);
      await going.finally(() => ticksGoing.current.delete(going));
      setTicking((all) => Object.fromEntries(Object.entries(all).filter(([key]) => Number(key) !== index)));
    },
    finish,
    /** Enter of the panel: what the one button does. */
    finishUsual: () => {
      const ending = endingOf(open);
      if (ending === 'done') void finish();
      if (ending === 'call' && !step.choices) void finish('reached');
    },
    unreached: (outcome: string) =>
      (attempts as readonly string[]).includes(outcome)
        ? attempt(outcome, async () => {
            const body = { outcome: outcome as (typeof attempts)[number], ...(note ? { note } : {}) };
            await doWork(attemptTask, { params: { id: task.id }, body });
            form.setFieldsValue({ note: undefined });
            type();
            toast.done(t('playbooks.attempted'));
          })
        : finish(outcome),
    decide: async (verdict: 'approved' | 'rejected') => {
      if (verdict === 'rejected' && !note) {
        form.setFields([{ name: 'note', errors: [t('tasks.rejectWhy')] }]);
        form.getFieldInstance('note')?.focus();
        return;
      }
      await attempt(verdict, async () => {
        await (verdict === 'approved'
          ? doWork(approve, { params: { id: task.id }, body: { comment: note ?? '' } })
          : doWork(reject, { params: { id: task.id }, body: { comment: note ?? '' } }));
        over();
      });
    },
  };
}
export type StepWork = ReturnType<typeof useStep>;
