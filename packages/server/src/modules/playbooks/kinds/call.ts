import { readDuration, wallMs } from '#contracts/durations.ts';
import { openTask } from '#modules/tasks/index.ts';
import { taskOf } from './kind.ts';
import type { Kind } from './kind.ts';

/** call: a call-back; it ends with an outcome, and is tried again while nobody answers. */
export const calling: Kind = async (scene, step) => {
  const task = await taskOf(scene, step, { kind: 'callback' });
  const every = step.every ? readDuration(step.every) : undefined;
  return {
    open: await openTask(scene.context, {
      ...task,
      data: {
        ...task.data,
        attemptsAllowed: step.attempts ?? 3,
        everyMs: (every && wallMs(every)) ?? 3_600_000,
      },
    }),
  };
};
