import { factAt } from '#contracts/conditions.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeRecord, recordFacts } from '#modules/records/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { Problem } from '#kernel/problem.ts';
import { listen, openWait } from './wait.ts';
import type { Kind, Scene } from './kind.ts';

/** From now on the run and its record hang on this ticket. */
const belongTo = async ({ context, run }: Scene, ticketId: string): Promise<void> => {
  run.ticket_id = ticketId;
  await context.tx.later(sql`update run set ticket_id = ${ticketId}::uuid where id = ${run.id}::uuid`);
  const record = run.record_id ? await recordFacts(context.tx, run.record_id) : undefined;
  if (record && !record.ticketId)
    await context.send(
      changeRecord,
      { kind: record.kind, id: record.id, ticketId },
      systemActor('playbooks'),
    );
};

/** 首问责任人 of what a run opens: the one of its ticket, the owner of its record, who started it; nobody it is about (SD3d-19). */
const firstAsked = ({ about, run }: Scene): string | null =>
  [about.accountable, about.owner, run.started_by].find((one) => one !== null && one !== about.accused) ??
  null;

/** ticket: a sub-ticket 协办 for a group; the parent waits until it is closed (SD2-15), unless told not to. */
export const ticketing: Kind = async (scene, step) => {
  const { context, run } = scene;
  const { group, category, subject, wait = true, main = false, talk = false, accused } = step.open!;
  const accusedAgentId = accused ? factAt(scene.facts, accused) : undefined;
  const parent = run.ticket_id
    ? await context.tx.one(
        sql<{
          category: string;
          channel: 'phone';
          urgency: 'medium';
          impact: 'single';
          description: string;
          subject: string;
        }>`select category, channel, urgency, impact, description, subject from ticket where id = ${run.ticket_id}::uuid`,
      )
    : undefined;
  const groupId = (
    await context.tx.maybe(sql<{ id: string }>`select id from skill_group where key = ${group}`)
  )?.id;
  if (!run.customer_id) throw new Problem('TICKET_NO_CUSTOMER');
  const { id } = await context.send(
    openTicket,
    {
      customerId: run.customer_id,
      channel: parent?.channel ?? 'api',
      category: category ?? parent?.category ?? 'other',
      urgency: parent?.urgency ?? 'medium',
      impact: parent?.impact ?? 'single',
      subject: `${subject.zh}${parent ? `：${parent.subject}` : ''}`.slice(0, 200),
      description: parent?.description ?? subject.zh,
      groupId,
      parentId: run.ticket_id ?? undefined,
      ...(talk && run.conversation_id ? { conversationId: run.conversation_id } : {}),
      accountableId: firstAsked(scene) ?? undefined,
      accusedAgentId:
        typeof accusedAgentId === 'string' && accusedAgentId !== '' ? accusedAgentId : undefined,
    },
    systemActor('playbooks'),
  );
  if (main) await belongTo(scene, id);
  if (!wait) return { over: 'opened' };
  const taskId = await openWait(scene, step);
  await listen(scene, taskId, 'ticket.closed', undefined, [id]);
  return { open: taskId };
};
