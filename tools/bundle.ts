/**
 * The server as a few files instead of a thousand: finding, stripping and compiling each by itself takes longer than
 * the rest of a start (300 ms of 560; 130 ms as a bundle whose compiled code is kept). Made when a source has changed,
 * in a process of its own. It is the same code: a module in the bundle still believes that it stands where its source
 * stands, so migrations, workers and screens are found as ever.
 */
import fs from 'node:fs';
import path from 'node:path';
import { bundleFolder, DIST, ENTRIES } from './run-bundle.mjs';
import { ROOT } from './say.ts';

const DAY_MS = 86_400_000;

/** Built aside and put in place whole: two starts at once do not mix, and what broke off leaves nothing. */
async function build(): Promise<void> {
  const { build: bundle } = await import('vite');
  const folder = bundleFolder();
  const aside = `${folder}-${process.pid}`;
  await bundle({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [{ name: 'zhike:places', enforce: 'pre', transform: keepPlace }],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: aside,
      emptyOutDir: true,
      target: 'node24',
      minify: true,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(ENTRIES).map(([name, file]) => [name, path.join(ROOT, file)]),
        ),
        // pdfkit reads its fonts from its own folder; it is loaded by who prints.
        external: ['pg-native', 'pdfkit'],
        output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  for (const name of fs.readdirSync(DIST)) {
    const old = path.join(DIST, name);
    if (old !== aside && Date.now() - fs.statSync(old).mtimeMs > DAY_MS) fs.rmSync(old, { recursive: true });
  }
  if (fs.existsSync(folder)) fs.rmSync(aside, { recursive: true });
  else fs.renameSync(aside, folder);
}

/** `import.meta` of our own modules goes on naming the source. */
function keepPlace(code: string, id: string): string | undefined {
  if (!id.startsWith(ROOT) || id.includes('/node_modules/')) return undefined;
  const place = `new URL(${JSON.stringify(path.relative(path.join(DIST, 'bundle'), id))}, import.meta.url)`;
  const toPath = `process.getBuiltinModule('node:url').fileURLToPath`;
  const meta = {
    url: `${place}.href`,
    filename: `${toPath}(${place})`,
    dirname: `${toPath}(new URL('.', ${place})).replace(/.$/, '')`,
  };
  return code.replaceAll(
    /\bimport\.meta\.(url|filename|dirname)\b/g,
    (_, name: keyof typeof meta) => meta[name],
  );
}

await build();
