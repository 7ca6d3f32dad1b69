/** From roles and groups to people. */
import type { EventRecord } from '#kernel/command.ts';
import { inScope } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import type { Tx } from '#kernel/sql.ts';
import { sql } from '#kernel/sql.ts';
import { conversationFacts } from '#modules/conversations/index.ts';
import { toActor, usersWhere } from '#modules/identity/index.ts';
import { ticketFacts } from '#modules/tickets/index.ts';
import type { Who } from './rules.ts';

/** The case a notice is about, as far as people are concerned. */
export type Case = {
  /** A case of a customer, or a colleague’s certificate. */
  type: 'ticket' | 'conversation' | 'certification';
  id: string;
  groupId: string | null;
  workerId: string | null;
  /** Whom a complaint is about: never told, and never the one who is told instead of others. */ accusedId:
    | string
    | null;
};

const ids = async (tx: Tx, rows: Promise<{ id: string }[]>): Promise<string[]> =>
  (await rows).map(({ id }) => id);

const leadsOf = (tx: Tx, groupId: string | null): Promise<string[]> =>
  ids(
    tx,
    tx.all(
      sql<{
        id: string;
      }>`select u.id from group_member m join app_user u on u.id = m.user_id and u.status = 'active' where m.group_id = ${groupId}::uuid and m.lead`,
    ),
  );

const holders = (tx: Tx, groupId: string | null, above: boolean): Promise<string[]> =>
  ids(
    tx,
    tx.all(sql<{ id: string }>`
    select u.id from app_user u join user_role ur on ur.user_id = u.id join role r on r.key = ur.role_key
    where u.status = 'active' and (${groupId}::uuid is null or exists (select 1 from group_member m where m.user_id = u.id and m.group_id = ${groupId}::uuid))
    group by u.id having bool_or(r.grants ? 'floor.control') and bool_or(r.grants ? 'policy.write') = ${above} and not bool_or(r.grants ? 'user.write')`),
  );

/** Who controls the floor of a group: its own supervisors, else those of the centre, else whoever is above. */
const supervisorsOf = async (tx: Tx, { groupId, accusedId }: Case): Promise<string[]> => {
  for (const look of [
    () => (groupId ? holders(tx, groupId, false) : Promise.resolve([])),
    () => holders(tx, null, false),
    () => managers(tx),
  ]) {
    const found = (await look()).filter((id) => id !== accusedId);
    if (found.length > 0) return found;
  }
  return [];
};

/** Who answers for the floor and its rules; administrators when the centre has no manager. */
const managers = async (tx: Tx): Promise<string[]> => {
  const found = await holders(tx, null, true);
  return found.length > 0
    ? found
    : ids(
        tx,
        tx.all(
          sql<{
            id: string;
          }>`select distinct u.id from app_user u join user_role ur on ur.user_id = u.id join role r on r.key = ur.role_key where u.status = 'active' and r.grants ? 'user.write'`,
        ),
      );
};

const ready = (tx: Tx, groupId: string | null): Promise<string[]> =>
  ids(
    tx,
    tx.all(
      sql<{
        id: string;
      }>`select u.id from group_member m join app_user u on u.id = m.user_id and u.status = 'active' join presence p on p.user_id = u.id and p.state = 'ready' where m.group_id = ${groupId}::uuid`,
    ),
  );

const worker = async (tx: Tx, about: Case): Promise<string[]> =>
  about.workerId ? [about.workerId] : leadsOrSupervisors(tx, about);

const named: Record<Who, (tx: Tx, about: Case, data: Record<string, unknown>) => Promise<string[]>> = {
  agent: async (_tx, _about, data) =>
    [data.agentId, data.to].filter((id): id is string => typeof id === 'string'),
  mentioned: async (_tx, _about, { userIds }) => (Array.isArray(userIds) ? userIds.map(String) : []),
  worker,
  leads: (tx, { groupId }) => leadsOf(tx, groupId),
  supervisors: supervisorsOf,
  managers: (tx) => managers(tx),
  onCall: async (tx, about) => [...(await ready(tx, about.groupId)), ...(await supervisorsOf(tx, about))],
  ladder: (tx, about, { notify }) => ladder[String(notify)]?.(tx, about) ?? Promise.resolve([]),
};

