/**
 * The demo centre lives its last days by commands on a fake clock: history, clocks and figures are as true as a real
 * centre's, because they were made the same way. The same seed tells the same story.
 */
import type { Config } from '#kernel/config.ts';
import { fakeClock } from '#kernel/clock.ts';
import type { FakeClock } from '#kernel/clock.ts';
import { send } from '#kernel/command.ts';
import type { Command } from '#kernel/command.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { seededIds, systemIds } from '#kernel/ids.ts';
import type { Database } from '#kernel/sql.ts';
import { sql } from '#kernel/sql.ts';
import type { TSchema, Static } from '#contracts/schema.ts';
import { buildCentre } from '../centre.ts';
import type { Built } from '../centre.ts';
import { installCentre } from '../install.ts';
import { setGoal } from '#modules/figures/index.ts';
import { calendarState } from '#modules/calendar/index.ts';
import { accept, channelByKey, close, markUpset, receive, say } from '#modules/conversations/index.ts';
import { grantCertification } from '#modules/certifications/index.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { createUser, setPresence, toActor, userById, changeGroup } from '#modules/identity/index.ts';
import { setting } from '#modules/settings/index.ts';
import {
  assignTicket,
  claimTicket,
  closeTicket,
  confirmTicket,
  keepView,
  openTicket,
  requestInfo,
  resolveTicket,
  resumeTicket,
  startTicket,
  urgeTicket,
  writeMessage,
} from '#modules/tickets/index.ts';
import { writeArticles } from './articles.ts';
import type { Written } from './articles.ts';
import { cases } from './cases.ts';
import type { Case } from './cases.ts';
import { customer, demoPassword, staff, views } from './company.ts';
import type { Office } from './office.ts';
import { playbookStories } from './playbooks.ts';

export { demoPassword };
export type SeedSize = 'small' | 'day' | 'year';
export type SeedOptions = {
  config: Config;
  db: Database;
  size: SeedSize;
  seed?: number;
  /** End of the story; the present unless told. */ now?: number;
  onProgress?: (line: string) => void;
};
export type Seeded = { customers: number; conversations: number; tickets: number };

const sizes: Record<SeedSize, { customers: number; days: number; tickets: number; chats: number }> = {
  small: { customers: 40, days: 4, tickets: 48, chats: 24 },
  day: { customers: 200, days: 1, tickets: 300, chats: 150 },
  year: { customers: 1200, days: 365, tickets: 3650, chats: 1460 },
};
/** `2026-11`, in the centre's zone. */
const monthOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 7);
const minute = 60_000;

type Step = { at: number; act: () => Promise<unknown> };
export type Scene = {
  centre: Built;
  clock: FakeClock;
  random: () => number;
  people: Map<string, Actor>;
  group: (key: string) => Actor[];
  articles: Written;
  steps: Step[];
  does<I extends TSchema, R>(actor: Actor, command: Command<I, R>, input: Static<I>): Promise<R>;
  /** Runs the rest of a story at an instant. */
  at(instant: number, act: () => Promise<unknown>): void;
};

const byCustomer: Actor = {
  kind: 'customer',
  id: 'demo',
  name: '客户',
  grants: {},
  groupIds: [],
  channelIds: [],
};
const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** Somebody of the group a case belongs to. */
const handler = (scene: Scene, category: string) =>
  pick(
    scene.random,
    scene.group(
      category.startsWith('tech') && !category.endsWith('return')
        ? 'tech'
        : category.startsWith('complaint') || category.endsWith('cooperation')
          ? 'relations'
          : 'consult',
    ),
  );

/** What the answer of a case was taken from. */
const citedBy = ({ articles }: Scene, { article }: Case) => {
  const one = article ? articles.get(article) : undefined;
  return one ? [one] : undefined;
};

