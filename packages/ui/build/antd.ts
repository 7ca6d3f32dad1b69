/**
 * antd without a runtime: a Vite plugin that prints the CSS of the antd components really used, for all three
 * looks (light, dark, compact), and takes the style generators out of the bundle.
 *
 * Why not antd's own zeroRuntime alone: it still writes its variables into <style> elements by innerHTML, which a
 * page with `style-src 'self'` and Trusted Types refuses, and its dist/antd.css is 104 kB gzip of everything.
 */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { antdComponents, antdToken, type Density, type Mode } from '../src/theme.ts';

const require = createRequire(import.meta.url);
const antdHome = dirname(require.resolve('antd/package.json'));
const antdEs = join(antdHome, 'es');
const dynamicCss = fileURLToPath(new URL('../src/dynamic-css.ts', import.meta.url));
const virtual = 'virtual:antd.css';
const resolved = '\0virtual:antd.css';

/** The class that carries antd's variables on every element it draws. */
export const cssVarKey = 'zk-antd';

/** Folders of antd that every component reaches and that draw nothing. */
const plumbing = new Set([
  '_util',
  'app',
  'config-provider',
  'locale',
  'style',
  'theme',
  'version',
  'watermark',
]);

/** antd components imported by name anywhere under `folders`, plus those opened by hooks. */
function used(folders: string[]): string[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.tsx`));
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/import \{([^}]+)\} from 'antd'/g)].flatMap((hit) =>
      (hit[1] ?? '').split(',').map((name) => name.trim().split(' ')[0] ?? ''),
    ),
  );
  return [...new Set([...names, 'Message', 'Notification'])].filter((name) => /^[A-Z]\w+$/.test(name));
}

/** `sources` are the folders whose imports decide which components get their CSS. */
export function antdStatic({ sources }: { sources: string[] }): Plugin {
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
      if (id.startsWith(resolved)) return (css ??= printCss(used(sources)));
      const file = id.split('?')[0] ?? '';
      if (/\/antd\/es\/[^/]+\/style\/[^/]+\.js$/.test(file)) return stub(file);
      return null;
    },
  };
}

/** A style module without its style: hooks answer the two class names, style components draw nothing. */
function stub(file: string): string {
  const source = readFileSync(file, 'utf8');
  const constants = [...source.matchAll(/^export const (\w+) = (['"`][^'"`]*['"`]);/gm)];
  const hooks = [...source.matchAll(/^export const (\w+)/gm)]
    .map(([, name]) => name)
    .filter((name) => !constants.some(([, constant]) => constant === name));
  return [
    `const hook = () => ['', '${cssVarKey}'];`,
    ...constants.map(([, name, value]) => `export const ${name} = ${value};`),
    ...hooks.map((name) => `export const ${name} = hook;`),
    source.includes('export default genSubStyleComponent')
      ? 'export default () => null;'
      : 'export default hook;',
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

/** Component folders drawn by the files of one folder; contexts and hooks of others draw nothing. */
function importedFolders(folder: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (file: string) => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/from ['"](\.[^'"]+)['"]/g)) {
      const target = resolve(dirname(file), from as string);
      const [other = '', part = 'index', deeper] = target.slice(antdEs.length + 1).split('/');
      if (part === 'DefaultRenderEmpty') found.add('empty');
      else if (target.startsWith(`${folder}/style`)) continue;
      else if (target.startsWith(`${folder}/`))
        walk(existsSync(`${target}.js`) ? `${target}.js` : join(target, 'index.js'));
      else if (!plumbing.has(other) && !deeper && /^(index|style|row|col|[A-Z](?!.*Context)\w*)$/.test(part))
        found.add(other);
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
  const { createElement: h } = require('react') as typeof import('react');
  const { renderToString } = require('react-dom/server') as typeof import('react-dom/server');
  const antd = require('antd') as Antd;
  const { StyleProvider, createCache, extractStyle } = require('@ant-design/cssinjs');
  const cache = createCache();
  const theme = {
    hashed: false,
    cssVar: { key: cssVarKey, prefix: 'ant' },
    algorithm: mode === 'dark' ? antd.theme.darkAlgorithm : antd.theme.defaultAlgorithm,
    token: antdToken(mode, density),
    components: antdComponents(mode),
  };
  const drawn = folders.map((folder) => h(Sample, { key: folder, folder }));
  renderToString(h(StyleProvider, { cache }, h(antd.ConfigProvider, { theme }, h(antd.App, null, ...drawn))));
  return lean(extractStyle(cache, { plain: true }));
}

/** Takes out what this product never shows: right-to-left scripts and antd's thirteen decorative colours. */
function lean(css: string): string {
  const unseen =
    /-rtl\b|-(pink|magenta|volcano|geekblue|gold|lime|purple|cyan|yellow|orange|green|red|blue)\b/;
  return css.replaceAll(/([^{}]+)(\{[^{}]*\})/g, (rule, selectors: string, body: string) => {
    if (!unseen.test(selectors) || selectors.includes('@')) return rule;
    const seen = selectors.split(',').filter((selector) => !unseen.test(selector));
    return seen.length > 0 ? seen.join(',') + body : '';
  });
}

// oxlint-disable-next-line typescript/no-explicit-any -- what antd gives is opened by name, whatever it is
type Antd = Record<string, any>;
type StyleHook = (prefix: string, root: string) => unknown;

/** Class prefixes that are not the name of their folder or style file. */
const prefixes: Record<string, string> = {
  button: 'btn',
  'date-picker': 'picker',
  'time-picker': 'picker',
  'badge/ribbon': 'ribbon',
  'input/search': 'input-search',
  'input/otp': 'otp',
  'layout/sider': 'layout-sider',
  'space/addon': 'space-addon',
  'space/compact': 'space-compact',
};

/** Calls the style hooks of one component folder the way the component itself does, and draws nothing. */
function Sample({ folder }: { folder: string }): null {
  // Components that hand a root class to their hook carry `ant-x-css-var`; the others carry their plain prefix.
  const scoped = globSync(join(antdEs, folder, '**/*.js')).some((file) =>
    /useStyle\(\w+, rootCls/.test(readFileSync(file, 'utf8')),
  );
  for (const file of readdirSync(join(antdEs, folder, 'style')).filter((name) => name.endsWith('.js'))) {
    const source = readFileSync(join(antdEs, folder, 'style', file), 'utf8');
    const part = `${folder}/${file.slice(0, -3)}`;
    const prefix = `ant-${prefixes[part] ?? prefixes[folder] ?? folder}`;
    const root = part === 'badge/ribbon' ? 'ant-ribbon-wrapper' : scoped ? `${prefix}-css-var` : prefix;
    const module = require(join(antdHome, 'lib', folder, 'style', file)) as Record<string, unknown>;
    const style = module.default as StyleHook & ((props: object) => null);
    if (/export default genSubStyleComponent/.test(source)) style({ prefixCls: prefix, rootCls: root });
    else if (/export default (genStyleHooks|\(prefixCls)/.test(source)) style(prefix, root);
    if (module.useSharedStyle) (module.useSharedStyle as StyleHook)(prefix, root);
    if (module.useRowStyle) (module.useRowStyle as StyleHook)('ant-row', 'ant-row');
    if (module.useColStyle) (module.useColStyle as StyleHook)('ant-col', 'ant-col');
  }
  return null;
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
