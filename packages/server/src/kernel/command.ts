/**
 * The one door of change. A command is checked, runs in one transaction, and leaves events behind; in the same
 * transaction go the in-transaction reactions, one audit line, and a delivery row for every after-commit reaction.
 */
import { createHash } from 'node:crypto';
import type { TSchema, Static } from '#contracts/schema.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { EventData, EventType } from '#contracts/events.ts';
import type { Actor } from './actor.ts';
import { permit, systemActor } from './actor.ts';
import { Problem } from './problem.ts';
import { record } from './record.ts';
import type { Draft } from './record.ts';
import { sql, json } from './sql.ts';
import type { Tx } from './sql.ts';
import type { Centre } from './centre.ts';

/** Who may hear of an event, for pushes and timelines. Ids only. */
export type Audience = {
  groupId?: string | null;
  userIds?: readonly (string | null | undefined)[];
  channelId?: string | null;
  customerId?: string | null;
  visitorId?: string | null;
};

export type EventRecord<T extends EventType = EventType> = {
  id: string;
  type: T;
  at: number;
  subjectType: string;
  subjectId: string;
  data: EventData<T>;
  actorKind: Actor['kind'];
  actorId: string;
  /** Id of the event that caused the command, or null. */
  causeId: string | null;
  depth: number;
  audience: Audience;
  position?: number;
};

export type Cause = { event?: EventRecord; idempotencyKey?: string };

export type Context = {
  readonly centre: Centre;
  readonly tx: Tx;
  readonly actor: Actor;
  readonly now: number;
  readonly cause: Cause;
  newId(): string;
  emit<T extends EventType>(
    type: T,
    subjectType: string,
    subjectId: string,
    data: EventData<T>,
    audience?: Audience,
  ): EventRecord<T>;
  /** Says what the audit line is about; without it the first event's subject is taken. */
  audit(subjectType: string, subjectId: string, data?: Record<string, unknown>): void;
  /** Sends a further command inside the same transaction, as the same actor unless told. */
  send<I extends TSchema, R>(command: Command<I, R>, input: Static<I>, as?: Actor): Promise<R>;
  /** Wakes a kind at an instant; the same key replaces an earlier wake. */
  schedule(kind: string, key: string, at: number, data?: Record<string, unknown>): Promise<void>;
  unschedule(kind: string, key: string): Promise<void>;
};

export type Command<I extends TSchema = TSchema, R = unknown> = {
  /** `module.verb`; it is the audit's action. */
  name: string;
  /** Null: the route's own access rule decides (one's own things, visitors, the system). */
  permission: Permission | null;
  input: I;
  /** False for streams such as chat messages and typing, whose rows are their own record. */
  audited?: boolean;
  run(context: Context, input: Static<I>): Promise<R>;
};

export const command = <I extends TSchema, R>(definition: Command<I, R>): Command<I, R> => definition;

export const deepestCause = 8;

const contextFor = (
  centre: Centre,
  tx: Tx,
  actor: Actor,
  now: number,
  cause: Cause,
  draft: Draft,
  note: { subjectType?: string; subjectId?: string; data?: Record<string, unknown> },
): Context => ({
  centre,
  tx,
  actor,
  now,
  cause,
  newId: () => centre.ids.id(now),
  emit: (type, subjectType, subjectId, data, audience = {}) => {
    const depth = (cause.event?.depth ?? 0) + 1;
    if (depth > deepestCause)
      throw new Error(`a chain of ${deepestCause} causes ends in ${type}: two rules answer each other`);
    const event = {
      id: centre.ids.id(now),
      type,
      at: now,
      subjectType,
      subjectId,
      data,
      actorKind: actor.kind,
      actorId: actor.id,
      causeId: cause.event?.id ?? null,
      depth,
      audience,
    };
    draft.events.push(event);
    return event;
  },
  audit: (subjectType, subjectId, data = {}) =>
    Object.assign(note, { subjectType, subjectId, data: { ...note.data, ...data } }),
  send: (next, input, as = actor) => within(centre, tx, next, input, as, now, cause, draft),
  schedule: async (kind, key, at, data = {}) => void (await centre.due.schedule(tx, kind, key, at, data)),
  unschedule: async (kind, key) => void (await centre.due.unschedule(tx, kind, key)),
});

