import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { acceptMail } from '#channels/email/index.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { say } from '#modules/conversations/index.ts';
import { createToken } from '#modules/identity/index.ts';
import { contentDisposition, cleanName, typeOf } from '#modules/files/names.ts';
import { sanitise } from '#modules/files/sanitise.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { fileUrl, htmlUrl } from './files-origin.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
let world: World;
let address: string;
let files: string;
let agent: Actor;
let token: string;
const tokenFor = async (actor: Actor) => {
  const secret = `zhk_${world.centre.ids.secret(24)}`;
  await send(
    world.centre,
    createToken,
    { userId: actor.id, name: 'test', token: secret },
    systemActor('test'),
  );
  return secret;
};

before(async () => {
  world = await newWorld();
  const serving = await world.listen();
  ({ address } = serving);
  files = serving.filesAddress!;
  agent = await world.person('agent', { groups: ['consult'] });
  token = await tokenFor(agent);
});
after(() => world.end());

const api = (pathname: string, init: RequestInit = {}, as = token) =>
  fetch(`${address}/api/v1${pathname}`, {
    ...init,
    headers: { authorization: `Bearer ${as}`, ...init.headers },
  });
const upload = (bytes: Buffer, name: string, as = token, type = 'image/png') => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return api('/files', { method: 'POST', body: form }, as);
};
/** The link as a browser on this machine opens it. */
const here = (url: string) => url.replace(world.config.filesUrl, files);
const local = (file: { id: string; name: string }) => here(fileUrl(world.config, file, world.clock.now()));

describe('uploads', () => {
  it('P07 the type is decided by the bytes: a page called a.png is refused, a picture is shown', async () => {
    assert.equal((await upload(Buffer.from('<script>1</script>'), 'a.png')).status, 415);
    assert.equal((await upload(Buffer.from('<html>'), 'page.html', token, 'text/html')).status, 415);
    assert.equal(
      (
        await upload(
          Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
          'a.svg',
          token,
          'image/svg+xml',
        )
      ).status,
      415,
    );
    const kept = (await (await upload(png, '..\\..\\图片.png', token, 'text/html')).json()) as {
      id: string;
      name: string;
      mime: string;
    };
    assert.deepEqual([kept.name, kept.mime], ['图片.png', 'image/png']);
    const shown = await fetch(local(kept));
    assert.equal(shown.headers.get('content-type'), 'image/png');
    assert.match(
      shown.headers.get('content-disposition')!,
      /^inline; filename="__\.png"; filename\*=UTF-8''%E5%9B%BE%E7%89%87\.png$/,
    );
    assert.deepEqual(
      [
        shown.headers.get('x-content-type-options'),
        shown.headers.get('content-security-policy'),
        shown.headers.get('cross-origin-resource-policy'),
        shown.headers.get('set-cookie'),
      ],
      ['nosniff', "sandbox; default-src 'none'", 'cross-origin', null],
    );
  });

  it('everything else is a download', async () => {
    const kept = (await (await upload(Buffer.from('hello'), 'a.txt')).json()) as { id: string; name: string };
    const answer = await fetch(local(kept));
    assert.match(answer.headers.get('content-disposition')!, /^attachment/);
    assert.equal(await answer.text(), 'hello');
  });

  it('P29 26 MB is 413 with the limit, and nothing is left on disk', async () => {
    const earlier = readdirSync(path.join(world.config.dataDir, 'files'), { recursive: true }).length;
    const answer = await upload(Buffer.alloc(27_262_976), 'big.bin').catch(() => undefined);
    if (answer) {
      assert.equal(answer.status, 413);
      assert.match(await answer.text(), /25 MB/);
    }
    assert.ok(
      !readdirSync(path.join(world.config.dataDir, 'files'), { recursive: true }).some((name) =>
        String(name).endsWith('.part'),
      ),
    );
    assert.ok(
      readdirSync(path.join(world.config.dataDir, 'files'), { recursive: true }).length - earlier <= 1,
    );
  });

  it('P29 an upload that breaks off leaves nothing', async () => {
    const { n } = await world.db.one(sql<{ n: number }>`select count(*)::int as n from file`);
    await new Promise<void>((done) => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1', () => {
        socket.write(
          `POST /api/v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: 1000000\r\n\r\n--X\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf`,
        );
        setTimeout(() => socket.destroy(), 100);
      });
      socket.on('close', () => setTimeout(done, 200));
    });
    assert.deepEqual(await world.db.one(sql`select count(*)::int as n from file`), { n });
    assert.ok(
      !readdirSync(path.join(world.config.dataDir, 'files'), { recursive: true }).some((name) =>
        String(name).endsWith('.part'),
      ),
    );
  });

  it('P33 an upload that nobody attached is gone after a day, blob and row', async () => {
    const kept = (await (await upload(png, 'loose.png')).json()) as { id: string; name: string };
    await world.later({ hours: 26 });
    assert.equal(await world.db.maybe(sql`select 1 from file where id = ${kept.id}::uuid`), undefined);
    assert.equal((await fetch(local(kept))).status, 404);
  });
});

