/** Playbooks as lists and versions; who has read them; where their runs get stuck; their words. */
import type { PlaybookRow, ReviewView, VersionView } from '#contracts/routes/playbooks.ts';
import type { Pack, Words } from '#contracts/pack.ts';
import type { Actor } from '#kernel/actor.ts';
import { inScope, userId } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import type { Context } from '#kernel/command.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';
import { faultsOfPack } from '../commands/versions.ts';
import { caseOf, speakerOf } from '../facts.ts';
import { inForce } from '../store.ts';
import type { RunRow } from '../store.ts';
import { scriptsFor } from '../words.ts';
import { isWorker, workersOf } from '../workers.ts';

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

type ListRow = {
  key: string;
  name: Words;
  scenario: string;
  industry: string;
  enabled: boolean;
  cloned_from: string | null;
  version: number | null;
  draft: number | null;
  pack: Pack;
  review_due_at: number | null;
  running: number;
  late: number;
  read: boolean;
};
export const listPlaybooks = async (
  { db, clock }: Centre,
  actor: Actor,
  only?: string,
): Promise<PlaybookRow[]> => {
  const [rows, own] = await Promise.all([
    db.all(sql<ListRow>`
    select p.key, p.name, p.scenario, p.industry, p.enabled, p.cloned_from, v.version, d.version as draft, coalesce(v.pack, d.pack) as pack, v.review_due_at,
      (select count(*)::int from run n where n.playbook = p.key and n.state = 'running') as running,
      (select count(*)::int from task k join run n on n.id = k.run_id where n.playbook = p.key and n.state = 'running' and k.state = 'open' and k.late) as late,
      exists (select 1 from playbook_read r where r.key = p.key and r.version = v.version and r.user_id = ${userId(actor)}::uuid) as read
    from playbook p
      left join lateral (select * from playbook_version v where v.key = p.key and v.state = 'published' and v.effective_from <= ${new Date(clock.now())} order by v.version desc limit 1) v on true
      left join playbook_version d on d.key = p.key and d.state = 'draft'
    where ${only ? sql`p.key = ${only}` : sql`true`} order by p.enabled desc, p.position, p.key`),
    db.all(sql<{ key: string }>`select key from skill_group where id = any(${[...actor.groupIds]}::uuid[])`),
  ]);
  const reader = { roles: actor.roleKeys ?? [], groups: own.map(({ key }) => key), grants: actor.grants };
  return rows.map((row) => ({
    key: row.key,
    name: row.name,
    goal: row.pack.goal,
    scenario: row.scenario,
    industry: row.industry,
    owner: row.pack.owner,
    about: row.pack.about ?? 'ticket',
    enabled: row.enabled,
    version: row.version,
    draft: row.draft,
    steps: row.pack.steps?.length ?? 0,
    running: row.running,
    late: row.late,
    reviewDueAt: iso(row.review_due_at),
    clonedFrom: row.cloned_from,
    read: row.read,
    works: isWorker(workersOf(row.pack), reader),
    brings: {
      roles: (row.pack.roles ?? []).map(({ key, zh, en }) => ({ key, zh, en })),
      groups: (row.pack.groups ?? []).map(({ key, zh, en }) => ({ key, zh, en })),
    },
  }));
};
export const playbookRow = async (centre: Centre, actor: Actor, key: string): Promise<PlaybookRow> => {
  const [row] = await listPlaybooks(centre, actor, key);
  if (!row) throw notFound();
  return row;
};

type VersionRow = {
  key: string;
  version: number;
  state: VersionView['state'];
  note: string;
  author: string | null;
  created_at: number;
  published_at: number | null;
  effective_from: number | null;
  review_due_at: number | null;
  read_by: number;
  edit: number;
  pack: Pack;
};
const versionsWhere = ({ db }: Centre, where: SqlFragment): Promise<VersionRow[]> =>
  db.all(
    sql<VersionRow>`select v.*, u.name as author, (select count(*)::int from playbook_read r where r.key = v.key and r.version = v.version) as read_by from playbook_version v left join app_user u on u.id = v.author_id where ${where} order by v.version desc`,
  );
