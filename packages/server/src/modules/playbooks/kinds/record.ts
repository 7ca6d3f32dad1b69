import { systemActor } from '#kernel/actor.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import { changeRecord, createRecord, kindOf, moveRecord, recordFacts } from '#modules/records/index.ts';
import { valueIn } from './kind.ts';
import type { Kind } from './kind.ts';

/**
 * record: moves the run's record to a state, or fills fields of it. Where there is no record nothing is done. With
 * `into` it makes another record of that kind, unless the pack that brings the kind is switched off.
 */
export const recording: Kind = async (scene, step) => {
  const { context, run, about } = scene;
  const as = systemActor('playbooks');
  const data: Answers = {};
  for (const [field, value] of Object.entries(step.set ?? {}))
    data[field] = (await valueIn(scene, value)) as string;
  if (step.into) {
    if (!(await kindOf(context.centre.db, step.into))?.enabled) return { over: 'none' };
    const { id } = await context.send(
      createRecord,
      {
        kind: step.into,
        data,
        customerId: run.customer_id,
        ticketId: run.ticket_id,
        conversationId: run.conversation_id,
        runId: run.id,
        parentId: run.record_id,
        ownerId: about.assignee ?? run.started_by,
      },
      as,
    );
    run.answers = { ...run.answers, [step.key]: { recordId: id } };
    return { over: 'made' };
  }
  const record = run.record_id ? await recordFacts(context.tx, run.record_id) : undefined;
  if (!record) return { over: 'none' };
  const place = { kind: record.kind, id: record.id };
  if (step.set) await context.send(changeRecord, { ...place, data }, as);
  if (step.move && step.move !== record.state)
    await context.send(moveRecord, { ...place, to: step.move }, as);
  return { over: step.move ?? 'set' };
};
