import type { TimelineEntry } from '#ui/timeline.tsx';

/** Made-up contents for the gallery; no text here is said by a real screen. */
export type Sample = {
  id: string;
  number: string;
  priority: 'P1' | 'P2' | 'P3' | 'P4';
  subject: string;
  customer: string;
  status: string;
  due: number;
};

const subjects = [
  '登录后首页空白，刷新无效',
  '发票抬头开错，需要作废重开',
  '设备序列号 ZK-8042 固件升级到 v3.2.1 后 Wi-Fi 频繁掉线，重启路由器也没有改善，已经影响门店收银',
  '催问：退款何时到账？',
  '想了解企业版的价格与并发数',
];
const customers = ['陈小姐', '上海云栖信息技术有限公司', '王建国', 'Marta Kowalski', '欧阳明月'];
const statuses = ['待受理', '处理中', '待客户补充', '已挂起', '待客户确认'];

export const samples: Sample[] = Array.from({ length: 1000 }, (_, at) => ({
  id: `s${at}`,
  number: `T20261122${String(at + 1).padStart(4, '0')}`,
  priority: (['P1', 'P2', 'P3', 'P4'] as const)[(at * 7) % 4] ?? 'P4',
  subject: subjects[at % subjects.length] ?? '',
  customer: customers[(at * 3) % customers.length] ?? '',
  status: statuses[(at * 2) % statuses.length] ?? '',
  due: (at % 9) * 13 * 60_000 - 20 * 60_000,
}));

export const longText =
  '您好，我们公司在全国有一百二十六家门店，上周五（11 月 20 日）统一把收银系统升级到 v3.2.1，之后陆续有三十多家门店反映：高峰时段扫码付款后，屏幕一直停在“支付处理中”，顾客那边却已经扣款。\n\n店员只好让顾客再付一次，结果出现重复扣款，目前登记到的有 58 笔、共计 12,846.50 元。我们已经按照《故障处理手册》第 4.2 节清过缓存、重启过 POS 机，也换过 4G 网络，都没有改善。\n\n明天开始是店庆活动，客流会是平时的三倍以上，请务必在今天 18:00 之前给我们一个临时方案，并安排工程师到旗舰店（上海市静安区南京西路 1266 号）现场支持。联系人：李女士，工号 A-1027。';

export const entries: TimelineEntry[] = [
  { id: '1', at: '2026-11-21T01:02:00Z', side: 'system', body: '邮件登记为工单 T202611220001' },
  { id: '2', at: '2026-11-21T01:02:00Z', side: 'system', body: '按矩阵定为 P2：紧急程度高，影响部分用户' },
  { id: '3', at: '2026-11-21T01:03:00Z', side: 'system', body: '派给技术支持组' },
  {
    id: '4',
    at: '2026-11-21T01:05:00Z',
    side: 'in',
    author: '李女士',
    body: '升级到 v3.2.1 之后收银机一直转圈，顾客已经扣款，怎么办？',
  },
  {
    id: '5',
    at: '2026-11-21T01:06:30Z',
    side: 'out',
    author: '周敏 · 1027',
    body: '李女士您好，我是知客的周敏。请先不要让顾客重复付款，我正在查这笔交易。',
    meta: '已送达',
  },
  {
    id: '6',
    at: '2026-11-21T01:08:00Z',
    side: 'note',
    author: '周敏',
    body: '和支付网关核对过：回调超时，与 11 月 18 日的变更有关。@王工 请看日志。',
  },
  {
    id: '7',
    at: '2026-11-22T02:00:00Z',
    side: 'out',
    author: '周敏 · 1027',
    body: '临时方案：请在设置里把“支付超时”改为 60 秒。',
    state: 'sending',
  },
  {
    id: '8',
    at: '2026-11-22T02:01:00Z',
    side: 'out',
    author: '周敏 · 1027',
    body: '附上操作截图。',
    state: 'failed',
  },
];
