/** Whether what a step writes into fields can be known: a misspelt `{path}` would stay empty without a word. */
import type { Pack, Step } from './pack.ts';
import { fault } from './pack-faults.ts';
import type { Faults } from './pack-faults.ts';
import { factRoots, remedyOf, wrongFact } from './pack-facts.ts';

/** `{now}`, `{me}` and what the customer ordered in so many days are worked out where they are written. */
const workedOut = /^(now|me|customer\.purchases\.in\d{1,3}days)$/;
/** Ids of a row, which conditions do not know but a field may keep. */
const rowIds = /^(ticket\.(id|group_id|assignee_id|accountable_id|accused_id)|customer\.id)$/;
/** Facts of customers that only a schedule looks for: no case has them. */
const ofSchedules = /^customer\.(purchases|csat|ageDays|birthdayToday|monthlyToday)(\.|$)/;
const examples = {
  zh: '{now}、{me}、{answers.步骤.字段}、{record.字段}',
  en: '{now}, {me}, {answers.step.field}, {record.field}',
};

type Sentence = { zh: string; en: string };
/** What is wrong with the value, as the end of a sentence; undefined where it can be written. */
const wrongValue = (pack: Pack, step: Step, value: unknown): Sentence | undefined => {
  if (typeof value !== 'string' || !/\{[^{}]*\}/.test(value)) return undefined;
  const path = /^\{([\w.]+)\}$/.exec(value)?.[1];
  if (path === undefined)
    return {
      zh: `“${value}”会照原样写进去：花括号里只写一个事实，前后和中间不留别的字，例如 ${examples.zh}`,
      en: `"${value}" would be written as it stands: the braces hold one fact and nothing stands around them, for example ${examples.en}`,
    };
  if (step.kind === 'assign')
    return {
      zh: `“${value}”不会被取值，分派时的分类要写成固定的分类，例如 tech.fault`,
      en: `"${value}" is not looked up; the category of an assignment is a fixed one, for example tech.fault`,
    };
  if (workedOut.test(path) || rowIds.test(path)) return undefined;
  const [root, second, third] = path.split('.');
  const empty = {
    zh: `取自“${path}”，它不存在，会一直是空的；`,
    en: `takes "${path}", which does not exist and stays empty; `,
  };
  if (root === 'data')
    return {
      zh: `取自“${path}”，但 data 只在填写时才有；请写 {answers.步骤.${second ?? '字段'}} 或 {record.${second ?? '字段'}}`,
      en: `takes "${path}", but data is there only while something is filled in; write {answers.step.${second ?? 'field'}} or {record.${second ?? 'field'}}`,
    };
  if (ofSchedules.test(path))
    return {
      zh: `取自“${path}”，它只能用在定期启动的条件里；订单金额请写 {customer.purchases.in30days}`,
      en: `takes "${path}", which only the condition of a schedule knows; of orders write {customer.purchases.in30days}`,
    };
  const wrong = wrongFact(pack, path);
  if (wrong?.known === factRoots)
    return {
      zh: `${empty.zh}可以写 ${examples.zh}，或以 ${factRoots.filter((one) => one !== 'data').join('、')} 开头的事实`,
      en: `${empty.en}write ${examples.en}, or a fact that begins with one of ${factRoots.filter((one) => one !== 'data').join(', ')}`,
    };
  if (wrong?.known) {
    const remedy = remedyOf(path, wrong);
    return { zh: `${empty.zh}${remedy.zh}`, en: `${empty.en}${remedy.en}` };
  }
  return wrong || (root === 'answers' && third === undefined)
    ? {
        zh: `取自“${path}”，没有写完，后面还要写是它的什么`,
        en: `takes "${path}", which is not complete; say what of it`,
      }
    : undefined;
};

/** Values of `set`, and of the mark that a summary leaves, where only `{number}` is known. */
export const setFaults = (pack: Pack, step: Step, at: string): Faults => [
  ...Object.entries(step.set ?? {}).flatMap(([field, value]) => {
    const wrong = wrongValue(pack, step, value);
    return wrong
      ? [
          fault(
            `${at}/set/${field}`,
            `步骤“${step.name.zh}”填写的“${field}”${wrong.zh}`,
            `the step "${step.name.en}" fills "${field}": ${wrong.en}`,
          ),
        ]
      : [];
  }),
  ...Object.entries(step.mark?.set ?? {}).flatMap(([field, value]) =>
    /\{[^{}]*\}/.test(value) && value !== '{number}'
      ? [
          fault(
            `${at}/mark/set/${field}`,
            `步骤“${step.name.zh}”汇总后标记的“${field}”写着“${value}”，这里只认 {number}（汇总的编号）`,
            `the step "${step.name.en}" marks "${field}" with "${value}"; only {number}, that of the summary, is known here`,
          ),
        ]
      : [],
  ),
];
