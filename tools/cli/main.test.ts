import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

test(
  'whoever reads only the first lines is left in peace',
  { skip: process.platform === 'win32' },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'zhike-pipe-'));
    try {
      await cp(path.join(ROOT, 'packs/compensation'), folder, { recursive: true });
      // More is said than a pipe holds.
      const lines = Array.from({ length: 2000 }, () => '      - {complet: request}').join('\n');
      await writeFile(path.join(folder, 'cases.yaml'), `cases:\n  - name: 试\n    when:\n${lines}\n`);
      const program = path.join(ROOT, 'tools/zhike/zhike.mjs');
      const { stdout, stderr } = spawnSync(
        'sh',
        ['-c', '"$0" "$1" pack validate "$2" | head -1', process.execPath, program, folder],
        { encoding: 'utf8' },
      );
      assert.match(stdout, /cases\.yaml:4 .*是不是“complete”/);
      assert.equal(stderr, '');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
