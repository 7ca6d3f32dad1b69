/** @jsxImportSource preact */
/** What the articles say first, and the way to a person (SD4-26). */
import { piecesOf } from '../../ui/src/links.ts';
import type { teller } from './texts.ts';

type Tell = ReturnType<typeof teller>;

/** Words with their addresses to follow; of what we say ourselves each address is called by a label. */
export const Linked = ({ words, label }: { words: string; label?: string }) => (
  <>
    {piecesOf(words).map(({ text, href }, i) =>
      href ? (
        <a key={i} href={href} target="_blank" rel="noopener noreferrer nofollow">
          {label ?? text}
        </a>
      ) : (
        text
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
