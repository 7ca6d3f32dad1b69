import type { Pack } from '#contracts/pack.ts';
import { spoken, type Language } from './saying.ts';

/** Words of a playbook as they are read: a variable stands as the name of what will be said there. */
export function Spoken(props: { pack: Pack; body: string; language: Language }) {
  return (
    <>
      {spoken(props.pack, props.body, props.language).map(({ text, variable }, at) =>
        variable ? (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, in its order
          <span key={at} className="pb-variable">
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </>
  );
}
