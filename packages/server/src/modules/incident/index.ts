/** 应急模式: one text for customers and staff while something is jammed or down. The only door for other modules. */
import * as contract from '#contracts/routes/incident.ts';
import type { IncidentView } from '#contracts/routes/incident.ts';
import { obj } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import type { Part } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { Problem, faulty } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';

type Row = {
  id: string;
  cause: IncidentView['cause'];
  announcement: string;
  announcement_en: string;
  ivr: string;
  expected_end: number | null;
  offer_callback: boolean;
  overflow_group_id: string | null;
  started_at: number;
  started_by_name: string | null;
};
const iso = (ms: number) => new Date(ms).toISOString();

/** The incident that is on. Asked at each new chat and by every open page, so it is one row by a partial index. */
export const incidentNow = async (tx: Tx): Promise<IncidentView | null> => {
  const row = await tx.maybe(
    sql<Row>`select i.id, i.cause, i.announcement, i.announcement_en, i.ivr, i.expected_end, i.offer_callback, i.overflow_group_id, i.started_at, u.name as started_by_name from incident i left join app_user u on u.id = i.started_by where i.ended_at is null`,
  );
  return row
    ? {
        id: row.id,
        cause: row.cause,
        announcement: row.announcement,
        announcementEn: row.announcement_en,
        ivr: row.ivr,
        expectedEnd: row.expected_end === null ? null : iso(row.expected_end),
        offerCallback: row.offer_callback,
        overflowGroupId: row.overflow_group_id,
        startedAt: iso(row.started_at),
        startedByName: row.started_by_name,
      }
    : null;
};

export const startIncident = command({
  name: 'incident.start',
  permission: 'incident.switch',
  input: contract.startIncident.body,
  run: async ({ tx, now, actor, newId, emit, audit }, input) => {
    const { cause, announcement, expectedEnd = null, offerCallback = false, overflowGroupId = null } = input;
    if (expectedEnd && Date.parse(expectedEnd) <= now)
      throw faulty('/expectedEnd', 'OUT_OF_RANGE', { limit: `> ${iso(now)}` });
    const id = newId();
    // Of two who press at once, the index lets one through.
    const kept = await tx.run(
      sql`insert into incident (id, cause, announcement, announcement_en, ivr, expected_end, offer_callback, overflow_group_id, started_by, started_at) values (${id}::uuid, ${cause}, ${announcement}, ${input.announcementEn || announcement}, ${input.ivr || announcement}, ${expectedEnd === null ? null : new Date(expectedEnd)}, ${offerCallback}, ${overflowGroupId}::uuid, ${userId(actor)}::uuid, ${new Date(now)}) on conflict do nothing`,
    );
    if (kept === 0) throw new Problem('INCIDENT_ON');
    emit('incident.started', 'incident', id, { cause, offerCallback });
    audit('incident', id, { cause, announcement, expectedEnd, offerCallback, overflowGroupId });
    return { id };
  },
});

export const endIncident = command({
  name: 'incident.end',
  permission: 'incident.switch',
  input: obj({}),
  run: async ({ tx, now, actor, emit, audit }) => {
    const row = await tx.maybe(
      sql<{
        id: string;
        started_at: number;
      }>`update incident set ended_at = ${new Date(now)}, ended_by = ${userId(actor)}::uuid where ended_at is null returning id, started_at`,
    );
    if (!row) throw new Problem('INCIDENT_OFF');
    const minutes = Math.round((now - row.started_at) / 60_000);
    emit('incident.ended', 'incident', row.id, { minutes });
    audit('incident', row.id, { minutes });
    return { ok: true as const };
  },
});

export const incident: Part = {
  name: 'incident',
  // Everybody who knows colleagues by name hears of it; the bar asks once a minute for all others.
  subjects: { incident: { permission: 'user.read' } },
  routes: [
    answer(contract.getIncident, async ({ centre }) => ({ incident: await incidentNow(centre.db) })),
    answer(contract.startIncident, ({ centre, actor, body }) => send(centre, startIncident, body, actor)),
    answer(contract.endIncident, ({ centre, actor }) => send(centre, endIncident, {}, actor)),
    answer(contract.publicNotice, async ({ centre }) => {
      const now = await incidentNow(centre.db);
      if (!now) return { notice: null };
      const { announcement, announcementEn, expectedEnd, offerCallback } = now;
      return { notice: { announcement, announcementEn, expectedEnd, offerCallback } };
    }),
  ],
};