const leadsOrSupervisors = async (tx: Tx, about: Case): Promise<string[]> => {
  const leads = (await leadsOf(tx, about.groupId)).filter((id) => id !== about.accusedId);
  return leads.length > 0 ? leads : supervisorsOf(tx, about);
};
/** Steps of a policy's ladder. */
const ladder: Record<string, (tx: Tx, about: Case) => Promise<string[]>> = {
  assignee: worker,
  lead: leadsOrSupervisors,
  supervisor: supervisorsOf,
  manager: (tx) => managers(tx),
};

const ticketCase = async (tx: Tx, id: string): Promise<Case | undefined> => {
  const [facts] = await ticketFacts(tx, [id]);
  const row =
    facts &&
    (await tx.maybe(
      sql<{ accused_id: string | null }>`select accused_id from ticket where id = ${id}::uuid`,
    ));
  return (
    facts && {
      type: 'ticket',
      id,
      groupId: facts.groupId,
      workerId: facts.assigneeId,
      accusedId: row?.accused_id ?? null,
    }
  );
};

/** A certificate concerns its holder, and who leads the first of their groups. */
const certificate = async (tx: Tx, id: string, userId: string): Promise<Case> => {
  const row = await tx.maybe(
    sql<{
      group_id: string;
    }>`select m.group_id from group_member m join skill_group g on g.id = m.group_id where m.user_id = ${userId}::uuid order by g.key limit 1`,
  );
  return { type: 'certification', id, groupId: row?.group_id ?? null, workerId: userId, accusedId: null };
};

/** The case behind an event. A survey's case is its ticket; a mail that nobody serves is its ticket's. */
export const caseOf = async (
  tx: Tx,
  event: Pick<EventRecord, 'subjectType' | 'subjectId' | 'data'>,
): Promise<Case | undefined> => {
  const ticketId =
    event.subjectType === 'ticket' ? event.subjectId : (event.data as { ticketId?: string }).ticketId;
  if (ticketId) return ticketCase(tx, ticketId);
  if (event.subjectType === 'certification')
    return certificate(tx, event.subjectId, (event.data as { userId: string }).userId);
  if (event.subjectType !== 'conversation') return undefined;
  const facts = await conversationFacts(tx, event.subjectId);
  if (!facts) return undefined;
  const row = facts.agentId
    ? undefined
    : await tx.maybe(
        sql<{
          ticket_id: string;
        }>`select tc.ticket_id from ticket_conversation tc join ticket t on t.id = tc.ticket_id where tc.conversation_id = ${event.subjectId}::uuid order by t.created_at desc limit 1`,
      );
  return row
    ? ticketCase(tx, row.ticket_id)
    : {
        type: 'conversation',
        id: event.subjectId,
        groupId: facts.groupId,
        workerId: facts.agentId,
        accusedId: null,
      };
};

/** Those of them who may see the case, without whoever caused it. */
export const mayBeTold = async (
  centre: Centre,
  tx: Tx,
  about: Case,
  userIds: readonly string[],
  cause: string,
): Promise<string[]> => {
  const wanted = [...new Set(userIds)].filter((id) => id !== cause);
  if (about.type === 'certification')
    return (await usersWhere(tx, sql`u.id = any(${wanted}::uuid[]) and u.status = 'active'`)).map(
      ({ id }) => id,
    );
  const subject = centre.subjects.get(about.type);
  const ownership = wanted.length > 0 ? await subject?.ownership?.(tx, about.id) : undefined;
  if (!subject || !ownership) return [];
  const people = await usersWhere(tx, sql`u.id = any(${wanted}::uuid[]) and u.status = 'active'`);
  return people
    .filter((user) => user.id !== about.accusedId && inScope(toActor(user), subject.permission, ownership))
    .map(({ id }) => id);
};

export const peopleFor = async (
  tx: Tx,
  who: readonly Who[],
  about: Case,
  data: Record<string, unknown>,
): Promise<string[]> => (await Promise.all(who.map((each) => named[each](tx, about, data)))).flat();
