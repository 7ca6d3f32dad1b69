/**
 * antd without a runtime: a Vite plugin that prints the CSS of the antd components really used, for all three
 * looks (light, dark, compact), and takes the style generators out of the bundle.
 *
 * Why not antd's own zeroRuntime alone: it still writes its variables into <style> elements by innerHTML, which a
 * page with `style-src 'self'` and Trusted Types refuses, and its dist/antd.css is 104 kB gzip of everything.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { antdToken, type Density, type Mode } from '../src/theme.ts';

const require = createRequire(import.meta.url);
const antdEs = join(dirname(require.resolve('antd/package.json')), 'es');
const dynamicCss = fileURLToPath(new URL('../src/dynamic-css.ts', import.meta.url));
const virtual = 'virtual:antd.css';
const resolved = '\0virtual:antd.css';

/** The class that carries antd's variables on every element it draws. */
export const cssVarKey = 'zk-antd';

/** Components that draw only when open have an inner panel made for exactly this purpose. */
const panelOnly = new Set(['Drawer', 'Dropdown', 'Modal', 'Popconfirm', 'Popover', 'Tooltip', 'Tour']);
const notDrawn = new Set([
  'App',
  'ConfigProvider',
  'Grid',
  'Splitter',
  'theme',
  'version',
  'message',
  'notification',
]);

/** Folders of antd that every component reaches and that draw nothing. */
const plumbing = new Set(['app', 'config-provider', 'locale', 'style', 'theme', 'version', 'watermark']);

export type AntdOptions = { /** antd component names the page uses, e.g. `Button`. */ components: string[] };

export function antdStatic({ components }: AntdOptions): Plugin {
  let css: string | undefined;
  return {
    name: 'antd-static',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === virtual) return resolved + '?.css';
      if (/(^|\/)dynamicCSS(\.js)?$/.test(id) && importer?.includes('node_modules')) return dynamicCss;
      return null;
    },
    load(id) {
      if (id.startsWith(resolved)) return (css ??= printCss(components));
      const file = id.split('?')[0] ?? '';
      if (/\/antd\/es\/[^/]+\/style\/[^/]+\.js$/.test(file)) return stub(file);
      return null;
    },
  };
}

