/**
 * Whether a pack makes sense, in sentences that a process manager understands. Shape first (closed schemas), then
 * meaning: keys that exist, steps that can be reached and left, limits with an owner, words in both languages,
 * variables and facts that are known. Each fault names its place as a JSON pointer.
 */
import { clockPattern, readDuration } from './durations.ts';
import { arrows, theEnd } from './flow.ts';
import { scriptVariables } from './pack.ts';
import type { Pack, Step, Who } from './pack.ts';
import { changeFaults } from './pack-change.ts';
import {
  conditionFaults,
  eventFaults,
  endFaults,
  fault,
  startFaults,
  twice,
  unknownVariables,
} from './pack-faults.ts';
import type { Faults, PackFault } from './pack-faults.ts';
import { fieldFaults, kindFaults } from './pack-forms.ts';
import { groupsOf, meantBy, rolesOf } from './pack-facts.ts';
import type { Beside } from './pack-facts.ts';
import { setFaults } from './pack-set.ts';
import { rolePresets } from './permissions.ts';
import { deadlineKinds } from './words.ts';

export type { PackFault };
export { unknownVariables };

/** A role or group that nobody has: the step would wait for no one. */
const whoFaults = (
  pack: Pack,
  beside: Beside,
  who: Who | string | undefined,
  { zh, en }: { zh: string; en: string },
  at: string,
): Faults => {
  if (typeof who !== 'object') return [];
  const wrong = (
    key: string | undefined,
    known: readonly string[] | null,
    place: string,
    words: { zh: string; en: string },
  ): Faults => {
    if (!key || !known || known.includes(key)) return [];
    const meant = meantBy(key, known);
    return [
      fault(
        `${at}/${place}`,
        `步骤“${zh}”交给了没有人担任的${words.zh}“${key}”${meant ? `，是不是“${meant}”？` : `，可用：${known.join('、')}；或在 pack.yaml 里写明它`}`,
        `the step "${en}" is given to the ${words.en} "${key}", which nobody has${meant ? `; did you mean "${meant}"?` : `; there are: ${known.join(', ')}, or declare it in pack.yaml`}`,
      ),
    ];
  };
  return [
    ...wrong('role' in who ? who.role : undefined, rolesOf(pack, beside), 'role', { zh: '角色', en: 'role' }),
    ...wrong('group' in who ? who.group : undefined, groupsOf(pack, beside), 'group', {
      zh: '组',
      en: 'group',
    }),
  ];
};

/** "Did you mean …?", where something is like enough. */
const meant = (key: string, known: readonly string[], language: 'zh' | 'en'): string | undefined => {
  const one = meantBy(key, known);
  return one && { zh: `是不是“${one}”？`, en: `did you mean "${one}"?` }[language];
};

const durations = ['within', 'every', 'timeout'] as const;

