/** Words of this channel in both languages. */
export const texts = {
  noText: { zh: '（邮件没有正文）', en: '(the mail has no text)' },
  related: {
    zh: '可能相关：{numbers}。来信主题提到此编号，但没有可信的回复标记，因此作为新的来信登记。',
    en: 'Possibly related: {numbers}. The subject names it, but nothing proves the reply, so this is a new message.',
  },
  unverified: {
    zh: '来自 {address} 的来信使用了此会话的回复地址，但此人不是会话的客户。仅供内部参考，回复不会发送给此人。',
    en: 'A mail from {address} used this conversation’s reply address, but the sender is not its customer. For internal use; replies do not go there.',
  },
  forged: {
    zh: '来信带有伪造的回复标记，因此作为新的来信登记。',
    en: 'The mail carried a forged reply token, so it is a new message.',
  },
  dropped: {
    zh: '另有 {count} 个附件因数量过多未保存，可在原始邮件中查看。',
    en: '{count} more attachments were left out; see the raw mail.',
  },
  system: { zh: '系统', en: 'System' },
  undelivered: { zh: '未送达', en: 'Not delivered' },
  gaveUp: { zh: '重试 5 天后放弃', en: 'given up after 5 days of trying' },
  noAddress: { zh: '没有客户的邮箱地址', en: 'no e-mail address of the customer' },
  tooLarge: { zh: '附件合计超过 20 MB', en: 'attachments exceed 20 MB together' },
} as const;

export type TextKey = keyof typeof texts;

export const say = (
  key: TextKey,
  values: Record<string, string | number> = {},
  locale: 'zh' | 'en' = 'zh',
): string => texts[key][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** Why a mail was held back, for the quarantine screen. */
export const causes = {
  not_a_mail: { zh: '不是邮件', en: 'Not a mail' },
  no_sender: { zh: '没有可用的发件人地址', en: 'No usable sender address' },
  own_address: { zh: '来自我们自己的地址（可能循环）', en: 'Sent from our own address (a loop)' },
  bounce_unmatched: { zh: '退信找不到对应的邮件', en: 'A bounce for a mail we do not know' },
  refused: { zh: '无法解析', en: 'Cannot be parsed' },
  time: { zh: '解析超时', en: 'Parsing took too long' },
  memory: { zh: '解析占用内存过多', en: 'Parsing took too much memory' },
  crash: { zh: '解析器崩溃', en: 'The parser crashed' },
  failed: { zh: '处理失败', en: 'Processing failed' },
} as const;
export type HoldCause = keyof typeof causes;
