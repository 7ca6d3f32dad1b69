/**
 * The error catalogue: one code, one status, one text in two languages that says what, why and what to do.
 * Codes are stable and never reused. `{name}` is replaced from the problem's values.
 */
import { workErrors } from './errors-of-work.ts';

type Entry = {
  status: number;
  zh: readonly [title: string, detail: string];
  en: readonly [title: string, detail: string];
};

export const errors = {
  BAD_REQUEST: {
    status: 400,
    zh: ['请求无法读取', '内容的格式不正确：{reason}。请改正后重新提交；接口的格式见 /docs。'],
    en: [
      'The request cannot be read',
      'What was sent is malformed: {reason}. Mend it and send it again; the API docs at /docs show the form.',
    ],
  },
  UNAUTHENTICATED: {
    status: 401,
    zh: ['请先登录', '登录已失效或尚未登录。请重新登录后再试。'],
    en: ['Please sign in', 'You are not signed in or the session has ended. Sign in and try again.'],
  },
  LOGIN_FAILED: {
    status: 401,
    zh: ['邮箱或密码不正确', '请检查邮箱和密码后重试；忘记密码请联系管理员。'],
    en: [
      'E-mail or password is wrong',
      'Check both and try again; ask an administrator if you forgot the password.',
    ],
  },
  FORBIDDEN: {
    status: 403,
    zh: ['没有权限', '此操作需要「{permission}」权限。请联系主管或管理员。'],
    en: ['Not allowed', 'This needs the permission "{permission}". Ask a supervisor or administrator.'],
  },
  CSRF: {
    status: 403,
    zh: ['请求来源不受信任', '浏览器请求必须来自本站页面。请刷新页面后重试。'],
    en: [
      'Untrusted request origin',
      'Browser writes must come from our own pages. Reload the page and try again.',
    ],
  },
  NOT_FOUND: {
    status: 404,
    zh: ['未找到', '内容不存在，或不在您的权限范围内。请检查链接或编号。'],
    en: ['Not found', 'It does not exist or is not yours to see. Check the link or number.'],
  },
  CONFLICT: {
    status: 409,
    zh: ['状态已变化', '{reason}。请刷新后再试。'],
    en: ['The state has changed', '{reason}. Reload and try again.'],
  },
  STALE_VERSION: {
    status: 412,
    zh: ['内容已被他人修改', '您看到的是第 {expected} 版，现在已是第 {actual} 版。请刷新后合并您的修改。'],
    en: [
      'Somebody changed it meanwhile',
      'You saw version {expected}, it is now {actual}. Reload and merge your change.',
    ],
  },
  TOO_LARGE: {
    status: 413,
    zh: ['内容过大', '上限为 {limit}。请压缩或拆分后重试。'],
    en: ['Too large', 'The limit is {limit}. Compress or split it and try again.'],
  },
  UNSUPPORTED_TYPE: {
    status: 415,
    zh: ['不支持的类型', '此处需要 {expected}。请更换类型后重试。'],
    en: ['Unsupported type', 'This takes {expected}. Change the type and try again.'],
  },
  VALIDATION: {
    status: 422,
    zh: ['有内容需要更正', '请按提示更正标出的字段后重试。'],
    en: ['Some fields need a correction', 'Correct the fields named below and try again.'],
  },
  UNKNOWN_FIELD: {
    status: 422,
    zh: ['存在未知字段', '字段「{field}」不属于此接口。请删除后重试。'],
    en: ['Unknown field', 'The field "{field}" is not part of this call. Remove it and try again.'],
  },
  URL_NOT_ALLOWED: {
    status: 422,
    zh: ['不允许的链接', '只接受 http、https、mailto、tel 链接。请更正「{field}」。'],
    en: ['Link not allowed', 'Only http, https, mailto and tel links are taken. Correct "{field}".'],
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    zh: ['幂等键已用于其它内容', '同一 Idempotency-Key 只能重发相同的内容。请更换新的键。'],
    en: ['Idempotency key reused', 'One Idempotency-Key may only repeat the same body. Use a new key.'],
  },
  RATE_LIMITED: {
    status: 429,
    zh: ['操作过于频繁', '请在 {seconds} 秒后再试。'],
    en: ['Too many requests', 'Try again in {seconds} seconds.'],
  },
  INTERNAL: {
    status: 500,
    zh: ['系统出现问题', '我们已记录此问题，未保存的内容请保留。请稍后再试，或将请求编号告知管理员。'],
    en: [
      'Something went wrong',
      'It has been recorded. Keep what you typed, try again later, or give the request id to an administrator.',
    ],
  },
  DEPENDENCY_UNAVAILABLE: {
    status: 503,
    zh: ['服务暂时不可用', '数据库暂时无法连接，正在自动恢复。请在 {seconds} 秒后重试。'],
    en: [
      'Temporarily unavailable',
      'The database cannot be reached and is being reconnected. Try again in {seconds} seconds.',
    ],
  },
  STORAGE_FULL: {
    status: 507,
    zh: ['存储空间不足', '附件无法保存。请联系管理员清理空间后重试。'],
    en: [
      'Storage is full',
      'The attachment cannot be kept. Ask an administrator to free space and try again.',
    ],
  },

  DEMO_PASSWORD: {
    status: 403,
    zh: ['演示账号仅限本机使用', '演示密码只能从本机登录。请先修改密码。'],
    en: [
      'Demo accounts are local only',
      'Demo passwords work on this machine only. Change the password first.',
    ],
  },
  ACCOUNT_DISABLED: {
    status: 403,
    zh: ['账号已停用', '请联系管理员启用账号。'],
    en: ['Account disabled', 'Ask an administrator to enable it.'],
  },
  PASSWORD_WEAK: {
    status: 422,
    zh: ['密码强度不足', '密码至少 12 个字符，且不能是常见密码或包含邮箱名。'],
    en: ['Password too weak', 'Use at least 12 characters, not a common password and not your e-mail name.'],
  },
  PASSWORD_WRONG: {
    status: 422,
    zh: ['原密码不正确', '请重新输入原密码。'],
    en: ['The old password is wrong', 'Type the old password again.'],
  },
  SETUP_LINK_INVALID: {
    status: 410,
    zh: ['设置链接已失效', '请在服务器上重新启动以获取新的设置链接。'],
    en: ['The set-up link has expired', 'Restart the server to get a new set-up link.'],
  },
  EMAIL_TAKEN: {
    status: 409,
    zh: ['邮箱已被使用', '此邮箱已有账号。请使用其它邮箱。'],
    en: ['E-mail already in use', 'There is an account with this e-mail. Use another one.'],
  },
  LAST_ADMIN: {
    status: 409,
    zh: ['至少保留一名管理员', '不能停用或降级最后一名管理员。请先指定另一名管理员。'],
    en: [
      'One administrator must remain',
      'The last administrator cannot be disabled or demoted. Name another first.',
    ],
  },
  ROLE_IN_USE: {
    status: 409,
    zh: ['角色正在使用', '仍有 {count} 人使用此角色。请先调整他们的角色。'],
    en: ['Role in use', '{count} people still have this role. Change theirs first.'],
  },

  CUSTOMER_CONTACT_NAME_REQUIRED: {
    status: 422,
    zh: ['请填写企业联系人', '企业客户必须登记联系人姓名（SD1-39）。'],
    en: ['Contact person required', 'A company customer needs the name of a contact person.'],
  },
  CUSTOMER_COMPANY_REQUIRED: {
    status: 422,
    zh: ['请填写所属公司', '企业客户必须填写公司/部门（SD1-42）。'],
    en: ['Company required', 'A company customer needs company or department.'],
  },
  CUSTOMER_MERGED: {
    status: 409,
    zh: ['客户已合并', '此客户已并入 {number}。请在合并后的客户上操作。'],
    en: ['Customer was merged', 'This customer is now part of {number}. Work on that one.'],
  },
  PHONE_INVALID: {
    status: 422,
    zh: ['电话号码无法识别', '请填写手机号、带区号的座机或短号，例如 13800001234、010-12345678、95588。'],
    en: ['Phone number not understood', 'Give a mobile, a landline with area code or a short number.'],
  },
  REVEAL_REASON_REQUIRED: {
    status: 422,
    zh: ['请填写查看理由', '查看完整联系方式需要至少 4 个字的理由，并会记入审计。'],
    en: ['Give a reason', 'Revealing contact data needs a reason of at least 4 characters; it is audited.'],
  },

  TICKET_STATE: {
    status: 409,
    zh: ['当前状态不能执行此操作', '工单处于「{status}」，不能{action}。'],
    en: ['Not possible in this state', 'The ticket is "{status}"; you cannot {action} now.'],
  },
  TICKET_ALREADY_CLAIMED: {
    status: 409,
    zh: ['工单已被申领', '{name} 已先一步申领此工单。请选择其它工单。'],
    en: ['Already claimed', '{name} claimed this ticket first. Pick another.'],
  },
  TICKET_NOT_CONFIRMED: {
    status: 409,
    zh: ['客户尚未确认', '关闭前需要客户确认满意；或提醒 3 次且满 3 个工作日未回应；或由主管注明理由关闭。'],
    en: [
      'Not confirmed by the customer',
      'Closing needs the customer’s confirmation, or 3 reminders and 3 working days without an answer, or a supervisor’s override with a reason.',
    ],
  },
  TICKET_RESOLUTION_REQUIRED: {
    status: 422,
    zh: ['请填写解决说明', '解决工单需要公开的三段说明：解决方案、操作步骤、注意事项。'],
    en: [
      'Resolution note required',
      'Solving needs a public note in three parts: solution, steps, cautions.',
    ],
  },
  TICKET_VERIFICATION_REQUIRED: {
    status: 409,
    zh: ['缺少核实结果', '关闭前请记录核实：客户使用正常，或认可方案。'],
    en: [
      'Verification missing',
      'Record before closing that the customer works normally or accepts the plan.',
    ],
  },
  TICKET_ARCHIVED: {
    status: 409,
    zh: ['工单已归档', '归档内容只读。如需继续处理，请新建工单并关联。'],
    en: ['The ticket is archived', 'Archived content is read-only. Open a new ticket and link it.'],
  },
  TICKET_REOPEN_OVER: {
    status: 409,
    zh: [
      '已过重开期限',
      '工单关闭已超过 {days} 天，不能重开。请「开新单并关联」：新工单沿用客户与分类，并与原单互相关联。',
    ],
    en: [
      'Too late to reopen',
      'It was closed more than {days} days ago and cannot be reopened. Open a linked new ticket instead: it keeps customer and category, and the two name each other.',
    ],
  },
  TICKET_CHILD_OPEN: {
    status: 409,
    zh: ['子工单未完成', '还有 {count} 个协办子工单未完成，主工单不能解决。'],
    en: ['Child tickets open', '{count} child tickets are still open; the parent cannot be resolved.'],
  },
  TICKET_NO_CUSTOMER: {
    status: 422,
    zh: ['请指明客户', '请给出 customerId 或 customer。'],
    en: ['Name the customer', 'Give customerId or customer.'],
  },
  TRANSFER_NOTE_REQUIRED: {
    status: 422,
    zh: ['请填写转交说明', '转交需要说明原因和已做的处理（SD2-10）。'],
    en: ['Note required', 'A transfer needs a note on why and what was done.'],
  },
  REASON_REQUIRED: {
    status: 422,
    zh: ['请填写理由', '此操作需要填写理由，并会记入审计。'],
    en: ['Reason required', 'This needs a reason; it is audited.'],
  },
  CATEGORY_UNKNOWN: {
    status: 422,
    zh: ['分类不存在', '分类「{category}」不存在或已停用。请从分类树中选择。'],
    en: [
      'Unknown category',
      'The category "{category}" does not exist or is disabled. Pick one from the tree.',
    ],
  },
  ASSIGNEE_ACCUSED: {
    status: 409,
    zh: ['不能由被投诉人处理', '投诉不能分派给被投诉的客服。请选择其他人。'],
    en: ['The accused cannot handle it', 'A complaint cannot go to the accused agent. Choose somebody else.'],
  },
  ASSIGNEE_UNCERTIFIED: {
    status: 409,
    zh: [
      '没有该产品的有效认证',
      '「{product}」的工单须由持有效产品认证的人员处理。请选择其他人，或先更新认证。',
    ],
    en: [
      'No valid certificate for the product',
      'Tickets about "{product}" need a holder of a valid product certificate. Choose somebody else, or renew the certificate first.',
    ],
  },
  PRODUCT_UNKNOWN: {
    status: 422,
    zh: ['没有这个产品', '产品「{product}」不在设置的产品清单中。请从清单中选择。'],
    en: [
      'No such product',
      'The product "{product}" is not in the list of the settings. Choose one from the list.',
    ],
  },
  ASSIGNEE_UNAVAILABLE: {
    status: 409,
    zh: ['接手人不可用', '该人员已停用或不在目标组。请选择其他人。'],
    en: ['Assignee not available', 'That person is disabled or not in the group. Choose somebody else.'],
  },

  RETENTION_NOT_DUE: {
    status: 409,
    zh: ['保存期限未满', '「{label}」的保存期限未满，或尚未归档，不能清除。请等到期后再试。'],
    en: ['Must still be kept', '"{label}" is not archived or its time is not over. Wait until it is due.'],
  },
  RETENTION_HELD: {
    status: 409,
    zh: ['已被保全', '「{label}」处于保全中，不能清除或重复保全。请先注明理由解除保全。'],
    en: ['Held back', '"{label}" is under a legal hold. Lift the hold with a reason first.'],
  },

  CONVERSATION_STATE: {
    status: 409,
    zh: ['会话状态不允许', '会话处于「{state}」，不能{action}。'],
    en: ['Not possible in this state', 'The conversation is "{state}"; you cannot {action} now.'],
  },
  OFFER_TAKEN: {
    status: 409,
    zh: ['会话已被接起', '此会话已由他人接起或已收回。'],
    en: ['Already taken', 'Somebody else accepted this conversation, or it was withdrawn.'],
  },
  CAPACITY_FULL: {
    status: 409,
    zh: ['接待数已满', '您正在接待 {load} 个会话，上限 {max}。请先结束一个。'],
    en: ['Capacity reached', 'You serve {load} conversations, the limit is {max}. Finish one first.'],
  },
  NOT_READY: {
    status: 409,
    zh: ['请先示闲', '示闲后才能接待会话。'],
    en: ['Be ready first', 'Set yourself ready to serve conversations.'],
  },
  ONBOARDING_PENDING: {
    status: 409,
    zh: [
      '尚未通过上岗考核',
      '{name} 还没有有效的“上岗认证”，暂不能接待会话。请先通过考核，由主管在「设置 › 人员」授予认证。',
    ],
    en: [
      'Onboarding is not passed',
      '{name} holds no valid onboarding certificate and cannot serve yet. Pass the quiz first; the certificate is granted under Settings › Users.',
    ],
  },
  GROUP_LOOP: {
    status: 422,
    zh: [
      '上级不能是它自己或它的下级',
      '所选上级就是这个组本身，或在它之下，机构树会成环。请选别的上级，或不选。',
    ],
    en: [
      'A group cannot stand below itself',
      'The chosen parent is this group or one below it, so the tree would be a ring. Choose another, or none.',
    ],
  },
  CONVERSATION_CLOSED: {
    status: 409,
    zh: ['会话已结束', '会话已结束。发送新消息将开始新的会话。'],
    en: ['The conversation has ended', 'It has ended; a new message starts a new one.'],
  },

  CALENDAR_INVALID: {
    status: 422,
    zh: ['日历无效', '日历设置有误，请按提示更正。'],
    en: ['Calendar invalid', 'The calendar has faults; correct them as told.'],
  },
  TARGET_NOT_POSITIVE: {
    status: 422,
    zh: ['时限必须大于零', '请填写大于零的时限；不设时限请留空。'],
    en: ['Target must be positive', 'Give a target above zero, or leave it empty for none.'],
  },
  POLICY_INVALID: { status: 422, zh: ['时限规则无效', '{reason}。'], en: ['Policy invalid', '{reason}.'] },
  CALENDAR_IN_USE: {
    status: 409,
    zh: ['日历正在使用', '仍有时限规则或渠道使用此日历。请先更换。'],
    en: ['Calendar in use', 'Policies or channels still use it. Change those first.'],
  },

  CHANNEL_DISABLED: {
    status: 409,
    zh: ['渠道已停用', '此渠道未启用。请在设置中启用。'],
    en: ['Channel disabled', 'This channel is off. Enable it in the settings.'],
  },
  CHANNEL_KIND: {
    status: 409,
    zh: ['渠道类型不符', '此入口不属于该渠道。'],
    en: ['Wrong channel kind', 'This door does not belong to that channel.'],
  },

  SURVEY_ANSWERED: {
    status: 409,
    zh: ['评价已提交', '感谢您！每份评价只能提交一次。'],
    en: ['Already answered', 'Thank you! A survey can be answered once.'],
  },
  SURVEY_EXPIRED: {
    status: 410,
    zh: ['评价链接已过期', '链接有效期已过，感谢您的关注。'],
    en: ['The survey has expired', 'The link is no longer valid. Thank you for your interest.'],
  },
  LINK_EXPIRED: {
    status: 410,
    zh: ['链接已过期', '此链接已过有效期，请联系客服重新发送。'],
    en: ['The link has expired', 'It is no longer valid; please ask the service for a new one.'],
  },
  LOOKUP_FAILED: {
    status: 404,
    zh: ['没有查到', '请核对编号与登记电话后四位。'],
    en: ['Nothing found', 'Check the number and the last four digits of the phone.'],
  },
  CONSENT_REQUIRED: {
    status: 422,
    zh: ['请先阅读并同意隐私说明', '提交前需要您同意隐私说明。'],
    en: ['Consent required', 'Please read and accept the privacy notice first.'],
  },
  FILE_TYPE_REFUSED: {
    status: 415,
    zh: ['不支持的文件', '此处只接受图片、PDF、文档、音视频与压缩包。'],
    en: ['File not accepted', 'Images, PDF, documents, audio, video and archives are taken here.'],
  },
  ...workErrors,
  UPLOAD_FOREIGN: {
    status: 422,
    zh: ['附件无效', '附件不存在或不是由您上传。请重新上传。'],
    en: ['Attachment invalid', 'It does not exist or was not uploaded by you. Upload it again.'],
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof errors;

/** Codes of single fields inside a VALIDATION problem, with `{…}` values. */
export const fieldErrors = {
  REQUIRED: { zh: '必填', en: 'required' },
  BLANK: { zh: '只有空格，请填写内容或留空', en: 'only blanks: write something, or leave it empty' },
  TOO_LONG: { zh: '最多 {limit} 个字符', en: 'at most {limit} characters' },
  TOO_SHORT: { zh: '至少 {limit} 个字符', en: 'at least {limit} characters' },
  OUT_OF_RANGE: { zh: '超出允许范围（{limit}）', en: 'out of range ({limit})' },
  NOT_LISTED: { zh: '不在可选值中：{allowed}', en: 'not one of: {allowed}' },
  WRONG_TYPE: { zh: '类型应为 {expected}', en: 'should be {expected}' },
  WRONG_FORMAT: { zh: '格式不正确（{expected}）', en: 'wrong format ({expected})' },
  UNKNOWN_FIELD: { zh: '未知字段', en: 'unknown field' },
  URL_NOT_ALLOWED: { zh: '不允许的链接', en: 'link not allowed' },
  CONTROL_CHARACTER: { zh: '含有不可见的控制字符', en: 'contains control characters' },
  NOT_THERE: { zh: '所选内容不存在或已删除', en: 'there is no such thing, or not any more' },
  INVALID: { zh: '内容无效', en: 'invalid' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type FieldErrorCode = keyof typeof fieldErrors;

export type FieldProblem = { pointer: string; code: string; message: string };
/** RFC 9457 body of every error answer. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: FieldProblem[];
};

export type Locale = 'zh-CN' | 'en';

/** Text of a catalogue code with its values filled in. */
export const errorText = (
  code: ErrorCode,
  locale: Locale,
  values: Record<string, unknown> = {},
): { title: string; detail: string } => {
  const [title, detail] = errors[code][locale === 'en' ? 'en' : 'zh'];
  return { title: fill(title, values), detail: fill(detail, values) };
};

/** Replaces `{name}` by its value; an unknown name stays as it is, so that a missing value is seen. */
export const fill = (template: string, values: Record<string, unknown>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : String(values[name]),
  );