const within = async <I extends TSchema, R>(
  centre: Centre,
  tx: Tx,
  definition: Command<I, R>,
  input: Static<I>,
  actor: Actor,
  now: number,
  cause: Cause,
  draft: Draft,
): Promise<R> => {
  if (definition.permission) permit(actor, definition.permission);
  const note: { subjectType?: string; subjectId?: string; data?: Record<string, unknown> } = {};
  const first = draft.events.length;
  const result = await definition.run(contextFor(centre, tx, actor, now, cause, draft, note), input);
  const subject = draft.events[first];
  if (definition.audited !== false && (note.subjectId || subject))
    draft.audits.push({
      name: definition.name,
      actor,
      subjectType: note.subjectType ?? subject!.subjectType,
      subjectId: note.subjectId ?? subject!.subjectId,
      data: { ...(subject ? { event: subject.type, ...subject.data } : {}), ...note.data },
      at: now,
    });
  return result;
};

/** In-transaction reactions, then the record of everything that happened. */
const flush = async (centre: Centre, tx: Tx, draft: Draft): Promise<void> => {
  // A reaction may emit further events; the loop reaches those too.
  for (const event of draft.events)
    for (const react of centre.inTransaction.get(event.type) ?? [])
      await react(contextFor(centre, tx, systemActor(event.type), event.at, { event }, draft, {}), event);
  await record(centre, tx, draft);
};

/** Work inside an open transaction, its effects flushed at the end of it. For reactions and timers. */
export const runIn = async <R>(
  centre: Centre,
  tx: Tx,
  actor: Actor,
  cause: Cause,
  work: (context: Context) => Promise<R>,
): Promise<R> => {
  const draft: Draft = { events: [], audits: [] };
  const result = await work(contextFor(centre, tx, actor, centre.clock.now(), cause, draft, {}));
  await flush(centre, tx, draft);
  return result;
};

export type Replayable = { replayed: boolean };

/**
 * Sends a command: permission, transaction, effects, commit. With an idempotency key the same actor's same input
 * gives the same answer for 24 h, and a different input is refused.
 */
export const send = async <I extends TSchema, R>(
  centre: Centre,
  definition: Command<I, R>,
  input: Static<I>,
  actor: Actor,
  cause: Cause & Partial<Replayable> = {},
): Promise<R> => await sendAndRead(centre, definition, input, actor, async (_tx, result) => result, cause);

/**
 * The same, and reads the answer for the caller: the read sees what the command wrote and travels together with the
 * commit. It begins one statement and may refuse nothing, because by then the work is done.
 */
export const sendAndRead = async <I extends TSchema, R, V>(
  centre: Centre,
  definition: Command<I, R>,
  input: Static<I>,
  actor: Actor,
  read: (tx: Tx, result: R) => Promise<V>,
  cause: Cause & Partial<Replayable> = {},
): Promise<V> => {
  const { reading } = await centre.db.transaction(async (tx) => {
    const now = centre.clock.now();
    // Begun and not waited for: the commit leaves with it.
    const begun = (result: R) => {
      const answer = read(tx, result);
      answer.catch(() => {});
      return { reading: answer };
    };
    const draft: Draft = { events: [], audits: [] };
    const key = cause.idempotencyKey;
    if (key !== undefined) {
      const earlier = await claimKey(tx, actor, definition.name, key, input, now);
      if (earlier) {
        cause.replayed = true;
        return begun(earlier.answer as R);
      }
    }
    const answer = await within(centre, tx, definition, input, actor, now, cause, draft);
    await flush(centre, tx, draft);
    if (key !== undefined)
      await tx.later(
        sql`update idempotency set answer = ${json(answer ?? null)}::jsonb where actor = ${`${actor.kind}:${actor.id}`} and key = ${key}`,
      );
    return begun(answer);
  });
  centre.stir();
  return reading;
};

/** Inserts the key; a twin that is still running makes us wait on its row, then we replay its answer. */
const claimKey = async (tx: Tx, actor: Actor, name: string, key: string, input: unknown, now: number) => {
  const owner = `${actor.kind}:${actor.id}`;
  const hash = createHash('sha256').update(json({ name, input })).digest('hex');
  const fresh = await tx.run(
    sql`insert into idempotency (actor, key, hash, at) values (${owner}, ${key}, ${hash}, ${new Date(now)}) on conflict (actor, key) do update set hash = excluded.hash, at = excluded.at, answer = null where idempotency.at < ${new Date(now - 86_400_000)}`,
  );
  if (fresh > 0) return undefined;
  const row = await tx.one(
    sql<{
      hash: string;
      answer: unknown;
    }>`select hash, answer from idempotency where actor = ${owner} and key = ${key}`,
  );
  if (row.hash !== hash) throw new Problem('IDEMPOTENCY_KEY_REUSED');
  return { answer: row.answer };
};

/** Convenience for reactions that need the centre itself as actor. */
export const asSystem = systemActor;
