/**
 * Whether a pack makes sense, in sentences that a process manager understands. Shape first (closed schemas), then
 * meaning: keys that exist, steps that can be reached and left, limits with an owner, words in both languages,
 * variables and facts that are known. Each fault names its place as a JSON pointer.
 */
import { readCondition } from './conditions.ts';
import { readDuration } from './durations.ts';
import { arrows, theEnd } from './flow.ts';
import { events } from './events.ts';
import { factRoots, scriptVariables } from './pack.ts';
import type { Field, Pack, RecordKind, Step } from './pack.ts';
import { rolePresets } from './permissions.ts';
import { deadlineKinds } from './words.ts';

export type PackFault = { at: string; zh: string; en: string };
type Faults = readonly PackFault[];
const fault = (at: string, zh: string, en: string): PackFault => ({ at, zh, en });
const twice = <T>(items: readonly T[], keyOf: (item: T) => string): number[] =>
  items.flatMap((item, i) => (items.findIndex((other) => keyOf(other) === keyOf(item)) < i ? [i] : []));

const conditionFaults = (condition: unknown, at: string, extra: readonly string[] = []): Faults => {
  if (condition === undefined) return [];
  const { faults, paths } = readCondition(condition, at);
  return [
    ...faults,
    ...paths
      .filter((path) => ![...factRoots, ...extra].includes(path.split('.')[0] as never))
      .map((path) =>
        fault(
          at,
          `条件用到不认识的事实“${path}”，应以 ${factRoots.join('、')} 之一开头`,
          `the condition asks for the unknown fact "${path}"; it should begin with one of ${factRoots.join(', ')}`,
        ),
      ),
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

const fieldFaults = (fields: readonly Field[], at: string): Faults => [
  ...twice(fields, ({ key }) => key).map((i) =>
    fault(`${at}/${i}/key`, `字段“${fields[i]!.key}”重复`, `the field "${fields[i]!.key}" stands twice`),
  ),
  ...fields.flatMap((field, i) => [
    ...(field.type.startsWith('choice') && !field.options
      ? [
          fault(
            `${at}/${i}`,
            `选择字段“${field.zh}”没有选项（options）`,
            `the choice "${field.en}" has no options`,
          ),
        ]
      : []),
    ...(field.type === 'record' && !field.kind
      ? [
          fault(
            `${at}/${i}`,
            `字段“${field.zh}”没有说明引用哪种记录（kind）`,
            `the field "${field.en}" does not say which kind of record it names`,
          ),
        ]
      : []),
    ...(typeof field.required === 'object' ? conditionFaults(field.required, `${at}/${i}/required`) : []),
    ...conditionFaults(field.showIf, `${at}/${i}/showIf`),
    ...(field.pattern && !isPattern(field.pattern)
      ? [
          fault(
            `${at}/${i}/pattern`,
            `“${field.pattern}”不是有效的正则表达式`,
            `"${field.pattern}" is not a regular expression`,
          ),
        ]
      : []),
  ]),
];
const isPattern = (text: string): boolean => {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
};

const kindFaults = (kind: RecordKind, at: string): Faults => {
  const fields = new Set(kind.fields.map(({ key }) => key));
  const states = new Set((kind.states ?? []).map(({ key }) => key));
  const unknown = (names: readonly string[] | undefined, place: string) =>
    (names ?? [])
      .filter((name) => !fields.has(name))
      .map((name) =>
        fault(
          `${at}/${place}`,
          `“${kind.name.zh}”没有字段“${name}”`,
          `"${kind.name.en}" has no field "${name}"`,
        ),
      );
  const leftBy = new Set((kind.moves ?? []).flatMap(({ from }) => from));
  const reached = new Set([kind.states?.[0]?.key, ...(kind.moves ?? []).map(({ to }) => to)]);
  return [
    ...fieldFaults(kind.fields, `${at}/fields`),
    ...unknown(kind.list, 'list'),
    ...unknown(kind.card, 'card'),
    ...unknown(kind.lookup?.show, 'lookup/show'),
    ...unknown(kind.lookup?.phone ? [kind.lookup.phone] : [], 'lookup/phone'),
    ...unknown(kind.lookup?.pin ? [kind.lookup.pin] : [], 'lookup/pin'),
    ...(kind.lookup?.proof === 'pin' &&
    kind.fields.find(({ key }) => key === kind.lookup!.pin)?.type !== 'pin'
      ? [
          fault(
            `${at}/lookup/pin`,
            `“${kind.name.zh}”凭密码查询，请写明 pin 类型的字段（pin）`,
            `"${kind.name.en}" is looked up by a pin: name its field of type pin`,
          ),
        ]
      : []),
    ...(kind.lookup?.show ?? [])
      .filter((name) => kind.fields.some(({ key, type }) => key === name && type === 'pin'))
      .map((name) =>
        fault(`${at}/lookup/show`, `密码字段“${name}”不能公开`, `the pin "${name}" cannot be shown`),
      ),
    ...unknown(kind.day ? [kind.day] : [], 'day'),
    ...unknown(kind.groupFrom ? [kind.groupFrom] : [], 'groupFrom'),
    ...(kind.unique ?? []).flatMap((one, i) => unknown(one.fields, `unique/${i}`)),
    ...(kind.print ?? []).flatMap((group, i) => unknown(group.fields, `print/${i}`)),
    ...unknownVariables(
      kind.title,
      [...fields].map((key) => `data.${key}`).concat('customer.name', 'number'),
    ).map((name) =>
      fault(`${at}/title`, `标题用到不认识的变量“${name}”`, `the title names the unknown variable "${name}"`),
    ),
    ...(kind.moves ?? []).flatMap((move, i) => [
      ...[...move.from, move.to]
        .filter((state) => !states.has(state))
        .map((state) =>
          fault(
            `${at}/moves/${i}`,
            `“${kind.name.zh}”没有状态“${state}”`,
            `"${kind.name.en}" has no state "${state}"`,
          ),
        ),
      ...conditionFaults(move.if, `${at}/moves/${i}/if`),
      ...(move.if && !move.refused
        ? [
            fault(
              `${at}/moves/${i}`,
              `“${move.zh}”有条件却没有说明不满足时怎么提示（refused）`,
              `"${move.en}" has a condition but no words for when it does not hold (refused)`,
            ),
          ]
        : []),
    ]),
    ...(kind.moves
      ? (kind.states ?? []).flatMap((state, i) => [
          ...(!state.final && !leftBy.has(state.key)
            ? [
                fault(
                  `${at}/states/${i}`,
                  `状态“${state.zh}”进得去出不来；如是终点请写 final: true`,
                  `the state "${state.en}" cannot be left; say final: true if it is an end`,
                ),
              ]
            : []),
          ...(!reached.has(state.key)
            ? [
                fault(
                  `${at}/states/${i}`,
                  `没有任何变更通向状态“${state.zh}”`,
                  `no move leads to the state "${state.en}"`,
                ),
              ]
            : []),
        ])
      : []),
  ];
};

const eventFaults = (event: string, at: string): Faults =>
  event in events
    ? []
    : [
        fault(
          at,
          `没有事件“${event}”，可用的见事件目录`,
          `there is no event "${event}"; see the catalogue of events`,
        ),
      ];

const durations = ['within', 'every', 'timeout'] as const;

const stepFaults = (pack: Pack, step: Step, at: string): Faults => {
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
              `步骤“${zh}”指向不存在的步骤“${key}”`,
              `the step "${en}" points to "${key}", which does not exist`,
            ),
          ]
        : [],
    ),
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
    ...(human && !step.who
      ? [fault(at, `步骤“${zh}”没有说由谁办理（who）`, `the step "${en}" does not say who does it (who)`)]
      : []),
    ...((step.within || step.due) && !step.who && step.kind !== 'approve' && step.kind !== 'wait'
      ? [
          fault(
            at,
            `步骤“${zh}”有时限却没有责任人（who）`,
            `the step "${en}" has a limit but nobody who owns it (who)`,
          ),
        ]
      : []),
    ...(step.kind === 'decide' && !step.choices
      ? [fault(at, `判断步骤“${zh}”没有选项（choices）`, `the decision "${en}" has no choices`)]
      : []),
    ...(step.kind === 'approve' && !step.by
      ? [fault(at, `审批步骤“${zh}”没有审批角色（by）`, `the approval "${en}" names no role (by)`)]
      : []),
    ...(step.kind === 'wait' && !step.until
      ? [fault(at, `等待步骤“${zh}”没有说等什么（until）`, `the wait "${en}" does not say for what (until)`)]
      : []),
    ...(step.kind === 'tell' && (!step.to || !step.script)
      ? [fault(at, `通知步骤“${zh}”缺少对象（to）或话术（script）`, `the notice "${en}" lacks to or script`)]
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
    ...(step.kind === 'sample' && (!step.among || (!step.share && !step.count))
      ? [
          fault(
            at,
            `抽样步骤“${zh}”要写明从哪里抽（among）和抽多少（share 或 count）`,
            `the sample "${en}" must say from what (among) and how many (share or count)`,
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
    ...conditionFaults(step.among?.if, `${at}/among/if`),
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
              `步骤“${zh}”用到的话术“${key}”不存在`,
              `the script "${key}" of step "${en}" does not exist`,
            ),
          ],
    ),
    ...conditionFaults(step.if, `${at}/if`),
    ...conditionFaults(step.finishIf, `${at}/finishIf`),
    ...(Array.isArray(step.next)
      ? step.next.flatMap((way, i) => conditionFaults(way.if, `${at}/next/${i}/if`))
      : []),
    ...(step.until && 'event' in step.until
      ? [
          ...eventFaults(step.until.event, `${at}/until/event`),
          ...conditionFaults(step.until.if, `${at}/until/if`),
        ]
      : []),
    ...fieldFaults(step.fields ?? [], `${at}/fields`),
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
  const next = new Map(pack.steps.map((step) => [step.key, arrows(pack, step)]));
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
  const reached = reach([pack.steps[0]!.key], (key) => next.get(key) ?? []);
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
            `步骤“${step.name.zh}”永远走不到：没有任何步骤通向它`,
            `the step "${step.name.en}" is never reached: nothing leads to it`,
          ),
        ]),
    ...(leaving.has(step.key)
      ? []
      : [
          fault(
            `/steps/${i}`,
            `步骤“${step.name.zh}”是死路：从它出发到不了结束`,
            `the step "${step.name.en}" is a dead end: no way from it comes to an end`,
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

const presetKeys = rolePresets.map(({ key }) => key).join(' ');

/** Everything wrong with the meaning of a pack whose shape is right. */
export const packFaults = (pack: Pack): PackFault[] => [
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
  ...pack.steps.flatMap((step, i) => stepFaults(pack, step, `/steps/${i}`)),
  ...pack.records.flatMap((kind, i) => kindFaults(kind, `/records/${i}`)),
  ...pack.scripts.flatMap((script, i) =>
    (['zh', 'en'] as const).flatMap((language) =>
      unknownVariables(script[language].body).map((name) =>
        fault(
          `/scripts/${i}`,
          `话术“${script.zh.title}”（${language === 'zh' ? '中文' : '英文'}）用到不认识的变量“${name}”`,
          `the script "${script.en.title}" (${language}) names the unknown variable "${name}"`,
        ),
      ),
    ),
  ),
  ...(pack.startsWhen ?? []).flatMap((start, i) => [
    ...eventFaults(start.event, `/startsWhen/${i}/event`),
    ...conditionFaults(start.if, `/startsWhen/${i}/if`),
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
    ...conditionFaults(one.for, `/every/${i}/for`),
  ]),
  ...(pack.endsWhen ?? []).flatMap((end, i) => [
    ...eventFaults(end.event, `/endsWhen/${i}/event`),
    ...conditionFaults(end.if, `/endsWhen/${i}/if`),
  ]),
  ...(pack.steps.some(({ key }) => key === theEnd)
    ? [fault('/steps', '“end” 是保留的步骤名', '"end" is a reserved step name')]
    : []),
  ...(new Set(pack.steps.map(({ key }) => key)).size === pack.steps.length ? flowFaults(pack) : []),
];
