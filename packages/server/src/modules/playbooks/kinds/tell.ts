import { systemActor } from '#kernel/actor.ts';
import type { Step } from '#contracts/pack.ts';
import { sql } from '#kernel/sql.ts';
import { say } from '#modules/conversations/index.ts';
import { openTask } from '#modules/tasks/index.ts';
import { writeMessage } from '#modules/tickets/index.ts';
import { scriptsFor } from '../words.ts';
import { placeOf } from '../store.ts';
import { taskOf } from './kind.ts';
import type { Kind, Scene } from './kind.ts';

const talking = ['active', 'queued', 'offered'];

/**
 * The customer by the way the case has: the ticket's newest conversation or its progress page, an open chat, else a
 * call for somebody to make, which is also what a customer gets who prefers the phone (SD4-07).
 */
const tellCustomer = async (scene: Scene, step: Step, body: string): Promise<string> => {
  const { context, run, facts } = scene;
  const key = `run-${run.id}-${step.key}-${run.visits[step.key] ?? 1}`;
  const preferred = (facts.customer as { preferredChannel?: string } | undefined)?.preferredChannel;
  if (preferred !== 'phone' && run.ticket_id) {
    await context.send(writeMessage, { id: run.ticket_id, visibility: 'public', body, automatic: true, clientId: key }, systemActor('playbooks'));
    return 'ticket';
  }
  if (preferred !== 'phone' && run.conversation_id) {
    const talk = await context.tx.maybe(sql<{ state: string }>`select state from conversation where id = ${run.conversation_id}::uuid`);
    if (talk && talking.includes(talk.state)) {
      await context.send(say, { id: run.conversation_id, visibility: 'public', body, automatic: true, clientId: key }, systemActor('playbooks'));
      return 'conversation';
    }
  }
  await openTask(context, {
    ...(await taskOf(scene, { ...step, who: step.who ?? 'assignee' })),
    kind: 'callback',
    title: { zh: `告知客户：${step.name.zh}`, en: `Tell the customer: ${step.name.en}` },
    run: undefined,
    subject: { type: 'run', id: run.id },
  });
  return 'call';
};

/**
 * tell: words to the customer, or a notice to people of the centre: a task to acknowledge where `needsAck` says so
 * (SD3p-03), else one that is over at once and stands in the story.
 */
export const telling: Kind = async (scene, step) => {
  const { context, run, pack, facts } = scene;
  const [script] = scriptsFor(pack, step.script ?? [], facts);
  const to = step.to ?? 'customer';
  if (to === 'customer') {
    const way = await tellCustomer(scene, step, script?.body.zh ?? step.name.zh);
    context.emit('run.told', 'run', run.id, { step: step.key, to: 'customer', way, ...placeOf(run) }, { customerId: run.customer_id });
    return { over: way };
  }
  const task = await taskOf(scene, { ...step, who: to });
  context.emit('run.told', 'run', run.id, { step: step.key, to: JSON.stringify(to), way: 'task', ...placeOf(run) }, { groupId: task.groupId, userIds: [task.assigneeId] });
  const told = { ...task, kind: 'follow_up' as const, title: script?.title ?? step.name };
  if (step.needsAck) return { open: await openTask(context, { ...told, kind: 'step' }) };
  await openTask(context, { ...told, kind: 'step', run: undefined, subject: { type: 'run', id: run.id } });
  return { over: 'told' };
};
