import { after, before, describe, it, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { acceptMail } from '#channels/email/index.ts';
import { changeSetting } from '#modules/settings/index.ts';
import { verifyAudit } from '#modules/audit/index.ts';
import {
  archiveTicket,
  closeTicket,
  confirmTicket,
  resolveTicket,
  startTicket,
  ticketById,
} from '#modules/tickets/index.ts';
import { holdRecord, purgeRecord, releaseHold, startRetention } from './index.ts';
import { cutoff, nextNight, plusYears } from './rules.ts';
import { dueRecords } from './store.ts';

const at = (text: string) => Date.parse(text);
test('SD1-37 three years end on the same day, never a day early', () => {
  assert.equal(plusYears(at('2024-02-29T10:00:00Z'), 3), at('2027-03-01T10:00:00Z'));
  assert.equal(cutoff(at('2028-02-29T10:00:00Z'), 3), at('2025-02-28T10:00:00Z'));
  assert.equal(nextNight(at('2026-11-18T10:00:00+08:00')), at('2026-11-19T03:00:00+08:00'));
  assert.equal(nextNight(at('2026-11-18T02:59:59+08:00')), at('2026-11-18T03:00:00+08:00'));
  assert.equal(nextNight(at('2026-11-18T03:00:00+08:00')), at('2026-11-19T03:00:00+08:00'));
});

describe('a closed ticket', () => {
  let world: World;
  let agent: Actor;
  let manager: Actor;
  let admin: Actor;
  let people = 0;
  const closedAt = '2023-11-18T10:00:00+08:00';
  before(async () => {
    world = await newWorld({ at: closedAt });
    agent = await world.person('supervisor', { groups: ['consult'] });
    manager = await world.person('manager');
    admin = await world.person('admin');
  });
  after(() => world.end());

  /** Came by mail, was solved, confirmed, closed and archived at this instant. */
  const closed = async () => {
    const who = `客户${(people += 1)}`;
    const { id: channelId } = await world.db.one(
      sql<{ id: string }>`select id from channel where key = 'mail'`,
    );
    const raw = Buffer.from(
      `From: kunde${people}@cust.test\r\nTo: service@xinghe.example\r\nSubject: secret ${people}\r\nMessage-ID: <${people}.${process.pid}@cust.test>\r\n\r\nmy secret words ${who}\r\n`,
    );
    await world.does(systemActor('test'), acceptMail, { channelId, raw });
    const { id } = await world.db.one(
      sql<{ id: string }>`select id from ticket order by created_at desc, id desc limit 1`,
    );
    await world.does(agent, startTicket, { id });
    await world.does(agent, resolveTicket, {
      id,
      resolution: { solution: 'secret', steps: '见说明', cautions: '无' },
    });
    await world.does(agent, confirmTicket, { id });
    await world.does(agent, closeTicket, { id });
    await world.does(systemActor('archive'), archiveTicket, { id });
    return id;
  };
  const due = async () =>
    (await dueRecords(world.db, world.clock.now(), {}, 100)).map(({ type, id }) => `${type} ${id}`);
  /** Years pass without their daily work, which is not what is told here. */
  const jump = async (instant: string) => {
    await world.db.run(sql`delete from due`);
    world.clock.set(at(instant));
    await startRetention(world.centre);
  };
  const night = () => world.later({ days: 1 });
  const purged = async (id: string) =>
    (
      await world.db.one(
        sql<{ purged_at: number | null }>`select purged_at from ticket where id = ${id}::uuid`,
      )
    ).purged_at !== null;
  let first = '';
  let second = '';

  it('SD1-37 closed 2 years 364 days ago it survives the purge job and is not listed', async () => {
    [first, second] = [await closed(), await closed()];
    await world.does(admin, changeSetting, {
      key: 'retention',
      version: 0,
      value: { years: { ticket: 3, conversation: 3 }, automatic: true },
    });
    await jump('2026-11-16T10:00:00+08:00');
    await night();
    assert.equal(world.clock.now(), at('2026-11-17T10:00:00+08:00'));
    assert.deepEqual(await due(), []);
    for (const id of [first, second]) assert.equal(await purged(id), false);
    await assert.rejects(world.does(manager, purgeRecord, { type: 'ticket', id: first, reason: '到期' }), {
      code: 'RETENTION_NOT_DUE',
    });
  });

  it('SD1-37 at 3 years and a day it is listed, and by default waits for somebody to purge it', async () => {
    await world.does(admin, changeSetting, {
      key: 'retention',
      version: 1,
      value: { years: { ticket: 3, conversation: 3 }, automatic: false },
    });
    await jump('2026-11-18T10:00:01+08:00');
    await night();
    assert.deepEqual((await due()).sort(), [`ticket ${first}`, `ticket ${second}`].sort());
    assert.equal(await purged(first), false);
    const { count } = await world.db.one(
      sql<{
        count: number;
      }>`select (data ->> 'count')::int as count from event where type = 'retention.listed' order by at desc limit 1`,
    );
    assert.equal(count, 2);
  });

  it('SD1-37 a legal hold is set and lifted with a reason, and nothing purges what is held', async () => {
    await assert.rejects(world.does(agent, holdRecord, { type: 'ticket', id: second, reason: '诉讼' }), {
      code: 'FORBIDDEN',
    });
    await assert.rejects(world.does(manager, holdRecord, { type: 'ticket', id: second, reason: ' ' }), {
      code: 'REASON_REQUIRED',
    });
    const hold = await world.does(manager, holdRecord, { type: 'ticket', id: second, reason: '诉讼 2026-7' });
    await assert.rejects(world.does(manager, holdRecord, { type: 'ticket', id: second, reason: '再次' }), {
      code: 'RETENTION_HELD',
    });
    await assert.rejects(world.does(manager, purgeRecord, { type: 'ticket', id: second, reason: '到期' }), {
      code: 'RETENTION_HELD',
    });
    const [listed] = (await dueRecords(world.db, world.clock.now(), {}, 100)).filter(
      ({ id }) => id === second,
    );
    assert.equal(listed!.hold?.reason, '诉讼 2026-7');
    await world.does(admin, changeSetting, {
      key: 'retention',
      version: 2,
      value: { years: { ticket: 3, conversation: 3 }, automatic: true },
    });
    await night();
    assert.deepEqual([await purged(first), await purged(second)], [true, false]);
    await world.does(manager, releaseHold, { id: hold, reason: '已结案' });
    await night();
    assert.equal(await purged(second), true);
    const lines = await world.db.all(
      sql<{
        action: string;
        reason: string;
      }>`select action, body::jsonb -> 'data' ->> 'reason' as reason from audit where subject_id = ${second} and action in ('retention.hold', 'retention.release') order by at, seq`,
    );
    assert.deepEqual(
      lines.map(({ action, reason }) => [action, reason]),
      [
        ['retention.hold', '诉讼 2026-7'],
        ['retention.release', '已结案'],
      ],
    );
  });

  it('SD1-37 a purge leaves a tombstone and an audit line, and nobody’s words anywhere', async () => {
    const ticket = await ticketById(world.centre, agent, first);
    assert.match(ticket.number, /^T20231118-/);
    assert.deepEqual(
      [ticket.subject, ticket.description, ticket.customerName, ticket.resolution, ticket.status],
      ['', '', '', null, 'archived'],
    );
    // The customer’s own card is another record; everything else is looked through as a dump would be.
    for (const table of [
      'ticket',
      'ticket_archive',
      'message',
      'thread',
      'conversation',
      'event',
      'inbound_raw',
      'outbound_mail',
      'correspondence',
      'survey',
      'notice',
      'file',
    ]) {
      const { rows } = await world.db.pool.query<{ all: string }>(
        `select coalesce(string_agg(x::text, ' '), '') as all from ${table} x`,
      );
      assert.doesNotMatch(rows[0]!.all, /secret|kunde|客户\d/, table);
    }
    const line = await world.db.one(
      sql<{
        body: string;
        actor_kind: string;
      }>`select body, actor_kind from audit where subject_id = ${first} and action = 'tickets.purge'`,
    );
    assert.match(line.body, /"archive":"[0-9a-f]{64}"/);
    assert.match(line.body, /保存期满/);
    assert.deepEqual((await verifyAudit(world.db)).broken, []);
    assert.deepEqual(await due(), []);
  });

  it('SD1-37 the years of a kind of record may be more than three, never less, and a promise once made is kept', async () => {
    const id = await (async () => {
      world.clock.set(at('2027-01-01T10:00:00+08:00'));
      return closed();
    })();
    await world.does(admin, changeSetting, {
      key: 'retention',
      version: 3,
      value: { years: { ticket: 5, conversation: 3 }, automatic: false },
    });
    await assert.rejects(
      world.does(admin, changeSetting, {
        key: 'retention',
        version: 4,
        value: { years: { ticket: 2, conversation: 3 }, automatic: false },
      }),
      { code: 'VALIDATION' },
    );
    await jump('2030-06-01T10:00:00+08:00');
    assert.deepEqual(await due(), []);
    await jump('2032-01-02T10:00:00+08:00');
    assert.deepEqual(await due(), [`ticket ${id}`]);
  });
});
