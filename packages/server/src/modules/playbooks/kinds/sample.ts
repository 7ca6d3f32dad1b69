import { systemActor } from '#kernel/actor.ts';
import type { Step } from '#contracts/pack.ts';
import { sql } from '#kernel/sql.ts';
import { createRecord } from '#modules/records/index.ts';
import { openTask } from '#modules/tasks/index.ts';
import { drawn } from '../draw.ts';
import { beginOf, spanOf } from '../moments.ts';
import { found } from './among.ts';
import { taskOf } from './kind.ts';
import type { Kind, Scene } from './kind.ts';

type Talk = {
  id: string;
  subject: string;
  customerId: string | null;
  customer: string;
  agentId: string;
  agent: string;
  channelId: string;
  channel: string;
};
const dayText = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/** Talks that a person served and that ended in a stretch, told apart by channel or agent, in order of their names. */
const talksBy = async (
  { context }: Scene,
  { each, over }: NonNullable<Step['talks']>,
): Promise<[name: string, talks: Talk[]][]> => {
  const [from, to] = spanOf(over, context.now);
  const rows = await context.tx.all(
    sql<Talk>`select v.id, v.subject, v.customer_id as "customerId", v.customer_name as customer, v.agent_id as "agentId", u.name as agent, v.channel_id as "channelId", h.name as channel from conversation v join app_user u on u.id = v.agent_id join channel h on h.id = v.channel_id where v.state = 'closed' and v.first_reply_at is not null and v.closed_at >= ${new Date(from)} and v.closed_at < ${new Date(to)} order by ${each === 'channel' ? sql`h.name, h.id` : sql`u.name, u.id`}, v.closed_at, v.id`,
  );
  const parts = Map.groupBy(rows, (row) => (each === 'channel' ? row.channelId : row.agentId));
  return [...parts.values()].map((talks) => [talks[0]![each], talks]);
};

/** One scorecard to fill for each drawn talk, below the list of its channel or agent, which is one task (SD2-20, SD2-21). */
const samplingTalks = async (scene: Scene, step: Step, seed: string): Promise<void> => {
  const { context, run } = scene;
  const as = systemActor('playbooks');
  const counts = { drawn: 0, of: 0 };
  for (const [name, talks] of await talksBy(scene, step.talks!)) {
    const chosen = drawn(talks, seed, step.count!);
    const list = chosen.map(({ customer, subject, agent }) => `${customer} · ${subject}（${agent}）`);
    const { id } = await context.send(
      createRecord,
      {
        kind: step.under!,
        data: { of: name, drawn: chosen.length, total: talks.length, seed, list: list.join('\n') },
        runId: run.id,
      },
      as,
    );
    for (const { id: conversationId, customerId, agentId, channel } of chosen)
      await context.send(
        createRecord,
        { kind: step.into!, data: { staff: agentId, channel }, conversationId, customerId, parentId: id },
        as,
      );
    await openTask(context, {
      ...(await taskOf(scene, step)),
      title: {
        zh: `${step.name.zh}：${name}（${chosen.length} 条）`,
        en: `${step.name.en}: ${name} (${chosen.length})`,
      },
      subject: { type: 'record', id },
      recordId: id,
      run: undefined,
    });
    counts.drawn += chosen.length;
    counts.of += talks.length;
  }
  run.answers = { ...run.answers, [step.key]: counts };
};

/**
 * sample: a task for each of a share (rounded up) or number of records (SD3u-25), or of talks. The draw rests on the
 * record and the day, so the same day draws the same ones and nobody can steer it.
 */
export const sampling: Kind = async (scene, step) => {
  const { context, run } = scene;
  const day = beginOf('day', context.now);
  if (step.talks) {
    await samplingTalks(scene, step, `${run.playbook} ${step.key} ${dayText.format(day)}`);
    return { over: 'drawn' };
  }
  const all = await found(scene, step.among!);
  const wanted = step.count ?? Math.ceil((all.length * step.share!) / 100);
  const chosen = drawn(all, `${run.playbook} ${step.key} ${day}`, wanted);
  const task = await taskOf(scene, step);
  for (const record of chosen)
    await openTask(context, {
      ...task,
      kind: 'callback',
      data: { ...task.data, drawnBy: `${run.playbook}.${step.key}` },
      title: { zh: `${step.name.zh}：${record.title}`, en: `${step.name.en}: ${record.title}` },
      subject: { type: 'record', id: record.id },
      recordId: record.id,
      customerId: record.customerId,
      ticketId: record.ticketId,
      run: undefined,
    });
  run.answers = { ...run.answers, [step.key]: { drawn: chosen.length, of: all.length } };
  return { over: 'drawn' };
};
