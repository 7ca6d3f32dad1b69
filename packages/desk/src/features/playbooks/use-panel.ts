import { useState } from 'react';
import { useActions } from '#ui/actions.tsx';
import { panelActions } from './actions.tsx';

/** The column beside a case and the step panel in it: open at once when the address names a step. */
export function usePanel(wide: boolean, there = true) {
  const [aside, setAside] = useState(() => wide || location.hash.startsWith('#step-'));
  const [starting, setStarting] = useState(false);
  const show = () => {
    setAside(true);
    // The drawer of a narrow screen is drawn first.
    setTimeout(() => {
      const panel = document.querySelector('[data-steps]');
      panel
        ?.querySelector<HTMLElement>(
          '.step-form input, .step-form textarea, .step-finish button, .steps-none button',
        )
        ?.focus();
    }, 120);
  };
  const start = () => {
    setAside(true);
    setStarting(true);
  };
  useActions(there ? panelActions : [], { show, start });
  return { aside, setAside, starting, setStarting };
}
export type Panel = ReturnType<typeof usePanel>;
