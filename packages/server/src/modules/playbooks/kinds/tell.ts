import { mailCustomer, mailStaff } from '#channels/email/index.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Step } from '#contracts/pack.ts';
import { sql } from '#kernel/sql.ts';
import { say } from '#modules/conversations/index.ts';
import { paperOf, recordFacts } from '#modules/records/index.ts';
import { openTask } from '#modules/tasks/index.ts';
import type { NewTask } from '#modules/tasks/index.ts';
import { writeMessage } from '#modules/tickets/index.ts';
import { caseOf } from '../facts.ts';
import { scriptsFor } from '../words.ts';
import { placeOf } from '../store.ts';
import { taskOf } from './kind.ts';
import type { Kind, Scene } from './kind.ts';

const talking = ['active', 'queued', 'offered'];
/** Nothing more is written on these. */
const silent = ['archived', 'cancelled'];

/** The talk of the run while it goes on, else the customer's newest one: a chat that goes on, or their mail. */
const talkOf = ({ context, run }: Scene, preferred: string | undefined) =>
  context.tx.maybe(
    sql<{
      id: string;
    }>`select id from conversation where state <> 'closed' and (state = any(${talking}::text[]) or channel_kind = 'email') and (id = ${run.conversation_id}::uuid or customer_id = ${run.customer_id}::uuid) order by (id = ${run.conversation_id}::uuid) desc nulls last, (channel_kind = ${preferred ?? ''}) desc, opened_at desc limit 1`,
  );

/** The run's customer and those of the tickets gathered under its record, each once and with a ticket of theirs. */
const customersOf = async ({
  context,
  run,
}: Scene): Promise<{ customerId: string; ticketId: string | null }[]> => {
  const gathered = await context.tx.all(
    sql<{
      customerId: string;
      ticketId: string;
    }>`select distinct on (t.customer_id) t.customer_id as "customerId", t.id as "ticketId" from record_ticket rt join ticket t on t.id = rt.ticket_id where rt.record_id = ${run.record_id}::uuid and t.customer_id is distinct from ${run.customer_id}::uuid order by t.customer_id, t.created_at desc`,
  );
  return [
    ...(run.customer_id ? [{ customerId: run.customer_id, ticketId: run.ticket_id }] : []),
    ...gathered,
  ];
};

/**
 * The customer by the way the case has: the ticket's newest conversation or its progress page, a talk that goes on, a mail where
 * the step says so, else a call for somebody to make, which is also what a customer gets who prefers the phone (SD4-07).
 */
const tellCustomer = async (scene: Scene, step: Step, body: string, title?: string): Promise<string> => {
  const { context, run, facts } = scene;
  const key = `run-${run.id}-${step.key}-${run.visits[step.key] ?? 1}`;
  const preferred = (facts.customer as { preferredChannel?: string } | undefined)?.preferredChannel;
  const ticket = run.ticket_id
    ? await context.tx.maybe(
        sql<{ status: string }>`select status from ticket where id = ${run.ticket_id}::uuid`,
      )
    : undefined;
  if (preferred !== 'phone' && run.ticket_id && ticket && !silent.includes(ticket.status)) {
    await context.send(
      writeMessage,
      { id: run.ticket_id, visibility: 'public', body, automatic: true, clientId: key },
      systemActor('playbooks'),
    );
    return 'ticket';
  }
  const record = step.attach && run.record_id ? await recordFacts(context.tx, run.record_id) : undefined;
  const byMail = async () =>
    Boolean(
      step.byMail &&
      preferred !== 'phone' &&
      run.customer_id &&
      (await mailCustomer(context, {
        customerId: run.customer_id,
        subject: title ?? step.name.zh,
        body,
        paper: record ? () => paperOf(context, record.kind, record.id) : undefined,
      })),
    );
  // Who prefers mail has it in the mailbox, even while they still sit in the chat (SD0-12).
  if (preferred === 'email' && (await byMail())) return 'mail';
  const talk = preferred === 'phone' ? undefined : await talkOf(scene, preferred);
  if (talk) {
    await context.send(
      say,
      { id: talk.id, visibility: 'public', body, automatic: true, clientId: key },
      systemActor('playbooks'),
    );
    return 'conversation';
  }
  if (await byMail()) return 'mail';
  await openTask(context, {
    ...(await taskOf(scene, { ...step, who: step.who ?? 'assignee', service: step.service ?? true })),
    kind: 'callback',
    title: { zh: `告知客户：${step.name.zh}`, en: `Tell the customer: ${step.name.en}` },
    run: undefined,
    subject: { type: 'run', id: run.id },
  });
  return 'call';
};

