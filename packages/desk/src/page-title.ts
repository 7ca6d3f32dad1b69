import i18next from 'i18next';
import { useEffect } from 'react';

/** What calls stands before the name of the page, the loudest first: it must be read while the tab is in the background. */
const calls = ['offer', 'notices'] as const;
/** Where one is, the nearest first: five tabs of the desk are told apart, and so are the pages of the history. */
const places = ['page', 'screen'] as const;
type Part = (typeof calls | typeof places)[number];
const parts = new Map<Part, string>();

function write(): void {
  const shown = (some: readonly Part[]) =>
    some.map((part) => parts.get(part)).filter((text) => text !== undefined);
  const place = [...shown(places), i18next.t('app.name')].join(' · ');
  document.title = [...shown(calls), place].join(' ');
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
