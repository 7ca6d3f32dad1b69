/** What 待办 and the step panel know of a task before the server is asked. Pure. */
import type { Permission } from '#contracts/permissions.ts';
import type { TaskView } from '#contracts/routes/tasks.ts';

export type Span = 'late' | 'today' | 'week' | 'later' | 'open';
export const spans: readonly Span[] = ['late', 'today', 'week', 'later', 'open'];

/** Under which heading a task stands. The week ends on Sunday, in the zone of the computer. */
export function spanOf({ dueAt, late }: Pick<TaskView, 'dueAt' | 'late'>, now: number): Span {
  if (late || (dueAt !== null && Date.parse(dueAt) <= now)) return 'late';
  if (dueAt === null) return 'open';
  const due = new Date(dueAt);
  const day = new Date(now);
  if (due.toDateString() === day.toDateString()) return 'today';
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate() + (8 - (day.getDay() || 7)));
  return due < monday ? 'week' : 'later';
}

/** From here a clock is amber: after this share of its time. */
const warnShare = 0.8;
export function warnOf(
  { createdAt, dueAt }: Pick<TaskView, 'createdAt' | 'dueAt'>,
  share = warnShare,
): string | null {
  if (dueAt === null) return null;
  const [from, to] = [Date.parse(createdAt), Date.parse(dueAt)];
  return to > from ? new Date(from + (to - from) * share).toISOString() : null;
}

export type Worker = {
  id: string;
  roles: readonly string[];
  groups: ReadonlyArray<{ id: string }>;
  grants: Readonly<Record<string, string>>;
};
type Held = Pick<TaskView, 'assigneeId' | 'roleKey' | 'groupId'>;

/** Nobody has it yet, and it is for somebody of my role or group. */
export function mayClaim({ roles, groups }: Worker, { assigneeId, roleKey, groupId }: Held): boolean {
  if (assigneeId !== null) return false;
  const inGroup = groupId !== null && groups.some(({ id }) => id === groupId);
  return roleKey === null ? inGroup : roles.includes(roleKey) && (groupId === null || inGroup);
}

/** The same rule as the server's: one's own, one's role's or group's while nobody has it, or what one's grant reaches. */
export function mayWork(me: Worker, task: Held): boolean {
  const scope = me.grants['task.work' satisfies Permission];
  if (!scope) return false;
  if (scope === 'all' || task.assigneeId === me.id) return true;
  if (scope === 'group' && me.groups.some(({ id }) => id === task.groupId)) return true;
  return mayClaim(me, task);
}

/** An approval needs its role (or was handed to one by name), and never one’s own request. */
export function mayDecide(me: Worker, task: Held & Pick<TaskView, 'requestedById'>): boolean {
  if (task.requestedById === me.id) return false;
  return task.assigneeId === me.id || (task.roleKey !== null && me.roles.includes(task.roleKey));
}

export type Place =
  | { to: '/tickets/$id' | '/conversations/$id' | '/customers/$id'; params: { id: string } }
  | { to: '/playbooks/$key'; params: { key: string } }
  | { to: null };

/**
 * Where one works on it: beside its ticket, its conversation or its customer, or at the playbook that is to be looked at
 * again; a drawer for what has none that one may see.
 */
export function placeOf({
  ticketId,
  ticketSeen,
  conversationId,
  customerId,
  recordId,
  runId,
  playbook,
}: Pick<
  TaskView,
  'ticketId' | 'ticketSeen' | 'conversationId' | 'customerId' | 'recordId' | 'runId' | 'playbook'
>): Place {
  if (ticketId && !ticketSeen) return { to: null };
  if (ticketId) return { to: '/tickets/$id', params: { id: ticketId } };
  if (conversationId) return { to: '/conversations/$id', params: { id: conversationId } };
  if (customerId && !recordId) return { to: '/customers/$id', params: { id: customerId } };
  if (playbook && !runId) return { to: '/playbooks/$key', params: { key: playbook.key } };
  return { to: null };
}

/** Address of a step within the page of its case. */
export const hashOf = (taskId: string): string => `step-${taskId}`;
