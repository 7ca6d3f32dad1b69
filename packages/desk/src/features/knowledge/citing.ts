import { readStored, writeStored } from '#ui/stored.ts';
import { citedIn, sentencesOf, type Inserted } from './rules.ts';

const keyOf = (draft: string) => `zk:cited:${draft}`;
const read = (draft: string): Inserted[] => {
  try {
    return JSON.parse(readStored(keyOf(draft)) ?? '[]') as Inserted[];
  } catch {
    return [];
  }
};

/** Articles whose words were put into a draft, kept with it on this device until it is sent. */
export const addCitation = (draft: string, article: { id: string; version: number }, words: string): void =>
  writeStored(
    keyOf(draft),
    JSON.stringify([
      ...read(draft),
      { articleId: article.id, version: article.version, sentences: sentencesOf(words) },
    ]),
  );

/** What the text that is sent now answers from. */
export const takeCitations = (draft: string, text: string) => {
  const cited = citedIn(text, read(draft));
  writeStored(keyOf(draft), null);
  return cited;
};
