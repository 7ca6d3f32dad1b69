/** The part of the error catalogue that records, tasks, runs, playbooks and views bring. */
export const workErrors = {
  TICKET_CALLBACK_OWED: {
    status: 409,
    zh: ['经理尚未回访', '投诉解决后由经理回访客户，回访之后才能关闭；或由主管注明理由关闭。'],
    en: [
      'The manager has not called back',
      'After a complaint is solved the manager calls the customer back; it closes after that, or by a supervisor’s override with a reason.',
    ],
  },
  TICKET_CALLBACK_NOT_OWED: {
    status: 409,
    zh: ['没有待办的经理回访', '只有已解决、尚未回访的投诉才登记经理回访。请刷新后查看。'],
    en: [
      'No manager’s call is owed',
      'The call is noted for a complaint that is solved and was not called back yet. Reload to see it.',
    ],
  },
  TICKET_CALLBACK_IN_PLAYBOOK: {
    status: 409,
    zh: ['请在流程里办理回访', '此投诉的经理回访是流程中的一步。请在右侧步骤或待办里填写结果。'],
    en: [
      'The call is a step of the playbook',
      'The manager’s call of this complaint is a step of its playbook. Fill in the outcome in the step panel or under tasks.',
    ],
  },
  VIEWS_TOO_MANY: {
    status: 409,
    zh: ['视图太多了', '每人最多保存 {most} 个视图。请先删除不再使用的。'],
    en: [
      'Too many views',
      'One person keeps at most {most} views. Remove some that are no longer used first.',
    ],
  },
  RECORD_KIND_UNKNOWN: {
    status: 404,
    zh: ['没有这种记录', '没有名为「{kind}」的记录类型，或它已停用。请在流程中启用相应的场景包。'],
    en: [
      'No such kind of record',
      'There is no kind of record "{kind}", or it is off. Enable the pack that brings it.',
    ],
  },
  RECORD_MOVE_REFUSED: {
    status: 409,
    zh: ['状态不能这样变更', '{reason}。请先完成前面的步骤。'],
    en: ['This move is not possible', '{reason}. Do what comes before it first.'],
  },
  RECORD_GATHERS_NOT: {
    status: 409,
    zh: [
      '这种记录不归集工单',
      '「{kind}」不归集工单。请选用归集工单的记录类型，或在流程的记录类型中开启归集。',
    ],
    en: [
      'This kind gathers no tickets',
      'Tickets are not gathered under "{kind}". Use a kind that gathers, or switch gathering on for it in its playbook.',
    ],
  },
  RECORD_NUMBER_FOREIGN: {
    status: 404,
    zh: ['不是本公司的单号', '此处只能查询本公司的单号。请核对后重试。'],
    en: [
      'Not one of our numbers',
      'Only numbers of this company can be looked up here. Check it and try again.',
    ],
  },
  TASK_NOT_OPEN: {
    status: 409,
    zh: ['待办已结束', '此待办已是「{state}」。请刷新后查看。'],
    en: ['The task is over', 'This task is "{state}" already. Reload to see it.'],
  },
  TASK_OUTCOME_REQUIRED: {
    status: 422,
    zh: ['请填写结果', '结束此待办必须选择结果：{allowed}。没有联系上或没有反馈也请如实选择。'],
    en: [
      'An outcome is required',
      'Choose what came of it: {allowed}. Not reached and no feedback count too.',
    ],
  },
  TASK_NOT_YOURS: {
    status: 403,
    zh: ['不是您的待办', '此待办由{who}办理。需要时请主管转交。'],
    en: ['Not your task', 'This task is for {who}. Ask a supervisor to hand it over.'],
  },
  STEP_INCOMPLETE: {
    status: 422,
    zh: ['步骤还不能完成', '{reason}。请补齐后再完成。'],
    en: ['The step cannot be finished yet', '{reason}. Complete it and try again.'],
  },
  STEP_SKIP_REFUSED: {
    status: 403,
    zh: ['此步骤不能跳过', '「{step}」{rule}。'],
    en: ['The step cannot be skipped', '"{step}" {rule}.'],
  },
  CONTACT_TOO_OFTEN: {
    status: 409,
    zh: [
      '联系过于频繁',
      '最近 {days} 天已{via}主动联系该客户 {count} 次，上限 {cap} 次。请改期，或由主管注明理由后放行。',
    ],
    en: [
      'Contacted too often',
      'This customer was contacted {count} times{via} in the last {days} days, the cap is {cap}. Do it later, or let a supervisor allow it with a reason.',
    ],
  },
  DO_NOT_DISTURB: {
    status: 409,
    zh: ['客户已设免打扰', '该客户不接受主动联系。服务通知不受影响；确需联系请由主管注明理由。'],
    en: [
      'Do not disturb',
      'This customer wants no unasked contact. Service notices still go; a supervisor may allow more with a reason.',
    ],
  },
  APPROVAL_SELF: {
    status: 403,
    zh: ['不能审批自己的申请', '申请人与审批人不能是同一人。请由他人审批。'],
    en: [
      'Nobody approves their own request',
      'Requester and approver must be two people. Ask somebody else.',
    ],
  },
  APPROVAL_DECIDED: {
    status: 409,
    zh: ['已被处理', '此审批已由{who}于{at}处理为「{outcome}」。'],
    en: ['Already decided', 'It was decided by {who} at {at}: "{outcome}".'],
  },
  APPROVAL_PENDING: {
    status: 409,
    zh: ['尚未批准', '「{what}」还未批准，不能继续。请等待{who}审批。'],
    en: ['Not approved yet', '"{what}" is not approved yet. Wait for {who}.'],
  },
  PLAYBOOK_UNKNOWN: {
    status: 404,
    zh: ['没有这个流程', '没有名为「{key}」的已发布流程，或它已停用。'],
    en: ['No such playbook', 'There is no published playbook "{key}", or it is off.'],
  },
  PLAYBOOK_RUNNING: {
    status: 409,
    zh: ['流程已在进行', '此对象上已有一个进行中的「{name}」。'],
    en: ['Already running', '"{name}" is running on it already.'],
  },
  PLAYBOOK_INVALID: {
    status: 422,
    zh: ['流程有误', '共 {count} 处需要更正，请按提示修改后再发布。'],
    en: ['The playbook has faults', '{count} places need correction; mend them as told before publishing.'],
  },
  RECORD_KIND_TAKEN: {
    status: 409,
    zh: ['记录种类已被占用', '「{key}」已由流程「{pack}」提供，请换一个键，或用 needs 引用它。'],
    en: [
      'The kind of record is taken',
      '"{key}" comes with the playbook "{pack}"; choose another key, or use it by `needs`.',
    ],
  },
  INCIDENT_ON: {
    status: 409,
    zh: ['应急模式已启动', '应急模式正在进行，公告已发布。要换公告，请先解除再启动。'],
    en: [
      'Incident mode is on',
      'It is on and announced already. To change the text, switch it off and on again.',
    ],
  },
  INCIDENT_OFF: {
    status: 409,
    zh: ['应急模式未启动', '现在没有进行中的应急模式，可能已被同事解除。'],
    en: ['Incident mode is off', 'Nothing is on now; a colleague may have switched it off already.'],
  },
  ARTICLE_STATE: {
    status: 409,
    zh: ['知识条目状态不符', '此条目是「{state}」，不能{action}。请刷新后查看。'],
    en: [
      'The article’s state does not allow this',
      'It is "{state}"; you cannot {action}. Reload to see it.',
    ],
  },
  ARTICLE_KEY_TAKEN: {
    status: 409,
    zh: ['知识编号已被使用', '编号「{key}」已是《{title}》。请换一个编号，或改写那一条。'],
    en: [
      'The key is taken',
      'The key "{key}" is that of "{title}" already. Choose another, or write the next version of that article.',
    ],
  },
  ARTICLE_INTERNAL: {
    status: 422,
    zh: ['内部知识不能发给客户', '《{title}》仅供内部使用，没有发送。请改用公开的条目，或写成内部备注。'],
    en: [
      'Internal knowledge does not go to customers',
      '"{title}" is for colleagues only; nothing was sent. Use a public article, or write an internal note.',
    ],
  },
  RUN_OVER: {
    status: 409,
    zh: ['流程已结束', '此流程已{state}，不能再操作。'],
    en: ['The run is over', 'This run is {state}; nothing can be done on it.'],
  },
} as const;
