/**
 * Words of `cases.yaml` that mean nothing, told before a case is run: a verb, an option, what is expected, a refusal,
 * and what stands inside their objects.
 * Each fault names its place as a JSON pointer, in a sentence for who wrote the process.
 */
import { errors } from '#contracts/errors.ts';
import { meantBy } from '#contracts/pack-facts.ts';
import type { Pack } from '#contracts/pack.ts';
import { taskKinds } from '#contracts/words.ts';
import { expectable } from './expect.ts';
import { wrong } from './fault.ts';
import type { CaseFault } from './fault.ts';
import { expectedObjectFaults, objectFaults } from './objects.ts';
import type { Seen } from './objects.ts';
import type { Line, PackCase } from './run.ts';
import { besideEvery, verbs } from './verbs.ts';

export type { CaseFault } from './fault.ts';

/** What may stand beside a verb, besides what may stand beside every one. */
const beside: Partial<Record<string, readonly string[]>> = {
  chat: ['shop'],
  lookUp: ['number', 'proof'],
  move: ['data'],
  join: ['lead'],
  tick: ['index'],
  start: ['on'],
  complete: ['outcome', 'with', 'form', 'ticked', 'note', 'allow'],
  attempt: ['outcome'],
  skip: ['reason'],
  approve: ['comment'],
  reject: ['comment'],
  handOver: ['to', 'note'],
  promise: ['by'],
  followUp: ['by', 'kind'],
  escalate: ['to'],
  certify: ['product', 'until'],
  resolve: ['verified'],
  callBack: ['note'],
  close: ['override'],
};
const ofTask = [
  'state',
  'outcome',
  'due',
  'late',
  'kind',
  'assignee',
  'role',
  'group',
  'title',
  'attempts',
  'holder',
];
/** What may be said of what is expected; where nothing stands here it says itself. */
const said: Partial<Record<string, readonly string[]>> = {
  step: ofTask,
  task: ofTask,
  panel: ['as', 'script', 'scripts', 'ticked', 'values', 'rejected'],
  top: ['as'],
  scripts: ['as', 'keys'],
  opening: ['as', 'script'],
  found: ['in', 'as', 'day', 'late', 'staff', 'where', 'count', 'data', 'state', 'step'],
  board: ['as', 'late', 'kind'],
  story: ['as', 'type'],
  jam: ['open', 'late', 'done', 'doneLate', 'skipped', 'medianSeconds'],
  open: ['count'],
  tasks: ['count'],
  run: ['state', 'outcome', 'version', 'onTicket'],
  runs: ['of'],
  clock: ['state', 'due', 'unit'],
  told: ['times'],
  mailed: ['to', 'times', 'attached'],
};
/** Verbs whose object is the step of a task. */
const ofSteps = ['complete', 'tick', 'attempt', 'skip', 'approve', 'reject', 'handOver'];

const expectFaults = (seen: Seen, expect: unknown, at: string): CaseFault[] => {
  const subjects = expectable();
  if (typeof expect !== 'object' || expect === null)
    return [
      {
        at,
        zh: `expect 后面要写期望什么，例如 {step: contact, state: open}；可用：${subjects.join('、')}`,
        en: `expect takes what is expected, for example {step: contact, state: open}; there are: ${subjects.join(', ')}`,
      },
    ];
  const keys = Object.keys(expect);
  // As the run reads it: the first word that it knows is what is expected.
  const subject = keys.find((key) => subjects.includes(key));
  if (!subject)
    return [
      wrong(`${at}/${keys[0] ?? ''}`, keys[0] ?? '', subjects, { zh: '不能期望', en: 'nobody expects' }),
    ];
  const may = said[subject];
  if (subject === 'event') return [];
  return [
    ...keys
      .filter((key) => key !== subject && !(may ?? []).includes(key))
      .map((key) =>
        wrong(`${at}/${key}`, key, may ?? [subject], {
          zh: `期望“${subject}”时没有`,
          en: `what is expected of "${subject}" has no`,
        }),
      ),
    ...expectedObjectFaults(seen, subject, expect as Line, at),
  ];
};

const lineFaults = (seen: Seen, line: Line, at: string): CaseFault[] => {
  const { pack } = seen;
  const words = Object.keys(line);
  const all = [...Object.keys(verbs), 'expect'];
  const known = words.filter((word) => all.includes(word));
  if (known.length === 0) {
    const word = words.find((one) => !besideEvery.includes(one)) ?? words[0] ?? '';
    return [wrong(`${at}/${word}`, word, all, { zh: '不认识的动作', en: 'unknown verb' })];
  }
  if (known.length > 1)
    return [
      {
        at: `${at}/${known[1]}`,
        zh: `一行只能写一个动作，这里有“${known.join('”和“')}”，请分成几行`,
        en: `one verb a line; here are "${known.join('" and "')}": make them lines of their own`,
      },
    ];
  const [verb] = known as [string];
  const options = verb === 'expect' ? [] : [...(beside[verb] ?? []), ...besideEvery];
  const faults = words
    .filter((word) => word !== verb && !options.includes(word))
    .map((word) =>
      wrong(`${at}/${word}`, word, options, {
        zh: `动作“${verb}”旁边没有`,
        en: `beside the verb "${verb}" there is no`,
      }),
    );
  if (verb === 'expect') return [...faults, ...expectFaults(seen, line.expect, `${at}/expect`)];
  if (typeof line.refused === 'string' && !(line.refused in errors))
    faults.push(
      wrong(`${at}/refused`, line.refused, Object.keys(errors), {
        zh: '没有这种拒绝',
        en: 'there is no refusal',
      }),
    );
  faults.push(...objectFaults(seen, verb, line, at));
  const object = line[verb];
  // The step may be one of another playbook that is on: told only where it is nearly one of ours.
  const steps = pack.steps.map(({ key }) => key);
  if (ofSteps.includes(verb) && typeof object === 'string' && /^[a-z0-9_]+$/.test(object)) {
    const others = [...steps, ...taskKinds];
    const meant = pack.needs ? undefined : meantBy(object, steps);
    const alike = meant !== undefined && object.length > 5 && object.slice(0, 2) === meant.slice(0, 2);
    if (!(others as string[]).includes(object) && alike)
      faults.push(wrong(`${at}/${verb}`, object, steps, { zh: '没有步骤', en: 'there is no step' }));
  }
  return faults;
};

/** Everything wrong with the words of the cases of a pack whose shape is right. */
export const caseFaults = (pack: Pack, cases: readonly PackCase[]): CaseFault[] =>
  cases.flatMap((story, i) => {
    const parts = [
      { part: story as Partial<PackCase>, at: `/cases/${i}` },
      ...(story.and ?? []).map((part, n) => ({
        part: part as Partial<PackCase>,
        at: `/cases/${i}/and/${n}`,
      })),
    ];
    const lines = parts.flatMap(({ part, at }) =>
      (['given', 'when', 'then'] as const).flatMap((name) =>
        (part[name] ?? []).map((line, n) => ({ line, at: `${at}/${name}/${n}` })),
      ),
    );
    const alone = !lines.some(({ line }) => 'enable' in line);
    return lines.flatMap(({ line, at }) => lineFaults({ pack, alone }, line, at));
  });
