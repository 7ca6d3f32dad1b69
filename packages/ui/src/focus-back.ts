import { useEffect } from 'react';

/** Whatever lies over the screen for a while. */
const over = '.ant-modal-root, .ant-drawer, .ant-dropdown, .ant-popover, .ant-select-dropdown';
const dialogs = '.ant-modal-root, .ant-drawer';
const isDialog = (node: Node): boolean =>
  node instanceof Element && (node.matches(dialogs) || node.querySelector(dialogs) !== null);

/**
 * A dialog that is taken away with what opened it, or was opened from a menu that has gone, would leave the focus
 * nowhere, and the next Tab would begin at the top of the page: the focus goes back to where it last stood.
 */
export function useFocusBack(): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest(over)) last = target;
    };
    const watcher = new MutationObserver((changes) => {
      if (
        last?.isConnected &&
        document.activeElement === document.body &&
        changes.some(({ removedNodes }) => [...removedNodes].some(isDialog))
      )
        last.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', note);
    // Everything of the kind is a child of the body.
    watcher.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener('focusin', note);
      watcher.disconnect();
    };
  }, []);
}
