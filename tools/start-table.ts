/** What `npm start` prints when everything is up. */
import { table } from './say.ts';
import type { StartedServer } from './server-doors.ts';

const DEMO_ROLES: [chinese: string, english: string, login: string][] = [
  ['系统管理员', 'administrator', 'admin'],
  ['客服经理', 'service manager', 'manager'],
  ['客服班长', 'supervisor', 'supervisor'],
  ['客服坐席', 'agent', 'agent'],
  ['技术支持工程师', 'support engineer', 'engineer'],
  ['技术主管', 'technical lead', 'techlead'],
  ['客户关系专员', 'customer relations', 'relations'],
  ['产品经理', 'product manager', 'product'],
  ['数据分析师', 'analyst', 'analyst'],
];

export function startTable(server: StartedServer, tookMs: number): string[] {
  const { urls, demoPassword, setupLink } = server;
  const rows = [
    ['工作台', 'desk', urls.desk],
    ['客户门户', 'portal', urls.portal],
    ['网页挂件', 'page with the widget', urls.widgetPage],
    ['接口文档', 'API docs', urls.docs],
  ];
  if (setupLink) rows.push(['首次设置', 'set-up link, works once', setupLink]);
  if (demoPassword) {
    rows.push(['', '', '']);
    rows.push(['演示登录', 'demo log-ins', `密码 password  ${demoPassword}`]);
    for (const [chinese, english, login] of DEMO_ROLES)
      rows.push([chinese, english, `${login}@demo.example`]);
  }
  const seconds = (tookMs / 1_000).toFixed(1);
  return [
    '',
    `知客已就绪 Zhike is ready (${seconds} s)`,
    '',
    ...table(rows).map((line) => `  ${line}`.trimEnd()),
    '',
    'Ctrl-C 停止 stops everything',
    '',
  ];
}
