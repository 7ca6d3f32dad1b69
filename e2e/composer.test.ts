/** The box for writing: ready words, colleagues and tickets by a sign, also while Chinese is being composed. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Actor } from '#kernel/actor.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { becomes, eventually, launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let lisi: Actor;
const password = 'correct horse battery';
before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  lisi = await world.person('agent', { groups: ['tech'], name: '李思', email: 'lisi@test.example' });
  await world.person('supervisor', { groups: ['tech'], name: '王芳', email: 'wang@test.example' });
  await world.person('admin', { name: '周管', email: 'zhou@test.example' });
  browser = await launch();
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

const opened = (subject: string) =>
  world.does(lisi, openTicket, {
    customer: { kind: 'person', name: '张伟', phones: ['13911112222'] },
    channel: 'phone',
    category: 'tech.fault',
    urgency: 'medium',
    impact: 'single',
    subject,
    description: subject,
    assigneeId: lisi.id,
  });

test(
  'a sign brings up ready words, colleagues and tickets; a mentioned colleague is told',
  {
    timeout: STORY_MS,
  },
  async () => {
    const [ticket, other] = [await opened('洗衣机漏水'), await opened('油烟机异响')];
    const colleague = await person(browser);
    await signIn(colleague.page, base, 'wang@test.example', password);
    const { page, complaints } = await person(browser);
    await signIn(page, base, 'lisi@test.example', password);
    await page.goto(`${base}/desk/tickets/${ticket.id}`);
    const menu = page.locator('.zk-composer-menu');
    const reply = page.getByPlaceholder(/写给客户/);
    await reply.waitFor();

    // Nothing there yet: the menu says how something gets there. A template of the chat is a ready word.
    await reply.pressSequentially('/');
    await menu.getByText('还没有快捷回复').waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    await becomes(() => reply.inputValue(), '/');
    await reply.fill('');
    const admin = await person(browser);
    await signIn(admin.page, base, 'zhou@test.example', password);
    const settings = (await (await admin.context.request.get(`${base}/api/v1/settings`)).json()) as {
      items: { key: string; value: { items: object[] }; version: number }[];
    };
    const { value, version } = settings.items.find(({ key }) => key === 'templates')!;
    const ready = (key: string, zhSubject: string, zhBody: string) => ({
      key,
      channel: 'webchat',
      zhSubject,
      zhBody,
      enSubject: key,
      enBody: key,
    });
    const put = await admin.context.request.put(`${base}/api/v1/settings/templates`, {
      data: {
        value: {
          items: [
            ...value.items,
            ready('hello', '问候', '{{ customer.name }}您好，我是{{ centre.company }}的{{ agent.name }}。'),
            ready('bye', '结束语', '感谢您的来电，编号 {{ ticket.number }}，再见。'),
          ],
        },
        version,
      },
      headers: { origin: base },
    });
    assert.equal(put.status(), 200, await put.text());
    await page.reload();
    await reply.pressSequentially('/');
    await menu.getByRole('option').nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually('the words stand there', async () =>
      (await reply.inputValue()).includes(`编号 ${ticket.number}，再见。`),
    );
    await reply.fill('');
    // Enter at once, before the menu could answer: it chooses what was meant, and sends nothing.
    await reply.pressSequentially('/问候');
    await page.keyboard.press('Enter');
    await eventually('with the names in them', async () =>
      /^张伟您好，我是.+的李思。$/.test(await reply.inputValue()),
    );

    // A date and a mail address ask for nothing.
    await reply.fill('');
    await reply.pressSequentially('11/18 请回复 a@b.cn ');
    await becomes(() => menu.count(), 0);
    await reply.pressSequentially('@');
    await becomes(() => menu.count(), 0);
    await reply.fill('');

    await page.getByRole('tab', { name: '内部备注' }).click();
    const note = page.getByPlaceholder(/只有同事能看到/);
    await note.pressSequentially('@');
    await menu.getByRole('option', { name: /王芳/ }).waitFor();

    // Chinese is being composed: Enter belongs to the input method; nothing is chosen or sent.
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Input.imeSetComposition', { text: 'wang', selectionStart: 4, selectionEnd: 4 });
    await devtools.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    await becomes(() => note.inputValue(), /^@wang$/);
    await devtools.send('Input.insertText', { text: '王' });
    await eventually('only she is left', async () =>
      /^王芳[^,]*$/.test((await menu.getByRole('option').allTextContents()).join()),
    );
    await page.keyboard.press('Enter');
    await eventually('the name stands there', async () => (await note.inputValue()) === '@王芳 ');

    await note.pressSequentially('请看#');
    await menu.getByText('接着输入工单号').waitFor();
    await note.pressSequentially('油烟机');
    await menu.getByRole('option', { name: new RegExp(other.number) }).click();
    await eventually('the number stands there', async () =>
      (await note.inputValue()).endsWith(`请看${other.number} `),
    );
    await page.keyboard.press('Control+Enter');
    await page.getByText(`@王芳 请看${other.number}`).waitFor();

    await colleague.page.getByRole('button', { name: /通知，[1-9]\d* 条未读/ }).click();
    await colleague.page.getByRole('dialog', { name: '通知' }).getByText('同事在备注中提到您').click();
    await colleague.page.locator('.zk-pane-head', { hasText: '洗衣机漏水' }).waitFor();
    assert.deepEqual([...complaints, ...colleague.complaints, ...admin.complaints], []);
  },
);
