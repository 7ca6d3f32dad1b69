/** What a step has beside who, when and where to: whom it tells, what finishing does, what may not be. Pure. */
import { sayDuration } from '#contracts/durations.ts';
import type { Step, Words } from '#contracts/pack.ts';
import { labels } from '#contracts/words.ts';
import { namesOfFacts, sayWho } from './saying.ts';
import type { Language, Names, Seen } from './saying.ts';
import { kindIn } from './saying-work.ts';

export const doings: Record<NonNullable<Step['does']>, Words> = {
  contact: { zh: '记为已联系客户', en: 'the customer counts as contacted' },
  progress: { zh: '记为已告知进展', en: 'the customer counts as told of progress' },
  incident: { zh: '按填写的内容开启应急模式', en: 'incident mode is switched on with what was filled in' },
  certify: { zh: '给记录中的人员发上岗认证', en: 'the person in the record is certified' },
  severity: { zh: '按填写的严重程度改工单', en: 'the ticket becomes as severe as was filled in' },
};

/** Which field names the person or group that has the step. */
const named = (pack: Seen, who: Step['who'], language: Language): string => {
  if (typeof who !== 'object' || !('person' in who || 'groupOf' in who)) return '';
  const field = namesOfFacts(pack, language).path('person' in who ? who.person : who.groupOf);
  return language === 'zh'
    ? `由“${field}”所填的${'person' in who ? '人' : '组'}办理`
    : `done by whom “${field}” names`;
};

const saySending = (pack: Seen, step: Step, language: Language, names: Names): string[] => {
  const zh = language === 'zh';
  const places: Record<string, Words> = {
    customer: { zh: '客户', en: 'the customer' },
    customers: { zh: '客户和所有归集工单的客户', en: 'the customers of every gathered ticket' },
  };
  const { to = 'customer' } = step;
  const whom =
    typeof to === 'object' && ('person' in to || 'groupOf' in to)
      ? namesOfFacts(pack, language).path('person' in to ? to.person : to.groupOf)
      : typeof to === 'string' && to in places
        ? places[to]![language]
        : sayWho(to as Step['who'], language, names);
  return [
    zh ? `通知${whom}` : `tells ${whom}`,
    step.byMail ? (zh ? '可以发邮件' : 'by mail where that fits') : '',
    step.attach ? (zh ? '附上记录的 PDF' : 'with the record as a PDF') : '',
    step.needsAck ? (zh ? '要求确认' : 'asks for an acknowledgement') : '',
  ];
};

const sayOpening = (
  pack: Seen,
  open: NonNullable<Step['open']>,
  language: Language,
  names: Names,
): string[] => {
  const zh = language === 'zh';
  const category = open.category && (names.category?.(open.category) ?? open.category);
  return [
    zh
      ? `开给${names.group(open.group)}：“${open.subject.zh}”`
      : `for ${names.group(open.group)}: “${open.subject.en}”`,
    category ? (zh ? `分类 ${category}` : `category ${category}`) : '',
    open.wait === false ? (zh ? '不等它关闭' : 'does not wait until it is closed') : '',
    open.main ? (zh ? '作为本个案的工单' : 'it becomes the ticket of the case') : '',
    open.talk ? (zh ? '会话一起转过去' : 'the talk goes with it') : '',
    open.accused
      ? zh
        ? `对${namesOfFacts(pack, 'zh').path(open.accused)}本人不可见`
        : `hidden from ${namesOfFacts(pack, 'en').path(open.accused)}`
      : '',
  ];
};

/** Within how long after what, by how many: `2 个工作日内（每 10 个数量），自登记时间起`. */
const sayStretch = (
  pack: Seen,
  { within, per, from }: Pick<NonNullable<Step['notAfter']>, 'within' | 'per' | 'from'>,
  language: Language,
): string => {
  const names = namesOfFacts(pack, language);
  const times = per
    ? language === 'zh'
      ? `（每 ${per.each} 个${names.path(per.of)}）`
      : ` for each ${per.each} ${names.path(per.of)}`
    : '';
  const since = from ? names.path(from) : '';
  return language === 'zh'
    ? `${since && `${since}之后 `}${sayDuration(within, 'zh')}${times}`
    : `${sayDuration(within, 'en')}${times}${since && ` after ${since}`}`;
};

/** Which clock counts and when it is reminded of, beside the limit itself. */
export const sayClock = (step: Step, language: Language): string[] => {
  const zh = language === 'zh';
  return [
    step.clock
      ? zh
        ? `按工单自己的“${labels.deadlineKind![step.clock]?.zh ?? step.clock}”计时`
        : `the ticket’s own clock “${labels.deadlineKind![step.clock]?.en ?? step.clock}”`
      : '',
    step.warnAt
      ? zh
        ? `时限用到 ${Math.round(step.warnAt * 100)}% 时提醒`
        : `reminded at ${Math.round(step.warnAt * 100)}% of the limit`
      : '',
  ].filter(Boolean);
};

