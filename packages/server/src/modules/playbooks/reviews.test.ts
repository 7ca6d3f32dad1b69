/** 复审: what is in use is looked at again in time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeTask } from '#modules/tasks/index.ts';
import { newWorld } from '#testing/world.ts';
import { draftPlaybook, publishPlaybook, reviewPlaybook, switchPlaybook } from './commands/versions.ts';
import { listPlaybooks, listReviews, playbookVersion } from './queries/playbooks.ts';
import { reviewDue } from './reviews.ts';

test('a day that a short month lacks is its last', () => {
  const due = (from: string, months: number) =>
    reviewDue(Date.parse(from), months).toISOString().slice(0, 10);
  assert.equal(due('2026-08-31T09:00:00Z', 6), '2027-02-28');
  assert.equal(due('2027-08-31T09:00:00Z', 6), '2028-02-29');
  assert.equal(due('2026-11-30T09:00:00Z', 3), '2027-02-28');
  assert.equal(due('2026-01-15T09:00:00Z', 12), '2027-01-15');
});

test('SD2-26 a playbook last reviewed six months ago is due; its owner is given the task thirty days before, and what was found moves it on', async () => {
  const aged = await newWorld({ at: '2026-01-10T09:00:00+08:00' });
  try {
    const manager = await aged.person('manager');
    const relations = await aged.person('relations', { groups: ['relations'] });
    const asked = async () =>
      (
        await aged.db.pool.query<{ id: string; state: string; role_key: string; due_at: Date | number }>(
          `select id, state, role_key, due_at from task where data ->> 'playbook' = 'complaint' order by created_at, id`,
        )
      ).rows.map(({ due_at, ...row }) => ({ ...row, due: new Date(due_at).toISOString().slice(0, 10) }));
    const due = async () =>
      (await listPlaybooks(aged.centre, manager))
        .find(({ key }) => key === 'complaint')!
        .reviewDueAt!.slice(0, 10);
    // The template was installed on 2026-01-01.
    await aged.until('2026-06-01T12:00:00+08:00');
    const [first] = await asked();
    assert.deepEqual([first!.role_key, first!.state, first!.due], ['relations', 'open', '2026-07-01']);
    assert.equal(
      (
        await aged.db.pool.query(
          `select 1 from task k join playbook p on p.key = k.data ->> 'playbook' where not p.enabled`,
        )
      ).rowCount,
      0,
      'nobody looks again at what is switched off',
    );

    // Found right as it is: the reminder is done and the half year counts from now.
    await aged.does(manager, reviewPlaybook, { key: 'complaint', note: '对照上半年的投诉，不必修改' });
    assert.deepEqual(
      (await asked()).map(({ state }) => state),
      ['done'],
    );
    assert.equal(await due(), '2026-12-01');
    const [kept] = await listReviews(aged.centre, 'complaint');
    assert.deepEqual(
      [kept!.note, kept!.version, kept!.dueAt.slice(0, 10)],
      ['对照上半年的投诉，不必修改', 1, '2026-12-01'],
    );

    // The next one is ticked off among the tasks of who owns it: that is a review too.
    await aged.until('2026-11-02T12:00:00+08:00');
    const second = (await asked()).at(-1)!;
    assert.deepEqual([second.state, second.due], ['open', '2026-12-01']);
    await aged.does(relations, completeTask, { id: second.id, note: '现行版本适用' });
    assert.equal(await due(), '2027-05-02');
    assert.deepEqual(
      (await listReviews(aged.centre, 'complaint')).map(({ note }) => note),
      ['现行版本适用', '对照上半年的投诉，不必修改'],
    );

    // Switched off, its reminder goes; switched on past its day, it comes at once, once; a new version answers it.
    await aged.until('2027-04-03T12:00:00+08:00');
    await aged.does(manager, switchPlaybook, { key: 'complaint', enabled: false });
    await assert.rejects(
      aged.does(manager, reviewPlaybook, { key: 'complaint', note: '停用的' }),
      (error: { code?: string }) => error.code === 'CONFLICT',
    );
    await aged.until('2027-06-01T12:00:00+08:00');
    await aged.does(manager, switchPlaybook, { key: 'complaint', enabled: true });
    await aged.later({ minutes: 1 });
    assert.deepEqual(
      (await asked()).map(({ state }) => state),
      ['done', 'done', 'cancelled', 'open'],
    );
    const { pack } = await playbookVersion(aged.centre, 'complaint', 1);
    await aged.does(manager, draftPlaybook, { key: 'complaint', pack });
    await aged.does(manager, publishPlaybook, { key: 'complaint', note: '复审后修订' });
    assert.equal((await asked()).at(-1)!.state, 'done');
    assert.equal(await due(), '2027-12-01');
    assert.equal(
      (await listReviews(aged.centre, 'complaint')).length,
      2,
      'a version says itself what changed',
    );
  } finally {
    await aged.end();
  }
});

test('a review over HTTP: who may change playbooks says what was found; blanks and a playbook that is off are refused', async () => {
  const world = await newWorld();
  try {
    const { base } = await world.listen();
    const tokens = {
      manager: await world.token(await world.person('manager')),
      agent: await world.token(await world.person('agent')),
    };
    const call = async (who: keyof typeof tokens, path: string, note?: string) => {
      const answer = await fetch(`${base}/api/v1/playbooks/${path}/reviews`, {
        method: note === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${tokens[who]}`,
          ...(note === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: note === undefined ? undefined : JSON.stringify({ note }),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    assert.equal((await call('agent', 'complaint', '看过了')).status, 403);
    assert.equal((await call('manager', 'complaint', '   ')).status, 422);
    assert.equal((await call('manager', 'nothing_of_this_name', '看过了')).status, 404);
    const off = await call('manager', 'courier', '看过了');
    assert.deepEqual([off.status, off.body.code], [409, 'CONFLICT']);
    const kept = await call('manager', 'complaint', '看过了');
    assert.deepEqual([kept.status, kept.body.note, kept.body.version], [201, '看过了', 1]);
    const { body } = await call('agent', 'complaint');
    assert.deepEqual(body.items, [kept.body]);
    const told = await world.db.pool.query(`select 1 from audit where action = 'playbooks.review'`);
    assert.equal(told.rowCount, 1);
  } finally {
    await world.end();
  }
});