/** One ticket from its opening to wherever its fate leaves it: fates in order of how far they go. */
const ticketStory = (scene: Scene, start: number, story: Case, customerId: string, fate: number) => {
  const { does, at, random } = scene;
  const worker = handler(scene, story.category);
  const clerk = pick(random, scene.group('consult'));
  at(start, async () => {
    const { id } = await does(clerk, openTicket, {
      customerId,
      channel: pick(random, ['phone', 'phone', 'visit'] as const),
      category: story.category,
      product: story.product,
      urgency: story.urgency,
      impact: story.impact,
      affectedUsers: story.affectedUsers,
      subject: story.subject,
      description: `【现象】${story.opening}\n【开始时间】今天\n【已尝试】重启`,
      confirmed: ['name', 'phone'],
    });
    if (fate < 0.1) return;
    const taken = start + (1 + random() * 20) * minute;
    at(taken, async () => {
      if (random() < 0.6) await does(worker, claimTicket, { id });
      else
        await does(
          scene.people.get(story.category.startsWith('tech') ? 'techlead' : 'supervisor')!,
          assignTicket,
          { id, assigneeId: worker.id, note: '请优先处理' },
        );
    });
    if (fate < 0.18) return;
    at(taken + 5 * minute, async () => {
      await does(worker, startTicket, { id });
      await does(worker, writeMessage, {
        id,
        visibility: 'public',
        body: story.reply,
        citations: citedBy(scene, story),
      });
      if (random() < 0.4)
        await does(worker, writeMessage, { id, visibility: 'internal', body: '已电话沟通，客户情绪平稳。' });
    });
    if (fate < 0.3) return;
    let next = taken + (20 + random() * 120) * minute;
    if (story.ask) {
      at(next, () =>
        does(worker, requestInfo, {
          id,
          what: story.ask!,
          howTo: '手机拍照后在进度页上传，或直接回复本消息',
        }),
      );
      if (fate < 0.4) return;
      next += (15 + random() * 60) * minute;
      at(next, async () => {
        await does(worker, writeMessage, { id, visibility: 'internal', body: `客户回复：${story.give}` });
        await does(worker, resumeTicket, { id });
      });
      next += 20 * minute;
    }
    if (fate < 0.5) {
      if (random() < 0.4) at(next, () => does(byCustomer, urgeTicket, { id }));
      return;
    }
    at(next, () =>
      does(worker, resolveTicket, {
        id,
        resolution: { solution: story.solution, steps: story.steps, cautions: story.cautions },
      }),
    );
    if (fate < 0.65) return;
    at(next + 60 * minute, () => does(byCustomer, confirmTicket, { id }));
    if (fate < 0.72) return;
    at(next + 75 * minute, () => does(worker, closeTicket, { id }));
  });
};

/** One chat: greeted, answered, closed; some become tickets by the agent's hand. */
const chatStory = (scene: Scene, start: number, story: Case, customerId: string, channelId: string) => {
  const { does, at, random } = scene;
  at(start, async () => {
    const agent = pick(random, scene.group('consult'));
    const { conversationId } = await does(byCustomer, receive, {
      channelId,
      customerId,
      body: story.opening,
      subject: story.subject,
      pageUrl: 'https://www.xinghe.example/support',
    });
    at(start + (4 + random() * 12) * 1000, async () => {
      await does(
        { ...agent, grants: { ...agent.grants, 'conversation.read': 'all', 'conversation.serve': 'all' } },
        accept,
        { id: conversationId, force: true },
      ).catch(() => undefined);
      const row = await scene.centre.db.maybe(
        sql<{
          agent_id: string | null;
        }>`select agent_id from conversation where id = ${conversationId}::uuid`,
      );
      const server = [...scene.people.values()].find(({ id }) => id === row?.agent_id);
      if (!server) return;
      const slips = story.slip && Math.floor(start / minute) % 4 === 0;
      await does(server, say, {
        id: conversationId,
        visibility: 'public',
        body: `您好，这里是星河家电，我是客服${server.name}。${slips ? story.slip : story.reply}`,
        citations: citedBy(scene, story),
      });
      at(start + 3 * minute, () =>
        does(byCustomer, receive, { channelId, conversationId, body: '好的，明白了，谢谢。' }),
      );
      at(start + 4 * minute, () =>
        does(server, say, {
          id: conversationId,
          visibility: 'public',
          body: '不客气，还有问题随时联系我们，祝您生活愉快！',
        }),
      );
      at(start + 6 * minute, () => does(server, close, { id: conversationId, reason: 'agent_closed' }));
    });
  });
};

