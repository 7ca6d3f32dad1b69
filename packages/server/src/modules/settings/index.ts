/** Settings: one value per key, versioned, validated by its schema. The only door for other modules. */
import { Ajv } from 'ajv';
import * as contract from '#contracts/routes/settings.ts';
import { settingSchemas } from '#contracts/routes/settings.ts';
import type { SettingKey, SettingValue } from '#contracts/routes/settings.ts';
import { labels, channelKinds } from '#contracts/words.ts';
import { permissions } from '#contracts/permissions.ts';
import { Type, obj, oneOf } from '#contracts/schema.ts';
import { command, send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import type { Language, Mark } from '#kernel/table-file.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { defaultSettings } from './defaults.ts';

const keys = Object.keys(settingSchemas) as SettingKey[];
const ajv = new Ajv({ allErrors: true, strict: false });
/** Compiled when a setting is written, not at each start; ajv keeps what it compiled. */
const checkOf = (key: SettingKey) => ajv.compile(settingSchemas[key] as object);
/** Settings have no id of their own; their events hang on one well-known subject. */
const settingsSubject = '00000000-0000-7000-8000-000000000002';

// Read on every ticket, changed a few times a year: kept for two seconds, and always by the database it came from.
const cache = new WeakMap<Tx, Map<string, { value: unknown; until: number }>>();
const keepMs = 2000;

/** A value that was stored before its key grew gets the shipped default of what it lacks. */
const complete = <K extends SettingKey>(key: K, value: SettingValue<K> | undefined): SettingValue<K> => ({
  ...defaultSettings[key],
  ...value,
});

/** The value of a setting, the shipped default when it was never changed. */
export const setting = async <K extends SettingKey>(tx: Tx, key: K): Promise<SettingValue<K>> => {
  const row = await tx.maybe(sql<{ value: SettingValue<K> }>`select value from setting where key = ${key}`);
  return complete(key, row?.value);
};

/** The same for hot paths; up to two seconds old. `now` is the centre's clock. */
export const settingCached = async <K extends SettingKey>(
  db: Tx,
  key: K,
  now: number,
): Promise<SettingValue<K>> => {
  let mine = cache.get(db);
  if (!mine) cache.set(db, (mine = new Map()));
  const hit = mine.get(key);
  if (hit && hit.until > now && hit.until - now <= keepMs) return hit.value as SettingValue<K>;
  const value = await setting(db, key);
  mine.set(key, { value, until: now + keepMs });
  return value;
};

/** Where the listed values stand, for a refusal: a person finds them in the settings, a program at the route. */
export const listedIn = {
  categories: {
    zh: '“设置 › 问题分类”中启用的分类（接口：GET /settings）',
    en: 'the categories in use under Settings › Categories (API: GET /settings)',
  },
  products: {
    zh: '“设置 › 产品与服务”中启用的产品（接口：GET /settings）',
    en: 'the products in use under Settings › Products and services (API: GET /settings)',
  },
} as const;

const twice = (pointer: string, zh: string, en: string): Problem =>
  new Problem('VALIDATION', {}, [{ pointer, code: 'INVALID', message: { zh, en } }]);

const rules: Partial<Record<SettingKey, (value: never) => void>> = {
  categories: ({ nodes }: SettingValue<'categories'>) => {
    const known = new Set(nodes.map(({ key }) => key));
    if (known.size !== nodes.length)
      throw twice('/value/nodes', '分类标识重复', 'a category key stands twice');
    for (const [i, { key }] of nodes.entries())
      if (key.includes('.') && !known.has(key.slice(0, key.lastIndexOf('.'))))
        throw new Problem('VALIDATION', {}, [
          {
            pointer: `/value/nodes/${i}/key`,
            code: 'INVALID',
            message: { zh: '缺少上级分类', en: 'its parent is missing' },
          },
        ]);
  },
  products: ({ items }: SettingValue<'products'>) => {
    const at = items.findIndex(({ key }, i) => items.findIndex((other) => other.key === key) < i);
    if (at >= 0) throw twice(`/value/items/${at}/key`, '产品标识重复', 'a product key stands twice');
  },
};

/** What a file that leaves the house says of who takes it (SD3h-06). */
export const markOf = async (centre: Centre, actor: Actor, language: Language): Promise<Mark> => {
  const now = centre.clock.now();
  const { company, companyEn } = await settingCached(centre.db, 'centre', now);
  return {
    by: actor.name,
    // Swedish writes 2026-11-26 21:24.
    at: new Date(now).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16),
    company: language === 'en' ? companyEn : company,
  };
};

export const changeSetting = command({
  name: 'settings.change',
  permission: 'settings.write',
  input: obj({ key: oneOf(keys), value: Type.Unknown(), version: Type.Integer() }),
  run: async ({ tx, emit, audit }, { key, value, version }) => {
    const check = checkOf(key);
    if (!check(value))
      throw new Problem(
        'VALIDATION',
        {},
        (check.errors ?? []).slice(0, 20).map((error: { instancePath: string }) => ({
          pointer: `/value${error.instancePath}`,
          code: 'INVALID' as const,
        })),
      );
    rules[key]?.(value as never);
    const row = await tx.maybe(
      sql<{
        version: number;
        value: unknown;
      }>`select version, value from setting where key = ${key} for update`,
    );
    if ((row?.version ?? 0) !== version)
      throw new Problem('STALE_VERSION', { expected: version, actual: row?.version ?? 0 });
    await tx.run(
      sql`insert into setting (key, value) values (${key}, ${json(value)}::jsonb) on conflict (key) do update set value = excluded.value, version = setting.version + 1`,
    );
    emit('setting.changed', 'setting', settingsSubject, { key });
    audit('setting', settingsSubject, { key, before: row?.value ?? null, after: value });
    return { key, value, version: version + 1 };
  },
});

export const settings: Part = {
  name: 'settings',
  subjects: { setting: { permission: 'settings.read' } },
  routes: [
    answer(contract.listSettings, async ({ centre }) => {
      const stored = new Map(
        (
          await centre.db.all(
            sql<{ key: string; value: unknown; version: number }>`select key, value, version from setting`,
          )
        ).map((row) => [row.key, row]),
      );
      return {
        items: keys.map((key) => ({
          key,
          value: complete(key, stored.get(key)?.value as never),
          version: stored.get(key)?.version ?? 0,
        })),
      };
    }),
    answer(contract.putSetting, ({ centre, actor, params, body }) =>
      send(centre, changeSetting, { key: params.key, value: body.value, version: body.version }, actor),
    ),
    answer(contract.catalogue, async () => ({ permissions, words: labels, channelKinds: [...channelKinds] })),
  ],
};
