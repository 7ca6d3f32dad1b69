import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { post } from '#testing/door.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { progressPass, ticketMailContext, writeMessage } from '#modules/tickets/index.ts';
import { lookUpTicket } from './commands/look-up.ts';

let world: World;
let number: string;
let pass: string;
const ask = (key: string) =>
  post(
    `${world.config.publicUrl}/api/v1/portal/requests`,
    {
      name: '王芳',
      kind: 'person',
      phone: '13900005678',
      category: 'consult.policy',
      product: 'tv',
      subject: '保修',
      description: '保修期多长？',
      consent: true,
    },
    { 'idempotency-key': key },
  );
before(async () => {
  world = await newWorld({ realTime: true });
  await world.listen();
  const { body } = await ask('wang-fang-asks');
  number = String(body.number);
});
after(() => world.end());
const lookUp = (tail: string) => post(`${world.config.publicUrl}/api/v1/portal/lookup`, { number, tail });

test('a look-up is one command: the pass and its audit line stand together, a refused try stays counted', async () => {
  const found = await lookUp('5678');
  assert.equal(found.status, 200);
  pass = String(found.body.pass);
  const lines = await world.db.all(
    sql<{ n: number }>`select 1 as n from audit where action = 'portal.look-up'`,
  );
  assert.equal(lines.length, 1);
  assert.equal((await lookUp('0000')).code, 'LOOKUP_FAILED');
  const guess = () =>
    world.does(systemActor('test'), lookUpTicket, {
      number,
      tail: '0000',
      ip: '192.0.2.1',
      pass: 'p'.repeat(24),
    });
  for (let i = 0; i < 9; i++) assert.deepEqual(await guess(), { found: false, waitSeconds: 0 });
  const eleventh = await guess();
  assert.ok(!eleventh.found && eleventh.waitSeconds > 3500, 'an hour for the eleventh try of one number');
});

test('SD2-11 SD1-30 telling progress is one act: in the timeline, said to the customer, with the time in the portal', async () => {
  const asked = String((await ask('wang-fang-asks-again')).body.number);
  const { id } = await world.db.one(sql<{ id: string }>`select id from ticket where number = ${asked}`);
  const found = await post(`${world.config.publicUrl}/api/v1/portal/lookup`, { number: asked, tail: '5678' });
  const agent = await world.person('supervisor', { groups: ['consult'] });
  const etaAt = new Date(world.centre.clock.now() + 86_400_000).toISOString();
  await world.does(agent, writeMessage, {
    id,
    visibility: 'public',
    body: '配件缺货，明天到货后寄出',
    progress: true,
    etaAt,
  });
  const headers = { 'x-progress-pass': String(found.body.pass) };
  const shown = (await (
    await fetch(`${world.config.publicUrl}/api/v1/portal/progress`, { headers })
  ).json()) as { etaAt: string; messages: { body: string }[] };
  assert.equal(shown.etaAt, etaAt);
  assert.ok(shown.messages.some(({ body }) => body === '配件缺货，明天到货后寄出'));
  const told = await world.db.all(
    sql<{
      eta: string;
    }>`select data ->> 'etaAt' as eta from event where type = 'ticket.progress' and subject_id = ${id}::uuid`,
  );
  assert.deepEqual(told, [{ eta: etaAt }]);
});

test('the customer’s words on a closed ticket open it again, on one that is over a new one that is linked', async () => {
  const { id } = await world.db.one(sql<{ id: string }>`select id from ticket where number = ${number}`);
  const state = (status: string, days: number) =>
    world.db.run(
      sql`update ticket set status = ${status}, closed_at = ${new Date(world.centre.clock.now() - days * 86_400_000)} where id = ${id}::uuid`,
    );
  await state('closed', 1);
  const headers = { 'x-progress-pass': pass };
  const view = async () =>
    (await (await fetch(`${world.config.publicUrl}/api/v1/portal/progress`, { headers })).json()) as Record<
      string,
      unknown
    >;
  const reply = (words: string) =>
    post(`${world.config.publicUrl}/api/v1/portal/reply`, { body: words }, headers);
  assert.equal((await view()).replyOpens, 'again');
  await reply('还是不对');
  await world.centre.settle();
  assert.deepEqual([(await view()).status, (await view()).replyOpens], ['pooled', null]);
  await state('archived', 90);
  assert.equal((await view()).replyOpens, 'new');
  assert.equal((await reply('又坏了')).status, 200);
  await world.centre.settle();
  const { continuedBy, status } = await view();
  assert.equal(status, 'archived');
  const next = await world.db.one(
    sql<{
      status: string;
      description: string;
      product: string;
    }>`select status, description, product from ticket where number = ${String(continuedBy)}`,
  );
  assert.deepEqual(
    [next.status, next.product, next.description.startsWith('又坏了')],
    ['pooled', 'tv', true],
  );
});

test('who wrote by mail has no telephone digits: the link of the mail opens their ticket, and nothing when it is altered or old', async () => {
  const { id } = await world.db.one(sql<{ id: string }>`select id from ticket where number = ${number}`);
  const now = world.centre.clock.now();
  const { secret } = world.config;
  const mail = (await ticketMailContext(world.db, id, world.config, now))!;
  const [page, linked = ''] = mail.ownProgressUrl.split(`#${number}.`);
  assert.equal(page, `${world.config.publicUrl}/portal/progress`);
  assert.equal(mail.progressUrl, `${page}#${number}`, 'what others read of it opens nothing');
  const status = async (passed: string) =>
    (
      await fetch(`${world.config.publicUrl}/api/v1/portal/progress`, {
        headers: { 'x-progress-pass': passed },
      })
    ).status;
  assert.equal(await status(linked), 200);
  const other = '01a21864-5fc8-7000-8075-192163d40bc6';
  const forged = [
    linked.replace(id, other),
    linked.replace(/\.[^.]+\./, '.zzzzzz.'),
    `${linked.slice(0, -1)}${linked.endsWith('A') ? 'Q' : 'A'}`,
    progressPass('another secret', id, now),
    progressPass(secret, id, now - 31 * 86_400_000),
    progressPass(secret, other, now),
  ];
  for (const wrong of forged) assert.equal(await status(wrong), 404, wrong);
});
