/**
 * Stands in for @rc-component/util/Dom/dynamicCSS (see build/antd.ts). antd's own look is static, so its token and
 * component styles are dropped here; the few rules that depend on the moment (locking the page behind a modal) go
 * into a constructed style sheet, which a strict `style-src 'self'` and Trusted Types both allow.
 */
type Options = { mark?: string };
type StyleNode = { setAttribute: (name: string, value: string) => void; innerHTML: string };

const sheets = new Map<string, CSSStyleSheet>();
/** Mark that cssinjs puts on everything it writes: all of it is in the static file already. */
const staticMark = 'data-css-hash';

export function updateCSS(css: string, key: string, options: Options = {}): StyleNode {
  if (options.mark !== staticMark && typeof document !== 'undefined') {
    const sheet = sheets.get(key) ?? new CSSStyleSheet();
    sheet.replaceSync(css);
    if (!sheets.has(key)) document.adoptedStyleSheets.push(sheet);
    sheets.set(key, sheet);
  }
  return { setAttribute: () => {}, innerHTML: css };
}

export function removeCSS(key: string): void {
  const sheet = sheets.get(key);
  if (!sheet) return;
  sheets.delete(key);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
}

export const injectCSS = (css: string, options: Options = {}): StyleNode => updateCSS(css, css, options);
export const clearContainerCache = (): void => {};
