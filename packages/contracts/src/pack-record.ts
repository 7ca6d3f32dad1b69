/** Business objects of a pack as data: their fields, states and moves; and the small words that all parts of a pack are made of. */
import { Type, obj, opt, text, title, oneOf } from './schema.ts';
import type { Static } from './schema.ts';
import type { Condition } from './conditions.ts';
import { durationPattern } from './durations.ts';

export const keyPattern = '^[a-z][a-z0-9_]{0,39}$';
export const Key = Type.String({ pattern: keyPattern });
/** Both languages of what a screen says. */
export const Words = obj({ zh: title(2000), en: title(2000) });
export type Words = Static<typeof Words>;
export const DurationText = Type.String({ pattern: durationPattern, maxLength: 12 });
/** A condition; its inside is read by `readCondition`. */
export const ConditionValue = Type.Unsafe<Condition>({ type: 'object' });
export const FieldKey = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9_]{0,39}$' });
/** Path of a fact, for example `record.visitAt` or `answers.plan.amount`. */
export const Path = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9_]*(\\.[a-zA-Z0-9_]+)*$', maxLength: 200 });

export const fieldTypes = [
  'text',
  'long',
  'number',
  'money',
  'date',
  'instant',
  'choice',
  'choices',
  'yes',
  'phone',
  'pin',
  'email',
  'staff',
  'record',
  'file',
] as const;
export type FieldType = (typeof fieldTypes)[number];
/** Types that a customer may fill in on the portal. */
export const portalTypes: readonly FieldType[] = [
  'text',
  'long',
  'number',
  'money',
  'date',
  'instant',
  'choice',
  'choices',
  'yes',
  'phone',
  'email',
];

/** What somebody has in hand, for fields that begin `from: me.…`: open tickets, promises not kept yet, call-backs due. */
export const inHandFacts = ['openTickets', 'promises', 'callbacks'] as const;
export type InHandFact = (typeof inHandFacts)[number];

