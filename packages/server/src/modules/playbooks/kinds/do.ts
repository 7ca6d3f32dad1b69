import { openTask } from '#modules/tasks/index.ts';
import { taskOf } from './kind.ts';
import type { Kind } from './kind.ts';

/** do, decide: a person does it, fills the fields, or chooses the way. */
export const doing: Kind = async (scene, step) => ({
  open: await openTask(scene.context, await taskOf(scene, step)),
});
