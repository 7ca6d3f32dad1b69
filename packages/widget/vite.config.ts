/** Two outputs: the chat frame (a page of ours inside an iframe), and the loader, one classic script for any web site. */
import path from 'node:path';
import { build, defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { precompress } from '../ui/build/compress.ts';

const here = import.meta.dirname;

/** A classic script can ask which script it is; a module from another origin would need CORS on every site. */
const loader = (): Plugin => ({
  name: 'zhike-loader',
  apply: 'build',
  closeBundle: async () => {
    await build({
      configFile: false,
      logLevel: 'warn',
      root: here,
      build: {
        outDir: 'dist',
        emptyOutDir: false,
        target: 'es2020',
        lib: {
          entry: path.join(here, 'src/loader.ts'),
          formats: ['iife'],
          name: 'zhikeLoader',
          fileName: () => 'loader.js',
        },
      },
    });
  },
});

export default defineConfig({
  root: here,
  base: '/widget/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { '#contracts': path.join(here, '../contracts/src') } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2021',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: { frame: path.join(here, 'frame.html'), demo: path.join(here, 'demo.html') } },
  },
  plugins: [loader(), precompress()],
});
