import { systemActor } from '#kernel/actor.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import type { Step } from '#contracts/pack.ts';
import { changeRecord, createRecord, moveRecord, recordFacts } from '#modules/records/index.ts';
import { found, numberAt } from './among.ts';
import type { Kind, Scene } from './kind.ts';

type Figure = NonNullable<Step['figures']>[string];
/** One figure of the records: how many, the sum of a field, their values as a list, or how often each value. */
const figure = async (scene: Scene, asked: Figure): Promise<string | number> => {
  if ('count' in asked) return (await found(scene, asked.count)).length;
  const rows = await found(scene, asked.of);
  if ('sum' in asked) return rows.reduce((all, row) => all + numberAt(row, asked.sum), 0);
  const valueOf = (row: (typeof rows)[number], field: string) =>
    String(field === 'number' ? (row.number ?? '') : field === 'title' ? row.title : field === 'state' ? (row.state ?? '') : (row.data[field] ?? '—'));
  if ('list' in asked) return rows.map((row) => valueOf(row, asked.list)).join('、');
  const tally = new Map<string, number>();
  for (const row of rows) tally.set(valueOf(row, asked.tally), (tally.get(valueOf(row, asked.tally)) ?? 0) + 1);
  return [...tally].toSorted((a, b) => b[1] - a[1]).map(([value, count]) => `${value} ${count}`).join('；');
};

/** collect: a report or batch is a record whose fields are figures of others; those may be marked as taken in. */
export const collecting: Kind = async (scene, step) => {
  const { context, run } = scene;
  const as = systemActor('playbooks');
  const data: Answers = {};
  for (const [field, asked] of Object.entries(step.figures!)) data[field] = await figure(scene, asked);
  const marked = step.mark ? await found(scene, step.mark.among) : [];
  const { id } = await context.send(
    createRecord,
    { kind: step.into!, data, customerId: run.customer_id, ticketId: run.ticket_id, runId: run.id, groupId: scene.about.group },
    as,
  );
  const made = await recordFacts(context.tx, id);
  for (const record of marked) {
    const place = { kind: record.kind, id: record.id };
    if (step.mark!.set) {
      const set = Object.fromEntries(Object.entries(step.mark!.set).map(([field, value]) => [field, value === '{number}' ? (made?.number ?? '') : value]));
      await context.send(changeRecord, { ...place, data: set }, as);
    }
    if (step.mark!.move) await context.send(moveRecord, { ...place, to: step.mark!.move }, as);
  }
  run.record_id = id;
  run.answers = { ...run.answers, [step.key]: { ...data, recordId: id } };
  return { over: 'collected' };
};
