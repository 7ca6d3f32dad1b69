import { noLonger } from '#contracts/audit-words.ts';
import type { ResponseOf } from '#contracts/route.ts';
import type { recordHistory } from '#contracts/routes/records.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import { demandKind } from '../kinds.ts';
import { recordById } from './list.ts';

type Line = ResponseOf<typeof recordHistory>['items'][number];
type Row = {
  at: number;
  type: string;
  by: string | null;
  data: Record<string, unknown>;
  ticket: string | null;
};
/** More lines than this nobody reads; the audit has them all. */
const mostLines = 200;

const whatOf = (type: string, removed: unknown): Line['what'] =>
  type === 'record.gathered'
    ? removed
      ? 'released'
      : 'gathered'
    : (type.replace('record.', '') as Line['what']);

/** What happened to one record that the reader may see, in the words of its kind. */
export const historyOf = async (centre: Centre, actor: Actor, key: string, id: string): Promise<Line[]> => {
  await recordById(centre, actor, key, id);
  const kind = await demandKind(centre.db, key);
  const rows = await centre.db.all(sql<Row>`
    select e.at, e.type, u.name as by, e.data, t.number as ticket
    from event e left join app_user u on e.actor_kind in ('user', 'token') and u.id::text = e.actor_id left join ticket t on e.type = 'record.gathered' and t.id = (e.data ->> 'ticketId')::uuid
    where e.subject_id = ${id}::uuid and e.type in ('record.created', 'record.changed', 'record.moved', 'record.gathered') order by e.at desc, e.id desc limit ${mostLines}`);
  return rows.map(({ at, type, by, data, ticket }) => {
    const to = (data.to ?? data.state ?? null) as string | null;
    const state = kind.states?.find((one) => one.key === to) ?? (to === null ? null : noLonger(to));
    const changed = (data.fields as string[] | undefined) ?? [];
    return {
      at: new Date(at).toISOString(),
      by,
      what: whatOf(type, data.removed),
      state: state ? { zh: state.zh, en: state.en } : null,
      fields: changed.map((name) => {
        const { zh, en } = kind.fields.find((field) => field.key === name) ?? noLonger(name);
        return { zh, en };
      }),
      note: (data.note as string | undefined) ?? null,
      ticketNumber: ticket,
    };
  });
};
