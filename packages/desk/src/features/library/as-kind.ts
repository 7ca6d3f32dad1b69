/** What each kind of step has of its own, for changing one into another. Pure. */
import type { Pack, Step } from '#contracts/pack.ts';

/** Parts that mean something for some kinds only. */
const partsOf: Partial<Record<Step['kind'], readonly (keyof Step)[]>> = {
  decide: ['choices'],
  approve: ['by', 'rejectTo'],
  call: ['choices', 'attempts', 'every', 'service'],
  wait: ['until', 'timeout', 'timeoutTo'],
  tell: ['to', 'needsAck', 'byMail', 'attach', 'script'],
  ticket: ['open'],
  change: ['set'],
  record: ['move', 'set', 'into'],
  customer: ['set', 'tag'],
  start: ['playbook'],
  sample: ['among', 'share', 'count', 'talks', 'into', 'under'],
  collect: ['into', 'each', 'figures', 'mark', 'among'],
  end: ['outcome'],
};
const worked: readonly (keyof Step)[] = [
  'who',
  'within',
  'per',
  'from',
  'due',
  'clock',
  'warnAt',
  'late',
  'actions',
  'tips',
  'ask',
  'script',
  'form',
  'fields',
  'checklist',
  'finishIf',
  'refused',
  'notAfter',
  'does',
  'skip',
  'holdsOpen',
];
const people: readonly Step['kind'][] = ['do', 'decide', 'approve', 'call', 'sample'];
const needs = (kind: Step['kind'], pack: Pack): Partial<Step> => {
  const first = pack.records[0]?.key;
  const figure = pack.records[0]?.fields.find(({ type }) => type === 'number') ?? pack.records[0]?.fields[0];
  switch (kind) {
    case 'decide':
      return {
        choices: [
          { key: 'yes', zh: '是', en: 'Yes' },
          { key: 'no', zh: '否', en: 'No' },
        ],
      };
    case 'approve':
      return { by: ['supervisor'] };
    case 'call':
      return { attempts: 3, every: '2h' };
    case 'wait':
      return { until: { passed: '1d' } };
    case 'tell': {
      const words = pack.scripts[0]?.key;
      return words ? { to: 'customer', script: [words] } : { to: 'customer' };
    }
    case 'sample':
      return {
        who: { role: 'agent' },
        share: 20,
        ...(first ? { among: { kind: first, over: { last: 'month' } } } : {}),
      };
    case 'collect':
      return first && figure ? { into: first, figures: { [figure.key]: { count: { kind: first } } } } : {};
    case 'record': {
      const state = pack.records[0]?.states?.[0]?.key;
      return state ? { move: state } : {};
    }
    case 'assign':
      return { who: { group: 'consult' } };
    case 'change':
      return { set: { urgency: 'high' } };
    case 'ticket':
      return { open: { group: 'tech', subject: { zh: '协办事项', en: 'Part of the work' } } };
    case 'end':
      return { outcome: 'done' };
    default:
      return {};
  }
};

/** The step as another kind: what only the old kind has goes, what the new one needs is there at once. Pure. */
export const asKind = (step: Step, kind: Step['kind'], pack: Pack): Step => {
  const foreign = new Set<string>([
    ...Object.values(partsOf).flat(),
    ...(people.includes(kind) ? [] : worked.filter((part) => part !== 'who' || kind !== 'assign')),
    ...(kind === 'end' ? ['next', 'fork'] : []),
  ]);
  for (const part of partsOf[kind] ?? []) foreign.delete(part);
  const kept = Object.fromEntries(Object.entries(step).filter(([key]) => !foreign.has(key))) as Step;
  const who = ['do', 'decide', 'call'].includes(kind) ? { who: 'assignee' as const } : {};
  // A draw or a distribution has no assignee yet: nobody was chosen for it.
  const { who: before, ...rest } = kept;
  const nobody = ['sample', 'assign'].includes(kind) && typeof before === 'string';
  return { ...who, ...needs(kind, pack), ...(nobody ? rest : kept), kind };
};
