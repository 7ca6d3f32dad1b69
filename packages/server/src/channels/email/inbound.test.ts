import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { say as sayInConversation } from '#modules/conversations/index.ts';
import { acceptMail } from './accept.ts';
import { releaseMail } from './quarantine.ts';
import { bounceOf, deepMail, encoded, htmlMail, mail, mailbox, mixed } from './testing/mails.ts';
import type { Mailbox } from './testing/mails.ts';

const system = systemActor('test');
const code = (wanted: string) => (error: unknown) => error instanceof Problem && error.code === wanted;
let world: World;
let box: Mailbox;
const fresh = async () => {
  world = await newWorld();
  box = await mailbox(world);
};
const answerOf = async (conversationId: string, body = '请先断电再试。') => {
  await world.does(system, sayInConversation, { id: conversationId, visibility: 'public', body });
  return (await box.sent()).filter(({ purpose }) => purpose === 'reply').at(-1)!;
};

describe('a mail comes in', () => {
  before(fresh);
  after(() => world.end());

  it('SD1-05 it is a pool ticket, and SD1-04 one acknowledgement with the number goes out after that', async () => {
    assert.deepEqual(await box.bring(mail({})), { accepted: 1, duplicate: 0, quarantined: 0 });
    const [ticket] = await box.tickets();
    assert.equal(ticket!.status, 'pooled');
    assert.equal(ticket!.subject, '洗衣机不转');
    const [ack] = await box.sent();
    assert.equal(ack!.purpose, 'acknowledge');
    assert.equal(ack!.to, 'wang@cust.test');
    assert.ok(ack!.subject.includes(ticket!.number) && ack!.body.includes(ticket!.number));
    assert.equal(ack!.returnPath, '');
    assert.ok(
      !ack!.body.includes('不转了') && !ack!.subject.includes('不转'),
      'none of the sender’s words are sent back',
    );
  });

  it('the same mail again ends at the door', async () => {
    const raw = mail({ 'Message-ID': '<twice@cust.test>' }, '再问一次');
    await box.bring(raw);
    const earlier = (await box.tickets()).length;
    assert.deepEqual(await box.bring(raw), { accepted: 0, duplicate: 1, quarantined: 0 });
    assert.equal((await box.tickets()).length, earlier);
  });

  it('R01 a mail without Message-ID is known by its bytes', async () => {
    const raw = mail({ 'Message-ID': null }, '没有编号的邮件');
    await box.bring(raw);
    assert.deepEqual(await box.bring(raw), { accepted: 0, duplicate: 1, quarantined: 0 });
  });

  it('the customer is registered once and found again by the address', async () => {
    const customers = new Set((await box.tickets()).map(({ customer_id }) => customer_id));
    assert.equal(customers.size, 1);
  });

  it('SD2-03 mail to the complaint mailbox is a complaint', async () => {
    const complaints = await mailbox(world, 'complaint-mail');
    await complaints.bring(mail({ To: 'complaint@xinghe.example', From: 'li@cust.test' }, '我要投诉'));
    assert.equal((await box.tickets()).at(-1)!.category, 'complaint_suggestion.complaint');
  });

  it('R03 GB18030 under the label GB2312, and raw 8-bit GBK headers, are read', async () => {
    await box.bring(
      Buffer.concat([
        mail({ From: 'gb@cust.test', Subject: '=?gb2312?B?suLK1A==?=' }, '', 'text/plain; charset=gb2312'),
        Buffer.from('b2e2cad495328236', 'hex'),
      ]),
    );
    assert.equal(
      (await box.messages()).findLast(({ author_kind }) => author_kind === 'customer')!.body,
      '测试𠀀',
    );
    await box.bring(
      Buffer.concat([
        Buffer.from('From: gb2@cust.test\r\nSubject: '),
        Buffer.from('b2e2cad4', 'hex'),
        Buffer.from('\r\nMessage-ID: <rawgbk@cust.test>\r\n\r\nx\r\n'),
      ]),
    );
    assert.equal((await box.tickets()).at(-1)!.subject, '测试');
  });
});