const toVersion = (row: VersionRow): VersionView => ({
  key: row.key,
  version: row.version,
  state: row.state,
  note: row.note,
  author: row.author,
  createdAt: iso(row.created_at)!,
  publishedAt: iso(row.published_at),
  effectiveFrom: iso(row.effective_from),
  reviewDueAt: iso(row.review_due_at),
  readBy: row.read_by,
  edit: row.edit,
});
export const playbookVersions = async (centre: Centre, key: string): Promise<VersionView[]> => {
  const rows = await versionsWhere(centre, sql`v.key = ${key}`);
  if (rows.length === 0) throw notFound();
  return rows.map(toVersion);
};
export const playbookVersion = async (centre: Centre, key: string, version: number) => {
  const [row] = await versionsWhere(centre, sql`v.key = ${key} and v.version = ${version}`);
  if (!row) throw notFound();
  return {
    ...toVersion(row),
    pack: row.pack,
    faults: row.state === 'draft' ? await faultsOfPack(centre.db, row.pack) : [],
  };
};

/** Who works with the version in force and whether they confirmed it; who confirmed it from outside follows. */
export const playbookReaders = async (centre: Centre, key: string) => {
  const now = new Date(centre.clock.now());
  const [row] = await centre.db.all(
    sql<{
      version: number;
      pack: Pack;
    }>`select v.version, v.pack from playbook p left join playbook_version v on v.key = p.key and v.state = 'published' and v.effective_from <= ${now} where p.key = ${key} order by v.version desc nulls last limit 1`,
  );
  if (!row) throw notFound();
  if (!row.pack) return { version: 0, items: [] };
  const { roles, groups, pairs, permission } = workersOf(row.pack);
  const has = (condition: SqlFragment) =>
    sql`exists (select 1 from user_role h join role o on o.key = h.role_key where h.user_id = u.id and ${condition})`;
  const isIn = (condition: SqlFragment) =>
    sql`exists (select 1 from group_member m join skill_group s on s.id = m.group_id where m.user_id = u.id and ${condition})`;
  const works = [
    sql`${has(sql`h.role_key = any(${roles}::text[])`)} or ${isIn(sql`s.key = any(${groups}::text[])`)}`,
    ...(permission ? [has(sql`o.grants ? ${permission}`)] : []),
    ...pairs.map(
      ({ role, group }) => sql`(${has(sql`h.role_key = ${role}`)} and ${isIn(sql`s.key = ${group}`)})`,
    ),
  ].reduce((all, one) => sql`${all} or ${one}`);
  const items = await centre.db.all(
    sql<{
      userId: string;
      name: string;
      at: number | null;
      works: boolean;
    }>`select * from (select u.id as "userId", u.name, u.staff_no, r.at, (${works}) as works from app_user u left join playbook_read r on r.user_id = u.id and r.key = ${key} and r.version = ${row.version} where u.status = 'active') one where works or at is not null order by works desc, at nulls first, staff_no`,
  );
  return {
    version: row.version,
    items: items.map(({ userId: id, name, at, works: does }) => ({
      userId: id,
      name,
      readAt: iso(at),
      works: does,
    })),
  };
};

export const listReviews = async ({ db }: Centre, key: string): Promise<ReviewView[]> => {
  if (!(await db.maybe(sql`select 1 from playbook where key = ${key}`))) throw notFound();
  const rows = await db.all(
    sql<{
      id: string;
      version: number;
      note: string;
      by: string | null;
      at: number;
      due_at: number;
    }>`select r.id, r.version, r.note, u.name as by, r.at, r.due_at from playbook_review r left join app_user u on u.id = r.reviewed_by where r.key = ${key} order by r.at desc, r.id desc limit 100`,
  );
  return rows.map(({ due_at: dueAt, at, ...row }) => ({ ...row, at: iso(at)!, dueAt: iso(dueAt)! }));
};

type RequestRow = {
  id: string;
  text: string;
  metric: string | null;
  before_value: number | null;
  after_value: number | null;
  state: string;
  version: number | null;
  requester: string | null;
  at: number;
};
export const listRequests = async ({ db }: Centre, key: string, id?: string) =>
  (
    await db.all(
      sql<RequestRow>`select q.*, u.name as requester from playbook_request q left join app_user u on u.id = q.requested_by where q.key = ${key} and ${id ? sql`q.id = ${id}::uuid` : sql`true`} order by q.at desc, q.id desc`,
    )
  ).map((row) => ({
    id: row.id,
    text: row.text,
    metric: row.metric,
    before: row.before_value,
    after: row.after_value,
    state: row.state,
    version: row.version,
    requestedBy: row.requester,
    at: iso(row.at)!,
  }));

