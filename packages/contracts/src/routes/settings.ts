/** Settings: what a centre decides for itself, each value with its version. */
import { route } from '../route.ts';
import { scorecardParts } from '../figures.ts';
import type { ScorecardPart } from '../figures.ts';
import { phraseKinds } from '../phrases.ts';
import { Type, obj, opt, nullable, text, title, oneOf } from '../schema.ts';
import type { Static } from '../schema.ts';
import { channelKinds, priorities, urgencies, impacts } from '../words.ts';

export const CategoryNode = obj({
  key: Type.String({ pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){0,3}$' }),
  zh: title(40),
  en: title(60),
  groupKey: opt(nullable(text(40))),
  complaint: opt(Type.Boolean()),
  /** An escalated complaint: a ticket of this class is linked to the complaint it came from. */
  escalation: opt(Type.Boolean()),
  enabled: opt(Type.Boolean()),
  form: opt(nullable(text(40))),
  /** What the centre does in such a case, read while it is handled; holds for what stands below it too (SD3q-02). */
  policy: opt(nullable(text(600))),
});
export const MatrixCell = obj({
  urgency: oneOf(urgencies),
  impact: oneOf(impacts),
  priority: oneOf(priorities),
});
export const settingSchemas = {
  centre: obj({
    company: title(60),
    companyEn: title(80),
    greeting: text(400),
    greetingEn: text(400),
    hotline: text(40),
    privacyNotice: text(8000),
    retentionYears: Type.Integer({ minimum: 3, maximum: 30 }),
  }),
  matrix: obj({
    cells: Type.Array(MatrixCell, { minItems: 16, maxItems: 16 }),
    p1Users: Type.Integer({ minimum: 1 }),
    p1Loss: Type.Number({ minimum: 0 }),
  }),
  closeRule: obj({
    reminders: Type.Integer({ minimum: 0, maximum: 20 }),
    businessDays: Type.Number({ minimum: 0, maximum: 60 }),
    archiveAfterHours: Type.Number({ minimum: 0, maximum: 2000 }),
    reopenDays: Type.Integer({ minimum: 0, maximum: 365 }),
    /** False: reminders and closing without an answer are done by hand only. */
    automatic: opt(Type.Boolean()),
  }),
  routing: obj({
    offerSeconds: Type.Number({ minimum: 3, maximum: 600 }),
    customerTimeoutMinutes: Type.Number({ minimum: 1, maximum: 1440 }),
    queueTimeoutMinutes: Type.Number({ minimum: 1, maximum: 1440 }),
    graceSeconds: Type.Number({ minimum: 5, maximum: 3600 }),
    autoReplyCounts: Type.Boolean(),
    vipBonusSeconds: Type.Number({ minimum: 0, maximum: 7200 }),
    /** SD3k-01: only people with a valid onboarding certificate are offered contacts. */
    onboardingGate: Type.Boolean(),
    /** Words by which a message in a chat is known as an order query (SD0-21). */
    orderQueryWords: Type.Array(title(40), { maxItems: 100 }),
    /** SD4-26: a web chat is answered from the public articles first; people are one word away. */
    botFirst: Type.Boolean(),
    /** Words by which a customer asks for a person. */
    handOffWords: Type.Array(title(40), { maxItems: 50 }),
  }),
  survey: obj({
    delayMinutes: Type.Number({ minimum: 0, maximum: 120 }),
    validDays: Type.Integer({ minimum: 1, maximum: 90 }),
    quietFrom: text(5),
    quietTo: text(5),
    /** How one to five becomes 0–100 (C11): `spread` 0, 25, 50, 75, 100; `fifths` 20, 40, 60, 80, 100. */
    scale: oneOf(['spread', 'fifths'] as const),
    /** A rating below so many points of 100 is told to the supervisors, and looked at first. */
    lowBelow: Type.Integer({ minimum: 1, maximum: 100 }),
  }),
  progress: obj({ cadence: oneOf(['rolling', 'daily'] as const), dailyAt: text(5) }),
  /** Phrases the wording guard looks for (SD0-05, SD0-11, SD0-25). */
  wording: obj({
    items: Type.Array(
      obj({ kind: oneOf(phraseKinds), text: title(100), better: opt(text(400)), scenario: opt(text(40)) }),
      { maxItems: 2000 },
    ),
  }),
  /** SD0-14: unasked contacts of one customer within so many days: over all channels together, or by each channel. */
  contact: obj({
    per: opt(oneOf(['customer', 'channel'] as const)),
    cap: Type.Integer({ minimum: 1, maximum: 100 }),
    days: Type.Integer({ minimum: 1, maximum: 90 }),
  }),
  categories: obj({ nodes: Type.Array(CategoryNode, { minItems: 1, maxItems: 400 }) }),
  products: obj({
    items: Type.Array(
      obj({
        key: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' }),
        zh: title(40),
        en: title(60),
        /** Only holders of a valid certificate work on it (SD1-20). */
        certified: Type.Boolean(),
        /** False: no longer chosen; tickets that name it keep it. */ enabled: opt(Type.Boolean()),
      }),
      { maxItems: 400 },
    ),
  }),
  /** SD3n-05: what each part of the scorecard of a person weighs. */
  scorecard: obj(
    Object.fromEntries(
      scorecardParts.map((part) => [part, Type.Number({ minimum: 0, maximum: 100 })]),
    ) as Record<ScorecardPart, ReturnType<typeof Type.Number>>,
  ),
  /** SD3l-06: where orders are paid (`{number}` and `{amount}` are filled in), and how long links live. */
  orderLinks: obj({
    payUrl: Type.String({ maxLength: 400, pattern: '^$|^https://', examples: ['https://pay.example.cn/'] }),
    payHours: Type.Number({ minimum: 1, maximum: 720 }),
    trackDays: Type.Number({ minimum: 1, maximum: 180 }),
  }),
  /** Years by kind of record, never less than the centre’s own; purging by itself only when asked for. */
  retention: obj({
    years: obj({
      ticket: Type.Integer({ minimum: 3, maximum: 30 }),
      conversation: Type.Integer({ minimum: 3, maximum: 30 }),
      /** Cards that nothing refers to any more. */ customer: opt(Type.Integer({ minimum: 3, maximum: 30 })),
      /** Raw mails that became nobody’s message. */ mail: opt(Type.Integer({ minimum: 3, maximum: 30 })),
    }),
    automatic: Type.Boolean(),
  }),
  templates: obj({
    items: Type.Array(
      obj({
        key: title(40),
        channel: oneOf(['email', 'webchat', 'inapp'] as const),
        zhSubject: text(200),
        zhBody: text(8000),
        enSubject: text(200),
        enBody: text(8000),
      }),
      { maxItems: 60 },
    ),
  }),
} as const;
export type SettingKey = keyof typeof settingSchemas;
export type SettingValue<K extends SettingKey> = Static<(typeof settingSchemas)[K]>;
const settingKeys = [
  'centre',
  'matrix',
  'closeRule',
  'routing',
  'survey',
  'progress',
  'contact',
  'wording',
  'categories',
  'products',
  'scorecard',
  'orderLinks',
  'retention',
  'templates',
] as const;
export const listSettings = route({
  method: 'GET',
  path: '/settings',
  access: 'signedIn',
  tag: 'settings',
  summary: 'All settings by key with their versions.',
  response: obj({
    items: Type.Array(obj({ key: oneOf(settingKeys), value: Type.Unknown(), version: Type.Integer() })),
  }),
});
export const putSetting = route({
  method: 'PUT',
  path: '/settings/:key',
  access: 'settings.write',
  tag: 'settings',
  summary: 'Replaces one setting; new tickets follow it, running ones keep what they had.',
  params: obj({ key: oneOf(settingKeys) }),
  body: obj({ value: Type.Unknown(), version: Type.Integer() }),
  response: obj({ key: oneOf(settingKeys), value: Type.Unknown(), version: Type.Integer() }),
  errors: ['STALE_VERSION', 'VALIDATION'],
});
export const catalogue = route({
  method: 'GET',
  path: '/catalogue',
  access: 'signedIn',
  tag: 'settings',
  summary: 'Words, permissions and categories for building screens.',
  response: obj({
    permissions: Type.Unknown(),
    words: Type.Unknown(),
    channelKinds: Type.Array(oneOf(channelKinds)),
  }),
});