/** Whom a mail to the holder of a task goes to: the person, the leads of the group (everybody where it has none), or who has the role. */
const peopleOf = async (
  { context }: Scene,
  { assigneeId, groupId, roleKey }: Pick<NewTask, 'assigneeId' | 'groupId' | 'roleKey'>,
): Promise<string[]> => {
  if (assigneeId) return [assigneeId];
  const rows = await context.tx.all(
    groupId
      ? sql<{
          id: string;
        }>`select m.user_id as id from group_member m where m.group_id = ${groupId}::uuid and (m.lead or not exists (select 1 from group_member l join app_user u on u.id = l.user_id and u.status = 'active' where l.group_id = m.group_id and l.lead))`
      : sql<{ id: string }>`select r.user_id as id from user_role r where r.role_key = ${roleKey ?? ''}`,
  );
  return rows.map(({ id }) => id);
};

/**
 * tell: words to the customer, or a notice to people of the centre: a task to acknowledge where `needsAck` says so
 * (SD3p-03), else one that is over at once and stands in the story.
 */
export const telling: Kind = async (scene, step) => {
  const { context, run, pack, facts } = scene;
  const [script] = scriptsFor(pack, step.script ?? [], facts);
  const to = step.to ?? 'customer';
  if (to === 'customers') {
    for (const { customerId, ticketId } of await customersOf(scene)) {
      const theirs = {
        ...run,
        customer_id: customerId,
        ticket_id: ticketId,
        conversation_id: ticketId === run.ticket_id ? run.conversation_id : null,
      };
      const { facts: own } = await caseOf(context, theirs);
      const [words] = scriptsFor(pack, step.script ?? [], own);
      const way = await tellCustomer(
        { ...scene, run: theirs, facts: own },
        step,
        words?.body.zh ?? step.name.zh,
      );
      context.emit(
        'run.told',
        'run',
        run.id,
        { step: step.key, to: 'customer', way, ...placeOf(theirs) },
        { customerId },
      );
    }
    return { over: 'told' };
  }
  if (to === 'customer') {
    const way = await tellCustomer(scene, step, script?.body.zh ?? step.name.zh, script?.title.zh);
    context.emit(
      'run.told',
      'run',
      run.id,
      { step: step.key, to: 'customer', way, ...placeOf(run) },
      { customerId: run.customer_id },
    );
    return { over: way };
  }
  const task = await taskOf(scene, { ...step, who: to });
  context.emit(
    'run.told',
    'run',
    run.id,
    { step: step.key, to: JSON.stringify(to), way: 'task', ...placeOf(run) },
    { groupId: task.groupId, userIds: [task.assigneeId] },
  );
  if (step.byMail && script)
    await mailStaff(context, {
      userIds: await peopleOf(scene, task),
      subject: script.title,
      body: script.body,
    });
  const told = { ...task, kind: 'follow_up' as const, title: script?.title ?? step.name };
  if (step.needsAck) return { open: await openTask(context, { ...told, kind: 'step' }) };
  await openTask(context, { ...told, kind: 'step', run: undefined, subject: { type: 'run', id: run.id } });
  return { over: 'told' };
};
