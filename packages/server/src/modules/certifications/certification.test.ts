import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { grantCertification, revokeCertification } from './index.ts';
import { listCertifications } from './queries.ts';
import { noticeAt, stateOf } from './rules.ts';

let world: World;
let admin: Actor;
let engineer: Actor;
let supervisor: Actor;
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  admin = await world.person('admin');
  engineer = await world.person('engineer', { groups: ['tech'], name: '赵工' });
  supervisor = await world.person('supervisor', { groups: ['tech'] });
});
after(() => world.end());

const notices = (who: Actor) =>
  world.db.all(
    sql<{
      data: { until: string };
    }>`select data from notice where user_id = ${who.id}::uuid and kind = 'certificate_expiring' and read_at is null`,
  );

const at = (text: string) => Date.parse(text);

test('SD1-20 the last day counts whole, in the zone of the centre', () => {
  assert.equal(stateOf('2026-11-18', at('2026-11-18T23:59:59+08:00')), 'expiring');
  assert.equal(stateOf('2026-11-18', at('2026-11-19T00:00:00+08:00')), 'expired');
  assert.equal(stateOf('2026-12-18', at('2026-11-18T10:00:00+08:00')), 'expiring');
  assert.equal(stateOf('2026-12-19', at('2026-11-18T10:00:00+08:00')), 'valid');
  assert.equal(noticeAt('2026-12-31'), at('2026-12-01T09:00:00+08:00'));
});

test('SD1-20 thirty days before the end the engineer and the supervisor are told, once; a renewal takes the notice away', async () => {
  await world.does(admin, grantCertification, {
    userId: engineer.id,
    product: 'washer',
    validUntil: '2026-12-31',
  });
  await world.until('2026-12-01T08:59:00+08:00');
  assert.equal((await notices(engineer)).length, 0);
  await world.until('2026-12-05T00:00:00+08:00');
  for (const who of [engineer, supervisor])
    assert.deepEqual(
      (await notices(who)).map(({ data }) => data.until),
      ['2026-12-31'],
    );
  await world.does(admin, grantCertification, {
    userId: engineer.id,
    product: 'washer',
    validUntil: '2027-12-31',
  });
  assert.equal((await notices(engineer)).length, 0);
  await world.until('2027-11-30T00:00:00+08:00');
  assert.equal((await notices(engineer)).length, 0, 'the wake of the day before the renewal is gone');
  await world.until('2027-12-02T00:00:00+08:00');
  assert.equal((await notices(engineer)).length, 1);
});

test('a certificate is granted for listed products, by who maintains people, and audited; taken back it tells nobody', async () => {
  const grant = { userId: engineer.id, product: 'aircon', validUntil: '2028-06-30', note: '证书 A-1' };
  await assert.rejects(world.does(supervisor, grantCertification, grant), { code: 'FORBIDDEN' });
  await assert.rejects(world.does(admin, grantCertification, { ...grant, product: 'rocket' }), {
    code: 'PRODUCT_UNKNOWN',
  });
  await world.does(admin, grantCertification, grant);
  const { items } = await listCertifications(world.db, world.clock.now(), { userId: engineer.id });
  assert.deepEqual(
    items.map(({ product, validUntil, state }) => [product, validUntil, state]),
    [
      ['washer', '2027-12-31', 'expiring'],
      ['aircon', '2028-06-30', 'valid'],
    ],
  );
  await world.does(admin, revokeCertification, { userId: engineer.id, product: 'aircon' });
  await assert.rejects(world.does(admin, revokeCertification, { userId: engineer.id, product: 'aircon' }), {
    code: 'NOT_FOUND',
  });
  const { lines } = await world.db.one(
    sql<{
      lines: number;
    }>`select count(*)::int as lines from audit where subject_id = ${engineer.id} and action like 'certifications.%' and body like '%aircon%'`,
  );
  assert.equal(lines, 2);
  await world.until('2028-07-10T00:00:00+08:00');
  assert.equal((await notices(engineer)).length, 1, 'only the washer’s, of the year before');
});