const stepFaults = (pack: Pack, beside: Beside, step: Step, at: string): Faults => {
  const { zh, en } = step.name;
  const keys = new Set([...pack.steps.map(({ key }) => key), theEnd]);
  const scripts = new Set(pack.scripts.map(({ key }) => key));
  const human = ['do', 'decide', 'call'].includes(step.kind);
  const names: [string | undefined, string][] = [
    ...(step.fork ?? []).map((key): [string, string] => [key, 'fork']),
    ...(step.joins ?? []).map((key): [string, string] => [key, 'joins']),
    ...(step.choices ?? []).map(({ to }, i): [string | undefined, string] => [to, `choices/${i}/to`]),
    ...(typeof step.next === 'string'
      ? [[step.next, 'next'] as [string, string]]
      : (step.next ?? []).map(({ to }, i): [string, string] => [to, `next/${i}/to`])),
    [step.rejectTo, 'rejectTo'],
    [step.timeoutTo, 'timeoutTo'],
  ];
  return [
    ...names.flatMap(([key, place]) =>
      key && !keys.has(key)
        ? [
            fault(
              `${at}/${place}`,
              `步骤“${zh}”指向不存在的步骤“${key}”，${meant(key, [...keys], 'zh') ?? '请改成已有的步骤，或补上这一步'}`,
              `the step "${en}" points to "${key}", which does not exist; ${meant(key, [...keys], 'en') ?? 'name one that does, or add it'}`,
            ),
          ]
        : [],
    ),
    ...whoFaults(pack, beside, step.who, step.name, `${at}/who`),
    ...whoFaults(pack, beside, step.to, step.name, `${at}/to`),
    ...(step.by ?? []).flatMap((role, i) => whoFaults(pack, beside, { role }, step.name, `${at}/by/${i}`)),
    ...durations.flatMap((name) =>
      step[name] && !readDuration(step[name])
        ? [
            fault(
              `${at}/${name}`,
              `“${step[name]}”不是时长，请写 10m、24h、3bd 这样的形式`,
              `"${step[name]}" is not a length of time; write 10m, 24h, 3bd`,
            ),
          ]
        : [],
    ),
    ...(step.kind === 'end' && step.joins
      ? [
          fault(
            `${at}/joins`,
            `终点“${zh}”不能等待其他步骤；请在它前面加一个 branch 步骤来等`,
            `the end "${en}" waits for nobody; put a branch with these joins before it`,
          ),
        ]
      : []),
    ...(human && !step.who && !step.within && !step.due
      ? [
          fault(
            at,
            `步骤“${zh}”没有说由谁办理（who），请写上，例如 who: {role: agent}`,
            `the step "${en}" does not say who does it (who); write for example who: {role: agent}`,
          ),
        ]
      : []),
    ...((step.within || step.due) && !step.who && step.kind !== 'approve' && step.kind !== 'wait'
      ? [
          fault(
            at,
            `步骤“${zh}”有时限却没有责任人（who），请写明由谁办理，例如 who: {role: agent}`,
            `the step "${en}" has a limit but nobody who owns it (who); write for example who: {role: agent}`,
          ),
        ]
      : []),
    ...(step.kind === 'decide' && !step.choices
      ? [
          fault(
            at,
            `判断步骤“${zh}”没有选项（choices），请写上可选的结果`,
            `the decision "${en}" has no choices; write what may be chosen`,
          ),
        ]
      : []),
    ...(step.kind === 'approve' && !step.by
      ? [
          fault(
            at,
            `审批步骤“${zh}”没有审批角色（by），请写上，例如 by: [supervisor]`,
            `the approval "${en}" names no role (by); write for example by: [supervisor]`,
          ),
        ]
      : []),
    ...(step.kind === 'wait' && !step.until
      ? [
          fault(
            at,
            `等待步骤“${zh}”没有说等什么（until），请写上，例如 until: {passed: 7d}`,
            `the wait "${en}" does not say for what (until); write for example until: {passed: 7d}`,
          ),
        ]
      : []),
    ...(step.kind === 'tell' && (!step.to || !step.script)
      ? [
          fault(
            at,
            `通知步骤“${zh}”缺少对象（to）或话术（script），两样都要写`,
            `the notice "${en}" lacks to or script; write both`,
          ),
        ]
      : []),
    ...(step.kind === 'ticket' && !step.open
      ? [
          fault(
            at,
            `子工单步骤“${zh}”没有说开给谁（open）`,
            `the sub-ticket step "${en}" does not say what to open (open)`,
          ),
        ]
      : []),
    ...(step.kind === 'record' && !step.move && !step.set
      ? [
          fault(
            at,
            `记录步骤“${zh}”没有说做什么（move 或 set）`,
            `the record step "${en}" says neither move nor set`,
          ),
        ]
      : []),
    ...changeFaults(step, at),
    ...setFaults(pack, step, at),
    ...(step.kind === 'assign' && !step.who
      ? [
          fault(
            at,
            `分派步骤“${zh}”没有说分给哪个组（who）`,
            `the step "${en}" does not say to which group (who)`,
          ),
        ]
      : []),
    ...(step.kind === 'start' && !step.playbook
      ? [
          fault(
            at,
            `步骤“${zh}”没有说启动哪个流程（playbook）`,
            `the step "${en}" does not say which playbook to start`,
          ),
        ]
      : []),
    ...(step.kind === 'sample' &&
    (step.talks ? !step.count || !step.into || !step.under : !step.among || (!step.share && !step.count))
      ? [
          fault(
            at,
            `抽样步骤“${zh}”要写明从哪里抽（among）和抽多少（share 或 count）；抽会话的写 talks、count、into 和 under`,
            `the sample "${en}" must say from what (among) and how many (share or count); one of talks says talks, count, into and under`,
          ),
        ]
      : []),
    ...(step.kind === 'sample' && !step.who
      ? [
          fault(
            at,
            `抽样步骤“${zh}”没有说由谁办理（who）`,
            `the sample "${en}" does not say who does it (who)`,
          ),
        ]
      : []),
    ...(step.kind === 'collect' && (!step.into || !step.figures)
      ? [
          fault(
            at,
            `汇总步骤“${zh}”要写明汇总到哪种记录（into）和哪些数字（figures）`,
            `the step "${en}" must say into which record (into) and which figures`,
          ),
        ]
      : []),
    ...Object.entries(step.figures ?? {}).flatMap(([field, figure]) => {
      if (!('drawn' in figure)) return [];
      const samples = pack.steps.filter(({ kind, talks }) => kind === 'sample' && !talks);
      const known = samples.map(({ key }) => key);
      return known.includes(figure.drawn)
        ? []
        : [
            fault(
              `${at}/figures/${field}/drawn`,
              `汇总步骤“${zh}”要列出抽样步骤“${figure.drawn}”的结果，但没有这个抽样步骤，${meant(figure.drawn, known, 'zh') ?? '请改成已有的抽样步骤'}`,
              `the step "${en}" tells the results of the sample "${figure.drawn}", which does not exist; ${meant(figure.drawn, known, 'en') ?? 'name a step that draws records'}`,
            ),
          ];
    }),
    ...(step.kind === 'customer' && !step.set && !step.tag
      ? [
          fault(
            at,
            `步骤“${zh}”没有写明改客户的什么（set 或 tag）`,
            `the step "${en}" does not say what of the customer it fills (set or tag)`,
          ),
        ]
      : []),
    ...([step.due, step.until && 'instant' in step.until ? step.until.instant : undefined].some(
      (one) => one && (one.at === undefined) === (one.next === undefined),
    )
      ? [
          fault(
            at,
            `步骤“${zh}”的时刻要么写事实（at），要么写钟点（next）`,
            `the instant of the step "${en}" names either a fact (at) or a time of day (next)`,
          ),
        ]
      : []),
    ...(step.each && step.kind !== 'collect'
      ? [
          fault(
            `${at}/each`,
            `步骤“${zh}”的 each 只用于汇总（collect）`,
            `each of the step "${en}" is only for collect`,
          ),
        ]
      : []),
    ...conditionFaults(pack, step.among?.if, `${at}/among/if`),
    ...(step.clock && !(deadlineKinds as readonly string[]).includes(step.clock)
      ? [fault(`${at}/clock`, `没有名为“${step.clock}”的计时`, `there is no clock "${step.clock}"`)]
      : []),
    ...(step.finishIf && !step.refused
      ? [
          fault(
            at,
            `步骤“${zh}”有完成条件却没有提示语（refused）`,
            `the step "${en}" has finishIf but no words for refusing (refused)`,
          ),
        ]
      : []),
    ...(step.timeout && !step.timeoutTo
      ? [
          fault(
            at,
            `步骤“${zh}”有等待期限却没有说到期去哪里（timeoutTo）`,
            `the step "${en}" has a timeout but no timeoutTo`,
          ),
        ]
      : []),
    ...(step.script ?? []).flatMap((key) =>
      scripts.has(key)
        ? []
        : [
            fault(
              `${at}/script`,
              `步骤“${zh}”用到的话术“${key}”不存在，${meant(key, [...scripts], 'zh') ?? '请在两种语言的话术里补上，或从这一步去掉'}`,
              `the script "${key}" of step "${en}" does not exist; ${meant(key, [...scripts], 'en') ?? 'add it in both languages, or take it off the step'}`,
            ),
          ],
    ),
    ...conditionFaults(pack, step.if, `${at}/if`),
    ...conditionFaults(pack, step.finishIf, `${at}/finishIf`),
    ...(Array.isArray(step.next)
      ? step.next.flatMap((way, i) => conditionFaults(pack, way.if, `${at}/next/${i}/if`))
      : []),
    ...(step.until && 'event' in step.until
      ? [
          ...eventFaults(step.until.event, `${at}/until/event`),
          ...conditionFaults(pack, step.until.if, `${at}/until/if`),
        ]
      : []),
    ...fieldFaults(pack, step.fields ?? [], `${at}/fields`),
    ...(step.fields ?? []).flatMap((field, i) =>
      field.type === 'pin'
        ? [
            fault(
              `${at}/fields/${i}`,
              `密码字段“${field.zh}”只能放在登记表里，步骤的答案不加密`,
              `the pin "${field.en}" belongs on a kind of record; answers of a step are not sealed`,
            ),
          ]
        : [],
    ),
  ];
};

