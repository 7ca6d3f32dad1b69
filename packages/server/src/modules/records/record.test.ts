import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RecordKind } from '#contracts/pack.ts';
import { runIn } from '#kernel/command.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { exported } from './files.ts';
import { defineKinds } from './index.ts';

/** A kind of an invented business: a piano that is tuned. */
const tuning: RecordKind = {
  key: 'tuning',
  name: { zh: '调音单', en: 'Tuning order' },
  is: 'object',
  number: { prefix: 'TY', per: 'day', digits: 3 },
  title: '{{data.piano}} · {{customer.name}}',
  list: ['piano', 'phone', 'pieces', 'wishes'],
  fields: [
    { key: 'piano', zh: '钢琴', en: 'Piano', type: 'text', required: true },
    { key: 'phone', zh: '联系电话', en: 'Phone', type: 'phone' },
    { key: 'pieces', zh: '件数', en: 'Pieces', type: 'number', min: 1, default: 1 },
    {
      key: 'wishes',
      zh: '要求',
      en: 'Wishes',
      type: 'choices',
      options: [
        { key: 'a440', zh: '标准音高', en: 'A 440' },
        { key: 'clean', zh: '清洁', en: 'Cleaning' },
      ],
    },
    { key: 'visitAt', zh: '上门时间', en: 'Visit', type: 'instant' },
    { key: 'fee', zh: '费用', en: 'Fee', type: 'money', required: { 'data.wishes': { has: 'clean' } } },
    { key: 'note', zh: '备注', en: 'Note', type: 'long' },
    { key: 'code', zh: '取件密码', en: 'Code', type: 'pin' },
  ],
  states: [
    { key: 'asked', zh: '已预约', en: 'Asked' },
    { key: 'done', zh: '已完成', en: 'Done', final: true },
  ],
  moves: [
    {
      from: ['asked'],
      to: 'done',
      zh: '完成',
      en: 'Finish',
      if: { 'data.visitAt': { empty: false } },
      refused: { zh: '还没有上门时间', en: 'no visit was fixed' },
    },
  ],
  lookup: { proof: 'phoneTail', phone: 'phone', show: ['piano', 'visitAt'], pattern: '^TY\\d+$' },
  print: [{ zh: '钢琴', en: 'Piano', fields: ['piano', 'pieces', 'note'] }],
};

