/** What one can do with a ticket and a conversation, done by hand on the desk in real browsers. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { TicketPageView } from '#contracts/routes/tickets.ts';
import type { Actor } from '#kernel/actor.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { openTicket, writeMessage } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import {
  asks,
  becomes,
  choose,
  dialogOf,
  eventually,
  launch,
  openChat,
  person,
  signIn,
  STORY_MS,
  tellWhatStood,
  verb,
  write,
} from './browser.ts';
import type { Watched } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let wang: Actor;
let supervisor: Watched;
let customerId = '';
const password = 'correct horse battery';

before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  wang = await world.person('supervisor', {
    groups: ['consult', 'tech', 'expert'],
    name: '王芳',
    email: 'wang@test.example',
  });
  await world.person('agent', { groups: ['consult', 'tech'], name: '李思', email: 'lisi@test.example' });
  customerId = (
    await world.does(wang, createCustomer, { kind: 'person', name: '张伟', phones: ['13911112222'] })
  ).id;
  browser = await launch();
  supervisor = await person(browser);
  await supervisor.context.addInitScript(() => {
    // Printing is counted, and what would be on the paper is kept.
    Object.assign(window, {
      papers: [] as string[],
      print: () => {
        const paper = document.querySelector<HTMLElement>('.zk-paper') ?? document.body;
        (window as unknown as { papers: string[] }).papers.push(paper.innerText);
      },
    });
  });
  await signIn(supervisor.page, base, 'wang@test.example', password);
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

const opened = (subject: string) =>
  world.does(wang, openTicket, {
    customerId,
    channel: 'phone',
    category: 'tech.fault',
    urgency: 'medium',
    impact: 'single',
    subject,
    description: `${subject}，请尽快处理`,
    assigneeId: wang.id,
  });
const pageOf = async (id: string): Promise<TicketPageView> =>
  (
    await supervisor.context.request.get(`${base}/api/v1/tickets/${id}/page`)
  ).json() as Promise<TicketPageView>;
const ticketOf = async (id: string) => (await pageOf(id)).ticket;
const isStatus = (id: string, status: string) =>
  eventually(`${id} is ${status}`, async () => (await ticketOf(id)).status === status);
const openPage = async (page: Page, id: string) => {
  await page.goto(`${base}/desk/tickets/${id}?view=open`);
  await page.locator('.desk-verbs').waitFor();
};

const offerTo = (page: Page) => page.getByRole('alertdialog', { name: '新会话等待接起' });

/** A verb with a reason: refused while it is empty, the first field has the focus, then done. */
const withReason = async (page: Page, name: string, reason: string, title = name) => {
  const dialog = await asks(page, name, title);
  const submit = dialog.getByRole('button', { name: title, exact: true });
  await submit.click();
  await dialog.getByText('请填写').first().waitFor();
  const box = dialog.locator('textarea').first();
  await eventually('the empty field has the focus', () =>
    box.evaluate((element) => element === document.activeElement),
  );
  await box.fill(reason);
  await submit.click();
  await dialog.waitFor({ state: 'hidden' });
};

