/**
 * Playbooks in the demo centre: the packs' own cases are told again in its last days, with its people and customers,
 * each as far as the clock allows, so that runs of every pack stand in different states.
 */
import path from 'node:path';
import { readDuration, wallMs } from '#contracts/durations.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { createUser, toActor, userById } from '#modules/identity/index.ts';
import {
  packFolders,
  readFolder,
  reviewPlaybook,
  shippedPacks,
  switchPlaybook,
} from '#modules/playbooks/index.ts';
import { broadcast, createRecord, gatherTickets } from '#modules/records/index.ts';
import { completeTask, promise } from '#modules/tasks/index.ts';
import { instant, verbs } from '../cases/verbs.ts';
import type { Line, PackCase, Stage } from '../cases/run.ts';
import { cases as stories } from './cases.ts';
import { demoPassword } from './company.ts';
import { openOffice } from './office.ts';
import type { Office, Told } from './office.ts';
import type { Scene } from './seed.ts';

const dayMs = 86_400_000;
/** Lines that only a test needs, or that the demo centre has in its own way. */
const left = [
  'expect',
  'enable',
  'customer',
  'changeCustomer',
  'join',
  'certify',
  'look',
  'lookUp',
  'cancelRun',
];
const names = [
  '秦岚',
  '许诺',
  '顾城',
  '白露',
  '江枫',
  '钟灵',
  '夏雨',
  '方圆',
  '石磊',
  '乔安',
  '杜康',
  '叶知秋',
  '龙飞',
  '易水',
  '文静',
  '常青',
  '安然',
  '路遥',
  '田野',
  '高山',
];

const verbOf = (line: Line): string | undefined =>
  Object.keys(line).find((key) => key in verbs || key === 'expect');
const linesOf = (story: PackCase): Line[] =>
  [story, ...(story.and ?? [])].flatMap(
    ({ given = [], when = [], then = [] }: Pick<PackCase, 'given' | 'when' | 'then'>) => [
      ...given,
      ...when,
      ...then,
    ],
  );

/** How far a case takes its run. */
const deedsOf = (story: PackCase): number =>
  linesOf(story).filter(
    (line) =>
      !('refused' in line) &&
      ['complete', 'approve', 'attempt', 'move', 'resolve', 'confirm'].includes(verbOf(line) ?? ''),
  ).length;

const local = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
/** Every date of a line, moved by whole days: the hour of a story stays. */
const moved = (value: unknown, shift: number): unknown => {
  if (typeof value === 'string') {
    const [, sign = '', date, time] = /^(@?)(\d{4}-\d{2}-\d{2})( \d{2}:\d{2})?$/.exec(value) ?? [];
    if (!date) return value;
    const text = local(instant(`${date}${time ?? ' 00:00'}`) + shift);
    return `${sign}${time ? text : text.slice(0, 10)}`;
  }
  if (Array.isArray(value)) return value.map((one) => moved(one, shift));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner, shift)]));
  return value;
};

/** A ticket of a story without words of its own takes those of a customer of the demo. */
const worded = (line: Line, n: number): Line => {
  const given = line.ticket as { category?: string; subject?: string } | undefined;
  if (!given || given.subject) return line;
  const fitting = stories.filter(
    ({ category }) => category.split('.')[0] === (given.category ?? 'consult').split('.')[0],
  );
  const story = fitting[n % Math.max(fitting.length, 1)] ?? stories[0]!;
  return {
    ...line,
    ticket: {
      ...given,
      subject: story.subject,
      description: `【现象】${story.opening}\n【开始时间】今天\n【已尝试】重启`,
    },
  };
};

const readPacks = async (): Promise<Told[]> =>
  (
    await Promise.all(
      (await packFolders(shippedPacks)).map(async (folder) => ({
        key: path.basename(folder),
        ...(await readFolder(folder)),
      })),
    )
  ).flatMap(({ key, pack, cases }) => (pack ? [{ key, pack, cases: cases as PackCase[] }] : []));

