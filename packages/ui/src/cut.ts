/**
 * Words cut off by an ellipsis are told in full when the pointer rests on them, wherever they stand: one listener for the
 * page, so that no table and no row has to think of it.
 */

/** What an element shows and how much room it has; lengths in px. */
export type Room = { ellipsis: boolean; wants: number; has: number; text: string };

/** The tooltip of an element; '' = everything can be read, so there is none. */
export const cutTitle = ({ ellipsis, wants, has, text }: Room): string =>
  ellipsis && wants > has ? text.trim() : '';

/** The words stand in the element under the pointer or close around it: a name in a subject in a cell. */
const levels = 4;

/** Begins to listen; returns how to stop. A title somebody wrote by hand is left alone. */
export function tellCuts(page: Document): () => void {
  const tell = (event: PointerEvent) => {
    let at = event.target instanceof Element ? event.target : null;
    for (let level = 0; at instanceof HTMLElement && level < levels; level += 1, at = at.parentElement) {
      if (at.title && at.dataset.cut === undefined) return;
      const title = cutTitle({
        ellipsis: getComputedStyle(at).textOverflow === 'ellipsis',
        wants: at.scrollWidth,
        has: at.clientWidth,
        text: at.innerText,
      });
      if (title) {
        at.dataset.cut = '';
        at.title = title;
        return;
      }
      if (at.dataset.cut !== undefined) {
        delete at.dataset.cut;
        at.removeAttribute('title');
      }
    }
  };
  page.addEventListener('pointerover', tell, { passive: true });
  return () => page.removeEventListener('pointerover', tell);
}