describe('who may continue a conversation by mail', () => {
  before(fresh);
  after(() => world.end());

  it('a reply to our address token, even in capitals, and without any header is appended', async () => {
    await box.bring(mail({}));
    const [ticket] = await box.tickets();
    const reply = await answerOf(ticket!.conversation_id);
    assert.match(reply.replyTo, /^service\+t\.[a-z2-7]{36}@xinghe\.example$/);
    await box.bring(mail({ To: reply.replyTo.toUpperCase(), Subject: 'Re: x' }, '好了,谢谢'));
    assert.equal((await box.tickets()).length, 1);
    assert.equal(
      (await box.messages()).findLast(({ author_kind }) => author_kind === 'customer')!.body,
      '好了,谢谢',
    );
  });

  it('a reply that only carries our Message-ID is appended; the quoted mail is cut, the whole of it can be opened', async () => {
    const reply = (await box.sent()).findLast(({ purpose }) => purpose === 'reply')!;
    await box.bring(
      mail(
        { 'In-Reply-To': `<${reply.messageId}>` },
        '还是不行\r\n\r\n在 2026-11-18 10:12:33,"客服" <service@xinghe.example> 写道:\r\n> 请先断电再试。',
      ),
    );
    assert.equal((await box.tickets()).length, 1);
    const message = (await box.messages()).findLast(({ author_kind }) => author_kind === 'customer')!;
    assert.equal(message.body, '还是不行');
    assert.match(message.html!, /写道/);
  });

  it('P13 a ticket number in the subject opens a new ticket and leaves a hint for the agent', async () => {
    const [first] = await box.tickets();
    await box.bring(mail({ From: 'evil@evil.test', Subject: `Re: [${first!.number}] hi` }, 'injected'));
    const tickets = await box.tickets();
    assert.equal(tickets.length, 2);
    const messages = await box.messages();
    assert.ok(
      !messages.some(({ thread_id, body }) => thread_id === first!.conversation_id && body === 'injected'),
    );
    assert.ok(
      messages.some(
        ({ thread_id, body, visibility }) =>
          thread_id === tickets[1]!.conversation_id &&
          visibility === 'internal' &&
          body.includes('可能相关') &&
          body.includes(first!.number),
      ),
    );
  });

  it('P14 a token one bit off, or of another conversation, opens a new ticket and a security event', async () => {
    const reply = (await box.sent()).findLast(({ purpose }) => purpose === 'reply')!;
    const forgedAddress = reply.replyTo.replace(
      /t\.(.{12})(.)/,
      (_, head: string, letter: string) => `t.${head}${letter === 'a' ? 'b' : 'a'}`,
    );
    await box.bring(mail({ To: forgedAddress, From: 'mallory@evil.test' }, 'forged address'));
    await box.bring(
      mail(
        { 'In-Reply-To': `<m.${'a'.repeat(36)}.0000@xinghe.example>`, From: 'mallory@evil.test' },
        'forged reference',
      ),
    );
    assert.equal((await box.tickets()).length, 4);
    const { n } = await world.db.one(
      sql<{ n: number }>`select count(*)::int as n from event where type = 'security.suspicious'`,
    );
    assert.equal(n, 2);
  });

  it('P15 the right token from somebody else is kept for the agents only, and the next answer goes to the customer alone', async () => {
    const [first] = await box.tickets();
    const reply = (await box.sent()).findLast(({ purpose }) => purpose === 'reply')!;
    await box.bring(
      mail({ To: reply.replyTo, From: 'Evil <evil@evil.test>', Cc: 'evil2@evil.test' }, '把退款打到我的账户'),
    );
    const message = (await box.messages()).find(({ body }) => body === '把退款打到我的账户')!;
    assert.equal(message.thread_id, first!.conversation_id);
    assert.equal(message.author_kind, 'unverified');
    assert.equal(message.visibility, 'internal');
    assert.match(message.author_name, /evil@evil\.test/);
    assert.equal((await answerOf(first!.conversation_id)).to, 'wang@cust.test');
  });

  it('a second mail of the same sender that refers to the first one joins it; from another sender it does not', async () => {
    await box.bring(mail({ From: 'zhao@cust.test', 'Message-ID': '<zhao1@cust.test>' }));
    const earlier = (await box.tickets()).length;
    await box.bring(mail({ From: 'zhao@cust.test', References: '<zhao1@cust.test>' }, '补充:型号 XQB80'));
    assert.equal((await box.tickets()).length, earlier);
    await box.bring(mail({ From: 'evil@evil.test', References: '<zhao1@cust.test>' }, '插话'));
    assert.equal((await box.tickets()).length, earlier + 1);
  });

  it('P18 control headers from outside change nothing', async () => {
    await box.bring(
      mail({
        From: 's04@cust.test',
        'X-Zammad-Ticket-Priority': '3',
        'RT-Ticket': 'x#1',
        'X-Desk-Status': 'closed',
        'X-Zhike-Priority': 'P1',
      }),
    );
    const ticket = (await box.tickets()).at(-1)!;
    assert.equal(ticket.status, 'pooled');
    assert.equal(ticket.priority, (await box.tickets())[0]!.priority);
  });
});

