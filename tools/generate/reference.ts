/** Writes docs/reference anew from the catalogues and the test names. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generated } from './pages.ts';

for (const { file, content } of generated()) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  process.stdout.write(`${path.relative(process.cwd(), file)}\n`);
}
