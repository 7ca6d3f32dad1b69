/** Tasks, pure: whose a task is, what an approval comes to, when a customer is contacted too often. */
import type { TaskKind } from '#contracts/words.ts';

export type Worker = {
  id: string;
  roleKeys: readonly string[];
  groupIds: readonly string[];
  scope: 'own' | 'group' | 'channel' | 'all' | undefined;
};
export type Held = { assigneeId: string | null; roleKey: string | null; groupId: string | null };

/** One's own; one of one's role or group that nobody has; any of the group or centre for who may work on those. */
export const mayWork = ({ id, roleKeys, groupIds, scope }: Worker, task: Held): boolean => {
  if (scope === 'all' || task.assigneeId === id) return true;
  const inGroup = task.groupId !== null && groupIds.includes(task.groupId);
  if (scope === 'group' && inGroup) return true;
  if (task.assigneeId !== null) return false;
  if (task.roleKey !== null) return roleKeys.includes(task.roleKey) && (task.groupId === null || inGroup);
  return inGroup;
};

export type Decision = {
  by: string;
  byId: string;
  outcome: 'approved' | 'rejected';
  comment: string;
  at: string;
};
export type ApprovalData = {
  /** Roles that must say yes, one after the other. */ by: string[];
  decisions: Decision[];
};

export type Verdict =
  | { refusal: 'self' | 'again' | 'role' }
  | { decisions: Decision[]; done: 'approved' | 'rejected' | null; nextRole: string | null };

/**
 * What a decision leads to. Nobody decides on their own request, nor twice in one approval; each step needs its role.
 * A delegate (the task was handed to them by name) decides without the role.
 */
export const decide = (
  { by, decisions }: ApprovalData,
  decision: Decision,
  who: { requestedBy: string | null; roleKeys: readonly string[]; isDelegate: boolean },
): Verdict => {
  if (who.requestedBy === decision.byId) return { refusal: 'self' };
  if (decisions.some(({ byId }) => byId === decision.byId)) return { refusal: 'again' };
  if (!who.isDelegate && !who.roleKeys.includes(by[decisions.length]!)) return { refusal: 'role' };
  const all = [...decisions, decision];
  if (decision.outcome === 'rejected') return { decisions: all, done: 'rejected', nextRole: null };
  return all.length >= by.length
    ? { decisions: all, done: 'approved', nextRole: null }
    : { decisions: all, done: null, nextRole: by[all.length]! };
};

export type Frequency = { cap: number; days: number };
/** SD0-14: a proactive contact beyond the cap is stopped; the centre counts all channels together, or each by itself. Service notices are exempt (C23). */
export const tooOften = (contacts: number, { cap }: Frequency): boolean => contacts >= cap;

/** Contacts a customer did not ask for. */
export const proactive: readonly TaskKind[] = ['callback', 'follow_up'];

/** Call-backs may not end without saying what came of them, no feedback included (SD0-28). */
export const needsOutcome = (kind: TaskKind): boolean => kind === 'callback' || kind === 'follow_up';
