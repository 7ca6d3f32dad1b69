/** Builds a centre from its parts: database, clock, files, realtime, reactions, wakes. `main.ts` serves it; tests and the demo drive it by hand. */
import path from 'node:path';
import type { EventType } from '#contracts/events.ts';
import type { Centre, InTransaction, Part } from '#kernel/centre.ts';
import { systemClock } from '#kernel/clock.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Config } from '#kernel/config.ts';
import { createDeliveries } from '#kernel/deliveries.ts';
import type { Deliveries } from '#kernel/deliveries.ts';
import { createDue } from '#kernel/due.ts';
import { diskFiles } from '#kernel/files.ts';
import { systemIds } from '#kernel/ids.ts';
import type { Ids } from '#kernel/ids.ts';
import { silentLog } from '#kernel/log.ts';
import type { Log } from '#kernel/log.ts';
import { createBus } from '#kernel/realtime.ts';
import type { Database } from '#kernel/sql.ts';
import { createTrust } from '#modules/identity/index.ts';
import type { Trusted } from '#modules/identity/sessions.ts';
import { parts as allParts } from './parts.ts';

export type Built = Centre & {
  deliveries: Deliveries;
  trust: Trusted;
  /** Fires wakes and reactions until nothing is left to do at this instant. */
  settle(): Promise<void>;
};

export type BuildOptions = {
  config: Config;
  db: Database;
  clock?: Clock;
  ids?: Ids;
  log?: Log;
  parts?: readonly Part[];
};

export const buildCentre = ({
  config,
  db,
  clock = systemClock,
  ids = systemIds,
  log = silentLog,
  parts = allParts,
}: BuildOptions): Built => {
  const inTransaction = new Map<EventType, InTransaction[]>();
  const afterCommit = new Map<EventType, string[]>();
  for (const part of parts) {
    for (const { on, react } of part.inTransaction ?? [])
      for (const type of on) inTransaction.set(type, [...(inTransaction.get(type) ?? []), react]);
    for (const { name, on } of part.reactions ?? [])
      for (const type of on) afterCommit.set(type, [...(afterCommit.get(type) ?? []), name]);
  }
  const trust = createTrust(db, clock);
  let built: Built;
  const due = createDue(() => built);
  const bus = createBus(() => built, trust.alive);
  built = {
    config,
    clock,
    ids,
    db,
    log,
    parts,
    due,
    bus,
    trust,
    inTransaction,
    afterCommit,
    files: diskFiles(path.join(config.dataDir, 'files')),
    reactions: new Map(
      parts.flatMap((part) => (part.reactions ?? []).map((reaction) => [reaction.name, reaction] as const)),
    ),
    dueHandlers: new Map(parts.flatMap((part) => Object.entries(part.due ?? {}))),
    subjects: new Map(parts.flatMap((part) => Object.entries(part.subjects ?? {}))),
    stir: () => {
      built.deliveries.stir();
      bus.stir();
    },
    deliveries: undefined as never,
    settle: async () => {
      for (let round = 0; ; round++) {
        // Asking what is next is cheaper than firing nothing in two transactions.
        const isDue = ((await due.nextAt()) ?? Infinity) <= clock.now();
        const done = (isDue ? await due.pump() : 0) + (await built.deliveries.pump());
        if (done === 0) return;
        if (round > 1000)
          throw new Error('the centre does not come to rest: reactions keep causing each other');
      }
    },
  };
  built.deliveries = createDeliveries(built);
  return built;
};
