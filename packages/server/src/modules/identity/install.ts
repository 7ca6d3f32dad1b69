/** What a new database needs before the first person comes. */
import { permissions, rolePresets } from '#contracts/permissions.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { UnitKind } from '#contracts/words.ts';
import type { Centre } from '#kernel/centre.ts';
import type { Context } from '#kernel/command.ts';
import { sha256 } from '#kernel/http.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';

/** Puts the role presets in place; a preset that an administrator changed is left alone. */
export const installRoles = async ({ db }: Pick<Centre, 'db'>): Promise<void> => {
  for (const { key, zh, en, grants } of rolePresets)
    await db.run(
      sql`insert into role (key, name, name_en, preset, grants) values (${key}, ${zh}, ${en}, true, ${json(grants)}::jsonb) on conflict (key) do nothing`,
    );
};

/** A one-time set-up link, valid for a day, when nobody can sign in yet; undefined otherwise. */
export const createSetupLink = async ({
  db,
  clock,
  ids,
  config,
}: Pick<Centre, 'db' | 'clock' | 'ids' | 'config'>): Promise<string | undefined> => {
  if (await db.maybe(sql`select 1 from app_user limit 1`)) return undefined;
  const token = ids.secret(24);
  await db.run(
    sql`insert into setup_link (token_hash, expires_at) values (${sha256(token)}, ${new Date(clock.now() + 86_400_000)}) on conflict (one) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
  );
  return `${config.publicUrl}/desk/setup#${token}`;
};

/** A role that a playbook needs: the grants of the preset it is like, narrowed to the own group where told. One that exists is left alone. */
export const ensureRole = async (
  tx: Tx,
  role: { key: string; zh: string; en: string; like: string; group?: boolean },
): Promise<void> => {
  const preset = rolePresets.find(({ key }) => key === role.like);
  const grants = Object.fromEntries(
    Object.entries(preset?.grants ?? {}).map(([permission, scope]) => {
      const scopes: readonly string[] = permissions[permission as Permission].scopes;
      return [permission, role.group && scopes.includes('group') ? 'group' : scope];
    }),
  );
  await tx.run(
    sql`insert into role (key, name, name_en, preset, grants) values (${role.key}, ${role.zh}, ${role.en}, false, ${json(grants)}::jsonb) on conflict (key) do nothing`,
  );
};

/** A group that a playbook needs; one that exists is left alone. */
export const ensureGroup = async (
  { tx, newId }: Pick<Context, 'tx' | 'newId'>,
  group: {
    key: string;
    zh: string;
    en: string;
    unit?: UnitKind;
    region?: string;
    below?: string;
    tier?: number;
  },
): Promise<void> =>
  void (await tx.run(
    sql`insert into skill_group (id, key, name, name_en, unit, region, parent_id, tier) values (${newId()}::uuid, ${group.key}, ${group.zh}, ${group.en}, ${group.unit ?? null}, ${group.region ?? ''}, (select id from skill_group where key = ${group.below ?? null}), ${group.tier ?? null}) on conflict (key) do nothing`,
  ));
