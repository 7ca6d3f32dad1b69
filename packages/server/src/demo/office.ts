/**
 * The people of the demo centre at work between their stories: who is on call acknowledges an alarm within minutes,
 * and most tasks are finished in time, with what the packs' own cases say there. Some are late and some stay, so that
 * those are seen too. Everything is decided by what a task is called and when it came, so each telling is the same.
 */
import { wallMs, readDuration } from '#contracts/durations.ts';
import type { Pack } from '#contracts/pack.ts';
import type { Actor } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import { close } from '#modules/conversations/index.ts';
import { endIncident, incidentNow } from '#modules/incident/index.ts';
import { acknowledge, readMine } from '#modules/notices/index.ts';
import { approve, assignTask, completeTask } from '#modules/tasks/index.ts';
import type { Line, PackCase } from '../cases/run.ts';
import { answersOf, instant } from '../cases/verbs.ts';
import { chance } from './chance.ts';
import { openRaters } from './raters.ts';
import type { Scene } from './seed.ts';

export type Told = { key: string; pack: Pack; cases: PackCase[] };
export type Office = {
  /** When somebody has something to do next, as far as is known now; null while nobody has. */
  nextAt(): Promise<number | null>;
  /** Does what is to be done by now. */
  work(): Promise<void>;
  /** The end of the day: talks that went quiet are closed, old notices are read. */
  tidy(): Promise<void>;
};

type Open = {
  id: string;
  kind: string;
  created_at: number;
  due_at: number | null;
  step_key: string | null;
  playbook: string | null;
  assignee_id: string | null;
  role_key: string | null;
  group_id: string | null;
  requested_by: string | null;
};

const openTasks = unsafeText(
  `select k.id, k.kind, k.created_at, k.due_at, k.step_key, r.playbook, k.assignee_id, k.role_key, k.group_id, k.requested_by from task k left join run r on r.id = k.run_id`,
);

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const zone = 8 * hour;
/** What a task is called in every telling of the story. */
const nameOf = ({ playbook, step_key, kind, created_at, due_at }: Open): string =>
  `${playbook}:${step_key ?? kind}:${created_at}${kind === 'commitment' ? `:${due_at}` : ''}`;
/** Work is done by day: what falls into the night is done the next morning, unless it would be late then. */
const byDay = (at: number, latest: number, share: number): number => {
  const midnight = Math.floor((at + zone) / dayMs) * dayMs - zone;
  const opens = midnight + 9 * hour;
  if (at >= opens && at < midnight + 18 * hour) return at;
  const morning = (at < opens ? opens : opens + dayMs) + share * 40 * minute;
  return morning < latest ? morning : at;
};
/** When it is worked on: in time mostly, now and then late; null for those nobody comes to. */
const plannedAt = (task: Open): number | null => {
  const { created_at, due_at } = task;
  const luck = chance(nameOf(task));
  const share = chance(nameOf(task), 1);
  if (luck < 0.06) return null;
  if (due_at === null) return byDay(created_at + (1 + 5 * share) * hour, Infinity, share);
  if (luck < 0.15) return byDay(due_at + (1 + 5 * share) * hour, Infinity, share);
  const room = Math.max(2 * minute, due_at - created_at);
  return byDay(created_at + Math.min(room * (0.15 + 0.7 * share), 2 * dayMs), due_at, share);
};

type Sample = { line: Line; at: number };
/** How the packs' own cases finish each step. */
const samplesOf = (told: readonly Told[], linesOf: (story: PackCase) => Line[]): Map<string, Sample[]> => {
  const samples = new Map<string, Sample[]>();
  for (const { key, cases } of told)
    for (const story of cases) {
      let at = instant(story.at ?? '2026-03-05 09:00');
      for (const line of linesOf(story)) {
        if (line.after) at += wallMs(readDuration(String(line.after))!) ?? 0;
        if (line.until) at = instant(String(line.until));
        if (!line.complete || line.refused) continue;
        const name = `${key}:${String(line.complete)}`;
        samples.set(name, [...(samples.get(name) ?? []), { line, at }]);
      }
    }
  return samples;
};