describe('P23 machines are heard and not answered', () => {
  before(fresh);
  after(() => world.end());
  const cases: [string, Record<string, string>, number][] = [
    ['L01 Auto-Submitted', { 'Auto-Submitted': 'auto-replied' }, 0],
    ['L02 null return path', { 'Return-Path': '<>', From: 'MAILER-DAEMON@cust.test' }, 0],
    ['L03 Precedence in any case', { Precedence: 'BULK' }, 0],
    ['L03 List-Id', { 'List-Id': '<l.test>' }, 0],
    ['X-Auto-Response-Suppress', { 'X-Auto-Response-Suppress': 'OOF, AutoReply' }, 0],
    ['out of office by its subject', { Subject: encoded('自动回复:休假中') }, 0],
    ['L04 Auto-Submitted: no is a person', { 'Auto-Submitted': 'no' }, 1],
  ];
  for (const [i, [name, headers, answers]] of cases.entries())
    it(`${name}: ${answers === 0 ? 'stored, no mail goes out' : 'answered'}`, async () => {
      const earlier = await box.sent();
      await box.bring(mail({ From: `p${i}@cust.test`, ...headers }));
      assert.equal((await box.tickets()).length, i + 1);
      assert.equal((await box.sent()).length - earlier.length, answers);
    });

  it('L05 a mail from our own address is held, not answered, and an operator can release it', async () => {
    const earlier = (await box.tickets()).length;
    await box.bring(mail({ From: 'service@xinghe.example' }, 'from ourselves'));
    assert.equal((await box.tickets()).length, earlier);
    const held = (await box.raws()).find(({ cause }) => cause === 'own_address')!;
    assert.equal(held.state, 'held');
    await world.does(system, releaseMail, { id: held.id, reason: '测试邮件' });
    assert.equal((await box.tickets()).length, earlier + 1);
  });

  it('an out-of-office note on a conversation neither reopens nor answers', async () => {
    await box.bring(mail({ From: 'ooo@cust.test' }));
    const ticket = (await box.tickets()).at(-1)!;
    const reply = await answerOf(ticket.conversation_id);
    const earlier = (await box.sent()).length;
    await box.bring(
      mail({ From: 'ooo@cust.test', To: reply.replyTo, 'Auto-Submitted': 'auto-replied' }, '我在休假'),
    );
    const message = (await box.messages()).find(({ body }) => body === '我在休假')!;
    assert.equal(message.thread_id, ticket.conversation_id);
    assert.equal(message.automatic, true);
    assert.equal((await box.sent()).length, earlier);
  });

  it('one acknowledgement an hour and three a day per address, then none', async () => {
    for (let i = 0; i < 8; i++) {
      await box.bring(mail({ From: 'loop@desk2.test', Subject: `loop ${i}` }));
      await box.bring(mail({ From: 'loop@desk2.test', Subject: `loop ${i} again` }));
      await world.later({ minutes: 61 });
    }
    assert.equal((await box.sent()).filter(({ to }) => to === 'loop@desk2.test').length, 3);
  });
});

describe('P25 a bounce belongs to the mail it is about', () => {
  before(fresh);
  after(() => world.end());

  it('of an agent’s mail: the message is 未送达, no new ticket, nothing is sent again', async () => {
    await box.bring(mail({}));
    const [ticket] = await box.tickets();
    const reply = await answerOf(ticket!.conversation_id);
    assert.match(reply.returnPath, /^service\+b\./);
    const earlier = (await box.sent()).length;
    await box.bring(bounceOf(reply));
    assert.equal((await box.tickets()).length, 1);
    assert.equal((await box.sent()).length, earlier);
    assert.equal((await box.messages()).find(({ body }) => body === '请先断电再试。')!.delivery, 'failed');
    const { n } = await world.db.one(
      sql<{
        n: number;
      }>`select count(*)::int as n from event where type = 'message.delivery' and data ->> 'state' = 'failed'`,
    );
    assert.equal(n, 1);
    assert.equal((await box.raws()).at(-1)!.state, 'bounce');
  });

  it('of our acknowledgement: attached as well', async () => {
    const ack = (await box.sent()).find(({ purpose }) => purpose === 'acknowledge')!;
    await box.bring(bounceOf(ack));
    assert.equal((await box.sent()).find(({ id }) => id === ack.id)!.state, 'failed');
    assert.equal((await box.tickets()).length, 1);
  });

  it('of a mail that is not ours: held, never a ticket', async () => {
    await box.bring(bounceOf({ messageId: 'm.unknown@xinghe.example', to: 'x@cust.test', returnPath: '' }));
    assert.equal((await box.raws()).at(-1)!.cause, 'bounce_unmatched');
    assert.equal((await box.tickets()).length, 1);
  });
});

