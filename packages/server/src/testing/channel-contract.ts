/**
 * What every way in keeps, whatever is behind it: nothing twice, nothing lost, nothing half. A channel supplies a
 * small driver that brings a parcel to its own door over HTTP, as the outside would; the stories are the same for all.
 */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { sql } from '#kernel/sql.ts';
import { newWorld } from './world.ts';
import type { World } from './world.ts';

export type Parcel = {
  /** The id that the outside gives it; the same again is the same message. */
  id: string;
  /** Who writes: the same word is the same person. */
  from: string;
  text: string;
  /** Outside id of the message that this one answers. */
  answers?: string;
};
/** `ref` names what became of it, when the door says so; a repeat must name the same. */
export type Taken = { status: number; ref?: string; code?: string; faults?: string[] };
export type ChannelDriver = {
  /** Key of the channel in `channel`. */
  key: string;
  deliver(parcel: Parcel): Promise<Taken>;
  /** One that is larger than this door takes. */
  oversize(from: string): Promise<Taken>;
  /** The longest text that is taken. */
  longest: number;
  /** A first message makes a visitor without a name, or a customer. */
  stranger: 'visitor' | 'customer';
  /** Whether two messages of one person are one conversation. A form is one contact each. */
  joins: boolean;
  /** A mail without words is still a mail; elsewhere nothing was said. */
  empty: 'taken' | 'refused';
  /** JSON doors refuse control characters; what a mail server has acknowledged is cleaned instead. */
  controls: 'refused' | 'cleaned';
};

/** NUL, escape, backspace, a lone surrogate, right-to-left override, markup and a template: all of it text. */
export const hostile = {
  control: 'a\u0000b\u001b[2Jc\u0008d',
  lone: 'half \ud83d of a character',
  text: "<script>alert(1)</script> {{ centre.company }} ${x} \u202Etxt.exe\u202C '; drop table ticket; -- 𠀀🙂",
};

const stored = sql<{ rows: string }>`
  select jsonb_build_object('message', (select count(*) from message), 'thread', (select count(*) from thread), 'conversation', (select count(*) from conversation), 'customer', (select count(*) from customer), 'ticket', (select count(*) from ticket), 'file', (select count(*) from file), 'raw', (select count(*) from inbound_raw), 'event', (select count(*) from event), 'key', (select count(*) from idempotency))::text as rows`;

type Said = { body: string; thread_id: string; customer_id: string | null; visitor_id: string | null };

