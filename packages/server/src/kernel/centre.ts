/** The centre: what every part is given. `main.ts` is the only place that builds one. */
import type { EventType } from '#contracts/events.ts';
import type { Route } from '#contracts/route.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { Database, SqlFragment, Tx } from './sql.ts';
import type { Audience, Context, EventRecord } from './command.ts';
import type { Due, DueHandler, DueSource, DueTogether } from './due.ts';
import type { Handler } from './http.ts';
import type { Bus } from './realtime.ts';
import type { Log } from './log.ts';
import type { Files } from './files.ts';
import type { Config } from './config.ts';

/** Runs inside the business transaction; touches our database only. */
export type InTransaction = (context: Context, event: EventRecord) => Promise<void>;
/** Runs after commit, at least once, ordered per subject; effect and tick-off share its transaction. */
export type Reaction = {
  name: string;
  on: readonly EventType[];
  /**
   * What the event itself already rules out is never queued. Neither waits nor writes. SQL is a condition that the
   * statement looks at which writes the event: queued only where it holds; one piece for all events of a moment.
   */
  when?(event: EventRecord, centre: Centre): boolean | SqlFragment;
  react(context: Context, event: EventRecord): Promise<void>;
};

export type RouteHandler = { route: Route; handler: Handler<Route> };

export type Ownership = {
  owners: readonly (string | null)[];
  groupId?: string | null;
  channelId?: string | null;
};
/** A kind of thing events are about: who may read it, and whose one of them is. */
export type Subject = {
  permission: Permission;
  ownership?(tx: Tx, id: string): Promise<Ownership | undefined>;
  /** For subjects that have clocks of their own: who hears, and what they show of the clock. */
  clocks?: {
    /** Those that nobody changes right now, locked; a busy one is left out and comes with the next round. */
    hearers(tx: Tx, ids: readonly string[]): Promise<Map<string, Audience>>;
    /** Told in bulk what the clocks have come to. */
    show(
      context: Context,
      clocks: readonly { subjectId: string; dueAt: number | null; state: string }[],
    ): Promise<void>;
  };
};

/** What a module or channel brings. */
export type Part = {
  name: string;
  routes?: readonly RouteHandler[];
  inTransaction?: readonly { on: readonly EventType[]; react: InTransaction }[];
  reactions?: readonly Reaction[];
  due?: Readonly<Record<string, DueHandler | DueTogether>>;
  dueSources?: readonly DueSource[];
  subjects?: Readonly<Record<string, Subject>>;
  /** Called once when a web or worker process starts; returns what stops it. */
  start?(centre: Centre, role: 'all' | 'web' | 'worker'): Promise<(() => Promise<void>) | void>;
};

export type Centre = {
  config: Config;
  clock: Clock;
  ids: Ids;
  db: Database;
  log: Log;
  files: Files;
  bus: Bus;
  due: Due;
  parts: readonly Part[];
  inTransaction: ReadonlyMap<EventType, readonly InTransaction[]>;
  /** Subscriber names by event type. */
  afterCommit: ReadonlyMap<EventType, readonly string[]>;
  reactions: ReadonlyMap<string, Reaction>;
  dueHandlers: ReadonlyMap<string, DueHandler | DueTogether>;
  subjects: ReadonlyMap<string, Subject>;
  /** Told after each commit: something may wait for the workers and the flusher. */
  stir(): void;
};
