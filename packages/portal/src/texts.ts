/** What the portal says; zh-CN is the source, both languages have the same keys (proved by a test). */
export const texts = {
  'zh-CN': {
    home: '服务中心', request: '提交请求', progress: '查询进度', lead: '有问题，找我们。请选择一种方式，或直接提交请求。', contact: '联系我们', open: '服务中', closed: '非服务时间', nextOpen: '{time} 开始服务', hours: '服务时间', scope: '服务范围', target: '我们的承诺', chat: '打开在线客服',
    name: '您的姓名', contactName: '联系人姓名', kind: '客户类型', person: '个人', company: '企业', partner: '合作伙伴', companyName: '公司 / 部门', phone: '联系电话', phoneHint: '查询进度时需要后四位', email: '邮箱（选填）', category: '问题类型', subject: '标题', description: '问题描述', template: '【现象】\n\n【开始时间】\n\n【已尝试】\n', consent: '我已阅读并同意隐私说明', privacy: '隐私说明', submit: '提交', submitting: '提交中…', choose: '请选择',
    lookUp: '业务查询', lookUpLead: '查询您的订单、预约、维修等业务办到哪一步。', lookUpKind: '查询什么', lookUpNumber: '业务编号', lookUpOther: '再查一个', lookUpNone: '目前没有可以在这里查询的业务。',
    filed: '已收到您的请求', number: '工单号', keep: '请记下工单号，用它和电话后四位随时查询进度。', see: '查看进度', another: '再提交一个', lookup: '查询', tail: '登记电话后四位', pin: '查询密码', status: '当前状态', owner: '负责人', eta: '预计完成', promise: '下一个承诺', solved: '解决方案', steps: '操作步骤', cautions: '注意事项', isSolved: '问题解决了吗？', yes: '已解决', no: '还没解决', why: '还有什么问题？', history: '处理进度', talk: '往来消息', reply: '补充说明', send: '发送', urge: '催一下', urged: '已为您催办', confirmed: '您已确认解决，感谢！', rate: '评价本次服务', none: '暂无', back: '返回', you: '我', pending: '待安排',
    rateTitle: '请评价本次服务', efficiency: '处理效率', attitude: '服务态度', effectiveness: '解决方案有效性', comment: '还想说点什么?(选填)', rateSubmit: '提交评价', thanks: '感谢您的评价！', answered: '您已经评价过了，感谢！', expired: '评价链接已过期', servedBy: '为您服务：{name}', scale1: '很不满意', scale2: '不满意', scale3: '一般', scale4: '满意', scale5: '非常满意', choseAll: '请为三项都打分',
    lost: '页面不存在', loading: '加载中…', failed: '暂时无法连接，请稍后再试', retry: '重试', language: 'English', requestId: '请求编号 {id}',
  },
  en: {
    home: 'Service centre', request: 'File a request', progress: 'See progress', lead: 'We are here to help. Choose a way, or file a request right away.', contact: 'Contact us', open: 'Open', closed: 'Closed now', nextOpen: 'opens {time}', hours: 'Hours', scope: 'What for', target: 'Our promise', chat: 'Open the chat',
    name: 'Your name', contactName: 'Contact person', kind: 'You are', person: 'a person', company: 'a company', partner: 'a partner', companyName: 'Company / department', phone: 'Phone', phoneHint: 'its last four digits open the progress page', email: 'E-mail (optional)', category: 'Kind of question', subject: 'Subject', description: 'Description', template: '[What happens]\n\n[Since when]\n\n[What you tried]\n', consent: 'I have read and accept the privacy notice', privacy: 'Privacy notice', submit: 'Submit', submitting: 'Submitting…', choose: 'Please choose',
    lookUp: 'Look up', lookUpLead: 'See where your order, booking or repair stands.', lookUpKind: 'What', lookUpNumber: 'Its number', lookUpOther: 'Look up another', lookUpNone: 'Nothing can be looked up here at the moment.',
    filed: 'We have your request', number: 'Ticket number', keep: 'Keep the number: with it and the last four digits of your phone you can look progress up any time.', see: 'See progress', another: 'File another', lookup: 'Look up', tail: 'Last four digits of the phone', pin: 'PIN', status: 'Status', owner: 'In charge', eta: 'Expected', promise: 'Next promise', solved: 'Solution', steps: 'Steps', cautions: 'Cautions', isSolved: 'Is it solved?', yes: 'Yes, solved', no: 'Not yet', why: 'What is still wrong?', history: 'What happened', talk: 'Messages', reply: 'Add information', send: 'Send', urge: 'Urge', urged: 'We passed it on', confirmed: 'You confirmed that it is solved. Thank you!', rate: 'Rate the service', none: 'none yet', back: 'Back', you: 'You', pending: 'being arranged',
    rateTitle: 'Please rate our service', efficiency: 'Efficiency', attitude: 'Attitude', effectiveness: 'Did the solution work', comment: 'Anything else? (optional)', rateSubmit: 'Submit', thanks: 'Thank you for your rating!', answered: 'You have rated already. Thank you!', expired: 'The link has expired', servedBy: 'Served by {name}', scale1: 'very bad', scale2: 'bad', scale3: 'fair', scale4: 'good', scale5: 'very good', choseAll: 'Please rate all three',
    lost: 'No such page', loading: 'Loading…', failed: 'Cannot be reached, please try again later', retry: 'Try again', language: '中文', requestId: 'request {id}',
  },
} as const;

export type Locale = keyof typeof texts;
export type Key = keyof (typeof texts)['zh-CN'];
export const teller = (locale: Locale) => (key: Key, values: Record<string, string | number> = {}): string => texts[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
export type Tell = ReturnType<typeof teller>;
