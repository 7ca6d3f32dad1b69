/** Keeping a view: a new one, or another text of one that is there. */
import { TicketViewInput, mostViews } from '#contracts/routes/ticket-views.ts';
import { Id, Type, obj, opt } from '#contracts/schema.ts';
import type { Static } from '#contracts/schema.ts';
import { viewFaults } from '#contracts/view-facts.ts';
import { permit, userId } from '#kernel/actor.ts';
import type { Audience, Context } from '#kernel/command.ts';
import { command } from '#kernel/command.ts';
import { faulty, notFound, Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { lockView } from '../queries/views.ts';
import type { ViewRow } from '../queries/views.ts';

type Input = Static<typeof TicketViewInput>;

/** Refuses a condition that could not be asked; each fault stands at its place. */
export const demandCondition = (condition: unknown): void => {
  const faults = viewFaults(condition);
  if (faults.length > 0)
    throw new Problem(
      'VALIDATION',
      {},
      faults.map(({ at, zh, en }) => ({ pointer: `/condition${at}`, code: 'INVALID', message: { zh, en } })),
    );
};

/** Whose list of views has changed. */
export const hearersOf = ({
  share,
  group_id,
  owner_id,
}: Pick<ViewRow, 'share' | 'group_id' | 'owner_id'>): Audience =>
  share === 'me'
    ? { userIds: [owner_id] }
    : { userIds: [owner_id], groupId: share === 'group' ? group_id : null };

const demandShare = ({ actor }: Context, share: Input['share'], groupId: string | null | undefined): void => {
  if (!share || share === 'me') return;
  permit(actor, 'view.share');
  if (share === 'group' && !groupId) throw faulty('/groupId', 'REQUIRED');
};

const make = async (context: Context, input: Input): Promise<string> => {
  const { tx, now, actor, newId } = context;
  const owner = userId(actor);
  // A token has no list of its own.
  if (!owner) throw notFound();
  demandCondition(input.condition);
  demandShare(context, input.share, input.groupId);
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`views ${owner}`}, 0))`);
  const { count } = await tx.one(
    sql<{ count: number }>`select count(*)::int as count from ticket_view where owner_id = ${owner}::uuid`,
  );
  if (count >= mostViews) throw new Problem('VIEWS_TOO_MANY', { most: mostViews });
  const id = newId();
  const { name, condition, among, sort = null, share = 'me', groupId = null } = input;
  const group = share === 'group' ? groupId : null;
  await tx.run(
    sql`insert into ticket_view (id, name, condition, among, sort, share, group_id, owner_id, created_at, updated_at) values (${id}::uuid, ${name}, ${json(condition)}::jsonb, ${among}, ${sort}, ${share}, ${group}::uuid, ${owner}::uuid, ${new Date(now)}, ${new Date(now)})`,
  );
  return id;
};

const change = async (context: Context, id: string, version: number | undefined, input: Partial<Input>) => {
  const { tx, now, actor } = context;
  const row = await lockView(tx, actor, id);
  if (row.owner_id !== userId(actor)) permit(actor, 'view.share');
  if (version !== undefined && version !== row.version)
    throw new Problem('STALE_VERSION', { expected: version, actual: row.version });
  if (input.condition !== undefined) demandCondition(input.condition);
  const share = input.share ?? row.share;
  const groupId = share === 'group' ? (input.groupId ?? row.group_id) : null;
  // What is shared already stays so when its owner only changes its words.
  if (share !== row.share || groupId !== row.group_id) demandShare(context, share, groupId);
  const { name = row.name, condition = row.condition, among = row.among } = input;
  const sort = input.sort === undefined ? row.sort : input.sort;
  await tx.run(
    sql`update ticket_view set name = ${name}, condition = ${json(condition)}::jsonb, among = ${among}, sort = ${sort}, share = ${share}, group_id = ${groupId}::uuid, updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
  );
  return row;
};

export const keepView = command({
  name: 'tickets.keep-view',
  permission: 'ticket.read',
  input: obj({
    id: opt(Id),
    version: opt(Type.Integer()),
    name: opt(TicketViewInput.properties.name),
    condition: opt(TicketViewInput.properties.condition),
    among: opt(TicketViewInput.properties.among),
    sort: TicketViewInput.properties.sort,
    share: TicketViewInput.properties.share,
    groupId: TicketViewInput.properties.groupId,
  }),
  run: async (context, { id: known, version, ...input }) => {
    const before = known ? await change(context, known, version, input) : undefined;
    const id = known ?? (await make(context, input as Input));
    const row = await lockView(context.tx, context.actor, id).catch(() => undefined);
    for (const one of [before, row]) if (one) context.emit('view.changed', 'view', id, {}, hearersOf(one));
    const { name, share } = row ?? { ...before!, ...input };
    context.audit('view', id, { name, share });
    return id;
  },
});
