import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { say } from '#modules/conversations/index.ts';
import { openTicket, writeMessage } from '#modules/tickets/index.ts';
import { changeSetting, settingValue } from './testing/settings.ts';
import { createSender, pauseAfter } from './sender.ts';
import type { Sender } from './sender.ts';
import { mail, mailbox } from './testing/mails.ts';
import type { Mailbox } from './testing/mails.ts';
import { startSink } from './testing/smtp-sink.ts';
import type { Sink } from './testing/smtp-sink.ts';

const system = systemActor('test');
let world: World;
let box: Mailbox;
let sink: Sink;
let sender: Sender;

const start = async () => {
  world = await newWorld();
  box = await mailbox(world);
  sink = await startSink();
  world.config.smtpUrl = sink.url;
  sender = createSender(world.centre, { silenceMs: 400 });
};
const stop = async () => {
  await sender.stop();
  await sink.close();
  await world.end();
};
const headersOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');

describe('a mail goes out', () => {
  beforeEach(start);
  afterEach(stop);

  it('SD1-04 the acknowledgement has RFC 3834 headers and the null sender; the agent’s answer continues the sender’s thread', async () => {
    await box.bring(mail({ 'Message-ID': '<first@cust.test>' }));
    const [ticket] = await box.tickets();
    await sender.pump();
    const [ack] = sink.caught;
    assert.equal(ack!.from, '');
    assert.deepEqual(ack!.to, ['wang@cust.test']);
    assert.match(headersOf(ack!.raw), /Auto-Submitted: auto-replied/i);
    const both = await world.db.one(
      sql<{
        mailed: string;
        shown: string;
      }>`select o.body as mailed, m.body as shown from outbound_mail o join message m on m.id = o.message_id where o.purpose = 'acknowledge'`,
    );
    assert.match(
      both.mailed,
      /progress#T\d{8}-\d{4}\.[0-9a-f-]{36}\./,
      'the mail opens the progress by itself',
    );
    assert.match(both.shown, /progress#T\d{8}-\d{4}$/m, 'what colleagues read opens nothing');
    await world.does(system, say, {
      id: ticket!.conversation_id,
      visibility: 'public',
      body: '您好,请先断电。',
    });
    await sender.pump();
    const answer = sink.caught[1]!;
    assert.match(answer.from, /^service\+b\./);
    assert.match(headersOf(answer.raw), /In-Reply-To: <.+>/i);
    assert.match(headersOf(answer.raw), /References: <first@cust\.test>/i);
    assert.doesNotMatch(headersOf(answer.raw), /Auto-Submitted/i);
    assert.deepEqual(
      (await box.messages()).filter(({ delivery }) => delivery !== 'none').map(({ delivery }) => delivery),
      ['sent', 'sent'],
    );
  });

  it('internal notes and the customer’s own words are not mailed', async () => {
    await box.bring(mail({}));
    const [ticket] = await box.tickets();
    await world.does(system, say, {
      id: ticket!.conversation_id,
      visibility: 'internal',
      body: '此客户常退货',
    });
    await sender.pump();
    assert.equal(sink.caught.length, 1);
    assert.ok(!sink.caught.some(({ raw }) => raw.includes('退货')));
  });

  it('SD1-30 progress told on a ticket registered by phone goes to the customer’s address', async () => {
    const { id } = await world.does(system, openTicket, {
      customer: { kind: 'person', name: '陈芳', phones: ['13800001234'], emails: ['chen@cust.test'] },
      channel: 'phone',
      category: 'consult',
      subject: '查询',
      description: '查询订单',
      urgency: 'low',
      impact: 'single',
    });
    await world.does(system, writeMessage, { id, visibility: 'public', body: '配件明天到货' });
    await sender.pump();
    assert.deepEqual(
      sink.caught.map(({ to }) => to),
      [['chen@cust.test']],
    );
    const [sent] = await box.sent();
    await box.bring(mail({ From: 'chen@cust.test', To: sent!.replyTo }, '好的'));
    assert.equal((await box.tickets()).length, 1);
    assert.equal(
      (await box.messages()).findLast(({ author_kind }) => author_kind === 'customer')!.thread_id,
      id,
    );
  });

  it('SD1-04 SD1-30 a request of the portal is acknowledged and answered by mail', async () => {
    const { address } = await world.listen();
    const response = await fetch(`${address}/api/v1/portal/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        name: '赵敏',
        kind: 'person',
        phone: '13900002222',
        email: 'zhao@cust.test',
        category: 'consult',
        subject: '安装预约',
        description: '想预约周六安装',
        consent: true,
      }),
    });
    assert.equal(response.status, 201);
    await world.centre.settle();
    const [ticket] = await box.tickets();
    await world.does(system, writeMessage, {
      id: ticket!.id,
      visibility: 'public',
      body: '已为您预约周六上午',
    });
    await sender.pump();
    assert.deepEqual(
      (await box.sent()).map(({ purpose, to }) => [purpose, to]),
      [
        ['acknowledge', 'zhao@cust.test'],
        ['reply', 'zhao@cust.test'],
      ],
    );
    await box.bring(mail({ From: 'zhao@cust.test', To: (await box.sent())[1]!.replyTo }, '谢谢'));
    assert.equal((await box.tickets()).length, 1);
  });

  it('P22 names and subjects with line breaks and hidden recipients become one clean header', async () => {
    await box.bring(
      mail({
        From: '"a\r\n Bcc: x@evil.test" <wang@cust.test>',
        Subject: '=?utf-8?Q?hi=0D=0ABcc:_x@evil.test=00?=',
      }),
    );
    const [ticket] = await box.tickets();
    await world.does(system, say, { id: ticket!.conversation_id, visibility: 'public', body: 'ok' });
    await sender.pump();
    for (const { to, raw } of sink.caught) {
      assert.deepEqual(to, ['wang@cust.test']);
      assert.doesNotMatch(headersOf(raw), /^Bcc:/im);
    }
    for (const address of [
      '"a@evil.test x"@good.test',
      'user@good.test(x)evil.test',
      `${'a@b.test, '.repeat(6000)}c@d.test`,
    ]) {
      const earlier = (await box.tickets()).length;
      await box.bring(mail({ From: address }));
      await sender.pump();
      assert.ok(
        sink.caught.every(({ to }) => to.length === 1 && !to[0]!.includes('evil')),
        address.slice(0, 40),
      );
      assert.ok((await box.tickets()).length - earlier <= 1);
    }
  });

  it('a broken or curious template falls back to the shipped words and sees nothing but its context', async () => {
    const templates = await settingValue(world, 'templates');
    await changeSetting(world, 'templates', {
      items: templates.items.map((item) =>
        item.key === 'acknowledge'
          ? {
              ...item,
              zhBody: '{{ ticket.number }} {{ constructor }}{{ ticket.__proto__ }}{{ process.env.HOME }}',
              zhSubject: '{% if %}',
            }
          : item,
      ),
    });
    await box.bring(mail({ From: 'a@cust.test', Subject: '{{ centre.hotline }}{% include "x" %}' }));
    const [ack] = await box.sent();
    assert.match(ack!.body, /^您好/);
    await changeSetting(world, 'templates', {
      items: templates.items.map((item) =>
        item.key === 'acknowledge'
          ? { ...item, zhBody: '[{{ ticket.number }}{{ constructor }}{{ process.env.HOME }}]' }
          : item,
      ),
    });
    await box.bring(mail({ From: 'b@cust.test' }));
    assert.match((await box.sent())[1]!.body, /^\[T\d+-\d+\]$/);
  });

  it('without SMTP_URL a mail is a file', async () => {
    world.config.smtpUrl = null;
    await box.bring(mail({}));
    await sender.pump();
    const folder = path.join(world.config.dataDir, 'mail');
    const [file] = readdirSync(folder);
    assert.match(file!, /\.eml$/);
    assert.match(readFileSync(path.join(folder, file!), 'utf8'), /To: wang@cust\.test/);
  });
});

describe('P89 the mail server misbehaves', () => {
  beforeEach(start);
  afterEach(stop);

  it('temp: tried again with growing pauses, given up after five days and told', async () => {
    sink.mode('temp');
    await box.bring(mail({}));
    await sender.pump();
    assert.equal((await box.sent())[0]!.state, 'queued');
    assert.equal(await sender.pump(), 0, 'not before its pause is over');
    world.clock.advance(pauseAfter(1));
    await sender.pump();
    assert.equal((await box.sent())[0]!.attempts, 2);
    world.clock.advance(5 * 86_400_000);
    await sender.pump();
    assert.equal((await box.sent())[0]!.state, 'failed');
    assert.equal(sink.caught.length, 0);
    assert.equal((await box.messages()).find(({ automatic }) => automatic)!.delivery, 'failed');
  });

  it('temp, then ok: sent once', async () => {
    sink.mode('temp');
    await box.bring(mail({}));
    await sender.pump();
    sink.mode('ok');
    world.clock.advance(pauseAfter(1));
    await sender.pump();
    assert.equal(sink.caught.length, 1);
    assert.equal((await box.sent())[0]!.state, 'sent');
  });

  it('perm: failed at once, not tried again', async () => {
    sink.mode('perm');
    await box.bring(mail({}));
    await sender.pump();
    const [row] = await box.sent();
    assert.equal(row!.state, 'failed');
    assert.match(row!.error!, /550/);
    world.clock.advance(86_400_000);
    assert.equal(await sender.pump(), 0);
  });

  it('lost acknowledgement: the repeat carries the same Message-ID', async () => {
    sink.mode('lost');
    await box.bring(mail({}));
    await sender.pump();
    sink.mode('ok');
    world.clock.advance(pauseAfter(1));
    await sender.pump();
    assert.equal(sink.caught.length, 2);
    assert.equal(sink.caught[0]!.messageId, sink.caught[1]!.messageId);
    assert.notEqual(sink.caught[0]!.messageId, '');
  });

  for (const mode of ['hang', 'mid'] as const)
    it(`${mode}: cut, and sent later`, async () => {
      sink.mode(mode);
      await box.bring(mail({}));
      const begun = performance.now();
      await sender.pump();
      assert.ok(performance.now() - begun < 5000);
      assert.equal((await box.sent())[0]!.state, 'queued');
      sink.mode('ok');
      world.clock.advance(pauseAfter(1));
      await sender.pump();
      assert.equal(sink.caught.length, 1);
    });

  it('P82 a sender that died after its claim leaves a mail that another one sends when the lease is over', async () => {
    await box.bring(mail({}));
    await world.db.run(
      sql`update outbound_mail set state = 'sending', attempts = 1, lease_owner = 'dead', lease_until = ${new Date(world.clock.now() + 90_000)}`,
    );
    assert.equal(await sender.pump(), 0);
    world.clock.advance(91_000);
    await sender.pump();
    assert.equal(sink.caught.length, 1);
    assert.equal((await box.sent())[0]!.state, 'sent');
  });

  it('two senders never send one mail twice', async () => {
    for (let i = 0; i < 10; i++) await box.bring(mail({ From: `c${i}@cust.test` }));
    const other = createSender(world.centre, { silenceMs: 400 });
    await Promise.all([sender.pump(), other.pump()]);
    await other.stop();
    assert.equal(new Set(sink.caught.map(({ messageId }) => messageId)).size, 10);
    assert.equal(sink.caught.length, 10);
  });
});
