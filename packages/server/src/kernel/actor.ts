/** Who acts, and what they may do. Every query about business rows takes an Actor and narrows by its scope. */
import type { Grants, Permission } from '#contracts/permissions.ts';
import { permissions } from '#contracts/permissions.ts';
import type { Scope } from '#contracts/words.ts';
import { sql, unsafeText } from './sql.ts';
import type { SqlFragment } from './sql.ts';
import { Problem } from './problem.ts';

export type Actor = {
  kind: 'user' | 'token' | 'visitor' | 'customer' | 'system' | 'channel';
  /** User id, visitor id, customer id; a word for the system. */
  id: string;
  name: string;
  grants: Grants;
  groupIds: readonly string[];
  channelIds: readonly string[];
  /** Keys of their roles; nobody but people has any. */
  roleKeys?: readonly string[];
  sessionId?: string;
  customerId?: string;
};

const everything = Object.fromEntries(Object.keys(permissions).map((key) => [key, 'all'])) as Grants;
/** The centre itself: timers, reactions, workers. `name` says which part acts. */
export const systemActor = (name: string): Actor => ({
  kind: 'system',
  id: name,
  name,
  grants: everything,
  groupIds: [],
  channelIds: [],
});

export const scopeOf = (actor: Actor, permission: Permission): Scope | undefined => actor.grants[permission];
export const may = (actor: Actor, permission: Permission): boolean => actor.grants[permission] !== undefined;

/** Refuses with 403 unless the actor has the permission in any scope. */
export const permit = (actor: Actor, permission: Permission): Scope => {
  const scope = actor.grants[permission];
  if (!scope) throw new Problem('FORBIDDEN', { permission: permissions[permission] });
  return scope;
};

/** A user id for columns that point at staff; null for the system and customers. */
export const userId = (actor: Actor): string | null =>
  actor.kind === 'user' || actor.kind === 'token' ? actor.id : null;

/**
 * The WHERE fragment of a permission over the columns that carry ownership.
 * `owners` are user-id columns, `group` and `channel` id columns of the row.
 */
export const scopeSql = (
  actor: Actor,
  permission: Permission,
  columns: { owners: readonly string[]; group?: string; channel?: string },
): SqlFragment => {
  const scope = scopeOf(actor, permission);
  if (!scope) return sql`false`;
  if (scope === 'all') return sql`true`;
  const own = columns.owners.reduce<SqlFragment>(
    (all, column) => sql`${all} or ${unsafeText(column)} = ${actor.id}::uuid`,
    sql`false`,
  );
  if (scope === 'group' && columns.group)
    return sql`(${own} or ${unsafeText(columns.group)} = any(${actor.groupIds}::uuid[]))`;
  if (scope === 'channel' && columns.channel)
    return sql`(${own} or ${unsafeText(columns.channel)} = any(${actor.channelIds}::uuid[]))`;
  return sql`(${own})`;
};

/** The same rule over a row already in hand. */
export const inScope = (
  actor: Actor,
  permission: Permission,
  row: { owners: readonly (string | null)[]; groupId?: string | null; channelId?: string | null },
): boolean => {
  const scope = scopeOf(actor, permission);
  if (!scope) return false;
  if (scope === 'all' || row.owners.includes(actor.id)) return true;
  if (scope === 'group') return !!row.groupId && actor.groupIds.includes(row.groupId);
  if (scope === 'channel') return !!row.channelId && actor.channelIds.includes(row.channelId);
  return false;
};
