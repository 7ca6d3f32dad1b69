/** Brings the shipped packs into a centre, and newer shipped versions of them into one that already runs. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Centre } from '#kernel/centre.ts';
import { runIn } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import type { Pack } from '#contracts/pack.ts';
import { systemActor } from '#kernel/actor.ts';
import { json, sql } from '#kernel/sql.ts';
import { ensureGroup, ensureRole } from '#modules/identity/index.ts';
import { defineKinds } from '#modules/records/index.ts';
import { packFolders, readFolder } from './folder.ts';
import type { FolderFault, ReadFolder } from './folder.ts';
import { planReview, reviewDue } from './reviews.ts';
import { arm } from './schedule.ts';
import { changeInForce } from './store.ts';

/** Where the product's own packs lie. */
export const shippedPacks = fileURLToPath(new URL('../../../../../packs/', import.meta.url));

export class PackRefused extends Error {
  readonly folder: string;
  readonly faults: readonly FolderFault[];
  constructor(folder: string, faults: readonly FolderFault[]) {
    super(
      `${path.basename(folder)}: ${faults.map(({ file, line, zh, en }) => `${file}:${line} ${zh} | ${en}`).join('\n')}`,
    );
    this.folder = folder;
    this.faults = faults;
  }
}

/** What a pack needs of the centre, made when it is switched on. */
export const provide = async (context: Context, pack: Pack, enabled: boolean): Promise<void> => {
  if (enabled) {
    for (const role of pack.roles ?? []) await ensureRole(context.tx, role);
    for (const group of pack.groups ?? []) await ensureGroup(context, group);
  }
  await defineKinds(context, pack.key, pack.records, enabled);
  await arm(context, pack, enabled);
};

/**
 * Installs one pack that was read. The same folder again changes nothing. A newer one is published, unless the
 * centre has published its own changes: then it waits as a draft for somebody to compare.
 */
export const installPack = async (
  centre: Centre,
  { pack, hash }: Pick<ReadFolder, 'pack' | 'hash'>,
  position: number,
): Promise<'new' | 'same' | 'newer' | 'draft'> => {
  if (!pack) throw new Error('a pack with faults cannot be installed');
  const { key } = pack;
  return centre.db.transaction((tx) =>
    runIn(centre, tx, systemActor('install'), {}, async (context) => {
      const { now } = context;
      const versions = await tx.all(
        sql<{
          version: number;
          state: string;
          shipped: string | null;
        }>`select version, state, shipped from playbook_version where key = ${key} order by version desc for update`,
      );
      if (versions.some(({ shipped }) => shipped === hash)) return 'same';
      const own = versions.some(({ shipped, state }) => shipped === null && state !== 'draft');
      const hasDraft = versions.some(({ state }) => state === 'draft');
      if (own && hasDraft) return 'same';
      const version = (versions[0]?.version ?? 0) + 1;
      const state = own ? 'draft' : 'published';
      const due = reviewDue(now, pack.reviewMonths);
      await tx.run(
        sql`insert into playbook (key, name, scenario, industry, enabled, position, created_at) values (${key}, ${json(pack.name)}::jsonb, ${pack.scenario}, ${pack.industry}, ${pack.enabled ?? false}, ${position}, ${new Date(now)}) on conflict (key) do update set position = excluded.position`,
      );
      if (!own)
        await tx.run(
          sql`update playbook_version set state = 'retired' where key = ${key} and state = 'published'`,
        );
      await tx.run(
        sql`insert into playbook_version (key, version, state, pack, note, created_at, published_at, effective_from, review_due_at, shipped) values (${key}, ${version}, ${state}, ${json({ ...pack, version })}::jsonb, ${version === 1 ? '随产品提供' : '产品更新'}, ${new Date(now)}, ${own ? null : new Date(now)}::timestamptz, ${own ? null : new Date(now)}::timestamptz, ${due}, ${hash})`,
      );
      const { enabled } = await tx.one(
        sql<{ enabled: boolean }>`select enabled from playbook where key = ${key}`,
      );
      if (!own) await provide(context, pack, enabled);
      if (!own) await planReview(context, key, due);
      await changeInForce(centre.db, context.tx);
      return versions.length === 0 ? 'new' : own ? 'draft' : 'newer';
    }),
  );
};

/** Every byte of the shipped folders in one hash: reading them takes a few milliseconds, parsing them a hundred. */
const stampOf = async (folders: readonly string[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const file of (await readdir(folder)).toSorted())
      hash.update(file).update(await readFile(path.join(folder, file)));
  return hash.digest('hex');
};

/** Reads and installs every shipped pack; one with faults stops the start with its file, line and remedy. */
export const installPacks = async (centre: Centre, root = shippedPacks): Promise<void> => {
  const folders = await packFolders(root);
  const stamp = await stampOf(folders);
  if (await centre.db.maybe(sql`select 1 from pack_stamp where stamp = ${stamp}`)) return;
  const read = await Promise.all(folders.map(async (folder) => ({ folder, ...(await readFolder(folder)) })));
  for (const { folder, faults } of read) if (faults.length > 0) throw new PackRefused(folder, faults);
  for (const [position, one] of read.entries()) await installPack(centre, one, position);
  await centre.db.run(
    sql`insert into pack_stamp (stamp) values (${stamp}) on conflict (one) do update set stamp = excluded.stamp`,
  );
};
