/**
 * Gapless realtime. After commit a dispatcher gives events their position; every web process hears one batched
 * NOTIFY per ~20 ms (in the transaction it would halve commits) and pushes to its sockets. A client that comes
 * back with `after=position` is sent what it missed. Every push is checked against the actor's scope.
 */
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Centre } from './centre.ts';
import type { EventRecord } from './command.ts';
import type { Actor } from './actor.ts';
import { inScope, may } from './actor.ts';
import { toEvent, streamed } from './deliveries.ts';
import type { StoredEvent } from './deliveries.ts';
import { limitOf, sql } from './sql.ts';

const flushEveryMs = 20;
const replayAtMost = 1000;
const sendBufferLimit = 1_048_576;
const frameLimit = 4096;

/** May this actor hear of this event? The one rule for pushes, replays and the event list. */
export const mayHear = (centre: Pick<Centre, 'subjects'>, actor: Actor, event: EventRecord): boolean => {
  const { groupId, userIds = [], channelId, customerId, visitorId } = event.audience;
  if (actor.kind === 'visitor')
    return (
      visitorId === actor.id &&
      (event.type.startsWith('conversation.') || event.type.startsWith('message.')) &&
      (event.data as { visibility?: string }).visibility !== 'internal'
    );
  if (userIds.includes(actor.id)) return true;
  const permission = centre.subjects.get(event.subjectType)?.permission;
  return (
    !!permission &&
    inScope(actor, permission, {
      owners: [...userIds, customerId ?? null].map((id) => id ?? null),
      groupId,
      channelId,
    })
  );
};

type Socket = { ws: WebSocket; actor: Actor; topics: Set<string> };
export type Whisper = {
  topic: string;
  audience: { visitorId?: string | null; conversationId?: string; userIds?: string[] };
  payload: Record<string, unknown>;
};

