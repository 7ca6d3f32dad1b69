/** The customers' own pages: request, progress, survey. One small page, good in a phone's browser inside WeChat. */
import path from 'node:path';
import { defineConfig } from 'vite';
import { precompress } from '../ui/build/compress.ts';

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: '/portal/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { '#contracts': path.join(here, '../contracts/src') } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2021',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  plugins: [precompress()],
});
