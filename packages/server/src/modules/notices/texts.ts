/** Words of notices in both languages. `{number}`, `{title}`, `{clock}` and the like are filled in when somebody reads. */
import { fill } from '#contracts/errors.ts';
import type { noticeKinds } from '#contracts/routes/notices.ts';
import type { Locale } from '#contracts/errors.ts';

type Words = { zh: readonly [title: string, body: string]; en: readonly [title: string, body: string] };

export const texts = {
  offered: { zh: ['新会话待接起', '{title}'], en: ['A conversation is offered to you', '{title}'] },
  offer_missed: {
    zh: ['会话未及时接起', '{title} 已回到队列。'],
    en: ['An offer was missed', '{title} went back to the queue.'],
  },
  assigned: { zh: ['工单已分派给您', '{number} {title}'], en: ['A ticket is yours', '{number} {title}'] },
  customer_wrote: {
    zh: ['客户有新消息', '{number} {title}'],
    en: ['The customer wrote', '{number} {title}'],
  },
  mentioned: {
    zh: ['同事在备注中提到您', '{number} {title}'],
    en: ['A colleague mentioned you', '{number} {title}'],
  },
  stranger_wrote: {
    zh: ['未核实来信人写入', '{number} {title}：来信人不是此客户，请核实后再处理。'],
    en: [
      'An unverified sender wrote',
      '{number} {title}: the sender is not this customer; verify before acting.',
    ],
  },
  urged: {
    zh: ['客户催单（第 {count} 次）', '{number} {title}'],
    en: ['The customer urges (no. {count})', '{number} {title}'],
  },
  deadline_warned: {
    zh: ['「{clock}」即将超时', '{number} {title}'],
    en: ['“{clock}” is nearly due', '{number} {title}'],
  },
  deadline_breached: {
    zh: ['「{clock}」已超时', '{number} {title}'],
    en: ['“{clock}” is overdue', '{number} {title}'],
  },
  urgent_opened: {
    zh: ['紧急工单，请立即确认', '{number} {title}'],
    en: ['Urgent ticket: acknowledge now', '{number} {title}'],
  },
  urgent_unanswered: {
    zh: ['紧急工单无人确认（已 {minutes} 分钟）', '{number} {title}'],
    en: ['Urgent ticket not acknowledged for {minutes} minutes', '{number} {title}'],
  },
  escalated: {
    zh: ['工单已升级（第 {level} 级）', '{number} {title}'],
    en: ['A ticket was escalated (level {level})', '{number} {title}'],
  },
  bounced: {
    zh: ['工单在部门之间退转了 {count} 次，请指定责任部门', '{number} {title}'],
    en: ['A ticket was passed between groups {count} times; say who owns it', '{number} {title}'],
  },
  made_accountable: {
    zh: ['由您任首问责任人', '{number} {title}'],
    en: ['You are accountable now', '{number} {title}'],
  },
  customer_upset: {
    zh: ['客户情绪激动，请介入', '{title}'],
    en: ['A customer is angry: come in', '{title}'],
  },
  upset_unanswered: {
    zh: ['客户情绪激动，{minutes} 分钟无人介入', '{title}'],
    en: ['A customer is angry, and nobody came in for {minutes} minutes', '{title}'],
  },
  certificate_expiring: {
    zh: [
      '产品认证将于 {until} 到期',
      '{title}的「{zh}」认证将到期，到期后不能再接该产品的工单。请及时更新。',
    ],
    en: [
      'A product certificate ends on {until}',
      'The certificate of {title} for “{en}” ends; tickets of that product need a valid one. Renew it in time.',
    ],
  },
  incident_started: {
    zh: ['应急模式已启动', '客户现在看到：{announcement}'],
    en: ['Incident mode is on', 'Customers now read: {announcementEn}'],
  },
  incident_ended: {
    zh: ['应急模式已解除（共 {minutes} 分钟）', '公告已撤下，恢复正常接待。'],
    en: ['Incident mode is over ({minutes} minutes)', 'The announcement is taken down; serve as usual.'],
  },
  low_score: {
    zh: ['客户评价较低（{overall} 分）', '{number} {title}'],
    en: ['A low rating ({overall})', '{number} {title}'],
  },
  mail_failed: {
    zh: ['邮件未送达客户', '{number} {title}：请改用其它方式联系。'],
    en: ['A mail did not reach the customer', '{number} {title}: reach them another way.'],
  },
  task_given: { zh: ['新待办：{title}', '{number} {about}'], en: ['New task: {title}', '{number} {about}'] },
  approval_asked: {
    zh: ['请您审批：{title}', '{number} {about}'],
    en: ['Your approval is asked: {title}', '{number} {about}'],
  },
  step_due: {
    zh: ['「{title}」即将到期', '{number} {about}'],
    en: ['“{title}” is nearly due', '{number} {about}'],
  },
  step_late: {
    zh: ['「{title}」已超时', '{number} {about}'],
    en: ['“{title}” is overdue', '{number} {about}'],
  },
} as const satisfies Record<(typeof noticeKinds)[number], Words>;

export type NoticeKind = keyof typeof texts;

/** Said instead of the case when the reader may no longer see it. */
export const hidden = { zh: '内容已不在您的权限范围内', en: 'no longer yours to see' } as const;

/** Title and body for a reader. */
export const wordsOf = (
  kind: NoticeKind,
  locale: Locale,
  values: Record<string, unknown>,
): { title: string; body: string } => {
  const [title, body] = texts[kind][locale === 'en' ? 'en' : 'zh'];
  return { title: fill(title, values), body: fill(body, values).trim() };
};
