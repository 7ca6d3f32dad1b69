/** What a step of the centre's own does, in words: what it draws, sums up, writes, and whom it waits for. Pure. */
import { stepOf } from '#contracts/flow.ts';
import type { Among, Step, Words } from '#contracts/pack.ts';
import { namesOfFacts, sayCondition } from './saying.ts';
import type { Language, Seen } from './saying.ts';

type Figure = NonNullable<Step['figures']>[string];
/** `{now}`, `{me}` or `{answers.step.field}`; everything else is itself. */
export const tokenOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? /^\{([\w.]+)\}$/.exec(value)?.[1] : undefined;

export const kindIn = (pack: Seen, key: string | undefined) =>
  [...pack.records, ...(pack.others ?? [])].find((kind) => kind.key === key);
/** The pack seen through one kind: its fields are those that `record.…` means. */
export const through = (pack: Seen, key: string | undefined): Seen => {
  const kind = kindIn(pack, key);
  return kind ? { ...pack, records: [kind], others: [...pack.records, ...(pack.others ?? [])] } : pack;
};

const spans = {
  hour: { last: '上一小时', this: '本小时', unit: '小时', en: 'hour' },
  day: { last: '前一天', this: '当天', unit: '天', en: 'day' },
  week: { last: '上周', this: '本周', unit: '周', en: 'week' },
  month: { last: '上个月', this: '本月', unit: '个月', en: 'month' },
  quarter: { last: '上季度', this: '本季度', unit: '个季度', en: 'quarter' },
};
type Span = NonNullable<Among['over']>;
export const saySpan = (over: Span | undefined, language: Language): string => {
  const unit = over?.last ?? over?.this;
  if (!over || !unit) return '';
  const zh = language === 'zh';
  const back = over.back ?? 1;
  if (over.this) return zh ? spans[unit].this : `this ${spans[unit].en}`;
  if (back > 1) return zh ? `${back} ${spans[unit].unit}前` : `${back} ${spans[unit].en}s ago`;
  return zh ? spans[unit].last : `the last ${spans[unit].en}`;
};

const marks: Record<string, Words> = {
  received: { zh: '受理', en: 'received' },
  open: { zh: '未关闭', en: 'open' },
  resolved: { zh: '解决过', en: 'solved once' },
  solved: { zh: '已解决', en: 'solved' },
  decided: { zh: '时限已有结果', en: 'promises decided' },
  kept: { zh: '时限全部达成', en: 'all promises kept' },
  late: { zh: '有时限超时', en: 'a promise missed' },
  reopened: { zh: '重开过', en: 'reopened' },
  first_contact: { zh: '一次解决', en: 'solved at first contact' },
  rated: { zh: '有评价', en: 'rated' },
  satisfied: { zh: '评价满意', en: 'rated satisfied' },
  complaint: { zh: '投诉', en: 'complaints' },
  complaint_closed: { zh: '已关闭的投诉', en: 'complaints closed' },
  complaint_again: { zh: '复发的投诉', en: 'complaints again' },
};
const measures: Record<string, Words> = {
  count: { zh: '件数', en: 'how many' },
  csat: { zh: '平均满意度', en: 'mean satisfaction' },
  hours: { zh: '平均解决小时数', en: 'mean hours to the solution' },
  list: { zh: '清单', en: 'a list' },
};
export const results: Record<string, Words> = {
  count: { zh: '抽中数', en: 'number drawn' },
  open: { zh: '未完成数', en: 'number still open' },
  done: { zh: '完成数', en: 'number done' },
  tally: { zh: '结果分布', en: 'outcomes counted' },
  list: { zh: '结果清单', en: 'results, a line each' },
};
/** “上个月的《预约》（按到店时间），其中记录状态是…” */
export const sayAmong = (pack: Seen, among: Among, language: Language): string => {
  const own = through(pack, among.kind);
  const kind = kindIn(pack, among.kind);
  const span = saySpan(among.over, language);
  const name = kind?.name[language] ?? among.kind;
  const at = among.at && among.over ? namesOfFacts(own, language).path(`record.${among.at}`) : '';
  const condition = sayCondition(own, among.if, language);
  return language === 'zh'
    ? `${span && `${span}的`}《${name}》${at && `（按${at}）`}${condition && `，其中${condition}`}`
    : `“${name}”${span && ` of ${span}`}${at && ` (by ${at})`}${condition && ` where ${condition}`}`;
};