export const openOffice = (
  scene: Scene,
  told: readonly Told[],
  {
    linesOf,
    moved,
  }: { linesOf: (story: PackCase) => Line[]; moved: (value: unknown, shift: number) => unknown },
): Office => {
  const { centre, clock, does, people } = scene;
  const { db } = centre;
  const samples = samplesOf(told, linesOf);
  const steps = new Map<string, Pack['steps'][number]>(
    told.flatMap(({ key, pack }) => pack.steps.map((step) => [`${key}:${step.key}`, step] as const)),
  );
  const raters = openRaters(scene);
  const known = new Set<string>();
  const plan = new Map<string, number>();
  let looked = 0;

  const byId = (id: string | null) => [...people.values()].find((one) => one.id === id);
  const person = async (name: string): Promise<Actor> => {
    const who = people.get(name) ?? people.get(name.replace(/\d+$/, ''));
    if (!who) throw new Problem('NOT_FOUND');
    return who;
  };
  /** Whose task it is: who has it, else somebody of its role, of its group where there is one. */
  const workerOf = (task: Open): Actor | undefined => {
    const own = byId(task.assignee_id);
    if (own) return own;
    const able = [...people.values()].filter(
      ({ id, roleKeys = [] }) =>
        id !== (task.kind === 'approval' ? task.requested_by : null) &&
        task.role_key !== null &&
        roleKeys.includes(task.role_key),
    );
    const near = able.filter(({ groupIds }) => task.group_id && groupIds.includes(task.group_id));
    const list = near.length > 0 ? near : able;
    return list[Math.floor(chance(nameOf(task), 2) * list.length)];
  };
  /** What waits for a group is given to one of it by the supervisor. */
  const givenOut = async (task: Open): Promise<Actor | undefined> => {
    const team = [...people.values()].filter(
      ({ groupIds, grants }) =>
        task.group_id && groupIds.includes(task.group_id) && grants['ticket.override'] === undefined,
    );
    const member = team[Math.floor(chance(nameOf(task), 2) * team.length)];
    const supervisor = people.get('supervisor')!;
    if (member) await does(supervisor, assignTask, { id: task.id, assigneeId: member.id, note: '请跟进' });
    return member;
  };
  const finish = async (task: Open): Promise<void> => {
    const worker = workerOf(task) ?? (await givenOut(task));
    if (!worker) return;
    if (task.kind === 'approval') return void (await does(worker, approve, { id: task.id, comment: '同意' }));
    const name = `${task.playbook}:${task.step_key}`;
    const list = samples.get(name) ?? [];
    const sample = list[Math.floor(chance(nameOf(task), 3) * list.length)];
    const step = steps.get(name);
    const shift = sample ? Math.round((clock.now() - sample.at) / dayMs) * dayMs : 0;
    const line = sample ? (moved(sample.line, shift) as Line) : undefined;
    await does(worker, completeTask, {
      id: task.id,
      outcome:
        (line?.outcome as string | undefined) ??
        step?.choices?.[0]?.key ??
        (task.kind === 'commitment' ? undefined : step && step.kind !== 'call' ? undefined : 'reached'),
      ...(line ? await answersOf(person, line) : {}),
      ticked: (line?.ticked as number[] | undefined) ?? step?.actions?.map((_, i) => i),
    });
  };

  /** What the rules refuse (a reading that was not taken yet, a form that needs another's words) stays open. */
  const tried = (deed: Promise<unknown>): Promise<unknown> =>
    deed.catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
    });

  /** Tasks that were opened since the last look get their hour. */
  const look = async (): Promise<void> => {
    const now = clock.now();
    const fresh = await db.all(
      sql<Open>`${openTasks} where k.state = 'open' and not k.system and k.created_at >= ${new Date(looked)} order by k.id`,
    );
    looked = now;
    for (const task of fresh) {
      if (known.has(task.id)) continue;
      known.add(task.id);
      const at = plannedAt(task);
      if (at !== null) plan.set(task.id, Math.ceil(Math.max(at, now + minute)));
    }
  };
  const alarms = () =>
    db.all(
      sql<{
        id: string;
        user_id: string;
        at: number;
      }>`select distinct on (subject_id) id, user_id, at from notice where needs_ack and ack_at is null and user_id = any(${[...people.values()].map(({ id }) => id)}::uuid[]) order by subject_id, at, id`,
    );
  const answeredAt = ({ at }: { at: number }) => Math.ceil(at + (1 + 3 * chance(String(at))) * minute);

  return {
    nextAt: async () => {
      await look();
      const instants = [...plan.values(), ...(await alarms()).map(answeredAt)];
      const rated = await raters.nextAt();
      if (rated !== null) instants.push(rated);
      return instants.length > 0 ? Math.min(...instants) : null;
    },
    work: async () => {
      const now = clock.now();
      for (const alarm of await alarms()) {
        const who = byId(alarm.user_id);
        if (who && answeredAt(alarm) <= now) await does(who, acknowledge, { id: alarm.id });
      }
      await raters.answer();
      const due = [...plan].filter(([, at]) => at <= now).map(([id]) => id);
      for (const id of due.toSorted()) {
        plan.delete(id);
        const task = await db.maybe(sql<Open>`${openTasks} where k.id = ${id}::uuid and k.state = 'open'`);
        if (task) await tried(finish(task));
      }
    },
    tidy: async () => {
      const now = clock.now();
      // What was jammed in one of the stories is over: a newcomer meets a centre that works.
      if (await incidentNow(db)) await does(people.get('supervisor')!, endIncident, {});
      const quiet = await db.all(
        sql<{
          id: string;
          agent_id: string;
        }>`select v.id, v.agent_id from conversation v join thread h on h.id = v.id where v.state = 'active' and h.last_message_at < ${new Date(now - 20 * minute)} order by v.id`,
      );
      for (const { id, agent_id } of quiet) {
        const agent = byId(agent_id);
        if (!agent) continue;
        const notes = await db.all(
          sql<Open>`${openTasks} where k.state = 'open' and not k.system and k.conversation_id = ${id}::uuid order by k.id`,
        );
        for (const task of notes) await tried(finish(task));
        await tried(does(agent, close, { id, reason: 'agent_closed' }));
      }
      for (const who of people.values()) {
        const seen = await db.all(
          sql<{
            id: string;
          }>`select id from notice where user_id = ${who.id}::uuid and read_at is null and not (needs_ack and ack_at is null) and at < ${new Date(now - 3 * hour)} order by at, id`,
        );
        for (let i = 0; i < seen.length; i += 200)
          await does(who, readMine, { ids: seen.slice(i, i + 200).map(({ id }) => id) });
      }
    },
  };
};