/** Per step: how many wait, are late, were done, and the median time it took. */
export const playbookJams = async ({ db }: Centre, key: string, from?: string) => ({
  items: await db.all(
    sql<{
      step: string;
      open: number;
      late: number;
      done: number;
      doneLate: number;
      skipped: number;
      medianSeconds: number | null;
    }>`
    select k.step_key as step, count(*) filter (where k.state = 'open')::int as open, count(*) filter (where k.state = 'open' and k.late)::int as late, count(*) filter (where k.state = 'done')::int as done,
      count(*) filter (where k.state = 'done' and k.late)::int as "doneLate", count(*) filter (where k.state = 'skipped')::int as skipped,
      percentile_cont(0.5) within group (order by extract(epoch from k.done_at - k.created_at)) filter (where k.state = 'done')::double precision as "medianSeconds"
    from task k join run n on n.id = k.run_id where n.playbook = ${key} and k.step_key is not null and ${from ? sql`n.started_at >= ${new Date(from)}` : sql`true`} group by k.step_key order by min(k.created_at)`,
  ),
});

const blank = (of: { ticketId?: string; conversationId?: string; customerId?: string }): RunRow => ({
  id: '00000000-0000-7000-8000-000000000000',
  playbook: '',
  version: 0,
  state: 'running',
  outcome: null,
  subject_type: 'ticket',
  subject_id: '00000000-0000-7000-8000-000000000000',
  ticket_id: of.ticketId ?? null,
  conversation_id: of.conversationId ?? null,
  customer_id: of.customerId ?? null,
  record_id: null,
  answers: {},
  visits: {},
  event: {},
  parent_run_id: null,
  started_by: null,
  started_at: 0,
  ended_at: null,
  end_reason: null,
});

/** The words of the enabled playbooks, found by text, filled in for a case. */
export const listScripts = async (
  centre: Centre,
  actor: Actor,
  {
    q,
    playbook,
    key: wantedKey,
    limit = 30,
    ...of
  }: {
    q?: string;
    playbook?: string;
    key?: string;
    limit?: number;
    ticketId?: string;
    conversationId?: string;
    customerId?: string;
  },
) => {
  const now = centre.clock.now();
  const readable = await mayUse(centre, actor, of);
  const [speaker, { facts: known }] = await Promise.all([
    speakerOf(centre.db, actor),
    caseOf({ centre, tx: centre.db, actor, now } as unknown as Context, blank(readable)),
  ]);
  const facts = speaker ? { ...known, agent: speaker } : known;
  const wanted = (q ?? '').trim().toLowerCase();
  const packs = (await inForce(centre.db, now)).filter(({ key }) => !playbook || key === playbook);
  const found = packs.flatMap(({ key, name, pack }) =>
    pack.scripts
      .filter(({ key: script }) => !wantedKey || script === wantedKey)
      .filter(
        ({ zh, en, key: script }) =>
          !wanted ||
          [zh.title, zh.body, en.title, en.body, script].some((text) => text.toLowerCase().includes(wanted)),
      )
      .flatMap((script) => {
        const [said] = scriptsFor({ scripts: [script] }, [script.key], facts);
        return said
          ? [{ ...said, playbook: key, playbookName: name, audience: script.audience ?? null }]
          : [];
      }),
  );
  return { items: found.slice(0, limit) };
};

/** A case that the reader may not see fills no words. */
const mayUse = async (
  centre: Centre,
  actor: Actor,
  of: { ticketId?: string; conversationId?: string; customerId?: string },
) => {
  const allowed = async (type: 'ticket' | 'conversation', id: string | undefined) => {
    const ownership = id ? await centre.subjects.get(type)?.ownership?.(centre.db, id) : undefined;
    return ownership && inScope(actor, type === 'ticket' ? 'ticket.read' : 'conversation.read', ownership)
      ? id
      : undefined;
  };
  const ticketId = await allowed('ticket', of.ticketId);
  const conversationId = await allowed('conversation', of.conversationId);
  const row = ticketId
    ? await centre.db.maybe(
        sql<{ customer_id: string }>`select customer_id from ticket where id = ${ticketId}::uuid`,
      )
    : conversationId
      ? await centre.db.maybe(
          sql<{
            customer_id: string | null;
          }>`select customer_id from conversation where id = ${conversationId}::uuid`,
        )
      : undefined;
  return { ticketId, conversationId, customerId: of.customerId ?? row?.customer_id ?? undefined };
};
