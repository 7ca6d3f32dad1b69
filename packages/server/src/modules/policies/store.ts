/** SQL on policy_version and policy. */
import { kept } from '#kernel/kept.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { inForce } from './rules.ts';
import type { Policy, PolicySet } from './rules.ts';

export type VersionRow = {
  version: number;
  effective_from: number;
  note: string;
  author_id: string | null;
  author: string | null;
  at: number;
};

/** Versions, newest first, with the name of the author. */
export const policyVersions = (tx: Tx): Promise<VersionRow[]> =>
  tx.all(sql<VersionRow>`
  select v.*, u.name as author from policy_version v left join app_user u on u.id = v.author_id order by v.version desc`);

type PolicyRow = {
  id: string;
  kind: Policy['kind'];
  scope: Policy['scope'];
  value: number | null;
  unit: Policy['unit'];
  calendar_id: string | null;
  warn_at: number | null;
  ladder: Policy['ladder'] | null;
  source: string[];
};
const toPolicy = (row: PolicyRow): Policy => ({
  id: row.id,
  kind: row.kind,
  scope: row.scope,
  value: row.value,
  unit: row.unit,
  ...(row.calendar_id === null ? {} : { calendarId: row.calendar_id }),
  ...(row.warn_at === null ? {} : { warnAt: row.warn_at }),
  ...(row.ladder === null ? {} : { ladder: row.ladder }),
  source: row.source,
});

/** Rows of one version in the order they were written. */
export const policiesOf = async (tx: Tx, version: number): Promise<Policy[]> =>
  (await tx.all(sql<PolicyRow>`select * from policy where version = ${version} order by position`)).map(
    toPolicy,
  );

/** Writes a version; one publication at a time, so that versions have no gap and no twin. */
export const publish = async (
  tx: Tx,
  {
    items,
    effectiveFrom,
    note,
    authorId,
    now,
  }: { items: readonly Policy[]; effectiveFrom: number; note: string; authorId: string | null; now: number },
): Promise<number> => {
  await tx.run(sql`lock table policy_version in share row exclusive mode`);
  const { version } = await tx.one(sql<{ version: number }>`
    insert into policy_version (version, effective_from, note, author_id, at)
    select coalesce(max(version), 0) + 1, ${new Date(effectiveFrom)}::timestamptz, ${note}::text, ${authorId}::uuid, ${new Date(now)}::timestamptz from policy_version returning version`);
  const rows = items.map((policy, position) => ({
    ...policy,
    position,
    calendar_id: policy.calendarId ?? null,
    warn_at: policy.warnAt ?? null,
    ladder: policy.ladder ?? null,
    source: policy.source ?? [],
  }));
  await tx.run(sql`
    insert into policy (version, position, id, kind, scope, value, unit, calendar_id, warn_at, ladder, source)
    select ${version}::int, position, id, kind, scope, value, unit, calendar_id, warn_at, nullif(ladder, 'null'::jsonb), source
    from jsonb_to_recordset(${json(rows)}::jsonb) as r(position int, id uuid, kind text, scope jsonb, value double precision, unit text, calendar_id uuid, warn_at double precision, ladder jsonb, source text[])`);
  return version;
};

/** All published tables; a version never changes, so only new ones are read. */
const sets = kept<PolicySet[]>(2000, async (tx, last = []) => {
  const versions = await tx.all(
    sql<{
      version: number;
      effective_from: number;
    }>`select version, effective_from from policy_version order by version`,
  );
  if (versions.length === last.length) return last;
  return Promise.all(
    versions.map(
      async ({ version, effective_from }) =>
        last.find((set) => set.version === version) ?? {
          version,
          effectiveFrom: effective_from,
          items: await policiesOf(tx, version),
        },
    ),
  );
});

const none: PolicySet = { version: 0, effectiveFrom: 0, items: [] };
/** The table in force at an instant, at most two seconds old; an empty one before the first is published. */
export const policiesAt = async (db: Tx, at: number): Promise<PolicySet> =>
  inForce(await sets.of(db), at) ?? none;
/** One version of the table; an empty one for a number that was never published. */
export const policiesOfVersion = async (db: Tx, version: number): Promise<PolicySet> => {
  const find = async (): Promise<PolicySet | undefined> =>
    (await sets.of(db)).find((set) => set.version === version);
  const known = await find();
  if (known) return known;
  // Published by another process since the last look.
  sets.forget(db);
  return (await find()) ?? none;
};
export const forgetPolicies = (db: Tx): void => sets.forget(db);
