import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { at, shown, withStory } from '#testing/clock-story.ts';
import { systemActor } from '#kernel/actor.ts';
import { channelByKey, receive } from '#modules/conversations/index.ts';
import {
  changeTicket,
  claimTicket,
  closeTicket,
  confirmTicket,
  reopenTicket,
  requestInfo,
  resolveTicket,
  resumeTicket,
  startTicket,
  ticketById,
  writeMessage,
} from '#modules/tickets/index.ts';

const resolution = { solution: '更换电源', steps: '断电,更换', cautions: '使用原装' };

describe('clocks of tickets', () => {
  withStory(
    'SD1-13 P1 unstarted at 15:00 min is a breach with an event, and the ladder raises its level',
    '2026-03-05 22:00',
    async ({ world, open, clocks, told, due, agent }) => {
      const id = await open('P1');
      assert.equal(await due(id, 'start'), '2026-03-05 22:15');
      const first = await ticketById(world.centre, agent, id);
      assert.deepEqual(
        [first.nextDueKind, first.nextDueState, shown(first.nextDueAt)],
        ['start', 'running', '2026-03-05 22:15'],
      );
      await world.until(at('2026-03-05 22:15'));
      assert.deepEqual(await told(id), ['start warned']);
      assert.equal((await ticketById(world.centre, agent, id)).nextDueState, 'warned');
      await world.until(at('2026-03-05 22:15') + 1);
      assert.deepEqual(await told(id), ['start warned', 'start breached', 'start escalated']);
      assert.equal((await clocks(id)).get('start')!.state, 'breached');
      assert.equal((await ticketById(world.centre, agent, id)).nextDueState, 'breached');
      await world.until(at('2026-03-05 22:31'));
      assert.equal((await ticketById(world.centre, agent, id)).escalationLevel, 1);
      await world.does(agent, claimTicket, { id });
      await world.does(agent, startTicket, { id });
      assert.equal((await clocks(id)).get('start')!.state, 'met_late');
    },
  );

  withStory(
    'SD1-14 P2 created at 22:00 is due at 00:00 for the response and at 22:00 next day for the solution',
    '2026-03-05 22:00',
    async ({ open, due, clocks }) => {
      const id = await open('P2');
      assert.equal(await due(id, 'respond'), '2026-03-06 00:00');
      assert.equal(await due(id, 'resolve'), '2026-03-06 22:00');
      assert.equal((await clocks(id)).get('resolve')!.unit, 'wall');
    },
  );

  withStory(
    'SD1-15 P3 of Fri 2026-02-13 10:00 is due Wed 2026-02-25 10:00, over the make-up Saturday and Spring Festival',
    '2026-02-13 10:00',
    async ({ open, due, clocks }) => {
      const id = await open('P3');
      assert.equal(await due(id, 'respond'), '2026-02-13 14:00');
      assert.equal(await due(id, 'resolve'), '2026-02-25 10:00');
      const { why, provisional, calendarId, target } = (await clocks(id)).get('resolve')!;
      assert.match(why, /春节放假/);
      assert.match(why, /→ 2月25日 周三 10:00$/);
      assert.equal(provisional, false);
      assert.equal(target, 3 * 540);
      assert.ok(calendarId);
    },
  );

  withStory(
    'SD1-16 P4 created 17:00 with hours 9–18 is answered until 16:00 of the next business day',
    '2026-03-05 17:00',
    async ({ open, due }) => {
      const id = await open('P4');
      assert.equal(await due(id, 'respond'), '2026-03-06 16:00');
      assert.equal(await due(id, 'resolve'), '2026-03-12 17:00');
    },
  );

  withStory(
    'SD1-17 P1 has a resolve clock without target that shows — and is never late',
    '2026-03-05 10:00',
    async ({ world, open, clocks, told }) => {
      const id = await open('P1');
      const { dueAt, target, why, state } = (await clocks(id)).get('resolve')!;
      assert.deepEqual([dueAt, target, state], [null, null, 'running']);
      assert.match(why, /—/);
      await world.later({ hours: 5 });
      assert.ok(!(await told(id)).some((line) => line.startsWith('resolve')));
    },
  );

  withStory(
    'SD1-23 asking the customer pauses the solve clock, the answer resumes it and the minutes are shown',
    '2026-03-05 10:00',
    async ({ world, agent, open, due, clocks, told }) => {
      const id = await open('P3');
      assert.equal(await due(id, 'resolve'), '2026-03-10 10:00');
      await world.does(agent, claimTicket, { id });
      await world.does(agent, startTicket, { id });
      await world.until(at('2026-03-05 16:00'));
      await world.does(agent, requestInfo, { id, what: '请提供错误代码', howTo: '设置 > 关于' });
      const paused = (await clocks(id)).get('resolve')!;
      assert.deepEqual([paused.state, shown(paused.pausedAt)], ['paused', '2026-03-05 16:00']);
      assert.equal((await ticketById(world.centre, agent, id)).nextDueState, 'paused');
      await world.until(at('2026-03-06 10:30'));
      await world.does(agent, resumeTicket, { id });
      const resumed = (await clocks(id)).get('resolve')!;
      assert.deepEqual(
        [resumed.state, shown(resumed.dueAt), resumed.pausedMinutes],
        ['running', '2026-03-10 13:30', 210],
      );
      assert.match(resumed.why, /暂停，顺延 3 小时 30 分钟/);
      assert.ok((await told(id)).includes('resolve resumed'));
      assert.equal((await clocks(id)).get('progress')!.state, 'running');
    },
  );

  withStory(
    'SD1-29 no update for 24 h is late and told, four hours later to the supervisor; an update starts the next 24 h',
    '2026-03-05 10:00',
    async ({ world, agent, open, due, told }) => {
      const id = await open('P3');
      await world.does(agent, claimTicket, { id });
      await world.does(agent, startTicket, { id });
      await world.until(at('2026-03-05 15:00'));
      await world.does(agent, writeMessage, { id, visibility: 'public', body: '正在检测' });
      assert.equal(await due(id, 'progress'), '2026-03-06 15:00');
      await world.until(at('2026-03-06 15:01'));
      const progress = async (): Promise<string[]> =>
        (await told(id)).filter((line) => line.startsWith('progress'));
      assert.deepEqual(await progress(), [
        'progress met',
        'progress warned',
        'progress breached',
        'progress escalated',
      ]);
      await world.until(at('2026-03-06 19:01'));
      assert.equal((await progress()).length, 5);
      const { rows } = await world.db.pool.query(
        `select data->>'notify' as notify from event where subject_id = $1 and type = 'deadline.escalated' and data->>'kind' = 'progress' order by at`,
        [id],
      );
      assert.deepEqual(
        rows.map((row: { notify: string }) => row.notify),
        ['assignee', 'supervisor'],
      );
    },
  );

  withStory(
    'SD1-33 solving ends the promises and owes the survey; a closed ticket still owes it',
    '2026-03-05 10:00',
    async ({ world, agent, open, clocks, due }) => {
      const id = await open('P3');
      await world.does(agent, claimTicket, { id });
      await world.does(agent, startTicket, { id });
      await world.does(agent, resolveTicket, { id, resolution });
      const after = await clocks(id);
      assert.deepEqual(
        ['resolve', 'respond', 'progress', 'escalation', 'survey'].map((kind) => after.get(kind)!.state),
        ['met', 'met', 'cancelled', 'met', 'running'],
      );
      assert.equal(await due(id, 'survey'), '2026-03-05 12:00');
      await world.does(agent, confirmTicket, { id });
      await world.does(agent, closeTicket, { id });
      assert.equal((await clocks(id)).get('survey')!.state, 'running');
    },
  );

  withStory(
    'a reopened ticket owes its solution again, without the time it lay solved',
    '2026-03-05 10:00',
    async ({ world, agent, open, due, clocks }) => {
      const id = await open('P2');
      await world.does(agent, claimTicket, { id });
      await world.does(agent, startTicket, { id });
      await world.until(at('2026-03-05 12:00'));
      await world.does(agent, resolveTicket, { id, resolution });
      assert.equal((await clocks(id)).get('resolve')!.state, 'met');
      await world.until(at('2026-03-06 15:00'));
      await world.does(agent, reopenTicket, { id, reason: '客户说没有解决' });
      const resolve = (await clocks(id)).get('resolve')!;
      assert.deepEqual(
        [resolve.state, shown(resolve.dueAt), resolve.pausedMinutes],
        ['running', '2026-03-07 13:00', 27 * 60],
      );
      assert.equal(await due(id, 'progress'), '2026-03-07 15:00');
    },
  );

  withStory(
    'a complaint has its own clocks beside those of its priority (C4); classified otherwise they end',
    '2026-03-05 09:00',
    async ({ world, agent, open, clocks, due }) => {
      const id = await open('P2', { category: 'complaint_suggestion.complaint' });
      assert.equal(await due(id, 'complaint_contact'), '2026-03-05 09:10');
      assert.equal(await due(id, 'complaint_plan'), '2026-03-06 09:00');
      assert.equal(await due(id, 'respond'), '2026-03-05 11:00');
      assert.equal((await ticketById(world.centre, agent, id)).nextDueKind, 'complaint_contact');
      await world.does(agent, changeTicket, { id, category: 'complaint_suggestion.suggestion' });
      assert.equal((await clocks(id)).get('complaint_contact')!.state, 'cancelled');
      const severe = await open('P2', {
        category: 'complaint_suggestion.complaint',
        fields: { severe: true },
      });
      assert.equal(await due(severe, 'complaint_plan'), '2026-03-07 09:00');
    },
  );

  withStory(
    'a priority that changes moves the clocks from their own start and is late at once when it must',
    '2026-03-05 10:00',
    async ({ world, agent, open, due, clocks, told }) => {
      const id = await open('P3');
      await world.until(at('2026-03-06 12:00'));
      await world.does(agent, changeTicket, { id, urgency: 'high' });
      assert.equal(await due(id, 'resolve'), '2026-03-06 10:00');
      assert.equal((await clocks(id)).get('resolve')!.state, 'breached');
      assert.ok((await told(id)).includes('resolve moved'));
      await world.does(agent, changeTicket, { id, urgency: 'critical', impact: 'wide' });
      assert.equal(await due(id, 'start'), '2026-03-06 12:15');
      assert.deepEqual(
        [await due(id, 'resolve'), (await clocks(id)).get('respond')!.state],
        [null, 'cancelled'],
      );
    },
  );

  withStory(
    'SD1-04 C15 a mail of Friday 17:00 is owed its first reply Monday 17:00, and by its priority once classified',
    '2026-03-06 17:00',
    async ({ world, agent, clocks, due }) => {
      const channel = (await channelByKey(world.db, 'mail'))!;
      const received = await world.does(systemActor('mail'), receive, {
        channelId: channel.id,
        name: '陈先生',
        subject: '咨询保修',
        body: '请问保修多久?',
      });
      const { rows } = await world.db.pool.query<{ id: string }>('select id from ticket');
      const id = rows[0]!.id;
      assert.ok(received);
      assert.equal(await due(id, 'first_reply'), '2026-03-09 17:00');
      assert.equal((await clocks(id)).get('respond'), undefined);
      assert.equal(shown((await ticketById(world.centre, agent, id)).nextDueAt), '2026-03-06 17:00');
      await world.later({ minutes: 20 });
      await world.does(agent, changeTicket, {
        id,
        category: 'consult.policy',
        urgency: 'high',
        impact: 'group',
      });
      assert.equal((await clocks(id)).get('classify')!.state, 'met_late');
      assert.equal(await due(id, 'first_reply'), '2026-03-06 19:00');
      assert.equal(await due(id, 'respond'), '2026-03-06 19:00');
    },
  );
});