test(
  'a ticket is escalated, held, resumed, urged, ranked by hand, closed over the rule, reopened, cancelled (SD1-24 SD1-34)',
  {
    timeout: STORY_MS,
  },
  async () => {
    const { page, complaints } = supervisor;
    const { id } = await opened('洗衣机脱水异响');
    await openPage(page, id);
    await verb(page, '开始处理');
    await isStatus(id, 'in_progress');

    const escalate = await asks(page, '升级');
    await escalate.getByLabel('理由').fill('需要更换电机，超出一线范围');
    await choose(escalate, '转给技能组', '高级支持组');
    await escalate.getByRole('button', { name: '升级', exact: true }).click();
    await page.getByText('升级 1 级').first().waitFor();
    await becomes(async () => (await ticketOf(id)).groupName, '高级支持组');

    await withReason(page, '挂起', '等待厂家寄配件');
    await page.getByText('已挂起：等待厂家寄配件').waitFor();
    await verb(page, '恢复');
    await page.getByText('已挂起：').waitFor({ state: 'hidden' });
    await isStatus(id, 'in_progress');

    const urge = await asks(page, '催单');
    await urge.getByLabel('客户怎么说').fill('客户第二次来电');
    await urge.getByRole('button', { name: '催单', exact: true }).click();
    await page.getByText('催 1 次').first().waitFor();

    // Another priority than the matrix gives needs a reason, and says whose it was.
    await page.keyboard.press('p');
    const edit = dialogOf(page, '修改信息');
    await choose(edit, '人工调整优先级', 'P2');
    await edit.getByRole('button', { name: '保存', exact: true }).click();
    await edit.getByText('请填写').waitFor();
    await edit.getByLabel('理由').fill('重要客户，影响生产');
    await edit.getByRole('button', { name: '保存', exact: true }).click();
    await edit.waitFor({ state: 'hidden' });
    const ranked = await ticketOf(id);
    assert.equal(ranked.priority, 'P2');
    assert.match(ranked.priorityWhy, /重要客户/);

    await withReason(page, '主管关闭', '客户失联，电话三次未接');
    await isStatus(id, 'closed');
    await page.getByText(/关闭：/).waitFor();
    await withReason(page, '重开', '客户回电，问题仍在');
    await page.getByText('重开 1 次').first().waitFor();
    await withReason(page, '撤销', '与另一张工单重复');
    await isStatus(id, 'cancelled');
    // What cannot be done any more says why.
    await page
      .locator('.desk-verbs')
      .getByRole('button', { name: /更多/ })
      .click();
    // The list of verbs may be drawn anew under the pointer when news of the ticket comes in.
    await eventually('it says why not', async () => {
      await page.getByRole('menuitem', { name: '现在不能做的' }).hover();
      return page.getByText('工单已结束').first().isVisible();
    });
    await page.keyboard.press('Escape');
    assert.deepEqual(complaints, []);
  },
);

test(
  'a message becomes a ticket of its own; tickets are linked, merged and taken apart again',
  {
    timeout: STORY_MS,
  },
  async () => {
    const { page, complaints } = supervisor;
    const [into, twin, other] = [
      await opened('冰箱不制冷'),
      await opened('冰箱不制冷，重复来电'),
      await opened('门铃没有声音'),
    ];
    await world.does(wang, writeMessage, {
      id: into.id,
      visibility: 'internal',
      body: '另外，客户还想开一张发票',
    });
    await openPage(page, into.id);

    await page.locator('.zk-entry', { hasText: '还想开一张发票' }).hover();
    await page.getByRole('button', { name: '拆分为新工单' }).last().click();
    const split = dialogOf(page, '拆分为新工单');
    await split.getByLabel('主题').fill('补开发票');
    await split.getByRole('button', { name: '拆分为新工单', exact: true }).click();
    await page.getByText(/已拆分为 T\d{8}-\d{4}/).waitFor();
    await page.locator('.zk-pane-head', { hasText: '补开发票' }).waitFor();

    await openPage(page, into.id);
    const link = await asks(page, '关联工单');
    await choose(link, '工单', other.number);
    await link.getByRole('button', { name: '关联工单', exact: true }).click();
    await link.waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: '信息' }).click();
    await page.getByRole('link', { name: new RegExp(other.number) }).waitFor();
    await page.getByRole('link', { name: /补开发票/ }).waitFor();

    const merge = await asks(page, '合并工单');
    await choose(merge, '并入本单的工单', twin.number);
    await merge.getByLabel('理由').fill('同一故障重复报修');
    await merge.getByRole('button', { name: '合并工单', exact: true }).click();
    await merge.waitFor({ state: 'hidden' });
    await eventually('merged', async () => (await ticketOf(twin.id)).mergedInto === into.id);
    // Taken back where it is shown.
    await page.getByText('已并入').waitFor();
    await page.getByRole('button', { name: '撤销合并' }).click();
    await eventually('taken apart', async () => (await ticketOf(twin.id)).mergedInto === null);
    await page.getByText('已并入').waitFor({ state: 'hidden' });
    assert.deepEqual(complaints, []);
  },
);

