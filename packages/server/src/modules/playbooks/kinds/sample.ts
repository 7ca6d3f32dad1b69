import { createHash } from 'node:crypto';
import { openTask } from '#modules/tasks/index.ts';
import { beginOf } from '../moments.ts';
import { found } from './among.ts';
import { taskOf } from './kind.ts';
import type { Kind } from './kind.ts';

/**
 * sample: a task for each of a share (rounded up) or number of records (SD3u-25, SD2-21). The draw rests on the
 * record and the day, so the same day draws the same ones and nobody can steer it.
 */
export const sampling: Kind = async (scene, step) => {
  const { context, run } = scene;
  const all = await found(scene, step.among!);
  const day = String(beginOf('day', context.now));
  const rank = (id: string) =>
    createHash('sha256').update(`${run.playbook} ${step.key} ${day} ${id}`).digest('hex');
  const wanted = step.count ?? Math.ceil((all.length * step.share!) / 100);
  const drawn = all.toSorted((a, b) => rank(a.id).localeCompare(rank(b.id))).slice(0, wanted);
  const task = await taskOf(scene, step);
  for (const record of drawn)
    await openTask(context, {
      ...task,
      kind: 'callback',
      title: { zh: `${step.name.zh}：${record.title}`, en: `${step.name.en}: ${record.title}` },
      subject: { type: 'record', id: record.id },
      recordId: record.id,
      customerId: record.customerId,
      ticketId: record.ticketId,
      run: undefined,
    });
  run.answers = { ...run.answers, [step.key]: { drawn: drawn.length, of: all.length } };
  return { over: 'drawn' };
};
