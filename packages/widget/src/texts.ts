/** What the frame says. zh-CN is the source; both languages have the same keys (proved by a test). */
export const texts = {
  'zh-CN': {
    title: '在线客服', greeting: '您好，这里是{company}。请描述您的问题，客服会尽快应答。', open: '服务中', closed: '非服务时间', hours: '服务时间', noAgents: '客服暂时都在忙，您可以先留言', waitingNow: '当前排队 {n} 人', noWaiting: '现在无需排队', estimate: '预计等待 {time}', privacy: '隐私说明', privacyShort: '我们只为处理您的问题使用您提供的信息。',
    placeholder: '请描述您的问题', send: '发送', attach: '添加图片或文件', close: '关闭', end: '结束对话', queued: '排队中，前面还有 {n} 位', queuedNext: '您是下一位', offered: '正在呼叫客服', due: '应答倒计时', active: '客服 {name}（工号 {no}）为您服务', left: '您的留言已转为工单', ended: '对话已结束', endedHint: '继续发送将开始新的对话',
    leave: '留下联系方式，我们会主动联系您', name: '称呼', phone: '手机号', email: '邮箱（选填）', submit: '提交', thanks: '已收到您的联系方式', ticket: '工单 {number}', progress: '查看进度', offline: '网络已断开，消息会在恢复后自动发送', sending: '发送中', failed: '未发送，点击重试', typing: '客服正在输入…', human: '人工', loadFailed: '暂时无法连接客服', retry: '重试',
    abandon: '不等了，转留言', uploadFailed: '文件未能上传', seconds: '{n} 秒', minutes: '{n} 分钟', opensAt: '{time} 开始服务', confirmEnd: '确定结束对话吗？', yes: '结束', no: '继续', large: '大字', unreadTitle: '({n}) 在线客服',
  },
  en: {
    title: 'Customer service', greeting: 'Hello, this is {company}. Tell us what it is about; an agent answers as soon as possible.', open: 'Open', closed: 'Closed now', hours: 'Hours', noAgents: 'Everybody is busy right now; you can leave a message', waitingNow: '{n} waiting now', noWaiting: 'No queue now', estimate: 'about {time}', privacy: 'Privacy notice', privacyShort: 'We use what you tell us only to handle your request.',
    placeholder: 'How can we help?', send: 'Send', attach: 'Add a picture or file', close: 'Close', end: 'End the chat', queued: 'In the queue, {n} ahead of you', queuedNext: 'You are next', offered: 'Calling an agent', due: 'Answer within', active: '{name} (no. {no}) is with you', left: 'Your message became a ticket', ended: 'The chat has ended', endedHint: 'Writing again starts a new one',
    leave: 'Leave your contact and we will get back to you', name: 'Name', phone: 'Mobile', email: 'E-mail (optional)', submit: 'Submit', thanks: 'We have your contact', ticket: 'Ticket {number}', progress: 'See progress', offline: 'You are offline; messages go out when you are back', sending: 'Sending', failed: 'Not sent, tap to retry', typing: 'The agent is typing…', human: 'agent', loadFailed: 'The service cannot be reached', retry: 'Try again',
    abandon: 'Leave a message instead', uploadFailed: 'The file was not uploaded', seconds: '{n} s', minutes: '{n} min', opensAt: 'opens {time}', confirmEnd: 'End the chat?', yes: 'End', no: 'Stay', large: 'Large text', unreadTitle: '({n}) Customer service',
  },
} as const;

export type Locale = keyof typeof texts;
export type Key = keyof (typeof texts)['zh-CN'];

export const teller = (locale: Locale) => (key: Key, values: Record<string, string | number> = {}): string =>
  texts[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
