/** Drafting, publishing, cloning and switching playbooks; the running ones keep their version. */
import { Id, Instant, Type, obj, oneOf, opt, text, title } from '#contracts/schema.ts';
import { DraftPack, Words } from '#contracts/pack.ts';
import type { Pack } from '#contracts/pack.ts';
import { packFaults } from '#contracts/pack-check.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { shapeFaults } from '../folder.ts';
import { provide } from '../install.ts';
import { endReviews, planReview, reviewDue, reviewed } from '../reviews.ts';
import { changeInForce, playbookSubject } from '../store.ts';

const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' });
export type Fault = { at: string; zh: string; en: string };

/** Everything wrong with a pack in hand: its shape, and if that is right its meaning. */
export const faultsOfPack = async (tx: Tx, pack: unknown): Promise<Fault[]> => {
  const shape = shapeFaults(pack);
  if (shape.length > 0) return shape;
  const beside = await tx.one(
    sql<{
      roles: string[];
      groups: string[];
    }>`select array(select key from role) as roles, array(select key from skill_group) as groups`,
  );
  return packFaults(pack as Pack, beside);
};

type VersionRow = { version: number; edit: number; state: string; pack: Pack };
const draftOf = ({ tx }: Context, key: string) =>
  tx.maybe(
    sql<VersionRow>`select version, edit, state, pack from playbook_version where key = ${key} and state = 'draft' for update`,
  );
const newest = async ({ tx }: Context, key: string): Promise<number> =>
  (
    await tx.one(
      sql<{
        version: number;
      }>`select coalesce(max(version), 0)::int as version from playbook_version where key = ${key}`,
    )
  ).version;
const demandPlaybook = async ({ tx }: Context, key: string) => {
  const row = await tx.maybe(
    sql<{
      name: Words;
      enabled: boolean;
      industry: string;
      scenario: string;
    }>`select name, enabled, industry, scenario from playbook where key = ${key} for update`,
  );
  if (!row) throw notFound();
  return row;
};

/** Whoever changes a draft must have seen how it stands; 0 is none. Unasked where no edit is told. */
const demandEdit = (draft: VersionRow | undefined, seen: number | undefined): void => {
  const actual = draft?.edit ?? 0;
  if (seen !== undefined && seen !== actual) throw new Problem('STALE_VERSION', { expected: seen, actual });
};

/** Keeps the next version as a draft, with whatever is still wrong with it. */
export const draftPlaybook = command({
  name: 'playbooks.draft',
  permission: 'playbook.write',
  input: obj({ key: Key, pack: DraftPack, note: opt(text(2000)), edit: opt(Type.Integer()) }),
  run: async (context, { key, pack, note = '', edit: seen }) => {
    const { tx, now, actor, emit } = context;
    await demandPlaybook(context, key);
    const draft = await draftOf(context, key);
    demandEdit(draft, seen);
    const version = draft?.version ?? (await newest(context, key)) + 1;
    const kept = { ...pack, key, version };
    const { edit } = await tx.one(
      sql<{
        edit: number;
      }>`insert into playbook_version (key, version, state, pack, note, author_id, created_at) values (${key}, ${version}, 'draft', ${json(kept)}::jsonb, ${note}, ${userId(actor)}::uuid, ${new Date(now)}) on conflict (key, version) do update set pack = excluded.pack, note = excluded.note, author_id = excluded.author_id, created_at = excluded.created_at, edit = nextval('playbook_edit') returning edit`,
    );
    emit('playbook.drafted', 'playbook', playbookSubject, { key, version });
    return { version, edit, faults: await faultsOfPack(context.tx, kept) };
  },
});