/** A style module without its style: the hook answers the two class names and does nothing else. */
function stub(file: string): string | null {
  const source = readFileSync(file, 'utf8');
  const names = [...source.matchAll(/^export const (\w+)/gm)].map((hit) => hit[1] ?? '');
  const constants = [...source.matchAll(/^export const (\w+ = ['"`][^'"`]*['"`]);/gm)].map(
    (hit) => hit[1] ?? '',
  );
  return [
    `const hook = () => ['', '${cssVarKey}'];`,
    ...constants.map((line) => `export const ${line};`),
    ...names
      .filter((name) => !constants.some((line) => line.startsWith(`${name} =`)))
      .map((name) => `export const ${name} = hook;`),
    'export default hook;',
  ].join('\n');
}

/** Names plus every antd component those are built from. */
export function closure(components: string[]): string[] {
  const folder = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  const todo = components.map(folder);
  const seen = new Set<string>();
  while (todo.length > 0) {
    const at = todo.pop() as string;
    if (seen.has(at) || !existsSync(join(antdEs, at, 'index.js'))) continue;
    seen.add(at);
    todo.push(...importedFolders(join(antdEs, at)));
  }
  return [...seen].sort();
}

function importedFolders(folder: string): string[] {
  const found = new Set<string>();
  const files = new Set<string>();
  const walk = (file: string) => {
    if (files.has(file) || !existsSync(file)) return;
    files.add(file);
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/from ['"](\.[^'"]+)['"]/g)) {
      const target = resolve(dirname(file), from as string);
      const inside = target.slice(antdEs.length + 1).split('/');
      const direct = inside[0] ?? '';
      if (target.startsWith(folder + '/'))
        walk(existsSync(target + '.js') ? target + '.js' : join(target, 'index.js'));
      else if (direct && !direct.startsWith('_') && !plumbing.has(direct) && inside[1] !== 'style')
        found.add(direct);
    }
  };
  walk(join(folder, 'index.js'));
  return [...found];
}

/** All CSS for light/standard, then only the variables that dark and compact change. */
export function printCss(components: string[]): string {
  const names = closure(components);
  const base = extract(names, 'light', 'standard');
  return [
    base,
    difference(base, extract(names, 'dark', 'standard'), `:root[data-theme='dark']`),
    difference(base, extract(names, 'light', 'compact'), `:root[data-density='compact']`),
  ].join('\n');
}

export function extract(folders: string[], mode: Mode, density: Density): string {
  // CommonJS on purpose: one instance of cssinjs shared by antd and us, under plain Node.
  const React = require('react');
  const { renderToString } = require('react-dom/server');
  const antd = require('antd');
  const { StyleProvider, createCache, extractStyle } = require('@ant-design/cssinjs');
  const cache = createCache();
  const algorithm = mode === 'dark' ? antd.theme.darkAlgorithm : antd.theme.defaultAlgorithm;
  const theme = {
    hashed: false,
    cssVar: { key: cssVarKey, prefix: 'ant' },
    algorithm,
    token: antdToken(mode, density),
  };
  const pascal = (folder: string) => folder.replace(/(^|-)(\w)/g, (_, __, c: string) => c.toUpperCase());
  const drawn = folders
    .map(pascal)
    .filter((name) => antd[name] && !notDrawn.has(name))
    .map((name) => React.createElement(React.Fragment, { key: name }, sample(React, antd, name)));
  const messages = folders.flatMap((folder) =>
    folder === 'message' || folder === 'notification'
      ? [antd[folder]._InternalPanelDoNotUseOrYouWillBeFired]
      : [],
  );
  renderToString(
    React.createElement(
      StyleProvider,
      { cache },
      React.createElement(
        antd.ConfigProvider,
        { theme },
        React.createElement(
          antd.App,
          null,
          ...drawn,
          ...messages.map((Panel: unknown, key: number) =>
            React.createElement(Panel, { key, content: '', title: '' }),
          ),
        ),
      ),
    ),
  );
  // A panel with a theme of its own writes its variables under a generated key, which no screen ever has.
  return extractStyle(cache, { plain: true }).replaceAll(/\.css-var-_R[^{}]*\{[^{}]*\}/g, '');
}

function sample(React: any, antd: any, name: string): unknown {
  const Component = panelOnly.has(name) ? antd[name]._InternalPanelDoNotUseOrYouWillBeFired : antd[name];
  const child = React.createElement('span');
  if (name === 'Badge')
    return [React.createElement(Component, { key: 1 }), React.createElement(Component.Ribbon, { key: 2 })];
  if (name === 'Button')
    return [
      React.createElement(Component, { key: 1 }),
      React.createElement(antd.Space.Compact, { key: 2 }, React.createElement(Component)),
    ];
  if (name === 'Checkbox')
    return [React.createElement(Component, { key: 1 }), React.createElement(Component.Group, { key: 2 })];
  if (name === 'Radio')
    return [
      React.createElement(Component, { key: 1 }),
      React.createElement(Component.Group, { key: 2, options: ['a'], optionType: 'button' }),
    ];
  if (name === 'Input')
    return ['', 'TextArea', 'Search', 'Password'].map((part) =>
      React.createElement(part ? Component[part] : Component, { key: part }),
    );
  if (name === 'Form')
    return React.createElement(
      Component,
      null,
      React.createElement(Component.Item, { label: 'a', help: 'b' }, child),
    );
  if (name === 'DatePicker')
    return [
      React.createElement(Component, { key: 1 }),
      React.createElement(Component.RangePicker, { key: 2 }),
    ];
  if (name === 'Dropdown')
    return React.createElement(Component, { menu: { items: [{ key: 1, label: 'a' }] } }, child);
  if (name === 'Menu') return React.createElement(Component, { items: [{ key: 1, label: 'a' }] });
  if (name === 'Splitter' || name === 'Layout') return null;
  return React.createElement(Component, null, panelOnly.has(name) ? child : undefined);
}

/** Variable blocks of `other` that differ from `base`, each under `prefix`. */
function difference(base: string, other: string, prefix: string): string {
  const was = variables(base);
  return [...variables(other)]
    .map(([selector, vars]) => {
      const before = was.get(selector);
      const changed = [...vars].filter(([name, value]) => before?.get(name) !== value);
      if (changed.length === 0) return '';
      const scoped = selector
        .split(',')
        .map((one) => `${prefix} ${one.trim()}`)
        .join(',');
      return `${scoped}{${changed.map(([name, value]) => `${name}:${value};`).join('')}}`;
    })
    .join('');
}

function variables(css: string): Map<string, Map<string, string>> {
  const blocks = new Map<string, Map<string, string>>();
  for (const [, selector, body] of css.matchAll(/([^{}]+)\{((?:--[\w-]+:[^;{}]*;)+)\}/g)) {
    const block = blocks.get(selector as string) ?? new Map<string, string>();
    for (const [, name, value] of (body as string).matchAll(/(--[\w-]+):([^;]*);/g))
      block.set(name as string, value as string);
    blocks.set(selector as string, block);
  }
  return blocks;
}