describe('P32 links', () => {
  it('unknown, edited and expired are one and the same 404', async () => {
    const kept = (await (await upload(png, 'x.png')).json()) as { id: string; name: string };
    const good = local(kept);
    assert.equal((await fetch(good)).status, 200);
    const [, , id, expires, signature] = new URL(good).pathname.split('/') as [
      string,
      string,
      string,
      string,
      string,
    ];
    const edited = signature.replace(/^./, (c) => (c === 'a' ? 'b' : 'a'));
    const bodies: string[] = [];
    for (const url of [
      `${files}/f/${id}/${expires}/${edited}/x.png`,
      `${files}/f/${id}/${Number(expires) + 60}/${signature}/x.png`,
      local({ id: '01900000-0000-7000-8000-000000000000', name: 'x' }),
      `${files}/f/nonsense/1/x/x`,
      `${files}/`,
      `${files}/m/${id}/${expires}/${signature}`,
    ]) {
      const answer = await fetch(url);
      assert.equal(answer.status, 404, url);
      bodies.push(await answer.text());
    }
    world.clock.advance(16 * 60_000);
    const late = await fetch(good);
    assert.equal(late.status, 404);
    bodies.push(await late.text());
    assert.equal(new Set(bodies).size, 1);
  });

  it('are given only to those who may read where the file is attached', async () => {
    const { id: channelId } = await world.db.one(
      sql<{ id: string }>`select id from channel where key = 'complaint-mail'`,
    );
    await world.does(systemActor('test'), acceptMail, {
      channelId,
      raw: Buffer.from(
        `From: a@cust.test\r\nMessage-ID: <att@cust.test>\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n--C\r\nContent-Type: text/plain\r\n\r\nhi\r\n--C\r\nContent-Type: image/png; name=p.png\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n${png.toString('base64')}\r\n--C--\r\n`,
      ),
    });
    const { id } = await world.db.one(sql<{ id: string }>`select id from file where name = 'p.png'`);
    const relations = await tokenFor(await world.person('relations', { groups: ['relations'] }));
    assert.equal((await api(`/files/${id}/link`)).status, 404);
    const allowed = await api(`/files/${id}/link`, {}, relations);
    assert.equal(allowed.status, 200);
    const { url, expiresAt } = (await allowed.json()) as { url: string; expiresAt: string };
    assert.ok(Date.parse(expiresAt) - world.clock.now() <= 900_000);
    assert.equal((await fetch(here(url))).status, 200);
    const loose = (await (await upload(png, 'mine.png')).json()) as { id: string };
    assert.equal((await api(`/files/${loose.id}/link`)).status, 200);
    assert.equal((await api(`/files/${loose.id}/link`, {}, relations)).status, 404);
  });
});

