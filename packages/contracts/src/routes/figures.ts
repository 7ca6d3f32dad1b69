/** Figures of the service, goals set on them, and the scorecard of people. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, PlainDate, text, oneOf, Ok } from '../schema.ts';
import type { Static } from '../schema.ts';
import { figureKeys, goalModes } from '../figures.ts';
import type { FigureKey } from '../figures.ts';
import { customerKinds, customerLevels, ticketStatuses } from '../words.ts';

const tag = 'figures';
/** `2026-11`, a month in the centre's zone. */
export const Month = Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])$', examples: ['2026-11'] });
/** `2026Q3`. */
export const Quarter = Type.String({ pattern: '^20\\d{2}Q[1-4]$', examples: ['2026Q4'] });
const figureKey = oneOf(figureKeys as [FigureKey, ...FigureKey[]]);
const Count = obj({ numerator: Type.Number(), denominator: Type.Number() });
const MonthCount = obj({ month: Month, numerator: Type.Number(), denominator: Type.Number() });
export const Figure = obj({
  key: figureKey,
  total: Count,
  months: Type.Array(MonthCount),
  /** Empty where what is counted belongs to no group. */
  groups: Type.Array(obj({ groupId: nullable(Id), name: nullable(Type.String()), total: Count })),
});
export type FigureView = Static<typeof Figure>;
const period = { from: Month, to: Month, groupId: opt(Id) };
export const getFigures = route({
  method: 'GET',
  path: '/figures',
  access: 'report.read',
  tag,
  summary:
    'The figures of the glossary by month, months from and to included (36 at most); a ticket counts in the month it was received.',
  query: obj(period),
  response: obj({ from: Instant, to: Instant, items: Type.Array(Figure) }),
  errors: ['VALIDATION'],
});
export const partings = ['channel', 'agent', 'week'] as const;
export const getFigureParts = route({
  method: 'GET',
  path: '/figures/parts',
  access: 'report.read',
  tag,
  summary:
    'First response (minutes, of talks handed to people) and resolution (of tickets received) by kind of channel, person or week; the parts add up to the whole.',
  query: obj({ ...period, by: oneOf(partings) }),
  response: obj({
    items: Type.Array(
      obj({
        /** Kind of channel, id of the person (empty: nobody), or the Monday of the week. */
        key: Type.String(),
        name: nullable(Type.String()),
        response: Count,
        resolution: Count,
      }),
    ),
  }),
  errors: ['VALIDATION'],
});
export const getEnquiryHours = route({
  method: 'GET',
  path: '/figures/hours',
  access: 'report.read',
  tag,
  summary: 'Tickets received by weekday (1 Monday), hour and top category; the cells add up to the total.',
  query: obj(period),
  response: obj({
    total: Type.Integer(),
    cells: Type.Array(
      obj({
        weekday: Type.Integer(),
        hour: Type.Integer(),
        category: Type.String(),
        count: Type.Integer(),
      }),
    ),
  }),
  errors: ['VALIDATION'],
});
const points = nullable(Type.Number());
export const AgentCard = obj({
  userId: Id,
  name: Type.String(),
  staffNo: Type.String(),
  /** What was counted, in the unit of each part. */
  facts: obj({
    volume: Type.Number(),
    slaHitRate: points,
    firstResponseTime: points,
    firstContactResolution: points,
    csatMean: points,
    qaScore: points,
    quality: points,
    attendance: points,
  }),
  /** The same on 0–100. */
  points: obj({
    volume: points,
    slaHitRate: points,
    firstResponseTime: points,
    firstContactResolution: points,
    csatMean: points,
    qaScore: points,
    quality: points,
    attendance: points,
  }),
  score: points,
});
export type AgentCardView = Static<typeof AgentCard>;
export const getScorecard = route({
  method: 'GET',
  path: '/figures/agents',
  access: 'report.read',
  tag,
  summary: 'The scorecard of each person in a month by the weights in force.',
  query: obj({ month: Month, groupId: opt(Id) }),
  response: obj({ items: Type.Array(AgentCard) }),
});

export const Attendance = obj({
  userId: Id,
  name: Type.String(),
  staffNo: Type.String(),
  day: PlainDate,
  /** Null on a day without signing in. */ signedInAt: nullable(Instant),
  /** Null while they are there, and on a day without signing in. */ signedOutAt: nullable(Instant),
  there: Type.Boolean(),
  onlineMinutes: Type.Integer(),
  breakMinutes: Type.Integer(),
  /** Not ready, in training or in a meeting. */ notReadyMinutes: Type.Integer(),
});
export type AttendanceView = Static<typeof Attendance>;
export const getAttendance = route({
  method: 'GET',
  path: '/figures/attendance',
  access: 'report.read',
  tag,
  summary:
    '考勤 of a day: who signed in and out when, how long they were there, on a break, not ready (SD3u-07).',
  query: obj({ day: PlainDate, groupId: opt(Id) }),
  response: obj({ items: Type.Array(Attendance) }),
});
export const exportAttendance = route({
  method: 'GET',
  path: '/figures/attendance/export',
  access: 'report.read',
  tag,
  summary: '考勤 of a month as CSV, XLSX or a PDF table, one line for each person and day; audited.',
  query: obj({
    month: Month,
    groupId: opt(Id),
    format: oneOf(['csv', 'xlsx', 'pdf'] as const),
    locale: opt(oneOf(['zh-CN', 'en'] as const)),
  }),
  produces: 'application/octet-stream',
  ratePerMinute: 20,
});

