/** @jsxImportSource preact */
/** What the articles say first, and the way to a person (SD4-26). */
import type { teller } from './texts.ts';

type Tell = ReturnType<typeof teller>;

/** Our own words with the addresses in them to follow; what customers and agents write stays plain. */
export const Linked = ({ words, t }: { words: string; t: Tell }) => (
  <>
    {words.split(/(https?:\/\/\S+)/u).map((part, i) =>
      i % 2 === 1 ? (
        <a key={i} href={part} target="_blank" rel="noopener noreferrer">
          {t('readOn')}
        </a>
      ) : (
        part
      ),
    )}
  </>
);

export const SelfService = ({
  t,
  line,
}: {
  t: Tell;
  line: { solved: () => Promise<void>; handOff: () => Promise<void> };
}) => (
  <div class="ask">
    <span>{t('solvedAsk')}</span>
    <button type="button" class="quiet" onClick={() => void line.solved().catch(() => {})}>
      {t('solved')}
    </button>
    <button type="button" onClick={() => void line.handOff().catch(() => {})}>
      {t('toPerson')}
    </button>
  </div>
);
