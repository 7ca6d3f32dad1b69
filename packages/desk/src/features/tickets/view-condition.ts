/** What one looks at just now, as the condition of a view. Pure. */
import type { Condition } from '#contracts/conditions.ts';
import { viewFaults } from '#contracts/view-facts.ts';
import { conditionOf } from '../library/condition-tree.ts';
import type { Row } from '../library/condition-tree.ts';
import type { TicketSearch, TicketViewName } from './filters.ts';

/** Whether this row by itself is at fault. */
export const isWrong = (row: Row): boolean => viewFaults(conditionOf([row])).length > 0;

const over = ['closed', 'cancelled', 'archived'];
/** The lists that everybody has, in the words of a view; what is missing lists all that is not over. */
const ofView: Partial<Record<TicketViewName, Condition>> = {
  mine: { 'ticket.mine': true },
  pool: { 'ticket.status': 'pooled' },
  group: { 'ticket.myGroup': true },
  waiting: { 'ticket.status': ['waiting_customer', 'waiting_internal', 'suspended'] },
  breached: { 'ticket.clock': 'breached' },
  complaints: { 'ticket.complaint': true },
  resolved: { 'ticket.status': ['resolved', 'pending_confirmation'] },
  closed: { 'ticket.status': ['closed', 'cancelled'] },
  archived: { 'ticket.status': 'archived' },
};

/** List and filters as a condition. Days and counted marks belong to one look and are left out. */
export function conditionOfSearch(
  search: TicketSearch,
  groupKey: (id: string) => string | undefined,
): { condition: Condition | undefined; among: 'open' | 'all' } {
  const view = search.view ?? 'mine';
  const group = search.groupId && groupKey(search.groupId);
  const parts: Condition[] = [
    ofView[view] ?? {},
    search.status ? { 'ticket.status': search.status } : {},
    search.priority ? { 'ticket.priority': search.priority } : {},
    search.category ? { 'ticket.category': { startsWith: search.category } } : {},
    search.product ? { 'ticket.product': search.product } : {},
    search.channel ? { 'ticket.channel': search.channel } : {},
    search.kind ? { 'customer.kind': search.kind } : {},
    search.assigneeId ? { 'ticket.assignee': search.assigneeId } : {},
    group ? { 'ticket.group': group } : {},
    search.q ? { 'ticket.subject': { has: search.q } } : {},
  ];
  const made: Record<string, unknown> = {};
  const again: Condition[] = [];
  for (const [path, value] of parts.flatMap((one) => Object.entries(one)))
    if (path in made) again.push({ [path]: value } as Condition);
    else made[path] = value;
  const condition = { ...made, ...(again.length > 0 ? { all: again } : {}) } as Condition;
  return {
    condition: Object.keys(condition).length > 0 ? condition : undefined,
    among: view === 'all' || over.includes(view) || over.includes(search.status ?? '') ? 'all' : 'open',
  };
}
