/** Channels as settings: name, hours, group, scope; and how each is doing. */
import * as contract from '#contracts/routes/channels.ts';
import type { ChannelView } from '#contracts/routes/channels.ts';
import { channelKinds } from '#contracts/words.ts';
import { Type, obj, opt, nullable, Id, text, oneOf } from '#contracts/schema.ts';
import type { Centre, RouteHandler } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { shortPage } from '#kernel/page.ts';
import { faulty, notFound, Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { calendarState } from '#modules/calendar/index.ts';
import { setting } from '#modules/settings/index.ts';
import { allChannels, channelById } from './store.ts';
import type { ChannelRow } from './store.ts';

const shape = {
  name: text(60, 1),
  nameEn: opt(text(80)),
  brand: opt(text(60)),
  enabled: opt(Type.Boolean()),
  calendarId: opt(nullable(Id)),
  groupId: opt(nullable(Id)),
  defaultCategory: opt(nullable(text(80))),
  scope: opt(text(500)),
  address: opt(nullable(text(254))),
  settings: opt(contract.ChannelSettings),
};

const taken = () =>
  new Problem('CONFLICT', {
    reason: { zh: '标识或地址已被其它渠道使用', en: 'The key or address belongs to another channel' },
  });
/** Where answers go out from, and what is sorted in by itself, has to be there before the first customer writes. */
const demandSound = async (
  tx: Tx,
  kind: string,
  { address, defaultCategory }: { address?: string | null; defaultCategory?: string | null },
): Promise<void> => {
  if (kind === 'email' && address && !/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@.]+$/.test(address))
    throw faulty('/address', 'WRONG_FORMAT', { expected: 'service@example.cn' });
  if (!defaultCategory) return;
  const { nodes } = await setting(tx, 'categories');
  if (!nodes.some(({ key }) => key === defaultCategory)) throw faulty('/defaultCategory', 'NOT_THERE');
};
const isTaken = (error: unknown) => (error as { code?: string }).code === '23505';

export const createChannel = command({
  name: 'channels.create',
  permission: 'channel.write',
  input: obj({ kind: oneOf(channelKinds), key: text(41, 2), ...shape }),
  run: async ({ tx, newId, emit }, input) => {
    const id = newId();
    await demandSound(tx, input.kind, input);
    await tx
      .run(
        sql`insert into channel (id, kind, key, name, name_en, brand, enabled, calendar_id, group_id, default_category, scope, address, settings) values (${id}::uuid, ${input.kind}, ${input.key}, ${input.name}, ${input.nameEn ?? input.name}, ${input.brand ?? ''}, ${input.enabled ?? true}, ${input.calendarId ?? null}::uuid, ${input.groupId ?? null}::uuid, ${input.defaultCategory ?? null}, ${input.scope ?? ''}, ${input.address ?? null}, ${json(input.settings ?? {})}::jsonb)`,
      )
      .catch((error) => {
        throw isTaken(error) ? taken() : error;
      });
    emit('channel.changed', 'channel', id, {}, { channelId: id });
    return id;
  },
});

export const changeChannel = command({
  name: 'channels.change',
  permission: 'channel.write',
  input: obj({ id: Id, version: opt(Type.Integer()), ...shape, name: opt(shape.name) }),
  run: async ({ tx, emit, audit }, input) => {
    const row = await tx.maybe(
      sql<ChannelRow>`select * from channel where id = ${input.id}::uuid for update`,
    );
    if (!row) throw notFound();
    if (input.version !== undefined && input.version !== row.version)
      throw new Problem('STALE_VERSION', { expected: input.version, actual: row.version });
    const keep = <T>(value: T | undefined, old: T) => (value === undefined ? old : value);
    await demandSound(tx, row.kind, input);
    await tx
      .run(
        sql`update channel set name = ${keep(input.name, row.name)}, name_en = ${keep(input.nameEn, row.name_en)}, brand = ${keep(input.brand, row.brand)}, enabled = ${keep(input.enabled, row.enabled)}, calendar_id = ${keep(input.calendarId, row.calendar_id)}::uuid, group_id = ${keep(input.groupId, row.group_id)}::uuid, default_category = ${keep(input.defaultCategory, row.default_category)}, scope = ${keep(input.scope, row.scope)}, address = ${keep(input.address, row.address)}, settings = ${json({ ...row.settings, ...input.settings })}::jsonb, version = version + 1 where id = ${row.id}::uuid`,
      )
      .catch((error) => {
        throw isTaken(error) ? taken() : error;
      });
    emit('channel.changed', 'channel', row.id, {}, { channelId: row.id });
    audit('channel', row.id, { fields: Object.keys(input) });
    return row.id;
  },
});

