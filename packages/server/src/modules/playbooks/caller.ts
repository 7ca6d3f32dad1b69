/**
 * Calls the addresses that a new record asks about (`calls` of its kind, SD3t-04), through the one guarded client and
 * outside any transaction; what came of it is written on the record as one change, which wakes whoever waits for it. Two
 * workers at once call twice and write once.
 */
import type { RecordKind } from '#contracts/pack.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { OutboundError, createOutbound } from '#kernel/outbound.ts';
import type { Outbound } from '#kernel/outbound.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { changeRecord, kindOf } from '#modules/records/index.ts';
import { inForce } from './store.ts';

/** What nobody called within a day is history: somebody has looked by hand, or nobody needs it. */
const freshMs = 86_400_000;
const pauseMs = 15_000;
const batch = 8;

/** Why an address is not told to customers any more, for the person who replaces it. */
const reasons: Record<OutboundError['reason'], string> = {
  url: '不是可以访问的网址',
  forbidden_address: '不是公网地址，系统不访问',
  dns: '域名无法解析',
  connect: '无法连接',
  time: '10 秒内没有答复',
  too_large: '答复过大',
  redirect: '转到了别处',
  busy: '访问过于频繁',
};
/** These came from a server that is there; so did refusals of a caller who is no browser. */
const answered: readonly OutboundError['reason'][] = ['redirect', 'too_large', 'busy'];
const refusals = [401, 403, 405, 429];

/** Undefined for an address that answers. A moment's trouble is asked twice. */
const faultOf = async (outbound: Outbound, url: string, again = true): Promise<string | undefined> => {
  try {
    const { status } = await outbound.request(url);
    if (status < 400 || refusals.includes(status)) return undefined;
    return status >= 500 && again ? faultOf(outbound, url, false) : `答复 HTTP ${status}`;
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    if (answered.includes(error.reason)) return undefined;
    return again && ['dns', 'connect', 'time'].includes(error.reason)
      ? faultOf(outbound, url, false)
      : reasons[error.reason];
  }
};

export type Caller = {
  /** Calls for all records that wait for it; how many there were. */ pump(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
};

export const createCaller = (centre: Centre, outbound: Outbound = createOutbound()): Caller => {
  let running: Promise<number> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  /** The addresses behind one entry: itself, or those in the words of a playbook. */
  const addressesOf = async (entry: string): Promise<string[]> => {
    if (/^https?:/.test(entry)) return [entry];
    const [playbook, script] = entry.split('.');
    const { pack } = (await inForce(centre.db, centre.clock.now())).find(({ key }) => key === playbook) ?? {};
    const words = (pack?.scripts ?? []).filter(({ key }) => key === script);
    const found = words.flatMap(
      ({ zh, en }) => `${zh.body}\n${en.body}`.match(/https?:\/\/[\w.:/?#@!$&*+;=%~-]+/g) ?? [],
    );
    return [...new Set(found.map((url) => url.replace(/[.;!?]+$/, '')))];
  };

  const call = async ({ fields }: RecordKind, calls: NonNullable<RecordKind['calls']>) => {
    // In the order in which people see them.
    const options = fields.find(({ key }) => key === calls.dead)?.options ?? [];
    const looked = await Promise.all(
      options.map(async ({ key, zh: name }) => {
        const entry = calls.addresses[key];
        if (entry === undefined) return { key, faults: [] };
        const urls = await addressesOf(entry);
        if (urls.length === 0) return { key, faults: [`${name}：话术中没有网址`] };
        const faults = await Promise.all(
          urls.map(async (url) => {
            const why = await faultOf(outbound, url);
            return why ? [`${name}：${url} ${why}`] : [];
          }),
        );
        return { key, faults: faults.flat() };
      }),
    );
    const dead = looked.filter(({ faults }) => faults.length > 0);
    return {
      [calls.dead]: dead.map(({ key }) => key),
      [calls.note]: dead.flatMap(({ faults }) => faults).join('\n') || null,
      [calls.at]: new Date(centre.clock.now()).toISOString(),
    };
  };

  const pumpOnce = async (): Promise<number> => {
    const rows = await centre.db.all(sql<{ id: string; kind: string; version: number }>`
      select r.id, r.kind, r.version from record_kind k join record r on r.kind = k.key and r.created_at > ${new Date(centre.clock.now() - freshMs)}
      where k.enabled and k.definition ? 'calls' and r.data ->> (k.definition -> 'calls' ->> 'at') is null and coalesce(r.data ->> (k.definition -> 'calls' ->> 'dead'), '[]') = '[]'
      order by r.created_at, r.id limit ${batch}`);
    for (const { id, kind: key, version } of rows) {
      const kind = await kindOf(centre.db, key);
      if (!kind?.calls) continue;
      const data = await call(kind, kind.calls);
      try {
        await send(centre, changeRecord, { kind: key, id, version, data }, systemActor('playbooks.caller'));
      } catch (error) {
        // Somebody has written it meanwhile; if it still asks, the next round has it.
        if (!(error instanceof Problem && ['STALE_VERSION', 'NOT_FOUND'].includes(error.code))) throw error;
      }
    }
    return rows.length;
  };

  const caller: Caller = {
    pump: async () => {
      while (running) await running.catch(() => 0);
      running = pumpOnce().finally(() => {
        running = undefined;
      });
      return running;
    },
    start: () => {
      started = true;
      const round = async () => {
        await caller.pump().catch((error) => centre.log.warn({ err: error }, 'addresses wait to be called'));
        if (!started) return;
        timer = setTimeout(() => void round(), pauseMs);
        timer.unref();
      };
      timer = setTimeout(() => void round(), pauseMs);
      timer.unref();
    },
    stop: async () => {
      started = false;
      clearTimeout(timer);
      await Promise.race([running?.catch(() => 0), new Promise((done) => setTimeout(done, 5000).unref())]);
      outbound.close();
    },
  };
  return caller;
};
