import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findPhrases, improved } from '#contracts/phrases.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { defaultSettings } from '#modules/settings/defaults.ts';
import { openTicket, writeMessage } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';

const { items } = defaultSettings.wording;

describe('the wording guard', () => {
  test('SD0-25 a phrase that blames another department is offered as one that owns the matter', () => {
    const hits = findPhrases('这是物流的问题，您找他们吧', items);
    assert.equal(hits[0]?.kind, 'blame');
    assert.ok(hits[0]?.better);
    assert.ok(improved('这是物流的问题，您找他们吧', hits).startsWith(hits[0].better!));
  });
  test('SD0-11 a claim of 100% 有效 is flagged as exaggeration', () =>
    assert.deepEqual(
      findPhrases('放心，100% 有效', items).map(({ kind }) => kind),
      ['exaggeration'],
    ));
  test('SD3q-01 a reply that is nothing but 嗯 or 好的 is careless; the same word in a sentence is not', () => {
    assert.equal(findPhrases('嗯。', items)[0]?.kind, 'careless');
    assert.equal(findPhrases('好的！', items)[0]?.kind, 'careless');
    assert.deepEqual(findPhrases('好的，我马上为您查询订单', items), []);
  });
  test('SD0-05 SD0-11 SD3q-01 a forbidden phrase or an exaggeration warns before sending; what was sent all the same is counted for its author, replies that are nothing but 嗯 too, and told only to who may read their report', async () => {
    const world = await newWorld();
    try {
      const agent = await world.person('agent', { groups: ['consult'] });
      const manager = await world.person('manager');
      const { base } = await world.listen();
      const { id: customerId } = await world.does(systemActor('test'), createCustomer, {
        kind: 'person',
        name: '张伟',
      });
      const { id } = await world.does(agent, openTicket, {
        customerId,
        channel: 'phone',
        category: 'consult',
        urgency: 'low',
        impact: 'single',
        subject: '咨询',
        description: '咨询',
        assigneeId: agent.id,
      });
      await world.does(agent, writeMessage, { id, visibility: 'public', body: '我不知道，您再问问别人' });
      await world.does(agent, writeMessage, { id, visibility: 'internal', body: '我不知道，查一下' });
      await world.does(agent, writeMessage, { id, visibility: 'public', body: '已为您查到结果' });
      await world.does(agent, writeMessage, { id, visibility: 'public', body: '放心，100% 有效' });
      await world.does(agent, writeMessage, { id, visibility: 'public', body: '嗯。' });
      await world.does(agent, writeMessage, { id, visibility: 'public', body: '好的，我马上为您查询' });
      const token = await world.token(manager);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const check = await fetch(`${base}/api/v1/wording/check`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ text: '我不知道' }),
      });
      const { hits } = (await check.json()) as { hits: { kind: string }[] };
      assert.equal(hits[0]?.kind, 'forbidden');
      const counted = (await (await fetch(`${base}/api/v1/wording/by-agent`, { headers })).json()) as {
        items: unknown[];
      };
      const ofAgent = { userId: agent.id, userName: agent.name, count: 1 };
      assert.deepEqual(
        new Set(counted.items),
        new Set(['exaggeration', 'forbidden', 'careless'].map((kind) => ({ ...ofAgent, kind }))),
      );
      const hitsFor = async (who: Actor, query = '') => {
        const response = await fetch(`${base}/api/v1/wording/hits${query}`, {
          headers: { authorization: `Bearer ${await world.token(who)}` },
        });
        const told = (await response.json()) as {
          items?: { kind: string; text: string; ticketId: string | null; excerpt: string | null }[];
        };
        return told.items ?? response.status;
      };
      assert.deepEqual(
        ((await hitsFor(manager, '?kind=exaggeration')) as { excerpt: string }[]).map(
          ({ excerpt }) => excerpt,
        ),
        ['放心，100% 有效'],
      );
      const careless = (await (
        await fetch(`${base}/api/v1/wording/hits?kind=careless`, { headers })
      ).json()) as { items: { userName: string; excerpt: string; ticketId: string }[] };
      assert.deepEqual(
        careless.items.map(({ userName, excerpt, ticketId }) => [userName, excerpt, ticketId]),
        [[agent.name, '嗯。', id]],
      );
      // The scope of reports rules: a group's, one's own.
      for (const [role, scope] of [
        ['relations', 'group'],
        ['product', 'own'],
      ] as const)
        await world.db.run(
          sql`update role set grants = grants || ${JSON.stringify({ 'report.read': scope })}::jsonb where key = ${role}`,
        );
      const seen = async (role: 'relations' | 'product', group: string) =>
        (await hitsFor(await world.person(role, { groups: [group] }))) as unknown[];
      assert.equal((await seen('relations', 'consult')).length, 3);
      assert.deepEqual(await seen('relations', 'tech'), []);
      assert.deepEqual(await seen('product', 'consult'), []);
      assert.equal(await hitsFor(agent), 403);
    } finally {
      await world.end();
    }
  });
});
