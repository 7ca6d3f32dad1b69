/** The API docs as one plain page: readable without script, printable, and under a policy that allows none. */
import { errors } from '#contracts/errors.ts';
import { permissions } from '#contracts/permissions.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { Route } from '#contracts/route.ts';

const escape = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const shape = (schema: unknown): string =>
  schema ? `<pre>${escape(JSON.stringify(schema, null, 1))}</pre>` : '<p class="none">—</p>';

const css = `:root{color-scheme:light dark;--line:#8884}
body{font:14px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.4rem}h2{font-size:1.1rem;border-bottom:1px solid var(--line);margin-top:2rem;padding-bottom:.25rem}
summary{cursor:pointer;padding:.35rem 0}summary code{font-size:.95em}summary b{display:inline-block;width:4.5rem;font-weight:600}
pre{overflow:auto;max-height:24rem;border:1px solid var(--line);border-radius:4px;padding:.75rem;font-size:12px;line-height:1.45}
nav a{margin-right:1rem}.access{opacity:.75;margin-left:.75rem}.none{opacity:.6}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}
@media(max-width:600px){summary b{width:auto;margin-right:.5rem}.access{display:block;margin-left:0}td:nth-child(3){display:none}}`;

const frame = (title: string, body: string) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="stylesheet" href="/docs/docs.css"></head><body>${body}</body></html>`;

export const docsPage = (routes: readonly Route[]): { html: string; css: string } => {
  const groups = [...Map.groupBy(routes, ({ tag }) => tag)];
  const access = (route: Route) =>
    route.access in permissions
      ? `${permissions[route.access as Permission].zh} ${route.access}`
      : { signedIn: '已登录', visitor: '访客', public: '公开', channel: '渠道' }[route.access as 'public'];
  const entry = (route: Route) =>
    `<details><summary><b>${route.method}</b> <code>/api/v1${escape(route.path)}</code><span class="access">${escape(access(route) ?? '')}</span><br>${escape(route.summary)}</summary><h4>Query</h4>${shape(route.query)}<h4>Body</h4>${shape(route.body)}<h4>${route.status ?? 200}</h4>${shape(route.response)}<p>${(route.errors ?? []).map((code) => `<a href="/docs/errors#${code}">${code}</a>`).join(' · ')}</p></details>`;
  return {
    css,
    html: frame(
      '知客 API',
      `<h1>知客 API v1</h1><p>认证：<code>Authorization: Bearer TOKEN</code>(<code>npx zhike token create</code>)。机器可读：<a href="/openapi.json">openapi.json</a> · <a href="/docs/errors">错误目录</a></p><nav>${groups.map(([tag]) => `<a href="#${tag}">${tag}</a>`).join('')}</nav>${groups.map(([tag, list]) => `<h2 id="${tag}">${tag}</h2>${list.map(entry).join('')}`).join('')}`,
    ),
  };
};

export const errorsPage = (): string =>
  frame(
    '错误目录',
    `<h1>错误目录 Errors</h1><table><tr><th>代码</th><th>状态</th><th>English</th><th>中文</th></tr>${Object.entries(
      errors,
    )
      .map(
        ([code, { status, zh, en }]) =>
          `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(en.join(' — '))}</td><td>${escape(zh.join(' — '))}</td></tr>`,
      )
      .join('')}</table>`,
  );
