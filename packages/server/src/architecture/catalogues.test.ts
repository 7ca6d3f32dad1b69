import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { auditActions } from '#contracts/audit-words.ts';
import { errors, fieldErrors } from '#contracts/errors.ts';
import { events } from '#contracts/events.ts';
import { permissions, rolePresets } from '#contracts/permissions.ts';
import { Pack } from '#contracts/pack.ts';
import { allRoutes } from '#contracts/routes/index.ts';
import { ArticleLine } from '#contracts/routes/knowledge.ts';
import { settingSchemas } from '#contracts/routes/settings.ts';
import { labels } from '#contracts/words.ts';
import { generated } from '../../../../tools/generate/pages.ts';
import { parts } from '../parts.ts';

const server = path.resolve(import.meta.dirname, '..');
const text = readdirSync(server, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');
const blanks = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();

test('every error has both languages with the same blanks, and a remedy', () => {
  for (const [code, { zh, en }] of Object.entries(errors)) {
    assert.deepEqual(blanks(zh.join()), blanks(en.join()), code);
    assert.ok(zh[1].length > 4 && en[1].length > 8, code);
  }
  for (const [code, { zh, en }] of Object.entries(fieldErrors))
    assert.deepEqual(blanks(zh), blanks(en), code);
});

test('every error of the catalogue is used, and no code is invented outside it', () => {
  const used = new Set([...text.matchAll(/new Problem\(\s*'([A-Z_]+)'/g)].map((match) => match[1]!));
  const declared = new Set(allRoutes.flatMap(({ route }) => route.errors ?? []));
  assert.deepEqual(
    [...used].filter((code) => !(code in errors)),
    [],
  );
  const ternaries = Object.keys(errors).filter((code) => text.includes(`'${code}'`));
  assert.deepEqual(
    Object.keys(errors).filter(
      (code) => !used.has(code) && !declared.has(code as 'NOT_FOUND') && !ternaries.includes(code),
    ),
    [],
  );
});

test('every command that leaves a line in the audit is named there, and nothing else is', () => {
  const commands = [...text.matchAll(/command\(\{\s*name: '([^']+)'([^]*?)\n\}\)/g)];
  const audited = commands.filter(([, , rest]) => !rest!.slice(0, 400).includes('audited: false'));
  assert.ok(audited.length > 100, 'commands were found');
  assert.deepEqual(audited.map(([, name]) => name!).toSorted(), Object.keys(auditActions).toSorted());
});

test('every event that is emitted or heard is in the catalogue', () => {
  const emitted = [...text.matchAll(/emit\(\s*'([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1]!);
  assert.deepEqual(
    emitted.filter((type) => !(type in events)),
    [],
  );
  for (const part of parts)
    for (const { on } of [...(part.reactions ?? []), ...(part.inTransaction ?? [])])
      for (const type of on) assert.ok(type in events, `${part.name} hears ${type}`);
});

test('SD4-03 the presets cover the team of the handbook by its own names', () => {
  const named = (name: string) =>
    rolePresets.find(
      (preset) =>
        preset.zh === name || ('also' in preset && (preset.also as readonly string[]).includes(name)),
    );
  assert.deepEqual(
    ['客户服务经理', '客服专员', '数据分析师', '产品/技术支持专员'].map((name) => named(name)?.key),
    ['manager', 'agent', 'analyst', 'product'],
  );
  assert.equal(named('客户服务经理')!.grants['goal.write' as never], 'all', 'leads by goals');
  assert.ok('report.read' in named('数据分析师')!.grants && !('ticket.work' in named('数据分析师')!.grants));
});

test('P38 every contract has a handler and every handler a contract; none lacks an access rule', () => {
  const answered = new Set(
    parts.flatMap((part) => part.routes ?? []).map(({ route }) => `${route.method} ${route.path}`),
  );
  assert.deepEqual(
    allRoutes.map(({ route }) => `${route.method} ${route.path}`).filter((name) => !answered.has(name)),
    [],
  );
  assert.equal(
    answered.size,
    parts.flatMap((part) => part.routes ?? []).length,
    'no route is answered twice',
  );
  for (const { route, name } of allRoutes)
    assert.ok(
      route.access in permissions || ['signedIn', 'visitor', 'public', 'channel'].includes(route.access),
      name,
    );
});

/** Where each text of a schema that must not be empty stands, and the pattern that keeps blanks out. */
const demanded = (schema: unknown, at: string): { at: string; pattern?: string }[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, minLength, format, ...rest } = schema as Record<string, unknown>;
  if (type === 'string') {
    const { pattern, enum: words } = rest as { pattern?: string; enum?: string[] };
    return minLength === 1 && !format && !words ? [{ at, pattern }] : [];
  }
  return Object.entries(rest).flatMap(([key, inner]) => demanded(inner, `${at}/${key}`));
};

test('what a body must say cannot be said with blanks', () => {
  // Secrets are compared as they are; a key of the sender's own and a file are no words.
  const noWords = /\/(password|old|new|email|clientId|content)$/;
  const bodies = [
    ...allRoutes.map(({ route, name }) => [name, route.body] as const),
    ...Object.entries(settingSchemas).map(([key, schema]) => [`setting ${key}`, schema] as const),
    ['article line', ArticleLine] as const,
    ['pack', Pack] as const,
  ];
  assert.deepEqual(
    bodies
      .flatMap(([name, schema]) => demanded(schema, name))
      .filter(({ at, pattern }) => !pattern && !noWords.test(at))
      .map(({ at }) => at),
    [],
  );
});

test('role presets grant only known permissions in scopes that mean something (SD1-48)', () => {
  for (const { key, grants } of rolePresets)
    for (const [permission, scope] of Object.entries(grants))
      assert.ok(
        (permissions[permission as 'ticket.read'].scopes as readonly string[]).includes(scope),
        `${key} ${permission} ${scope}`,
      );
});

test('every word has both languages', () => {
  for (const [list, words] of Object.entries(labels))
    for (const [word, { zh, en }] of Object.entries(words)) assert.ok(zh && en, `${list}.${word}`);
});

test('the reference pages are what the catalogues say', () => {
  for (const { file, content } of generated())
    assert.equal(
      readFileSync(file, 'utf8'),
      content,
      `${path.basename(file)} is out of date: node tools/generate/reference.ts`,
    );
});
