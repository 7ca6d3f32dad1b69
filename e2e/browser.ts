/** A real browser for the stories; pages fail the story when the page's policy or a script complains. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { SuiteContext, TestContext } from 'node:test';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page, Frame, Locator } from 'playwright-core';

/** Long enough for a machine that is busy with something else; a story takes 2–20 s on two quiet cores. */
export const STORY_MS = 180_000;
/** The same for one step of it. */
const STEP_MS = 20_000;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: flags });

export type Watched = { context: BrowserContext; page: Page; complaints: string[] };

/**
 * A person's own browser: own cookies, Chinese, Shanghai. Some ask their system for less motion, which is most of the
 * stories here; the two of the promise are told by people whose menus and dialogs move.
 */
export const person = async (
  browser: Browser,
  { width = 1440, height = 900, scheme = 'light' as 'light' | 'dark', moving = false } = {},
): Promise<Watched> => {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
    reducedMotion: moving ? 'no-preference' : 'reduce',
  });
  context.setDefaultTimeout(STEP_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404)/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const watched = { context, page, complaints };
  watching.push(watched);
  return watched;
};

const watching: Watched[] = [];

/** What is shown, what is typed, and where the caret is. */
const standing = (): string => {
  const typed = [...document.querySelectorAll('input, textarea')].map(
    (box) => (box as HTMLInputElement).value,
  );
  const at = document.activeElement;
  return `${document.body.innerText}\n‹${typed.filter(Boolean).join('› ‹')}› @${at?.tagName} ${at?.getAttribute('aria-label') ?? ''}`;
};

/** After each story: what stood before everybody when it failed, for whoever only has the log of a far machine. */
export const tellWhatStood = async (story: TestContext | SuiteContext): Promise<void> => {
  const failed = 'error' in story && story.error !== null && story.error !== undefined;
  for (const { context, complaints } of watching) {
    if (!failed) continue;
    for (const page of context.pages()) {
      const words = await Promise.all(page.frames().map((frame) => frame.evaluate(standing).catch(String)));
      console.error(`— ${page.url()}\n${words.join('\n— frame\n').replaceAll(/\s*\n+/g, ' ¶ ')}`);
    }
    if (complaints.length > 0) console.error(complaints.join('\n'));
  }
};

export const signIn = async (page: Page, base: string, email: string, password: string): Promise<void> => {
  await page.goto(`${base}/desk/`);
  await page.getByLabel('邮箱').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('工作台').first().waitFor();
};

/** Opens the chat on a page with the widget, as a visitor does. */
export const openChat = async (page: Page, base: string): Promise<Frame> => {
  await page.goto(`${base}/widget/demo.html`);
  await page.waitForFunction(() => 'Zhike' in window);
  await page.evaluate(() => (window as unknown as { Zhike: { open(): void } }).Zhike.open());
  for (;;) {
    const frame = page.frames().find((candidate) => candidate.url().includes('frame.html'));
    if (frame) {
      await frame.getByLabel('请描述您的问题').waitFor();
      return frame;
    }
    await page.waitForTimeout(50);
  }
};

export const write = async (frame: Frame, words: string): Promise<void> => {
  await frame.getByLabel('请描述您的问题').fill(words);
  await frame.getByLabel('请描述您的问题').press('Enter');
};

/** Does a verb of the open ticket or conversation: its button when it stands there, otherwise out of the menu 更多. */
export const verb = async (page: Page, name: string): Promise<void> => {
  const button = page.locator('.desk-verbs').getByRole('button', { name, exact: true });
  if ((await button.count()) > 0) return button.click();
  await page
    .locator('.desk-verbs')
    .getByRole('button', { name: /更多/ })
    .click();
  await page.getByRole('menuitem', { name }).first().click();
};

/** Whether it comes within a few seconds. */
export const isShown = (what: Locator): Promise<boolean> =>
  what.waitFor({ timeout: STEP_MS / 4 }).then(
    () => true,
    () => false,
  );

/** Does a verb that asks: its dialog. A menu that is drawn anew under the pointer swallows a press; people press again. */
export const asks = async (page: Page, name: string, title = name): Promise<Locator> => {
  const dialog = dialogOf(page, title);
  for (let tries = 0; tries < 4; tries++) {
    await verb(page, name);
    if (await isShown(dialog)) break;
  }
  return dialog;
};

/** The dialog that is open now; its title is what was asked for. */
export const dialogOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title });

/** Chooses from an antd Select of a form by its label, the option that contains `text`. */
export const choose = async (where: Locator, label: string, text: string): Promise<void> => {
  const box = where
    .getByLabel(new RegExp(`^${label}( ?（可选）)?$`))
    .and(where.page().locator('[role=combobox]'));
  // A dialog that has just come gives its first field the focus, and a list that was opened before that is shut again.
  await eventually(`the list of ${label} is open`, async () => {
    if ((await box.getAttribute('aria-expanded')) === 'true') return true;
    await box.click();
    return false;
  });
  // Lists of other boxes may still be fading: only the one that belongs to this box counts.
  const list = where.page().locator('.ant-select-dropdown', {
    has: where.page().locator(`[id="${await box.getAttribute('aria-controls')}"]`),
  });
  await list.locator('.ant-select-item-option', { hasText: text }).first().click();
};

/** Waits until something outside the page is so. */
export const eventually = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + STEP_MS;
  while (Date.now() < end) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never: ${what}`);
};

/** Waits until what is read is what is wanted, or fits it: what a page shows settles, and never at once. */
export const becomes = async <T>(read: () => Promise<T>, wanted: NoInfer<T> | RegExp): Promise<void> => {
  const end = Date.now() + STEP_MS;
  const fits = (found: T) =>
    wanted instanceof RegExp ? wanted.test(String(found)) : isDeepStrictEqual(found, wanted);
  let found = await read();
  while (!fits(found) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    found = await read();
  }
  if (wanted instanceof RegExp) assert.match(String(found), wanted);
  else assert.deepEqual(found, wanted);
};
