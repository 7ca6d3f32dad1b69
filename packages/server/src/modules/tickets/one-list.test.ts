import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { post } from '#testing/door.ts';
import { systemActor } from '#kernel/actor.ts';
import { listTickets, openTicket } from './index.ts';
import { mail, mailbox } from '#channels/email/testing/mails.ts';

let world: World;
before(async () => {
  // Wednesday evening with nobody there: what comes in waits for the morning.
  world = await newWorld({ at: '2026-11-18T20:00:00+08:00' });
  await world.listen();
});
after(() => world.end());

test('SD1-01 a ticket from each channel stands in the same list with its channel', async () => {
  const agent = await world.person('agent', { groups: ['consult', 'tech', 'relations'] });
  const base = `${world.config.publicUrl}/api/v1`;
  await world.does(agent, openTicket, {
    customer: { kind: 'person', name: '电话客户', phones: ['13800000001'] },
    channel: 'phone',
    category: 'consult',
    urgency: 'medium',
    impact: 'single',
    subject: '来电咨询',
    description: '问',
  });
  const { body } = await post(`${base}/widget/web/session`, {});
  await post(
    `${base}/widget/messages`,
    { body: '有人吗？', clientId: 'first words' },
    { authorization: `Visitor ${body.token}` },
  );
  // Nobody is there to take it: after the queue's time it becomes a message left, and a pool ticket.
  await world.later({ hours: 2 });
  await (await mailbox(world)).bring(mail({ Subject: 'mail' }));
  await post(`${base}/portal/requests`, {
    name: '门户客户',
    kind: 'person',
    phone: '13800000002',
    category: 'consult',
    subject: '门户请求',
    description: '问',
    consent: true,
  });
  await world.centre.settle();
  const { items } = await listTickets(world.db, systemActor('test'), { view: 'pool', sort: 'created' });
  assert.deepEqual(items.map(({ channel }) => channel).toReversed(), ['phone', 'webchat', 'email', 'portal']);
  const { items: mine } = await listTickets(world.db, agent, { view: 'pool', channel: 'email' });
  assert.deepEqual(
    mine.map(({ subject }) => subject),
    ['mail'],
  );
});
