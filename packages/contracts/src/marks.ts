/** Where words that were looked for stand in a text: for the desk and the customers' pages. */

/** A text cut where words that were looked for stand in it. Case does not matter. */
export function marks(text: string, words: readonly string[]): Array<{ text: string; hit: boolean }> {
  const wanted = words.filter(Boolean).toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, hit: false }];
  const escaped = wanted.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'gi'))
    .map((part, place) => ({ text: part, hit: place % 2 === 1 }))
    .filter((part) => part.text !== '');
}
