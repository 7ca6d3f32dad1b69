/**
 * Wakes things at their instant. One row per wake, found by a partial index; the process sleeps until the nearest
 * one, hears of nearer ones written by itself or others, and looks once a second as a safety net (27 µs).
 */
import type { Centre } from './centre.ts';
import type { Context } from './command.ts';
import { runIn } from './command.ts';
import { systemActor } from './actor.ts';
import { limitOf, sql, json } from './sql.ts';
import type { Tx } from './sql.ts';

export type Wake = { kind: string; key: string; at: number; data: Record<string, unknown>; attempts: number };
export type DueHandler = (context: Context, wake: Wake) => Promise<void>;
/** Takes many wakes of its kind in one transaction, in their order; where that fails each is tried by itself. */
export type DueTogether = { together(context: Context, wakes: readonly Wake[]): Promise<void> };
/** Rows with instants of their own (deadlines): fire up to `limit` that are due, in one transaction. */
export type DueSource = {
  name: string;
  nextAt(tx: Tx): Promise<number | null>;
  fire(context: Context, limit: number): Promise<number>;
};

/** When the wakes of a kind with these keys are due; one that has none is left out. */
export const instantsOf = async (
  tx: Tx,
  kind: string,
  keys: readonly string[],
): Promise<Map<string, number>> => {
  if (keys.length === 0) return new Map();
  const rows = await tx.all(
    sql<{
      key: string;
      at: number;
    }>`select key, at from due where kind = ${kind} and key = any(${[...keys]}::text[])`,
  );
  return new Map(rows.map(({ key, at }) => [key, at]));
};

export type Due = {
  schedule(tx: Tx, kind: string, key: string, at: number, data: Record<string, unknown>): Promise<void>;
  unschedule(tx: Tx, kind: string, key: string): Promise<void>;
  /** Fires all that is due now; returns how many. */
  pump(): Promise<number>;
  /** The nearest instant at which something is due, or null. */
  nextAt(): Promise<number | null>;
  start(): void;
  /** Something nearer may have been written. */
  stir(): void;
  stop(): Promise<void>;
};

/** Deadlines that share a transaction. */
const batch = 500;
/** Wakes that are looked up at once. */
const mostRead = 5000;
/** So many wakes share a transaction: two hundred runs hold their rows for less than 0.1 s. */
const mostTogether = 200;
/** Of a burst so many transactions at once: 10,000 runs in 1.4 s instead of 2.2 s on two cores. */
const lanes = 3;
const heldMs = 20;
const maxAttempts = 5;

