import type { QueryOf } from '#contracts/route.ts';
import type { listTasks } from '#contracts/routes/tasks.ts';
import { taskKinds, type TaskKind } from '#contracts/words.ts';

/** What the address of 待办 says. */
export type TaskSearch = { kind?: TaskKind; late?: true; of?: 'team' };

export const readTaskSearch = (given: Record<string, unknown>): TaskSearch => ({
  ...(taskKinds.some((kind) => kind === given.kind) ? { kind: given.kind as TaskKind } : {}),
  ...(given.late === true || given.late === 'true' ? { late: true as const } : {}),
  ...(given.of === 'team' ? { of: 'team' as const } : {}),
});

export const taskQuery = ({ kind, late, of }: TaskSearch): Omit<QueryOf<typeof listTasks>, 'cursor'> => ({
  limit: 100,
  ...(of === 'team' ? {} : { mine: true }),
  ...(kind ? { kind } : {}),
  ...(late ? { late } : {}),
});
