/** The closed word lists of the glossary, each with what the screens say. Codes are stable; labels may be reworded. */
export const ticketStatuses = [
  'pooled',
  'assigned',
  'in_progress',
  'waiting_customer',
  'waiting_internal',
  'suspended',
  'pending_approval',
  'pending_confirmation',
  'resolved',
  'closed',
  'archived',
  'cancelled',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

export const openTicketStatuses = [
  'pooled',
  'assigned',
  'in_progress',
  'waiting_customer',
  'waiting_internal',
  'suspended',
  'pending_approval',
  'pending_confirmation',
  'resolved',
] as const satisfies readonly TicketStatus[];

export const priorities = ['P1', 'P2', 'P3', 'P4'] as const;
export type Priority = (typeof priorities)[number];

export const urgencies = ['critical', 'high', 'medium', 'low'] as const;
export type Urgency = (typeof urgencies)[number];
/** SD2-09: what is marked 紧急需求 is at least of high urgency; its category stays what it is. */
export const urgentAtLeast = (urgency: Urgency): Urgency => (urgency === 'critical' ? urgency : 'high');

export const impacts = ['wide', 'group', 'single', 'minor'] as const;
export type Impact = (typeof impacts)[number];

export const conversationStates = [
  'new',
  'bot',
  'queued',
  'offered',
  'active',
  'closed',
  'offline_message',
] as const;
export type ConversationState = (typeof conversationStates)[number];

/** What a customer wants of a conversation, where a clock of its own hangs on it. */
export const conversationIntents = ['order_query'] as const;
export type ConversationIntent = (typeof conversationIntents)[number];

/** What a group is in the organisation; a group that is none of them is a skill group only. */
export const unitKinds = [
  'tech_centre',
  'repair_centre',
  'branch',
  'call_centre',
  'store',
  'department',
] as const;
export type UnitKind = (typeof unitKinds)[number];

export const closeReasons = [
  'agent_closed',
  'self_served',
  'customer_closed',
  'customer_timeout',
  'agent_timeout',
  'queue_abandoned',
  'queue_timeout',
  'transferred',
  'taken_over',
  'no_agent',
  'out_of_hours',
  'system',
] as const;
export type CloseReason = (typeof closeReasons)[number];

export const presenceStates = ['offline', 'ready', 'not_ready', 'on_break', 'training', 'meeting'] as const;
export type PresenceState = (typeof presenceStates)[number];

export const breakReasons = [
  'short',
  'meal',
  'restroom',
  'meeting',
  'coaching',
  'training',
  'handover',
  'forced',
  'sign_in',
  'other',
] as const;

export const customerKinds = ['person', 'company', 'partner'] as const;
export type CustomerKind = (typeof customerKinds)[number];
export const customerLevels = ['vip', 'normal', 'potential'] as const;
export type CustomerLevel = (typeof customerLevels)[number];

export const identityKinds = ['phone', 'email', 'visitor', 'openid'] as const;

export const channelKinds = [
  'webchat',
  'portal',
  'email',
  'phone',
  'wechat',
  'visit',
  'letter',
  'fax',
  'api',
] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const visibilities = ['public', 'internal', 'system'] as const;
export const authorKinds = ['customer', 'agent', 'system', 'unverified'] as const;
export const bodyFormats = ['text', 'markdown', 'html'] as const;
export const deliveryStates = ['none', 'queued', 'sending', 'sent', 'delivered', 'read', 'failed'] as const;

export const deadlineStates = ['running', 'paused', 'met', 'breached', 'met_late', 'cancelled'] as const;
export type DeadlineState = (typeof deadlineStates)[number];
export const clockUnits = ['wall', 'business', 'businessDays'] as const;

/** Every promise kind that the clock engine keeps (Index A of the requirements). */
export const deadlineKinds = [
  'offer',
  'first_answer',
  'classify',
  'first_reply',
  'start',
  'respond',
  'resolve',
  'escalation',
  'progress',
  'complaint_contact',
  'complaint_plan',
  'manager_callback',
  'survey',
  'emergency_contact',
  'acknowledge',
  'order_query',
  'confirm_reminder',
  'step',
  'commitment',
  'callback',
  'approval',
  'follow_up',
] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** 待办: everything somebody still has to do is a task of one of these kinds. */
export const taskKinds = ['step', 'commitment', 'callback', 'approval', 'follow_up'] as const;
export type TaskKind = (typeof taskKinds)[number];
export const taskStates = ['open', 'done', 'skipped', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];
/** What a call-back may end with; `no_answer` and `busy` are attempts, after which it is tried again. */
export const callOutcomes = [
  'reached',
  'no_answer',
  'busy',
  'refused',
  'wrong_number',
  'no_feedback',
] as const;
/** By which of the channels a customer is contacted unasked (SD0-14). */
export const contactWays = ['phone', 'wechat', 'email', 'webchat', 'visit'] as const;
export type ContactWay = (typeof contactWays)[number];
/** What a playbook is for. */
export const scenarios = [
  'pre_sales',
  'order',
  'after_sales',
  'complaint',
  'support',
  'emergency',
  'shop',
  'shop_day',
  'hotline',
  'reception',
  'service_centre',
  'fund',
  'repair_centre',
  'repair',
  'courier',
  'postal',
  'clinic',
  'care',
  'other',
] as const;
export const runStates = ['running', 'done', 'cancelled'] as const;
export const versionStates = ['draft', 'published', 'retired'] as const;
/** Who may read an article: colleagues, or customers too. */
export const audiences = ['internal', 'public'] as const;
export type Audience = (typeof audiences)[number];

export const scopes = ['own', 'group', 'channel', 'all'] as const;
export type Scope = (typeof scopes)[number];

export const verificationTypes = ['works_normally', 'satisfied_with_plan', 'answered'] as const;
export const ticketCloseReasons = [
  'customer_confirmed',
  'no_answer',
  'supervisor_override',
  'cancelled',
  'merged',
] as const;

/** Who passed the onboarding quiz (上岗认证) holds a certificate of this name; it stands beside the listed products. */
export const onboarding = { key: 'onboarding', zh: '上岗认证', en: 'Onboarding' } as const;

type Label = { zh: string; en: string };
/** Chinese and English label of every word above, by list and word. */
export const labels: Record<string, Record<string, Label>> = {
  ticketStatus: {
    pooled: { zh: '待受理', en: 'In pool' },
    assigned: { zh: '已分派', en: 'Assigned' },
    in_progress: { zh: '处理中', en: 'In progress' },
    waiting_customer: { zh: '待客户补充', en: 'Waiting for customer' },
    waiting_internal: { zh: '待协办', en: 'Waiting internally' },
    suspended: { zh: '已挂起', en: 'On hold' },
    pending_approval: { zh: '待审核', en: 'Pending approval' },
    pending_confirmation: { zh: '待客户确认', en: 'Awaiting confirmation' },
    resolved: { zh: '已解决', en: 'Resolved' },
    closed: { zh: '已关闭', en: 'Closed' },
    archived: { zh: '已归档', en: 'Archived' },
    cancelled: { zh: '已撤销', en: 'Cancelled' },
  },
  priority: {
    P1: { zh: 'P1 紧急', en: 'P1 Urgent' },
    P2: { zh: 'P2 高', en: 'P2 High' },
    P3: { zh: 'P3 中', en: 'P3 Medium' },
    P4: { zh: 'P4 低', en: 'P4 Low' },
  },
  urgency: {
    critical: { zh: '特急', en: 'Critical' },
    high: { zh: '高', en: 'High' },
    medium: { zh: '中', en: 'Medium' },
    low: { zh: '低', en: 'Low' },
  },
  impact: {
    wide: { zh: '大范围', en: 'Wide' },
    group: { zh: '部分用户', en: 'A group' },
    single: { zh: '单个客户', en: 'One customer' },
    minor: { zh: '轻微', en: 'Minor' },
  },
  conversationState: {
    new: { zh: '新会话', en: 'New' },
    bot: { zh: '机器人接待', en: 'Bot' },
    queued: { zh: '排队中', en: 'Queued' },
    offered: { zh: '待接受', en: 'Offered' },
    active: { zh: '人工接待中', en: 'Active' },
    closed: { zh: '已结束', en: 'Closed' },
    offline_message: { zh: '留言', en: 'Left a message' },
  },
  conversationIntent: { order_query: { zh: '查订单', en: 'Order query' } },
  unitKind: {
    tech_centre: { zh: '技术中心', en: 'Technical centre' },
    repair_centre: { zh: '维修中心', en: 'Repair centre' },
    branch: { zh: '分中心', en: 'Regional branch' },
    call_centre: { zh: '呼叫中心', en: 'Call centre' },
    store: { zh: '门店', en: 'Store' },
    department: { zh: '部门', en: 'Department' },
  },
  closeReason: {
    agent_closed: { zh: '客服结束', en: 'Closed by agent' },
    self_served: { zh: '自助解决', en: 'Solved by self-service' },
    customer_closed: { zh: '客户结束', en: 'Closed by customer' },
    customer_timeout: { zh: '客户超时', en: 'Customer timed out' },
    agent_timeout: { zh: '客服超时', en: 'Agent timed out' },
    queue_abandoned: { zh: '排队放弃', en: 'Left the queue' },
    queue_timeout: { zh: '排队超时', en: 'Queue timed out' },
    transferred: { zh: '已转接', en: 'Transferred' },
    taken_over: { zh: '被接管', en: 'Taken over' },
    no_agent: { zh: '无客服在线', en: 'No agent' },
    out_of_hours: { zh: '非服务时间', en: 'Out of hours' },
    system: { zh: '系统结束', en: 'Closed by system' },
  },
  presence: {
    offline: { zh: '未签入', en: 'Offline' },
    ready: { zh: '示闲', en: 'Ready' },
    not_ready: { zh: '示忙', en: 'Not ready' },
    on_break: { zh: '小休', en: 'On break' },
    training: { zh: '培训', en: 'Training' },
    meeting: { zh: '会议', en: 'Meeting' },
  },
  breakReason: {
    short: { zh: '普通小休', en: 'Short break' },
    meal: { zh: '就餐', en: 'Meal' },
    restroom: { zh: '入厕', en: 'Restroom' },
    meeting: { zh: '会议', en: 'Meeting' },
    coaching: { zh: '辅导', en: 'Coaching' },
    training: { zh: '培训', en: 'Training' },
    handover: { zh: '交接', en: 'Hand-over' },
    forced: { zh: '强制小休', en: 'Forced' },
    sign_in: { zh: '签入小休', en: 'Sign-in' },
    // Given by the centre itself, never chosen.
    offer_missed: { zh: '未及时接起', en: 'Missed an offer' },
    connection_lost: { zh: '连接中断', en: 'Connection lost' },
    other: { zh: '其它', en: 'Other' },
  },
  customerKind: {
    person: { zh: '个人', en: 'Person' },
    company: { zh: '企业', en: 'Company' },
    partner: { zh: '合作伙伴', en: 'Partner' },
  },
  customerLevel: {
    vip: { zh: 'VIP', en: 'VIP' },
    normal: { zh: '普通', en: 'Normal' },
    potential: { zh: '潜力', en: 'Potential' },
  },
  channelKind: {
    webchat: { zh: '在线客服', en: 'Web chat' },
    portal: { zh: '自助门户', en: 'Portal' },
    email: { zh: '邮件', en: 'E-mail' },
    phone: { zh: '电话', en: 'Phone' },
    wechat: { zh: '微信', en: 'WeChat' },
    visit: { zh: '来访', en: 'Visit' },
    letter: { zh: '来信', en: 'Letter' },
    fax: { zh: '传真', en: 'Fax' },
    api: { zh: '接口', en: 'API' },
  },
  visibility: {
    public: { zh: '回复客户', en: 'Public' },
    internal: { zh: '内部备注', en: 'Internal note' },
    system: { zh: '系统', en: 'System' },
  },
  authorKind: {
    customer: { zh: '客户', en: 'Customer' },
    agent: { zh: '客服', en: 'Agent' },
    system: { zh: '系统', en: 'System' },
    unverified: { zh: '未核实来信人', en: 'Unverified sender' },
  },
  deliveryState: {
    none: { zh: '—', en: '—' },
    queued: { zh: '待发送', en: 'Queued' },
    sending: { zh: '发送中', en: 'Sending' },
    sent: { zh: '已发送', en: 'Sent' },
    delivered: { zh: '已送达', en: 'Delivered' },
    read: { zh: '已读', en: 'Read' },
    failed: { zh: '未送达', en: 'Failed' },
  },
  deadlineState: {
    running: { zh: '计时中', en: 'Running' },
    paused: { zh: '已暂停', en: 'Paused' },
    met: { zh: '按时完成', en: 'Met' },
    breached: { zh: '已超时', en: 'Breached' },
    met_late: { zh: '超时完成', en: 'Met late' },
    cancelled: { zh: '已取消', en: 'Cancelled' },
  },
  deadlineKind: {
    offer: { zh: '待接受', en: 'Accept' },
    first_answer: { zh: '首次应答', en: 'First answer' },
    classify: { zh: '分类', en: 'Classify' },
    first_reply: { zh: '首次人工回复', en: 'First human reply' },
    start: { zh: '开始处理', en: 'Start handling' },
    respond: { zh: '响应', en: 'Respond' },
    resolve: { zh: '解决', en: 'Resolve' },
    escalation: { zh: '升级', en: 'Escalate' },
    progress: { zh: '进度告知', en: 'Progress notice' },
    complaint_contact: { zh: '投诉首次联系', en: 'Complaint contact' },
    complaint_plan: { zh: '投诉方案', en: 'Complaint plan' },
    manager_callback: { zh: '经理回访', en: 'Manager call-back' },
    survey: { zh: '满意度邀评', en: 'Survey' },
    emergency_contact: { zh: '紧急联系', en: 'Emergency contact' },
    acknowledge: { zh: '告警确认', en: 'Acknowledge alert' },
    order_query: { zh: '查单回复', en: 'Order query' },
    confirm_reminder: { zh: '确认提醒', en: 'Confirmation reminder' },
    step: { zh: '流程步骤', en: 'Playbook step' },
    commitment: { zh: '承诺', en: 'Promise' },
    callback: { zh: '回访', en: 'Call-back' },
    approval: { zh: '审批', en: 'Approval' },
    follow_up: { zh: '跟进', en: 'Follow-up' },
  },
  taskKind: {
    step: { zh: '流程步骤', en: 'Step' },
    commitment: { zh: '承诺', en: 'Promise' },
    callback: { zh: '回访', en: 'Call-back' },
    approval: { zh: '审批', en: 'Approval' },
    follow_up: { zh: '跟进', en: 'Follow-up' },
  },
  /** Industries of the shipped playbooks; one that a centre writes itself stays as it is written. */
  industry: {
    通用: { zh: '通用', en: 'General' },
    电商: { zh: '电商', en: 'E-commerce' },
    企业服务: { zh: '企业服务', en: 'Business services' },
    物业: { zh: '物业', en: 'Property' },
    维修服务: { zh: '维修服务', en: 'Repair' },
    医疗健康: { zh: '医疗健康', en: 'Health care' },
    快递物流: { zh: '快递物流', en: 'Courier' },
    邮政: { zh: '邮政', en: 'Postal' },
    金融: { zh: '金融', en: 'Finance' },
    银行: { zh: '银行', en: 'Banking' },
    游戏: { zh: '游戏', en: 'Games' },
  },
  taskOutcome: {
    done: { zh: '已完成', en: 'Done' },
    kept: { zh: '已兑现', en: 'Kept' },
    approved: { zh: '已同意', en: 'Approved' },
    rejected: { zh: '已驳回', en: 'Rejected' },
  },
  taskState: {
    open: { zh: '待办', en: 'Open' },
    done: { zh: '已完成', en: 'Done' },
    skipped: { zh: '已跳过', en: 'Skipped' },
    cancelled: { zh: '已取消', en: 'Cancelled' },
  },
  callOutcome: {
    reached: { zh: '已联系上', en: 'Reached' },
    no_answer: { zh: '未接听', en: 'No answer' },
    busy: { zh: '占线', en: 'Busy' },
    refused: { zh: '拒绝回访', en: 'Refused' },
    wrong_number: { zh: '号码有误', en: 'Wrong number' },
    no_feedback: { zh: '无反馈', en: 'No feedback' },
  },
  runState: {
    running: { zh: '进行中', en: 'Running' },
    done: { zh: '已完成', en: 'Done' },
    cancelled: { zh: '已终止', en: 'Cancelled' },
  },
  audience: {
    internal: { zh: '内部', en: 'Internal' },
    public: { zh: '公开', en: 'Public' },
  },
  versionState: {
    draft: { zh: '草稿', en: 'Draft' },
    published: { zh: '已发布', en: 'Published' },
    retired: { zh: '已废止', en: 'Retired' },
  },
  clockUnit: {
    wall: { zh: '自然时间', en: 'wall time' },
    business: { zh: '工作时间', en: 'working time' },
    businessDays: { zh: '工作日', en: 'working days' },
  },
  scope: {
    own: { zh: '本人', en: 'own' },
    group: { zh: '本组', en: 'group' },
    channel: { zh: '本渠道', en: 'channel' },
    all: { zh: '全部', en: 'all' },
  },
  verification: {
    works_normally: { zh: '客户确认使用正常', en: 'Customer works normally' },
    satisfied_with_plan: { zh: '客户认可方案', en: 'Customer accepts the plan' },
    answered: { zh: '已解答', en: 'Answered' },
  },
  phraseKind: {
    forbidden: { zh: '禁用语', en: 'Forbidden' },
    blame: { zh: '推诿', en: 'Blames others' },
    exaggeration: { zh: '夸大', en: 'Exaggerates' },
    sensitive: { zh: '敏感', en: 'Sensitive' },
    careless: { zh: '敷衍', en: 'Careless' },
  },
  noticeKind: {
    offered: { zh: '新会话待接起', en: 'A conversation is offered' },
    offer_missed: { zh: '会话未及时接起', en: 'An offer was missed' },
    assigned: { zh: '工单分派给我', en: 'A ticket is assigned to me' },
    customer_wrote: { zh: '客户有新消息', en: 'The customer wrote' },
    stranger_wrote: { zh: '未核实来信人写入', en: 'An unverified sender wrote' },
    urged: { zh: '客户催单', en: 'The customer urges' },
    deadline_warned: { zh: '时限即将超时', en: 'A clock is nearly due' },
    deadline_breached: { zh: '时限已超时', en: 'A clock is overdue' },
    urgent_opened: { zh: '紧急工单', en: 'An urgent ticket' },
    urgent_unanswered: { zh: '紧急工单无人确认', en: 'An urgent ticket is not acknowledged' },
    escalated: { zh: '工单升级', en: 'A ticket was escalated' },
    made_accountable: { zh: '成为首问责任人', en: 'I am accountable now' },
    bounced: { zh: '工单多次退转', en: 'A ticket is passed around' },
    customer_upset: { zh: '客户情绪激动', en: 'A customer is angry' },
    upset_unanswered: { zh: '客户情绪激动，无人介入', en: 'An angry customer, and nobody came in' },
    certificate_expiring: { zh: '产品认证即将到期', en: 'A product certificate ends soon' },
    incident_started: { zh: '启动应急模式', en: 'Incident mode is on' },
    incident_ended: { zh: '解除应急模式', en: 'Incident mode is over' },
    low_score: { zh: '客户评价较低', en: 'A low rating' },
    mail_failed: { zh: '邮件未送达客户', en: 'A mail did not reach the customer' },
    task_given: { zh: '新的待办', en: 'A new task' },
    approval_asked: { zh: '请我审批', en: 'An approval is asked of me' },
    step_due: { zh: '待办即将到期', en: 'A task is nearly due' },
    step_late: { zh: '待办已超时', en: 'A task is overdue' },
  },
  ticketCloseReason: {
    customer_confirmed: { zh: '客户已确认', en: 'Confirmed by customer' },
    no_answer: { zh: '多次提醒未回应', en: 'No answer after reminders' },
    supervisor_override: { zh: '主管批准关闭', en: 'Supervisor override' },
    cancelled: { zh: '已撤销', en: 'Cancelled' },
    merged: { zh: '已合并', en: 'Merged' },
  },
};
