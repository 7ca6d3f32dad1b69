/** Notes of the system beside the browser: asked for once by the person, shown only while they look elsewhere. */
import { useState } from 'react';
import { readStored, useStored } from '#ui/stored.ts';

const wishKey = 'zk:desktop';
/** `blocked`: the browser refuses, only its own settings can change that; `unsupported`: it has no such thing. */
export type DesktopState = 'on' | 'off' | 'blocked' | 'unsupported';

const permission = (): NotificationPermission | null =>
  'Notification' in globalThis ? Notification.permission : null;

export const desktopState = (granted: NotificationPermission | null, wish: string | null): DesktopState => {
  if (granted === null) return 'unsupported';
  if (granted === 'denied') return 'blocked';
  return granted === 'granted' && wish !== 'off' ? 'on' : 'off';
};

/** The switch in the preferences. Turning it on asks the browser, which asks the person. */
export function useDesktop(): { state: DesktopState; turn: (on: boolean) => Promise<void> } {
  const [wish, setWish] = useStored(wishKey, '');
  const [, look] = useState(0);
  return {
    state: desktopState(permission(), wish),
    turn: async (on) => {
      setWish(on ? 'on' : 'off');
      if (on && permission() === 'default') await Notification.requestPermission();
      look(performance.now());
    },
  };
}

export type Note = { title: string; body: string; tag: string; go?: () => void };
const shown = new Map<string, Notification>();

/** Shows a note; one of the same tag takes the place of the one before. `always`: also while the page is in front. */
export function showNote({ title, body, tag, go }: Note, always = false): void {
  if (desktopState(permission(), readStored(wishKey)) !== 'on') return;
  if (!always && document.visibilityState === 'visible') return;
  try {
    const note = new Notification(title, { body, tag: `zhike:${tag}`, icon: '/desk/icon.svg' });
    shown.set(tag, note);
    note.addEventListener('click', () => {
      globalThis.focus();
      note.close();
      go?.();
    });
    note.addEventListener('close', () => shown.delete(tag));
  } catch {
    // Browsers of phones know notes only from a service worker; the bell and the title say the same.
  }
}

/** The person is back: what stood beside the browser is told by the page. */
export function clearNotes(): void {
  for (const note of shown.values()) note.close();
  shown.clear();
}