export const createDue = (centre: () => Centre): Due => {
  let running: Promise<number> | undefined;
  let cancelWake: (() => void) | undefined;
  let started = false;
  let armedFor = Infinity;

  const fireOne = async (wake: Wake) => {
    const c = centre();
    const handler = c.dueHandlers.get(wake.kind);
    try {
      await c.db.transaction(async (tx) => {
        const gone = await tx.run(
          sql`delete from due where kind = ${wake.kind} and key = ${wake.key} and at <= ${new Date(c.clock.now())}`,
        );
        if (gone === 0) return;
        if (!handler) throw new Error(`nobody handles due wake "${wake.kind}"`);
        await runIn(c, tx, systemActor(`due:${wake.kind}`), {}, (context) =>
          'together' in handler ? handler.together(context, [wake]) : handler(context, wake),
        );
      });
    } catch (error) {
      const dead = wake.attempts + 1 >= maxAttempts;
      c.log.error({ err: error, kind: wake.kind, key: wake.key, dead }, 'a due wake failed');
      await c.db
        .run(
          sql`update due set attempts = attempts + 1, error = ${String((error as Error).message).slice(0, 500)}, dead = ${dead}, at = ${new Date(c.clock.now() + 1000 * 2 ** wake.attempts)} where kind = ${wake.kind} and key = ${wake.key}`,
        )
        .catch(() => {});
    }
  };

  /** What another process has in hand is left to it. */
  const fireTogether = async ({ together }: DueTogether, wakes: readonly Wake[]) => {
    const c = centre();
    const { kind } = wakes[0]!;
    try {
      await c.db.transaction(async (tx) => {
        // `at - now`: written as a range, PostgreSQL would walk the index of instants past all that are due, for each group.
        const gone = await tx.all(sql<{ key: string }>`
          with mine as (select key from due where kind = ${kind} and key = any(${wakes.map(({ key }) => key)}::text[]) and not dead and at - ${new Date(c.clock.now())}::timestamptz <= '0' order by key for update skip locked)
          delete from due d using mine where d.kind = ${kind} and d.key = mine.key returning d.key`);
        const ours = new Set(gone.map(({ key }) => key));
        const mine = wakes.filter(({ key }) => ours.has(key));
        if (mine.length > 0)
          await runIn(c, tx, systemActor(`due:${kind}`), {}, (context) => together(context, mine));
      });
    } catch (error) {
      c.log.warn({ err: error, kind, count: wakes.length }, 'wakes failed together, each is tried by itself');
      for (const wake of wakes) await fireOne(wake);
    }
  };

  /** In the order of their instants; neighbours of one kind together where their handler can. */
  const groupsOf = (wakes: readonly Wake[]): (readonly Wake[])[] => {
    const groups: Wake[][] = [];
    for (const wake of wakes) {
      const last = groups.at(-1);
      const handler = centre().dueHandlers.get(wake.kind);
      const joins = handler && 'together' in handler && last?.[0]!.kind === wake.kind;
      if (joins && last.length < mostTogether) last.push(wake);
      else groups.push([wake]);
    }
    return groups;
  };
  const fireGroup = async (wakes: readonly Wake[]) => {
    const handler = centre().dueHandlers.get(wakes[0]!.kind);
    if (wakes.length > 1) await fireTogether(handler as DueTogether, wakes);
    else await fireOne(wakes[0]!);
  };
  /** Neighbours of one kind in a burst a few at once: while we think over one, PostgreSQL writes the others. */
  const fireAll = async (wakes: readonly Wake[]) => {
    const groups = groupsOf(wakes);
    while (groups.length > 0) {
      const kind = groups[0]![0]!.kind;
      const end = groups.findIndex((group) => group[0]!.kind !== kind);
      const burst = groups.splice(0, groups[0]!.length < mostTogether ? 1 : end < 0 ? groups.length : end);
      const lane = async () => {
        for (let group = burst.shift(); group; group = burst.shift()) await fireGroup(group);
      };
      await Promise.all(Array.from({ length: lanes }, lane));
    }
  };

  const pumpOnce = async (): Promise<number> => {
    const c = centre();
    let fired = 0;
    for (const source of c.parts.flatMap((part) => part.dueSources ?? [])) {
      const fire = () =>
        c.db.transaction((tx) =>
          runIn(c, tx, systemActor(source.name), {}, (context) => source.fire(context, batch)),
        );
      for (let full = true; full;) {
        const count = await fire();
        fired += count;
        full = count === batch;
        // A burst: while we read one batch PostgreSQL writes the other. What stood in each other's way comes with the
        // single batch that follows.
        for (let both = full; both;) {
          const counts = await Promise.all([fire(), fire()]);
          fired += counts[0] + counts[1];
          both = counts[0] + counts[1] === 2 * batch;
        }
      }
    }
    for (;;) {
      const wakes = await c.db.all(
        sql<Wake>`select kind, key, at, data, attempts from due where not dead and at <= ${new Date(c.clock.now())} order by at, kind, key ${limitOf(mostRead)}`,
      );
      await fireAll(wakes);
      fired += wakes.length;
      if (wakes.length < mostRead) break;
    }
    if (fired > 0) c.stir();
    return fired;
  };

  const due: Due = {
    schedule: async (tx, kind, key, at, data) => {
      await tx.later(
        sql`insert into due (kind, key, at, data) values (${kind}, ${key}, ${new Date(at)}, ${json(data)}::jsonb) on conflict (kind, key) do update set at = excluded.at, data = excluded.data, attempts = 0, dead = false, error = null`,
      );
      if (at < armedFor) queueMicrotask(() => due.stir());
    },
    unschedule: async (tx, kind, key) =>
      void (await tx.later(sql`delete from due where kind = ${kind} and key = ${key}`)),
    // One pump at a time per process: a second caller waits for a fresh round, so that nothing it wrote is missed.
    pump: async () => {
      while (running) await running.catch(() => 0);
      running = pumpOnce().finally(() => {
        running = undefined;
      });
      return running;
    },
    nextAt: async () => {
      const c = centre();
      const own = await c.db.one(sql<{ at: number | null }>`select min(at) as at from due where not dead`);
      const others = await Promise.all(
        c.parts.flatMap((part) => part.dueSources ?? []).map((source) => source.nextAt(c.db)),
      );
      const instants = [own.at, ...others].filter((at): at is number => at !== null && Number.isFinite(at));
      return instants.length > 0 ? Math.min(...instants) : null;
    },
    start: () => {
      started = true;
      due.stir();
    },
    stir: () => {
      if (!started) return;
      cancelWake?.();
      const c = centre();
      const round = async () => {
        let pause = 1000;
        try {
          const fired = await due.pump();
          const next = await due.nextAt();
          armedFor = next ?? Infinity;
          const now = c.clock.now();
          // Due and yet not fired: somebody holds it. Looking again at once would only heat the room.
          if (next !== null)
            pause = next <= now && fired === 0 ? heldMs : Math.min(1000, Math.max(0, next - now));
        } catch (error) {
          c.log.warn({ err: error }, 'due wakes wait for the database');
        }
        if (!started) return;
        cancelWake?.();
        cancelWake = c.clock.wake(c.clock.now() + pause, () => void round());
      };
      cancelWake = c.clock.wake(c.clock.now(), () => void round());
    },
    stop: async () => {
      started = false;
      cancelWake?.();
      await running?.catch(() => 0);
    },
  };
  return due;
};
