/** The policy table as people read it: each row with its sentence. */
import type { Static } from '#contracts/schema.ts';
import type { Locale } from '#contracts/errors.ts';
import type { listPolicyVersions, putPolicies, PolicyView } from '#contracts/routes/time.ts';
import type { Centre } from '#kernel/centre.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { settingCached } from '#modules/settings/index.ts';
import { inForce } from './rules.ts';
import type { Policy, PolicySet } from './rules.ts';
import { sentence } from './sentence.ts';
import type { ScopeNames } from './sentence.ts';
import { policiesOf, policyVersions } from './store.ts';
import type { VersionRow } from './store.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** What categories and groups are called, for sentences. */
const namesOf = async ({ db, clock }: Centre, locale: Locale): Promise<ScopeNames> => {
  const [{ nodes }, groups] = await Promise.all([
    settingCached(db, 'categories', clock.now()),
    db.all(sql<{ id: string; name: string; name_en: string }>`select id, name, name_en from skill_group`),
  ]);
  return {
    categories: Object.fromEntries(nodes.map(({ key, zh, en }) => [key, locale === 'en' ? en : zh])),
    groups: Object.fromEntries(groups.map(({ id, name, name_en }) => [id, locale === 'en' ? name_en : name])),
  };
};

const toView = (policy: Policy, locale: Locale, names: ScopeNames): PolicyView => ({
  ...(policy as Omit<PolicyView, 'sentence'>),
  sentence: sentence(policy, locale, names),
});

type SetView = Static<typeof putPolicies.response>;
type VersionView = Static<typeof listPolicyVersions.response>['items'][number];

const toSet = ({ version, effective_from }: VersionRow): PolicySet => ({
  version,
  effectiveFrom: effective_from,
  items: [],
});

/** One version of the table, the one in force now unless told; 404 for one that was never published. */
export const policySet = async (
  centre: Centre,
  version: number | undefined,
  locale: Locale,
): Promise<SetView> => {
  const { db, clock } = centre;
  const versions = await policyVersions(db);
  // Not out of what is kept for the clocks: who has just published must not be shown the table before.
  const wanted = version ?? inForce(versions.map(toSet), clock.now())?.version;
  const row = versions.find((published) => published.version === wanted);
  if (!row) throw notFound();
  const [items, names] = await Promise.all([policiesOf(db, row.version), namesOf(centre, locale)]);
  return {
    version: row.version,
    effectiveFrom: iso(row.effective_from),
    note: row.note,
    author: row.author,
    items: items.map((policy) => toView(policy, locale, names)),
  };
};

const toVersion = ({ version, effective_from, note, author, at }: VersionRow): VersionView => ({
  version,
  effectiveFrom: iso(effective_from),
  note,
  author,
  at: iso(at),
});
export const listVersions = async ({ db }: Centre): Promise<VersionView[]> =>
  (await policyVersions(db)).map(toVersion);