/** What may be filled in at most, and what finishing does beside going on. */
export const sayFinish = (pack: Seen, step: Step, language: Language): string[] => {
  const zh = language === 'zh';
  const facts = namesOfFacts(pack, language);
  return [
    step.notAfter
      ? zh
        ? `${facts.path(`answers.${step.key}.${step.notAfter.field}`)}不能晚于${sayStretch(pack, step.notAfter, 'zh')}`
        : `${facts.path(`answers.${step.key}.${step.notAfter.field}`)} not later than ${sayStretch(pack, step.notAfter, 'en')}`
      : '',
    step.does ? (zh ? `完成后${doings[step.does].zh}` : `once done, ${doings[step.does].en}`) : '',
    step.service === undefined
      ? ''
      : step.service
        ? zh
          ? '因这件事联系客户，不计入联系频次'
          : 'a contact that the case asks for, which the frequency cap does not count'
        : zh
          ? '计入联系频次'
          : 'counted by the frequency cap',
    step.holdsOpen ? (zh ? '完成前不能结束会话' : 'the talk cannot be ended before') : '',
  ].filter(Boolean);
};

/** One sentence for each of them. */
export const sayRest = (pack: Seen, step: Step, language: Language, names: Names): string[] => {
  const zh = language === 'zh';
  const facts = namesOfFacts(pack, language);
  const kindName = (key: string | undefined) => kindIn(pack, key)?.name[language] ?? key ?? '';
  return [
    named(pack, step.who, language),
    ...(step.kind === 'tell' ? saySending(pack, step, language, names) : []),
    ...(step.open ? sayOpening(pack, step.open, language, names) : []),
    step.kind === 'assign'
      ? zh
        ? `分派给${sayWho(step.who, 'zh', names)}`
        : `goes to ${sayWho(step.who, 'en', names)}`
      : '',
    step.kind === 'assign' && typeof step.set?.category === 'string'
      ? zh
        ? `分类改为 ${names.category?.(step.set.category) ?? step.set.category}`
        : `the category becomes ${names.category?.(step.set.category) ?? step.set.category}`
      : '',
    step.playbook
      ? zh
        ? `启动流程“${names.playbook?.(step.playbook) ?? step.playbook}”`
        : `starts the playbook “${names.playbook?.(step.playbook) ?? step.playbook}”`
      : '',
    step.choices
      ? (zh ? '可选：' : 'one of: ') + step.choices.map((one) => one[language]).join(zh ? '、' : ', ')
      : '',
    step.attempts
      ? zh
        ? `最多打 ${step.attempts} 次${step.every ? `，相隔 ${sayDuration(step.every, 'zh')}` : ''}`
        : `at most ${step.attempts} attempts${step.every ? `, ${sayDuration(step.every, 'en')} apart` : ''}`
      : '',
    step.timeout
      ? zh
        ? `最多等 ${sayDuration(step.timeout, 'zh')}`
        : `waits at most ${sayDuration(step.timeout, 'en')}`
      : '',
    ...sayClock(step, language),
    step.checklist ? (zh ? '必须全部勾选' : 'everything must be ticked') : '',
    ...sayFinish(pack, step, language),
    step.under
      ? zh
        ? `写入《${kindName(step.into)}》，挂在《${kindName(step.under)}》下`
        : `written into “${kindName(step.into)}”, below “${kindName(step.under)}”`
      : '',
    step.each
      ? zh
        ? `每个${facts.path(`record.${step.each}`)}一条`
        : `one for each ${facts.path(`record.${step.each}`)}`
      : '',
    ...Object.entries(step.mark?.set ?? {}).map(([field, value]) => {
      const words =
        value === '{number}' ? { zh: '汇总编号', en: 'the number of the summary' }[language] : value;
      return zh
        ? `标记：${facts.path(`record.${field}`)}填为${words}`
        : `marks ${facts.path(`record.${field}`)}: ${words}`;
    }),
    step.mark?.move
      ? zh
        ? `标记的记录变为“${facts.value('record.state', step.mark.move)}”`
        : `what is marked becomes “${facts.value('record.state', step.mark.move)}”`
      : '',
    step.atMost ? (zh ? `最多走 ${step.atMost} 次` : `at most ${step.atMost} times`) : '',
    step.outcome ? (zh ? `结果 ${step.outcome}` : `outcome ${step.outcome}`) : '',
  ].filter(Boolean);
};
