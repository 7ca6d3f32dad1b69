/** 本组: what lies open in one's groups, however many one is in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { cancelTicket, listTickets, openTicket } from './index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

let world: World;
let ids: Record<'fault' | 'question' | 'complaint', string[]>;
const categories = {
  fault: 'tech.fault',
  question: 'consult.feature',
  complaint: 'complaint_suggestion.complaint',
} as const;
before(async () => {
  world = await newWorld();
  const admin = await world.person('admin');
  ids = { fault: [], question: [], complaint: [] };
  for (const kind of ['fault', 'question', 'complaint', 'question', 'fault', 'fault'] as const) {
    const { id } = await world.does(admin, openTicket, {
      customer: { kind: 'person', name: '张三', phones: ['13900001111'] },
      channel: 'api',
      category: categories[kind],
      urgency: 'low',
      impact: 'single',
      subject: kind,
      description: '',
    } as never);
    // Newest first, as a list shows them.
    ids[kind].unshift(id);
    await world.later({ minutes: 1 });
  }
});
after(() => world.end());

const seen = async (who: Actor, limit = 50, cursor?: string) =>
  listTickets(world.db, who, { view: 'group', limit, cursor });
const member = (...groups: string[]) => world.person('agent', { groups });

test('one group, several and none: each person’s own, newest first', async () => {
  const list = async (who: Actor) => (await seen(who)).items.map(({ id }) => id);
  assert.deepEqual(await list(await member('tech')), ids.fault);
  assert.deepEqual(
    (await list(await member('tech', 'consult'))).toSorted(),
    [...ids.fault, ...ids.question].toSorted(),
  );
  assert.deepEqual(await list(await member()), []);
});

test('the pages of several groups follow each other without gap or twin, and what ended is gone', async () => {
  const both = await member('tech', 'consult');
  const whole = (await seen(both)).items.map(({ id }) => id);
  const pages: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await seen(both, 2, cursor);
    pages.push(...page.items.map(({ id }) => id));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  assert.deepEqual(pages, whole);
  const admin = await world.person('admin');
  await world.does(admin, cancelTicket, { id: ids.fault[0]!, reason: '重复登记' } as never);
  assert.deepEqual((await seen(both)).items.map(({ id }) => id).includes(ids.fault[0]!), false);
});
