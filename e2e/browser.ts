/** A real browser for the stories; pages fail the story when the page's policy or a script complains. */
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page, Frame } from 'playwright-core';

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

/** A person's own browser: own cookies, Chinese, Shanghai. */
export const person = async (
  browser: Browser,
  { width = 1440, height = 900, scheme = 'light' as 'light' | 'dark' } = {},
): Promise<Watched> => {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: scheme,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404)/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { context, page, complaints };
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
