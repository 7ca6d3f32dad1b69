import { marks } from '#contracts/marks.ts';

/** A text with the words that were looked for marked in it. */
export function Marked(props: { text: string; words: readonly string[] }) {
  return marks(props.text, props.words).map(({ text, hit }, at) =>
    // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, in their order
    hit ? <mark key={at}>{text}</mark> : text,
  );
}
