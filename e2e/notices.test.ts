/** The desk is heard and seen from another window, and steered by one's own keys. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Actor } from '#kernel/actor.ts';
import { openTicket, urgeTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { becomes, eventually, launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let lisi: Actor;
let wang: Actor;
const password = 'correct horse battery';
before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  lisi = await world.person('agent', { groups: ['tech'], name: '李思', email: 'lisi@test.example' });
  wang = await world.person('supervisor', { groups: ['tech'], name: '王芳', email: 'wang@test.example' });
  browser = await launch();
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

type Seen = { notes: { title: string; body: string; tag: string }[]; tones: number; away: boolean };
/** A browser whose notes and tones are written down, and whose window can be left and come back to. */
const watched = (context: BrowserContext, permission: NotificationPermission) =>
  context.addInitScript((first) => {
    const seen: Seen = { notes: [], tones: 0, away: false };
    Object.assign(window, { seen });
    Object.defineProperty(document, 'visibilityState', { get: () => (seen.away ? 'hidden' : 'visible') });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function count(at?: number) {
      seen.tones += 1;
      start.call(this, at);
    };
    class Note extends EventTarget {
      static permission = first;
      static requestPermission = () => Promise.resolve((Note.permission = 'granted'));
      constructor(title: string, { body = '', tag = '' }: NotificationOptions) {
        super();
        seen.notes.push({ title, body, tag });
      }
      close() {
        this.dispatchEvent(new Event('close'));
      }
    }
    Object.assign(window, { Notification: Note });
  }, permission);
const seenBy = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen);
const leave = (page: Page, away: boolean) =>
  page.evaluate((gone) => {
    (window as unknown as { seen: Seen }).seen.away = gone;
    document.dispatchEvent(new Event('visibilitychange'));
  }, away);
const icon = (page: Page) => page.locator('link[rel=icon]').getAttribute('href');
const opened = (subject: string) =>
  world.does(wang, openTicket, {
    customer: { kind: 'person', name: '张伟', phones: ['13911112222'] },
    channel: 'phone',
    category: 'consult.guide',
    urgency: 'medium',
    impact: 'single',
    subject,
    description: subject,
    assigneeId: lisi.id,
  });

test(
  'notes are asked for, previewed, shown while one looks elsewhere, and told once on return',
  {
    timeout: STORY_MS,
  },
  async () => {
    const { context, page, complaints } = await person(browser);
    await watched(context, 'default');
    await signIn(page, base, 'lisi@test.example', password);
    await page.goto(`${base}/desk/settings/preferences`);
    const toggle = page.getByRole('switch', { name: '桌面通知' });
    await becomes(() => toggle.getAttribute('aria-checked'), 'false');
    await page.getByText('浏览器会询问是否允许').waitFor();
    await toggle.click();
    await page.getByText('新会话和通知会显示在桌面上').waitFor();
    await page.getByRole('button', { name: '预览' }).click();
    await becomes(async () => (await seenBy(page)).notes[0]?.title, '知客 · 预览');

    // The sound is as loud as one wants, and silent at nought.
    await page.getByRole('button', { name: '试听：新会话' }).click();
    await eventually('four tones', async () => (await seenBy(page)).tones === 4);
    await page.getByRole('slider').focus();
    await page.keyboard.press('Home');
    await page.getByText('静音').waitFor();
    await becomes(() => page.getByRole('button', { name: '试听：新会话' }).isDisabled(), true);
    await page.keyboard.press('End');

    const plain = await icon(page);
    await leave(page, true);
    const { id } = await opened('洗衣机漏水');
    await eventually('a note beside the browser', async () => (await seenBy(page)).notes.length === 2);
    const note = (await seenBy(page)).notes[1]!;
    assert.equal(note.title, '工单已分派给您');
    assert.match(note.body, /洗衣机漏水/);
    await eventually('the number stands in the title', async () => (await page.title()).startsWith('(1) '));
    await becomes(async () => await icon(page), /^data:image\/svg/);
    await world.does(wang, urgeTicket, { id });
    await eventually('the second is told too', async () => (await seenBy(page)).notes.length === 3);
    const { tag } = (await seenBy(page)).notes[2]!;
    assert.equal(tag, note.tag, 'one case, one place');

    await leave(page, false);
    await page.getByText('您离开期间有 2 条新通知').waitFor();
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByRole('dialog', { name: '通知' }).getByText('客户催单').waitFor();
    await page.getByRole('button', { name: '全部已读' }).click();
    await eventually('the title is plain again', async () => !(await page.title()).startsWith('('));
    await eventually(
      'so is the icon',
      async () => new URL((await icon(page))!, base).pathname === new URL(plain!, base).pathname,
    );

    // Coming back later replays nothing: what is there is a number.
    await opened('油烟机异响');
    await eventually('one more', async () => (await page.title()).startsWith('(1) '));
    const before = (await seenBy(page)).notes.length;
    await page.reload();
    await eventually('still one', async () => (await page.title()).startsWith('(1) '));
    await becomes(async () => [(await seenBy(page)).notes.length, before], [0, 3]);
    assert.deepEqual(complaints, []);
  },
);

