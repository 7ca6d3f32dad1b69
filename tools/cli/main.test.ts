import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { Problem } from '#kernel/problem.ts';
import { ROOT, words } from '../say.ts';

function zhike(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const program = path.join(ROOT, 'tools/zhike/zhike.mjs');
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: '/' });
}

test('the overview lists what works and nothing that does not', () => {
  const { status, stdout } = zhike();
  assert.equal(status, 0);
  assert.match(stdout, /user create/);
  assert.doesNotMatch(stdout, /backup|restore/);
});

test('every command explains itself', () => {
  const names = [
    'user create',
    'token create',
    'seed',
    'migrate',
    'doctor',
    'audit verify',
    'bench',
    'backup',
  ];
  for (const name of names) {
    const { status, stdout } = zhike(...name.split(' '), '--help');
    assert.equal(status, 0, name);
    assert.ok(stdout.includes(`zhike ${name}`), name);
    assert.match(stdout, /exit codes/);
  }
});

test('wrong words end with 2 and a hint', () => {
  const unknown = zhike('dance');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no such command: dance/);
  const missing = zhike('token', 'create', '--login', 'a@example.cn');
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /missing: --name[\s\S]*--help/);
  assert.equal(zhike('migrate', '--loud').status, 2);
});

test('what is not there yet says so and fails', () => {
  for (const args of [
    ['backup', 'a.tgz'],
    ['restore', 'a.tgz'],
  ]) {
    const { status, stderr } = zhike(...args);
    assert.equal(status, 1);
    assert.match(stderr, /not available yet/);
  }
});

test('a refusal of the centre is told in both languages, with the field and what is wrong with it', () => {
  const told = words(
    new Problem('VALIDATION', {}, [
      { pointer: '/email', code: 'WRONG_FORMAT', values: { expected: 'a@b.cn' } },
    ]),
  );
  assert.match(
    told,
    /^有内容需要更正：.+ \| Some fields need a correction: .+\n {2}email {2}格式不正确（a@b\.cn） \| wrong format/,
  );
});

test('whoever reads only the first line is left in peace', { skip: process.platform === 'win32' }, () => {
  const told = (quietly: string) =>
    spawnSync('sh', ['-c', '"$0" --input-type=module -e "$1" | head -1', process.execPath, script(quietly)], {
      encoding: 'utf8',
    });
  const script = (quietly: string) => `
    import { setTimeout } from 'node:timers/promises';
    import { endQuietly, isHeard, say } from ${JSON.stringify(path.join(ROOT, 'tools/say.ts'))};
    ${quietly}
    for (let line = 1; line <= 20 && isHeard(); line++) { say('line ' + line); await setTimeout(20); }
    if (isHeard()) console.error('went on to the end');`;
  assert.match(told('').stderr, /EPIPE/);
  const quiet = told('endQuietly();');
  assert.deepEqual([quiet.stdout, quiet.stderr], ['知客 · line 1\n', '']);
});