/** Steps nobody comes to, and steps from which no end is reached. */
const flowFaults = (pack: Pack): Faults => {
  const keys = pack.steps.map(({ key }) => key);
  // A misspelt arrow is told once, where it stands; the way is followed to what was meant.
  const right = (key: string) =>
    keys.includes(key) || key === theEnd ? key : (meantBy(key, keys) ?? theEnd);
  const next = new Map(pack.steps.map((step) => [step.key, arrows(pack, step).map(right)]));
  const reach = (from: readonly string[], ways: (key: string) => readonly string[]): Set<string> => {
    const seen = new Set<string>();
    const todo = [...from];
    for (let key = todo.pop(); key !== undefined; key = todo.pop())
      if (!seen.has(key)) {
        seen.add(key);
        todo.push(...ways(key));
      }
    return seen;
  };
  const begins = [pack.steps[0]!.key, ...(pack.jumpsWhen ?? []).map(({ to }) => right(to))];
  const reached = reach(begins, (key) => next.get(key) ?? []);
  const ends = [theEnd, ...pack.steps.filter(({ kind }) => kind === 'end').map(({ key }) => key)];
  const leaving = reach(ends, (key) =>
    pack.steps.filter((step) => next.get(step.key)!.includes(key)).map((step) => step.key),
  );
  return pack.steps.flatMap((step, i) => [
    ...(reached.has(step.key)
      ? []
      : [
          fault(
            `/steps/${i}`,
            `步骤“${step.name.zh}”永远走不到：没有任何步骤通向它；请在某一步的去向（next）里写上它，或删去它`,
            `the step "${step.name.en}" is never reached: nothing leads to it; name it in the next of another step, or take it out`,
          ),
        ]),
    ...(leaving.has(step.key)
      ? []
      : [
          fault(
            `/steps/${i}`,
            `步骤“${step.name.zh}”是死路：从它出发到不了结束；请在去向（next）里写一条通向结束的路`,
            `the step "${step.name.en}" is a dead end: no way from it comes to an end; give it a next that does`,
          ),
        ]),
    ...(loops(step, next) &&
    !pack.steps.some(
      (other) => other.atMost && reach(next.get(step.key)!, (key) => next.get(key) ?? []).has(other.key),
    )
      ? [
          fault(
            `/steps/${i}`,
            `步骤“${step.name.zh}”可以无限循环，请在循环中的某一步写上次数上限（atMost）`,
            `the step "${step.name.en}" may loop for ever; give a step of the loop a limit (atMost)`,
          ),
        ]
      : []),
  ]);
};
/** Goes straight back: a step with an arrow to itself or one above it. */
const loops = (step: Step, next: ReadonlyMap<string, readonly string[]>): boolean => {
  const order = [...next.keys()];
  return next
    .get(step.key)!
    .some((key) => order.indexOf(key) >= 0 && order.indexOf(key) <= order.indexOf(step.key));
};

