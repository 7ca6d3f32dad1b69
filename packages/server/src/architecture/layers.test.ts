import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { channelDoors, exceptions, forbiddenFolders, levels } from './layers.ts';

const packages = path.resolve(import.meta.dirname, '../../..');
const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return [];
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? walk(full) : [full];
  });
const sources = walk(packages).filter((file) => /\.(ts|tsx)$/.test(file));
const relative = (file: string) => path.relative(packages, file);
const imports = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
const levelOf = (module: string) => levels.find(({ modules }) => modules.includes(module))?.level;
const isTest = (file: string) =>
  file.endsWith('.test.ts') || relative(file).startsWith('server/src/testing/');

test('every module has a level', () => {
  const modules = readdirSync(path.join(packages, 'server/src/modules'));
  assert.deepEqual(
    modules.filter((module) => levelOf(module) === undefined),
    [],
  );
});

test('a module calls only doors below it', () => {
  const wrong = sources
    .filter((file) => relative(file).startsWith('server/src/modules/') && !isTest(file))
    .flatMap((file) => {
      const from = relative(file).split('/')[3]!;
      return imports(file).flatMap((name) => {
        const match = name.match(/^#modules\/([^/]+)\/(.*)$/);
        if (!match || match[1] === from) return [];
        const [, to, door] = match as unknown as [string, string, string];
        if (door !== 'index.ts') return [`${relative(file)} goes past the door of ${to}: ${name}`];
        const allowed =
          (levelOf(to) ?? 9) < (levelOf(from) ?? 0) ||
          exceptions.some((pair) => pair.from === from && pair.to === to);
        return allowed ? [] : [`${relative(file)} (${from}) may not call ${to}`];
      });
    });
  assert.deepEqual(wrong, []);
});

test('the kernel knows no business', () => {
  const wrong = sources
    .filter((file) => relative(file).startsWith('server/src/kernel/') && !isTest(file))
    .flatMap((file) =>
      imports(file)
        .filter((name) => /^#(modules|channels|server)\//.test(name))
        .map((name) => `${relative(file)} → ${name}`),
    );
  assert.deepEqual(wrong, []);
});

test('a channel uses kernel, contracts and few doors, never another channel', () => {
  const wrong = sources
    .filter((file) => relative(file).startsWith('server/src/channels/') && !isTest(file))
    .flatMap((file) => {
      const own = relative(file).split('/')[3]!;
      return imports(file).flatMap((name) => {
        const module = name.match(/^#modules\/([^/]+)\//)?.[1];
        const channel = name.match(/^#channels\/([^/]+)\//)?.[1];
        return (module && !channelDoors.includes(module)) || (channel && channel !== own)
          ? [`${relative(file)} → ${name}`]
          : [];
      });
    });
  assert.deepEqual(wrong, []);
});

test('screens never import the server', () => {
  const wrong = sources
    .filter((file) => /^(desk|portal|widget|ui)\//.test(relative(file)) && !isTest(file))
    .flatMap((file) =>
      imports(file)
        .filter((name) => /^#(server|kernel|modules|channels)\//.test(name))
        .map((name) => `${relative(file)} → ${name}`),
    );
  assert.deepEqual(wrong, []);
});

test('rules are pure: they neither wait, write nor know the hour', () => {
  const wrong = sources
    .filter((file) => file.endsWith('/rules.ts'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return [
        /\bawait\b/,
        /Date\.now\(\)/,
        /#kernel\/(sql|centre|command|due|http|realtime)\.ts/,
        /Math\.random\(\)/,
      ]
        .filter((pattern) => pattern.test(text))
        .map((pattern) => `${relative(file)} has ${pattern}`);
    });
  assert.deepEqual(wrong, []);
});

test('business code is told the time, and asks neither the machine nor the database', () => {
  // The kernel's clock may be asked wherever a request begins (`clock.now()`); the machine (`Date.now()`, `new Date()`)
  // and the database (`now()`, `current_timestamp`) may not.
  const asks = /\bDate\.now\(|\bnew Date\(\)|(?<!\bclock\.)\bnow\(\)|\bcurrent_timestamp\b/i;
  const wrong = sources
    .filter((file) => /^server\/src\/(modules|channels)\//.test(relative(file)) && !isTest(file))
    .filter((file) => asks.test(readFileSync(file, 'utf8')))
    .map(relative);
  assert.deepEqual(wrong, []);
});

test('raw sinks are not used', () => {
  // oxlint-disable no-useless-concat -- whole words would make this file find itself
  const sinks = [
    'inner' + 'HTML',
    'dangerously' + 'SetInnerHTML',
    'new Func' + 'tion(',
    'document.wri' + 'te',
  ];
  // Naming a sink in a comment or as a key of an object writes nothing; so only uses count: code without comments, and
  // of `dynamic-css.ts` the node it hands back, whose key antd reads and which is never an element of a page.
  const harmless: Record<string, RegExp> = { 'ui/src/dynamic-css.ts': /innerHTML: (string|css)\b/g };
  const code = (file: string) =>
    readFileSync(file, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '')
      .replace(harmless[relative(file)] ?? /$^/g, '');
  const wrong = sources
    .filter((file) => !isTest(file) && !file.includes('/architecture/'))
    .flatMap((file) =>
      sinks.filter((sink) => code(file).includes(sink)).map((sink) => `${relative(file)}: ${sink}`),
    );
  assert.deepEqual(wrong, []);
});

test('files stay readable and folders have names', () => {
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 500).map(relative);
  assert.deepEqual(long, []);
  const nameless = sources.flatMap((file) =>
    relative(file)
      .split('/')
      .filter((part) => forbiddenFolders.includes(part)),
  );
  assert.deepEqual([...new Set(nameless)], []);
  assert.ok(statSync(packages).isDirectory());
});