/** Publishes the draft; a version with faults stays a draft. What runs keeps the version it began with. */
export const publishPlaybook = command({
  name: 'playbooks.publish',
  permission: 'playbook.write',
  input: obj({
    key: Key,
    note: text(2000, 1),
    effectiveFrom: opt(Instant),
    edit: opt(Type.Integer()),
  }),
  run: async (context, { key, note, effectiveFrom, edit }) => {
    const { tx, now, emit, centre, audit } = context;
    const playbook = await demandPlaybook(context, key);
    const draft = await draftOf(context, key);
    if (!draft)
      throw new Problem('CONFLICT', {
        reason: { zh: '没有可发布的草稿', en: 'there is no draft to publish' },
      });
    demandEdit(draft, edit);
    const faults = await faultsOfPack(context.tx, draft.pack);
    if (faults.length > 0)
      throw new Problem(
        'PLAYBOOK_INVALID',
        { count: faults.length },
        faults.slice(0, 50).map(({ at, zh, en }) => ({ pointer: at, code: 'INVALID', message: { zh, en } })),
      );
    const from = effectiveFrom ? Math.max(now, Date.parse(effectiveFrom)) : now;
    const due = reviewDue(from, draft.pack.reviewMonths);
    await tx.run(
      sql`update playbook_version set state = 'retired' where key = ${key} and state = 'published' and ${from <= now}`,
    );
    await tx.run(
      sql`update playbook_version set state = 'published', note = ${note}, published_at = ${new Date(now)}, effective_from = ${new Date(from)}, review_due_at = ${due} where key = ${key} and version = ${draft.version}`,
    );
    await tx.run(
      sql`update playbook set name = ${json(draft.pack.name)}::jsonb, scenario = ${draft.pack.scenario}, industry = ${draft.pack.industry}, version = version + 1 where key = ${key}`,
    );
    await provide(context, draft.pack, playbook.enabled);
    await planReview(context, key, due);
    await endReviews(context, key, 'revised');
    await changeInForce(centre.db, tx);
    emit('playbook.published', 'playbook', playbookSubject, { key, version: draft.version });
    audit('playbook', playbookSubject, { key, note });
    return draft.version;
  },
});

export const discardDraft = command({
  name: 'playbooks.discard',
  permission: 'playbook.write',
  input: obj({ key: Key }),
  run: async (context, { key }) => {
    await demandPlaybook(context, key);
    await context.tx.run(sql`delete from playbook_version where key = ${key} and state = 'draft'`);
    // One that never was in force goes with its draft: nobody could ever publish or open it again.
    await context.tx.run(
      sql`delete from playbook_request where key = ${key} and not exists (select 1 from playbook_version where key = ${key})`,
    );
    await context.tx.run(
      sql`delete from playbook where key = ${key} and not exists (select 1 from playbook_version where key = ${key})`,
    );
    context.audit('playbook', playbookSubject, { key });
  },
});

/** Where a pack names kinds of records: forms, what is made or looked at, and conditions on `record.kind`. */
const namesKinds = ['form', 'into', 'kind', 'record.kind'];
const withKinds = <T>(value: T, renamed: ReadonlyMap<string, string>): T => {
  const walk = (one: unknown, named: boolean): unknown =>
    typeof one === 'string'
      ? named
        ? (renamed.get(one) ?? one)
        : one
      : Array.isArray(one)
        ? one.map((inner) => walk(inner, named))
        : typeof one === 'object' && one !== null
          ? Object.fromEntries(
              Object.entries(one).map(([key, inner]) => [key, walk(inner, namesKinds.includes(key))]),
            )
          : one;
  return walk(value, false) as T;
};

/** A copy for another industry, as a draft: its kinds of records take the new key in front so that both can live. */
export const clonePlaybook = command({
  name: 'playbooks.clone',
  permission: 'playbook.write',
  input: obj({ from: Key, key: Key, name: Words, industry: text(40, 1) }),
  run: async (context, { from, key, name, industry }) => {
    const { tx, now, actor, emit } = context;
    await demandPlaybook(context, from);
    if (await tx.maybe(sql`select 1 from playbook where key = ${key}`))
      throw new Problem('CONFLICT', {
        reason: { zh: `已有标识为“${key}”的流程`, en: `there is a playbook "${key}" already` },
      });
    const { pack } = await tx.one(
      sql<{
        pack: Pack;
      }>`select pack from playbook_version where key = ${from} and state <> 'draft' order by version desc limit 1`,
    );
    const renamed = new Map(pack.records.map((kind) => [kind.key, `${key}_${kind.key}`.slice(0, 40)]));
    const copy: Pack = {
      ...pack,
      key,
      name,
      industry,
      version: 1,
      enabled: false,
      startsWhen: withKinds(pack.startsWhen, renamed),
      endsWhen: withKinds(pack.endsWhen, renamed),
      jumpsWhen: withKinds(pack.jumpsWhen, renamed),
      records: pack.records.map((kind) => ({ ...withKinds(kind, renamed), key: renamed.get(kind.key)! })),
      steps: pack.steps.map((step) => ({ ...withKinds(step, renamed), kind: step.kind })),
    };
    await tx.run(
      sql`insert into playbook (key, name, scenario, industry, enabled, position, cloned_from, created_at) values (${key}, ${json(name)}::jsonb, ${pack.scenario}, ${industry}, false, 1000, ${from}, ${new Date(now)})`,
    );
    await tx.run(
      sql`insert into playbook_version (key, version, state, pack, note, author_id, created_at) values (${key}, 1, 'draft', ${json(copy)}::jsonb, ${`自“${pack.name.zh}”复制`}, ${userId(actor)}::uuid, ${new Date(now)})`,
    );
    emit('playbook.drafted', 'playbook', playbookSubject, { key, version: 1 });
    return key;
  },
});

