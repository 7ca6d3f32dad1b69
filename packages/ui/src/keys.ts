/**
 * Key strokes as words. A binding is strokes with spaces between: `Mod+k`, `g i`, `. .`, `Shift+c`, `F2`, `?`.
 * `Mod` is Ctrl, or ⌘ on a Mac. Letters are written small; signs that need Shift are written as the sign.
 */
export type Stroke = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing?: boolean;
  keyCode?: number;
};

/** Signs a Chinese input source gives for the same physical keys. */
const fullWidth: Record<string, string> = {
  '？': '?',
  '。': '.',
  '，': ',',
  '、': '/',
  '【': '[',
  '】': ']',
  '；': ';',
};

/** The word of one key press, or null for a press that is not a command (IME at work, modifier alone, AltGr). */
export function strokeOf(event: Stroke): string | null {
  if (event.isComposing || event.keyCode === 229 || event.key === 'Process' || event.altKey) return null;
  if (['Control', 'Shift', 'Alt', 'Meta', 'Dead', 'Unidentified'].includes(event.key)) return null;
  const key = fullWidth[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  const shifted = event.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  return [event.ctrlKey || event.metaKey ? 'Mod' : '', shifted ? 'Shift' : '', key].filter(Boolean).join('+');
}

/** May this stroke act while the person is typing? Only combinations and function keys. */
export function worksWhileTyping(stroke: string): boolean {
  return stroke.startsWith('Mod+') || /^F\d+$/.test(stroke);
}

export type KeyMatch = {
  /** Index of the binding that is complete now, or -1. */
  exact: number;
  /** Some longer binding starts the same way: wait a moment before acting. */
  longer: boolean;
};

/** Later bindings win, so a screen can override the page. */
export function matchKeys(bindings: string[], typed: string[]): KeyMatch {
  const said = typed.join(' ');
  return {
    exact: bindings.lastIndexOf(said),
    longer: bindings.some((binding) => binding.startsWith(`${said} `)),
  };
}

const onMac = () => typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** `Ctrl` or `⌘`, as written on this person's keyboard. */
export const modKey = (): string => (onMac() ? '⌘' : 'Ctrl');

/** Strokes of a binding as a person reads them: `Mod+k` → `['Ctrl K']`, `g i` → `['G', 'I']`. */
export function keyCaps(binding: string): string[] {
  return binding.split(' ').map((stroke) =>
    stroke
      .split('+')
      .map((part) => (part === 'Mod' ? modKey() : part.length === 1 ? part.toUpperCase() : part))
      .join(' '),
  );
}