const nobody: Beside = { roles: [], groups: [] };
const presetKeys = rolePresets.map(({ key }) => key).join(' ');

/** Everything wrong with the meaning of a pack whose shape is right; `beside` are roles and groups of the centre it is for. */
export const packFaults = (pack: Pack, beside: Beside = nobody): PackFault[] => [
  ...(pack.roles ?? []).flatMap(({ zh, en, like }, i) =>
    rolePresets.some(({ key }) => key === like)
      ? []
      : [
          fault(
            `/roles/${i}/like`,
            `角色“${zh}”参照的“${like}”不存在，可用：${presetKeys}`,
            `the role "${en}" is like "${like}", which does not exist; there are: ${presetKeys}`,
          ),
        ],
  ),
  ...twice(pack.steps, ({ key }) => key).map((i) =>
    fault(
      `/steps/${i}/key`,
      `步骤“${pack.steps[i]!.key}”重复`,
      `the step "${pack.steps[i]!.key}" stands twice`,
    ),
  ),
  ...twice(pack.records, ({ key }) => key).map((i) =>
    fault(
      `/records/${i}/key`,
      `记录类型“${pack.records[i]!.key}”重复`,
      `the kind "${pack.records[i]!.key}" stands twice`,
    ),
  ),
  ...twice(pack.scripts, ({ key, audience }) => `${key}@${audience ?? ''}`).map((i) =>
    fault(
      `/scripts/${i}`,
      `话术“${pack.scripts[i]!.key}”重复`,
      `the script "${pack.scripts[i]!.key}" stands twice`,
    ),
  ),
  ...pack.steps.flatMap((step, i) => stepFaults(pack, beside, step, `/steps/${i}`)),
  ...pack.records.flatMap((kind, i) => kindFaults(pack, kind, `/records/${i}`)),
  ...pack.scripts.flatMap((script, i) =>
    (['zh', 'en'] as const).flatMap((language) =>
      unknownVariables(script[language].body).map((name) =>
        fault(
          `/scripts/${i}/${language}`,
          `话术“${script.zh.title}”（${language === 'zh' ? '中文' : '英文'}）用到不认识的变量“${name}”，${meant(name, scriptVariables, 'zh') ?? `可用：${scriptVariables.join('、')}`}`,
          `the script "${script.en.title}" (${language}) names the unknown variable "${name}"; ${meant(name, scriptVariables, 'en') ?? `there are: ${scriptVariables.join(', ')}`}`,
        ),
      ),
    ),
  ),
  ...(pack.startsWhen ?? []).flatMap((start, i) => [
    ...startFaults(pack, start, `/startsWhen/${i}`),
    ...conditionFaults(pack, start.if, `/startsWhen/${i}/if`),
  ]),
  ...(pack.about === 'centre' && !pack.every
    ? [
        fault(
          '/about',
          '面向全中心的流程要写明何时开始（every）',
          'a playbook about the centre must say when it starts (every)',
        ),
      ]
    : []),
  ...(pack.every ?? []).flatMap((one, i) => [
    ...(!['centre', 'customer'].includes(pack.about)
      ? [
          fault(
            `/every/${i}`,
            '定期启动只适用于面向全中心或客户的流程',
            'only playbooks about the centre or customers start by the calendar',
          ),
        ]
      : []),
    ...(new RegExp(clockPattern, 'u').test(one.at)
      ? []
      : [
          fault(
            `/every/${i}/at`,
            `“${one.at}”不是钟点，请写成 08:30 这样`,
            `"${one.at}" is not a time of day; write 08:30`,
          ),
        ]),
    ...conditionFaults(pack, one.for, `/every/${i}/for`),
  ]),
  ...endFaults(pack),
  ...(pack.steps.some(({ key }) => key === theEnd)
    ? [fault('/steps', '“end” 是保留的步骤名', '"end" is a reserved step name')]
    : []),
  ...(new Set(pack.steps.map(({ key }) => key)).size === pack.steps.length ? flowFaults(pack) : []),
];
