import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { readFolder } from './folder.ts';
import { shippedPacks } from './install.ts';

/** The complaint pack, or another, with a text replaced in one of its files. */
const changed = async (file: string, from: string | RegExp, to: string, pack = 'complaint') => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pack-'));
  try {
    cpSync(path.join(shippedPacks, pack), folder, { recursive: true });
    const place = path.join(folder, file);
    const text = readFileSync(place, 'utf8');
    const next = text.replace(from, to);
    assert.notEqual(next, text, `nothing to replace in ${file}`);
    writeFileSync(place, next);
    return (await readFolder(folder)).faults.map(({ file: where, line, zh }) => `${where}:${line} ${zh}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
/** The line on which a text stands in a file of a pack, the complaint's unless told. */
const lineOf = (file: string, text: string, pack = 'complaint') =>
  readFileSync(path.join(shippedPacks, pack, file), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

describe('a pack with a fault is refused with file, line and remedy', () => {
  test('a dead end: from it no way comes to an end', async () => {
    const faults = await changed(
      'steps.yaml',
      'kind: end\n    outcome: closed_loop',
      'kind: decide\n    who: {role: manager}\n    atMost: 3\n    choices: [{key: a, zh: 甲, en: A, to: closed}, {key: b, zh: 乙, en: B, to: closed}]',
    );
    assert.ok(
      faults.some(
        (fault) =>
          fault.startsWith(`steps.yaml:${lineOf('steps.yaml', '- key: closed')}`) && fault.includes('死路'),
      ),
      faults.join('\n'),
    );
  });
  test('a limit without anybody who owns it', async () => {
    const faults = await changed('steps.yaml', /who: \{role: relations\}\n {4}within: 1h\n/, 'within: 1h\n');
    assert.ok(
      faults.some((fault) => fault.includes('填写投诉登记表') && fault.includes('没有责任人（who）')),
      faults.join('\n'),
    );
  });
  test('words that are missing in one language', async () => {
    const faults = await changed('scripts.en.md', /## apology[\s\S]*?(?=## offer_plan)/, '');
    assert.deepEqual(faults, ['scripts.en.md:1 话术“致歉”（apology）缺少英文，请在 scripts.en.md 补上']);
  });
  test('a step that nothing leads to', async () => {
    const faults = await changed(
      'steps.yaml',
      '{if: {answers.register.severity: severe}, to: task_force}',
      '{if: {answers.register.severity: severe}, to: plan}',
    );
    assert.ok(
      faults.some(
        (fault) =>
          fault.startsWith(`steps.yaml:${lineOf('steps.yaml', '- key: task_force')}`) &&
          fault.includes('永远走不到'),
      ),
      faults.join('\n'),
    );
  });
  test('a loop without a limit', async () => {
    const faults = await changed('steps.yaml', /atMost: 9/g, 'warnAt: 0.8');
    assert.ok(
      faults.some((fault) => fault.includes('次数上限（atMost）')),
      faults.join('\n'),
    );
  });
  test('an unknown key, a step that does not exist, an event that does not exist, a length of time that is none', async () => {
    assert.match(
      (await changed('steps.yaml', 'checklist: true', 'checklist: true\n    colour: red')).join(),
      /不认识的项“colour”/,
    );
    assert.match(
      (await changed('steps.yaml', 'rejectTo: plan', 'rejectTo: plam')).join(),
      /指向不存在的步骤“plam”/,
    );
    assert.match(
      (
        await changed(
          'pack.yaml',
          'event: ticket.classified, if: {ticket.complaint: true}',
          'event: ticket.klassified',
        )
      ).join(),
      /没有事件“ticket.klassified”/,
    );
    assert.match(
      (await changed('steps.yaml', 'within: 1h', 'within: 1 hour')).join(),
      /“1 hour”不是时长，请写数字加单位，不留空格：30s、10m、24h、7d/,
    );
    assert.match(
      (await changed('steps.yaml', 'within: 1h', 'witihn: 1h')).join(),
      /不认识的项“witihn”，是不是“within”？/,
    );
    assert.match(
      (await changed('steps.yaml', 'kind: do', 'kind: doo')).join(),
      /“doo”不在可选范围内，是不是“do”？/,
    );
  });
  test('a role that is like no preset is refused', async () => {
    const faults = await changed(
      'pack.yaml',
      /\nabout: ticket\n/,
      '\nabout: ticket\nroles:\n  - {key: teller, zh: 柜员, en: Teller, like: cashier}\n',
    );
    assert.match(faults.join(), /角色“柜员”参照的“cashier”不存在/);
  });
  test('a misspelt role or group in who, and a role in by, is told with what was meant', async () => {
    const faults = await changed('steps.yaml', 'who: {role: relations}', 'who: {role: relatoins}');
    assert.ok(
      faults.some(
        (fault) =>
          fault.startsWith(`steps.yaml:${lineOf('steps.yaml', 'who: {role: relations}')} `) &&
          fault.includes('没有人担任的角色“relatoins”，是不是“relations”？'),
      ),
      faults.join('\n'),
    );
    assert.match(
      (await changed('steps.yaml', 'who: {role: relations}', 'who: {group: warehouse9}')).join(),
      /没有人担任的组“warehouse9”，可用：consult、tech/,
    );
    assert.match(
      (await changed('steps.yaml', /by: \[\w+/, 'by: [mangaer')).join(),
      /没有人担任的角色“mangaer”，是不是“manager”？/,
    );
  });
  test('a form for customers that lacks what is mandatory, or asks for what is not theirs to say, is told with the field', async () => {
    const faults = await changed(
      'forms.yaml',
      'receiverAddress, goods, pieces, weight, service, payBy, pickupAt, note]',
      'receiverAddress, goods, pieces, service, payBy, pickupAt, note]',
      'courier',
    );
    assert.match(faults.join(), /自助页少了必填字段“重量（公斤）”：放进 fields，或在 set 里写明它的值/);
    const asked = await changed(
      'forms.yaml',
      'receiverAddress, goods, pieces, weight',
      'receiverAddress, shelf, goods, pieces, weight',
      'courier',
    );
    assert.match(asked.join(), /“运单”没有字段“shelf”/);
    const pin = await changed(
      'forms.yaml',
      'lookup: {proof: pin,',
      'portal: {called: {zh: 开户, en: Open}, fields: [name, class, phone, pin, holder], promise: {zh: 好, en: OK}}\n    lookup: {proof: pin,',
      'fund',
    );
    assert.match(pin.join(), /字段“客服密码”的类型 pin 不能由客户在自助页填写/);
  });
  test('addresses to call that are none, have no option, or whose result has no field of its type are told with what to write', async () => {
    const told = async (from: string, to: string) =>
      (await changed('forms.yaml', from, to, 'postal_daily')).filter((fault) => fault.includes('网址'));
    const told1 = await told('ems: postal.link_ems', 'ems: www.ems.com.cn');
    assert.equal(told1.length, 1);
    assert.match(told1[0]!, /^forms\.yaml:\d+ “www\.ems\.com\.cn”不是网址，也不是“流程\.话术”/);
    assert.match(
      (await told('ems: postal.link_ems', 'emss: postal.link_ems'))[0]!,
      /“emss”在字段“dead”里没有/,
    );
    assert.match((await told('at: checkedAt', 'at: note'))[0]!, /at 是 instant/);
    assert.deepEqual(await told('ems: postal.link_ems', "ems: 'https://www.ems.com.cn'"), []);
  });
  test('a fact misspelt after its first word is told at its line, with what was meant', async () => {
    const step = '{if: {answers.register.severity: severe}, to: task_force}';
    for (const [wrong, meant] of [
      ['answers.register.severitty', 'answers.register.severity'],
      ['answers.regster.severity', 'answers.register.severity'],
      ['ticket.complant', 'ticket.complaint'],
      ['customer.levl', 'customer.level'],
    ] as const) {
      const faults = await changed('steps.yaml', step, step.replace('answers.register.severity', wrong));
      assert.ok(
        faults.some(
          (fault) =>
            fault.startsWith(`steps.yaml:${lineOf('steps.yaml', step)} `) &&
            fault.includes(`“${wrong}”不存在`) &&
            fault.includes(`是不是“${meant}”`),
        ),
        `${wrong}: ${faults.join('\n')}`,
      );
    }
  });
  test('a fact that a step writes and that is misspelt is told at its line, with what was meant; a right one is not', async () => {
    const value = '{answers.transit.place}';
    const line = lineOf('steps.yaml', value, 'courier');
    const told = async (wrong: string) =>
      (await changed('steps.yaml', value, wrong, 'courier')).filter((fault) =>
        fault.includes('填写的“place”'),
      );
    for (const [wrong, said] of [
      [
        '{answers.transit.plase}',
        '“answers.transit.plase”，它不存在，会一直是空的；是不是“answers.transit.place”？',
      ],
      ['{answers.transti.place}', '是不是“answers.transit.place”？'],
      ['{record.goodz}', '是不是“record.goods”？'],
      ['{ansers.transit.place}', '可以写 {now}、{me}'],
      ['{answers.transit}', '没有写完'],
      ['{data.place}', '{record.place}'],
      ['{customer.purchases.recent}', '{customer.purchases.in30days}'],
      ['{number}', '不存在，会一直是空的'],
      ['在{answers.transit.place}', '会照原样写进去'],
      ['{ answers.transit.place }', '会照原样写进去'],
    ] as const) {
      const faults = await told(wrong);
      assert.equal(faults.length, 1, `${wrong}: ${faults.join('\n')}`);
      assert.ok(faults[0]!.startsWith(`steps.yaml:${line} `), faults[0]);
      assert.ok(faults[0]!.includes(said), faults[0]);
    }
    for (const right of [
      '{record.goods}',
      '{customer.purchases.in90days}',
      '{ticket.assignee_id}',
      '{me}',
      '营业网点',
    ])
      assert.deepEqual(await told(right), [], right);
  });
  test('what an assignment or the mark of a summary does not look up is told', async () => {
    assert.match(
      (
        await changed(
          'steps.yaml',
          'category: tech.fault',
          "category: '{answers.intake.want}'",
          'after_sales',
        )
      ).join(),
      /分派时的分类要写成固定的分类/,
    );
    assert.match(
      (await changed('steps.yaml', "'{number}'", "'{record.number}'", 'postal_daily')).join(),
      /汇总后标记的“summaryNo”写着“\{record\.number\}”，这里只认 \{number\}/,
    );
  });
  test('a field that no record has and whose repeating should start it is told with what was meant', async () => {
    const start = 'if: {record.kind: waybill, event.state: submitted}';
    const repeating = (field: string) =>
      changed('pack.yaml', start, `${start}, repeats: {field: ${field}, within: 30d, atLeast: 3}`, 'courier');
    assert.match(
      (await repeating('servise')).join(),
      /^pack\.yaml:\d+ 重复启动要看的字段“servise”不存在.*是不是“service”？/,
    );
    assert.deepEqual(await repeating('service'), []);
  });
  test('a jump to a step that is not there is told with what was meant', async () => {
    assert.match(
      (await changed('pack.yaml', 'to: verify', 'to: verfy', 'support')).join(),
      /^pack\.yaml:\d+ 要直接跳到的步骤“verfy”不存在，是不是“verify”？/,
    );
    assert.match(
      (await changed('pack.yaml', 'event: ticket.resolved', 'event: ticket.resolvd', 'support')).join(),
      /ticket\.resolvd/,
    );
  });
  test('a start event that playbooks do not hear is told with those they hear', async () => {
    const faults = await changed(
      'pack.yaml',
      'event: ticket.classified, if: {ticket.complaint: true}',
      'event: ticket.archived, if: {ticket.complaint: true}',
    );
    assert.ok(
      faults.some(
        (fault) =>
          fault.startsWith(`pack.yaml:${lineOf('pack.yaml', 'event: ticket.classified')} `) &&
          fault.includes('流程听不到事件“ticket.archived”') &&
          fault.includes('ticket.closed'),
      ),
      faults.join('\n'),
    );
  });
  test('a fault in the English words is told in the English file, at its heading', async () => {
    const faults = await changed('scripts.en.md', /(## apology[^\n]*\n)/, '$1{{ agent.shoeSize }}\n');
    assert.deepEqual(
      faults.map((fault) => fault.split(' ')[0]),
      [`scripts.en.md:${lineOf('scripts.en.md', '## apology')}`],
    );
  });
  test('an arrow to a step that does not exist is told once, not again as a dead end of all steps before it', async () => {
    const faults = await changed('steps.yaml', 'rejectTo: plan', 'rejectTo: nowhere');
    assert.deepEqual(faults, [
      `steps.yaml:${lineOf('steps.yaml', 'rejectTo: plan')} 步骤“主管审核方案”指向不存在的步骤“nowhere”，请改成已有的步骤，或补上这一步`,
    ]);
  });
  test('YAML that cannot be read is told once, at its line, in words for people who do not know YAML', async () => {
    const after = (text: string) => lineOf('forms.yaml', text) + 1;
    assert.deepEqual(await changed('forms.yaml', 'is: form', 'is: [form'), [
      `forms.yaml:${after('is: form')} YAML 写法有误：这一行或上一行少了“]”，请补上`,
    ]);
    assert.deepEqual(await changed('forms.yaml', 'key: complaint_form', 'key: "complaint_form'), [
      `forms.yaml:${lineOf('forms.yaml', 'key: complaint_form')} YAML 写法有误：引号没有成对，请补上后一个引号`,
    ]);
    assert.deepEqual(await changed('forms.yaml', '    is: form', '\tis: form'), [
      `forms.yaml:${lineOf('forms.yaml', 'is: form')} YAML 写法有误：行首用了制表符（Tab），请改成空格`,
    ]);
  });
  test('P66 words that name what no script may name, or bring tags along, are refused', async () => {
    for (const words of [
      "{{ constructor.constructor('return process')() }}",
      '{{ agent.passwordHash }}',
      '{% for i in (1..9) %}x{% endfor %}',
      '{{ ticket.internalNote }}',
    ]) {
      const faults = await changed('scripts.zh-CN.md', '您的心情我完全理解', words);
      assert.ok(
        faults.some(
          (fault) =>
            fault.startsWith(`scripts.zh-CN.md:${lineOf('scripts.zh-CN.md', '## apology')}`) &&
            fault.includes('不认识的变量'),
        ),
        `${words}: ${faults.join('\n')}`,
      );
    }
  });
});
