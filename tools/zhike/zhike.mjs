#!/usr/bin/env node
/**
 * The `zhike` command. Finds a Node that runs TypeScript (24.12 or newer: the project's own, else the one running
 * this) and hands everything over to tools/cli/main.ts, in the caller's folder.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const own = path.join(ROOT, 'node_modules/.bin/node');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const recent = major > 24 || (major === 24 && minor >= 12);

if (!existsSync(path.join(ROOT, 'node_modules'))) {
  fail(
    '依赖尚未安装，请先在项目目录运行 npm ci',
    'the packages are not installed: run npm ci in the project folder first',
  );
}
if (!recent && !existsSync(own)) {
  fail(`Node ${process.version} 太旧，请安装 Node 24`, `Node ${process.version} is too old: install Node 24`);
}

const node = existsSync(own) ? own : process.execPath;
const child = spawn(node, [path.join(ROOT, 'tools/cli/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl-C reaches the child by itself; we only wait for what it makes of it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
}
child.on('error', (error) => fail(error.message, error.message));
child.on('exit', (code) => process.exit(code ?? 1));

/** @param {string} chinese @param {string} english */
function fail(chinese, english) {
  console.error(`知客 · ${chinese} | ${english}`);
  process.exit(1);
}