/** On or off; what runs goes on, nothing new starts. */
export const switchPlaybook = command({
  name: 'playbooks.switch',
  permission: 'playbook.write',
  input: obj({ key: Key, enabled: Type.Boolean() }),
  run: async (context, { key, enabled }) => {
    const { tx, emit, centre } = context;
    await demandPlaybook(context, key);
    const version = await tx.maybe(
      sql<{
        pack: Pack;
        due: number;
      }>`select pack, review_due_at as due from playbook_version where key = ${key} and state = 'published' order by version desc limit 1`,
    );
    if (!version) throw new Problem('PLAYBOOK_UNKNOWN', { key });
    await tx.run(sql`update playbook set enabled = ${enabled}, version = version + 1 where key = ${key}`);
    await provide(context, version.pack, enabled);
    await (enabled ? planReview(context, key, new Date(version.due)) : endReviews(context, key, 'off'));
    await changeInForce(centre.db, tx);
    emit('playbook.changed', 'playbook', playbookSubject, { key, enabled });
    for (const needed of enabled ? (version.pack.needs ?? []) : []) {
      const known = await tx.maybe(
        sql<{ enabled: boolean }>`select enabled from playbook where key = ${needed}`,
      );
      if (!known?.enabled) await context.send(switchPlaybook, { key: needed, enabled: true });
    }
  },
});

/** 复审 without anything to change (SD2-26); what is to change is published. */
export const reviewPlaybook = command({
  name: 'playbooks.review',
  permission: 'playbook.write',
  input: obj({ key: Key, note: title(2000) }),
  run: async (context, { key, note }) => {
    const { enabled } = await demandPlaybook(context, key);
    if (!enabled)
      throw new Problem('CONFLICT', {
        reason: {
          zh: '这套流程没有启用，不必复审；启用后再做',
          en: 'this playbook is off and needs no review; switch it on first',
        },
      });
    await reviewed(context, key, note);
    context.audit('playbook', playbookSubject, { key, note });
  },
});

/** 已读确认 (SD2-25). */
export const readPlaybook = command({
  name: 'playbooks.read',
  permission: 'playbook.read',
  input: obj({ key: Key, version: Type.Integer() }),
  run: async ({ tx, now, actor, audit }, { key, version }) => {
    const known = await tx.maybe(
      sql`select 1 from playbook_version where key = ${key} and version = ${version}`,
    );
    if (!known) throw notFound();
    await tx.run(
      sql`insert into playbook_read (key, version, user_id, at) values (${key}, ${version}, ${userId(actor)}::uuid, ${new Date(now)}) on conflict do nothing`,
    );
    audit('playbook', playbookSubject, { key, version });
  },
});

/** A change request, linked to the figure it should move (SD3h-04, SD2-24). */
export const requestChange = command({
  name: 'playbooks.request',
  permission: 'playbook.read',
  input: obj({ key: Key, text: text(4000, 1), metric: opt(text(80)), before: opt(Type.Number()) }),
  run: async (context, { key, text: words, metric, before }) => {
    const { tx, now, actor, newId, emit } = context;
    await demandPlaybook(context, key);
    const id = newId();
    await tx.run(
      sql`insert into playbook_request (id, key, text, metric, before_value, requested_by, at) values (${id}::uuid, ${key}, ${words}, ${metric ?? null}, ${before ?? null}::double precision, ${userId(actor)}::uuid, ${new Date(now)})`,
    );
    emit('playbook.requested', 'playbook', playbookSubject, { key, requestId: id, state: 'open' });
    return id;
  },
});
export const settleRequest = command({
  name: 'playbooks.settle-request',
  permission: 'playbook.write',
  input: obj({
    key: Key,
    id: Id,
    state: oneOf(['accepted', 'rejected', 'done'] as const),
    after: opt(Type.Number()),
    version: opt(Type.Integer()),
  }),
  run: async ({ tx, emit }, { key, id, state, after, version }) => {
    const changed = await tx.run(
      sql`update playbook_request set state = ${state}, after_value = coalesce(${after ?? null}::double precision, after_value), version = coalesce(${version ?? null}::int, version) where id = ${id}::uuid and key = ${key}`,
    );
    if (changed === 0) throw notFound();
    emit('playbook.requested', 'playbook', playbookSubject, { key, requestId: id, state });
    return id;
  },
});