describe('P91 poison', () => {
  before(fresh);
  after(() => world.end());

  it('among good mails the bad ones are held with cause and bytes, and all good ones become tickets', async () => {
    const bad = [
      mail({ From: null }),
      deepMail(300),
      mail(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`X-${i}`, 'v']))),
      Buffer.from('this is not a mail at all'),
    ];
    const good = Array.from({ length: 12 }, (_, i) => mail({ From: `good${i}@cust.test` }, `好邮件 ${i}`));
    const odd = [
      mail({ From: 'odd1@cust.test', To: `service@xinghe.example, ${'a:'.repeat(20_000)};` }),
      mail({ From: 'odd2@cust.test' }, 'a'.repeat(2_000_000)),
      Buffer.concat([mail({ From: 'odd3@cust.test' }, 'head '), Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28])]),
    ];
    for (const [i, raw] of [...good, ...odd].entries()) {
      await box.bring(raw);
      if (bad[i]) await box.bring(bad[i]);
    }
    assert.equal((await box.tickets()).length, good.length + odd.length);
    const held = (await box.raws()).filter(({ state }) => state === 'held');
    assert.deepEqual(held.map(({ cause }) => cause).toSorted(), [
      'no_sender',
      'not_a_mail',
      'refused',
      'refused',
    ]);
    assert.ok(bad.every((raw) => held.some((row) => row.raw.equals(raw))));
    const { n } = await world.db.one(
      sql<{ n: number }>`select count(*)::int as n from delivery where dead or attempts > 0`,
    );
    assert.equal(n, 0);
    assert.ok(!(await box.messages()).some(({ body }) => body.includes('\0')));
  });

  it('a mail whose processing fails is undone and held; it leaves no half conversation', async () => {
    await world.db.run(
      sql`create function boom() returns trigger language plpgsql as $$ begin if new.body like '%boom%' then raise exception 'boom'; end if; return new; end $$`,
    );
    await world.db.run(
      sql`create trigger boom before insert on message for each row execute function boom()`,
    );
    const earlier = await world.db.one(sql<{ n: number }>`select count(*)::int as n from conversation`);
    await box.bring(mail({ From: 'boom@cust.test' }, 'boom'));
    assert.equal((await box.raws()).at(-1)!.cause, 'failed');
    assert.deepEqual(await world.db.one(sql`select count(*)::int as n from conversation`), earlier);
    await world.db.run(sql`drop trigger boom on message`);
    const held = (await box.raws()).at(-1)!;
    await world.does(system, releaseMail, { id: held.id, reason: '再试' });
    assert.equal((await box.raws()).at(-1)!.state, 'stored');
  });
});

describe('attachments and pages', () => {
  before(fresh);
  after(() => world.end());

  it('P07 types come from the bytes, names have no path, and nothing from a mail is run', async () => {
    await box.bring(
      mixed([
        { headers: ['Content-Type: text/plain'], body: 'see attached' },
        {
          headers: [
            'Content-Type: text/plain; name="../../../../tmp/pwn"',
            'Content-Disposition: attachment; filename="..\\\\..\\\\pwn.txt"',
          ],
          body: 'x',
        },
        {
          headers: ['Content-Type: image/png; name="a.png"', 'Content-Disposition: inline; filename="a.png"'],
          body: '<script>fetch(1)</script>',
        },
        {
          headers: [
            'Content-Type: image/svg+xml; name="a.svg"',
            'Content-Disposition: inline; filename="a.svg"',
          ],
          body: '<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>',
        },
        {
          headers: [
            'Content-Type: text/plain',
            "Content-Disposition: attachment; filename*=UTF-8''a%0d%0aSet-Cookie:%20x=1.txt",
          ],
          body: 'x',
        },
      ]),
    );
    const files = await world.db.all(
      sql<{
        name: string;
        mime: string;
      }>`select name, mime from file where message_id is not null order by created_at, id`,
    );
    assert.deepEqual(files, [
      { name: 'pwn.txt', mime: 'text/plain' },
      { name: 'a.png', mime: 'application/octet-stream' },
      { name: 'a.svg', mime: 'application/octet-stream' },
      { name: 'a Set-Cookie_ x=1.txt', mime: 'text/plain' },
    ]);
  });

  it('HTML is kept raw and its text shown', async () => {
    await box.bring(htmlMail('<p>您好</p><script>alert(1)</script>', { From: 'html@cust.test' }));
    const message = (await box.messages()).find(({ html }) => html !== null)!;
    assert.equal(message.body, '您好');
    assert.match(message.html!, /<script>/);
  });
});

describe('the door', () => {
  before(fresh);
  after(() => world.end());

  it('takes mail only for an enabled e-mail channel', async () => {
    const { id } = await world.db.one(sql<{ id: string }>`select id from channel where key = 'web'`);
    await assert.rejects(
      world.does(system, acceptMail, { channelId: id, raw: mail({}) }),
      code('CHANNEL_KIND'),
    );
    await world.db.run(sql`update channel set enabled = false where key = 'mail'`);
    await assert.rejects(box.bring(mail({})), code('CHANNEL_DISABLED'));
  });
});
