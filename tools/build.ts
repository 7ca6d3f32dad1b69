/** Builds the screens whose sources changed; `--all` builds every screen. */
import path from 'node:path';
import { build } from 'vite';
import { during, say, words } from './say.ts';
import { listScreens } from './screens.ts';
import type { Screen } from './screens.ts';
import { writeStamp } from './sources.ts';

const screens = listScreens();
const due = process.argv.includes('--all') ? screens : screens.filter((screen) => !screen.fresh);
if (due.length === 0) say('界面已是最新 | the screens are up to date');

try {
  for (const screen of due) await buildScreen(screen);
} catch (error) {
  console.error(words(error));
  say(
    '界面构建失败，请按上面的提示修正后重试 | the screens could not be built: mend what is said above and try again',
  );
  process.exit(1);
}

async function buildScreen(screen: Screen): Promise<void> {
  await during(`构建界面 building ${screen.name}`, async () => {
    await build({ root: screen.dir, mode: 'production', logLevel: 'warn' });
    writeStamp(path.join(screen.dir, 'dist'), screen.sources);
  });
}