/** Somebody for each role that a pack brings. */
const hire = async (scene: Scene, { pack }: Told): Promise<void> => {
  const { does, people, centre } = scene;
  for (const { key, group } of pack.roles ?? []) {
    if (people.has(key)) continue;
    const groups = await centre.db.all(
      sql<{
        id: string;
      }>`select id from skill_group where key = any(${[...(group ? [key] : []), ...(key === 'store_head' ? ['store_east'] : [])]}::text[])`,
    );
    const id = await does(systemActor('demo'), createUser, {
      email: `${key}@demo.example`,
      name: names[people.size % names.length]!,
      roles: [key],
      groupIds: groups.map((one) => one.id),
      maxChats: 5,
      password: demoPassword,
      demoPassword: true,
    } as never);
    people.set(key, toActor((await userById(centre.db, id))!));
  }
};

/** One case told again from `start`; `share` of it, so that each leaves its run somewhere else. */
const tell = (
  scene: Scene,
  told: Told,
  story: PackCase,
  shift: number,
  share: number,
  customerId: string,
  n: number,
): void => {
  const { centre, clock, does, people } = scene;
  const person = async (name: string): Promise<Actor> => {
    const who = people.get(name) ?? people.get(name.replace(/\d+$/, ''));
    if (!who) throw new Error(`nobody is ${name}`);
    return who;
  };
  const stage: Stage = {
    world: { centre, clock, db: centre.db, does } as never,
    playbook: told.key,
    person,
    customerId,
  };
  const lines = linesOf(story).filter(
    (line) => !('refused' in line) && !left.includes(verbOf(line) ?? 'expect'),
  );
  const kept = lines.slice(0, Math.max(1, Math.ceil(lines.length * share)));
  const go = async (from: number, at: number): Promise<void> => {
    for (let i = from; i < kept.length; i++) {
      const line = kept[i]!;
      const next = line.after
        ? at + (wallMs(readDuration(String(line.after))!) ?? 0)
        : line.until
          ? instant(String(line.until)) + shift
          : undefined;
      if (next !== undefined) {
        scene.at(Math.max(next, at + 1000), () => go(i + 1, next));
        return;
      }
      const verb = verbOf(line)!;
      const said = worded(moved(line, shift) as Line, n);
      try {
        await verbs[verb]!(stage, said[verb] as never, said);
        await centre.settle();
      } catch {
        // What the case could do in its empty world may be refused in this one: its run stays where it is.
        return;
      }
    }
  };
  const start = instant(story.at ?? '2026-03-05 09:00') + shift;
  scene.at(start, () => go(0, start));
};

/** What the rules refuse at this hour of the story is left out: a demo always starts. */
const tried = (deed: Promise<unknown>): Promise<unknown> =>
  deed.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
const promised = [
  '下午五点前回电告知检测结果',
  '明天上午十点前确认上门时间',
  '今天内把退款进度发给客户',
  '两小时内给出配件到货时间',
];
/** Agents give their word on tickets they work on; the office keeps most of it. */
const promises = async ({ centre, clock, does, people }: Scene): Promise<void> => {
  const mine = await centre.db.all(
    sql<{
      id: string;
      assignee_id: string;
    }>`select id, assignee_id from ticket where assignee_id = any(${[...people.values()].map(({ id }) => id)}::uuid[]) and status in ('assigned', 'in_progress', 'waiting_customer') order by number desc limit 6`,
  );
  for (const [i, { id, assignee_id }] of mine.entries()) {
    const who = [...people.values()].find((one) => one.id === assignee_id)!;
    await does(who, promise, {
      ticketId: id,
      what: promised[i % promised.length]!,
      promisedAt: new Date(clock.now() + (i + 2) * 3_600_000).toISOString(),
    });
  }
};
/** Several reports of one fault are gathered under a problem, and their customers told at once. */
const oneCause = async ({ centre, does, people }: Scene): Promise<void> => {
  const supervisor = people.get('supervisor')!;
  const same = await centre.db.maybe(
    sql<{
      subject: string;
      ids: string[];
    }>`select subject, array_agg(id order by number) as ids from ticket where category like 'tech.%' and parent_id is null and status in ('pooled', 'assigned', 'in_progress', 'waiting_customer') group by subject having count(*) > 1 order by count(*) desc, subject limit 1`,
  );
  if (!same) return;
  const { id } = await does(supervisor, createRecord, {
    kind: 'problem',
    data: {
      title: `${same.subject}（同一批次）`,
      cause: '同一批次零件装配不到位',
      workaround: '先停用，等待上门',
    },
  });
  await does(supervisor, gatherTickets, { kind: 'problem', id, ticketIds: same.ids });
  await does(supervisor, broadcast, {
    kind: 'problem',
    id,
    body: '您反映的问题我们已经找到原因，是同一批次零件装配不到位。请先停用，我们会逐户联系上门更换，费用由我们承担。',
  });
};

