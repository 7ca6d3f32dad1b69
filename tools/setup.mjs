/**
 * Runs before `npm start` and `npm test`, on the machine's own Node (20 or newer): installs the packages when they
 * are missing or other than package-lock.json says, and with `--browser` sees that a Chromium is there.
 * No dependency. When everything is there it takes milliseconds and does not touch the network.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.zhike-lock');

await installPackages();
checkNode();
if (process.argv.includes('--browser')) await installBrowser();

async function installPackages() {
  const lockText = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  if (read(STAMP) === hash) return;
  if (isInstalled(JSON.parse(lockText))) return writeFileSync(STAMP, hash);
  if (lstatSync(MODULES, { throwIfNoEntry: false })?.isSymbolicLink()) {
    say(
      'node_modules 是链接，且与 package-lock.json 不符，保持不动 | node_modules is a link and differs from package-lock.json, left alone',
    );
    return;
  }
  const begun = Date.now();
  say('安装依赖（首次约 1–3 分钟） | installing packages (1–3 minutes the first time)');
  const beat = setInterval(() => say(`  … ${Math.round((Date.now() - begun) / 1000)} s`), 10_000);
  // The flags keep npm from asking the registry for more than the packages; output only when it goes wrong.
  const code = await run('npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ]);
  clearInterval(beat);
  if (code !== 0)
    fail(
      '依赖安装失败：请检查网络或 npm 源（npm config get registry），然后重试',
      'npm ci failed: check the network or the registry (npm config get registry) and try again',
    );
  writeFileSync(STAMP, hash);
  say(`依赖已安装 | packages installed (${Math.round((Date.now() - begun) / 1000)} s)`);
}

/**
 * Whether somebody ran npm by hand: what npm noted in node_modules/.package-lock.json has every package of the lock.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[] }> }} lock
 */
function isInstalled(lock) {
  const note = read(path.join(MODULES, '.package-lock.json'));
  if (!note) return false;
  const installed = JSON.parse(note).packages;
  return Object.entries(lock.packages).every(([place, wanted]) => {
    if (!place.startsWith('node_modules/') || wanted.link) return true;
    if (wanted.optional && !installed[place]) return true;
    return installed[place]?.version === wanted.version;
  });
}

/** TypeScript without a build step needs Node 24; on Linux it comes with the packages. */
function checkNode() {
  if (existsSync(path.join(MODULES, '.bin/node'))) return;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return;
  fail(
    `本机的 Node ${process.version} 太旧，请安装 Node 24（https://nodejs.org）后重试`,
    `Node ${process.version} is too old on this platform: install Node 24 (https://nodejs.org) and try again`,
  );
}

async function installBrowser() {
  if (findChromium()) return;
  const debian = /^ID=debian$/m.test(read('/etc/os-release') ?? '');
  if (debian && process.getuid?.() === 0) {
    say('安装浏览器 Chromium 和中文字体 | installing Chromium and Chinese fonts');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const updated = await run('apt-get', ['update', '-qq'], env);
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
    if (updated === 0 && (await run('apt-get', install, env)) === 0 && findChromium()) return;
  }
  say(
    '没有找到 Chromium，浏览器测试将被跳过。请安装 chromium 或 Chrome（及中文字体 fonts-noto-cjk），或设置 CHROMIUM_PATH | no Chromium found, the browser stories will be skipped: install chromium or Chrome (and fonts-noto-cjk), or set CHROMIUM_PATH',
  );
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>} exit code; what the command wrote is shown only when that is not 0
 */
function run(command, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.stderr.on('data', (part) => (output += part));
    child.on('error', (error) => resolve(done(127, error.message)));
    child.on('close', (code) => resolve(done(code ?? 1, output)));
  });
}

/** @param {number} code @param {string} output */
function done(code, output) {
  if (code !== 0) process.stderr.write(`${output.slice(-4000)}\n`);
  return code;
}

/** @param {string} file */
function read(file) {
  return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file, 'utf8') : null;
}

/** @param {string} line */
function say(line) {
  console.log(`知客 · ${line}`);
}

/** @param {string} chinese @param {string} english @returns {never} */
function fail(chinese, english) {
  console.error(`知客 · ${chinese} | ${english}`);
  process.exit(1);
}
