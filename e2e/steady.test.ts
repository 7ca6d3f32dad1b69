/** What opens stands still: a press that begins on a button ends on it, however busy the machine. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { createCustomer } from '#modules/customers/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let page: Page;
let ticketId = '';

before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  const wang = await world.person('supervisor', {
    groups: ['consult', 'tech'],
    name: '王芳',
    email: 'wang@test.example',
  });
  const { id: customerId } = await world.does(wang, createCustomer, { kind: 'person', name: '张伟' });
  ticketId = (
    await world.does(wang, openTicket, {
      customerId,
      channel: 'phone',
      category: 'tech.fault',
      urgency: 'medium',
      impact: 'single',
      subject: '洗衣机脱水时异响',
      description: '从昨晚开始',
    })
  ).id;
  browser = await launch();
  ({ page } = await person(browser, { moving: true }));
  await signIn(page, base, 'wang@test.example', 'correct horse battery');
  await page.goto(`${base}/desk/tickets/${ticketId}`);
  await page
    .locator('.desk-verbs')
    .getByRole('button', { name: /更多/ })
    .waitFor();
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

/** Presses `opener` and tells every place at which `part` was drawn on the screen until all motion was over. */
const places = (opener: Locator, part: string): Promise<string[]> =>
  opener.evaluate(async (button: HTMLElement, shown) => {
    const seen = new Set<string>();
    button.click();
    for (const end = performance.now() + 1500; performance.now() < end;) {
      await new Promise(requestAnimationFrame);
      const box = document.querySelector(shown)?.getBoundingClientRect();
      // Menus are measured far outside the screen before they are shown.
      if (box && box.width > 0 && box.left > -innerWidth && box.top > -innerHeight)
        seen.add([box.left, box.top, box.width, box.height].map(Math.round).join(' '));
    }
    return [...seen];
  }, part);

for (const [what, name, part] of [
  ['a dialog', '分派/转派', '.ant-modal button[type=submit]'],
  ['a menu', /更多/, '.ant-dropdown-menu-item'],
  ['a drawer', /^通知/, '.ant-drawer-section'],
] as const)
  test(`${what} is drawn where it stays, from its first frame on`, { timeout: STORY_MS }, async () => {
    const seen = await places(page.getByRole('button', { name }).first(), part);
    assert.equal(seen.length, 1, seen.join(' → '));
    await page.keyboard.press('Escape');
    await page.locator(part).first().waitFor({ state: 'hidden' });
  });
