/** Finds the sign before the caret that asks for a menu: `/` at the start of a line, `@`, `#` and `::` at the start of a word. */
export type Sign = '/' | '@' | '#' | '::';
export type Trigger = {
  sign: Sign;
  /** What was typed after the sign. */
  query: string;
  /** Where the sign stands. */
  from: number;
};

/** Signs as a Chinese input source gives them; 、 is the key of `/`. */
const signs: Record<string, Sign> = {
  '/': '/',
  '／': '/',
  '、': '/',
  '@': '@',
  '＠': '@',
  '#': '#',
  '＃': '#',
  '::': '::',
  '：：': '::',
};
/** No longer than this: a sentence after the sign is a sentence. */
const longest = 24;

export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(Math.max(0, caret - longest - 1), caret);
  const found = /(::|：：|[/／、@＠#＃])([^\s/／、@＠#＃，。；：！？,;:!?]*)$/.exec(before);
  const sign = found && signs[found[1] ?? ''];
  if (!found || !sign) return null;
  const from = caret - found[0].length;
  const prior = text[from - 1] ?? '\n';
  // A mail address, a date and a path are not meant: Latin letters and digits before the sign.
  const fits = sign === '/' ? prior === '\n' : !/[\w.\-/]/.test(prior);
  return fits ? { sign, query: found[2] ?? '', from } : null;
}

/** The text with what was asked for in the place of sign and query, and where the caret then stands. */
export function insertAt(
  text: string,
  caret: number,
  { from }: Trigger,
  words: string,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + words + text.slice(caret), caret: from + words.length };
}