describe('P01 P02 the page of a mail', () => {
  const bring = async (html: string) => {
    world.clock.advance(1000);
    const { id: channelId } = await world.db.one(
      sql<{ id: string }>`select id from channel where key = 'mail'`,
    );
    await world.does(systemActor('test'), acceptMail, {
      channelId,
      raw: Buffer.from(
        `From: a@cust.test\r\nMessage-ID: <${Math.random()}@cust.test>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
      ),
    });
    return world.db.one(
      sql<{
        id: string;
        thread_id: string;
      }>`select id, thread_id from message where html is not null order by at desc limit 1`,
    );
  };
  const page = async (id: string, remote = false) =>
    fetch(here(htmlUrl(world.config, id, world.clock.now(), { remote })));

  it('runs nothing, fetches nothing, covers nothing, and keeps the words', async () => {
    const hostile =
      '<script>fetch("http://127.0.0.1:9999/x")</script><p>hi</p><img src=x onerror=alert(1)><svg onload=alert(1)><a xlink:href="javascript:1">a</a></svg><a href=" java\tscript:alert(1)">click</a><a href="https://ok.test/" target=_self>ok</a><style>body{display:none}</style><div style="position:fixed;inset:0;z-index:9;background:url(http://127.0.0.1:9999/css);color:red">覆盖</div><form action="http://127.0.0.1:9999/"><input name=password><button>登录</button></form><video poster="http://127.0.0.1:9999/v"></video><link rel=prefetch href="http://127.0.0.1:9999/l"><img src="http://127.0.0.1:9999/px.gif"><base href="http://127.0.0.1:9999/"><meta http-equiv=refresh content="0;url=http://127.0.0.1:9999/">';
    const { id } = await bring(hostile);
    const answer = await page(id);
    const text = await answer.text();
    const policy = answer.headers.get('content-security-policy')!;
    assert.match(policy, /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/);
    assert.doesNotMatch(policy, /https: http:|script-src|allow-scripts|allow-same-origin/);
    assert.doesNotMatch(
      text,
      /<script|onerror|onload|javascript:|<form|<input|<button|position|z-index|<style|<video|<link|<base|refresh/i,
    );
    assert.match(text, /hi/);
    assert.match(text, /<a target="_blank" href="https:\/\/ok\.test\/" rel="noopener noreferrer">ok<\/a>/);
    assert.equal(text.match(/9999/g), null);
    assert.match(text, /color:red/);
  });

  it('M07 pictures of other servers load only by the link that says so, and one link is not the other', async () => {
    const { id } = await bring('<p>a</p><img src="http://px.test/px.gif" alt="像素">');
    assert.doesNotMatch(await (await page(id)).text(), /src="http:\/\/px\.test/);
    const offered = /<a href="([^"]+\?remote=1)" target="_self">/.exec(await (await page(id)).text())![1]!;
    assert.equal((await fetch(here(offered))).status, 200);
    const remote = await page(id, true);
    assert.match(await remote.text(), /src="http:\/\/px\.test\/px\.gif"/);
    assert.match(remote.headers.get('content-security-policy')!, /img-src data: \S+ https: http:/);
    assert.equal((await fetch(`${here(htmlUrl(world.config, id, world.clock.now()))}?remote=1`)).status, 404);
  });

  it('a big page is cleaned in a thread of its own', async () => {
    const { id } = await bring(
      `<p>start</p>${'<div style="position:fixed"><b>x</b></div>'.repeat(20_000)}<script>1</script>`,
    );
    const text = await (await page(id)).text();
    assert.match(text, /start/);
    assert.doesNotMatch(text, /position|<script/);
  });

  it('an agent’s answer has no page', async () => {
    const { thread_id } = await bring('<p>q</p>');
    await world.does(systemActor('test'), say, { id: thread_id, visibility: 'public', body: '<b>x</b>' });
    const { id } = await world.db.one(
      sql<{
        id: string;
      }>`select id from message where thread_id = ${thread_id}::uuid and author_kind = 'agent'`,
    );
    assert.equal((await page(id)).status, 404);
  });
});

describe('the pipe door over HTTP', () => {
  it('counts, and shows what was held to operators only', async () => {
    const admin = await tokenFor(await world.person('admin'));
    const { id: channelId } = await world.db.one(
      sql<{ id: string }>`select id from channel where key = 'mail'`,
    );
    const bring = (body: string | Uint8Array<ArrayBuffer>, as = admin) =>
      api(
        `/channels/${channelId}/inbound/email`,
        { method: 'POST', headers: { 'content-type': 'message/rfc822' }, body },
        as,
      );
    assert.deepEqual(
      await (await bring('From: door@cust.test\r\nMessage-ID: <door@cust.test>\r\n\r\nhi\r\n')).json(),
      { accepted: 1, duplicate: 0, quarantined: 0 },
    );
    assert.deepEqual(
      await (await bring('From: door@cust.test\r\nMessage-ID: <door@cust.test>\r\n\r\nhi\r\n')).json(),
      { accepted: 0, duplicate: 1, quarantined: 0 },
    );
    assert.equal((await bring('x', token)).status, 403);
    const big = await bring(new Uint8Array(26_400_000)).catch(() => undefined);
    if (big) assert.equal(big.status, 413);
    await bring('Subject: nobody\r\n\r\nhi\r\n');
    await world.centre.settle();
    const { items } = (await (await api('/quarantine', {}, admin)).json()) as {
      items: { id: string; cause: string; detail: string; state: string }[];
    };
    assert.deepEqual([items[0]!.cause, items[0]!.state], ['no_sender', 'held']);
    assert.equal((await api('/quarantine')).status, 403);
    const raw = await api(`/quarantine/${items[0]!.id}/raw`, {}, admin);
    assert.match(raw.headers.get('content-disposition')!, /^attachment/);
    assert.equal(await raw.text(), 'Subject: nobody\r\n\r\nhi\r\n');
    assert.equal(
      (
        await api(
          `/quarantine/${items[0]!.id}/release`,
          { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"再试"}' },
          admin,
        )
      ).status,
      200,
    );
    await world.centre.settle();
    const { n } = await world.db.one(
      sql<{
        n: number;
      }>`select count(*)::int as n from audit where action in ('email.read-raw', 'email.release')`,
    );
    assert.equal(n, 2);
  });
});

describe('names and types, pure', () => {
  it('a name keeps its extension and loses everything that could hurt', () => {
    assert.deepEqual(
      [
        '../../etc/passwd',
        'a\r\nSet-Cookie: x.txt',
        '.htaccess',
        '',
        '甲'.repeat(300) + '.pdf',
        'photo\u202egpj.exe',
      ].map(cleanName),
      ['passwd', 'aSet-Cookie_ x.txt', 'htaccess', 'file', `${'甲'.repeat(116)}.pdf`, 'photogpj.exe'],
    );
  });
  it('a header cannot be ended by a name', () => {
    for (const name of ['a"; x=y', 'a\r\nX: y', '百分%0d%0a', "o'neil*()", '\ud800.txt'])
      assert.match(
        contentDisposition('attachment', name),
        /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.!~%-]*$/,
        name,
      );
  });
  it('markup is never a type of its own', async () => {
    for (const text of ['<html>', '<?xml version="1.0"?><svg/>', '  <!DOCTYPE html>', '\ufeff<script>1'])
      assert.equal(await typeOf(Buffer.from(text), 'a.png'), 'application/octet-stream');
    assert.equal(await typeOf(Buffer.from('hello'), 'a.csv'), 'text/csv');
    assert.equal(await typeOf(png, 'a.html'), 'image/png');
  });
  it('an embedded picture is found by its content id', () =>
    assert.match(
      sanitise({
        html: '<img src="cid:a%40b">',
        remote: false,
        embedded: { 'a@b': 'https://files.test/f/1' },
      }),
      /src="https:\/\/files\.test\/f\/1"/,
    ));
});
