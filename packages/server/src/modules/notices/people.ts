/** From roles and groups to people. */
import type { EventRecord } from '#kernel/command.ts';
import { inScope } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import type { Tx } from '#kernel/sql.ts';
import { sql } from '#kernel/sql.ts';
import { conversationFacts } from '#modules/conversations/index.ts';
import { toActor, usersWhere } from '#modules/identity/index.ts';
import { taskById } from '#modules/tasks/index.ts';
import { ticketFacts } from '#modules/tickets/index.ts';
import type { Who } from './rules.ts';

/** The case a notice is about, as far as people are concerned. */
export type Case = {
  /** A case of a customer, something to do, a colleague’s certificate, or what concerns everybody. */
  type: 'ticket' | 'conversation' | 'certification' | 'incident' | 'task';
  id: string;
  groupId: string | null;
  workerId: string | null;
  /** A task that nobody has yet is for everybody of this role. */
  roleKey?: string | null;
  /** Whose finishing of the step before opened it: the playbook itself goes on in nobody’s name. */
  causedBy?: string | null;
  /** Who has the case that a task belongs to: the owner of its record, else whose ticket it is. */ ownerId?:
    | string
    | null;
  /** The ticket of a task. */ ticketId?: string | null;
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

/** Who is signed in at their desk, whether ready or not. */
const onDuty = (tx: Tx): Promise<string[]> =>
  ids(
    tx,
    tx.all(
      sql<{
        id: string;
      }>`select u.id from presence p join app_user u on u.id = p.user_id and u.status = 'active' where p.state <> 'offline' order by u.staff_no`,
    ),
  );

/** Who has a role: those of the group, where it has any. */
const ofRole = async (tx: Tx, role: string, groupId: string | null): Promise<string[]> => {
  const rows = await tx.all(
    sql<{ id: string; near: boolean }>`
      select u.id, exists (select 1 from group_member m where m.user_id = u.id and m.group_id = ${groupId}::uuid) as near
      from app_user u join user_role ur on ur.user_id = u.id and ur.role_key = ${role} where u.status = 'active'`,
  );
  const near = rows.filter((row) => row.near);
  return (near.length > 0 ? near : rows).map(({ id }) => id);
};

const worker = async (tx: Tx, about: Case): Promise<string[]> => {
  if (about.workerId) return [about.workerId];
  const named = about.roleKey ? await ofRole(tx, about.roleKey, about.groupId) : [];
  return named.length > 0 ? named : leadsOrSupervisors(tx, about);
};

const named: Record<Who, (tx: Tx, about: Case, data: Record<string, unknown>) => Promise<string[]>> = {
  agent: async (_tx, _about, data) =>
    [data.agentId, data.to].filter((id): id is string => typeof id === 'string'),
  mentioned: async (_tx, _about, { userIds }) => (Array.isArray(userIds) ? userIds.map(String) : []),
  worker,
  leads: (tx, { groupId }) => leadsOf(tx, groupId),
  supervisors: supervisorsOf,
  managers: (tx) => managers(tx),
  onCall: async (tx, about) => [...(await ready(tx, about.groupId)), ...(await supervisorsOf(tx, about))],
  onDuty: (tx) => onDuty(tx),
  ladder: (tx, about, { notify }) => ladder[String(notify)]?.(tx, about) ?? Promise.resolve([]),
};

const leadsOrSupervisors = async (tx: Tx, about: Case): Promise<string[]> => {
  const leads = (await leadsOf(tx, about.groupId)).filter((id) => id !== about.accusedId);
  return leads.length > 0 ? leads : supervisorsOf(tx, about);
};
/** Steps of a policy's ladder. */
const ladder: Record<string, (tx: Tx, about: Case) => Promise<string[]>> = {
  assignee: worker,
  owner: async (tx, about) => (about.ownerId ? [about.ownerId] : worker(tx, about)),
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

const openedBy = async (tx: Tx, runId: string, at: number): Promise<string | null> =>
  (
    await tx.maybe(
      sql<{
        done_by: string | null;
      }>`select done_by from task where run_id = ${runId}::uuid and done_at = ${new Date(at)} order by id desc limit 1`,
    )
  )?.done_by ?? null;

const ownerOf = async (tx: Tx, runId: string): Promise<string | null> =>
  (
    await tx.maybe(
      sql<{
        owner_id: string | null;
      }>`select r.owner_id from run n join record r on r.id = n.record_id where n.id = ${runId}::uuid`,
    )
  )?.owner_id ?? null;

/** A task concerns who has it or whose role it is; its ticket says which group and whom it is about. */
const taskCase = async (tx: Tx, id: string): Promise<Case | undefined> => {
  const task = await taskById(tx, id);
  if (!task || task.system) return undefined;
  const ticket = task.ticket_id ? await ticketCase(tx, task.ticket_id) : undefined;
  return {
    type: 'task',
    id,
    groupId: task.group_id ?? ticket?.groupId ?? null,
    workerId: task.assignee_id,
    roleKey: task.role_key,
    ticketId: task.ticket_id,
    causedBy: task.run_id ? await openedBy(tx, task.run_id, task.created_at) : null,
    ownerId: (task.run_id ? await ownerOf(tx, task.run_id) : null) ?? ticket?.workerId ?? null,
    accusedId: ticket?.accusedId ?? null,
  };
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
  if (event.subjectType === 'task') return taskCase(tx, event.subjectId);
  const ticketId =
    event.subjectType === 'ticket' ? event.subjectId : (event.data as { ticketId?: string }).ticketId;
  if (ticketId) return ticketCase(tx, ticketId);
  if (event.subjectType === 'certification')
    return certificate(tx, event.subjectId, (event.data as { userId: string }).userId);
  if (event.subjectType === 'incident')
    return { type: 'incident', id: event.subjectId, groupId: null, workerId: null, accusedId: null };
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
  if (about.type === 'certification' || about.type === 'incident')
    return (await usersWhere(tx, sql`u.id = any(${wanted}::uuid[]) and u.status = 'active'`)).map(
      ({ id }) => id,
    );
  const subject = centre.subjects.get(about.type);
  const ownership = wanted.length > 0 ? await subject?.ownership?.(tx, about.id) : undefined;
  if (!subject || !ownership) return [];
  const people = await usersWhere(tx, sql`u.id = any(${wanted}::uuid[]) and u.status = 'active'`);
  return people
    .filter((user) => user.id !== about.accusedId)
    .filter(
      (user) =>
        inScope(toActor(user), subject.permission, ownership) ||
        (about.type === 'task' && user.id === about.ownerId) ||
        (about.type === 'task' && !about.workerId && !!about.roleKey && user.roles.includes(about.roleKey)),
    )
    .map(({ id }) => id);
};

/** Who is told in the same chain of events that the ticket of a task is theirs: one ring is enough for both. */
export const givenWith = async (
  tx: Tx,
  { ticketId }: Case,
  { id }: Pick<EventRecord, 'id'>,
): Promise<string[]> =>
  ticketId
    ? ids(
        tx,
        tx.all(sql<{ id: string }>`
          with recursive chain as (
            select e.cause_id, e.at from event e where e.id = ${id}::uuid
            union all select e.cause_id, e.at from chain c join event e on e.id = c.cause_id)
          select distinct a.data ->> 'to' as id from event a where a.subject_id = ${ticketId}::uuid and a.type = 'ticket.assigned' and a.at in (select at from chain)`),
      )
    : [];

export const peopleFor = async (
  tx: Tx,
  who: readonly Who[],
  about: Case,
  data: Record<string, unknown>,
): Promise<string[]> => (await Promise.all(who.map((each) => named[each](tx, about, data)))).flat();
