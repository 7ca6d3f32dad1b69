/** The wording guard at the box: the phrases of the centre found in what is about to go out. Pure. */
import { findPhrases, type Phrase } from '#contracts/phrases.ts';

export type Found = { text: string; kind: Phrase['kind']; better?: string };

/**
 * Phrases as they stand in the text: the list is found whatever its spaces, and what is replaced must be what was
 * written. Notes to colleagues are not looked at.
 */
export function hitsIn(text: string, mode: string, phrases: readonly Phrase[]): Found[] {
  if (mode === 'internal') return [];
  const seen = new Set<string>();
  return findPhrases(text, phrases).flatMap(({ kind, text: phrase, better }) => {
    const found = asWritten(text, phrase) ?? phrase;
    if (seen.has(found)) return [];
    seen.add(found);
    return [{ text: found, kind, ...(better ? { better } : {}) }];
  });
}

function asWritten(text: string, phrase: string): string | undefined {
  const letters = [...phrase.replace(/\s+/g, '')].map((letter) =>
    letter.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
  );
  return new RegExp(letters.join('\\s*'), 'iu').exec(text)?.[0];
}
