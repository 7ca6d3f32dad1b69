/** Words with the addresses in them, so that a product card or a link to pay can be followed. Pure. */
export type Piece = { text: string; href?: string };

/** Only what begins with http:// or https:// is a link; punctuation at its end belongs to the sentence. */
const address = /https?:\/\/[^\s<>"'，。；！？、）】》]+/g;
const closing = /[.,;:!?)\]]+$/;
export const piecesOf = (words: string): Piece[] => {
  const pieces: Piece[] = [];
  let at = 0;
  for (const hit of words.matchAll(address)) {
    const href = hit[0].replace(closing, '');
    if (!URL.canParse(href)) continue;
    if (hit.index > at) pieces.push({ text: words.slice(at, hit.index) });
    pieces.push({ text: href, href });
    at = hit.index + href.length;
  }
  return at < words.length ? [...pieces, { text: words.slice(at) }] : pieces;
};
