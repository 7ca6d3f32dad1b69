/** `npm run check`: types, lint and format, all three even when the first one fails. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT, say } from './say.ts';

const CHECKS: [name: string, program: string, args: string[]][] = [
  ['类型 types', 'tsc', ['-p', 'tsconfig.json']],
  ['规范 lint', 'oxlint', ['--deny-warnings', 'packages', 'tools', 'e2e']],
  ['格式 format', 'oxfmt', ['--check', 'packages', 'tools', 'e2e']],
];

const failed = CHECKS.filter(([name, program, args]) => {
  say(name);
  const { status } = spawnSync(path.join(ROOT, 'node_modules/.bin', program), args, {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return status !== 0;
});

if (failed.length > 0) {
  say(
    `未通过 | failed: ${failed.map(([name]) => name).join(', ')}（格式可用 npm run format 修正 | mend the format with npm run format）`,
  );
}
process.exitCode = failed.length > 0 ? 1 : 0;
