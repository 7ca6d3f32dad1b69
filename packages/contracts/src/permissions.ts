/** Permissions are action × scope. The action stands in the contract line of a route; the scope is applied in SQL. */
import type { Scope } from './words.ts';

type Entry = {
  zh: string;
  en: string;
  /** Scopes that mean something for it; one entry means the permission has no rows to narrow. */ scopes: readonly Scope[];
};
const rows = ['own', 'group', 'channel', 'all'] as const;
const whole = ['all'] as const;

export const permissions = {
  'ticket.read': { zh: '查看工单', en: 'Read tickets', scopes: rows },
  'ticket.create': { zh: '登记工单', en: 'Open tickets', scopes: whole },
  'ticket.work': { zh: '处理工单', en: 'Work on tickets', scopes: rows },
  'ticket.claim': { zh: '申领工单', en: 'Claim from the pool', scopes: rows },
  'ticket.assign': { zh: '分派与转派', en: 'Assign and reassign', scopes: rows },
  'ticket.override': { zh: '越权关闭、改优先级', en: 'Override closing and priority', scopes: rows },
  'ticket.reopen': { zh: '重开工单', en: 'Reopen tickets', scopes: rows },
  'view.share': { zh: '共享工单视图', en: 'Share views of tickets', scopes: whole },
  'complaint.handle': { zh: '处理投诉', en: 'Handle complaints', scopes: rows },
  'complaint.approve': { zh: '审核投诉方案', en: 'Approve complaint plans', scopes: rows },
  'conversation.read': { zh: '查看会话', en: 'Read conversations', scopes: rows },
  'conversation.serve': { zh: '接待会话', en: 'Serve conversations', scopes: rows },
  'conversation.takeover': { zh: '接管会话', en: 'Take conversations over', scopes: rows },
  // A customer belongs to nobody: whoever answers must know who is calling (docs/decisions/0027).
  'customer.read': { zh: '查看客户', en: 'Read customers', scopes: whole },
  'customer.write': { zh: '登记与修改客户', en: 'Write customers', scopes: whole },
  'customer.merge': { zh: '合并客户', en: 'Merge customers', scopes: whole },
  'customer.import': { zh: '导入客户', en: 'Import customers', scopes: whole },
  'customer.unmask': { zh: '查看完整联系方式', en: 'See unmasked contact data', scopes: whole },
  'customer.reveal': { zh: '注明理由后查看联系方式', en: 'Reveal contact data with a reason', scopes: whole },
  'floor.read': { zh: '查看班组现场', en: 'See the floor', scopes: rows },
  'floor.control': { zh: '调度坐席', en: 'Control agents', scopes: rows },
  'incident.switch': { zh: '启停应急模式', en: 'Switch incident mode', scopes: whole },
  'survey.read': { zh: '查看评价', en: 'Read ratings', scopes: rows },
  'record.read': { zh: '查看业务记录', en: 'Read records', scopes: rows },
  'record.write': { zh: '登记与修改业务记录', en: 'Write records', scopes: rows },
  'record.import': { zh: '导入业务记录', en: 'Import records', scopes: whole },
  'record.export': { zh: '导出业务记录', en: 'Export records', scopes: rows },
  'task.read': { zh: '查看待办', en: 'Read tasks', scopes: rows },
  'task.work': { zh: '办理待办', en: 'Work on tasks', scopes: rows },
  'task.assign': { zh: '转交待办', en: 'Hand tasks over', scopes: rows },
  'playbook.read': { zh: '查看流程', en: 'Read playbooks', scopes: whole },
  'playbook.run': { zh: '启动流程', en: 'Start playbooks', scopes: whole },
  'playbook.write': { zh: '编辑与发布流程', en: 'Edit and publish playbooks', scopes: whole },
  'knowledge.read': { zh: '查阅知识库', en: 'Read the knowledge base', scopes: whole },
  'knowledge.write': { zh: '编写与发布知识', en: 'Write and publish knowledge', scopes: whole },
  'report.read': { zh: '查看报表', en: 'Read reports', scopes: rows },
  'goal.write': { zh: '制定与复盘服务目标', en: 'Set and review goals', scopes: whole },
  'audit.read': { zh: '查看审计', en: 'Read the audit', scopes: whole },
  'settings.read': { zh: '查看设置', en: 'Read settings', scopes: whole },
  'settings.write': { zh: '修改设置', en: 'Change settings', scopes: whole },
  'calendar.write': { zh: '维护日历', en: 'Maintain calendars', scopes: whole },
  'policy.write': { zh: '维护时限规则', en: 'Maintain policies', scopes: whole },
  'channel.write': { zh: '维护渠道', en: 'Maintain channels', scopes: whole },
  'channel.ingest': { zh: '经接口送入消息', en: 'Push inbound messages', scopes: whole },
  'user.read': { zh: '查看人员', en: 'Read users', scopes: whole },
  'user.write': { zh: '维护人员与角色', en: 'Maintain users and roles', scopes: whole },
  'retention.manage': { zh: '管理保存期限与保全', en: 'Manage retention and holds', scopes: whole },
  'operations.read': { zh: '查看运行状况', en: 'Read operations', scopes: whole },
  'operations.write': { zh: '处理死信与隔离', en: 'Handle dead letters and quarantine', scopes: whole },
} as const satisfies Record<string, Entry>;

