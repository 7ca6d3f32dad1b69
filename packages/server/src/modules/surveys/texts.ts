/** What a customer in the chat is told; the link follows for their eyes only. */
export const invitation = {
  zh: '您的问题已处理。请花一分钟为本次服务评分：',
  en: 'Your request was handled. Please take a minute to rate our service:',
} as const;
export const system = { zh: '系统', en: 'System' } as const;
