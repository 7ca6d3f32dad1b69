/** Which facts, roles and groups a pack may name, so that a misspelt one is told before it silently never holds. */
import { events } from './events.ts';
import type { EventType } from './events.ts';
import type { Pack } from './pack.ts';
import { rolePresets } from './permissions.ts';

/** Events that packs may start, end or wait on. */
export const heardEvents = [
  'ticket.opened',
  'ticket.classified',
  'ticket.changed',
  'ticket.started',
  'ticket.contacted',
  'ticket.progress',
  'ticket.escalated',
  'ticket.info_requested',
  'ticket.resumed',
  'ticket.resolved',
  'ticket.confirmed',
  'ticket.closed',
  'ticket.reopened',
  'ticket.cancelled',
  'ticket.urged',
  'conversation.accepted',
  'conversation.closed',
  'conversation.wrapped_up',
  'message.posted',
  'message.delivery',
  'customer.created',
  'customer.changed',
  'record.created',
  'record.changed',
  'record.moved',
  'survey.answered',
  'run.ended',
] as const satisfies readonly EventType[];

/** What is said stands on the ticket or the conversation it was said in. */
const subjectsOf = (type: EventType): readonly string[] =>
  events[type].subject === 'thread' ? ['ticket', 'conversation'] : [events[type].subject];
/** Events that start a playbook about this; the centre as a whole has none, it goes by the calendar. */
export const startingEvents = (about: Pack['about']): readonly EventType[] =>
  heardEvents.filter((type) => subjectsOf(type).includes(about));

/** The facts that conditions, clocks and scripts may name, by their first word. */
export const factRoots = [
  'ticket',
  'customer',
  'conversation',
  'record',
  'data',
  'answers',
  'event',
  'run',
  'agent',
  'actor',
  'centre',
] as const;
/** Facts of a fixed shape by their first word; `x.` stands for anything below. */
const fixed: Record<string, readonly string[]> = {
  ticket: [
    'number',
    'subject',
    'status',
    'priority',
    'category',
    'product',
    'channel',
    'urgency',
    'impact',
    'productName',
    'complaint',
    'emergency',
    'affectedUsers',
    'lossAmount',
    'etaAt',
    'createdAt',
    'resolvedAt',
    'resolved',
    'isPart',
    'fields.',
  ],
  customer: [
    'name',
    'contactName',
    'kind',
    'level',
    'class',
    'company',
    'industry',
    'cooperationSince',
    'tags',
    'preferredChannel',
    'fields.',
    // Of customers that a schedule looks for.
    'purchases.',
    'csat',
    'ageDays',
    'birthdayToday',
    'monthlyToday',
  ],
  conversation: ['channel', 'brand', 'state'],
  run: ['startedAt', 'now', 'visits.'],
  agent: ['name', 'staffNo', 'surname'],
  actor: ['roles'],
  centre: ['company', 'companyEn', 'hotline'],
};
const ofRecord = ['number', 'state', 'kind', 'title', 'createdAt', 'onTicket'];
const ofSchedule = ['each', 'at', 'on', 'holiday'];

/** Names of the data of every event that playbooks hear. */
const ofEvents = new Set(
  heardEvents.flatMap((type) =>
    Object.keys((events[type].data as { properties?: Record<string, unknown> }).properties ?? {}),
  ),
);

/** Fields of records this pack may see; null where some come from other packs and are not known here. */
const recordFields = (pack: Pack): Set<string> | null =>
  pack.needs || pack.records.length === 0
    ? null
    : new Set(pack.records.flatMap(({ fields }) => fields.map(({ key }) => key)));

const answersOf = (pack: Pack, stepKey: string): readonly string[] | null => {
  const step = pack.steps.find(({ key }) => key === stepKey);
  if (!step) return [];
  const form = step.form ? pack.records.find(({ key }) => key === step.form) : undefined;
  // Kinds that make records or ask others answer with names of their own.
  if ((step.form && !form) || !['do', 'decide', 'call', 'approve'].includes(step.kind)) return null;
  return [...(step.fields ?? []), ...(form?.fields ?? [])].map(({ key }) => key);
};

