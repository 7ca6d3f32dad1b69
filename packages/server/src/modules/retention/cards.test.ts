import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { acceptMail } from '#channels/email/index.ts';
import { createCustomer, listCustomers } from '#modules/customers/index.ts';
import { cancelTicket, openTicket } from '#modules/tickets/index.ts';
import { holdRecord, purgeRecord, releaseHold } from './index.ts';
import { dueRecords } from './store.ts';

describe('cards of customers and raw mails', () => {
  let world: World;
  let supervisor: Actor;
  let manager: Actor;
  let alone = '';
  let busy = '';
  let ticketId = '';
  before(async () => {
    world = await newWorld({ at: '2023-11-18T10:00:00+08:00' });
    supervisor = await world.person('supervisor', { groups: ['consult'] });
    manager = await world.person('manager');
    const card = async (name: string, phone: string) =>
      (
        await world.does(supervisor, createCustomer, {
          kind: 'person',
          name,
          phones: [phone],
          remark: 'secret remark',
        })
      ).id;
    [alone, busy] = [await card('独一', '13800001111'), await card('有单', '13800002222')];
    ({ id: ticketId } = await world.does(supervisor, openTicket, {
      customerId: busy,
      channel: 'phone',
      category: 'consult',
      urgency: 'low',
      impact: 'single',
      subject: 'secret',
      description: 'secret',
    }));
    await world.does(supervisor, cancelTicket, { id: ticketId, reason: '误建' });
    const { id: channelId } = await world.db.one(
      sql<{ id: string }>`select id from channel where key = 'mail'`,
    );
    // A bounce of a mail that is not ours is held and becomes nobody's message.
    const raw = Buffer.from(
      'From: MAILER-DAEMON@relay.test\r\nTo: service@xinghe.example\r\nSubject: Undelivered secret\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\nMessage-ID: <b1@relay.test>\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; kunde@cust.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n',
    );
    await world.does(systemActor('test'), acceptMail, { channelId, raw });
    await world.centre.settle();
    // Years pass without their daily work.
    await world.db.run(sql`delete from due`);
  });
  after(() => world.end());
  const due = async (type: 'customer' | 'mail') =>
    (await dueRecords(world.db, world.clock.now(), { type }, 100)).map(({ id }) => id);
  const purge = (type: 'customer' | 'mail' | 'ticket', id: string) =>
    world.does(manager, purgeRecord, { type, id, reason: '到期' });
  const all = async (table: string) =>
    (
      await world.db.pool.query<{ all: string }>(
        `select coalesce(string_agg(x::text, ' '), '') as all from ${table} x`,
      )
    ).rows[0]!.all;

  it('SD1-37 a card is kept three years after its last change, and for as long as a kept ticket names it', async () => {
    world.clock.set(Date.parse('2026-11-17T10:00:00+08:00'));
    assert.deepEqual(await due('customer'), []);
    await assert.rejects(purge('customer', alone), { code: 'RETENTION_NOT_DUE' });
    world.clock.set(Date.parse('2026-11-18T10:00:05+08:00'));
    assert.deepEqual(await due('customer'), [alone]);
    await assert.rejects(purge('customer', busy), { code: 'RETENTION_NOT_DUE' });
    await purge('ticket', ticketId);
    assert.deepEqual((await due('customer')).toSorted(), [alone, busy].toSorted());
  });

  it('SD1-37 a held card stays; an anonymised one keeps its number and nothing of the person', async () => {
    const hold = await world.does(manager, holdRecord, { type: 'customer', id: alone, reason: '诉讼' });
    await assert.rejects(purge('customer', alone), { code: 'RETENTION_HELD' });
    await purge('customer', busy);
    assert.match(await all('customer'), /独一[^]*secret remark|secret remark[^]*独一/);
    await world.does(manager, releaseHold, { id: hold, reason: '已结案' });
    await purge('customer', alone);
    assert.doesNotMatch(await all('customer'), /独一|有单|secret/);
    assert.equal(await all('customer_identity'), '');
    assert.match(await all('customer'), /C202311\d+/);
    assert.deepEqual((await listCustomers(world.db, manager, {})).items, []);
    assert.deepEqual(await due('customer'), []);
    const { n } = await world.db.one(
      sql<{ n: number }>`select count(*)::int as n from audit where action = 'customers.purge'`,
    );
    assert.equal(n, 2);
  });

  it('SD1-37 a raw mail that became nobody’s message goes when its time is over, and not while it is held', async () => {
    const [id] = await due('mail');
    const hold = await world.does(manager, holdRecord, { type: 'mail', id: id!, reason: '取证' });
    await assert.rejects(purge('mail', id!), { code: 'RETENTION_HELD' });
    await world.does(manager, releaseHold, { id: hold, reason: '已取证' });
    await purge('mail', id!);
    assert.equal(await all('inbound_raw'), '');
  });
});
