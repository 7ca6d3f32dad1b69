import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, storyAt, withStory } from '#testing/clock-story.ts';
import type { Story } from '#testing/clock-story.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { changeCalendar } from '#modules/calendar/index.ts';
import { channelByKey, receive, say } from '#modules/conversations/index.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';
import { changeTicket, claimTicket, startTicket, ticketById, writeMessage } from '#modules/tickets/index.ts';

describe('clocks of tickets, further rules', () => {
  withStory(
    'SD1-24 no progress for 60 min after the start is late and raises the level; progress in time keeps it',
    '2026-03-05 10:00',
    async ({ world, agent, open, clocks, due }) => {
      const [stuck, told] = [await open('P3'), await open('P3')];
      for (const id of [stuck, told]) {
        await world.does(agent, claimTicket, { id });
        await world.does(agent, startTicket, { id });
      }
      assert.equal(await due(stuck, 'escalation'), '2026-03-05 11:00');
      await world.later({ minutes: 50 });
      await world.does(agent, writeMessage, { id: told, visibility: 'public', body: '已定位原因' });
      await world.later({ minutes: 11 });
      assert.equal((await clocks(told)).get('escalation')!.state, 'met');
      assert.equal((await ticketById(world.centre, agent, stuck)).escalationLevel, 1);
      assert.equal((await clocks(stuck)).get('escalation')!.state, 'met_late');
    },
  );

  withStory(
    'SD1-29 C5 progress can be told daily at a time instead of every 24 h',
    '2026-03-05 10:00',
    async ({ world, agent, open, due }) => {
      const admin = await world.person('admin');
      await world.does(admin, changeSetting, {
        key: 'progress',
        value: { cadence: 'daily', dailyAt: '17:00' },
        version: 0,
      });
      const id = await open('P3');
      assert.equal(await due(id, 'progress'), '2026-03-05 17:00');
      await world.until(at('2026-03-05 16:30'));
      await world.does(agent, claimTicket, { id });
      await world.does(agent, writeMessage, { id, visibility: 'public', body: '正在检测' });
      assert.equal(await due(id, 'progress'), '2026-03-06 17:00');
    },
  );

  withStory(
    'SD2-13 an emergency is owed a contact in 10 minutes, also when it is marked later',
    '2026-03-05 10:00',
    async ({ world, agent, open, due, clocks }) => {
      const id = await open('P3');
      assert.equal((await clocks(id)).get('emergency_contact'), undefined);
      await world.later({ minutes: 30 });
      await world.does(agent, changeTicket, { id, emergency: true });
      assert.equal(await due(id, 'emergency_contact'), '2026-03-05 10:40');
      await world.does(agent, changeTicket, { id, emergency: false });
      assert.equal((await clocks(id)).get('emergency_contact')!.state, 'cancelled');
    },
  );

  withStory(
    'a calendar that changes while another process still counts by the old one is looked at again',
    '2026-03-05 10:00',
    async ({ world, open, due }) => {
      const admin = await world.person('admin');
      const id = await open('P3');
      const { rows } = await world.db.pool.query<{ id: string; week: object }>(
        'select id, week from calendar where standard',
      );
      // What another process would have written by its old book.
      const stale = await world.db.pool.query('select * from deadline where subject_id = $1 and kind = $2', [
        id,
        'resolve',
      ]);
      const friday = { fri: [['09:00', '13:00']] as [string, string][] };
      await send(
        world.centre,
        changeCalendar,
        { id: rows[0]!.id, change: { week: { ...rows[0]!.week, ...friday } } },
        admin,
      );
      const moved = await due(id, 'resolve');
      assert.equal(moved, '2026-03-10 15:00');
      await world.db.pool.query('update deadline set due_at = $2, next_at = $3, warn_at = $4 where id = $1', [
        stale.rows[0].id,
        new Date(stale.rows[0].due_at),
        new Date(stale.rows[0].next_at),
        new Date(stale.rows[0].warn_at),
      ]);
      await world.later({ seconds: 6 });
      assert.equal(await due(id, 'resolve'), moved);
    },
  );
});

describe('clocks of conversations', () => {
  let story: Story;
  before(async () => {
    story = await storyAt('2026-03-05 10:00');
  });
  after(() => story.world.end());

  test('SD2-07 a human answer in time keeps the promise, and later messages ask for nothing', async () => {
    const { world, clocks, told } = story;
    const channel = (await channelByKey(world.db, 'web'))!;
    const { conversationId: id } = await world.does(systemActor('visitor'), receive, {
      channelId: channel.id,
      name: '访客',
      body: '你好',
    });
    const agent = await world.person('supervisor', { groups: ['consult'] });
    await world.later({ seconds: 5 });
    for (const body of ['您好', '请问有什么可以帮您?'])
      await world.does(agent, say, { id, visibility: 'public', body });
    assert.deepEqual(
      [(await clocks(id)).get('first_answer')!.state, await told(id)],
      ['met', ['first_answer met']],
    );
    await world.later({ minutes: 1 });
    for (const body of ['在的', '请稍等']) await world.does(agent, say, { id, visibility: 'public', body });
    assert.deepEqual(await told(id), ['first_answer met']);
  });

  test('C1 a centre may let an automatic greeting count as the answer', async () => {
    const { world, clocks } = story;
    const admin = await world.person('admin');
    const routing = await setting(world.db, 'routing');
    await world.does(admin, changeSetting, {
      key: 'routing',
      value: { ...routing, autoReplyCounts: true },
      version: 0,
    });
    await world.later({ seconds: 3 });
    const channel = (await channelByKey(world.db, 'web'))!;
    const { conversationId: id } = await world.does(systemActor('visitor'), receive, {
      channelId: channel.id,
      name: '访客',
      body: '在吗',
    });
    await world.does(systemActor('bot'), say, {
      id,
      visibility: 'public',
      body: '您好,正在为您转接',
      automatic: true,
    });
    assert.equal((await clocks(id)).get('first_answer')!.state, 'met');
    await world.does(admin, changeSetting, { key: 'routing', value: routing, version: 1 });
    await world.later({ seconds: 3 });
  });

  test('SD1-03 C1 a queued chat is owed a human answer in 10 s; an automatic greeting does not stop the clock', async () => {
    const { world, clocks, told } = story;
    const channel = (await channelByKey(world.db, 'web'))!;
    const { conversationId: id } = await world.does(systemActor('visitor'), receive, {
      channelId: channel.id,
      name: '访客',
      body: '在吗',
    });
    const queued = (await clocks(id)).get('first_answer')!;
    assert.equal(Date.parse(queued.dueAt!) - Date.parse(queued.startedAt), 10_000);
    const agent = await world.person('agent', { groups: ['consult'] });
    await world.later({ seconds: 6 });
    await world.does(systemActor('bot'), say, {
      id,
      visibility: 'public',
      body: '您好,正在为您转接',
      automatic: true,
    });
    assert.equal((await clocks(id)).get('first_answer')!.state, 'running');
    await world.later({ seconds: 5 });
    assert.ok((await told(id)).includes('first_answer breached'));
    assert.ok(agent);
  });
});