const sayFigure = (pack: Seen, into: string | undefined, figure: Figure, language: Language): string => {
  const zh = language === 'zh';
  if ('change' in figure) {
    const name = (key: string) => namesOfFacts(through(pack, into), language).path(`record.${key}`);
    return zh
      ? `${name(figure.change)}减去${name(figure.since)}`
      : `${name(figure.change)} less ${name(figure.since)}`;
  }
  if ('talks' in figure)
    return zh
      ? `${saySpan(figure.over, 'zh')}会话的平均首次响应分钟数`
      : `mean minutes to the first words, talks of ${saySpan(figure.over, 'en')}`;
  if ('tickets' in figure) {
    const span = saySpan(figure.over, language);
    const [which, of] = [figure.tickets as string, figure.of as string | undefined].map((key) =>
      key ? (marks[key]?.[language] ?? key) : '',
    );
    const measure = measures[figure.as ?? 'count']![language];
    if (of)
      return zh
        ? `${span}“${of}”的工单中“${which}”的百分比`
        : `percent “${which}” of tickets “${of}”, ${span}`;
    return zh ? `${span}“${which}”的工单：${measure}` : `tickets “${which}” ${span}: ${measure}`;
  }
  if ('drawn' in figure) {
    const name = stepOf(pack, figure.drawn)?.name[language] ?? figure.drawn;
    const span = saySpan(figure.over, language);
    const what = results[figure.as ?? 'count']![language];
    return zh ? `${span}“${name}”的${what}` : `${what} of “${name}”, ${span}`;
  }
  const among = 'count' in figure ? figure.count : 'share' in figure ? figure.share : figure.of;
  const of = sayAmong(pack, among, language);
  const field =
    'sum' in figure ? figure.sum : 'list' in figure ? figure.list : 'tally' in figure ? figure.tally : '';
  const name = field && namesOfFacts(through(pack, among.kind), language).path(`record.${field}`);
  if ('count' in figure) return zh ? `${of}的条数` : `how many ${of}`;
  if ('share' in figure) {
    const least = figure.atLeast;
    if (least !== undefined) return zh ? `是否占${of}的 ${least}% 以上` : `whether it is ${least}% of ${of}`;
    return zh ? `占${of}的百分比` : `percent of ${of}`;
  }
  if ('sum' in figure) return zh ? `${of}的${name}合计` : `sum of ${name} over ${of}`;
  return 'list' in figure
    ? zh
      ? `${of}的${name}清单`
      : `${name} of ${of}, listed`
    : zh
      ? `${of}按${name}计数`
      : `${of} counted by ${name}`;
};

/** What a field is set to. */
export const sayValue = (pack: Seen, path: string, value: unknown, language: Language): string => {
  const token = tokenOf(value);
  if (token === 'now') return { zh: '当时时间', en: 'the time then' }[language];
  if (token === 'me') return { zh: '办理人', en: 'who did the last step' }[language];
  const names = namesOfFacts(pack, language);
  if (!token) return names.value(path, (value ?? null) as never);
  // An outcome and a delay name their step themselves.
  const filled = token.startsWith('answers.') && !/\.(outcome|minutesLate)$/.test(token);
  const step = filled ? stepOf(pack, token.split('.')[1]!) : undefined;
  const name = names.path(token);
  return step
    ? { zh: `“${step.name.zh}”填写的${name}`, en: `${name} as filled in at “${step.name.en}”` }[language]
    : name;
};

/** One sentence for each thing that the step does by itself, or waits for. */
export const sayWork = (pack: Seen, step: Step, language: Language): string[] => {
  const zh = language === 'zh';
  const said: string[] = [];
  if (step.joins) {
    const names = step.joins.map((key) => `“${stepOf(pack, key)?.name[language] ?? key}”`);
    said.push(zh ? `等${names.join('、')}都完成` : `waits until ${names.join(', ')} are all done`);
  }
  if (step.kind === 'sample' && step.talks) {
    const each = step.talks.each === 'channel' ? { zh: '渠道', en: 'channel' } : { zh: '客服', en: 'agent' };
    const span = saySpan(step.talks.over, language);
    said.push(
      zh
        ? `从${span}的会话中每个${each.zh}随机抽 ${step.count ?? 0} 条`
        : `draws ${step.count ?? 0} talks of each ${each.en} of ${span}`,
    );
  } else if (step.kind === 'sample' && step.among) {
    const many = step.count ? (zh ? `${step.count} 条` : String(step.count)) : `${step.share ?? 0}%`;
    const of = sayAmong(pack, step.among, language);
    said.push(
      zh ? `从${of}中随机抽 ${many}，每条一个任务` : `draws ${many} at random of ${of}, a task for each`,
    );
  }
  if (step.kind === 'collect') {
    const into = kindIn(pack, step.into)?.name[language] ?? step.into ?? '';
    const names = namesOfFacts(through(pack, step.into), language);
    for (const [field, figure] of Object.entries(step.figures ?? {}))
      said.push(
        `《${into}》${names.path(`record.${field}`)}${zh ? '：' : ': '}${sayFigure(pack, step.into, figure, language)}`,
      );
    if (step.mark)
      said.push(
        zh
          ? `汇总后标记${sayAmong(pack, step.mark.among, 'zh')}`
          : `marks ${sayAmong(pack, step.mark.among, 'en')}`,
      );
  }
  if (step.kind === 'record' || step.kind === 'customer' || step.kind === 'change') {
    const own = step.into ? through(pack, step.into) : pack;
    const root = { customer: 'customer', change: 'ticket' }[step.kind as string] ?? 'record';
    const into = step.into && (kindIn(pack, step.into)?.name[language] ?? step.into);
    if (into) said.push(zh ? `新建《${into}》` : `makes a “${into}”`);
    for (const [field, value] of Object.entries(step.set ?? {})) {
      const name = namesOfFacts(own, language).path(`${root}.${field}`);
      const words = sayValue(own, `${root}.${field}`, value, language);
      said.push(zh ? `${name}填为${words}` : `${name} becomes ${words}`);
    }
    if (step.tag) said.push(zh ? `客户打上标签“${step.tag}”` : `marks the customer “${step.tag}”`);
    const state = pack.records.flatMap(({ states = [] }) => states).find(({ key }) => key === step.move);
    if (state) said.push(zh ? `记录变为“${state.zh}”` : `the record becomes “${state.en}”`);
  }
  return said;
};
