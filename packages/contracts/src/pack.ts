/**
 * A pack is one service system of the handbooks as data: steps with their clocks, the words to say, the forms to
 * fill, and cases that prove it. Folder: pack.yaml · steps.yaml · forms.yaml · scripts.zh-CN.md · scripts.en.md ·
 * cases.yaml · HISTORY.md. These shapes are closed: an unknown key is refused where the folder is read.
 */
import { Type, obj, opt, text, title, oneOf } from './schema.ts';
import type { Static, TProperties } from './schema.ts';
import { ticketMarks } from './figures.ts';
import { clockPattern } from './durations.ts';
import { scenarios, unitKinds } from './words.ts';
import {
  Key,
  Words,
  DurationText,
  ConditionValue,
  FieldKey,
  Path,
  Field,
  RecordKind,
} from './pack-record.ts';

export * from './pack-record.ts';

/** `assignee`, `accountable` of the ticket; `starter` of the run; `owner` of the record; a role or group by key. */
export const Who = Type.Union([
  oneOf(['assignee', 'accountable', 'starter', 'owner', 'system'] as const),
  obj({ role: Key, group: opt(Key) }),
  obj({ group: Key }),
  /** The group whose key a fact holds: the department of a feedback. */ obj({ groupOf: Path }),
  /** The person whose id a fact holds: a staff field of the record. */ obj({ person: Path }),
]);
export type Who = Static<typeof Who>;

export const Late = obj({
  after: Type.Union([Type.Literal('0'), DurationText]),
  /** `assignee` has the step, `owner` the case: who made the booking, whoever confirms it (SD3u-15). */
  tell: oneOf(['assignee', 'owner', 'lead', 'supervisor', 'manager'] as const),
});
/** Where the run goes next; the first whose condition holds. */
export const Next = Type.Union([Key, Type.Array(obj({ if: opt(ConditionValue), to: Key }), { minItems: 1 })]);

export const stepKinds = [
  'do',
  'decide',
  'approve',
  'call',
  'wait',
  'tell',
  'ticket',
  'assign',
  'change',
  'record',
  'customer',
  'start',
  'sample',
  'collect',
  'branch',
  'end',
] as const;
export type StepKind = (typeof stepKinds)[number];

const instantOf = obj({
  at: opt(Path),
  /** Instead of a fact: the next time the clock shows this, `14:00` in the centre's zone. */
  next: opt(Type.String({ pattern: clockPattern })),
  minus: opt(DurationText),
  plus: opt(DurationText),
});

/** The stretch of time a step looks at, in the centre's zone: the last whole one, `back` of them earlier, or the one that runs. */
const periods = ['hour', 'day', 'week', 'month', 'quarter'] as const;
const back = opt(Type.Integer({ minimum: 1, maximum: 12 }));
export const Over = obj({ last: opt(oneOf(periods)), this: opt(oneOf(periods)), back });
/** Records of a kind in a stretch of time; `at` is the field whose instant counts, when they were made unless told. */
export const Among = obj({ kind: Key, if: opt(ConditionValue), over: opt(Over), at: opt(FieldKey) });
export type Among = Static<typeof Among>;