export const channelView = async (centre: Centre, row: ChannelRow): Promise<ChannelView> => {
  const { open, hours } = await calendarState(centre, row.calendar_id, centre.clock.now());
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    name: row.name,
    nameEn: row.name_en,
    brand: row.brand,
    enabled: row.enabled,
    calendarId: row.calendar_id,
    groupId: row.group_id,
    defaultCategory: row.default_category,
    scope: row.scope,
    address: row.address,
    settings: row.settings as ChannelView['settings'],
    open: open && row.enabled,
    hours,
    version: row.version,
  };
};
const one = async (centre: Centre, id: string) => {
  const row = await channelById(centre.db, id);
  if (!row) throw notFound();
  return channelView(centre, row);
};

export const channelRoutes: RouteHandler[] = [
  answer(contract.listChannels, async ({ centre, query }) =>
    shortPage(
      await Promise.all((await allChannels(centre.db)).map((row) => channelView(centre, row))),
      query,
      ({ id }) => id,
    ),
  ),
  answer(contract.createChannel, async ({ centre, actor, body }) =>
    one(centre, await send(centre, createChannel, body, actor)),
  ),
  answer(contract.patchChannel, async ({ centre, actor, params, body, ifMatch }) => {
    const { kind: _kind, key: _key, ...change } = body;
    return one(
      centre,
      await send(centre, changeChannel, { ...change, id: params.id, version: ifMatch }, actor),
    );
  }),
  answer(contract.channelHealth, async ({ centre, params, locale }) => {
    const say = (zh: string, en: string) => (locale === 'en' ? en : zh);
    const channel = await one(centre, params.id);
    const since = new Date(centre.clock.now() - 86_400_000);
    const row = await centre.db.one(sql<{
      last_in: number | null;
      last_out: number | null;
      waiting: number;
      failed: number;
      held: number;
    }>`
      select max(m.at) filter (where m.author_kind = 'customer') as last_in, max(m.at) filter (where m.author_kind = 'agent' and m.visibility = 'public') as last_out,
        count(*) filter (where m.delivery in ('queued', 'sending'))::int as waiting, count(*) filter (where m.delivery = 'failed')::int as failed,
        (select count(*)::int from inbound_raw r where r.channel_id = ${channel.id}::uuid and r.cause is not null and r.state = 'held') as held
      from conversation v join message m on m.thread_id = v.id where v.channel_id = ${channel.id}::uuid and m.at > ${since}`);
    return {
      state: !channel.enabled ? 'down' : row.failed > 0 ? 'degraded' : 'ok',
      lastInAt: row.last_in && new Date(row.last_in).toISOString(),
      lastOutAt: row.last_out && new Date(row.last_out).toISOString(),
      waiting: row.waiting,
      failed: row.failed,
      quarantined: row.held,
      detail: !channel.enabled
        ? say('已停用', 'switched off')
        : row.failed > 0
          ? say(`${row.failed} 条消息未送达`, `${row.failed} messages not delivered`)
          : row.held > 0
            ? say(`${row.held} 封邮件在隔离区等待查看`, `${row.held} held back, waiting to be looked at`)
            : say('正常', 'working'),
    };
  }),
];
