/** Every form of the handbooks: its fields are there, it is filled in, printed, listed by day, and leaves as sheet and PDF. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Field } from '#contracts/pack.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sheetCells } from '#kernel/sheet.ts';
import { switchPlaybook } from '#modules/playbooks/index.ts';
import { createRecord, kindOf, listRecords, recordById } from '#modules/records/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

/** The form, the kind of record it is here, and the fields the handbook names. */
const forms: [string, string, string[]][] = [
  [
    '投诉处理结果确认表',
    'complaint_result',
    ['解决方案', '完成时间', '客户是否满意', '满意度（0–100）', '客户意见'],
  ],
  [
    '周度服务数据简报',
    'weekly_brief',
    ['响应时长（分钟）', '首次解决率（%）', '满意度评分（0–100）', '投诉复发率（%）'],
  ],
  [
    '季度服务总结报告',
    'quarter_report',
    ['受理工单', '已解决', '平均解决时长（小时）', '已解决的问题', '处理中的问题与进展', '新品推荐'],
  ],
  ['新客户体验问卷', 'welcome_survey', ['总体满意度（0–100）', '改进建议']],
  ['售前记录', 'lead', ['咨询渠道', '客户类型', '核心问题', '意向等级', '预算（元）']],
  ['售后受理', 'after_sales_form', ['问题描述', '联系方式', '购买时间']],
  [
    '公共信息记录表',
    'public_info',
    ['日期时间', '业主姓名', '房间号', '联系电话', '事项分类', '内容', '第一接听人', '处理结果', '业主反馈'],
  ],
  [
    '信访登记',
    'letter',
    ['来信日期', '扫描件', '来信内容', '调查情况', '处理情况', '回访情况', '转办部门', '答复结果'],
  ],
  ['预约登记', 'appointment', ['客户姓名', '门店', '到店时间', '指定专家', '未到原因', '未成交原因']],
  ['退换货登记表', 'return_request', ['店铺', '登记人', '问题', '数量', '型号', '退货单号', '处理']],
  [
    '维修登记',
    'repair',
    ['产品型号', '故障现象', '保修状态', '服务方式', '件数', '约定完成时间', '费用（元）', '维修结果'],
  ],
  ['任务单', 'repair', ['服务类型', '服务中心', '维修结果']],
  [
    '运单',
    'waybill',
    [
      '寄件人',
      '寄件人电话',
      '寄件地址',
      '收件人',
      '收件人电话',
      '收件地址',
      '货物名称',
      '件数',
      '重量（公斤）',
      '服务方式',
      '付款方式',
      '约定提货时间',
    ],
  ],
  ['跟踪记录', 'waybill_track', ['运单号', '跟踪时间', '跟踪人', '跟踪内容']],
  [
    '离席申请',
    'seat_leave',
    ['类型', '原因', '当时在线人数', '审批人', '审批结果', '离席时间', '归席时间', '超时（分钟）'],
  ],
  ['交接班记录', 'shift_handover', ['未结工单', '未兑现承诺', '待回访', '异常', '交班人', '接班人']],
  ['客服交接班记录', 'clinic_handover', ['未结工单', '未兑现承诺', '待回访', '异常', '交班人', '接班人']],
];

let world: World;
let manager: Actor;
let base = '';
let authorization = '';
const machine = systemActor('test');
before(async () => {
  world = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
  manager = await world.person('manager');
  authorization = `Bearer ${await world.token(manager)}`;
  base = `${(await world.listen()).base}/api/v1`;
  for (const key of [
    'service_centre',
    'complaint',
    'feedback',
    'weekly_brief',
    'quarter_report',
    'welcome',
    'presales',
    'after_sales',
    'property',
    'property_reception',
    'property_letter',
    'property_shift',
    'clinic',
    'clinic_calls',
    'clinic_shift',
    'postal',
    'repair',
    'courier',
    'seat_leave',
    'service_monthly',
  ])
    await world.does(machine, switchPlaybook, { key, enabled: true });
});
after(() => world.end());

