/** The filters of the ticket list as they stand in the address, so that a view can be bookmarked and sent. */
import { ticketMarks, type TicketMark } from '#contracts/figures.ts';
import { ticketViews } from '#contracts/routes/tickets.ts';
import {
  channelKinds,
  customerKinds,
  priorities,
  ticketStatuses,
  type ChannelKind,
  type CustomerKind,
  type Priority,
  type TicketStatus,
} from '#contracts/words.ts';

export type TicketViewName = (typeof ticketViews)[number];
export const sorts = ['updated', 'created', 'due', 'expected'] as const;
export type TicketSort = (typeof sorts)[number];
export type TicketSearch = {
  view?: TicketViewName;
  /** A view of one's own, instead. */
  viewId?: string;
  status?: TicketStatus;
  priority?: Priority;
  assigneeId?: string;
  groupId?: string;
  category?: string;
  product?: string;
  channel?: ChannelKind;
  kind?: CustomerKind;
  /** Instants of receiving: included, excluded. */
  from?: string;
  to?: string;
  mark?: TicketMark;
  q?: string;
  sort?: TicketSort;
  layout?: 'tracking';
};

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const oneOf =
  <W extends string>(words: readonly W[]) =>
  (value: unknown): W | undefined =>
    words.find((word) => word === value);
const text = (value: unknown) => {
  const said = typeof value === 'number' ? String(value) : value;
  return typeof said === 'string' && said.trim() !== '' ? said.slice(0, 80) : undefined;
};

const instant = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/.test(value) ? value : undefined;

/** What an address says, without what it does not mean. Numbers typed into the address are text. */
export function readSearch(search: Record<string, unknown>): TicketSearch {
  const found: TicketSearch = {
    view: oneOf(ticketViews)(search.view),
    viewId: id.test(String(search.viewId)) ? String(search.viewId) : undefined,
    status: oneOf(ticketStatuses)(search.status),
    priority: oneOf(priorities)(search.priority),
    assigneeId: id.test(String(search.assigneeId)) ? String(search.assigneeId) : undefined,
    groupId: id.test(String(search.groupId)) ? String(search.groupId) : undefined,
    category: text(search.category),
    product: text(search.product)?.slice(0, 40),
    channel: oneOf(channelKinds)(search.channel),
    kind: oneOf(customerKinds)(search.kind),
    from: instant(search.from),
    to: instant(search.to),
    mark: oneOf(ticketMarks)(search.mark),
    q: text(search.q),
    sort: oneOf(sorts)(search.sort),
    layout: oneOf(['tracking'] as const)(search.layout),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const narrowing = [
  'status',
  'priority',
  'assigneeId',
  'groupId',
  'category',
  'product',
  'channel',
  'kind',
  'from',
  'to',
  'mark',
  'q',
] as const satisfies ReadonlyArray<keyof TicketSearch>;

/** Filters set beside the view. */
export const activeFilters = (search: TicketSearch) => narrowing.filter((key) => search[key] !== undefined);

/** The same view without its filters. */
export const cleared = ({ view, viewId, sort, layout }: TicketSearch): TicketSearch =>
  readSearch({ view, viewId, sort, layout });

/** Views in which the next clock decides the order; elsewhere the newest change comes first. */
const dueFirst: readonly TicketViewName[] = ['breached', 'complaints'];

/** What the server is asked. */
export function queryOf({ layout: _layout, ...search }: TicketSearch) {
  // The order of a view of one's own is kept with it.
  if (search.viewId) return { ...search, limit: 100 };
  const view = search.view ?? 'mine';
  return { ...search, view, sort: search.sort ?? (dueFirst.includes(view) ? 'due' : 'updated'), limit: 100 };
}