/** The stories. `open` is given a world that listens and makes the driver. */
export const channelContract = (name: string, open: (world: World) => Promise<ChannelDriver>): void =>
  void describe(`${name} keeps the channel contract`, () => {
    let world: World;
    let channel: ChannelDriver;
    let people = 0;
    let parcels = 0;
    const somebody = () => `stranger${(people += 1)}`;
    const parcel = (from: string, text: string, more: Partial<Parcel> = {}): Parcel => ({
      id: `parcel-${(parcels += 1)}-${process.pid}`,
      from,
      text,
      ...more,
    });
    const bring = async (one: Parcel): Promise<Taken> => {
      world.clock.advance(1000);
      const taken = await channel.deliver(one);
      await world.centre.settle();
      return taken;
    };
    /** Customers’ words that contain a text, in the order in which they came. */
    const said = (words: string) =>
      world.db.all(
        sql<Said>`select m.body, m.thread_id, v.customer_id, v.visitor_id from message m join conversation v on v.id = m.thread_id join channel c on c.id = v.channel_id where c.key = ${channel.key} and m.author_kind = 'customer' and m.body like ${`%${words}%`} order by m.at, v.opened_at, m.seq`,
      );
    const storedNow = async () => (await world.db.one(stored)).rows;
    const refusedWithoutTrace = async (attempt: () => Promise<Taken>, wanted: RegExp) => {
      await world.centre.settle();
      const earlier = await storedNow();
      const { status, code, faults = [] } = await attempt();
      assert.ok(status >= 400 && status < 500, `refused as the sender’s mistake, not ${status}`);
      assert.match([code, ...faults].join(' '), wanted);
      await world.centre.settle();
      assert.equal(await storedNow(), earlier, 'nothing is left of what was refused');
    };

    before(async () => {
      world = await newWorld();
      await world.listen();
      channel = await open(world);
    });
    after(() => world.end());

    it('an unknown sender is taken in once, as the channel says', async () => {
      const who = somebody();
      assert.ok((await bring(parcel(who, '第一次联系'))).status < 300);
      await bring(parcel(who, '第一次联系之后'));
      const words = await said('第一次联系');
      assert.deepEqual(
        words.map(({ body }) => body),
        ['第一次联系', '第一次联系之后'],
      );
      const owners = new Set(words.map((row) => row.customer_id ?? row.visitor_id));
      assert.equal(owners.size, 1, 'the second message is the same person’s');
      assert.equal(words[0]!.customer_id !== null, channel.stranger === 'customer');
      assert.equal(new Set(words.map(({ thread_id }) => thread_id)).size, channel.joins ? 1 : 2);
    });

    it('the same outside id again is the same message', async () => {
      const one = parcel(somebody(), '只说一次');
      const [first, again] = [await bring(one), await bring(one)];
      assert.ok(first.status < 300 && again.status < 300, 'a repeat is no mistake of the sender');
      assert.equal(again.ref, first.ref);
      assert.equal((await said('只说一次')).length, 1);
    });

    it('a repeat after the conversation was ended opens no other', async () => {
      const one = parcel(somebody(), '结束以后又来一次');
      await bring(one);
      await world.db.run(sql`update conversation set state = 'closed', closed_at = opened_at`);
      assert.ok((await bring(one)).status < 300);
      assert.equal((await said('结束以后又来一次')).length, 1);
    });

    it('two identical deliveries at the same instant are one message', async () => {
      const one = parcel(somebody(), '同时两份');
      const twins = await Promise.all([channel.deliver(one), channel.deliver(one), channel.deliver(one)]);
      await world.centre.settle();
      for (const { status } of twins) assert.ok(status < 300, `answered ${status}`);
      assert.equal(new Set(twins.map(({ ref }) => ref)).size, 1);
      assert.equal((await said('同时两份')).length, 1);
    });

    it('two first messages at the same instant are both kept', async () => {
      const who = somebody();
      await Promise.all([
        channel.deliver(parcel(who, '并发甲 先后不论')),
        channel.deliver(parcel(who, '并发乙 先后不论')),
      ]);
      await world.centre.settle();
      const words = await said('先后不论');
      assert.equal(words.length, 2);
      assert.equal(new Set(words.map((row) => row.customer_id ?? row.visitor_id)).size, 1);
      if (channel.joins) assert.equal(new Set(words.map(({ thread_id }) => thread_id)).size, 1);
    });

    it('what was written later may arrive first: both are kept once, in the order of arrival', async () => {
      const who = somebody();
      const older = parcel(who, '先写后到 乱序');
      const newer = parcel(who, '后写先到 乱序', { answers: older.id });
      for (const one of [newer, older, newer]) assert.ok((await bring(one)).status < 300);
      assert.deepEqual(
        (await said('乱序')).map(({ body }) => body),
        ['后写先到 乱序', '先写后到 乱序'],
      );
    });

    it('an oversize one is refused by name and leaves nothing', async () => {
      const who = somebody();
      await refusedWithoutTrace(() => channel.oversize(who), /TOO_LARGE|TOO_LONG/);
    });

    it('the longest text is kept whole', async () => {
      const text = `最长${'长'.repeat(channel.longest - 4)}完毕`;
      assert.ok((await bring(parcel(somebody(), text))).status < 300);
      assert.equal((await said('最长'))[0]?.body, text);
    });

    it('an empty one says so, or is a message without words', async () => {
      const who = somebody();
      if (channel.empty === 'refused')
        return refusedWithoutTrace(() => channel.deliver(parcel(who, '')), /REQUIRED|TOO_SHORT/);
      const earlier = (await said('')).length;
      assert.ok((await bring(parcel(who, ''))).status < 300);
      assert.equal((await said('')).length, earlier + 1);
    });

    it('control characters never reach a message', async () => {
      const who = somebody();
      if (channel.controls === 'refused')
        await refusedWithoutTrace(
          () => channel.deliver(parcel(who, `控制字符 ${hostile.control}`)),
          /CONTROL_CHARACTER/,
        );
      else {
        assert.ok((await bring(parcel(who, `控制字符 ${hostile.control}`))).status < 300);
        assert.equal((await said('控制字符')).length, 1);
      }
      for (const { body } of await said('控制字符'))
        assert.doesNotMatch(body, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    });

    it('hostile text is only text', async () => {
      assert.ok((await bring(parcel(somebody(), `只是文字 ${hostile.text}`))).status < 300);
      assert.equal((await said('只是文字'))[0]?.body, `只是文字 ${hostile.text}`);
      const half = await bring(parcel(somebody(), `半个字 ${hostile.lone}`));
      assert.ok(half.status < 500, 'a half character is no failure of ours');
      for (const { body } of await said('半个字')) assert.ok(body.isWellFormed());
    });

    it('a channel that is switched off takes nothing and says so', async () => {
      const who = somebody();
      await bring(parcel(who, '还开着'));
      await world.db.run(sql`update channel set enabled = false where key = ${channel.key}`);
      await refusedWithoutTrace(() => channel.deliver(parcel(who, '已经关了')), /CHANNEL_DISABLED/);
      await world.db.run(sql`update channel set enabled = true where key = ${channel.key}`);
      assert.ok((await bring(parcel(who, '又开了'))).status < 300);
    });
  });
