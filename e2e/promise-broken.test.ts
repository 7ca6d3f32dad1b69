/** The other story: a mail nobody answers warns, breaches and escalates, and the supervisor sees it without a reload. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { createToken } from '#modules/identity/index.ts';
import { launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  browser = await launch();
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

const mail = [
  'From: =?UTF-8?B?6ZKx5aSa5aSa?= <qian@customer.example>',
  'To: service@xinghe.example',
  'Subject: =?UTF-8?B?5Y+R56Wo5LiA55u05rKh5pyJ5pS25Yiw?=',
  'Message-ID: <one@customer.example>',
  'Date: Sun, 22 Nov 2026 10:00:00 +0800',
  'MIME-Version: 1.0',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>您好，<b>发票</b>一直没有收到。</p><script>document.title="hacked"</script><img src=x onerror="document.title=1"><style>body{display:none}</style>',
  '',
].join('\r\n');

test(
  'a mail by the pipe door becomes a pool ticket, warns, breaches and climbs before the supervisor’s eyes (SD1-05 SD2-19)',
  { timeout: STORY_MS },
  async () => {
    const admin = await world.person('admin');
    await world.person('supervisor', { groups: ['consult'], email: 'wang@test.example', name: '王芳' });
    const token = `zk_${world.centre.ids.secret(32)}`;
    await send(world.centre, createToken, { userId: admin.id, name: 'pipe', token }, systemActor('test'));
    const api = (method: string, path: string, body?: unknown, type = 'application/json') =>
      fetch(`${base}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      });

    // The promise is four seconds for this story: warned at half of it, raised three seconds after.
    const table = (await (await api('GET', '/policies')).json()) as { items: Record<string, unknown>[] };
    const items = table.items.map(({ sentence: _sentence, ...row }) =>
      row.kind === 'first_reply'
        ? {
            ...row,
            value: 4 / 60,
            unit: 'wall',
            warnAt: 0.5,
            ladder: [{ afterMinutes: 0.05, notify: 'supervisor', raiseLevel: true }],
          }
        : row,
    );
    const published = await api('PUT', '/policies', { items, note: '演示用的短时限' });
    assert.equal(published.status, 200, await published.text());
    await new Promise((resolve) => setTimeout(resolve, 2500));

    const supervisor = await person(browser, { moving: true });
    await signIn(supervisor.page, base, 'wang@test.example', 'correct horse battery');
    await supervisor.page.goto(`${base}/desk/floor`);
    await supervisor.page.getByText('没有超时').first().waitFor();

    const channels = (await (await api('GET', '/channels')).json()) as {
      items: { id: string; key: string }[];
    };
    const door = `/channels/${channels.items.find(({ key }) => key === 'mail')!.id}/inbound/email`;
    assert.deepEqual(await (await api('POST', door, mail, 'message/rfc822')).json(), {
      accepted: 1,
      duplicate: 0,
      quarantined: 0,
    });
    assert.deepEqual(await (await api('POST', door, mail, 'message/rfc822')).json(), {
      accepted: 0,
      duplicate: 1,
      quarantined: 0,
    });

    await supervisor.page.getByText('发票一直没有收到').first().waitFor();
    await supervisor.page
      .locator('[role=row], tr', { hasText: /发票一直没有收到.*首次人工回复.*超时/ })
      .first()
      .waitFor({ timeout: 20_000 });
    await supervisor.page.getByText('1 级').first().waitFor({ timeout: 20_000 });
    if (process.env.STORY_PICTURES)
      await supervisor.page.screenshot({ path: `${process.env.STORY_PICTURES}/breach.png` });
    const { items: tickets } = (await (await api('GET', '/tickets?view=breached')).json()) as {
      items: { id: string; status: string; escalationLevel: number }[];
    };
    assert.deepEqual(
      tickets.map(({ status, escalationLevel }) => [status, escalationLevel]),
      [['pooled', 1]],
    );

    // P01, P02: the mail is shown in a sandbox of another origin; nothing of it runs, nothing of it leaves its frame.
    await supervisor.page.goto(`${base}/desk/tickets/${tickets[0]!.id}`);
    const frame = supervisor.page.frameLocator('iframe').first();
    await frame.getByText('发票', { exact: true }).waitFor();
    const shown = supervisor.page
      .frames()
      .find((candidate) => candidate.url().startsWith(world.config.filesUrl))!;
    assert.notEqual(new URL(shown.url()).origin, base);
    assert.equal(await supervisor.page.title().then((title) => /hacked|^1$/.test(title)), false);
    assert.equal(
      await supervisor.page
        .locator('iframe')
        .first()
        .getAttribute('sandbox')
        .then((value) => value !== null && !/allow-scripts|allow-same-origin/.test(value)),
      true,
    );
    assert.deepEqual(
      supervisor.complaints.filter((text) => !text.includes('sandboxed')),
      [],
    );
  },
);
