/** Pieces that the checks of a pack share: a fault and its place, conditions, variables, events. */
import { readCondition } from './conditions.ts';
import { events } from './events.ts';
import { scriptVariables } from './pack.ts';
import type { Pack } from './pack.ts';
import { factFault, heardEvents, meantBy, remedyOf, startingEvents, wrongFact } from './pack-facts.ts';

export type PackFault = { at: string; zh: string; en: string };
export type Faults = readonly PackFault[];
export const fault = (at: string, zh: string, en: string): PackFault => ({ at, zh, en });
export const twice = <T>(items: readonly T[], keyOf: (item: T) => string): number[] =>
  items.flatMap((item, i) => (items.findIndex((other) => keyOf(other) === keyOf(item)) < i ? [i] : []));

export const conditionFaults = (pack: Pack, condition: unknown, at: string): Faults => {
  if (condition === undefined) return [];
  const { faults, paths } = readCondition(condition, at);
  return [
    ...faults,
    ...paths.flatMap((path) => {
      const told = factFault(pack, path);
      // The place of the fact itself, so that its own line is named.
      return told ? [fault(`${at}/${path}`, told.zh, told.en)] : [];
    }),
  ];
};

const variable = /\{\{-?\s*([^}|]*?)\s*(?:\|[^}]*)?-?\}\}/g;
const tag = /\{%/;
/** Variables of a text that no script may name (P66); `{% %}` is not for scripts. */
export const unknownVariables = (body: string, more: readonly string[] = []): string[] => [
  ...[...body.matchAll(variable)]
    .map((match) => match[1]!)
    .filter(
      (name) =>
        !([...scriptVariables, ...more] as string[]).includes(name) &&
        !/^(record\.data|answers\.[a-z][a-z0-9_]*)\.[a-zA-Z][a-zA-Z0-9_]*$/.test(name),
    ),
  ...(tag.test(body) ? ['{% %}'] : []),
];

export const eventFaults = (event: string, at: string): Faults => {
  const meant = event in events ? undefined : meantBy(event, heardEvents);
  return !(event in events)
    ? [
        fault(
          at,
          `没有事件“${event}”，${meant ? `是不是“${meant}”？` : ''}可用：${heardEvents.join('、')}`,
          `there is no event "${event}"; ${meant ? `did you mean "${meant}"? ` : ''}use one of ${heardEvents.join(', ')}`,
        ),
      ]
    : !(heardEvents as readonly string[]).includes(event)
      ? [
          fault(
            at,
            `流程听不到事件“${event}”，写了也不会发生；请改用：${heardEvents.join('、')}`,
            `playbooks do not hear the event "${event}", so nothing would ever happen; use one of ${heardEvents.join(', ')}`,
          ),
        ]
      : [];
};

const abouts: Record<Pack['about'], { zh: string; en: string }> = {
  ticket: { zh: '工单', en: 'a ticket' },
  conversation: { zh: '会话', en: 'a conversation' },
  customer: { zh: '客户', en: 'a customer' },
  record: { zh: '业务记录', en: 'a record' },
  centre: { zh: '整个中心', en: 'the centre' },
};
/** An event of something else than the playbook is about would never start it. */
const eventOfStart = (about: Pack['about'], event: string, at: string): Faults => {
  const wrong = eventFaults(event, at);
  const possible = startingEvents(about);
  if (wrong.length > 0 || (possible as readonly string[]).includes(event)) return wrong;
  const { zh, en } = events[event as keyof typeof events];
  return [
    fault(
      at,
      `办的是${abouts[about].zh}，“${zh}”不会启动它；${possible.length > 0 ? '请换一个事件，或改“办的是什么”' : '请删去这个事件，改为定期启动'}`,
      `it is about ${abouts[about].en}, and "${en}" never starts it; ${possible.length > 0 ? 'take another event, or change what it is about' : 'remove the event and let it start by the calendar'}`,
    ),
  ];
};

/** A field that no record has would never repeat. */
const repeatFaults = (pack: Pack, field: string | undefined, at: string): Faults => {
  const wrong = field === undefined ? undefined : wrongFact(pack, `record.data.${field}`);
  if (!wrong?.known) return [];
  const remedy = remedyOf(wrong.part, wrong);
  return [
    fault(
      at,
      `重复启动要看的字段“${field}”不存在，永远不会满；${remedy.zh}`,
      `the field "${field}" whose repeating would start it does not exist; ${remedy.en}`,
    ),
  ];
};

export const startFaults = (
  pack: Pack,
  { event, repeats }: NonNullable<Pack['startsWhen']>[number],
  at: string,
): Faults => [
  ...eventOfStart(pack.about, event, `${at}/event`),
  ...repeatFaults(pack, repeats?.field, `${at}/repeats/field`),
];

/** The step to which an event leads must be there. */
const jumpFaults = (
  pack: Pack,
  { event, if: one, to }: NonNullable<Pack['jumpsWhen']>[number],
  at: string,
): Faults => {
  const keys = pack.steps.map(({ key }) => key);
  const likely = meantBy(to, keys);
  return [
    ...eventFaults(event, `${at}/event`),
    ...conditionFaults(pack, one, `${at}/if`),
    ...(keys.includes(to)
      ? []
      : [
          fault(
            `${at}/to`,
            `要直接跳到的步骤“${to}”不存在，${likely ? `是不是“${likely}”？` : '请改成已有的步骤'}`,
            `the step "${to}" to jump to does not exist; ${likely ? `did you mean "${likely}"?` : 'name one that does'}`,
          ),
        ]),
  ];
};

/** Events that end a run early, or lead it on past what is open. */
export const endFaults = (pack: Pack): Faults => [
  ...(pack.endsWhen ?? []).flatMap((end, i) => [
    ...eventFaults(end.event, `/endsWhen/${i}/event`),
    ...conditionFaults(pack, end.if, `/endsWhen/${i}/if`),
  ]),
  ...(pack.jumpsWhen ?? []).flatMap((jump, i) => jumpFaults(pack, jump, `/jumpsWhen/${i}`)),
];
