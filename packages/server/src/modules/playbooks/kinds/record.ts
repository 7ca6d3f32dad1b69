import { systemActor } from '#kernel/actor.ts';
import { changeRecord, moveRecord, recordFacts } from '#modules/records/index.ts';
import type { Kind } from './kind.ts';

/** record: moves the run's record to a state, or fills fields of it. Where there is no record nothing is done. */
export const recording: Kind = async ({ context, run }, step) => {
  const record = run.record_id ? await recordFacts(context.tx, run.record_id) : undefined;
  if (!record) return { over: 'none' };
  const as = systemActor('playbooks');
  const place = { kind: record.kind, id: record.id };
  if (step.set) await context.send(changeRecord, { ...place, data: step.set }, as);
  if (step.move && step.move !== record.state) await context.send(moveRecord, { ...place, to: step.move }, as);
  return { over: step.move ?? 'set' };
};
