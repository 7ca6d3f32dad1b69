import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Pack } from '#contracts/pack.ts';
import { readFolder, shippedPacks } from '#modules/playbooks/index.ts';
import { caseFaults } from './check.ts';
import type { PackCase } from './run.ts';

let folder: string;
let whole: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhike-cases-'));
  await cp(path.join(shippedPacks, 'compensation'), folder, { recursive: true });
  whole = await readFile(path.join(folder, 'cases.yaml'), 'utf8');
});
after(() => rm(folder, { recursive: true }));

/** The faults of the cases with another story at their end, `line Chinese`. */
const told = async (line: string): Promise<string[]> => {
  await writeFile(
    path.join(folder, 'cases.yaml'),
    `${whole.trimEnd()}\n  - name: 试\n    when:\n      - {after: 1m}\n      - ${line}\n`,
  );
  const { pack, cases, caseLine } = await readFolder(folder);
  const last = (await readFile(path.join(folder, 'cases.yaml'), 'utf8')).trimEnd().split('\n').length;
  return caseFaults(pack!, cases as PackCase[]).map(
    ({ at, zh }) => `${caseLine(at) === last ? 'here' : `line ${caseLine(at)}`} ${zh}`,
  );
};

describe('the words of cases.yaml', () => {
  const misspelt: [string, string][] = [
    ['{complet: request, as: agent}', 'here 不认识的动作“complet”，是不是“complete”？'],
    ['{after: 1m, tikced: [0]}', 'here 动作“after”旁边没有“tikced”，可用：as、refused、repeat'],
    ['{look: ticket, refussed: FORBIDDEN}', 'here 动作“look”旁边没有“refussed”，是不是“refused”？'],
    ['{look: ticket, refused: FORBIDEN}', 'here 没有这种拒绝“FORBIDEN”，是不是“FORBIDDEN”？'],
    ['{expect: {stepp: request}}', 'here 不能期望“stepp”，是不是“step”？'],
    ['{expect: {task: 补偿, sate: open}}', 'here 期望“task”时没有“sate”，是不是“state”？'],
    ['{expect: open}', 'here expect 后面要写期望什么，例如 {step: contact, state: open}；可用：'],
    ['{after: 1m, until: "2026-03-05 18:00"}', 'here 一行只能写一个动作，这里有“after”和“until”，请分成几行'],
  ];
  const inside: [string, string][] = [
    ['{customer: {nmae: 张伟}}', 'here “customer”里没有“nmae”，是不是“name”？'],
    ['{ticket: {subjct: 补偿}}', 'here “ticket”里没有“subjct”，是不是“subject”？'],
    ['{classify: {categry: consult}}', 'here “classify”里没有“categry”，是不是“category”？'],
    ['{record: {kind: compensation, dta: {}}}', 'here “record”里没有“dta”，是不是“data”？'],
    ['{record: {kind: compensaton, data: {}}}', 'here 没有记录种类“compensaton”，是不是“compensation”？'],
    ['{record: {kind: compensation, data: {amuont: 5}}}', 'here “补偿”没有字段“amuont”，是不是“amount”？'],
    ['{expect: {ticket: {sttus: closed}}}', 'here 期望“ticket”时没有“sttus”，是不是“status”？'],
    [
      '{expect: {record: {kind: compensation, state: propsed}}}',
      'here “补偿”没有状态“propsed”，是不是“proposed”？',
    ],
    [
      '{expect: {record: {kind: compensation, data: {amuont: 5}}}}',
      'here “补偿”没有字段“amuont”，是不是“amount”？',
    ],
    ['{expect: {notice: {too: agent, kind: x}}}', 'here 期望“notice”时没有“too”，是不是“to”？'],
    ['{expect: {summary: {kind: compensation, bye: state}}}', 'here 期望“summary”时没有“bye”，是不是“by”？'],
  ];
  for (const [line, sentence] of [...misspelt, ...inside])
    test(`${line} is told at its line, with what was meant`, async () => {
      const faults = await told(line);
      assert.equal(faults.length, 1, faults.join('\n'));
      assert.ok(faults[0]!.startsWith(sentence), faults[0]);
    });
  test('a step nearly called so is told with its name', async () => {
    const { pack } = await readFolder(folder);
    const { key } = pack!.steps.find(({ kind }) => kind !== 'end')!;
    assert.deepEqual(await told(`{complete: ${key}x, as: agent}`), [
      `here 没有步骤“${key}x”，是不是“${key}”？`,
    ]);
  });
  test('what is right is told nothing', async () => {
    assert.deepEqual(await told('{expect: {event: ticket.closed, anything: 1}}'), []);
    // A refusal may be for the very word that nobody knows.
    assert.deepEqual(
      await told('{record: {kind: compensation, data: {password: 1}}, refused: UNKNOWN_FIELD}'),
      [],
    );
  });
  test('answers and forms are those of the step that they finish, values those that it shows', () => {
    const pack = {
      records: [{ key: 'visit', name: { zh: '上门单', en: 'Visit' }, fields: [{ key: 'address' }] }],
      steps: [
        {
          key: 'arrive',
          name: { zh: '上门', en: 'Arrive' },
          form: 'visit',
          fields: [{ key: 'minutes' }],
        },
      ],
    } as unknown as Pack;
    const of = (...when: object[]) =>
      caseFaults(pack, [{ name: '试', when } as PackCase]).map(({ at, zh }) => `${at} ${zh}`);
    assert.deepEqual(of({ complete: 'arrive', with: { minuts: 5 }, form: { adress: '城东' } }), [
      '/cases/0/when/0/with/minuts 步骤“上门”没有字段“minuts”，是不是“minutes”？',
      '/cases/0/when/0/form/adress 步骤“上门”的表单没有字段“adress”，是不是“address”？',
    ]);
    assert.deepEqual(of({ expect: { panel: 'arrive', values: { addres: '城东' } } }), [
      '/cases/0/when/0/expect/values/addres 步骤“上门”没有字段“addres”，是不是“address”？',
    ]);
    assert.deepEqual(of({ expect: { found: '城东', in: 'visit', data: { adress: 1 } } }), [
      '/cases/0/when/0/expect/data/adress “上门单”没有字段“adress”，是不是“address”？',
    ]);
    // Another playbook that the story switches on may bring it.
    assert.deepEqual(of({ enable: 'other' }, { record: { kind: 'visits', data: { any: 1 } } }), []);
  });
});
