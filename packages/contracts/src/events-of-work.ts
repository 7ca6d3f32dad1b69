/** The part of the event catalogue that records, tasks, runs, playbooks and views bring. */
import { Type, obj, opt, nullable, Id, Instant, text, oneOf } from './schema.ts';
import { audiences, taskKinds } from './words.ts';

const note = opt(text(2000));
/** The cases a task or run belongs to, so that their stories show it. */
const taskPlace = {
  ticketId: opt(nullable(Id)),
  conversationId: opt(nullable(Id)),
  recordId: opt(nullable(Id)),
};

export const workEvents = {
  'view.changed': {
    zh: '工单视图变更',
    en: 'View of tickets changed',
    subject: 'view',
    data: obj({}),
  },
  'record.created': {
    zh: '新建记录',
    en: 'Record created',
    subject: 'record',
    data: obj({
      kind: Type.String(),
      number: opt(nullable(Type.String())),
      state: opt(nullable(Type.String())),
    }),
  },
  'record.changed': {
    zh: '修改记录',
    en: 'Record changed',
    subject: 'record',
    data: obj({ kind: Type.String(), fields: Type.Array(Type.String()) }),
  },
  'record.moved': {
    zh: '记录状态变更',
    en: 'Record moved',
    subject: 'record',
    data: obj({ kind: Type.String(), from: nullable(Type.String()), to: Type.String(), note }),
  },
  'record.gathered': {
    zh: '关联工单',
    en: 'Tickets gathered',
    subject: 'record',
    data: obj({ kind: Type.String(), ticketId: Id, removed: opt(Type.Boolean()) }),
  },
  'task.opened': {
    zh: '新待办',
    en: 'Task opened',
    subject: 'task',
    data: obj({
      kind: oneOf(taskKinds),
      runId: opt(nullable(Id)),
      step: opt(nullable(Type.String())),
      ...taskPlace,
    }),
  },
  'task.assigned': {
    zh: '转交待办',
    en: 'Task handed over',
    subject: 'task',
    data: obj({ from: nullable(Id), to: nullable(Id), note, ...taskPlace }),
  },
  'task.attempted': {
    zh: '回访未果',
    en: 'Call attempted',
    subject: 'task',
    data: obj({
      attempts: Type.Integer(),
      outcome: Type.String(),
      nextAt: opt(nullable(Instant)),
      ...taskPlace,
    }),
  },
  'task.done': {
    zh: '完成待办',
    en: 'Task done',
    subject: 'task',
    data: obj({
      kind: oneOf(taskKinds),
      outcome: nullable(Type.String()),
      late: Type.Boolean(),
      runId: opt(nullable(Id)),
      step: opt(nullable(Type.String())),
      ...taskPlace,
    }),
  },
  'task.skipped': {
    zh: '跳过步骤',
    en: 'Step skipped',
    subject: 'task',
    data: obj({
      reason: text(1000),
      runId: opt(nullable(Id)),
      step: opt(nullable(Type.String())),
      ...taskPlace,
    }),
  },
  'task.cancelled': {
    zh: '取消待办',
    en: 'Task cancelled',
    subject: 'task',
    data: obj({ because: text(200), ...taskPlace }),
  },
  'run.started': {
    zh: '启动流程',
    en: 'Playbook started',
    subject: 'run',
    data: obj({ playbook: Type.String(), version: Type.Integer(), ...taskPlace }),
  },
  'run.reached': {
    zh: '进入步骤',
    en: 'Step reached',
    subject: 'run',
    data: obj({ step: Type.String(), visit: Type.Integer(), taskId: opt(nullable(Id)), ...taskPlace }),
  },
  'run.told': {
    zh: '流程通知',
    en: 'Playbook told somebody',
    subject: 'run',
    data: obj({ step: Type.String(), to: Type.String(), way: Type.String(), ...taskPlace }),
  },
  'run.ended': {
    zh: '流程结束',
    en: 'Playbook ended',
    subject: 'run',
    data: obj({ playbook: Type.String(), outcome: Type.String(), ...taskPlace }),
  },
  'run.cancelled': {
    zh: '终止流程',
    en: 'Playbook cancelled',
    subject: 'run',
    data: obj({ playbook: Type.String(), reason: text(1000), ...taskPlace }),
  },
  'playbook.drafted': {
    zh: '编辑流程',
    en: 'Playbook drafted',
    subject: 'playbook',
    data: obj({ key: Type.String(), version: Type.Integer() }),
  },
  'playbook.published': {
    zh: '发布流程',
    en: 'Playbook published',
    subject: 'playbook',
    data: obj({ key: Type.String(), version: Type.Integer() }),
  },
  'playbook.reviewed': {
    zh: '复审流程',
    en: 'Playbook reviewed',
    subject: 'playbook',
    data: obj({ key: Type.String(), version: Type.Integer() }),
  },
  'playbook.changed': {
    zh: '流程启用与停用',
    en: 'Playbook switched',
    subject: 'playbook',
    data: obj({ key: Type.String(), enabled: Type.Boolean() }),
  },
  'playbook.requested': {
    zh: '流程改进建议',
    en: 'Playbook change requested',
    subject: 'playbook',
    data: obj({ key: Type.String(), requestId: Id, state: Type.String() }),
  },
  'goal.set': {
    zh: '制定服务目标',
    en: 'Goal set',
    subject: 'goal',
    data: obj({ figure: Type.String(), target: Type.Number() }),
  },
  'goal.reviewed': {
    zh: '复盘服务目标',
    en: 'Goal reviewed',
    subject: 'goal',
    data: obj({ figure: Type.String(), quarter: Type.String(), reached: Type.Boolean() }),
  },
  'goal.ended': {
    zh: '撤销服务目标',
    en: 'Goal taken back',
    subject: 'goal',
    data: obj({ figure: Type.String() }),
  },
  'article.written': {
    zh: '编写知识条目',
    en: 'Article written',
    subject: 'article',
    data: obj({ version: Type.Integer() }),
  },
  'article.published': {
    zh: '发布知识条目',
    en: 'Article published',
    subject: 'article',
    data: obj({ version: Type.Integer(), audience: oneOf(audiences) }),
  },
  'article.retired': {
    zh: '停用知识条目',
    en: 'Article retired',
    subject: 'article',
    data: obj({ version: Type.Integer() }),
  },
  'incident.started': {
    zh: '启动应急模式',
    en: 'Incident mode on',
    subject: 'incident',
    data: obj({ cause: Type.String(), offerCallback: Type.Boolean() }),
  },
  'incident.ended': {
    zh: '解除应急模式',
    en: 'Incident mode off',
    subject: 'incident',
    data: obj({ minutes: Type.Number() }),
  },
};
