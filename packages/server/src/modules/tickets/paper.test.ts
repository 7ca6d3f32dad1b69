import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { sheetCells } from '#kernel/sheet.ts';
import { sql } from '#kernel/sql.ts';
import { createToken } from '#modules/identity/index.ts';
import { archiveTicket } from './commands/archive.ts';
import { claimTicket, closeTicket, confirmTicket, openTicket, resolveTicket, startTicket } from './index.ts';
import { writeMessage } from './commands/write.ts';

let world: World;
let agent: Actor;
let stranger: Actor;
let supervisor: Actor;
let base = '';
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  base = (await world.listen()).base;
  agent = await world.person('agent', { groups: ['consult'], name: '李思' });
  stranger = await world.person('agent', { groups: ['relations'] });
  supervisor = await world.person('supervisor', { groups: ['consult'] });
});
after(() => world.end());

const taken = async (who: Actor, path: string) => {
  const token = `zk_${world.centre.ids.secret(32)}`;
  await send(world.centre, createToken, { userId: who.id, name: 't', token }, systemActor('test'));
  const response = await fetch(`${base}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, 'accept-language': 'zh-CN' },
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: Buffer.from(await response.arrayBuffer()),
  };
};
const opened = async (name: string) =>
  (
    await world.does(agent, openTicket, {
      customer: {
        kind: 'company',
        name: '云帆科技有限公司',
        contactName: name,
        company: '云帆科技',
        phones: ['13800001234'],
      },
      channel: 'phone',
      category: 'consult.feature',
      urgency: 'high',
      impact: 'single',
      subject: '怎样导出账单',
      description: '【现象】找不到导出',
    })
  ).id;
const isPaper = ({ status, type, body }: Awaited<ReturnType<typeof taken>>) => {
  assert.deepEqual([status, type, body.subarray(0, 5).toString()], [200, 'application/pdf', '%PDF-']);
  assert.match(body.toString('latin1'), /\/FontFile3/, 'the Chinese font goes with it');
};

test('SD1-38 the registration form of a ticket is taken as a sheet with its ten fields in order, and as paper; who took it is audited', async () => {
  const id = await opened('赵敏');
  const sheet = await taken(agent, `/tickets/${id}/registration?format=xlsx&locale=zh-CN`);
  const [head, row] = await sheetCells('xlsx', sheet.body);
  assert.deepEqual(head, [
    '客户姓名',
    '客户类型',
    '联系电话',
    '所属公司/部门',
    '需求类型',
    '问题描述',
    '紧急程度',
    '期望解决时间',
    '受理人员',
    '受理时间',
  ]);
  assert.deepEqual(row, [
    '赵敏',
    '企业',
    '138****1234',
    '云帆科技',
    '咨询类 / 功能咨询',
    '【现象】找不到导出',
    '高',
    '尽快',
    '李思',
    '2026-11-18 10:00',
  ]);
  isPaper(await taken(agent, `/tickets/${id}/registration?format=pdf`));
  const lines = await world.db.all(
    sql<{
      data: { form: string; ticketId: string };
    }>`select body::jsonb -> 'data' as data from audit where action = 'tickets.export' and actor_id = ${agent.id}`,
  );
  assert.deepEqual(
    lines.map(({ data }) => [data.form, data.ticketId]),
    [
      ['registration', id],
      ['registration', id],
    ],
  );
  assert.equal((await taken(stranger, `/tickets/${id}/registration?format=pdf`)).status, 404);
});

test('SD1-38 the registration forms of a day are one sheet or paper, with the tickets one may read; who took it is audited', async () => {
  const day = '/tickets/registrations/file?day=2026-11-18&locale=zh-CN';
  const [head, row, mark] = await sheetCells('xlsx', (await taken(agent, `${day}&format=xlsx`)).body);
  assert.deepEqual(
    [(head as string[])[0], (head as string[])[1], (head as string[]).length],
    ['工单号', '客户姓名', 11],
  );
  assert.deepEqual((row as string[]).slice(1), [
    '赵敏',
    '企业',
    '138****1234',
    '云帆科技',
    '咨询类 / 功能咨询',
    '【现象】找不到导出',
    '高',
    '尽快',
    '李思',
    '2026-11-18 10:00',
  ]);
  assert.match(String(mark![0]), /^※ 李思 导出于 2026-11-18 10:/);
  isPaper(await taken(agent, `${day}&format=pdf`));
  const rowsOf = async (who: Actor, query: string) =>
    (await sheetCells('xlsx', (await taken(who, query)).body)).length - 2;
  assert.equal(await rowsOf(stranger, `${day}&format=xlsx`), 0, 'another group sees none of them');
  assert.equal(
    await rowsOf(agent, `${day.replace('18', '17')}&format=xlsx`),
    0,
    'none was taken the day before',
  );
  const lines = await world.db.all(
    sql<{
      data: { form: string; day: string; rows: number };
    }>`select body::jsonb -> 'data' as data from audit where action = 'tickets.export' and actor_id = ${agent.id} and body::jsonb -> 'data' ->> 'form' = 'registrations' order by at`,
  );
  assert.deepEqual(
    lines.map(({ data }) => [data.day, data.rows]),
    [
      ['2026-11-18', 1],
      ['2026-11-18', 1],
      ['2026-11-17', 0],
    ],
  );
  assert.equal((await taken(agent, '/tickets/registrations/file?day=18&format=xlsx')).status, 422);
});

test('SD1-46 the progress table is taken as XLSX and as paper, with the rows one may read', async () => {
  const { body } = await taken(supervisor, '/tickets/tracking/file?format=xlsx&locale=zh-CN');
  const [head, first, mark] = await sheetCells('xlsx', body);
  assert.deepEqual((head as string[]).slice(0, 4), ['工单号', '客户名称', '问题类型', '优先级']);
  assert.deepEqual((first as string[])[1], '云帆科技有限公司');
  assert.match(String(mark![0]), /^※ .* 导出于 2026-11-18 10:/);
  isPaper(await taken(supervisor, '/tickets/tracking/file?format=pdf'));
  assert.equal((await taken(stranger, '/tickets/tracking/file?format=xlsx')).status, 403);
});

test('SD1-36 an archived ticket shows its six parts on screen and on paper, and refuses edits', async () => {
  const id = await opened('钱进');
  await world.does(agent, claimTicket, { id });
  await world.does(agent, startTicket, { id });
  await world.does(agent, writeMessage, { id, visibility: 'public', body: '在账单页右上角导出。' });
  await world.does(agent, resolveTicket, {
    id,
    resolution: { solution: '已说明导出位置', steps: '打开账单页', cautions: '仅限管理员' },
  });
  await world.does(agent, confirmTicket, { id });
  await world.does(agent, closeTicket, { id });
  assert.equal((await taken(agent, `/tickets/${id}/archive.pdf`)).status, 404, 'not archived yet');
  await world.does(supervisor, archiveTicket, { id });
  const { parts } = JSON.parse((await taken(agent, `/tickets/${id}/archive`)).body.toString());
  assert.equal(parts.customer.name, '云帆科技有限公司');
  assert.equal(parts.request.description, '【现象】找不到导出');
  assert.ok(parts.process.messages.some((one: { body: string }) => one.body === '在账单页右上角导出。'));
  assert.ok(parts.process.events.some((one: { type: string }) => one.type === 'ticket.resolved'));
  assert.equal(parts.solution.resolution.solution, '已说明导出位置');
  assert.ok(parts.feedback.confirmedAt);
  assert.deepEqual(parts.attachments, []);
  isPaper(await taken(agent, `/tickets/${id}/archive.pdf?locale=zh-CN`));
  assert.equal((await taken(stranger, `/tickets/${id}/archive.pdf`)).status, 404);
  await assert.rejects(world.does(agent, writeMessage, { id, visibility: 'internal', body: '补充' }), {
    code: 'TICKET_ARCHIVED',
  });
});
