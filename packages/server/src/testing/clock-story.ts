/** Stories about clocks: a world at an instant of Chinese time, tickets by priority, due instants as people read them. */
import { test } from 'node:test';
import type { EventType } from '#contracts/events.ts';
import type { DeadlineView } from '#contracts/routes/tickets.ts';
import type { Actor } from '#kernel/actor.ts';
import { deadlinesOf } from '#modules/deadlines/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { newWorld } from './world.ts';
import type { World } from './world.ts';

export const at = (text: string): number =>
  Date.parse(`${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}+08:00`);
export const shown = (instant: string | number | null): string | null =>
  instant === null
    ? null
    : new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const customer = {
  kind: 'person' as const,
  name: '张伟',
  phones: ['13800001234'],
  emails: ['zhang@example.cn'],
};
const base = {
  customer,
  channel: 'phone' as const,
  category: 'tech.fault',
  subject: '无法开机',
  description: '按电源键没有反应',
};
/** Urgency and impact of each priority by the matrix. */
const ranks = {
  P1: { urgency: 'critical', impact: 'wide' },
  P2: { urgency: 'high', impact: 'group' },
  P3: { urgency: 'medium', impact: 'group' },
  P4: { urgency: 'low', impact: 'group' },
} as const;

export type Story = {
  world: World;
  agent: Actor;
  open(priority: keyof typeof ranks, more?: object): Promise<string>;
  clocks(id: string): Promise<Map<string, DeadlineView>>;
  due(id: string, kind: string): Promise<string | null>;
  /** Clock events of a subject in order, without `started`. */
  told(id: string): Promise<string[]>;
};

export const storyAt = async (instant: string): Promise<Story> => {
  const world = await newWorld({ at: `${instant.replace(' ', 'T')}:00+08:00` });
  const agent = await world.person('supervisor', { groups: ['tech', 'consult', 'relations'] });
  const clocks: Story['clocks'] = async (id) =>
    new Map(((await deadlinesOf(world.db, [id])).get(id) ?? []).map((clock) => [clock.kind, clock]));
  return {
    world,
    agent,
    clocks,
    open: async (priority, more = {}) =>
      (await world.does(agent, openTicket, { ...base, ...ranks[priority], ...more })).id,
    due: async (id, kind) => shown((await clocks(id)).get(kind)?.dueAt ?? null),
    told: async (id) =>
      (
        await world.db.pool.query<{ type: EventType; data: { kind: string } }>(
          `select type, data from event where subject_id = $1 and type like 'deadline.%' and type <> 'deadline.started' order by at, id`,
          [id],
        )
      ).rows.map(({ type, data }) => `${data.kind} ${type.replace('deadline.', '')}`),
  };
};

export const withStory = (name: string, instant: string, tell: (story: Story) => Promise<void>): void =>
  void test(name, async () => {
    const story = await storyAt(instant);
    try {
      await tell(story);
    } finally {
      await story.world.end();
    }
  });