test(
  'the tracking table goes into a sheet and onto paper, a ticket too (SD1-29)',
  { timeout: STORY_MS },
  async () => {
    const { page, complaints } = supervisor;
    for (let n = 1; n <= 40; n++) await opened(`重复来电 ${n}`);
    const { id, number } = await opened('=cmd|calc 公式也只是文字');
    await page.goto(`${base}/desk/tickets?view=all&layout=tracking`);
    await page.getByText(number).first().waitFor();
    const saved = async (name: string, role: 'button' | 'link' = 'button') => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole(role, { name }).click(),
      ]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    const papers = () => page.evaluate(() => (window as unknown as { papers: string[] }).papers);
    const list = await saved('导出 CSV', 'link');
    assert.equal(list.name, 'tracking.csv');
    assert.ok(list.text.startsWith('\uFEFF工单号,客户名称,'));
    assert.ok(list.text.includes(`\r\n${number},张伟,`));
    await page.getByRole('button', { name: '打印' }).click();
    await eventually('the table is printed', async () => (await papers()).length === 1);
    await becomes(async () => (await papers())[0]!, new RegExp(`问题处理进度跟踪表[^]*${number}`));
    // The sheet flows over several pages; a paper that stops at the first one would lose rows.
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.ok(pdf.match(/\/Type\s*\/Page[^s]/g)!.length >= 2, 'more than one page');

    await openPage(page, id);
    await page.getByRole('tab', { name: '信息' }).click();
    const form = await saved('CSV', 'link');
    assert.equal(form.name, `${number}.csv`);
    assert.ok(form.text.includes("'=cmd|calc"), 'a formula is only text');
    await page.getByRole('button', { name: '打印' }).click();
    await eventually('the form is printed', async () => (await papers()).length === 1);
    await becomes(
      async () => (await papers())[0]!,
      new RegExp(`客户信息登记表[^]*${number}[^]*客户姓名[^]*张伟`),
    );
    await page.emulateMedia({ media: 'print' });
    await becomes(() => page.locator('.zk-paper').isVisible(), true);
    assert.ok(!(await page.locator('.zk-rail').isVisible()), 'the rail is not');
    await page.emulateMedia({ media: 'screen' });
    assert.deepEqual(complaints, []);
  },
);

test(
  'an agent hands an offer back and it goes to the next; a supervisor takes the conversation over (SD1-06)',
  {
    timeout: STORY_MS,
  },
  async () => {
    await world.person('agent', { groups: ['consult'], name: '赵敏', email: 'zhao@test.example' });
    const [first, second, customer] = [await person(browser), await person(browser), await person(browser)];
    await signIn(first.page, base, 'lisi@test.example', password);
    await signIn(second.page, base, 'zhao@test.example', password);
    await first.page.locator('.desk-ready').click();
    const chat = await openChat(customer.page, base);
    await write(chat, '请问保修期多久？');
    await offerTo(first.page).waitFor();
    await becomes(() => first.page.title(), /待接起/);
    await second.page.locator('.desk-ready').click();
    await offerTo(first.page).getByRole('button', { name: '转回' }).click();
    await offerTo(second.page).waitFor();
    await offerTo(first.page).waitFor({ state: 'hidden' });
    await second.page.keyboard.press('F2');
    await chat
      .getByText(/客服 赵敏/)
      .first()
      .waitFor();

    const { page } = supervisor;
    await page.goto(`${base}/desk/`);
    await choose(page.locator('.desk'), '显示哪些会话', '全部进行中');
    await page.locator('[data-conversation]').first().click();
    await withReason(page, '接管', '客户要求主管接待');
    await page.getByPlaceholder(/写给客户/).fill('您好，我是主管王芳。');
    await page.keyboard.press('Control+Enter');
    await chat.getByText('我是主管王芳').waitFor();
    await second.page.getByPlaceholder(/由 王芳 接待中/).waitFor();
    for (const one of [supervisor, first, second, customer]) assert.deepEqual(one.complaints, []);
  },
);
