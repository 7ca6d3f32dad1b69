import i18next from 'i18next';
import { useEffect } from 'react';

/** What stands before the name of the page in the tab; the loudest first. Visible while the tab is in the background. */
const order = ['offer', 'notices'] as const;
type Part = (typeof order)[number];
const parts = new Map<Part, string>();

function write(): void {
  const shown = order.map((part) => parts.get(part)).filter((text) => text !== undefined);
  document.title = [...shown, i18next.t('app.name')].join(' ');
}

export function useTitlePart(part: Part, text: string | null): void {
  useEffect(() => {
    if (text === null) parts.delete(part);
    else parts.set(part, text);
    write();
    return () => {
      parts.delete(part);
      write();
    };
  }, [part, text]);
}
