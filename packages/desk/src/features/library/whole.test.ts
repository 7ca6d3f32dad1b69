/** Nothing of a playbook changes unseen: whatever is changed in a shipped one, the comparison of versions tells it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { Pack } from '#contracts/pack.ts';
import { differences } from './compare.ts';

const packs = new URL('../../../../../packs/', import.meta.url);
const read = (key: string, file: string): object => {
  const place = new URL(`${key}/${file}`, packs);
  return existsSync(place) ? (parse(readFileSync(place, 'utf8')) as object) : {};
};
const shipped = readdirSync(packs).map(
  (key): Pack =>
    ({
      records: [],
      scripts: [],
      ...read(key, 'pack.yaml'),
      ...read(key, 'steps.yaml'),
      ...read(key, 'forms.yaml'),
    }) as unknown as Pack,
);
const names = { role: (key: string) => key, group: (key: string) => key };
const told = (before: Pack, after: Pack) =>
  (['zh', 'en'] as const).some(
    (language) => differences(before, after, language, names, (key) => key).length > 0,
  );

type Schema = {
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
};
const branches = (schema: Schema): Schema[] => schema.anyOf?.flatMap(branches) ?? [schema];
const below = (schemas: readonly Schema[], key: string | number): Schema[] =>
  schemas
    .flatMap((schema) =>
      typeof key === 'number'
        ? (schema.items ?? [])
        : (schema.properties?.[key] ?? Object.values(schema.patternProperties ?? {})),
    )
    .flatMap(branches);
const another = (schemas: readonly Schema[], value: unknown): unknown => {
  const listed = schemas.flatMap((one) => one.enum ?? (one.const === undefined ? [] : [one.const]));
  const other = listed.includes(value) ? listed.find((one) => one !== value) : undefined;
  if (other !== undefined) return other;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  const text = value as string;
  if (text === '0') return '9h';
  return /^\d+[a-z]+$/.test(text) ? `9${text}` : /^\d\d:\d\d$/.test(text) ? '23:59' : `${text}x`;
};

/** What a thing is known by, and whether a new centre has it on: nobody changes that on the screen. */
const fixed = /(^|\.)(key|version|enabled)$/;
const conditions = /\.(if|for|showIf|finishIf|required)$/;

type Place = (string | number)[];
const at = (pack: Pack, place: Place): unknown =>
  place.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], pack);
const withValue = (pack: Pack, place: Place, value: unknown): Pack => {
  const copy = structuredClone(pack);
  (at(copy, place.slice(0, -1)) as Record<string | number, unknown>)[place.at(-1)!] = value;
  return copy;
};

test('whatever is changed of a shipped playbook is told when two versions are compared', () => {
  const seen = new Map<string, number>();
  const unseen: string[] = [];
  const walk = (pack: Pack, place: Place, schemas: readonly Schema[], name: string): void => {
    const value = at(pack, place);
    const isCondition = conditions.test(name) && typeof value === 'object';
    if (typeof value === 'object' && value !== null && !isCondition) {
      for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
        const free = !schemas.some(({ properties }) => properties?.[key]);
        walk(
          pack,
          [...place, key],
          below(schemas, key),
          typeof key === 'number' ? `${name}[]` : `${name}.${free ? '*' : key}`,
        );
      }
      return;
    }
    const times = seen.get(name) ?? 0;
    if (fixed.test(name) || times > 1) return;
    seen.set(name, times + 1);
    const only = schemas.every((one) => one.const !== undefined) && schemas.length === 1;
    if (only) return;
    const changed = isCondition ? { 'ticket.subject': 'x' } : another(schemas, value);
    if (!told(pack, withValue(pack, place, changed)))
      unseen.push(`${pack.key} ${name}: ${JSON.stringify(value)}`);
  };
  for (const pack of shipped) walk(pack, [], branches(Pack as Schema), 'pack');
  assert.ok(seen.size > 200, `only ${seen.size} properties`);
  assert.deepEqual(unseen, []);
});
