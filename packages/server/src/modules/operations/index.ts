/** How the machinery is doing: dead letters, the event stream, figures for Prometheus. */
import * as contract from '#contracts/routes/operations.ts';
import { obj, text } from '#contracts/schema.ts';
import type { Part } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { streamed, toEvent } from '#kernel/deliveries.ts';
import type { StoredEvent } from '#kernel/deliveries.ts';
import { answer } from '#kernel/http.ts';
import { gauge } from '#kernel/metrics.ts';
import { decodeCursor, toPage, rowsFor } from '#kernel/page.ts';
import { notFound } from '#kernel/problem.ts';
import { mayHear } from '#kernel/realtime.ts';
import { limitOf, sql } from '#kernel/sql.ts';

/** Dead letters are of two kinds: a reaction to an event (`d…`) and a wake (`w kind key`). */
const parse = (id: string) => (/^d\d{1,18}$/.test(id) ? { delivery: Number(id.slice(1)) } : undefined);

const retry = command({
  name: 'operations.retry-dead-letter',
  permission: 'operations.write',
  input: obj({ id: text(40) }),
  run: async ({ tx, now, audit }, { id }) => {
    const row = await tx.maybe(
      sql<{
        subject_id: string;
      }>`update delivery set dead = false, attempts = 0, error = null, run_at = ${new Date(now)} where id = ${parse(id)?.delivery ?? -1} and dead returning subject_id`,
    );
    if (!row) throw notFound();
    audit('delivery', row.subject_id, { id });
  },
});
const drop = command({
  name: 'operations.drop-dead-letter',
  permission: 'operations.write',
  input: obj({ id: text(40), reason: text(300, 1) }),
  run: async ({ tx, audit }, { id, reason }) => {
    const row = await tx.maybe(
      sql<{
        subject_id: string;
        subscriber: string;
        event_id: string;
      }>`delete from delivery where id = ${parse(id)?.delivery ?? -1} and dead returning subject_id, subscriber, event_id`,
    );
    if (!row) throw notFound();
    audit('delivery', row.subject_id, { id, reason, subscriber: row.subscriber, eventId: row.event_id });
  },
});

type Dead = {
  id: number;
  subscriber: string;
  type: string;
  subject_type: string;
  subject_id: string;
  attempts: number;
  error: string | null;
  at: number;
};

export const operations: Part = {
  name: 'operations',
  subjects: { security: { permission: 'operations.read' }, mail: { permission: 'operations.read' } },
  routes: [
    answer(contract.listDead, async ({ centre, query }) => {
      const { limit = 50 } = query;
      const after = decodeCursor(query.cursor, 1);
      const rows = await centre.db.all(
        sql<Dead>`select d.id, d.subscriber, e.type, e.subject_type, d.subject_id, d.attempts, d.error, e.at from delivery d join event e on e.id = d.event_id where d.dead and ${after ? sql`d.id < ${Number(after[0])}` : sql`true`} order by d.id desc ${limitOf(rowsFor(limit))}`,
      );
      const page = toPage(rows, limit, (row) => [row.id]);
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((row) => ({
          id: `d${row.id}`,
          subscriber: row.subscriber,
          eventType: row.type,
          subjectType: row.subject_type,
          subjectId: row.subject_id,
          attempts: row.attempts,
          error: row.error ?? '',
          at: new Date(row.at).toISOString(),
        })),
      };
    }),
    answer(contract.retryDead, async ({ centre, actor, params }) => {
      await send(centre, retry, { id: params.id }, actor);
      return { ok: true };
    }),
    answer(contract.dropDead, async ({ centre, actor, params, query }) => {
      await send(centre, drop, { id: params.id, reason: query.reason }, actor);
      return { ok: true };
    }),
    answer(contract.listEvents, async ({ centre, actor, query }) => {
      const { after = 0, limit = 100 } = query;
      const rows = await centre.db.all(
        sql<StoredEvent>`select ${streamed} where s.position > ${after} order by s.position limit ${limit}`,
      );
      return {
        nextPosition: rows.at(-1)?.position ?? after,
        items: rows
          .map(toEvent)
          .filter((event) => mayHear(centre, actor, event))
          .map((event) => ({
            position: event.position!,
            type: event.type,
            at: new Date(event.at).toISOString(),
            subjectType: event.subjectType,
            subjectId: event.subjectId,
            actorKind: event.actorKind,
            actorId: event.actorKind === 'user' ? event.actorId : null,
            data: event.data as Record<string, unknown>,
          })),
      };
    }),
  ],
  start: async (centre) => {
    const read = (query: ReturnType<typeof sql<{ n: number }>>) => async () => (await centre.db.one(query)).n;
    gauge(
      'deliveries_waiting',
      'Reactions waiting to run',
      read(sql<{ n: number }>`select count(*)::int as n from delivery where not dead`),
    );
    gauge(
      'deliveries_dead',
      'Reactions that failed for good',
      read(sql<{ n: number }>`select count(*)::int as n from delivery where dead`),
    );
    gauge(
      'due_dead',
      'Wakes that failed for good',
      read(sql<{ n: number }>`select count(*)::int as n from due where dead`),
    );
    gauge(
      'conversations_queued',
      'Customers waiting for an agent',
      read(
        sql<{ n: number }>`select count(*)::int as n from conversation where state in ('queued', 'offered')`,
      ),
    );
    gauge(
      'tickets_breached',
      'Open tickets with a breached clock',
      read(
        sql<{
          n: number;
        }>`select count(*)::int as n from ticket where next_due_state = 'breached' and next_due_at is not null and status not in ('closed', 'archived', 'cancelled')`,
      ),
    );
  },
};
