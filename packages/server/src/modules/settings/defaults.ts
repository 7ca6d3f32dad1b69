/** What a new centre starts with: matrix, close rule, category tree, wording. Every value can be changed on the settings screen. */
import type { SettingKey, SettingValue } from '#contracts/routes/settings.ts';
import { impacts, urgencies } from '#contracts/words.ts';
import type { Priority } from '#contracts/words.ts';

/** Rows urgency, columns impact wide · group · single · minor (SD1-12). */
const matrix: Record<(typeof urgencies)[number], readonly Priority[]> = {
  critical: ['P1', 'P1', 'P2', 'P3'],
  high: ['P1', 'P2', 'P2', 'P3'],
  medium: ['P2', 'P3', 'P3', 'P4'],
  low: ['P3', 'P4', 'P4', 'P4'],
};

export const defaultSettings: { [K in SettingKey]: SettingValue<K> } = {
  centre: {
    company: '星河家电',
    companyEn: 'Xinghe Appliances',
    hotline: '400-800-7300',
    retentionYears: 3,
    greeting: '您好，这里是{company}，我是客服 {agentName}（工号 {staffNo}），请问有什么可以帮您？',
    greetingEn: 'Hello, this is {company}. I am {agentName} (no. {staffNo}). How can I help?',
    privacyNotice:
      '我们（星河家电）为处理您的咨询收集您填写的姓名、联系方式与问题描述，以在线、电话或邮件方式联系您，保存至服务结束后三年。您可以随时要求查阅、更正或删除。',
  },
  matrix: {
    cells: urgencies.flatMap((urgency) =>
      impacts.map((impact, i) => ({ urgency, impact, priority: matrix[urgency][i]! })),
    ),
    p1Users: 100,
    p1Loss: 100_000,
  },
  closeRule: { reminders: 3, businessDays: 3, archiveAfterHours: 24, reopenDays: 30, automatic: true },
  routing: {
    offerSeconds: 10,
    customerTimeoutMinutes: 30,
    queueTimeoutMinutes: 30,
    graceSeconds: 60,
    autoReplyCounts: false,
    vipBonusSeconds: 120,
    onboardingGate: false,
    orderQueryWords: [
      '查订单',
      '查单',
      '订单进度',
      '订单到哪',
      '查物流',
      '快递到哪',
      '发货了吗',
      '什么时候发货',
      '什么时候到货',
      'where is my order',
    ],
    botFirst: false,
    handOffWords: ['转人工', '人工', '客服人员', '真人', 'human', 'agent', 'real person'],
  },
  survey: {
    delayMinutes: 30,
    validDays: 14,
    quietFrom: '21:30',
    quietTo: '08:00',
    scale: 'spread',
    lowBelow: 60,
  },
  contact: { per: 'customer', cap: 3, days: 7 },
  wording: {
    items: [
      { kind: 'forbidden', text: '我不知道', better: '我帮您查一下，稍后答复您' },
      { kind: 'forbidden', text: '不清楚', better: '我向同事核实后马上告诉您' },
      { kind: 'forbidden', text: '不归我管', better: '这件事我来帮您联系负责的同事' },
      { kind: 'forbidden', text: '没办法', better: '我们可以这样处理' },
      { kind: 'forbidden', text: '你自己看', better: '我来为您说明' },
      { kind: 'blame', text: '这是物流的问题', better: '物流环节由我来跟进，有结果马上告诉您' },
      { kind: 'blame', text: '这是厂家的问题', better: '我来联系厂家，给您一个确切的答复' },
      { kind: 'blame', text: '是您操作不当', better: '我们一起看看操作步骤' },
      { kind: 'exaggeration', text: '100%有效' },
      { kind: 'exaggeration', text: '百分之百' },
      { kind: 'exaggeration', text: '绝对不会' },
      { kind: 'exaggeration', text: '全网最低' },
      { kind: 'exaggeration', text: '永不损坏' },
      { kind: 'sensitive', text: '银行卡密码' },
      { kind: 'sensitive', text: '加我微信' },
      { kind: 'careless', text: '嗯' },
      { kind: 'careless', text: '哦' },
      { kind: 'careless', text: '好的' },
      { kind: 'careless', text: '知道了' },
    ],
  },
  progress: { cadence: 'rolling', dailyAt: '17:00' },
  categories: {
    nodes: [
      { key: 'consult', zh: '咨询类', en: 'Enquiry', groupKey: 'consult' },
      { key: 'consult.feature', zh: '功能咨询', en: 'Features', groupKey: 'consult' },
      { key: 'consult.policy', zh: '政策咨询', en: 'Policy', groupKey: 'consult' },
      { key: 'consult.guide', zh: '操作指引', en: 'Guidance', groupKey: 'consult' },
      { key: 'consult.order', zh: '订单查询', en: 'Order query', groupKey: 'consult' },
      { key: 'tech', zh: '技术支持类', en: 'Technical support', groupKey: 'tech' },
      { key: 'tech.fault', zh: '故障报修', en: 'Fault report', groupKey: 'tech' },
      { key: 'tech.operation', zh: '操作异常', en: 'Abnormal operation', groupKey: 'tech' },
      { key: 'tech.data', zh: '数据问题', en: 'Data problem', groupKey: 'tech' },
      {
        key: 'tech.return',
        zh: '退换货',
        en: 'Return and exchange',
        groupKey: 'consult',
        policy:
          '签收七天内、不影响二次销售的可退换；质量问题运费由我们承担。先确认是否可以维修或换新，减少客户损失。',
      },
      {
        key: 'complaint_suggestion',
        zh: '投诉建议类',
        en: 'Complaints and suggestions',
        groupKey: 'relations',
        policy: '保持冷静，先听完再致歉；十分钟内联系客户，一天内给出方案；补偿按补偿标准，超出的先经主管。',
      },
      {
        key: 'complaint_suggestion.complaint',
        zh: '投诉',
        en: 'Complaint',
        groupKey: 'relations',
        complaint: true,
      },
      { key: 'complaint_suggestion.suggestion', zh: '建议', en: 'Suggestion', groupKey: 'relations' },
      { key: 'other', zh: '其他类', en: 'Other', groupKey: 'consult' },
      { key: 'other.cooperation', zh: '合作洽谈', en: 'Cooperation', groupKey: 'relations' },
      {
        key: 'other.escalation',
        zh: '投诉升级',
        en: 'Complaint escalation',
        groupKey: 'relations',
        complaint: true,
        escalation: true,
      },
      { key: 'other.urgent', zh: '紧急事项', en: 'Urgent matter', groupKey: 'consult' },
    ],
  },
  products: {
    items: [
      { key: 'washer', zh: '洗衣机', en: 'Washing machines', certified: true },
      { key: 'aircon', zh: '空调', en: 'Air conditioners', certified: true },
      { key: 'fridge', zh: '冰箱', en: 'Refrigerators', certified: false },
      { key: 'tv', zh: '电视', en: 'Televisions', certified: false },
    ],
  },
  scorecard: {
    volume: 15,
    slaHitRate: 20,
    firstResponseTime: 15,
    firstContactResolution: 15,
    csatMean: 15,
    qaScore: 10,
    quality: 5,
    attendance: 5,
  },
  orderLinks: { payUrl: '', payHours: 24, trackDays: 30 },
  retention: { years: { ticket: 3, conversation: 3, customer: 3, mail: 3 }, automatic: false },
  templates: {
    items: [
      {
        key: 'acknowledge',
        channel: 'email',
        zhSubject: '已收到您的来信 [{{ ticket.number }}]',
        zhBody:
          '您好，\n\n我们已收到您的来信，编号 {{ ticket.number }}。我们将在 1 个工作日内与您联系。\n\n查询进度：{{ ticket.progressUrl }}\n\n{{ centre.company }}',
        enSubject: 'We received your message [{{ ticket.number }}]',
        enBody:
          'Hello,\n\nwe received your message, number {{ ticket.number }}, and will contact you within 1 working day.\n\nProgress: {{ ticket.progressUrl }}\n\n{{ centre.companyEn }}',
      },
      {
        key: 'reply',
        channel: 'email',
        zhSubject: 'Re: {{ ticket.subject }} [{{ ticket.number }}]',
        zhBody: '{{ message.body }}\n\n— {{ agent.name }}\n{{ centre.company }}',
        enSubject: 'Re: {{ ticket.subject }} [{{ ticket.number }}]',
        enBody: '{{ message.body }}\n\n— {{ agent.name }}\n{{ centre.companyEn }}',
      },
      {
        key: 'survey',
        channel: 'email',
        zhSubject: '请为本次服务评分 [{{ ticket.number }}]',
        zhBody:
          '您好，\n\n您的问题（{{ ticket.number }}）已处理完成。请花一分钟评价处理效率、服务态度和解决方案有效性：\n{{ survey.url }}\n\n{{ centre.company }}',
        enSubject: 'Please rate our service [{{ ticket.number }}]',
        enBody:
          'Hello,\n\nyour request ({{ ticket.number }}) was solved. Please take a minute to rate it:\n{{ survey.url }}\n\n{{ centre.companyEn }}',
      },
      {
        key: 'notice',
        channel: 'email',
        zhSubject: '[{{ centre.company }}] {{ vars.title }} {{ ticket.number }}',
        zhBody:
          '{{ vars.title }}\n{{ ticket.number }} {{ ticket.subject }}\n\n{{ vars.url }}\n\n您可以在「我的账号」中选择哪些通知发到邮箱。此邮件由系统发送，请勿回复。',
        enSubject: '[{{ centre.companyEn }}] {{ vars.title }} {{ ticket.number }}',
        enBody:
          '{{ vars.title }}\n{{ ticket.number }} {{ ticket.subject }}\n\n{{ vars.url }}\n\nWhich notices come by mail is chosen in your account. Sent by the system, please do not reply.',
      },
      {
        key: 'confirm',
        channel: 'email',
        zhSubject: '请确认问题是否解决 [{{ ticket.number }}]',
        zhBody:
          '您好，\n\n您的问题（{{ ticket.number }}）已处理。请确认是否解决：\n{{ ticket.progressUrl }}\n\n{{ centre.company }}',
        enSubject: 'Is it solved? [{{ ticket.number }}]',
        enBody:
          'Hello,\n\nplease tell us whether your request ({{ ticket.number }}) is solved:\n{{ ticket.progressUrl }}\n\n{{ centre.companyEn }}',
      },
    ],
  },
};
