/** Calendars and the policy table. */
import { route } from '../route.ts';
import {
  Type,
  obj,
  opt,
  nullable,
  Id,
  Instant,
  PlainDate,
  text,
  title,
  titleOrNone,
  oneOf,
  Ok,
  partial,
  pageOf,
  pageQuery,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { clockUnits, channelKinds, priorities, customerLevels, deadlineKinds } from '../words.ts';

const byId = obj({ id: Id });
const Span = Type.Array(Type.String({ pattern: '^([01]\\d|2[0-4]):[0-5]\\d$', examples: ['09:00'] }), {
  minItems: 2,
  maxItems: 2,
});
const Spans = Type.Array(Span, { maxItems: 12 });
const weekday = oneOf(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const);
const Week = obj({
  mon: opt(Spans),
  tue: opt(Spans),
  wed: opt(Spans),
  thu: opt(Spans),
  fri: opt(Spans),
  sat: opt(Spans),
  sun: opt(Spans),
});
const Day = obj({
  date: PlainDate,
  kind: oneOf(['work', 'off'] as const),
  name: opt(titleOrNone(60)),
  spans: opt(Spans),
  pattern: opt(weekday),
});
const calendarBody = {
  name: title(60),
  nameEn: opt(titleOrNone(80)),
  zone: title(60),
  statutory: nullable(oneOf(['CN'] as const)),
  week: Week,
  days: opt(Type.Array(Day, { maxItems: 4000 })),
  minutesPerBusinessDay: opt(nullable(Type.Number())),
  /** Weekday whose hours a statutory make-up day takes; Monday unless told. */
  makeUpPattern: opt(nullable(weekday)),
};
export const Calendar = obj({
  id: Id,
  ...calendarBody,
  nameEn: Type.String(),
  days: Type.Array(Day),
  minutesPerBusinessDay: Type.Number(),
  makeUpPattern: weekday,
  /** Opening hours in words: 「工作日 9:00–18:00」. */
  hours: Type.String(),
  /** The one that counts where nothing else is named. */
  standard: Type.Boolean(),
  /** How many rules, channels and groups use it; only one that these and open clocks leave alone can be deleted. */
  inUse: Type.Integer(),
  version: Type.Integer(),
});
export type CalendarView = Static<typeof Calendar>;
export const CalendarDay = obj({
  date: PlainDate,
  kind: oneOf(['work', 'off'] as const),
  name: opt(Type.String()),
  spans: Spans,
  yearStatus: oneOf(['published', 'provisional', 'missing'] as const),
});
export const TraceStep = Type.Record(Type.String(), Type.Unknown());
const Pauses = Type.Array(obj({ from: Instant, to: Instant }), { maxItems: 200 });

export const listCalendars = route({
  method: 'GET',
  path: '/calendars',
  access: 'signedIn',
  tag: 'calendars',
  summary: 'Calendars.',
  query: obj(pageQuery),
  response: pageOf(Calendar),
});
export const createCalendar = route({
  method: 'POST',
  path: '/calendars',
  access: 'calendar.write',
  tag: 'calendars',
  summary:
    'Creates a calendar; without a zone it is that of Asia/Shanghai, without `statutory` no holidays are taken over.',
  body: obj({ ...calendarBody, zone: opt(calendarBody.zone), statutory: opt(calendarBody.statutory) }),
  response: Calendar,
  status: 201,
  errors: ['CALENDAR_INVALID'],
});
export const getCalendar = route({
  method: 'GET',
  path: '/calendars/:id',
  access: 'signedIn',
  tag: 'calendars',
  summary: 'One calendar.',
  params: byId,
  response: Calendar,
});
export const patchCalendar = route({
  method: 'PATCH',
  path: '/calendars/:id',
  access: 'calendar.write',
  tag: 'calendars',
  summary: 'Changes a calendar; running clocks that rest on it are recomputed and each move is logged.',
  params: byId,
  body: partial(obj(calendarBody)),
  response: obj({ ...Calendar.properties, movedDeadlines: Type.Integer() }),
  errors: ['CALENDAR_INVALID', 'STALE_VERSION'],
});
export const deleteCalendar = route({
  method: 'DELETE',
  path: '/calendars/:id',
  access: 'calendar.write',
  tag: 'calendars',
  summary: 'Deletes a calendar nothing uses.',
  params: byId,
  response: Ok,
  errors: ['CALENDAR_IN_USE'],
});
export const calendarDays = route({
  method: 'GET',
  path: '/calendars/:id/days',
  access: 'signedIn',
  tag: 'calendars',
  summary: 'Each day of a range with its spans.',
  params: byId,
  query: obj({ from: PlainDate, to: PlainDate }),
  response: obj({ items: Type.Array(CalendarDay) }),
});
export const computeCalendar = route({
  method: 'POST',
  path: '/calendars/:id/compute',
  access: 'signedIn',
  tag: 'calendars',
  summary: 'What if: a due instant with its trace, or the business minutes between two instants.',
  params: byId,
  body: obj({
    from: Instant,
    to: opt(Instant),
    add: opt(
      obj({
        minutes: opt(Type.Number()),
        hours: opt(Type.Number()),
        businessDays: opt(Type.Number()),
        unit: opt(oneOf(['business', 'wall'] as const)),
      }),
    ),
    pauses: opt(Pauses),
  }),
  response: obj({
    dueAt: opt(Instant),
    businessMinutes: opt(Type.Number()),
    trace: opt(Type.Array(TraceStep)),
    why: opt(Type.String()),
  }),
  errors: ['TARGET_NOT_POSITIVE', 'CALENDAR_INVALID'],
});
export const importHolidays = route({
  method: 'POST',
  path: '/calendars/:id/import',
  access: 'calendar.write',
  tag: 'calendars',
  summary: 'Imports a year in holiday-cn JSON; running clocks are recomputed.',
  params: byId,
  body: Type.Object(
    {
      year: Type.Integer({ minimum: 1990, maximum: 2100 }),
      papers: opt(Type.Array(Type.String({ maxLength: 500 }), { maxItems: 20 })),
      days: Type.Array(
        Type.Object(
          { name: text(60), date: PlainDate, isOffDay: Type.Boolean() },
          { additionalProperties: false },
        ),
        { maxItems: 400 },
      ),
      $schema: opt(Type.String()),
      $id: opt(Type.String()),
    },
    { additionalProperties: false },
  ),
  response: obj({
    year: Type.Integer(),
    status: oneOf(['published', 'provisional', 'missing'] as const),
    days: Type.Integer(),
    movedDeadlines: Type.Integer(),
  }),
  errors: ['CALENDAR_INVALID'],
});

export const PolicyScope = obj({
  channel: opt(oneOf(channelKinds)),
  category: opt(text(80)),
  priority: opt(oneOf(priorities)),
  customerLevel: opt(oneOf(customerLevels)),
  groupId: opt(Id),
  intent: opt(text(40)),
});
const Step = obj({
  afterMinutes: Type.Number({ minimum: 0 }),
  notify: oneOf(['assignee', 'lead', 'supervisor', 'manager'] as const),
  raiseLevel: opt(Type.Boolean()),
});
const policyBody = {
  kind: oneOf(deadlineKinds),
  scope: PolicyScope,
  /** Minutes, or working days when the unit is businessDays; null = no target. Seconds as fractions. */ value:
    nullable(Type.Number()),
  unit: oneOf(clockUnits),
  calendarId: opt(nullable(Id)),
  warnAt: opt(Type.Number({ minimum: 0.1, maximum: 1 })),
  ladder: opt(Type.Array(Step, { maxItems: 9 })),
  source: opt(Type.Array(text(20), { maxItems: 9 })),
};
export const Policy = obj({ id: Id, ...policyBody, sentence: Type.String() });
export type PolicyView = Static<typeof Policy>;
const PolicySet = obj({
  version: Type.Integer(),
  effectiveFrom: Instant,
  note: Type.String(),
  author: nullable(Type.String()),
  items: Type.Array(Policy),
});
const PolicyPage = obj({ ...PolicySet.properties, nextCursor: nullable(Type.String()) });
export const getPolicies = route({
  method: 'GET',
  path: '/policies',
  access: 'signedIn',
  tag: 'policies',
  summary: 'The policy table in force, each row with its sentence; whole unless a limit is asked for.',
  query: obj({ ...pageQuery, version: opt(Type.Integer({ minimum: 1 })) }),
  response: PolicyPage,
});
export const putPolicies = route({
  method: 'PUT',
  path: '/policies',
  access: 'policy.write',
  tag: 'policies',
  summary: 'Publishes a new version of the whole table; running tickets keep theirs.',
  body: obj({
    items: Type.Array(obj({ id: opt(Id), ...policyBody }), { maxItems: 500 }),
    note: opt(text(500)),
    effectiveFrom: opt(Instant),
  }),
  response: PolicySet,
  errors: ['TARGET_NOT_POSITIVE', 'POLICY_INVALID'],
});
export const listPolicyVersions = route({
  method: 'GET',
  path: '/policies/versions',
  access: 'signedIn',
  tag: 'policies',
  summary: 'Earlier versions with author and note.',
  response: obj({
    items: Type.Array(
      obj({
        version: Type.Integer(),
        effectiveFrom: Instant,
        note: Type.String(),
        author: nullable(Type.String()),
        at: Instant,
      }),
    ),
  }),
});
