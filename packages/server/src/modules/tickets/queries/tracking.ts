/** 问题处理进度跟踪表 (SD1-46): the list with what each ticket has come to, for screen, paper and file. */
import type { Locale } from '#contracts/errors.ts';
import { trackingColumns } from '#contracts/routes/tickets.ts';
import type { TrackingRowView } from '#contracts/routes/tickets.ts';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { labels } from '#contracts/words.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Page } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { clocks } from '../clocks.ts';
import { listTickets } from './list.ts';
import type { TicketFilter } from './list.ts';

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
type Moved = {
  id: string;
  progress_at: number | null;
  escalated_at: number | null;
  escalated_why: string | null;
};
/** When progress was told last, and the newest escalation, from what happened. */
const moved = async (tx: Tx, ids: readonly string[]): Promise<Map<string, Moved>> =>
  new Map(
    (
      await tx.all(sql<Moved>`
        select t.id, p.at as progress_at, e.at as escalated_at, e.data ->> 'reason' as escalated_why from unnest(${ids}::uuid[]) as t(id)
          left join lateral (select at from event where subject_id = t.id and type in ('ticket.progress', 'ticket.started', 'ticket.resolved', 'ticket.info_requested') order by at desc, id desc limit 1) p on true
          left join lateral (select at, data from event where subject_id = t.id and type = 'ticket.escalated' order by at desc, id desc limit 1) e on true`)
    ).map((row) => [row.id, row]),
  );

export const listTracking = async (
  tx: Tx,
  actor: Actor,
  filter: TicketFilter,
): Promise<Page<TrackingRowView>> => {
  const page = await listTickets(tx, actor, {
    view: filter.ids ? 'all' : 'open',
    sort: 'oldest',
    ...filter,
  });
  const ids = page.items.map(({ id }) => id);
  const [happened, promised] = await Promise.all([moved(tx, ids), clocks.of(tx, ids)]);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((row): TrackingRowView => {
      const { progress_at, escalated_at, escalated_why } = happened.get(row.id)!;
      const notify = (promised.get(row.id) ?? []).find(
        ({ kind, state }) => kind === 'progress' && ['running', 'breached'].includes(state),
      );
      return {
        id: row.id,
        number: row.number,
        customerName: row.customerName,
        category: row.category,
        priority: row.priority,
        acceptedAt: row.createdAt,
        responsible: row.accountableName ?? row.assigneeName,
        status: row.status,
        progress: row.progressNote ?? '',
        progressAt: iso(progress_at),
        etaAt: row.etaAt,
        notifyAt: notify?.dueAt ?? null,
        escalation:
          row.escalationLevel > 0
            ? { level: row.escalationLevel, at: iso(escalated_at), reason: escalated_why ?? '' }
            : null,
        finishedAt: row.resolvedAt,
        product: row.product,
      };
    }),
  };
};

/** A file of more rows is asked for in parts. */
export const mostExported = 10_000;
const minute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

const at = (instant: string | null) => (instant ? minute.format(Date.parse(instant)) : '');

/** All rows of a filter that the actor may take along, in the reader’s words, in the order of `trackingColumns`. */
export const trackingRows = async (
  tx: Tx,
  actor: Actor,
  filter: TicketFilter,
  { nodes, items }: SettingValue<'categories'> & SettingValue<'products'>,
  locale: Locale,
): Promise<string[][]> => {
  const lang = locale === 'en' ? 'en' : 'zh';
  const classes = new Map(nodes.map((node) => [node.key, node[lang]]));
  const products = new Map(items.map((item) => [item.key, item[lang]]));
  const lines: string[][] = [];
  let cursor: string | undefined;
  do {
    // Page after page by key, so that a file of thousands holds no long transaction.
    const page: Page<TrackingRowView> = await listTracking(tx, actor, {
      ...filter,
      exported: true,
      limit: 200,
      cursor,
    });
    for (const row of page.items) {
      const level = lang === 'zh' ? `第 ${row.escalation?.level} 级` : `level ${row.escalation?.level}`;
      const cells: Record<(typeof trackingColumns)[number]['key'], string> = {
        number: row.number,
        customerName: row.customerName,
        category: classes.get(row.category) ?? row.category,
        priority: row.priority,
        acceptedAt: at(row.acceptedAt),
        responsible: row.responsible ?? '',
        status: labels.ticketStatus![row.status]![lang],
        progress: row.progress,
        progressAt: at(row.progressAt),
        etaAt: at(row.etaAt),
        notifyAt: at(row.notifyAt),
        escalation: row.escalation ? `${level} ${at(row.escalation.at)} ${row.escalation.reason}`.trim() : '',
        finishedAt: at(row.finishedAt),
        product: row.product ? (products.get(row.product) ?? row.product) : '',
      };
      lines.push(trackingColumns.map(({ key }) => cells[key]));
    }
    if (lines.length > mostExported) throw new Problem('TOO_LARGE', { limit: `${mostExported} 行 rows` });
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return lines;
};
