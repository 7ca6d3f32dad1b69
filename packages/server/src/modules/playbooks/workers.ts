/** Who works with a playbook: whose roles and groups act in its steps. Pure. */
import type { Pack, Step, Who } from '#contracts/pack.ts';
import type { Grants, Permission } from '#contracts/permissions.ts';

export type Workers = {
  roles: string[];
  groups: string[];
  /** A role within a group. */ pairs: { role: string; group: string }[];
  /** Where a step goes to whoever has the case: who may have such cases. */ permission: Permission | null;
};

/** What lets somebody have a case that hangs on this. */
const holding: Record<Pack['about'], Permission> = {
  ticket: 'ticket.work',
  conversation: 'conversation.serve',
  customer: 'customer.write',
  record: 'record.write',
  centre: 'task.work',
};
const worked: readonly Step['kind'][] = ['do', 'decide', 'call', 'sample', 'assign'];

/** The doers of one step; a notice is only told, unless it must be acknowledged. */
const doersOf = (step: Step): (Who | 'customer' | 'customers')[] => [
  ...(worked.includes(step.kind) ? [step.who ?? 'assignee'] : []),
  ...(step.kind === 'approve' ? (step.by ?? []).map((role) => ({ role })) : []),
  ...(step.kind === 'tell' && step.needsAck && step.to ? [step.to] : []),
  ...(step.kind === 'ticket' && step.open ? [{ group: step.open.group }] : []),
];

/** Roles and groups of every step, and the role that answers for the process. A person or group that only the form of a case names is not known before. */
export const workersOf = (pack: Pack): Workers => {
  const doers = pack.steps.flatMap(doersOf);
  const objects = doers.filter((who) => typeof who === 'object');
  const places = ['assignee', 'accountable', 'starter', 'owner'];
  const some = <T>(items: readonly T[]): T[] => [...new Set(items)];
  return {
    roles: some([pack.owner, ...objects.flatMap((who) => ('role' in who && !who.group ? [who.role] : []))]),
    groups: some(
      objects.flatMap((who) => ('group' in who && who.group && !('role' in who) ? [who.group] : [])),
    ),
    pairs: objects.flatMap((who) =>
      'role' in who && who.group ? [{ role: who.role, group: who.group }] : [],
    ),
    permission: doers.some((who) => typeof who === 'string' && places.includes(who))
      ? holding[pack.about]
      : null,
  };
};

/** Whether somebody with these roles, groups and permissions works with it; the same rule as in `playbookReaders`. */
export const isWorker = (
  workers: Workers,
  of: { roles: readonly string[]; groups: readonly string[]; grants: Grants },
): boolean =>
  workers.roles.some((role) => of.roles.includes(role)) ||
  workers.groups.some((group) => of.groups.includes(group)) ||
  workers.pairs.some(({ role, group }) => of.roles.includes(role) && of.groups.includes(group)) ||
  (workers.permission !== null && of.grants[workers.permission] !== undefined);
