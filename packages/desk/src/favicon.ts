/** The number of unread things on the icon of the tab and, when installed, of the application. */

const plain = () => document.querySelector<HTMLLinkElement>('link[rel=icon]');
let original: string | undefined;

/** Icon with a badge as a data address; numbers above nine are a plus, a tab has no room for more. */
export const badgeIcon = (count: number): string => {
  const text = count > 9 ? '9+' : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2e59a7"/><path d="M9 9.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5L12 25v-3.5H9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Z" fill="none" stroke="#fff" stroke-width="2"/><circle cx="22" cy="10" r="10" fill="#d4380d"/><text x="22" y="15" font-family="sans-serif" font-weight="700" font-size="${text.length > 1 ? 12 : 15}" fill="#fff" text-anchor="middle">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};

export function showBadge(count: number): void {
  const link = plain();
  if (!link) return;
  original ??= link.href;
  link.href = count > 0 ? badgeIcon(count) : original;
  const application = navigator as { setAppBadge?: (count: number) => Promise<void> };
  void application.setAppBadge?.(count).catch(() => undefined);
}