test('a browser that blocks notes is told of, with the way out', { timeout: STORY_MS }, async () => {
  const { context, page } = await person(browser);
  await watched(context, 'denied');
  await signIn(page, base, 'wang@test.example', password);
  await page.goto(`${base}/desk/settings/preferences`);
  await page.getByText('浏览器拦截了本站的通知').waitFor();
  await becomes(() => page.getByRole('switch', { name: '桌面通知' }).isDisabled(), true);
});

test(
  'keys: a sheet, one’s own keys on every device, a warning, and a switch for single keys',
  {
    timeout: STORY_MS,
  },
  async () => {
    const { page, complaints } = await person(browser);
    const { id } = await opened('冰箱不制冷');
    await signIn(page, base, 'lisi@test.example', password);
    await page.goto(`${base}/desk/tickets/${id}?view=open`);
    await page.locator('.desk-verbs').waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: '键盘快捷键' });
    for (const text of [
      '回复客户',
      '内部备注',
      '改变状态（全部操作）',
      '复制工单号',
      '发送并继续下一步',
      '前往',
    ])
      await sheet.getByText(text, { exact: true }).first().waitFor();
    await sheet.getByRole('link', { name: '修改快捷键' }).click();

    const row = page.locator('.set-keys li', { hasText: '内部备注' }).last();
    await row.getByRole('button', { name: '修改「内部备注」的快捷键' }).click();
    await page.keyboard.press('r');
    await row.getByText('与「回复客户」相同').waitFor();
    await row.getByRole('button', { name: '修改「内部备注」的快捷键' }).click();
    await page.keyboard.press('y');
    await row.getByText('与「回复客户」相同').waitFor({ state: 'hidden' });
    await row.getByText('Y', { exact: true }).waitFor();

    // Another device of the same person knows it.
    const other = await person(browser);
    await signIn(other.page, base, 'lisi@test.example', password);
    await other.page.goto(`${base}/desk/tickets/${id}?view=open`);
    await other.page.locator('.desk-verbs').waitFor();
    const note = other.page.getByPlaceholder(/只有同事能看到/);
    await other.page.keyboard.press('n');
    await becomes(() => note.count(), 0);
    await other.page.keyboard.press('y');
    await note.waitFor();
    await other.page.keyboard.press('Escape');
    await other.page.keyboard.press('s');
    await other.page
      .getByRole('menuitem', { name: /挂起|分派/ })
      .first()
      .waitFor();
    await other.page.keyboard.press('Escape');

    await page.getByRole('switch', { name: '单键快捷键' }).click();
    await page.goto(`${base}/desk/tickets/${id}?view=open`);
    await page.locator('.desk-verbs').waitFor();
    await page.keyboard.press('p');
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole('dialog').count(), 0, 'single keys are off');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '命令' }).waitFor();
    assert.deepEqual([...complaints, ...other.complaints], []);
  },
);

test('a list is walked and chosen from by keys', { timeout: STORY_MS }, async () => {
  const { page, complaints } = await person(browser);
  for (const subject of ['甲', '乙', '丙']) await opened(`列表 ${subject}`);
  await signIn(page, base, 'lisi@test.example', password);
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.locator('.zk-table tbody tr[data-row]').nth(2).waitFor();
  const current = () => page.locator('tr[data-current=true]').getAttribute('aria-rowindex');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await becomes(() => current(), '2');
  await page.keyboard.press('x');
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await becomes(() => page.locator('tr[data-row][aria-selected=true]').count(), 2);
  await page.keyboard.press('Enter');
  await page.locator('.desk-verbs').waitFor();
  const first = page.url();
  await page.keyboard.press(']');
  await eventually('the next one', async () => page.url() !== first);
  await page.keyboard.press('[');
  await eventually('the one before', async () => page.url() === first);
  assert.deepEqual(complaints, []);
});
