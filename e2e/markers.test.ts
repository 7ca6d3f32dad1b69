/** P04: whatever people write into any field stands there as text: on screens, in lists, on the progress page. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { openTicket, startTicket, writeMessage } from '#modules/tickets/index.ts';
import { launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';

const marker = '<img src=x data-m=M123 onerror="window.hit=1">{{7*7}}';
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

test(
  'P04 a marker in every field is shown literally on every screen and never runs',
  { timeout: STORY_MS },
  async () => {
    const admin = await world.person('admin', {
      groups: ['tech'],
      name: `员${marker}`,
      email: 'admin@test.example',
    });
    const customer = await world.does(admin, createCustomer, {
      kind: 'company',
      name: marker,
      contactName: marker.slice(0, 60),
      company: marker,
      tags: [marker.slice(0, 30)],
      remark: marker,
      serviceHint: marker,
      phones: ['13911112222'],
      fields: { note: marker },
    });
    const { id, number } = await world.does(admin, openTicket, {
      customerId: customer.id,
      channel: 'phone',
      category: 'tech.fault',
      urgency: 'high',
      impact: 'single',
      subject: marker,
      description: marker,
      assigneeId: admin.id,
      fields: { note: marker },
    });
    await world.does(admin, startTicket, { id });
    await world.does(admin, writeMessage, { id, visibility: 'public', body: marker });
    await world.does(admin, writeMessage, { id, visibility: 'internal', body: marker });
    const { page, complaints } = await person(browser);
    await signIn(page, base, 'admin@test.example', 'correct horse battery');
    const clean = async (where: string, shows = true) => {
      await page.waitForTimeout(700);
      assert.equal(await page.locator('[data-m]').count(), 0, where);
      const text = await page.locator('body').innerText();
      assert.equal(await page.evaluate(() => 'hit' in window), false, where);
      if (shows)
        assert.ok(text.includes('{{7*7}}') || text.includes('<img src=x'), `${where} shows the text itself`);
    };
    for (const path of [
      `/desk/tickets/${id}`,
      '/desk/tickets?view=open',
      '/desk/customers',
      `/desk/customers/${customer.id}`,
      '/desk/floor',
      '/desk/settings/users',
    ]) {
      await page.goto(`${base}${path}`);
      await clean(path, !path.includes('settings'));
    }
    await page.goto(`${base}/portal/progress#${number}`);
    await page.getByLabel('登记电话后四位').fill('2222');
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('处理进度').waitFor();
    await clean('progress');
    assert.deepEqual(complaints, []);
  },
);
