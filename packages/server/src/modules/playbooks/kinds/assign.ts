import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { holdsCertificate } from '#modules/certifications/index.ts';
import { assignTicket, changeTicket } from '#modules/tickets/index.ts';
import { holderOf } from './kind.ts';
import type { Kind } from './kind.ts';

type Ticket = {
  product: string | null;
  needs_certificate: boolean;
  accused_id: string | null;
  category: string;
  group_id: string | null;
  assignee_id: string | null;
};

/**
 * assign: gives the run's ticket to who of the group fits best: holds the certificate of its product, has the fewest
 * open tickets; not who leads the floor. Where nobody fits it waits in the pool of the group. `set: {category}` classifies it on the way.
 */
export const assigning: Kind = async (scene, step) => {
  const { context, run } = scene;
  if (!run.ticket_id) return { over: 'none' };
  const as = systemActor('playbooks');
  const id = run.ticket_id;
  const category = typeof step.set?.category === 'string' ? step.set.category : undefined;
  if (category) await context.send(changeTicket, { id, category }, as);
  const ticket = await context.tx.one(
    sql<Ticket>`select product, needs_certificate, accused_id, category, group_id, assignee_id from ticket where id = ${id}::uuid`,
  );
  const { groupId } = await holderOf(scene, step.who);
  const certified = holdsCertificate(sql`u.id`, sql`${ticket.product}`, context.now);
  const best = await context.tx.maybe(
    sql<{ id: string }>`
      select u.id from group_member m join app_user u on u.id = m.user_id and u.status = 'active'
      where m.group_id = ${groupId}::uuid and u.id is distinct from ${ticket.accused_id}::uuid and (not ${ticket.needs_certificate} or ${certified}) and not exists (select 1 from user_role r join role on role.key = r.role_key where r.user_id = u.id and role.grants ? 'floor.control')
      order by (${certified}) desc, (select count(*) from ticket t where t.assignee_id = u.id and t.status not in ('resolved', 'pending_confirmation', 'closed', 'archived', 'cancelled')), u.name, u.id limit 1`,
  );
  if (best && best.id === ticket.assignee_id) return { over: 'assigned' };
  await context.send(
    assignTicket,
    { id, assigneeId: best?.id ?? null, groupId: groupId ?? undefined, note: step.name.zh },
    as,
  );
  return { over: best ? 'assigned' : 'pooled' };
};
