/**
 * How articles are found, pure. Chinese is not parted by spaces: it is indexed as pairs of characters, other scripts
 * as words. An article that holds all that was asked for stands before one that holds some; then title before
 * keywords before text.
 */

const pieces = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const isHan = (piece: string) => /^\p{Script=Han}/u.test(piece);
/** Full width and upper case are one with half width and lower case. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

const pairs = (run: string): string[] => {
  const letters = [...run];
  return letters.length === 1
    ? [run]
    : letters.slice(1).map((letter, place) => `${letters[place]!}${letter}`);
};
const termsOfPiece = (piece: string): string[] => (isHan(piece) ? pairs(piece) : [piece]);
/** What a text is found by. Single characters only where the text is short: in a body they say nothing. */
const termsOf = (text: string, { single = false } = {}): string[] =>
  [...plain(text).matchAll(pieces)].flatMap(([piece]) => [
    ...termsOfPiece(piece),
    ...(single && isHan(piece) ? [...piece] : []),
  ]);

export type Texts = { title: string; keywords: string; body: string };

/** The terms of an article, those of its title again behind `^` and those of its keywords behind `#`. */
export const indexOf = ({ title, keywords, body }: Texts): string[] => {
  const [titled, keyed] = [termsOf(title, { single: true }), termsOf(keywords, { single: true })];
  return [
    ...new Set([
      ...titled,
      ...keyed,
      ...termsOf(body),
      ...titled.map((term) => `^${term}`),
      ...keyed.map((term) => `#${term}`),
    ]),
  ];
};

/** One thing asked for: any of its alternatives will do, an alternative needs all of its words. */
export type Wanted = { words: string[]; terms: string[] }[];

/** Pairs of a sentence that ask for nothing. */
const empty = new Set(
  '怎么 么办 怎样 什么 如何 多少 可以 能不 不能 是否 是不 不是 请问 一下 我的 你的 你们 我们 您好 你好 为什 有没 没有 了吗 的吗 哪里 需要'.split(
    ' ',
  ),
);
/** Longer Chinese without a space is a sentence, not a word: each pair counts for itself. */
const longestWord = 4;
export const mostWanted = 24;

const alternative = (text: string): Wanted[number] => {
  const words = [...new Set([...text.matchAll(pieces)].map(([piece]) => piece))];
  return { words, terms: [...new Set(words.flatMap(termsOfPiece))] };
};

/** `认购|申购 费率 机构`: spaces and punctuation part what is wanted, `|` parts alternatives. */
export const wantedIn = (query: string): Wanted[] => {
  const wanted = plain(query)
    .split(/[^\p{L}\p{N}|]+/u)
    .flatMap((token): Wanted[] => {
      if (token.includes('|')) return [token.split('|').map(alternative)];
      return [...token.matchAll(pieces)].flatMap(([piece]): Wanted[] =>
        isHan(piece) && [...piece].length > longestWord
          ? pairs(piece)
              .filter((pair) => !empty.has(pair))
              .map((pair) => [alternative(pair)])
          : [[alternative(piece)]],
      );
    })
    .map((one) => one.filter(({ words }) => words.length > 0))
    .filter((one) => one.length > 0);
  const known = new Set<string>();
  return wanted
    .filter((one) => {
      const key = one.map(({ words }) => words.join(' ')).join('|');
      if (known.has(key)) return false;
      known.add(key);
      return true;
    })
    .slice(0, mostWanted);
};

/** What is marked in a text that was found. */
export const wordsOf = (wanted: readonly Wanted[]): string[] => [
  ...new Set(wanted.flatMap((one) => one.flatMap(({ words }) => words))),
];

export const weights = { title: 9, keywords: 4, body: 1 } as const;
const weigh = (word: string, { title, keywords, body }: Texts): number =>
  title.includes(word)
    ? weights.title
    : keywords.includes(word)
      ? weights.keywords
      : body.includes(word)
        ? weights.body
        : 0;
const weighAlternative = ({ words }: Wanted[number], texts: Texts): number => {
  const each = words.map((word) => weigh(word, texts));
  return each.includes(0) ? 0 : each.reduce((sum, one) => sum + one, 0) / each.length;
};

/** `texts` are plain. `held`: how many of what was wanted it holds; `score`: where they stand. */
export const measure = (wanted: readonly Wanted[], texts: Texts): { held: number; score: number } => {
  const each = wanted.map((one) => Math.max(...one.map((words) => weighAlternative(words, texts))));
  return {
    held: each.filter((weight) => weight > 0).length,
    score: each.reduce((sum, weight) => sum + weight, 0),
  };
};

export type Measured = { held: number; score: number; used: number };
/** What holds more first, then what says it in title and keywords, then what helped more often. */
export const compare = (a: Measured, b: Measured): number =>
  b.held - a.held || b.score - a.score || b.used - a.used;

/** The order of `compare` as one number; who helped more often does not count in it. At most 24 × 9 points stand below a held word. */
export const rankOf = ({ held, score }: Measured): number => held * 1000 + Math.round(score * 100) / 100;

/** May an article be proposed unasked? Two things in common, one in its title or keywords, or the very category. */
export const isProposed = ({ held, score }: Measured, sameCategory: boolean): boolean =>
  sameCategory || held >= 2 || score >= weights.keywords;

const excerptLength = 110;
/** The text around the first word that was found; its beginning where none stands in it. */
export const excerptOf = (body: string, words: readonly string[]): string => {
  const text = body.replaceAll(/\s+/g, ' ').trim();
  const low = plain(text);
  // Full-width letters may change the length of a text; then the places are not comparable and the beginning will do.
  const places =
    low.length === text.length ? words.map((word) => low.indexOf(word)).filter((at) => at >= 0) : [];
  const first = places.length > 0 ? Math.min(...places) : 0;
  const from = first <= 24 ? 0 : first - 16;
  const cut = text.slice(from, from + excerptLength);
  return `${from > 0 ? '…' : ''}${cut}${from + excerptLength < text.length ? '…' : ''}`;
};

const day = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
/** `2026-11-18`, in the centre's zone: the day on which a review is due counts. */
export const todayOf = (now: number): string => day.format(now);
