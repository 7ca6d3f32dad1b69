/**
 * After-commit reactions. A delivery row is claimed under a lease with a fencing token, in order per subscriber and
 * subject; effect and tick-off commit together; five failures make it a dead letter that people see and can retry.
 */
import type { EventData, EventType } from '#contracts/events.ts';
import type { Centre } from './centre.ts';
import type { EventRecord } from './command.ts';
import { runIn } from './command.ts';
import { systemActor } from './actor.ts';
import { limitOf, sql, unsafeText } from './sql.ts';

const leaseMs = 60_000;
const maxAttempts = 5;
const batch = 32;
/** Different subjects side by side: the pool has eight connections and people come first. */
const hands = 4;

type Claimed = { id: number; subscriber: string; attempts: number; event: StoredEvent };
export type StoredEvent = {
  id: string;
  type: EventType;
  at: number;
  subject_type: string;
  subject_id: string;
  data: EventData<EventType>;
  actor_kind: EventRecord['actorKind'];
  actor_id: string;
  cause_id: string | null;
  depth: number;
  group_id: string | null;
  user_ids: string[];
  channel_id: string | null;
  customer_id: string | null;
  visitor_id: string | null;
  /** Only where the stream is read. */ position?: number;
};

const eventColumns =
  'e.id, e.type, e.at, e.subject_type, e.subject_id, e.data, e.actor_kind, e.actor_id, e.cause_id, e.depth, e.group_id, e.user_ids, e.channel_id, e.customer_id, e.visitor_id';
/** What a select of the stream begins with: `s` is the place, `e` the event. */
export const streamed = unsafeText(
  `${eventColumns}, s.position from stream s join event e on e.id = s.event_id`,
);
/** A row of the event table as the record that reactions and pushes know. */
export const toEvent = (row: StoredEvent): EventRecord => ({
  id: row.id,
  type: row.type,
  at: typeof row.at === 'number' ? row.at : Date.parse(row.at),
  subjectType: row.subject_type,
  subjectId: row.subject_id,
  data: row.data,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  causeId: row.cause_id,
  depth: row.depth,
  audience: {
    groupId: row.group_id,
    userIds: row.user_ids,
    channelId: row.channel_id,
    customerId: row.customer_id,
    visitorId: row.visitor_id,
  },
  position: row.position,
});

export type Deliveries = { pump(): Promise<number>; start(): void; stir(): void; stop(): Promise<void> };

export const createDeliveries = (centre: Centre): Deliveries => {
  const worker = centre.ids.secret(9);
  let running: Promise<number> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let started = false;
  let again = false;

  const claim = () => {
    const now = centre.clock.now();
    return centre.db.all(sql<Claimed>`
      with ready as (
        select d.id from delivery d
        where not d.dead and d.run_at <= ${new Date(now)} and (d.lease_until is null or d.lease_until < ${new Date(now)})
          and not exists (select 1 from delivery b where b.subscriber = d.subscriber and b.subject_id = d.subject_id and b.id < d.id and not b.dead)
        order by d.id ${limitOf(batch)} for update skip locked
      )
      update delivery d set lease_until = ${new Date(now + leaseMs)}, lease_owner = ${worker}, attempts = attempts + 1
      from ready, event e where d.id = ready.id and e.id = d.event_id
      returning d.id, d.subscriber, d.attempts, to_jsonb(e) as event`);
  };

  const work = async ({ id, subscriber, attempts, event: row }: Claimed) => {
    const event = toEvent(row);
    // The lease is renewed while the handler works, so that a slow one is not done twice.
    const heart = setInterval(
      () =>
        void centre.db
          .run(
            sql`update delivery set lease_until = ${new Date(centre.clock.now() + leaseMs)} where id = ${id} and lease_owner = ${worker}`,
          )
          .catch(() => {}),
      20_000,
    );
    try {
      const reaction = centre.reactions.get(subscriber);
      if (!reaction) throw new Error(`nobody is called "${subscriber}"`);
      await centre.db.transaction(async (tx) => {
        const held = await tx.run(sql`delete from delivery where id = ${id} and lease_owner = ${worker}`);
        if (held === 0) return;
        await runIn(centre, tx, systemActor(subscriber), { event }, (context) =>
          reaction.react(context, event),
        );
      });
    } catch (error) {
      const dead = attempts >= maxAttempts;
      centre.log[dead ? 'error' : 'warn'](
        { err: error, subscriber, event: event.id, dead },
        'a reaction failed',
      );
      await centre.db
        .run(
          sql`update delivery set lease_until = null, lease_owner = null, dead = ${dead}, error = ${String((error as Error).message).slice(0, 1000)}, run_at = ${new Date(centre.clock.now() + 500 * 4 ** attempts)} where id = ${id} and lease_owner = ${worker}`,
        )
        .catch(() => {});
    } finally {
      clearInterval(heart);
    }
  };

  const pumpOnce = async () => {
    let done = 0;
    for (;;) {
      const claimed = await claim();
      if (claimed.length === 0) break;
      done += claimed.length;
      const waiting = claimed.values();
      const hand = async () => {
        for (const delivery of waiting) await work(delivery);
      };
      await Promise.all(Array.from({ length: hands }, hand));
    }
    if (done > 0) centre.stir();
    return done;
  };

  const deliveries: Deliveries = {
    pump: async () => {
      while (running) await running.catch(() => 0);
      running = pumpOnce().finally(() => {
        running = undefined;
      });
      return running;
    },
    start: () => {
      started = true;
      deliveries.stir();
    },
    stir: () => {
      if (!started) return;
      if (running) {
        again = true;
        return;
      }
      clearTimeout(timer);
      const round = async () => {
        again = false;
        await deliveries
          .pump()
          .catch((error) => centre.log.warn({ err: error }, 'reactions wait for the database'));
        if (!started) return;
        clearTimeout(timer);
        timer = setTimeout(() => void round(), again ? 0 : 1000);
        timer.unref();
      };
      timer = setTimeout(() => void round(), 0);
    },
    stop: async () => {
      started = false;
      clearTimeout(timer);
      await running?.catch(() => 0);
    },
  };
  return deliveries;
};
