import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { setPresence } from '#modules/identity/index.ts';
import { preferMail } from '#modules/notices/index.ts';
import { assignTicket, openTicket, urgeTicket } from '#modules/tickets/index.ts';
import { mail, mailbox } from './testing/mails.ts';

let world: World;
let agent: Actor;
let supervisor: Actor;
before(async () => {
  world = await newWorld();
  agent = await world.person('agent', { groups: ['consult'], email: 'lisi@staff.example' });
  supervisor = await world.person('supervisor', { groups: ['consult'] });
});
after(() => world.end());

const assigned = async () => {
  const { id } = await world.does(supervisor, openTicket, {
    customer: { kind: 'person', name: '张伟名', phones: ['13800001234'], emails: ['zhang@cust.test'] },
    channel: 'phone',
    category: 'consult',
    urgency: 'medium',
    impact: 'single',
    subject: '发票抬头',
    description: '我的手机 13800001234',
  });
  await world.does(supervisor, assignTicket, { id, assigneeId: agent.id });
  return id;
};
type Mail = { recipient: string; subject: string; body: string; thread_id: string | null };
const mails = () =>
  world.db.all(
    sql<Mail>`select recipient, subject, body, thread_id from outbound_mail where purpose = 'notice' order by id`,
  );

test('nobody gets mail who did not ask for it', async () => {
  await assigned();
  assert.deepEqual(await mails(), []);
});

test('a chosen kind goes by mail with number and subject, and nothing else of the customer', async () => {
  await world.does(agent, preferMail, { kinds: ['assigned', 'urged'], onlyAway: false });
  const id = await assigned();
  const [first, ...more] = await mails();
  assert.deepEqual(more, []);
  assert.equal(first!.recipient, 'lisi@staff.example');
  assert.match(first!.subject, /工单已分派给您 T20261118-\d{4}$/);
  assert.match(first!.body, /发票抬头/);
  assert.ok(first!.body.includes(`/desk/tickets/${id}`));
  assert.doesNotMatch(`${first!.subject} ${first!.body}`, /张伟|13800001234|zhang@/);
});

test('an unread notice that is raised again is one mail', async () => {
  const id = await assigned();
  const before_ = (await mails()).length;
  for (let n = 0; n < 3; n++) {
    await world.later({ minutes: 31 });
    await world.does(supervisor, urgeTicket, { id });
  }
  assert.equal((await mails()).length, before_ + 1);
});

test('a kind that was not chosen, and only while away: nothing while signed on', async () => {
  await world.does(agent, preferMail, { kinds: ['assigned'], onlyAway: true });
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
  const before_ = (await mails()).length;
  await assigned();
  assert.equal((await mails()).length, before_);
  await world.does(agent, setPresence, { userId: agent.id, state: 'offline' });
  const id = await assigned();
  assert.equal((await mails()).length, before_ + 1);
  await world.does(supervisor, urgeTicket, { id });
  assert.equal((await mails()).length, before_ + 1);
});

test('a member of staff who is told by mail never becomes the one a customer’s thread is written with', async () => {
  await world.does(agent, preferMail, { kinds: ['customer_wrote', 'assigned'], onlyAway: false });
  const box = await mailbox(world);
  await box.bring(mail({}));
  const { n } = await world.db.one(
    sql<{ n: number }>`select count(*)::int as n from correspondence where recipient = 'lisi@staff.example'`,
  );
  assert.equal(n, 0);
  for (const { thread_id } of await mails()) assert.equal(thread_id, null);
});