export type Bus = {
  /** There may be events without position. */
  stir(): void;
  /** Sends something that need not be kept (typing) to those who may hear the conversation. */
  whisper(whisper: Whisper): void;
  /** Positions all committed events now; returns the last position. */
  flush(): Promise<number>;
  attach(server: Server, identify: (request: IncomingMessage) => Promise<Actor | number>): void;
  /** Local listeners (tests, the demo centre). */
  heard(listener: (event: EventRecord) => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
  connectedUsers(): Set<string>;
};

export const createBus = (getCentre: () => Centre, alive: (actors: Actor[]) => Promise<Set<string>>): Bus => {
  const sockets = new Set<Socket>();
  const listeners = new Set<(event: EventRecord) => void>();
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: frameLimit,
    handleProtocols: (offered) => (offered.has('zhike.v1') ? 'zhike.v1' : false),
  });
  let last = 0;
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> | undefined;
  let again = false;
  let reading: Promise<void> = Promise.resolve();
  let unlisten: (() => Promise<void>) | undefined;
  let guard: NodeJS.Timeout | undefined;
  let whispers: Whisper[] = [];
  let started = false;

  const push = (socket: Socket, text: string) => {
    if (socket.ws.bufferedAmount > sendBufferLimit)
      return socket.ws.close(4408, 'too slow; come back with after=position');
    socket.ws.send(text);
  };
  const frame = (event: EventRecord) =>
    JSON.stringify({
      type: 'event',
      position: event.position,
      event: {
        type: event.type,
        at: new Date(event.at).toISOString(),
        subjectType: event.subjectType,
        subjectId: event.subjectId,
        actorId: event.actorKind === 'user' ? event.actorId : null,
        data: event.data,
      },
    });
  const wants = ({ actor, topics }: Socket, event: EventRecord) => {
    if (actor.kind === 'visitor') return true;
    if (topics.has(`${event.subjectType}:${event.subjectId}`)) return true;
    if (topics.has('floor') || topics.has('desk')) return true;
    return topics.has('me') && (event.audience.userIds ?? []).includes(actor.id);
  };
  const broadcast = (event: EventRecord) => {
    for (const listener of listeners) listener(event);
    if (sockets.size === 0) return;
    let text: string | undefined;
    for (const socket of sockets)
      if (wants(socket, event) && mayHear(getCentre(), socket.actor, event))
        push(socket, (text ??= frame(event)));
  };

  const readNew = async () => {
    const centre = getCentre();
    for (;;) {
      const rows = await centre.db.all(
        sql<StoredEvent>`select ${streamed} where s.position > ${last} order by s.position limit 500`,
      );
      for (const row of rows) {
        last = row.position!;
        broadcast(toEvent(row));
      }
      if (rows.length < 500) return;
    }
  };
  const read = () =>
    (reading = reading
      .then(readNew)
      .catch((error) => getCentre().log.warn({ err: error }, 'realtime waits for the database')));

  /** Positions are given under one row lock, so they are gapless and in the order they become visible. */
  const assign = async (): Promise<number> =>
    getCentre().db.transaction(async (tx) => {
      const pending = await tx.maybe(sql`select 1 from unplaced limit 1`);
      if (!pending && whispers.length === 0) return last;
      const head = await tx.one(sql<{ position: number }>`select position from stream_head for update`);
      const count = await tx.run(
        sql`
          with placed as (delete from unplaced returning event_ids)
          insert into stream (position, event_id)
          select ${head.position}::bigint + row_number() over (order by id), id from placed, unnest(event_ids) as id`,
      );
      if (count > 0) await tx.run(sql`update stream_head set position = ${head.position + count}`);
      const said = whispers;
      whispers = [];
      await tx.run(sql`select pg_notify('zhike', '')`);
      for (const whisper of said) await tx.run(sql`select pg_notify('zhike', ${JSON.stringify(whisper)})`);
      return head.position + count;
    });

  const hear = (payload: string) => {
    if (!payload) return void read();
    const { topic, audience, payload: content } = JSON.parse(payload) as Whisper;
    const text = JSON.stringify({ type: 'whisper', topic, ...content });
    for (const socket of sockets) {
      const forVisitor = socket.actor.kind === 'visitor' && audience.visitorId === socket.actor.id;
      if (forVisitor || (socket.actor.kind !== 'visitor' && socket.topics.has(topic))) push(socket, text);
    }
  };

  const subscribe = async (socket: Socket, topic: unknown) => {
    const refuse = () =>
      push(
        socket,
        JSON.stringify({
          type: 'error',
          code: 'FORBIDDEN',
          topic: typeof topic === 'string' ? topic.slice(0, 80) : null,
        }),
      );
    if (typeof topic !== 'string' || socket.topics.size >= 200) return refuse();
    if (
      topic === 'me' ||
      (topic === 'desk' && (may(socket.actor, 'ticket.read') || may(socket.actor, 'conversation.read'))) ||
      (topic === 'floor' && may(socket.actor, 'floor.read'))
    )
      return void socket.topics.add(topic);
    const [kind = '', id = ''] = topic.split(':');
    const subject = getCentre().subjects.get(kind);
    if (!subject?.ownership || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return refuse();
    const row = await subject.ownership(getCentre().db, id);
    if (!row || !inScope(socket.actor, subject.permission, row)) return refuse();
    socket.topics.add(topic);
  };

  const welcome = async (ws: WebSocket, actor: Actor, after: number | null) => {
    const socket: Socket = { ws, actor, topics: new Set(actor.kind === 'visitor' ? [] : ['me']) };
    // Joined before the replay is read: an event may come twice, never be lost; clients drop positions they know.
    sockets.add(socket);
    let alivePing = true;
    const ping = setInterval(() => {
      if (!alivePing) return ws.terminate();
      alivePing = false;
      ws.ping();
    }, 25_000);
    ws.on('pong', () => {
      alivePing = true;
    });
    ws.on('close', () => {
      clearInterval(ping);
      sockets.delete(socket);
    });
    ws.on('error', () => ws.terminate());
    ws.on('message', (raw) => {
      let message: { do?: string; topic?: unknown };
      try {
        message = JSON.parse(String(raw));
      } catch {
        return push(socket, JSON.stringify({ type: 'error', code: 'BAD_REQUEST' }));
      }
      if (message?.do === 'subscribe') void subscribe(socket, message.topic).catch(() => ws.close(1011));
      else if (message?.do === 'unsubscribe' && typeof message.topic === 'string')
        socket.topics.delete(message.topic);
      else push(socket, JSON.stringify({ type: 'error', code: 'BAD_REQUEST' }));
    });
    const centre = getCentre();
    push(
      socket,
      JSON.stringify({
        type: 'welcome',
        position: last,
        serverTime: new Date(centre.clock.now()).toISOString(),
      }),
    );
    if (after === null) return;
    const missed = await centre.db.all(
      sql<StoredEvent>`select ${streamed} where s.position > ${after} order by s.position ${limitOf(replayAtMost + 1)}`,
    );
    if (missed.length > replayAtMost || after > last)
      return push(socket, JSON.stringify({ type: 'reset', position: last }));
    for (const row of missed) {
      const event = toEvent(row);
      if (mayHear(centre, actor, event)) push(socket, frame(event));
    }
  };

  const bus: Bus = {
    stir: () => {
      again = true;
      if (!started || timer || flushing) return;
      timer = setTimeout(() => {
        timer = undefined;
        again = false;
        // One round at a time: a second would only wait for the first one's row and hold a connection (44 ms in a rush).
        flushing = bus
          .flush()
          .catch((error: unknown) => {
            getCentre().log.warn({ err: error }, 'positions wait for the database');
            setTimeout(() => bus.stir(), 500).unref();
          })
          .then(() => {
            flushing = undefined;
            if (again) bus.stir();
          });
      }, flushEveryMs);
    },
    whisper: (whisper) => {
      if (whispers.length < 500) whispers.push(whisper);
      bus.stir();
    },
    flush: async () => {
      const position = await assign();
      if (!started) await read();
      return position;
    },
    attach: (http, identify) => {
      http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
        const refuse = (status: number) =>
          stream.end(
            `HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Unauthorized'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
          );
        stream.on('error', () => {});
        const url = new URL(request.url ?? '/', 'http://localhost');
        if (url.pathname !== '/realtime') return refuse(401);
        const after = url.searchParams.get('after');
        identify(request).then(
          (actor) => {
            if (typeof actor === 'number') return refuse(actor);
            server.handleUpgrade(
              request,
              stream,
              head,
              (ws) =>
                void welcome(
                  ws,
                  actor,
                  after !== null && /^\d{1,15}$/.test(after) ? Number(after) : null,
                ).catch(() => ws.close(1011)),
            );
          },
          () => refuse(401),
        );
      });
    },
    heard: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: async () => {
      const centre = getCentre();
      last = (await centre.db.one(sql<{ position: number }>`select position from stream_head`)).position;
      started = true;
      unlisten = await centre.db.listen('zhike', hear);
      bus.stir();
      guard = setInterval(() => {
        if (sockets.size === 0) return;
        const actors = [...sockets].map(({ actor }) => actor);
        void alive(actors)
          .then((living) => {
            for (const socket of sockets)
              if (!living.has(socket.actor.sessionId ?? socket.actor.id))
                socket.ws.close(4401, 'session ended');
          })
          .catch(() => {});
      }, 3000);
      guard.unref();
    },
    stop: async () => {
      started = false;
      clearTimeout(timer);
      clearInterval(guard);
      for (const { ws } of sockets) ws.close(1012, 'restarting; come back with after=position');
      server.close();
      await unlisten?.();
      await reading;
    },
    connectedUsers: () =>
      new Set([...sockets].filter(({ actor }) => actor.kind === 'user').map(({ actor }) => actor.id)),
  };
  return bus;
};