/** Two things wait for the supervisor's yes when one first looks: a plan for a complaint, and a compensation above the limit. */
const asked = async ({ centre, does, people }: Scene): Promise<void> => {
  const plan = await centre.db.maybe(
    sql<{
      id: string;
    }>`select k.id from task k join run r on r.id = k.run_id where r.playbook = 'complaint' and k.step_key = 'plan' and k.state = 'open' order by k.created_at desc, k.id limit 1`,
  );
  if (plan)
    await does(people.get('relations')!, completeTask, {
      id: plan.id,
      record: { kinds: ['compensation', 'process'], text: '上门致歉并重新安装，补偿 80 元优惠券', cost: 80 },
    });
  await does(people.get('agent')!, createRecord, {
    kind: 'compensation',
    data: { type: 'coupon', amount: 60, reason: 'delay', words: '配送晚到三天，客户要求补偿' },
  });
};

/** 复审: one playbook was looked at again today, one published five and a half months ago is to be within twelve days. */
const lookedAtAgain = async ({ centre, clock, does, people }: Scene): Promise<void> => {
  const manager = people.get('manager')!;
  await does(manager, reviewPlaybook, {
    key: 'complaint',
    note: '对照近半年投诉：首次联系及时率 98%，方案按时率 96%，用语无新增差评，现行版本不必修改。',
  });
  await centre.db.run(
    sql`update playbook_version set review_due_at = ${new Date(clock.now() + 12 * dayMs)} where key = 'after_sales' and state = 'published'`,
  );
  await does(manager, switchPlaybook, { key: 'after_sales', enabled: true });
};

/**
 * Switches every pack on and lets its cases happen between `begin` and `now`; the ones by the calendar on the last
 * day. Hands back the people who work between them.
 */
export const playbookStories = async (
  scene: Scene,
  customers: readonly string[],
  begin: number,
  now: number,
): Promise<Office> => {
  const packs = await readPacks();
  const on = async (told: Told) => {
    await scene.does(systemActor('demo'), switchPlaybook, { key: told.key, enabled: true });
    await hire(scene, told);
  };
  let n = 0;
  for (const told of packs) {
    if (told.pack.every) scene.at(now - dayMs, () => on(told));
    else await on(told);
    const short = told.cases.filter((story) =>
      linesOf(story).every(
        (line) =>
          Number(line.repeat ?? 1) < 4 &&
          Number((line.record as { times?: number } | undefined)?.times ?? 1) < 4,
      ),
    );
    // The case that goes furthest is told whole, the next ones in part: beginning, middle and end are all seen.
    const furthest = short.toSorted((a, b) => deedsOf(b) - deedsOf(a)).slice(0, 3);
    for (const [i, story] of furthest.entries()) {
      const from = instant(story.at ?? '2026-03-05 09:00');
      const ends = linesOf(story).map((line) => (line.until ? instant(String(line.until)) : 0));
      const span = Math.max(0, ...ends.map((end) => end - from));
      const earliest = told.pack.every ? now - dayMs + 3_600_000 : begin + 3_600_000;
      const latest = Math.floor((now - (i + 1) * 600_000 - Math.min(span, 2 * dayMs) - from) / dayMs) * dayMs;
      const shift = from + latest < earliest ? Math.ceil((earliest - from) / dayMs) * dayMs : latest;
      tell(scene, told, story, shift, [1, 0.6, 0.4][i]!, customers[(n * 7) % customers.length]!, n);
      n += 1;
    }
  }
  for (const hours of [75, 54, 30, 8]) scene.at(now - hours * 3_600_000, () => tried(promises(scene)));
  scene.at(now - 5 * 3_600_000, () => tried(oneCause(scene)));
  scene.at(now - 4 * 3_600_000, () => tried(lookedAtAgain(scene)));
  scene.at(now - 12 * 60_000, () => tried(asked(scene)));
  return openOffice(scene, packs, { linesOf, moved });
};
