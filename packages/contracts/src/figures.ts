/** 服务指标: what each figure counts. Rates are kept as numerator and denominator; a mean is a sum and a count. */

/** Marks of a ticket that figures count and the ticket list filters by, so that both count the same. */
export const ticketMarks = [
  'resolved',
  'solved',
  'decided',
  'kept',
  'late',
  'reopened',
  'first_contact',
  'rated',
  'satisfied',
  'complaint',
  'complaint_closed',
  'complaint_again',
] as const;
export type TicketMark = (typeof ticketMarks)[number];

type Text = { zh: string; en: string };
export type FigureUnit = 'share' | 'points' | 'minutes' | 'hours';
type FigureEntry = Text & {
  unit: FigureUnit;
  /** Which way is good. */
  better: 'more' | 'less';
  /** Numerator and denominator, in words. */
  how: Text;
  /** The tickets that are counted, and those of them that hit; absent where no ticket is counted. */
  of?: TicketMark;
  hit?: TicketMark;
};

export const figures = {
  slaHitRate: {
    zh: '时效达成率',
    en: 'Promises kept',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期受理且已有结果的工单中，没有一个时限超时的 ÷ 全部',
      en: 'Of the tickets received in the period and decided: those of which no promise was missed',
    },
    of: 'decided',
    hit: 'kept',
  },
  csat: {
    zh: '满意度',
    en: 'Satisfied',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期受理的工单收到的评价中，75 分及以上的 ÷ 全部评价',
      en: 'Of the ratings of tickets received in the period: those of 75 and more',
    },
    of: 'rated',
    hit: 'satisfied',
  },
  csatMean: {
    zh: '满意度均分',
    en: 'Mean rating',
    unit: 'points',
    better: 'more',
    how: {
      zh: '当期受理的工单收到的评价之和（0–100 分）÷ 评价数',
      en: 'Sum of the ratings (0–100) of tickets received in the period ÷ ratings',
    },
    of: 'rated',
  },
  surveyResponseRate: {
    zh: '评价回收率',
    en: 'Ratings given',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期受理且发出过评价邀请（或代录评价）的工单中，收到评价的 ÷ 全部',
      en: 'Of the tickets received in the period whose customer was asked for a rating: those rated',
    },
  },
  reopenRate: {
    zh: '重开率',
    en: 'Reopened',
    unit: 'share',
    better: 'less',
    how: {
      zh: '当期受理且解决过的工单中，重开过的 ÷ 全部',
      en: 'Of the tickets received in the period and solved once: those reopened',
    },
    of: 'resolved',
    hit: 'reopened',
  },
  firstContactResolution: {
    zh: '一次解决率',
    en: 'Solved at first contact',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期受理且解决过的工单中，一次联系即解决、未重开、7 天内同一客户没有同类工单的 ÷ 全部',
      en: 'Of the tickets received in the period and solved once: solved at one contact, not reopened, no other of the kind by the customer within 7 days',
    },
    of: 'resolved',
    hit: 'first_contact',
  },
  meanTimeToResolve: {
    zh: '平均解决时长',
    en: 'Mean time to solve',
    unit: 'hours',
    better: 'less',
    how: {
      zh: '当期受理并解决的工单，从登记到解决的时长（扣除等待客户的暂停）之和 ÷ 工单数',
      en: 'From registration to solution, without pauses for the customer, of the tickets received in the period ÷ tickets',
    },
    of: 'solved',
  },
  firstResponseTime: {
    zh: '首次响应时长',
    en: 'First response',
    unit: 'minutes',
    better: 'less',
    how: {
      zh: '当期转人工的会话，从转人工到人工首次回复的时长之和 ÷ 已回复的会话数',
      en: 'From being handed to people to their first words, of the conversations handed over in the period ÷ those answered',
    },
  },
  deflectionRate: {
    zh: '自助分流率',
    en: 'Solved by self-service',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期开始的网页会话中，由公开知识自助解决、没有进入人工排队的 ÷ 全部',
      en: 'Of the web chats begun in the period: those that the public articles solved without waiting for a person',
    },
  },
  averageComplaintTime: {
    zh: '投诉平均处理时长',
    en: 'Mean complaint handling',
    unit: 'hours',
    better: 'less',
    how: {
      zh: '当期受理的投诉，从登记到关闭的时长之和 ÷ 已关闭的投诉数',
      en: 'From registration to closing of the complaints received in the period ÷ complaints closed',
    },
    of: 'complaint_closed',
  },
  complaintCsat: {
    zh: '投诉满意度均分',
    en: 'Mean rating of complaints',
    unit: 'points',
    better: 'more',
    how: {
      zh: '当期受理的投诉，客户评价（没有的取经理回访后确认表的得分，0–100 分）之和 ÷ 有分数的投诉数',
      en: 'Of the complaints received in the period: the rating, else the score of the confirmation after the manager’s call (0–100), ÷ complaints with one',
    },
  },
  complaintRecurrenceRate: {
    zh: '投诉复发率',
    en: 'Complaints again',
    unit: 'share',
    better: 'less',
    how: {
      zh: '当期受理的投诉中，同一客户 30 天内就同一类问题投诉过的 ÷ 全部',
      en: 'Of the complaints received in the period: same customer and topic within the 30 days before',
    },
    of: 'complaint',
    hit: 'complaint_again',
  },
  enquiryConversionRate: {
    zh: '询单转化率',
    en: 'Enquiries that bought',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期有售前记录的客户中，自询问日起当期内下单的 ÷ 全部',
      en: 'Of the customers with a lead in the period: those who ordered in it, from the day of asking on',
    },
  },
  orderCsat: {
    zh: '订单满意度',
    en: 'Rating of orders',
    unit: 'points',
    better: 'more',
    how: {
      zh: '当期订单满意度回访表的得分之和（0–100）÷ 回访表数',
      en: 'Sum of the scores (0–100) given after orders in the period ÷ scores',
    },
  },
  repurchaseRate: {
    zh: '复购率',
    en: 'Bought again',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期下单的客户中，当期有两单及以上的 ÷ 全部',
      en: 'Of the customers who ordered in the period: those with two orders and more in it',
    },
  },
  newCustomerRepurchase: {
    zh: '新客 30 日复购率',
    en: 'New customers back in 30 days',
    unit: 'share',
    better: 'more',
    how: {
      zh: '当期首次下单且已满 30 天的客户中，30 天内再次下单的 ÷ 全部',
      en: 'Of the customers whose first order fell in the period, 30 days ago or longer: those who ordered again within 30 days',
    },
  },
} as const satisfies Record<string, FigureEntry>;

