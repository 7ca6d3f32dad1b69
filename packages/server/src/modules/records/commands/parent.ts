import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { mayReach, notAccused } from '../store.ts';

const refused = (zh: string, en: string) =>
  new Problem('VALIDATION', {}, [{ pointer: '/parentId', code: 'INVALID', message: { zh, en } }]);

/** A record hangs below one that its writer may see, and never below itself or what hangs below it. */
export const demandParent = async (
  { tx, actor }: Context,
  parentId: string | null | undefined,
  self: string | null,
): Promise<void> => {
  if (!parentId) return;
  const readable =
    actor.kind === 'user' || actor.kind === 'token'
      ? sql`${mayReach(actor, 'record.read')} and ${notAccused(actor)}`
      : sql`true`;
  if (!(await tx.maybe(sql`select 1 from record r where r.id = ${parentId}::uuid and ${readable}`)))
    throw refused('没有这条上级记录', 'there is no such record');
  const below = await tx.maybe(sql`
    with recursive above as (
      select id, parent_id from record where id = ${parentId}::uuid
      union select r.id, r.parent_id from above a join record r on r.id = a.parent_id)
    select 1 from above where id = ${self}::uuid`);
  if (below) throw refused('不能挂在自己或自己的下级之下', 'a record cannot hang below itself or its own');
};
