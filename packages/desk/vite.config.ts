import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { antdStatic } from '../ui/build/antd.ts';
import { precompress } from '../ui/build/compress.ts';
import { contractsForBrowser } from '../ui/build/contracts.ts';

const src = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: src('.'),
  base: '/desk/',
  plugins: [
    contractsForBrowser(),
    antdStatic({ sources: [src('../ui/src'), src('./src')] }),
    react(),
    precompress(),
  ],
  resolve: {
    alias: { '#ui': src('../ui/src'), '#contracts': src('../contracts/src') },
  },
  build: {
    target: 'es2023',
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    // Nothing as data: URL in scripts or styles: the page's policy allows images only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            { name: 'vendor', test: /node_modules\/(@tanstack|i18next|react-i18next)/, priority: 2 },
          ],
        },
      },
    },
  },
});
