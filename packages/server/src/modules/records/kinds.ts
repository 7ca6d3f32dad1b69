/** Kinds of records: definitions that packs bring, read often, changed when a playbook is published. */
import type { Field, RecordKind } from '#contracts/pack.ts';
import { kept } from '#kernel/kept.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';

export type Kind = RecordKind & { pack: string; enabled: boolean };

const book = kept(2000, async (db) => {
  const rows = await db.all(
    sql<{
      definition: RecordKind;
      pack: string;
      enabled: boolean;
    }>`select definition, pack, enabled from record_kind order by pack, position, key`,
  );
  return new Map(
    rows.map(({ definition, pack, enabled }) => [definition.key, { ...definition, pack, enabled }]),
  );
});

export const allKinds = async (db: Tx): Promise<Kind[]> => [...(await book.of(db)).values()];
export const kindOf = async (db: Tx, key: string): Promise<Kind | undefined> => (await book.of(db)).get(key);
/** 404 with the name for a kind that is not there or whose pack is switched off. */
export const demandKind = async (db: Tx, key: string): Promise<Kind> => {
  const kind = await kindOf(db, key);
  if (!kind?.enabled) throw new Problem('RECORD_KIND_UNKNOWN', { kind: key });
  return kind;
};

/** Takes over what a published pack defines; kinds it no longer names stay for the records that exist, switched off. */
export const storeKinds = async (
  db: Tx,
  tx: Tx,
  pack: string,
  kinds: readonly RecordKind[],
  enabled: boolean,
) => {
  await tx.run(
    sql`update record_kind set enabled = false, version = version + 1 where pack = ${pack} and not key = any(${kinds.map(({ key }) => key)}::text[])`,
  );
  const taken = await tx.maybe(
    sql<{
      key: string;
      pack: string;
    }>`select key, pack from record_kind where pack <> ${pack} and key = any(${kinds.map(({ key }) => key)}::text[]) limit 1`,
  );
  if (taken) throw new Problem('RECORD_KIND_TAKEN', taken);
  for (const [position, kind] of kinds.entries())
    await tx.run(
      sql`insert into record_kind (key, pack, definition, position, enabled) values (${kind.key}, ${pack}, ${json(kind)}::jsonb, ${position}, ${enabled}) on conflict (key) do update set definition = excluded.definition, pack = excluded.pack, position = excluded.position, enabled = excluded.enabled, version = record_kind.version + 1`,
    );
  book.forget(db);
};

const typeOf = (field: Field): object => {
  const options = (field.options ?? []).map(({ key }) => key);
  switch (field.type) {
    case 'number':
    case 'money':
      return { type: 'number', minimum: field.min, maximum: field.max };
    case 'yes':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: options };
    case 'choices':
      return { type: 'array', items: { type: 'string', enum: options } };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'email':
      return { type: 'string', format: 'email' };
    default:
      return { type: 'string', maxLength: 20_000, pattern: field.pattern };
  }
};

/** The data of a kind as JSON Schema, with Chinese titles; conditions of fields are not in it. */
export const schemaOf = ({ name, fields }: RecordKind) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: name.zh,
  type: 'object',
  additionalProperties: false,
  required: fields.filter(({ required }) => required === true).map(({ key }) => key),
  properties: Object.fromEntries(
    fields.map((field) => [field.key, { title: field.zh, description: field.en, ...typeOf(field) }]),
  ),
});
