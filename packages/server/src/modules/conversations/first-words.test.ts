import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { createCustomer, listCustomers } from '#modules/customers/index.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { accept, channelByKey, changeChannel, conversationById, receive, say } from './index.ts';

let world: World;
let agent: Actor;
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld();
  agent = await world.person('supervisor', { groups: ['consult'], name: '欧阳静', maxChats: 9 });
});
after(() => world.end());

test('SD3u-05 the greeting says brand, 工号 and surname, each filled for who serves on which channel', async () => {
  const admin = await world.person('admin');
  const channel = (await channelByKey(world.db, 'web'))!;
  const { staff_no: staffNo } = await world.db.one(
    sql<{ staff_no: string }>`select staff_no from app_user where id = ${agent.id}::uuid`,
  );
  await world.does(admin, changeSetting, {
    key: 'centre',
    value: {
      ...(await setting(world.db, 'centre')),
      greeting: '您好，{brand}，工号 {staffNo}，我姓{surname}，请讲。',
    },
    version: 0,
  });
  const first = async () => {
    const { conversationId: id } = await world.does(visitor, receive, {
      channelId: channel.id,
      body: '你好',
    });
    await world.does(agent, accept, { id, force: true });
    return (
      await world.db.one(
        sql<{
          body: string;
        }>`select body from message where thread_id = ${id}::uuid and automatic and author_kind = 'agent'`,
      )
    ).body;
  };
  assert.equal(await first(), `您好，星河家电，工号 ${staffNo}，我姓欧阳，请讲。`);
  await world.does(admin, changeChannel, { id: channel.id, brand: '康宁门店' } as never);
  assert.equal(await first(), `您好，康宁门店，工号 ${staffNo}，我姓欧阳，请讲。`);
});

test('SD2-08 a conversation keeps the question in the visitor’s words; without contact it says 未留联系方式', async () => {
  const channelId = (await channelByKey(world.db, 'web'))!.id;
  const come = async (contactKnown?: boolean) => {
    const { conversationId: id } = await world.does(visitor, receive, {
      channelId,
      body: '洗衣机漏水，底部一圈都是水',
      contactKnown,
    });
    return conversationById(world.db, agent, id);
  };
  const [stranger, known] = [await come(), await come(true)];
  assert.equal(stranger.subject, '洗衣机漏水，底部一圈都是水');
  assert.deepEqual([stranger.contactKnown, known.contactKnown], [false, true]);
  // What the desk writes on the card of each.
  const words = JSON.parse(
    await readFile(
      new URL('../../../../desk/src/features/conversations/i18n/zh-CN.json', import.meta.url),
      'utf8',
    ),
  ) as Record<string, string>;
  assert.match(words['conversations.stranger']!, /未留联系方式/);
  assert.doesNotMatch(words['conversations.contactLeft']!, /未留联系方式/);
});

test('SD3u-13 the service hint of a customer comes with each contact: the conversation offered and the ticket', async () => {
  const { id: customerId } = await world.does(agent, createCustomer, {
    kind: 'person',
    name: '周奶奶',
    serviceHint: '年长客户，请放慢语速',
  });
  const { conversationId } = await world.does(visitor, receive, {
    channelId: (await channelByKey(world.db, 'web'))!.id,
    customerId,
    body: '喂',
  });
  assert.equal((await conversationById(world.db, agent, conversationId)).serviceHint, '年长客户，请放慢语速');
  const { id } = await world.does(agent, openTicket, {
    customerId,
    channel: 'phone',
    category: 'consult',
    urgency: 'medium',
    impact: 'single',
    subject: '咨询',
    description: '咨询',
  });
  const ticketPage = async (ticketId: string) => {
    await world.listen();
    const response = await fetch(`${world.config.publicUrl}/api/v1/tickets/${ticketId}/page`, {
      headers: { authorization: `Bearer ${await world.token(agent)}` },
    });
    return (await response.json()) as { customer: { serviceHint: string } };
  };
  assert.equal((await ticketPage(id)).customer.serviceHint, '年长客户，请放慢语速');
});

test('SD3g-01 an anonymous caller has a record keyed by the number, and the next call finds it', async () => {
  const call = async (name: string) =>
    (
      await world.does(agent, openTicket, {
        customer: { kind: 'person' as const, name, phones: ['13600009999'] },
        channel: 'phone',
        category: 'consult',
        urgency: 'medium',
        impact: 'single',
        subject: '不愿留名',
        description: '来电人不愿留名',
      })
    ).id;
  const of = async (id: string) =>
    (await world.db.one(sql<{ id: string }>`select customer_id as id from ticket where id = ${id}::uuid`)).id;
  const first = await of(await call('匿名来电'));
  assert.equal(await of(await call('匿名')), first);
  const { items } = await listCustomers(world.db, agent, { phone: '13600009999' });
  assert.deepEqual(
    items.map(({ id }) => id),
    [first],
  );
});

test('what the centre says by itself in a talk is said by the system: the customer reads no name of a part', async () => {
  const { conversationId: id } = await world.does(visitor, receive, {
    channelId: (await channelByKey(world.db, 'web'))!.id,
    body: '在吗',
  });
  const body = '您的订单已发出。';
  await world.does(systemActor('playbooks'), say, {
    id,
    visibility: 'public' as const,
    body,
    automatic: true,
  });
  const { name } = await world.db.one(
    sql<{
      name: string;
    }>`select author_name as name from message where thread_id = ${id}::uuid and body = ${body}`,
  );
  assert.equal(name, '系统');
});
