/** The tables of the handbooks are kinds of records: they exist once their pack is on, and leave as sheet and paper. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { switchPlaybook } from '#modules/playbooks/index.ts';
import { allKinds, createRecord } from '#modules/records/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

let world: World;
let manager: Actor;
let base = '';
let authorization = '';
const machine = systemActor('test');
before(async () => {
  world = await newWorld();
  manager = await world.person('manager');
  authorization = `Bearer ${await world.token(manager)}`;
  base = `${(await world.listen()).base}/api/v1`;
  for (const key of ['service_centre', 'complaint', 'feedback', 'feedback_report'])
    await world.does(machine, switchPlaybook, { key, enabled: true });
});
after(() => world.end());

const tables = [
  {
    kind: 'service_record',
    columns: ['问题详情', '解决办法', '是否满意', '服务后 30 天购买金额（元）'],
    data: {
      stage: 'after_sales',
      type: 'consult',
      name: '张伟',
      contact: '13800001234',
      problem: '三次没修好',
    },
    says: '三次没修好',
  },
  {
    kind: 'complaint_form',
    columns: ['投诉时间', '问题描述', '客户诉求', '严重程度'],
    data: {
      complainedAt: '2026-11-18T02:00:00Z',
      problem: '上门迟到',
      demand: '道歉',
      urgency: 'high',
      severity: 'normal',
      cause: 'service',
    },
    says: '上门迟到',
  },
  {
    kind: 'feedback_analysis',
    columns: ['维度', '主题', '条数', '占比（%）', '典型原话', '负责部门', '改进措施', '客户行业'],
    data: { topic: '售后热线慢', count: 30, share: 30, words: '打不进' },
    says: '售后热线慢',
  },
];

test('SD4-30 the service record, the complaint form and the analysis of feedback exist and leave as CSV, XLSX and PDF', async () => {
  const kinds = await allKinds(world.db);
  for (const { kind: key, columns, data, says } of tables) {
    const kind = kinds.find((one) => one.key === key)!;
    assert.ok(kind.enabled, key);
    const labels = kind.fields.map(({ zh }) => zh);
    for (const column of columns) assert.ok(labels.includes(column), `${key}: ${column}`);
    await world.does(machine, createRecord, { kind: key, data: data as never });
    const taken = async (format: string) => {
      const response = await fetch(`${base}/records/${key}/export?format=${format}`, {
        headers: { authorization },
      });
      assert.equal(response.status, 200, `${key} ${format}: ${await response.clone().text()}`);
      return Buffer.from(await response.arrayBuffer());
    };
    const csv = (await taken('csv')).toString('utf8');
    assert.ok(csv.includes(says) && columns.every((column) => csv.includes(column)), csv.slice(0, 400));
    assert.equal((await taken('xlsx')).subarray(0, 2).toString(), 'PK');
    assert.equal((await taken('pdf')).subarray(0, 4).toString(), '%PDF');
  }
});