/** One thing to fill in. `choices` is several of the options; `yes` a tick; `record` another record's number; `pin` four to eight digits, kept as a hash. */
export const Field = obj({
  key: FieldKey,
  zh: title(200),
  en: title(200),
  type: oneOf(fieldTypes),
  /** Always, or while a condition over `data` (the form) and the facts of the run holds. */
  required: opt(Type.Union([Type.Boolean(), ConditionValue])),
  showIf: opt(ConditionValue),
  options: opt(Type.Array(obj({ key: title(80), zh: title(200), en: title(200) }), { minItems: 1 })),
  kind: opt(Key),
  min: opt(Type.Number()),
  max: opt(Type.Number()),
  pattern: opt(text(200)),
  help: opt(Words),
  /** Filled from a fact where the form is opened, for example `customer.name`. */
  from: opt(Path),
  default: opt(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  /** Personal data: shown masked like a customer's own. */
  masked: opt(Type.Boolean()),
  /** Only who has one of these roles fills it in: points are given by a supervisor, never by who is graded. */
  by: opt(Type.Array(Key, { minItems: 1 })),
});
export type Field = Static<typeof Field>;

export const RecordState = obj({
  key: Key,
  zh: title(80),
  en: title(80),
  /** Nothing follows. */ final: opt(Type.Boolean()),
  tone: opt(oneOf(['neutral', 'active', 'good', 'bad'] as const)),
});
/** A way from one state to another; without moves a kind with states goes anywhere. */
export const Move = obj({
  from: Type.Array(Key, { minItems: 1 }),
  to: Key,
  zh: title(80),
  en: title(80),
  /** Over `data`, `record`, `actor`; what is said when it does not hold. */
  if: opt(ConditionValue),
  refused: opt(Words),
  /** Role presets or own roles that may make the move; anybody who may write the record unless told. */
  roles: opt(Type.Array(Key)),
});

/**
 * A kind of record: a form of the handbooks (登记表) or a business object with states (订单、预约、维修单).
 * Both are the same thing: typed fields, a list, a card, a print.
 */
export const RecordKind = obj({
  key: Key,
  name: Words,
  is: oneOf(['form', 'object'] as const),
  /** `C` + year and month + sequence and the like; without it a record has no number of its own. */
  number: opt(
    obj({
      prefix: Type.String({ pattern: '^[A-Z0-9-]{0,12}$' }),
      per: oneOf(['day', 'month', 'ever'] as const),
      digits: Type.Integer({ minimum: 1, maximum: 12 }),
    }),
  ),
  /** Liquid over `data` and `customer`; what lists call it. */ title: title(200),
  /** Words of the pack that are shown while a new one is filled in: how the call begins (SD3d-02). */ script:
    opt(Key),
  fields: Type.Array(Field, { minItems: 1 }),
  states: opt(Type.Array(RecordState, { minItems: 1 })),
  moves: opt(Type.Array(Move)),
  list: opt(Type.Array(FieldKey)),
  card: opt(Type.Array(FieldKey)),
  /** Groups of fields on the paper form. */
  print: opt(Type.Array(obj({ zh: title(80), en: title(80), fields: Type.Array(FieldKey) }))),
  /**
   * The address in `link` is told to customers as an address of ours that leads on to it; when it was first opened and how often
   * are kept in `at` and `times` (SD0-10).
   */
  opens: opt(obj({ link: FieldKey, at: FieldKey, times: FieldKey })),
  /**
   * The centre itself calls these addresses once the record is made, by option of the field `dead`: each an address, or
   * `playbook.script` for those in its words as they are in force. Which did not answer is kept in `dead`, why in `note`,
   * when in `at` (SD3t-04).
   */
  calls: opt(
    obj({
      addresses: Type.Record(title(80), title(2000), { minProperties: 1 }),
      dead: FieldKey,
      note: FieldKey,
      at: FieldKey,
    }),
  ),
  /** Public look-up by number and a proof: the last four digits of a phone, a `pin` field, or the number alone where `proof` is none. Five wrong proofs close it for a quarter of an hour. */
  lookup: opt(
    obj({
      proof: oneOf(['phoneTail', 'pin', 'none'] as const),
      phone: opt(FieldKey),
      /** Field of type `pin` that proves it. */ pin: opt(FieldKey),
      show: Type.Array(FieldKey, { minItems: 1 }),
      /** Numbers that are ours; others are told so (SD3p-09). */ pattern: opt(text(200)),
    }),
  ),
  /** The customer fills it in on the portal: a waybill, a booking (SD3p-07). Fields that stay with the centre (`staff`, `record`, `file`, `pin`) are not offered there. */
  portal: opt(
    obj({
      /** What customers call it. */ called: Words,
      fields: Type.Array(FieldKey, { minItems: 1 }),
      /** What the centre fills in itself, for example that it came from the web. */
      set: opt(Type.Record(FieldKey, Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
      /** Of a choice only these options are offered. */ only: opt(
        Type.Record(FieldKey, Type.Array(title(80), { minItems: 1 })),
      ),
      /** Fields with who they are and how to reach them; asked for beside the form where it has none. */
      name: opt(FieldKey),
      phone: opt(FieldKey),
      /** What happens next, said when it was sent. */ promise: Words,
    }),
  ),
  /** Fields that together may stand on one record only, while it is in one of these states: an expert has one visit at a time. */
  unique: opt(
    Type.Array(
      obj({
        fields: Type.Array(FieldKey, { minItems: 1 }),
        while: opt(Type.Array(Key)),
        /** They may stand on another one whose instant is so far away: the expert's next visit an hour later (SD3u-18). */
        apart: opt(obj({ field: FieldKey, by: DurationText })),
        refused: Words,
      }),
    ),
  ),
  /** What people no longer change in these states: a sum that was approved stays what was approved (SD0-23). The playbook itself may. */
  fixed: opt(
    Type.Array(
      obj({
        fields: Type.Array(FieldKey, { minItems: 1 }),
        while: Type.Array(Key, { minItems: 1 }),
        /** What to do instead. */ refused: opt(Words),
      }),
    ),
  ),
  /** Many tickets are gathered under it and answered at once. */ gathers: opt(Type.Boolean()),
  /** Group that sees it where the record names none. */ group: opt(Key),
  /** Field with the key of the group that sees it: a store its own. */ groupFrom: opt(FieldKey),
  /** Field that names the day it belongs to in lists by day; the day it was made unless told. */ day: opt(
    FieldKey,
  ),
  /** A scorecard: number fields with a `max` and their weights; their weighted mean on 0–100 is kept in `into`. What was not graded neither helps nor harms. */
  score: opt(
    obj({
      into: FieldKey,
      weights: Type.Record(FieldKey, Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
    }),
  ),
  /** Staff field that names whom it is about: seen by them, by who made it and by who reads reports, by nobody else. */ personal:
    opt(FieldKey),
});
export type RecordKind = Static<typeof RecordKind>;
