/** A clinic's booking from the first contact to the closed loop: booked, confirmed, told, reminded, come, called back. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import type { RoleKey } from '#contracts/permissions.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { becomes, dialogOf, launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';
import type { Watched } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let agent: Watched;
let head: Watched;
let customerId = '';
const password = 'correct horse battery';

before(async () => {
  // The day goes by in this story, so its clock is moved by hand.
  world = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
  ({ base } = await world.listen());
  browser = await launch();
  const manager = await world.person('manager', { name: '周经理', email: 'zhou@test.example' });
  const token = await world.token(manager);
  const answer = await fetch(`${base}/api/v1/playbooks/clinic/switch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ enabled: true }),
  });
  assert.equal(answer.status, 200);
  await world.centre.settle();
  const li = await world.person('agent', { groups: ['consult'], name: '李思', email: 'li@test.example' });
  // Roles and groups that the playbook brought.
  await world.person('store_head' as RoleKey, {
    groups: ['store_east'],
    name: '孙店长',
    email: 'sun@test.example',
  });
  ({ id: customerId } = await world.does(li, createCustomer, {
    kind: 'person',
    name: '张伟',
    phones: ['13911112222'],
  }));
  [agent, head] = (await Promise.all(
    ['li', 'sun'].map(async (name) => {
      const watched = await person(browser);
      await signIn(watched.page, base, `${name}@test.example`, password);
      return watched;
    }),
  )) as [Watched, Watched];
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

const stepOf = (page: Page, name: string): Locator =>
  page.locator('.step-now', { has: page.getByRole('heading', { name, exact: true }) });
const stateOf = (page: Page, name: string): Promise<void> =>
  page.locator('.rec-acts .zk-tag', { hasText: name }).waitFor();
const picture = async (page: Page, name: string) => {
  if (process.env.STORY_PICTURES)
    await page.screenshot({ path: `${process.env.STORY_PICTURES}/${name}.png` });
};
/** The store finds its step in 待办 and works on it in the drawer. */
const fromTasks = async (page: Page, name: string): Promise<Locator> => {
  await page.goto(`${base}/desk/tasks`);
  await page.locator('.task-item', { hasText: name }).locator('[data-task]').click();
  const step = stepOf(page, name);
  await step.waitFor();
  return step;
};

test(
  'a booking is registered whole from the customer, confirmed by the store in 待办, told, reminded, come, called back and closed; the customer sees where it stands (SD3u-03 SD3u-16 SD3u-17 SD3u-24)',
  { timeout: STORY_MS },
  async () => {
    // From the customer: name and customer are there already; what is missing is said at its field.
    const { page } = agent;
    await page.goto(`${base}/desk/customers/${customerId}`);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('menuitem', { name: '预约登记' }).click();
    const form = dialogOf(page, '新建预约登记');
    await form.getByLabel('客户姓名').waitFor();
    await becomes(() => form.getByLabel('客户姓名').inputValue(), '张伟');
    await form.getByRole('button', { name: '登记', exact: true }).click();
    for (const field of ['联系电话', '门店', '服务项目', '到店时间'])
      await form.locator('.ant-form-item', { hasText: field }).getByText('请填写').waitFor();
    await form.getByLabel('联系电话').fill('13911112222');
    await form.getByRole('radio', { name: '城东门店' }).check();
    await form.getByRole('radio', { name: '调理' }).check();
    await form.getByLabel('到店时间').fill('2026-03-05 14:00');
    await form.getByLabel('到店时间').press('Enter');
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await form.waitFor({ state: 'hidden' });
    const card = page.locator('.rec-cards li', { hasText: 'YY20260305001' });
    await card.getByText('待确认').waitFor();
    await card.getByText('2026-03-05 14:00 · 城东门店 · 调理').waitFor();

    // In the list of its store on its day; another day has none.
    await page.keyboard.press('Escape');
    await page.goto(`${base}/desk/records/appointment?from=2026-03-05&to=2026-03-05&where=store:store_east`);
    await page.locator('[data-row]', { hasText: 'YY20260305001' }).waitFor();
    await page.goto(`${base}/desk/records/appointment?from=2026-03-06&to=2026-03-06`);
    await page.getByText('没有符合条件的记录').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await page.getByRole('grid').press('Enter');
    await stateOf(page, '待确认');
    // Confirming is not hers: the way is shown with its reason.
    await page.getByRole('button', { name: '变更状态' }).click();
    await page
      .locator('.ant-dropdown-menu-item-disabled', { hasText: '门店确认' })
      .getByText('需要相应的角色')
      .waitFor();
    await page.keyboard.press('Escape');
    await picture(page, 'clinic-asked');

    // 门店确认 in 待办; the agent's page follows without a reload.
    const confirm = await fromTasks(head.page, '门店确认预约');
    // What is to be confirmed stands below the step.
    const drawer = head.page.locator('.ant-drawer');
    await drawer.getByText('2026-03-05 14:00').waitFor();
    await drawer.getByText('139****2222').waitFor();
    await confirm.getByRole('button', { name: '确认接待' }).click();
    await stateOf(page, '门店已确认');
    await stepOf(page, '告知客户预约成功').getByRole('button', { name: '已告知（电话或短信）' }).click();
    await stateOf(page, '已通知');
    await stepOf(page, '提醒并确认到店时间').getByRole('button', { name: '按时到店' }).click();
    await stateOf(page, '已提醒');

    // The customer looks it up: a wrong proof shows nothing.
    const customer = await person(browser, { width: 390, height: 844 });
    await customer.page.goto(`${base}/portal/`);
    await customer.page.getByRole('button', { name: '业务查询' }).click();
    await customer.page.getByLabel('业务编号').fill('yy20260305001');
    await customer.page.getByLabel('登记电话后四位').fill('0000');
    await customer.page.getByRole('button', { name: '查询', exact: true }).click();
    await customer.page.getByText('没有查到').waitFor();
    assert.equal(await customer.page.getByText('城东门店').count(), 0);
    await customer.page.getByLabel('登记电话后四位').fill('2222');
    await customer.page.getByRole('button', { name: '查询', exact: true }).click();
    await customer.page.locator('.status', { hasText: '已提醒' }).waitFor();
    await customer.page.getByText('2026-03-05 14:00').waitFor();
    await customer.page.getByRole('button', { name: 'English' }).click();
    await customer.page.locator('.status', { hasText: 'Reminded' }).waitFor();
    await customer.page.getByText('East store').waitFor();
    await picture(customer.page, 'clinic-look-up');

    // Half past two: did the customer come? Then the store calls back, and the loop is closed.
    await world.until('2026-03-05T14:31:00+08:00');
    const arrival = await fromTasks(head.page, '核对是否到店');
    await arrival.getByRole('button', { name: '到店成交' }).click();
    await stateOf(page, '到店成交');
    const back = await fromTasks(head.page, '门店回访');
    await back.getByRole('radio', { name: '是' }).check();
    await back.getByRole('button', { name: '已联系上' }).click();
    await page
      .locator('.steps-ended', { hasText: '连锁门店预约' })
      .getByText(/已完成/)
      .waitFor();
    await page.locator('.rec-history li', { hasText: '变为“到店成交”' }).waitFor();
    await picture(page, 'clinic-closed');
    const said = [...agent.complaints, ...head.complaints, ...customer.complaints];
    assert.deepEqual(said, []);
  },
);
