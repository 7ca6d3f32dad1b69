import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { sql } from '#kernel/sql.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { post } from '#testing/door.ts';

let world: World;
before(async () => {
  world = await newWorld({ realTime: true });
  await world.listen();
});
after(() => world.end());

test('SD3j-02 the portal names the one category that the entry 我要投诉 files under', async () => {
  const response = await fetch(`${world.config.publicUrl}/api/v1/portal`);
  const { categories } = (await response.json()) as { categories: { key: string; complaint: boolean }[] };
  assert.deepEqual(
    categories.filter(({ complaint }) => complaint).map(({ key }) => key),
    ['complaint_suggestion.complaint'],
  );
});

test('SD3j-02 the complaint entry of the portal opens a complaint in the complaint queue at once, with its clocks and no step before it', async () => {
  const { status, body } = await post(
    `${world.config.publicUrl}/api/v1/portal/requests`,
    {
      name: '王芳',
      kind: 'person',
      phone: '13900005678',
      category: 'complaint_suggestion.complaint',
      subject: '我要投诉：漏水三天无人处理',
      description: '报修三天没有人来',
      consent: true,
    },
    { 'idempotency-key': 'complaint-of-wang-fang' },
  );
  assert.equal(status, 201);
  await world.centre.settle();
  const ticket = await world.db.one(
    sql<{
      id: string;
      complaint: boolean;
      group: string;
      state: string;
    }>`select t.id, t.is_complaint as complaint, g.key as "group", v.state from ticket t join skill_group g on g.id = t.group_id join ticket_conversation tc on tc.ticket_id = t.id join conversation v on v.id = tc.conversation_id where t.number = ${String(body.number)}`,
  );
  assert.equal(ticket.complaint, true);
  assert.equal(ticket.group, 'relations');
  assert.notEqual(ticket.state, 'bot');
  const clocks = await world.db.all(
    sql<{ kind: string }>`select kind from deadline where subject_id = ${ticket.id}::uuid`,
  );
  assert.ok(clocks.some(({ kind }) => kind === 'complaint_contact'));
  const steps = await world.db.all(
    sql<{
      step: string;
    }>`select step_key as step from task where ticket_id = ${ticket.id}::uuid and state = 'open'`,
  );
  assert.deepEqual(
    steps.map(({ step }) => step),
    ['contact'],
  );
});
