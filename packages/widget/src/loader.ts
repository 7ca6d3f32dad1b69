/**
 * The loader: a button and an iframe in a closed shadow tree, drawn without inline styles or HTML strings, so that it
 * runs on a page whose policy is `default-src 'none'; script-src OURS; frame-src OURS; require-trusted-types-for 'script'`.
 */
type Api = { open(): void; close(): void; toggle(): void };

const start = (script: HTMLScriptElement): void => {
  const origin = new URL(script.src).origin;
  const { key = 'web', lang = document.documentElement.lang, side = 'right' } = script.dataset;
  const english = /^en/i.test(lang);
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{all:initial!important}
.b{position:fixed;z-index:2147483000;bottom:20px;${side === 'left' ? 'left' : 'right'}:20px;height:48px;padding:0 18px;border:0;border-radius:24px;background:#2e59a7;color:#fff;font:500 15px/48px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;cursor:pointer;box-shadow:0 2px 10px #0003}
.b:focus-visible{outline:3px solid #8fb1f0;outline-offset:2px}
.b i{display:none;position:absolute;top:-4px;right:-4px;min-width:20px;height:20px;border-radius:10px;background:#c62f2f;font:normal 12px/20px system-ui;text-align:center}
.b i.on{display:block}
.f{position:fixed;z-index:2147483001;bottom:80px;${side === 'left' ? 'left' : 'right'}:20px;width:380px;height:min(600px,calc(100vh - 100px));border:0;border-radius:10px;background:#fff;box-shadow:0 6px 32px #0004;visibility:hidden;color-scheme:light}
.f.on{visibility:visible}
@media(max-width:480px){.f{inset:0;width:100%;height:100%;border-radius:0}}
@media print{.b,.f{display:none}}`);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  button.className = 'b';
  button.type = 'button';
  button.textContent = english ? 'Chat with us' : '在线客服';
  button.setAttribute('aria-expanded', 'false');
  const badge = document.createElement('i');
  button.append(badge);
  root.append(button);

  let frame: HTMLIFrameElement | undefined;
  const show = (open: boolean) => {
    const made = open && !frame;
    if (made) {
      frame = document.createElement('iframe');
      frame.className = 'f';
      frame.title = english ? 'Customer service chat' : '在线客服对话';
      frame.allow = 'microphone; autoplay';
      // Where the customer is, without what the address may carry of them.
      frame.src = `${origin}/widget/frame.html#key=${encodeURIComponent(key)}&lang=${english ? 'en' : 'zh-CN'}&page=${encodeURIComponent(location.origin + location.pathname)}`;
      root.append(frame);
    }
    frame?.classList.toggle('on', open);
    button.setAttribute('aria-expanded', String(open));
    // One that was made this moment begins as shown, and is not at our origin yet.
    if (!made) frame?.contentWindow?.postMessage({ zhike: open ? 'shown' : 'hidden' }, origin);
    if (open) frame?.focus();
    else button.focus();
  };
  const isOpen = () => frame?.classList.contains('on') ?? false;
  button.addEventListener('click', () => show(!isOpen()));
  // Only our own frame is listened to; anything else that talks to the page is none of our business.
  addEventListener('message', (event: MessageEvent<{ zhike?: string; count?: number }>) => {
    if (event.origin !== origin || event.source !== frame?.contentWindow) return;
    if (event.data?.zhike === 'close') show(false);
    if (event.data?.zhike === 'unread') {
      const count = Number(event.data.count) || 0;
      badge.textContent = count > 9 ? '9+' : String(count);
      badge.classList.toggle('on', count > 0 && !isOpen());
    }
  });
  const api: Api = { open: () => show(true), close: () => show(false), toggle: () => show(!isOpen()) };
  Object.assign(window, { Zhike: api });
  const mount = () => document.body.append(host);
  if (document.body) mount();
  else addEventListener('DOMContentLoaded', mount, { once: true });
};

if (document.currentScript instanceof HTMLScriptElement) start(document.currentScript);
