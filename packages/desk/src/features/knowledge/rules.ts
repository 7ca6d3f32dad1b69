/** Differences and citations, pure. */
import type { ArticleView } from '#contracts/routes/knowledge.ts';

export type Line = { text: string; kind: 'same' | 'gone' | 'new' };

/** Pairs of lines that a browser compares at once. */
const mostPairs = 4_000_000;
/** Line by line: what stayed, what went, what came (longest common subsequence); of two very long texts all of both. */
export function lineDifferences(before: string, after: string): Line[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length * now.length > mostPairs)
    return [
      ...old.map((text): Line => ({ text, kind: 'gone' })),
      ...now.map((text): Line => ({ text, kind: 'new' })),
    ];
  const common = old.concat('').map(() => now.concat('').map(() => 0));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i]![j] =
        old[i] === now[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ text: old[i]!, kind: 'same' });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ text: old[i]!, kind: 'gone' });
      i += 1;
    } else {
      lines.push({ text: now[j]!, kind: 'new' });
      j += 1;
    }
  }
  return lines;
}

export type Part =
  | 'titleZh'
  | 'titleEn'
  | 'bodyZh'
  | 'bodyEn'
  | 'keywords'
  | 'category'
  | 'audience'
  | 'reviewBy';
type Content = Pick<ArticleView, 'title' | 'body' | 'keywords' | 'category' | 'audience' | 'reviewBy'>;
const partsOf = (content: Content): Array<[Part, string]> => [
  ['titleZh', content.title.zh],
  ['titleEn', content.title.en],
  ['bodyZh', content.body.zh],
  ['bodyEn', content.body.en],
  ['keywords', content.keywords.join('、')],
  ['category', content.category ?? ''],
  ['audience', content.audience],
  ['reviewBy', content.reviewBy ?? ''],
];
/** What differs between two versions, part by part. */
export function differences(
  before: Content,
  after: Content,
): Array<{ part: Part; before: string; after: string }> {
  const now = new Map(partsOf(after));
  return partsOf(before)
    .map(([part, said]) => ({ part, before: said, after: now.get(part)! }))
    .filter((one) => one.before !== one.after);
}

export type Inserted = { articleId: string; version: number; sentences: string[] };
const mostSentences = 40;
/** What a text is known again by after somebody has worked on it: its sentences, not the shortest. */
export function sentencesOf(words: string): string[] {
  const sentences = words.split(/[\n。！？；.!?;]/).map((one) => one.trim());
  const long = sentences.filter((one) => one.length >= 6);
  return (long.length > 0 ? long : sentences.filter(Boolean)).slice(0, mostSentences);
}
/** Which of the inserted articles a text still says something of: what was deleted again is not cited. */
export function citedIn(
  text: string,
  inserted: readonly Inserted[],
): Array<{ articleId: string; version: number }> {
  const cited = inserted.filter(({ sentences }) => sentences.some((sentence) => text.includes(sentence)));
  return [...new Map(cited.map(({ articleId, version }) => [articleId, { articleId, version }])).values()];
}