export const Step = obj({
  key: Key,
  name: Words,
  kind: oneOf(stepKinds),
  /** Runs through here only while this holds; otherwise the step is passed over. */
  if: opt(ConditionValue),
  who: opt(Who),

  // ── its clock
  within: opt(DurationText),
  /** `within` is for so many; 2bd for each 10 items (SD3s-06). */
  per: opt(obj({ of: Path, each: Type.Number({ exclusiveMinimum: 0 }) })),
  /** The clock counts from this instant instead of from when the step is reached. */
  from: opt(Path),
  /** Due at an instant of the facts, instead of `within`. */
  due: opt(instantOf),
  /** The ticket's own clock of this kind is the step's clock. */
  clock: opt(Key),
  warnAt: opt(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
  late: opt(Type.Array(Late)),

  // ── what a person sees
  actions: opt(Type.Array(Words)),
  tips: opt(Type.Array(Words)),
  ask: opt(Type.Array(Words)),
  script: opt(Type.Array(Key)),
  /** A record of this kind is filled to finish the step; it becomes the run's `record` when `is: object`. */
  form: opt(Key),
  fields: opt(Type.Array(Field)),
  /** All actions must be ticked before the step is finished. */
  checklist: opt(Type.Boolean()),
  /** Condition over the answers that must hold to finish, and what is said when it does not. */
  finishIf: opt(ConditionValue),
  refused: opt(Words),
  /** An agreed instant may not lie beyond this limit: two working days for each ten items (SD3s-06). */
  notAfter: opt(
    obj({
      field: FieldKey,
      within: DurationText,
      per: opt(obj({ of: Path, each: Type.Number({ exclusiveMinimum: 0 }) })),
      from: opt(Path),
    }),
  ),
  /**
   * What finishing does: the customer of the ticket was contacted, progress was told; `incident` switches incident mode
   * on with what was answered (cause, announcement, announcementEn, ivr, expectedEnd, offerCallback), if `needed` is yes; `certify` grants the certificate of
   * onboarding to who stands in the record's field `staff`, until the answer `validUntil` or for a year (SD3k-01);
   * `severity` marks the ticket severe, or no longer, by the answer `severity`, so that its clocks follow (SD4-20).
   */
  does: opt(oneOf(['contact', 'progress', 'incident', 'certify', 'severity'] as const)),
  skip: opt(oneOf(['anyone', 'supervisor', 'never'] as const)),
  /** A contact that the case itself asks for: the frequency cap neither stops nor counts it (C23). So is whatever `does` something with the ticket. */
  service: opt(Type.Boolean()),
  /** The conversation of the run cannot be ended by its agent while this step is open (SD0-04). */
  holdsOpen: opt(Type.Boolean()),

  // ── by kind
  /** decide */ choices: opt(
    Type.Array(obj({ key: Key, zh: title(200), en: title(200), to: opt(Key) }), { minItems: 1 }),
  ),
  /** approve: one role after the other must say yes; what is asked; where a refusal goes. */
  by: opt(Type.Array(Key, { minItems: 1 })),
  rejectTo: opt(Key),
  /** call: outcomes beside the usual ones, attempts and the pause between them. */
  attempts: opt(Type.Integer({ minimum: 1, maximum: 20 })),
  every: opt(DurationText),
  /** wait */ until: opt(
    Type.Union([
      obj({ event: Type.String(), if: opt(ConditionValue) }),
      obj({ instant: instantOf }),
      obj({ passed: DurationText }),
    ]),
  ),
  timeout: opt(DurationText),
  timeoutTo: opt(Key),
  /** tell: whom, with which script; the customer by their preferred way; `customers` are those of every gathered ticket too. */
  to: opt(Type.Union([Type.Literal('customer'), Type.Literal('customers'), Who])),
  /** tell: a customer who has an address and no talk that goes on, or who prefers mail, gets it as a mail with the title of the script; of a group of ours its leads are mailed too. */
  byMail: opt(Type.Boolean()),
  /** tell by mail to a customer, with the run's record as a PDF. */ attach: opt(Type.Boolean()),
  needsAck: opt(Type.Boolean()),
  /** ticket: a sub-ticket for a group; the run waits until it is closed unless `wait: false`. */
  open: opt(
    obj({
      group: Key,
      category: opt(title(80)),
      subject: Words,
      wait: opt(Type.Boolean()),
      /** It becomes the run's own ticket: later ones hang below it. */ main: opt(Type.Boolean()),
      /** The talk of the run goes with it: transcript and customer stay together (SD3f-03). */ talk: opt(
        Type.Boolean(),
      ),
      /** Fact that names the person it is about, who then sees nothing of it (SD3b-04). */ accused:
        opt(Path),
    }),
  ),
  /** change: `set` says what the run's ticket becomes: category, urgency, impact, priority, product, emergency. */
  /** assign: the run's ticket goes to who of `who`'s group fits best; `set: {category}` classifies it. */
  /** record: moves or fills the run's record; with `into` makes another one of that kind. `{now}`, `{me}` and `{answers.x.y}` stand for what they name. */
  move: opt(Key),
  set: opt(Type.Record(FieldKey, Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]))),
  /** customer: fills `class`, `level`, `preferredChannel`, `remark` or own fields of the run's customer with `set`, and marks them with `tag`. */
  tag: opt(title(40)),
  /** start: another playbook on the same subject. */ playbook: opt(Key),
  /** sample: a task for each of a random share or number of records; the draw is the same for the same day. */
  among: opt(Among),
  share: opt(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
  count: opt(Type.Integer({ minimum: 1, maximum: 1000 })),
  /**
   * sample: instead of records, `count` talks of each channel or agent that ended in a stretch. Each drawn one becomes a record
   * `into` with the fields `staff` and `channel`, below a record `under` with `of`, `drawn`, `total`, `seed` and `list`; a task for each of those.
   */
  talks: opt(obj({ each: oneOf(['channel', 'agent'] as const), over: opt(Over) })),
  under: opt(Key),
  /** collect: makes a record whose fields are figures of others, and marks those. */
  into: opt(Key),
  /** collect: one record for each value of this field, each with the figures of its own; the value goes into the field of that name. */
  each: opt(FieldKey),
  figures: opt(
    Type.Record(
      FieldKey,
      Type.Union([
        obj({ count: Among }),
        obj({ sum: FieldKey, of: Among }),
        obj({ list: FieldKey, of: Among }),
        obj({ tally: FieldKey, of: Among }),
        /** Percent of all that are of this `each` value; with `atLeast` whether it is so much. */
        obj({ share: Among, atLeast: opt(Type.Number()) }),
        /** Mean minutes from being handed to people to their first words, of the talks of a stretch. */
        obj({ talks: Type.Literal('response'), over: opt(Over) }),
        /** Tasks that a sample of this playbook drew: how many were drawn in a stretch and are open still; of those finished in it how many, how often each outcome, or a line for each with what was noted (SD3u-25). */
        obj({
          drawn: Key,
          as: opt(oneOf(['count', 'open', 'done', 'tally', 'list'] as const)),
          over: opt(Over),
        }),
        /** How much one figure is above another one of this record. */ obj({
          change: FieldKey,
          since: FieldKey,
        }),
        /** Tickets received in a stretch, of the run's customer or of all: how many, of those with another mark in per cent, their mean rating or hours to the solution, or their numbers and subjects. */
        obj({
          of: opt(oneOf(ticketMarks)),
          tickets: oneOf(['received', 'open', ...ticketMarks] as const),
          as: opt(oneOf(['count', 'csat', 'hours', 'list'] as const)),
          over: opt(Over),
        }),
      ]),
    ),
  ),
  mark: opt(obj({ among: Among, set: opt(Type.Record(FieldKey, Type.String())), move: opt(Key) })),
  /** end */ outcome: opt(Key),

  next: opt(Next),
  /** Several ways at once; a step with `joins` waits for all of them. */
  fork: opt(Type.Array(Key, { minItems: 2 })),
  joins: opt(Type.Array(Key, { minItems: 2 })),
  /** How often a run may come by here; the way back of a loop. */
  atMost: opt(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type Step = Static<typeof Step>;

export const PackHead = obj({
  key: Key,
  name: Words,
  goal: Words,
  version: Type.Integer({ minimum: 1 }),
  scenario: oneOf(scenarios),
  industry: title(40),
  /** Role that answers for the process. */ owner: Key,
  /** Months until it must be looked at again (SD2-26). */ reviewMonths: Type.Integer({
    minimum: 1,
    maximum: 60,
  }),
  /** Rows of the requirements it comes from. */ source: Type.Array(title(40)),
  /** What a run hangs on. */
  about: oneOf(['ticket', 'conversation', 'customer', 'record', 'centre'] as const),
  /** Other playbooks whose records or steps it uses: switched on together with it. */ needs: opt(
    Type.Array(Key),
  ),
  /** Off after installation unless told; an operator switches on what fits. */ enabled: opt(Type.Boolean()),
  startsWhen: opt(
    Type.Array(
      obj({
        event: Type.String(),
        if: opt(ConditionValue),
        /** Only when so many records of the same kind agree in a field within a time: the third fault of one model. */
        repeats: opt(
          obj({
            field: FieldKey,
            within: DurationText,
            atLeast: Type.Integer({ minimum: 2, maximum: 1000 }),
          }),
        ),
      }),
    ),
  ),
  /** By the calendar instead of an event: for the centre, or for each customer that fits. */
  every: opt(
    Type.Array(
      obj({
        each: oneOf(['hour', 'day', 'week', 'month', 'quarter', 'year'] as const),
        /** `08:30` in the centre's zone; for `hour` only the minutes count. */
        at: Type.String({ pattern: clockPattern }),
        /** Day of the week 1–7, or of the month, quarter or year 1–366; −1 is the last. */
        on: opt(Type.Integer({ minimum: -1, maximum: 366 })),
        /** Days that do not work are passed over. */ workdays: opt(Type.Boolean()),
        /** `day`: only the first day of a public holiday; the run may ask for `event.holiday`, its Chinese name (SD3e-03). */ holiday:
          opt(Type.Boolean()),
        /** Hours of the day between which `hour` counts, for example 14 and 17. */
        between: opt(
          Type.Tuple([Type.Integer({ minimum: 0, maximum: 23 }), Type.Integer({ minimum: 1, maximum: 24 })]),
        ),
        /** Customers for whom it starts, where the pack is about customers. */ for: opt(ConditionValue),
      }),
    ),
  ),
  /** Events that end a run which is still going, with the outcome. */
  endsWhen: opt(Type.Array(obj({ event: Type.String(), if: opt(ConditionValue), outcome: Key }))),
  /**
   * Events that overtake what is open: it is no longer owed and the run goes on at `to`, unless it stands there already.
   * A ticket solved with the button leaves nothing to diagnose; what is next is to see that it works.
   */
  jumpsWhen: opt(Type.Array(obj({ event: Type.String(), if: opt(ConditionValue), to: Key }))),
  /** Roles and groups the process needs, made when it is switched on: a role has the permissions of the preset it is like. */
  roles: opt(
    Type.Array(
      obj({
        key: Key,
        zh: title(40),
        en: title(40),
        like: Key,
        /** Every permission is narrowed to the own group: a store sees its own store only. */ group: opt(
          Type.Boolean(),
        ),
      }),
    ),
  ),
  groups: opt(
    Type.Array(
      obj({
        key: Key,
        zh: title(40),
        en: title(40),
        unit: opt(oneOf(unitKinds)),
        region: opt(text(40)),
        /** Key of the group it stands below. */ below: opt(Key),
        tier: opt(Type.Integer({ minimum: 1, maximum: 2 })),
      }),
    ),
  ),
  /** At most one run at a time per subject unless told. */ several: opt(Type.Boolean()),
});

/** The words to say. `audience` is a customer kind; the one without is for everybody (SD0-09). */
export const Script = obj({
  key: Key,
  audience: opt(oneOf(['person', 'company', 'partner'] as const)),
  zh: obj({ title: title(200), body: title(8000) }),
  en: obj({ title: title(200), body: title(8000) }),
});
export type Script = Static<typeof Script>;

export const Pack = obj({
  ...PackHead.properties,
  steps: Type.Array(Step, { minItems: 1 }),
  records: Type.Array(RecordKind),
  scripts: Type.Array(Script),
});
export type Pack = Static<typeof Pack>;

/** Everything a script may name; an unknown variable is refused when the pack is read (P66). */
export const scriptVariables = [
  'customer.name',
  'customer.contactName',
  'customer.company',
  'customer.level',
  'ticket.number',
  'ticket.subject',
  'ticket.priority',
  'ticket.etaAt',
  'conversation.brand',
  'record.number',
  'record.state',
  'agent.name',
  'agent.staffNo',
  'agent.surname',
  'centre.company',
  'centre.companyEn',
  'centre.hotline',
  'run.promisedAt',
] as const;

/** An object with at least these; what else it has is looked at later. */
const open = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: true });
const draftWords = open({ zh: text(2000), en: text(2000) });
const anyWho = opt(Type.Union([Type.String(), open({})]));
/** What a draft must have to be listed and opened again; anything else may still be wrong with it. */
export const DraftPack = open({
  name: draftWords,
  goal: draftWords,
  industry: text(40),
  owner: text(40),
  about: Pack.properties.about,
  scenario: Pack.properties.scenario,
  steps: Type.Array(
    open({
      key: Type.String(),
      name: draftWords,
      kind: Type.String(),
      by: opt(Type.Array(Type.String())),
      who: anyWho,
      to: anyWho,
      open: opt(open({})),
    }),
    { minItems: 1 },
  ),
  records: Type.Array(open({})),
  scripts: Type.Array(open({})),
});