export type FigureKey = keyof typeof figures;
export const figureKeys = Object.keys(figures) as FigureKey[];
/** The entry of a figure with all its optional parts. */
export const figureOf = (key: FigureKey): FigureEntry => figures[key];

/** SD4-01: what the management page shows first. */
export const leadingFigures: readonly FigureKey[] = [
  'enquiryConversionRate',
  'repurchaseRate',
  'averageComplaintTime',
  'slaHitRate',
];

/** Numerator ÷ denominator as a person writes it: per cent for a share. Nothing counted gives nothing. */
export const shownValue = (
  key: FigureKey,
  { numerator, denominator }: { numerator: number; denominator: number },
): number | null =>
  denominator === 0 ? null : (numerator / denominator) * (figureOf(key).unit === 'share' ? 100 : 1);

export const goalModes = ['relative', 'points', 'absolute'] as const;
export type GoalMode = (typeof goalModes)[number];

const rounded = (value: number) => Math.round(value * 100) / 100;
/**
 * What a goal asks for (C22). `relative`: baseline + so many per cent of it (74 and +15 % are 85.1); `points`: baseline
 * + so many points (74 and +15 are 89); `absolute`: the value itself.
 */
export const targetOf = ({
  mode,
  baseline,
  change,
}: {
  mode: GoalMode;
  baseline: number;
  change: number;
}): number =>
  rounded(
    mode === 'relative' ? baseline * (1 + change / 100) : mode === 'points' ? baseline + change : change,
  );

/** How far it still is to a target (0 or less: reached), and how much was moved since the baseline. */
export const standingOf = (
  better: 'more' | 'less',
  { baseline, target, actual }: { baseline: number; target: number; actual: number },
) => {
  const gap = rounded(better === 'more' ? target - actual : actual - target);
  return {
    gap,
    reached: gap <= 0,
    moved: rounded(actual - baseline),
    movedPercent: baseline === 0 ? null : rounded(((actual - baseline) / baseline) * 100),
  };
};

/** Parts of the scorecard of a person; each is brought to 0–100 before it is weighed. */
export const scorecardParts = [
  'volume',
  'slaHitRate',
  'firstResponseTime',
  'firstContactResolution',
  'csatMean',
  'qaScore',
  'quality',
  'attendance',
] as const;
export type ScorecardPart = (typeof scorecardParts)[number];
export type Weights = Record<ScorecardPart, number>;

/** Weighted mean of the parts that are known; an unknown part neither helps nor harms. */
export const scoreOf = (weights: Weights, points: Record<ScorecardPart, number | null>): number | null => {
  const known = scorecardParts.filter((part) => points[part] !== null && weights[part] > 0);
  const whole = known.reduce((sum, part) => sum + weights[part], 0);
  return whole === 0
    ? null
    : Math.round((known.reduce((sum, part) => sum + weights[part] * points[part]!, 0) / whole) * 10) / 10;
};