const at = '2026-03-05T02:00:00.000Z';
/** Something that may stand in a field; a record that is named is made first. */
const value = async (field: Field): Promise<unknown> => {
  switch (field.type) {
    case 'number':
    case 'money':
      return field.min ?? 1;
    case 'date':
      return '2026-03-05';
    case 'instant':
      return at;
    case 'choice':
      return field.options![0]!.key;
    case 'choices':
      return [field.options![0]!.key];
    case 'yes':
      return true;
    case 'phone':
      return '13800001234';
    case 'email':
      return 'a@example.cn';
    case 'staff':
      return manager.id;
    case 'pin':
      return '246810';
    case 'record':
      return (await made(field.kind!)).number;
    default:
      return field.pattern ? '110022' : `${field.zh}样例`;
  }
};
const made = async (key: string) => {
  const kind = (await kindOf(world.db, key))!;
  const data: Record<string, unknown> = {};
  for (const field of kind.fields)
    if (field.required || field.type === 'long') data[field.key] = await value(field);
  const { id } = await world.does(machine, createRecord, { kind: key, data: data as never });
  return recordById(world.centre, manager, key, id);
};
const taken = async (path: string) => {
  const response = await fetch(`${base}/records/${path}`, { headers: { authorization } });
  assert.equal(response.status, 200, `${path}: ${response.status === 200 ? '' : await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
};

const proves = async (key: string, fields: readonly string[]) => {
  const kind = (await kindOf(world.db, key))!;
  assert.ok(kind.enabled, key);
  const labels = kind.fields.map(({ zh }) => zh);
  assert.deepEqual(
    fields.filter((one) => !labels.includes(one)),
    [],
    `${key} lacks; it has ${labels.join('、')}`,
  );
  const record = await made(key);
  const day = async (asked: string) =>
    (await listRecords(world.centre, manager, key, { day: asked })).items.some(({ id }) => id === record.id);
  assert.deepEqual([await day(record.day), await day('2025-01-01')], [true, false], 'by day');
  const sheet = `${key}/export?day=${record.day}`;
  const [head, ...rows] = await sheetCells('xlsx', await taken(`${sheet}&format=xlsx`));
  assert.deepEqual(
    fields.filter((one) => !head!.includes(one)),
    [],
    'columns of the sheet',
  );
  assert.ok(
    rows.some((cells) => cells.includes(record.number ?? record.title)),
    'its line',
  );
  for (const path of [`${sheet}&format=pdf`, `${key}/${record.id}/print.pdf`]) {
    const paper = await taken(path);
    assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
    assert.match(paper.toString('latin1'), /\/FontFile3/, 'Chinese letters are inside');
  }
};

describe('a form is filled in, printed, listed by day, and leaves as XLSX and PDF', () => {
  test('SD3d-14 《接待记录表》 exists and lists by day', () =>
    proves('reception_record', [
      '来访时间',
      '来访人',
      '房号',
      '联系电话',
      '事由',
      '处理情况',
      '处理结果',
      '接待人',
    ]));
  test('SD3e-05 《投诉与意见月度分析表》 leaves the house', () =>
    proves('service_analysis', ['投诉件数', '投诉原因', '意见条数', '意见主题', '涉及部门']));
  test('SD3t-07 《投诉汇总表》 has its four groups and leaves as one table', () =>
    proves('postal_complaint', [
      '受理时间',
      '受理人',
      '投诉来源',
      '邮件号码',
      '邮件种类',
      '寄出地',
      '寄达地',
      '交寄日期',
      '投诉人姓名',
      '投诉人电话',
      '与邮件的关系',
      '具体描述',
      '客户诉求',
    ]));
  test('SD3u-10 《客服电话记录》 leaves with its six columns', () =>
    proves('call_record', ['来电时间', '客户姓名', '联系方式', '预约及消费意向', '联系部门', '反馈结果']));
  for (const [form, key, fields] of forms) test(`《${form}》`, () => proves(key, fields));
});
