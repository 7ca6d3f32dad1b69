/**
 * Gives the first thing that matches the focus once it can take it, unless somebody is in the box already: who clicks
 * into a field at once keeps it, and what they type goes where they look. Returns what calls it off.
 */
export function focusFirst(find: () => ParentNode | null, selector: string, afterMs: number): () => void {
  const timer = setTimeout(() => {
    const box = find();
    if (box && !box.contains(document.activeElement)) box.querySelector<HTMLElement>(selector)?.focus();
  }, afterMs);
  return () => clearTimeout(timer);
}
