/**
 * The wording guard, pure: phrases that should not go out, with a better one where there is one. The desk asks before
 * sending; the server counts what was sent all the same.
 */
export const phraseKinds = ['forbidden', 'blame', 'exaggeration', 'sensitive', 'careless'] as const;
export type PhraseKind = (typeof phraseKinds)[number];
export type Phrase = {
  kind: PhraseKind;
  text: string;
  /** What to say instead. */ better?: string;
  /** Only in playbooks of this scenario; everywhere unless told. */ scenario?: string;
};
export type PhraseHit = Phrase & { at: number };

const tidy = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

/** Phrases found in a text, in order. A careless reply is the whole text and nothing else (SD3q-01). */
export const findPhrases = (text: string, phrases: readonly Phrase[], scenario?: string): PhraseHit[] => {
  const said = tidy(text);
  const whole = said.replace(/[。．.！!~～，,]+$/u, '');
  return phrases
    .filter((phrase) => !phrase.scenario || phrase.scenario === scenario)
    .flatMap((phrase) => {
      const wanted = tidy(phrase.text);
      if (wanted === '') return [];
      if (phrase.kind === 'careless') return whole === wanted ? [{ ...phrase, at: 0 }] : [];
      const at = said.indexOf(wanted);
      return at < 0 ? [] : [{ ...phrase, at }];
    })
    .toSorted((a, b) => a.at - b.at);
};

/** The text with every phrase that has a better one replaced by it. */
export const improved = (text: string, hits: readonly PhraseHit[]): string =>
  hits.reduce((all, { text: phrase, better }) => (better ? all.replaceAll(phrase, better) : all), text);