export const Goal = obj({
  id: Id,
  figure: figureKey,
  groupId: nullable(Id),
  groupName: nullable(Type.String()),
  mode: oneOf(goalModes),
  baseline: Type.Number(),
  change: Type.Number(),
  target: Type.Number(),
  from: Month,
  to: Month,
  note: Type.String(),
  /** In the unit the figure is shown in (per cent for a share); null while nothing is counted. */
  actual: nullable(Type.Number()),
  quarters: Type.Array(
    obj({
      quarter: Quarter,
      actual: nullable(Type.Number()),
      review: nullable(
        obj({
          actual: nullable(Type.Number()),
          reached: Type.Boolean(),
          action: Type.String(),
          byName: nullable(Type.String()),
          at: Instant,
        }),
      ),
    }),
  ),
  createdByName: nullable(Type.String()),
  createdAt: Instant,
});
export type GoalView = Static<typeof Goal>;
const byId = obj({ id: Id });
export const listGoals = route({
  method: 'GET',
  path: '/goals',
  access: 'report.read',
  tag,
  summary: 'Goals in force, each with what was reached so far and by quarter.',
  response: obj({ items: Type.Array(Goal) }),
});
export const setGoal = route({
  method: 'POST',
  path: '/goals',
  access: 'goal.write',
  tag,
  summary:
    'Sets a goal: relative (+15 % of the baseline), points (+15 points) or absolute. Values are as shown: per cent for a share.',
  body: obj({
    figure: figureKey,
    groupId: opt(nullable(Id)),
    mode: oneOf(goalModes),
    baseline: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    change: Type.Number({ minimum: -1_000_000, maximum: 1_000_000 }),
    from: Month,
    to: Month,
    note: opt(text(400)),
  }),
  response: obj({ id: Id, target: Type.Number() }),
  status: 201,
  errors: ['VALIDATION'],
});
export const reviewGoal = route({
  method: 'POST',
  path: '/goals/:id/reviews',
  access: 'goal.write',
  tag,
  summary: 'Keeps what a quarter reached of a goal and what is done about it; a missed one needs an action.',
  params: byId,
  body: obj({ quarter: Quarter, action: text(1000) }),
  response: obj({ actual: nullable(Type.Number()), reached: Type.Boolean() }),
  status: 201,
  errors: ['REASON_REQUIRED', 'VALIDATION'],
});
export const endGoal = route({
  method: 'DELETE',
  path: '/goals/:id',
  access: 'goal.write',
  tag,
  summary: 'Takes a goal back; its reviews stay.',
  params: byId,
  response: Ok,
});

export const ServiceHistory = obj({
  tickets: Type.Array(
    obj({
      id: Id,
      number: Type.String(),
      subject: Type.String(),
      category: Type.String(),
      isComplaint: Type.Boolean(),
      status: oneOf(ticketStatuses),
      /** What was done; null while nothing is. */
      result: nullable(Type.String()),
      /** 0–100; null without a rating. */
      csat: nullable(Type.Number()),
      createdAt: Instant,
    }),
  ),
  purchases: Type.Array(
    obj({
      id: Id,
      number: nullable(Type.String()),
      items: Type.String(),
      amount: nullable(Type.Number()),
      day: Type.String(),
    }),
  ),
});
export const printCustomer = route({
  method: 'GET',
  path: '/customers/:id/print.pdf',
  access: 'customer.read',
  tag: 'customers',
  summary: '客户信息基础表 with 服务记录 as paper; numbers masked; audited.',
  params: byId,
  query: obj({ locale: opt(oneOf(['zh-CN', 'en'] as const)) }),
  produces: 'application/pdf',
  ratePerMinute: 60,
});
export const exportCustomers = route({
  method: 'GET',
  path: '/customers/export',
  access: 'record.export',
  tag: 'customers',
  summary:
    '客户信息基础表 (SD4-29) of the customers of a filter as CSV, XLSX or a PDF table, at most 20,000; numbers masked; audited.',
  query: obj({
    q: opt(text(80)),
    level: opt(oneOf(customerLevels)),
    kind: opt(oneOf(customerKinds)),
    tag: opt(text(30)),
    format: oneOf(['csv', 'xlsx', 'pdf'] as const),
    locale: opt(oneOf(['zh-CN', 'en'] as const)),
  }),
  produces: 'application/octet-stream',
  errors: ['TOO_LARGE'],
  ratePerMinute: 20,
});
export const getServiceHistory = route({
  method: 'GET',
  path: '/customers/:id/history',
  access: 'customer.read',
  tag: 'customers',
  summary:
    'Enquiries and complaints with result and rating, and purchases: the newest 30 of each the reader may see.',
  params: byId,
  response: ServiceHistory,
});
