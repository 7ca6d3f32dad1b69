/** What a new database needs before the first person comes. */
import { rolePresets } from '#contracts/permissions.ts';
import type { Centre } from '#kernel/centre.ts';
import { sha256 } from '#kernel/http.ts';
import { json, sql } from '#kernel/sql.ts';

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
