import { useEffect } from 'react';

const dialogs = '.ant-modal-root, .ant-drawer';
/** Whatever else lies over the screen for a while: gone before the focus could come back to it. */
const passing = '.ant-dropdown, .ant-popover, .ant-select-dropdown, .ant-picker-dropdown';

/**
 * A dialog that is taken away with what opened it, or was opened from a menu that has gone, would leave the focus
 * nowhere, and the next Tab would begin at the top of the page: the focus goes back to where it last stood.
 */
export function useFocusBack(): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    let inDialog = false;
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.closest(passing)) return;
      inDialog = target.closest(dialogs) !== null;
      if (!inDialog) last = target;
    };
    // A dialog stands in a child of the body of its own.
    const watcher = new MutationObserver((changes) => {
      if (!inDialog || document.activeElement !== document.body) return;
      if (!changes.some(({ removedNodes }) => removedNodes.length > 0)) return;
      inDialog = false;
      if (last?.isConnected) last.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', note);
    watcher.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener('focusin', note);
      watcher.disconnect();
    };
  }, []);
}
