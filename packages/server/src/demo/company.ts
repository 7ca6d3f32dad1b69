/** 星河家电: the people and customers of the demo centre. Everybody is invented; phones are of the kind 139 0000 ….  */
import type { RoleKey } from '#contracts/permissions.ts';

export const demoPassword = 'zhike-demo-7300';

export type Staff = {
  login: string;
  name: string;
  roles: RoleKey[];
  groups: string[];
  lead?: boolean;
  maxChats?: number;
};

/** The nine log-ins of the start table, then their colleagues. */
export const staff: readonly Staff[] = [
  { login: 'admin', name: '郑管理', roles: ['admin'], groups: [] },
  { login: 'manager', name: '周经理', roles: ['manager'], groups: [] },
  { login: 'supervisor', name: '王芳', roles: ['supervisor'], groups: ['consult', 'relations'], lead: true },
  { login: 'agent', name: '李思', roles: ['agent'], groups: ['consult'], maxChats: 5 },
  { login: 'engineer', name: '赵强', roles: ['engineer'], groups: ['tech'] },
  { login: 'techlead', name: '孙磊', roles: ['techlead'], groups: ['tech', 'expert'], lead: true },
  { login: 'relations', name: '陈静', roles: ['relations'], groups: ['relations'] },
  { login: 'product', name: '吴敏', roles: ['product'], groups: ['consult'] },
  { login: 'analyst', name: '徐航', roles: ['analyst'], groups: [] },
  ...['刘洋', '黄婷', '何俊', '罗欣', '梁晨', '宋佳', '韩雪', '唐宁'].map((name, i) => ({
    login: `agent${i + 2}`,
    name,
    roles: ['agent'] as RoleKey[],
    groups: ['consult'],
  })),
  ...['冯涛', '邓超', '曹阳', '彭飞'].map((name, i) => ({
    login: `engineer${i + 2}`,
    name,
    roles: ['engineer'] as RoleKey[],
    groups: ['tech'],
  })),
  ...['蒋怡', '沈悦'].map((name, i) => ({
    login: `relations${i + 2}`,
    name,
    roles: ['relations'] as RoleKey[],
    groups: ['relations'],
  })),
];

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'];
const given = [
  '伟',
  '芳',
  '娜',
  '秀英',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '洋',
  '艳',
  '勇',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀兰',
  '霞',
  '平',
  '建国',
  '桂英',
  '志强',
  '晓红',
  '海燕',
];
const companies = [
  '云帆科技',
  '远景物业',
  '蓝桥酒店',
  '恒信贸易',
  '新东方文具',
  '清源水务',
  '嘉禾食品',
  '博雅学校',
];

export type DemoCustomer = {
  kind: 'person' | 'company' | 'partner';
  name: string;
  contactName?: string;
  contactTitle?: string;
  company?: string;
  industry?: string;
  level: 'vip' | 'normal' | 'potential';
  phones: string[];
  emails: string[];
  tags: string[];
  serviceHint?: string;
  remark?: string;
  cooperationSince?: string;
};

/** The n-th customer, always the same one. */
export const customer = (n: number): DemoCustomer => {
  const person = `${surnames[n % surnames.length]}${given[(n * 7) % given.length]}`;
  const phone = `139 0000 ${String(1000 + n).slice(-4)}`;
  const level = n % 8 === 0 ? 'vip' : n % 5 === 0 ? 'potential' : 'normal';
  const tags = [
    ...(n % 3 === 0 ? ['偏好电话沟通'] : []),
    ...(n % 4 === 0 ? ['关注售后响应速度'] : []),
    ...(n % 11 === 0 ? ['老客户'] : []),
  ];
  const base = {
    level,
    tags,
    phones: [phone],
    emails: n % 2 === 0 ? [`customer${n}@mail.example`] : [],
  } as const;
  if (n % 5 === 4) {
    const company = `${companies[n % companies.length]}${n >= 40 ? n : ''}有限公司`;
    return {
      ...base,
      tags: [...tags],
      phones: [...base.phones],
      emails: [...base.emails],
      kind: n % 10 === 9 ? 'partner' : 'company',
      name: company,
      company,
      contactName: person,
      contactTitle: '行政主管',
      industry: ['制造', '教育', '零售', '酒店'][n % 4],
      cooperationSince: `202${n % 6}-03-01`,
      remark: n % 15 === 4 ? '每月 5 日前发送上月服务报告' : undefined,
    };
  }
  return {
    ...base,
    tags: [...tags],
    phones: [...base.phones],
    emails: [...base.emails],
    kind: 'person',
    name: person,
    serviceHint: n % 13 === 5 ? '年长客户，请放慢语速，用词简单' : undefined,
  };
};

/** Views that the team keeps, two of them for all. */
export const views = [
  {
    who: 'supervisor',
    kept: {
      name: '一天没有动静',
      condition: { 'ticket.quietHours': { over: 24 }, 'ticket.resolved': false },
      sort: 'due',
      share: 'all',
    },
  },
  {
    who: 'manager',
    kept: {
      name: '要紧客户的投诉',
      condition: {
        'ticket.complaint': true,
        any: [{ 'customer.level': 'vip' }, { 'ticket.priority': ['P1', 'P2'] }],
      },
      sort: 'due',
      share: 'all',
    },
  },
  {
    who: 'agent',
    kept: {
      name: '等客户回复的',
      condition: { 'ticket.mine': true, 'ticket.status': ['waiting_customer', 'pending_confirmation'] },
    },
  },
] as const;
