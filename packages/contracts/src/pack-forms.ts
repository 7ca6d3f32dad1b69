/** Whether the kinds of records of a pack, and the fields of its steps, make sense. */
import { readDuration, wallMs } from './durations.ts';
import { inHandFacts, portalTypes } from './pack-record.ts';
import type { Field, Pack, RecordKind } from './pack.ts';
import { conditionFaults, fault, twice, unknownVariables } from './pack-faults.ts';
import type { Faults } from './pack-faults.ts';

export const fieldFaults = (pack: Pack, fields: readonly Field[], at: string): Faults => [
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
    ...(typeof field.required === 'object'
      ? conditionFaults(pack, field.required, `${at}/${i}/required`)
      : []),
    ...(field.from?.startsWith('me.') && !inHandFacts.some((one) => field.from === `me.${one}`)
      ? [
          fault(
            `${at}/${i}/from`,
            `字段“${field.zh}”的来源“${field.from}”不存在，可用：${inHandFacts.map((one) => `me.${one}`).join('、')}`,
            `the field "${field.en}" begins from "${field.from}", which does not exist; there are: ${inHandFacts.map((one) => `me.${one}`).join(', ')}`,
          ),
        ]
      : []),
    ...conditionFaults(pack, field.showIf, `${at}/${i}/showIf`),
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

/** What customers fill in must be theirs to say, and be all that the kind cannot do without. */
const portalFaults = (kind: RecordKind, at: string): Faults => {
  const { portal } = kind;
  if (!portal) return [];
  return kind.fields.flatMap((field) => {
    const { key, zh, en } = field;
    if (portal.fields.includes(key) && !portalTypes.includes(field.type))
      return [
        fault(
          `${at}/portal/fields`,
          `字段“${zh}”的类型 ${field.type} 不能由客户在自助页填写`,
          `the field "${en}" (${field.type}) cannot be filled in by customers`,
        ),
      ];
    const left = !portal.fields.includes(key) && portal.set?.[key] === undefined;
    return left && field.required === true && field.default === undefined
      ? [
          fault(
            `${at}/portal/fields`,
            `自助页少了必填字段“${zh}”：放进 fields，或在 set 里写明它的值`,
            `the portal form lacks the mandatory field "${en}": put it into fields, or give its value in set`,
          ),
        ]
      : [];
  });
};

/** Fields that take what calling the addresses gave, and an option of `dead` for each address. */
const callFaults = ({ calls, fields, name }: RecordKind, at: string): Faults => {
  if (!calls) return [];
  const field = (key: string) => fields.find((one) => one.key === key);
  const wrong = (['dead', 'note', 'at'] as const).filter((role) => {
    const type = field(calls[role])?.type;
    return type !== { dead: 'choices', note: 'long', at: 'instant' }[role];
  });
  const options = (field(calls.dead)?.options ?? []).map(({ key }) => key);
  const stray = Object.keys(calls.addresses).filter((key) => !options.includes(key));
  const unreadable = Object.entries(calls.addresses).filter(
    ([, address]) => !/^https?:\/\/\S+$|^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(address),
  );
  return [
    ...wrong.map((role) =>
      fault(
        `${at}/calls/${role}`,
        `“${name.zh}”检查网址的结果要有字段存放：dead 是 choices，note 是 long，at 是 instant`,
        `"${name.en}" needs fields for what calling gave: dead of type choices, note of type long, at of type instant`,
      ),
    ),
    ...(wrong.includes('dead') ? [] : stray).map((key) =>
      fault(
        `${at}/calls/addresses/${key}`,
        `网址“${key}”在字段“${calls.dead}”里没有对应的选项`,
        `the address "${key}" is no option of the field "${calls.dead}"`,
      ),
    ),
    ...unreadable.map(([key, address]) =>
      fault(
        `${at}/calls/addresses/${key}`,
        `“${address}”不是网址，也不是“流程.话术”，请写 https://… 或 postal.link_mail 这样的形式`,
        `"${address}" is neither an address nor "playbook.script"; write https://… or for example postal.link_mail`,
      ),
    ),
  ];
};

export const kindFaults = (pack: Pack, kind: RecordKind, at: string): Faults => {
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
    ...fieldFaults(pack, kind.fields, `${at}/fields`),
    ...unknown(kind.list, 'list'),
    ...unknown(kind.card, 'card'),
    ...unknown(kind.opens ? [kind.opens.link, kind.opens.at, kind.opens.times] : [], 'opens'),
    ...callFaults(kind, at),
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
    ...(kind.script && !pack.scripts.some(({ key }) => key === kind.script)
      ? [
          fault(
            `${at}/script`,
            `“${kind.name.zh}”用到的话术“${kind.script}”不存在，请在两种语言的话术里补上`,
            `"${kind.name.en}" shows the words "${kind.script}", which do not exist; add them in both languages`,
          ),
        ]
      : []),
    ...portalFaults(kind, at),
    ...unknown(
      [
        ...(kind.portal?.fields ?? []),
        ...Object.keys(kind.portal?.set ?? {}),
        ...Object.keys(kind.portal?.only ?? {}),
        ...[kind.portal?.name, kind.portal?.phone].filter((name) => name !== undefined),
      ],
      'portal',
    ),
    ...unknown(kind.day ? [kind.day] : [], 'day'),
    ...unknown(kind.groupFrom ? [kind.groupFrom] : [], 'groupFrom'),
    ...unknown(kind.personal ? [kind.personal] : [], 'personal'),
    ...unknown(kind.score ? [kind.score.into, ...Object.keys(kind.score.weights)] : [], 'score'),
    ...Object.keys(kind.score?.weights ?? {})
      .filter((name) => kind.fields.some(({ key, type, max }) => key === name && !(type === 'number' && max)))
      .map((name) =>
        fault(
          `${at}/score/weights`,
          `计分项“${name}”应为带 max 的 number 字段`,
          `"${name}" is weighed: it must be a number with a max`,
        ),
      ),
    ...(kind.unique ?? []).flatMap((one, i) => [
      ...unknown([...one.fields, ...(one.apart ? [one.apart.field] : [])], `unique/${i}`),
      ...(one.apart && wallMs(readDuration(one.apart.by)!) === undefined
        ? [
            fault(
              `${at}/unique/${i}/apart`,
              `间隔“${one.apart.by}”要写钟表时间，例如 1h、30m`,
              `"${one.apart.by}" must be time by the clock, such as 1h or 30m`,
            ),
          ]
        : []),
    ]),
    ...(kind.fixed ?? []).flatMap((one, i) => unknown(one.fields, `fixed/${i}`)),
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
      ...conditionFaults(pack, move.if, `${at}/moves/${i}/if`),
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
