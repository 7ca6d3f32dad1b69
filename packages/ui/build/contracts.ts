/**
 * Contracts for the browser: a Vite plugin that prints of every route file only what a page needs to call it
 * (method, path, tag, the type of what it sends where that is not JSON), its word lists and limits. Schemas stay on
 * the server, which checks everything anyway; types are taken by the compiler. Saves TypeBox (40 kB) and every schema.
 */
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

type RouteLike = { method: string; path: string; tag: string; access: string; consumes?: string };
const isRoute = (value: unknown): value is RouteLike =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;
const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

export function contractsForBrowser(): Plugin {
  return {
    name: 'contracts-for-browser',
    enforce: 'pre',
    async load(id) {
      if (!/\/contracts\/src\/routes\/[\w-]+\.ts$/.test(id)) return null;
      const exported = (await import(pathToFileURL(id).href)) as Record<string, unknown>;
      return Object.entries(exported)
        .flatMap(([name, value]) => {
          if (isWords(value) || typeof value === 'number')
            return [`export const ${name} = ${JSON.stringify(value)};`];
          if (!isRoute(value)) return [];
          const { method, path, tag, consumes } = value;
          return [`export const ${name} = ${JSON.stringify({ method, path, tag, consumes })};`];
        })
        .join('\n');
    },
  };
}
