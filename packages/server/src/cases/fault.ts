/** How a word that means nothing is told. */
import { meantBy } from '#contracts/pack-facts.ts';

export type CaseFault = { at: string; zh: string; en: string };

/** More known words than this are not told one by one. */
const mostTold = 24;

/** `不认识的动作“complet”，是不是“complete”？`, or what there is instead. */
export const wrong = (
  at: string,
  word: string,
  known: readonly string[],
  { zh, en }: { zh: string; en: string },
): CaseFault => {
  const meant = meantBy(word, known);
  return {
    at,
    zh: `${zh}“${word}”，${meant ? `是不是“${meant}”？` : `可用：${few(known, '、')}`}`,
    en: `${en} "${word}"; ${meant ? `did you mean "${meant}"?` : `there are: ${few(known, ', ')}`}`,
  };
};
const few = (words: readonly string[], mark: string): string =>
  words.slice(0, mostTold).join(mark) + (words.length > mostTold ? ' …' : '');
