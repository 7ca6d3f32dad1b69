import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactWay } from '#contracts/words.ts';
import { sql } from '#kernel/sql.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { changeSetting } from '#modules/settings/index.ts';
import { newWorld } from '#testing/world.ts';
import { completeTask, planFollowUp } from './index.ts';

test('SD0-14 the fourth contact within the week is stopped, over all channels or of one channel, as the centre counts', async () => {
  const world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  try {
    const agent = await world.person('agent', { groups: ['consult'] });
    const supervisor = await world.person('supervisor', { groups: ['consult'] });
    const admin = await world.person('admin');
    const { id: customerId } = await world.does(admin, createCustomer, {
      kind: 'person',
      name: '张伟',
      phones: ['13800001234'],
    });
    const planned = () =>
      world.does(agent, planFollowUp, {
        kind: 'follow_up',
        title: '回访',
        dueAt: new Date(world.clock.now() + 3_600_000).toISOString(),
        customerId,
      });
    const contact = async (via?: ContactWay) =>
      world.does(agent, completeTask, { id: await planned(), outcome: 'reached', via });
    const tooOften = (via?: ContactWay) =>
      assert.rejects(contact(via), (error: { code?: string }) => error.code === 'CONTACT_TOO_OFTEN');

    // Together: two calls and a mail are three.
    await contact();
    await contact('phone');
    await contact('email');
    await tooOften('email');
    await tooOften();

    // Each by itself: a third call is still within the cap, the fourth is not; mails have their own.
    await world.does(admin, changeSetting, {
      key: 'contact',
      value: { per: 'channel', cap: 3, days: 7 },
      version: 0,
    });
    await world.later({ minutes: 1 });
    await contact('phone');
    await tooOften('phone');
    await tooOften();
    await contact('email');
    await contact('email');
    await tooOften('email');
    const fourth = await planned();
    await assert.rejects(
      world.does(agent, completeTask, { id: fourth, outcome: 'reached', via: 'phone', allow: '约好的' }),
      { code: 'CONTACT_TOO_OFTEN' },
    );
    await world.does(supervisor, completeTask, {
      id: fourth,
      outcome: 'reached',
      via: 'phone',
      allow: '约好的',
    });
    const { via } = await world.db.one(
      sql<{ via: string }>`select data ->> 'via' as via from task where id = ${fourth}::uuid`,
    );
    assert.equal(via, 'phone');
    await world.later({ days: 7, seconds: 1 });
    await contact('phone');
  } finally {
    await world.end();
  }
});