/**
 * SD3m-02: a customer who has just lost patience; the agent marks it, and the alarm still stands on the board when the
 * centre opens, for whoever comes in as supervisor to answer.
 */
const angryStory = (scene: Scene, now: number, customerId: string, channelId: string) => {
  const { does, at } = scene;
  at(now - 5 * minute, async () => {
    const server = scene.people.get('agent')!;
    const { conversationId } = await does(byCustomer, receive, {
      channelId,
      customerId,
      body: '洗衣机上个月修过，今天又漏水了！',
      subject: '洗衣机修后又漏水',
      pageUrl: 'https://www.xinghe.example/support',
    });
    await does(server, accept, { id: conversationId, force: true });
    at(now - 4 * minute, () =>
      does(server, say, {
        id: conversationId,
        visibility: 'public',
        body: '您好，这里是星河家电，非常抱歉又给您添麻烦了。请问漏水的位置和上次一样吗？我马上为您查维修记录。',
      }),
    );
    at(now - 2 * minute, () =>
      does(byCustomer, receive, {
        channelId,
        conversationId,
        body: '一模一样的地方！第三次了，你们到底管不管？叫你们领导来！',
      }),
    );
    at(now - 45_000, () => does(server, markUpset, { id: conversationId, upset: true }));
  });
};

/** Advances through every wake on the way, so that warnings, breaches and surveys happen at their hour. */
const travel = async (centre: Built, clock: FakeClock, to: number, office?: Office) => {
  for (;;) {
    await centre.settle();
    const next = Math.min((await centre.due.nextAt()) ?? Infinity, (await office?.nextAt()) ?? Infinity);
    if (next > to) break;
    clock.set(Math.max(next, clock.now()));
    await office?.work();
  }
  clock.set(to);
  await centre.settle();
};

