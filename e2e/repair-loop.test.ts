/** A repair from the first call to the closed loop by three people; then a limit and the words are changed on the screen. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { RunView } from '#contracts/routes/playbooks.ts';
import { sql } from '#kernel/sql.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { becomes, dialogOf, eventually, launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';
import type { Watched } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
const password = 'correct horse battery';

const watched = async (name: string): Promise<Watched> => {
  const one = await person(browser);
  await signIn(one.page, base, `${name}@test.example`, password);
  return one;
};
/** The open step beside the case, by its name. */
const stepOf = (page: Page, name: string): Locator =>
  page.locator('.step-now', { has: page.getByRole('heading', { name, exact: true }) });
const newCase = async (subject: string) => {
  const agent = await world.person('agent', { groups: ['consult'], name: '李思' });
  const { id } = await world.does(agent, openTicket, {
    customer: { kind: 'person', name: '张伟', phones: ['13911112222'] },
    channel: 'phone',
    category: 'consult.guide',
    urgency: 'medium',
    impact: 'single',
    subject,
    description: '客户来电报修',
  });
  return id;
};
const runsOf = async (page: Page, query: string): Promise<RunView[]> =>
  ((await (await page.context().request.get(`${base}/api/v1/runs?${query}`)).json()) as { items: RunView[] })
    .items;

/** 启动流程, the form, the way of service: what the agent does on the phone. */
const dispatch = async (page: Page, id: string) => {
  await page.goto(`${base}/desk/tickets/${id}`);
  await page.getByRole('button', { name: '启动流程' }).first().click();
  const start = dialogOf(page, '启动流程');
  await start.getByText('技术支持与派单').click();
  await start.getByRole('button', { name: '启动流程' }).click();
  await start.waitFor({ state: 'hidden' });
  const register = stepOf(page, '登记客户、产品、故障和保修');
  await register.getByLabel('联系电话').fill('13911112222');
  await register.getByLabel('地址').fill('山东省济南市建设路 8 号');
  await register.getByLabel('产品型号').fill('KF-35');
  await register.getByLabel('故障现象').fill('不制冷');
  await register.getByRole('button', { name: '完成「登记客户、产品、故障和保修」' }).click();
  const choose = stepOf(page, '与客户确定服务方式');
  await choose.getByText('送修、上门、寄修、电话应答').waitFor();
  await choose.getByRole('button', { name: '上门', exact: true }).click();
  await page.locator('.step-line [data-state=waiting]', { hasText: '等现场或维修中心完成' }).waitFor();
};

before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  browser = await launch();
  await world.person('agent', { groups: ['consult'], name: '李思', email: 'li@test.example' });
  await world.person('manager', { name: '周经理', email: 'zhou@test.example' });
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

test(
  'a repair is switched on, registered, dispatched, visited and told back to the customer (SD3i-08 SD3i-13 SD3s-01)',
  { timeout: STORY_MS },
  async () => {
    const zhou = await watched('zhou');
    await zhou.page.goto(`${base}/desk/playbooks`);
    await zhou.page.getByRole('switch', { name: '启用“技术支持与派单”' }).click();
    // What it needs is switched on with it.
    await eventually(
      'the repair itself is on',
      async () =>
        (await zhou.page.getByRole('switch', { name: '启用“产品维修”' }).getAttribute('aria-checked')) ===
        'true',
    );
    await world.person('technician' as never, {
      groups: ['technician'],
      name: '赵师傅',
      email: 'zhao@test.example',
    });

    const [li, zhao] = [await watched('li'), await watched('zhao')];
    const id = await newCase('空调不制冷');
    await dispatch(li.page, id);

    // The technician’s 待办: the visit, due a day after the call.
    await zhao.page.goto(`${base}/desk/tasks`);
    await zhao.page.locator('.task-item', { hasText: '上门维修' }).locator('[data-task]').click();
    const visit = stepOf(zhao.page, '上门维修')
      .or(zhao.page.locator('.step-now', { hasText: '上门维修' }))
      .first();

    await visit.getByText('您好，我是').waitFor();
    await visit.getByRole('button', { name: '现场修好' }).click();
    await visit.getByText('请填写维修结果').waitFor();
    await visit.getByLabel('维修结果').fill('更换电容，试机正常');
    await visit.getByRole('button', { name: '现场修好' }).click();

    // The result comes back to the ticket by itself.
    const tell = stepOf(li.page, '把结果告诉客户');
    await tell.getByText('更换电容，试机正常').waitFor();
    await tell.getByRole('button', { name: '完成「把结果告诉客户」' }).click();
    await li.page
      .locator('.steps-ended', { hasText: '技术支持与派单' })
      .getByText(/已完成/)
      .first()
      .waitFor();
    const [run] = await runsOf(li.page, `ticketId=${id}`);
    assert.deepEqual([run?.state, run?.outcome], ['done', 'done']);
  },
);

test(
  'a limit and the words are changed on the screen without code; the next case follows them, the running one does not',
  { timeout: STORY_MS },
  async () => {
    const [zhou, li] = [await watched('zhou'), await watched('li')];
    const before = await newCase('改之前的空调');
    await dispatch(li.page, before);

    const { page } = zhou;
    await page.goto(`${base}/desk/playbooks/repair`);
    await page.getByRole('button', { name: '修改', exact: true }).click();

    await page.getByRole('navigation', { name: '步骤' }).getByRole('button', { name: '上门维修' }).click();
    const limit = page.getByRole('spinbutton', { name: '时限' });
    await becomes(() => limit.inputValue(), '24');
    await limit.fill('4');
    await page.getByText('话术', { exact: true }).first().click();
    const words = page.getByRole('textbox', { name: '话术' }).first();
    await words.fill('您好，维修师傅{{agent.name}}四小时内上门。');
    await page.getByText('基本信息', { exact: true }).click();
    const outcome = page.getByRole('textbox', { name: '结束时的结果' });
    await becomes(() => outcome.inputValue(), 'cancelled');
    await outcome.fill('withdrawn');
    await page.getByRole('button', { name: '发布' }).click();
    const publish = dialogOf(page, '发布新版本');
    await publish.getByText('24 小时').first().waitFor();
    await publish.getByText('结果 withdrawn').waitFor();
    await publish.getByLabel('版本说明').fill('旺季四小时上门');
    await publish.getByRole('button', { name: '发布', exact: true }).click();
    await publish.waitFor({ state: 'hidden' });

    const next = await newCase('改之后的空调');
    await dispatch(li.page, next);
    const hours = async (ticketId: string): Promise<[number, string] | undefined> => {
      const found = await world.db.maybe(
        sql<{
          hours: number;
          version: number;
        }>`select round(extract(epoch from k.due_at - r.created_at) / 3600)::int as hours, n.version from task k join run n on n.id = k.run_id join record r on r.id = n.record_id where k.step_key = 'visit' and r.ticket_id = ${ticketId}::uuid`,
      );
      return found && [found.hours, `v${found.version}`];
    };
    await eventually('the repair has begun', async () => (await hours(next)) !== undefined);
    await becomes(
      async () => [await hours(before), await hours(next)],
      [
        [24, 'v1'],
        [4, 'v2'],
      ],
    );
    await page.goto(`${base}/desk/playbooks/repair`);
    await page.getByText('v2').first().waitFor();
  },
);
