import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import {
  openTicket,
  resolveTicket,
  startTicket,
  ticketsSaying,
  writeMessage,
} from '#modules/tickets/index.ts';

let world: World;
let agent: Actor;
before(async () => {
  world = await newWorld();
  agent = await world.person('supervisor', { groups: ['consult', 'tech'] });
});
after(() => world.end());

const open = async (subject: string) =>
  (
    await world.does(agent, openTicket, {
      customer: { kind: 'person' as const, name: '张伟', phones: ['13800001234'] },
      channel: 'phone',
      category: 'tech.fault',
      urgency: 'medium',
      impact: 'single',
      subject,
      description: '按下电源键后指示灯闪三下',
      assigneeId: agent.id,
    })
  ).id;
const found = async (q: string, as = agent) =>
  (await ticketsSaying(world.db, as, { q, limit: 8 })).map(({ id }) => id);

test('SD3n-02 a word of an attachment name, the question, a note or the solution finds the ticket at any time', async () => {
  const id = await open('无法开机');
  const other = await open('漏水');
  const { id: messageId } = await world.does(agent, writeMessage, {
    id,
    visibility: 'internal',
    body: '怀疑主板受潮',
  });
  await world.db.run(
    sql`insert into file (id, name, mime, size, sha256, storage_key, uploader_kind, uploader_id, thread_id, message_id, created_at) values (gen_random_uuid(), '购机发票-青岛门店.pdf', 'application/pdf', 1, 'x', 'x', 'user', ${agent.id}, ${id}::uuid, ${messageId}::uuid, ${new Date(world.clock.now())})`,
  );
  assert.deepEqual(await found('青岛门店'), [id]);
  assert.deepEqual(await found('主板受潮'), [id]);
  assert.deepEqual((await found('指示灯')).toSorted(), [id, other].toSorted());
  await world.does(agent, startTicket, { id: other });
  await world.does(agent, resolveTicket, {
    id: other,
    resolution: { solution: '更换排水泵', steps: '拆后盖', cautions: '断电' },
  });
  assert.deepEqual(await found('排水泵'), [other]);
  await world.later({ days: 200 });
  assert.deepEqual(await found('青岛门店'), [id], 'after half a year too');
  assert.deepEqual(await found('主板受潮'), [id], 'what was written as well');
  assert.deepEqual(await found('solution'), [], 'names of fields are no words');
  assert.deepEqual(await found('板 受'), [], 'what does not stand beside each other');
  assert.deepEqual(await found('泵'), [], 'one character would find everything');
  const stranger = await world.person('agent', { groups: ['relations'] });
  assert.deepEqual(await found('青岛门店', stranger), [], 'and only who may read it');
  // As a purge does.
  await world.db.run(sql`update ticket set description = '', resolution = null where id = ${other}::uuid`);
  await world.db.run(sql`update message set body = '' where thread_id = ${other}::uuid`);
  assert.deepEqual([await found('排水泵'), await found('指示灯')], [[], [id]], 'what is gone is not found');
});

test('SD3n-02 the search box gives it beside numbers and names', async () => {
  const { base } = await world.listen();
  const response = await fetch(`${base}/api/v1/search?q=${encodeURIComponent('青岛门店')}`, {
    headers: { authorization: `Bearer ${await world.token(agent)}` },
  });
  const { items } = (await response.json()) as { items: { type: string; title: string }[] };
  assert.deepEqual(
    items.map(({ type, title }) => [type, title]),
    [['ticket', '无法开机']],
  );
});

test('SD3n-02 two Chinese characters are looked up by an index, in messages and in questions', async () => {
  const client = await world.db.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local enable_seqscan = off');
    for (const [query, index] of [
      [
        `select 1 from message where visibility <> 'system' and pairs_of(body) @> pairs_of('漏水')`,
        'message_pairs',
      ],
      [`select 1 from ticket_words where pairs_of(words) @> pairs_of('漏水')`, 'ticket_words_pairs'],
    ] as const) {
      const { rows } = await client.query(`explain ${query}`);
      assert.match(JSON.stringify(rows), new RegExp(index));
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
});