let world: World;
let base: string;
const people: Record<string, { actor: Actor; token: string }> = {};
const call = async (
  who: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const answer = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${people[who]!.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const type = answer.headers.get('content-type') ?? '';
  return {
    status: answer.status,
    body: (type.includes('json') ? await answer.json() : Buffer.from(await answer.arrayBuffer())) as never,
  };
};
type Made = {
  id: string;
  number: string;
  state: string;
  title: string;
  data: Record<string, unknown>;
  version: number;
  moves: { to: string }[];
  errors?: { pointer: string; code: string }[];
  code?: string;
};
const make = async (data: object, more: object = {}, who = 'manager') =>
  (await call(who, 'POST', '/records/tuning', { data, ...more })) as { status: number; body: Made };

const ticketOf = async (name: string, category: string): Promise<string> =>
  (
    await world.does(people.manager!.actor, openTicket, {
      customer: { kind: 'person', name, phones: ['13700008888'] },
      channel: 'phone',
      category,
      urgency: 'low',
      impact: 'single',
      subject: name,
      description: name,
    })
  ).id;

describe('records of kinds that packs bring', () => {
  before(async () => {
    world = await newWorld();
    await world.centre.db.transaction((tx) =>
      runIn(world.centre, tx, systemActor('test'), {}, (context) =>
        defineKinds(context, 'piano', [tuning], true),
      ),
    );
    for (const [role, groups] of [
      ['manager', []],
      ['agent', ['consult']],
      ['analyst', []],
    ] as const) {
      const actor = await world.person(role, { groups: [...groups] });
      people[role] = { actor, token: await world.token(actor) };
    }
    base = (await world.listen()).base;
  });
  after(() => world.end());

  test('a kind belongs to the pack that brought it: another that names the same key is refused', async () => {
    const taken = world.centre.db.transaction((tx) =>
      runIn(world.centre, tx, systemActor('test'), {}, (context) =>
        defineKinds(context, 'organ', [tuning], true),
      ),
    );
    await assert.rejects(taken, { code: 'RECORD_KIND_TAKEN' });
  });

  test('a record is numbered, named, filled with defaults; what is wrong is told field by field', async () => {
    const { status, body } = await make({ piano: '珠江 UP118', phone: '13800001234' });
    assert.equal(status, 201);
    assert.match(body.number, /^TY20261118001$/);
    assert.deepEqual([body.state, body.title, body.data.pieces], ['asked', '珠江 UP118 ·', 1]);
    const wrong = await make({ pieces: 0, wishes: ['a440', 'paint'], visitAt: '明天' });
    assert.equal(wrong.status, 422);
    assert.deepEqual(
      wrong.body.errors!.map(({ pointer, code }) => `${pointer} ${code}`),
      [
        '/data/piano REQUIRED',
        '/data/pieces OUT_OF_RANGE',
        '/data/wishes NOT_LISTED',
        '/data/visitAt WRONG_FORMAT',
      ],
    );
    assert.equal((await make({ piano: 'x', colour: 'red' })).body.code, 'UNKNOWN_FIELD');
    assert.deepEqual(
      (await make({ piano: 'x', wishes: ['clean'] })).body.errors!.map(({ pointer }) => pointer),
      ['/data/fee'],
      'a condition makes the fee required',
    );
  });

  test('tickets are gathered only under a kind that gathers; what was gathered before may be taken off', async () => {
    const ticketId = await ticketOf('归集', 'consult');
    const made = await call('manager', 'POST', '/records/tuning', { data: { piano: '珠江' } });
    const path = `/records/tuning/${(made.body as Made).id}/tickets`;
    const refused = await call('manager', 'POST', path, { ticketIds: [ticketId] });
    assert.equal(refused.status, 409);
    assert.match(JSON.stringify(refused.body), /"RECORD_GATHERS_NOT".*「调音单」不归集工单/);
    const off = await call('manager', 'POST', path, { ticketIds: [ticketId], remove: true });
    assert.deepEqual([off.status, (off.body as { ticketIds: string[] }).ticketIds], [200, []]);
  });

  test('pushed twice at once with one externalId it is one record, brought up to date', async () => {
    const answers = await Promise.all(
      ['一', '二', '三', '四'].map((piano) => make({ piano }, { externalId: 'shop-77' })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201, 201],
    );
    assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
  });

  test('a move is refused with its reason until the condition holds, then offered and made', async () => {
    const { body } = await make({ piano: '星海' });
    assert.deepEqual(body.moves, []);
    const refused = (await call('manager', 'POST', `/records/tuning/${body.id}/move`, { to: 'done' })) as {
      status: number;
      body: { detail: string };
    };
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /还没有上门时间/);
    const stale = await call(
      'manager',
      'PATCH',
      `/records/tuning/${body.id}`,
      { data: { note: 'x' } },
      { 'if-match': '99' },
    );
    assert.equal(stale.status, 412);
    const moved = (await call('manager', 'POST', `/records/tuning/${body.id}/move`, {
      to: 'done',
      data: { visitAt: '2026-11-19T02:00:00Z' },
    })) as { status: number; body: Made };
    assert.deepEqual([moved.status, moved.body.state], [200, 'done']);
  });

  test('a phone on a record is masked for who may not see contact data', async () => {
    const { body } = await make({ piano: '雅马哈', phone: '13800005678' });
    const seen = (await call('agent', 'GET', `/records/tuning/${body.id}`)) as { body: Made };
    assert.equal(seen.body.data.phone, '138****5678');
    assert.equal(
      ((await call('manager', 'GET', `/records/tuning/${body.id}`)) as { body: Made }).body.data.phone,
      '13800005678',
    );
    assert.equal(
      (await call('analyst', 'PATCH', `/records/tuning/${body.id}`, { data: { note: 'x' } })).status,
      403,
    );
  });

  test('SD3p-09 the public look-up shows state and fields to the right proof, nothing to a wrong one, and names a foreign number', async () => {
    const { body } = await make({ piano: '卡瓦依', phone: '13900004321' });
    const ask = (number: string, proof: string) =>
      call('agent', 'POST', '/look-up', { kind: 'tuning', number, proof }) as Promise<{
        status: number;
        body: { code: string; state: { zh: string }; fields: { zh: string; value: string }[] };
      }>;
    const right = await ask(body.number.toLowerCase(), '4321');
    assert.deepEqual(
      [right.status, right.body.state.zh, right.body.fields[0]],
      [200, '已预约', { zh: '钢琴', en: 'Piano', value: '卡瓦依' }],
    );
    assert.deepEqual(
      [(await ask(body.number, '0000')).body.code, (await ask('SF1234567', '4321')).body.code],
      ['LOOKUP_FAILED', 'RECORD_NUMBER_FOREIGN'],
    );
  });

  test('the look-up says instants and choices in the words of who asks', async () => {
    const { body } = await make({ piano: '珠江', phone: '13900004321', visitAt: '2026-12-01T01:30:00.000Z' });
    const asked = (await call('agent', 'POST', '/look-up', {
      kind: 'tuning',
      number: body.number,
      proof: '4321',
    })) as { body: { fields: { value: string }[] } };
    assert.deepEqual(
      asked.body.fields.map(({ value }) => value),
      ['珠江', '2026-12-01 09:30'],
    );
  });

  test('a record tells what happened to it, the newest first, with who and the note', async () => {
    const { body } = await make({ piano: '星海', visitAt: '2026-12-01T01:30:00.000Z' });
    await call('agent', 'PATCH', `/records/tuning/${body.id}`, { data: { note: '二楼' } });
    await call('agent', 'POST', `/records/tuning/${body.id}/move`, { to: 'done', note: '已试音' });
    const told = (await call('analyst', 'GET', `/records/tuning/${body.id}/history`)) as {
      body: {
        items: {
          what: string;
          by: string;
          state: { zh: string } | null;
          fields: { zh: string }[];
          note: string | null;
        }[];
      };
    };
    assert.deepEqual(
      told.body.items.map(({ what, by, state, fields, note }) => [
        what,
        by,
        state?.zh ?? fields[0]?.zh,
        note,
      ]),
      [
        ['moved', people.agent!.actor.name, '已完成', '已试音'],
        ['changed', people.agent!.actor.name, '备注', null],
        ['created', people.manager!.actor.name, '已预约', null],
      ],
    );
  });

  test('what was exported as CSV and XLSX can be imported again; wrong rows are told with line and field, right ones kept', async () => {
    await world.does(systemActor('test'), createCustomer, {
      kind: 'person',
      name: '李雷',
      phones: ['13700009999'],
    });
    const sheet =
      'piano,件数,要求,上门时间,客户电话,外部编号\n=1+1 立式,2,标准音高、清洁,2026/12/1 9:30,13700009999,x-1\n,1,,,,x-2\n三角,abc,,,,x-3\n';
    const content = Buffer.from(sheet).toString('base64');
    const rehearsed = (await call('manager', 'POST', '/records/tuning/import', {
      format: 'csv',
      content,
      dryRun: true,
    })) as { body: { created: number; refused: { line: number; zh: string }[] } };
    assert.equal(rehearsed.body.created, 0, 'a fee is missing, a piano is missing, a number is no number');
    assert.deepEqual(
      rehearsed.body.refused.map(({ line, zh }) => `${line} ${zh}`),
      ['2 费用：必填', '3 钢琴：必填', '4 件数：类型应为 数字'],
    );
    const unknown = Buffer.from('钢琴,要求,上门时间\n珠江,抛光,后天\n').toString('base64');
    const told = (await call('manager', 'POST', '/records/tuning/import', {
      format: 'csv',
      content: unknown,
      dryRun: true,
    })) as { body: { refused: { zh: string; en: string }[] } };
    assert.match(
      told.body.refused[0]!.zh,
      /要求：.*标准音高、清洁；上门时间：.*2026-03-05 14:00/,
      'options by their labels, a time as one writes it',
    );
    assert.match(told.body.refused[0]!.en, /Wishes: .*A 440, Cleaning/);
    const mended = Buffer.from(sheet.replace('标准音高、清洁', '标准音高')).toString('base64');
    const kept = (await call('manager', 'POST', '/records/tuning/import', {
      format: 'csv',
      content: mended,
    })) as { body: { created: number; refused: unknown[] } };
    assert.deepEqual([kept.body.created, kept.body.refused.length], [1, 2]);
    const listed = (await call('manager', 'GET', '/records/tuning?q=立式')) as {
      body: { items: (Made & { customerName: string })[] };
    };
    assert.deepEqual(
      [listed.body.items[0]!.customerName, listed.body.items[0]!.data.visitAt],
      ['李雷', '2026-12-01T01:30:00.000Z'],
    );
    const csv = (
      (await call('manager', 'GET', '/records/tuning/export?format=csv')) as { body: Buffer }
    ).body.toString();
    assert.ok(csv.includes("'=1+1 立式"), 'a cell that looks like a formula is shown, not calculated');
    const xlsx = (
      (await call('manager', 'GET', '/records/tuning/export?format=xlsx&q=立式')) as { body: Buffer }
    ).body;
    assert.equal(xlsx.subarray(0, 2).toString(), 'PK');
    const again = (await call('manager', 'POST', '/records/tuning/import', {
      format: 'xlsx',
      content: xlsx.toString('base64'),
    })) as { body: { created: number; updated: number; refused: unknown[] } };
    assert.deepEqual(again.body, { created: 0, updated: 1, masked: 0, refused: [] });
    assert.equal((await call('agent', 'GET', '/records/tuning/export?format=csv')).status, 403);
  });

  test('a record hangs below another, is listed there, and never below itself or its own', async () => {
    const [above, below, lowest] = [
      (await make({ piano: '上级' })).body,
      (await make({ piano: '下级' })).body,
      (await make({ piano: '再下级' })).body,
    ];
    const hang = (id: string, parentId: string | null) =>
      call('manager', 'PATCH', `/records/tuning/${id}`, { parentId });
    assert.equal((await hang(below.id, above.id)).status, 200);
    assert.equal((await hang(lowest.id, below.id)).status, 200);
    const under = (await call('manager', 'GET', `/records?parentId=${above.id}`)) as {
      body: { items: Made[] };
    };
    assert.deepEqual(
      under.body.items.map(({ id }) => id),
      [below.id],
    );
    for (const parent of [above.id, lowest.id, below.id, '00000000-0000-7000-8000-00000000ffff'])
      assert.equal((await hang(above.id, parent)).status, 422, parent);
    assert.equal((await hang(below.id, null)).status, 200);
    assert.equal((await hang(above.id, below.id)).status, 200);
  });

  test('the search box finds a record by number, title and the end of its customer’s phone; only for who may read it', async () => {
    const { id: customerId } = await world.does(systemActor('test'), createCustomer, {
      kind: 'person',
      name: '韩梅',
      phones: ['13700008642'],
    });
    const { body } = await make({ piano: '星海独一架' });
    await call('manager', 'PATCH', `/records/tuning/${body.id}`, { customerId });
    const found = async (who: Parameters<typeof call>[0], q: string) =>
      (
        (await call(who, 'GET', `/search?q=${encodeURIComponent(q)}&types=record`)) as {
          body: { items: { id: string; kind: string; hint: string }[] };
        }
      ).body.items;
    for (const q of [body.number, '星海独', '8642', '137 0000 8642'])
      assert.deepEqual(
        (await found('manager', q)).map(({ id, kind }) => [id, kind]),
        [[body.id, 'tuning']],
        q,
      );
    assert.match((await found('manager', '星海独'))[0]!.hint, /韩梅/);
    assert.deepEqual(await found('manager', '8641'), []);
  });

  test('masks of an export that come back change nothing; masks of anything else are refused by line', async () => {
    const { body } = await make({ piano: '施坦威', phone: '13800006789' });
    const sheet = (number: string, phone: string) =>
      Buffer.from(`编号,钢琴,费用,联系电话\n${number},施坦威二手,300,${phone}\n`).toString('base64');
    const imported = async (content: string) =>
      (
        (await call('manager', 'POST', '/records/tuning/import', { format: 'csv', content })) as {
          body: { created: number; updated: number; masked: number; refused: { zh: string }[] };
        }
      ).body;
    const back = await imported(sheet(body.number!, '138****6789'));
    assert.deepEqual([back.updated, back.masked, back.refused], [1, 1, []]);
    const kept = ((await call('manager', 'GET', `/records/tuning/${body.id}`)) as { body: Made }).body;
    assert.deepEqual([kept.data.phone, kept.data.piano], ['13800006789', '施坦威二手']);
    for (const content of [sheet(body.number!, '139****0000'), sheet('', '138****6789')]) {
      const told = await imported(content);
      assert.deepEqual([told.created, told.updated], [0, 0]);
      assert.match(told.refused[0]!.zh, /联系电话：.*遮盖后的内容，不会写入/);
    }
  });

  test('SD3h-06 SD3u-14 export needs its own permission, and what leaves carries who took it and when', async () => {
    assert.equal((await call('agent', 'GET', '/records/tuning/export?format=csv')).status, 403);
    const csv = (
      (await call('manager', 'GET', '/records/tuning/export?format=csv')) as { body: Buffer }
    ).body.toString();
    assert.match(csv.trimEnd().split('\n').at(-1)!, /※ .+ 导出于 .+仅限内部使用/);
    const again = (await call('manager', 'POST', '/records/tuning/import', {
      format: 'csv',
      content: Buffer.from(csv).toString('base64'),
    })) as { body: { created: number; refused: unknown[] } };
    assert.deepEqual([again.body.created, again.body.refused], [0, []], 'the mark is no row');
    const pdf = (
      (await call('manager', 'GET', '/records/tuning/export?format=pdf')) as { body: Buffer }
    ).body.toString('latin1');
    assert.match(pdf, /\/ca 0\.045/, 'a faint mark lies across the paper');
  });

  test('the paper form and the table are PDF with the Chinese font inside', async () => {
    const { body } = await make({
      piano: '德国手工立式钢琴',
      note: '客户要求周末上门，楼道窄，需两人搬移。'.repeat(6),
    });
    for (const path of [`/records/tuning/${body.id}/print.pdf`, '/records/tuning/export?format=pdf']) {
      const pdf = ((await call('manager', 'GET', path)) as { status: number; body: Buffer }).body;
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
      assert.match(pdf.toString('latin1'), /\/FontFile3/);
      assert.ok(pdf.length < 400_000, 'only the letters that are used travel along');
    }
  });

  test('counts by a field add up to the list, with shares', async () => {
    const { body } = (await call('analyst', 'GET', '/records/tuning/summary?by=state')) as {
      body: { total: number; items: { value: string; name: { zh: string }; count: number; share: number }[] };
    };
    assert.equal(
      body.items.reduce((all, { count }) => all + count, 0),
      body.total,
    );
    assert.equal(body.items.find(({ value }) => value === 'done')!.name.zh, '已完成');
  });

  test('P44 what is masked is neither counted by nor guessed digit after digit; a PIN is asked for by nobody', async () => {
    const { body: made } = await make({ piano: '三角钢琴', phone: '13955557777', code: '4711' });
    const found = async (who: string, query: string) =>
      ((await call(who, 'GET', `/records/tuning?${query}`)) as { body: { items: Made[] } }).body.items.some(
        ({ id }) => id === made.id,
      );
    for (const q of ['13955557777', '7777', '三角']) assert.ok(await found('analyst', `q=${q}`), q);
    for (const q of ['5555', '1395', '777', '%']) assert.ok(!(await found('analyst', `q=${q}`)), q);
    assert.ok(await found('manager', 'q=5555'), 'who sees it whole finds it by any part');
    for (const [who, by] of [
      ['analyst', 'phone'],
      ['analyst', 'code'],
      ['manager', 'code'],
    ] as const) {
      const { status } = await call(who, 'GET', `/records/tuning/summary?by=${by}`);
      assert.equal(status, 422, `${who} by ${by}`);
    }
    assert.equal((await call('manager', 'GET', '/records/tuning/summary?by=phone')).status, 200);
    assert.equal((await call('manager', 'GET', '/records/tuning?where=code:4711')).status, 422);
  });

  test('P43 a file holds what its taker may take along, not all that they may read', async () => {
    const mine = await make({ piano: '自己的琴' }, {}, 'agent');
    const taker = {
      ...people.agent!.actor,
      grants: { ...people.agent!.actor.grants, 'record.export': 'own' as const },
    };
    const { bytes } = await exported(world.centre, taker, 'tuning', 'csv', {}, 'zh-CN');
    const lines = String(bytes).trimEnd().split('\n');
    assert.deepEqual([lines.length, lines[1]!.includes(mine.body.number)], [3, true], 'head, one row, mark');
  });

  test('P43 only tickets that one may read are gathered: who gathers may speak to all of them at once', async () => {
    const ticketId = await ticketOf('别组', 'tech.fault');
    const cause = { ...tuning, key: 'cause', gathers: true };
    await world.centre.db.transaction((tx) =>
      runIn(world.centre, tx, systemActor('test'), {}, (context) =>
        defineKinds(context, 'causes', [cause], true),
      ),
    );
    const made = await call('agent', 'POST', '/records/cause', { data: { piano: '停电' } });
    const path = `/records/cause/${(made.body as Made).id}/tickets`;
    const gather = async (who: string) => (await call(who, 'POST', path, { ticketIds: [ticketId] })).status;
    assert.deepEqual([await gather('agent'), await gather('manager')], [404, 200]);
  });
});
