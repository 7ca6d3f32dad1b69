import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseOf, Route } from '#contracts/route.ts';
import { listRoles } from '#contracts/routes/identity.ts';
import { listRuns, type RunView } from '#contracts/routes/playbooks.ts';
import type { TaskView } from '#contracts/routes/tasks.ts';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf, type CallArgs } from '../../api.ts';
import { useGroupName } from '../identity/people.tsx';
import { queryClient, useRead } from '../../query.ts';

const touched = ['tasks', 'playbooks', 'tickets', 'records'];
/** Everything that shows tasks or runs reads again. */
export const freshWork = (): void => {
  for (const tag of touched) void queryClient.invalidateQueries({ queryKey: [tag] });
};

const isRun = (answer: unknown): answer is RunView =>
  typeof answer === 'object' && answer !== null && 'line' in answer && 'open' in answer;
type Runs = ResponseOf<typeof listRuns>;

/** Lays a newer run over every step panel that shows it. */
function showRun(run: RunView): void {
  queryClient.setQueriesData<Runs>(
    {
      predicate: ({ queryKey }) => queryKey[0] === listRuns.tag && queryKey[1] === listRuns.path,
    },
    (before) => before && { items: before.items.map((one) => (one.id === run.id ? run : one)) },
  );
}

/** Does something with a task or run; whatever shows it follows. Throws what the server refused. */
export async function doWork<R extends Route>(route: R, args: CallArgs<R>): Promise<ResponseOf<R>> {
  const answer = await call(route, { idempotencyKey: crypto.randomUUID(), ...args });
  if (isRun(answer)) showRun(answer);
  freshWork();
  return answer;
}

/** The same for one press of a button: refusals are told in the corner. Answers whether it was done. */
export function useAct() {
  const toast = useToast();
  return async <R extends Route>(route: R, args: CallArgs<R>, done?: string): Promise<boolean> => {
    try {
      await doWork(route, args);
      if (done) toast.done(done);
      return true;
    } catch (error) {
      // Somebody was faster, or the line is broken: what is shown may be old.
      freshWork();
      toast.failed(problemOf(error));
      return false;
    }
  };
}

/** Who has a task: a person, else the role or group it is for. */
export function useHolder(): (
  task: Pick<TaskView, 'assigneeName' | 'roleKey' | 'groupId' | 'groupName'>,
) => string {
  const { i18n } = useTranslation();
  const groupName = useGroupName();
  const roles = useRead(listRoles, {}, { staleSeconds: 300 }).data?.items;
  return useMemo(() => {
    const names = new Map(
      roles?.map(({ key, name, nameEn }) => [key, i18n.language === 'en' && nameEn ? nameEn : name]),
    );
    return (task) =>
      task.assigneeName ??
      (task.roleKey ? (names.get(task.roleKey) ?? task.roleKey) : null) ??
      groupName(task) ??
      '—';
  }, [roles, groupName, i18n.language]);
}