export type Permission = keyof typeof permissions;
export type Grants = Partial<Record<Permission, Scope>>;

export type RolePreset = {
  key: string;
  zh: string;
  en: string;
  /** What handbooks call it besides. */
  also?: readonly string[];
  rows: readonly string[];
  grants: Grants;
};

const desk: Grants = {
  'ticket.read': 'group',
  'ticket.create': 'all',
  'ticket.work': 'own',
  'ticket.claim': 'group',
  'ticket.reopen': 'own',
  'conversation.read': 'group',
  'conversation.serve': 'own',
  'customer.read': 'all',
  'customer.write': 'all',
  'customer.reveal': 'all',
  'record.read': 'all',
  'record.write': 'all',
  'task.read': 'group',
  'task.work': 'own',
  'task.assign': 'own',
  'playbook.read': 'all',
  'playbook.run': 'all',
  'knowledge.read': 'all',
  'user.read': 'all',
};
const lead: Grants = {
  ...desk,
  'ticket.read': 'all',
  'ticket.work': 'all',
  'ticket.claim': 'all',
  'ticket.assign': 'all',
  'ticket.override': 'all',
  'ticket.reopen': 'all',
  'view.share': 'all',
  'conversation.read': 'all',
  'conversation.serve': 'all',
  'conversation.takeover': 'all',
  'floor.read': 'all',
  'floor.control': 'all',
  'survey.read': 'all',
  'record.export': 'all',
  'task.read': 'all',
  'task.work': 'all',
  'task.assign': 'all',
  'report.read': 'all',
};
const everything = Object.fromEntries(Object.keys(permissions).map((key) => [key, 'all'])) as Grants;

/** Role presets of SD1-48 and SD4-03. */
export const rolePresets = [
  {
    key: 'agent',
    zh: '客服代表',
    en: 'Service representative',
    also: ['客服专员'],
    rows: ['SD1-48', 'SD4-03'],
    grants: desk,
  },
  {
    key: 'supervisor',
    zh: '客服主管',
    en: 'Service supervisor',
    rows: ['SD1-48'],
    grants: {
      ...lead,
      'incident.switch': 'all',
      'complaint.handle': 'all',
      'complaint.approve': 'all',
      'settings.read': 'all',
      'operations.read': 'all',
      'customer.merge': 'all',
      'knowledge.write': 'all',
    },
  },
  {
    key: 'product',
    zh: '产品专员',
    en: 'Product specialist',
    also: ['产品/技术支持专员'],
    rows: ['SD1-48', 'SD4-03'],
    grants: { ...desk, 'knowledge.write': 'all' },
  },
  { key: 'engineer', zh: '技术支持工程师', en: 'Support engineer', rows: ['SD1-48'], grants: desk },
  {
    key: 'techlead',
    zh: '技术主管',
    en: 'Technical lead',
    rows: ['SD1-48'],
    grants: {
      ...lead,
      'ticket.assign': 'group',
      'ticket.override': 'group',
      'conversation.takeover': 'group',
    },
  },
  {
    key: 'relations',
    zh: '客户关系专员',
    en: 'Customer relations specialist',
    rows: ['SD1-48', 'SD4-03'],
    grants: { ...desk, 'complaint.handle': 'all', 'survey.read': 'all' },
  },
  {
    key: 'manager',
    zh: '服务经理',
    en: 'Service manager',
    also: ['客户服务经理'],
    rows: ['SD4-03'],
    grants: {
      ...lead,
      'incident.switch': 'all',
      'complaint.approve': 'all',
      'settings.read': 'all',
      'settings.write': 'all',
      'calendar.write': 'all',
      'policy.write': 'all',
      'goal.write': 'all',
      'playbook.write': 'all',
      'knowledge.write': 'all',
      'record.import': 'all',
      'customer.import': 'all',
      'retention.manage': 'all',
      'audit.read': 'all',
      'operations.read': 'all',
      'customer.merge': 'all',
      'customer.unmask': 'all',
    },
  },
  {
    key: 'analyst',
    zh: '数据分析师',
    en: 'Data analyst',
    rows: ['SD4-03'],
    grants: {
      'ticket.read': 'all',
      'conversation.read': 'all',
      'customer.read': 'all',
      'survey.read': 'all',
      'record.read': 'all',
      'record.export': 'all',
      'task.read': 'all',
      'playbook.read': 'all',
      'knowledge.read': 'all',
      'report.read': 'all',
      'floor.read': 'all',
      'user.read': 'all',
      'settings.read': 'all',
    },
  },
  { key: 'admin', zh: '管理员', en: 'Administrator', rows: ['SD1-48'], grants: everything },
] as const satisfies readonly RolePreset[];

export type RoleKey = (typeof rolePresets)[number]['key'];
