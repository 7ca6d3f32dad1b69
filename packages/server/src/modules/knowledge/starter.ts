/** The five documents a centre begins with (SD2-28): written once, when it is new; from then on they are its own. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemActor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { publishArticle } from './commands/publish.ts';
import { writeArticle } from './commands/write.ts';

const folder = fileURLToPath(new URL('../../../../../articles/', import.meta.url));
const head = /^# (?<zh>.+?) \| (?<en>.+)\nkeywords: (?<keywords>.+)\n/;

/** `# 标题 | Title`, a line of keywords, the Chinese words, `--- en`, the English ones. */
const read = async (file: string) => {
  const source = await readFile(path.join(folder, file), 'utf8');
  const { zh, en, keywords } = head.exec(source)!.groups as Record<'zh' | 'en' | 'keywords', string>;
  const [chinese, english] = source.replace(head, '').split('\n--- en\n') as [string, string];
  return {
    title: { zh, en },
    body: { zh: chinese.trim(), en: english.trim() },
    keywords: keywords.split(',').map((word) => word.trim()),
  };
};

export const installArticles = async (centre: Centre): Promise<void> => {
  const system = systemActor('install');
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted()) {
    const content = { ...(await read(file)), category: null, audience: 'internal' as const, reviewBy: null };
    const { id, version } = await send(centre, writeArticle, { ...content, note: '随产品提供' }, system);
    await send(centre, publishArticle, { id, version }, system);
  }
};