const nearest = (name: string, known: readonly string[]): string | undefined => {
  const far = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++)
        next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length]!;
  };
  const [best] = known
    .map((one) => ({ one, distance: far(name, one) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best && best.distance <= 3 ? best.one : undefined;
};
/** `known` is what could stand instead of `part`; without it the path goes no further than `part`. */
export type WrongFact = { part: string; known?: readonly string[] };
/** What was meant by a wrong path, as the end of a sentence. */
export const remedyOf = (path: string, { part, known = [] }: WrongFact) => {
  const meant = nearest(part, known);
  return {
    zh: meant ? `是不是“${path.replace(part, meant)}”？` : `可用：${known.join('、')}`,
    en: meant ? `did you mean "${path.replace(part, meant)}"?` : `there are: ${known.join(', ')}`,
  };
};

/** Which part of the path of a fact is wrong, or undefined. What other packs or the settings bring is not judged. */
export const wrongFact = (pack: Pack, path: string): WrongFact | undefined => {
  const [root, second, third] = path.split('.') as [string, string | undefined, string | undefined];
  if (!(factRoots as readonly string[]).includes(root)) return { part: root, known: factRoots };
  if (second === undefined) return { part: root };
  const among = (part: string, known: readonly string[]) =>
    known.includes(part) ? undefined : { part, known };
  const names = fixed[root];
  if (names) {
    const known = names.some((name) => (name.endsWith('.') ? `${second}.` === name : second === name));
    return known ? undefined : { part: second, known: names.map((name) => name.replace('.', '')) };
  }
  const fields = recordFields(pack);
  if (root === 'record') {
    if (!fields || ['data', 'until'].includes(second))
      return fields && third ? among(third, [...fields]) : undefined;
    return among(second, [...ofRecord, ...fields]);
  }
  if (root === 'data') {
    if (!fields && pack.steps.some(({ form }) => form)) return undefined;
    return among(second, [
      ...(fields ?? []),
      ...pack.steps.flatMap((step) => (step.fields ?? []).map(({ key }) => key)),
    ]);
  }
  if (root === 'answers') {
    const steps = pack.steps.map(({ key }) => key);
    if (!steps.includes(second)) return { part: second, known: steps };
    const answers = answersOf(pack, second);
    if (!answers || third === undefined || /^(outcome|minutesLate|recordId|ticked\d+)$/.test(third))
      return undefined;
    return answers.includes(third) ? undefined : { part: third, known: [...answers, 'outcome'] };
  }
  return among(second, [...ofEvents, ...ofSchedule]);
};

/** What is wrong with a fact that a condition asks for, or undefined. */
export const factFault = (pack: Pack, path: string): { zh: string; en: string } | undefined => {
  const wrong = wrongFact(pack, path);
  if (!wrong) return undefined;
  if (!wrong.known)
    return {
      zh: `事实“${path}”没有写完，后面还要写是它的什么`,
      en: `the fact "${path}" is not complete; say what of it`,
    };
  if (wrong.known === factRoots)
    return {
      zh: `条件用到不认识的事实“${path}”，应以 ${factRoots.join('、')} 之一开头`,
      en: `the condition asks for the unknown fact "${path}"; it should begin with one of ${factRoots.join(', ')}`,
    };
  const remedy = remedyOf(path, wrong);
  return {
    zh: `条件用到的事实“${path}”不存在，永远不会成立${remedy.zh.startsWith('可用') ? '，' : '；'}${remedy.zh}`,
    en: `the fact "${path}" does not exist, so it never holds; ${remedy.en}`,
  };
};

/** Keys of roles and groups that a centre has of its own; a folder is for any centre and knows of none. */
export type Beside = { roles: readonly string[]; groups: readonly string[] };
const presets = rolePresets.map(({ key }) => key);
/** Roles that a step may be given to. Null where others come with packs it needs. */
export const rolesOf = (pack: Pack, { roles }: Beside): string[] | null =>
  pack.needs ? null : [...new Set([...presets, ...(pack.roles ?? []).map(({ key }) => key), ...roles])];
export const groupsOf = (pack: Pack, { groups }: Beside): string[] | null =>
  pack.needs
    ? null
    : [
        ...new Set([
          'consult',
          'tech',
          'relations',
          'expert',
          ...(pack.groups ?? []).map(({ key }) => key),
          ...groups,
        ]),
      ];
export const meantBy = nearest;