export const seedDemo = async ({
  config,
  db,
  size,
  seed = 1,
  now = Date.now(),
  onProgress = () => {},
}: SeedOptions): Promise<Seeded> => {
  const plan = sizes[size];
  const begin = now - plan.days * 86_400_000;
  const clock = fakeClock(begin - 40 * 86_400_000);
  const seeded = seededIds(seed);
  // Ids come from the seed, secrets never do: survey links and passes of the demo must not be guessable.
  const centre = buildCentre({ config, db, clock, ids: { ...seeded, secret: systemIds.secret } });
  await installCentre(centre);
  // Drawn apart from the ids: reactions side by side take those in any order, and each story draws for itself, so that
  // one that went another way shifts no other.
  const drawn = (story: number) => seededIds(seed * 100_003 + story).random;
  const random = drawn(0);
  const system = systemActor('demo');
  const does: Scene['does'] = async (actor, command, input) => send(centre, command, input, actor);

  onProgress('示例企业：人员 / staff');
  const groups = new Map(
    (await db.all(sql<{ id: string; key: string }>`select id, key from skill_group`)).map(({ id, key }) => [
      key,
      id,
    ]),
  );
  const people = new Map<string, Actor>();
  const members = new Map<string, { userId: string; lead: boolean }[]>();
  for (const { login, name, roles, groups: keys, lead, maxChats } of staff) {
    const id = await does(system, createUser, {
      email: `${login}@demo.example`,
      name,
      roles: [...roles],
      groupIds: keys.map((key) => groups.get(key)!),
      maxChats: maxChats ?? 5,
      password: demoPassword,
      demoPassword: true,
    });
    for (const key of keys)
      members.set(key, [...(members.get(key) ?? []), { userId: id, lead: lead ?? false }]);
    people.set(login, toActor((await userById(db, id))!));
  }
  for (const [key, list] of members) await does(system, changeGroup, { id: groups.get(key)!, members: list });
  // SD1-20: washing machines and air conditioners go to holders of the certificate only.
  const { items } = await setting(db, 'products');
  for (const { userId } of members.get('tech')!)
    for (const { key } of items.filter(({ certified }) => certified))
      await does(system, grantCertification, {
        userId,
        product: key,
        validUntil: new Date(now + 400 * 86_400_000).toISOString().slice(0, 10),
      });
  const group = (key: string) =>
    [...people.values()].filter(
      ({ groupIds, id }) =>
        groupIds.includes(groups.get(key)!) &&
        ![people.get('supervisor')!.id, people.get('techlead')!.id].includes(id),
    );

  onProgress(`客户 / customers ${plan.customers}`);
  const customers: string[] = [];
  for (let n = 1; n <= plan.customers; n++) {
    clock.advance(600_000);
    customers.push((await does(people.get('agent')!, createCustomer, customer(n))).id);
  }

  onProgress('知识库 / knowledge');
  const articles = await writeArticles({ does, people }, now);

  // Two goals, so that the page of figures shows what was reached and what is missing.
  const months = { from: monthOf(now - 60 * 86_400_000), to: monthOf(now + 60 * 86_400_000) };
  for (const goal of [
    { figure: 'csatMean', mode: 'relative', baseline: 74, change: 15, note: '评价低的会话当天回访' },
    { figure: 'averageComplaintTime', mode: 'absolute', baseline: 30, change: 24, note: '投诉当日给方案' },
  ] as const)
    await does(people.get('manager')!, setGoal, { ...goal, ...months });
  for (const view of views) await does(people.get(view.who)!, keepView, { among: 'open', ...view.kept });

  const steps: Step[] = [];
  const scene: Scene = {
    centre,
    clock,
    random,
    people,
    group,
    articles,
    steps,
    does,
    at: (instant, act) => {
      if (instant < now) steps.push({ at: instant, act });
    },
  };
  const web = (await channelByKey(db, 'web'))!;
  const workday = await db.maybe(sql<{ id: string }>`select id from calendar where standard`);
  for (let n = 0; n < plan.tickets + plan.chats; n++) {
    // People call when somebody answers: an instant outside working hours is drawn again, up to a few times.
    let start = begin + random() * (now - begin - 5 * minute);
    for (let tries = 0; tries < 6 && !(await calendarState(centre, workday?.id ?? null, start)).open; tries++)
      start = begin + random() * (now - begin - 5 * minute);
    const story = cases[Math.floor(random() * cases.length)]!;
    const who = pick(random, customers);
    const own = { ...scene, random: drawn(n + 1) };
    if (n < plan.tickets) ticketStory(own, start, story, who, random());
    else
      chatStory(
        own,
        start,
        pick(
          random,
          cases.filter(({ category }) => category.startsWith('consult')),
        ),
        who,
        web.id,
      );
  }
  angryStory(scene, now, customers[2]!, web.id);
  clock.set(begin);
  onProgress('流程 / playbooks');
  const office = await playbookStories(scene, customers, begin, now);
  for (const actor of people.values())
    if (actor.grants['conversation.serve'])
      await does(actor, setPresence, { userId: actor.id, state: 'ready' });

  let done = 0;
  let told = 0;
  while (steps.length > 0) {
    steps.sort((a, b) => a.at - b.at);
    const step = steps.shift()!;
    await travel(centre, clock, Math.max(step.at, clock.now()), office);
    // A rule may refuse what the story wanted (a claim somebody else was faster with): as in life, it goes on.
    await step.act().catch((error: Error & { code?: string }) => {
      if (!error.code || error.code.length < 6) throw error;
    });
    done += 1;
    const share = Math.floor((done / (done + steps.length)) * 10);
    if (share > told) onProgress(`服务记录 / history ${(told = share) * 10}%`);
  }
  await travel(centre, clock, now - 1000, office);
  await office.tidy();
  for (const actor of people.values()) await does(actor, setPresence, { userId: actor.id, state: 'offline' });
  await travel(centre, clock, now);
  await centre.bus.flush();
  const counts = await db.one(
    sql<Seeded>`select (select count(*)::int from customer) as customers, (select count(*)::int from conversation) as conversations, (select count(*)::int from ticket) as tickets`,
  );
  onProgress(
    `完成：${counts.customers} 位客户，${counts.conversations} 个会话，${counts.tickets} 张工单 / done`,
  );
  return counts;
};
