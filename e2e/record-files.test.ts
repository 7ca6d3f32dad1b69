/** Records on paper and as sheets: printed, exported as they are filtered, rehearsed and brought in; and tickets of one cause told at once. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser, Download, Page } from 'playwright-core';
import { openTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { becomes, choose, dialogOf, launch, person, signIn, STORY_MS, tellWhatStood } from './browser.ts';
import type { Watched } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let zhou: Watched;

before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  browser = await launch();
  const manager = await world.person('manager', { name: '周经理', email: 'zhou@test.example' });
  const token = await world.token(manager);
  for (const playbook of ['clinic', 'emergency'])
    await fetch(`${base}/api/v1/playbooks/${playbook}/switch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ enabled: true }),
    });
  await world.centre.settle();
  zhou = await person(browser);
  await signIn(zhou.page, base, 'zhou@test.example', 'correct horse battery');
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());
const exported = async (page: Page, format: string): Promise<Buffer> => {
  await page.getByRole('button', { name: '导出与导入' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).getByRole('link').click(),
  ]);
  return bytesOf(download);
};

test(
  'a kind is imported after a rehearsal that names each refused line, summarised, exported as it is filtered, and printed on paper',
  { timeout: STORY_MS },
  async () => {
    const { page } = zhou;
    await page.locator('.zk-rail').getByText('业务记录').click();
    await page.locator('.rec-kinds').getByText('预约登记').click();
    await page.getByText('还没有预约登记').waitFor();

    // The template says the columns; three right rows, one wrong.
    await page.getByRole('button', { name: '导出与导入' }).click();
    await page.getByRole('menuitem', { name: '导入表格…' }).click();
    const dialog = dialogOf(page, '导入预约登记');
    const [template] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: '下载模板' }).click(),
    ]);
    const head = (await bytesOf(template)).toString();
    assert.match(head, /外部编号,客户编号,客户电话,状态,客户姓名,联系电话,门店,服务项目/);
    const rows = [
      '客户姓名,联系电话,门店,服务项目,到店时间,外部编号',
      '张伟,13911112222,城东门店,调理,2027-03-05 14:00,x-1',
      '李雷,13911113333,城西门店,体质检测,2027-03-05 15:00,x-2',
      '韩梅,13911114444,城东门店,健康咨询,2027-03-06 9:30,x-3',
      '王芳,,城北,调理,2027-03-06 10:00,x-4',
    ].join('\n');
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: '预约.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
    await dialog.getByText('将新建 3 条，更新 0 条，1 行有误不导入').waitFor();
    const refused = dialog.locator('tbody tr');
    await refused.getByText('联系电话：必填').waitFor();
    await refused.getByText('城东门店、城西门店').waitFor();
    await becomes(() => refused.innerText(), /^5\s/);
    await dialog.getByRole('button', { name: '导入 3 条' }).click();
    await dialog.getByText('已新建 3 条，更新 0 条，1 行未导入').waitFor();
    await dialog.getByRole('button', { name: '完成' }).click();
    await page.locator('[data-row]').nth(2).waitFor();

    // Summary: what is counted can be opened.
    await page.getByText('汇总', { exact: true }).click();
    await page.locator('.rec-summary-by').getByRole('combobox').first().click();
    await page.locator('.ant-select-item-option', { hasText: '门店' }).first().click();
    const bar = page.locator('.rec-bars tbody tr', { hasText: '城东门店' });
    await bar.getByText('66.7%').first().waitFor();
    await bar.getByRole('link', { name: '城东门店' }).click();
    await page.locator('.rec-where', { hasText: '门店：城东门店' }).waitFor();
    await becomes(() => page.locator('[data-row]').count(), 2);

    // The files hold what is on screen, no more, and who took it.
    const csv = (await exported(page, 'CSV')).toString();
    const [, ...lines] = csv.trim().split(/\r?\n/);
    assert.equal(lines.length, 3);
    assert.match(lines[2]!, /※ 周经理 导出于/);
    assert.ok(csv.includes('张伟') && csv.includes('韩梅') && !csv.includes('李雷'));
    const xlsx = await exported(page, 'Excel（XLSX）');
    assert.equal(xlsx.subarray(0, 2).toString(), 'PK');
    assert.equal((await exported(page, 'PDF 表格')).subarray(0, 5).toString(), '%PDF-');

    // The exported sheet comes back as changes of the same records.
    await page.getByRole('button', { name: '导出与导入' }).click();
    await page.getByRole('menuitem', { name: '导入表格…' }).click();
    await dialog.locator('input[type=file]').setInputFiles({
      name: '预约.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: xlsx,
    });
    await dialog.getByText('将新建 0 条，更新 2 条，0 行有误不导入').waitFor();
    await dialog.getByRole('button', { name: '取消' }).click();

    // One record on paper.
    await page
      .locator('[data-row]', { hasText: '韩梅' })
      .or(page.locator('[data-row]').first())
      .first()
      .click();
    const paper = await page.getByRole('link', { name: '打印 PDF' }).getAttribute('href');
    const printed = await zhou.context.request.get(`${base}${paper}`);
    assert.equal((await printed.body()).subarray(0, 5).toString(), '%PDF-');
    assert.deepEqual(zhou.complaints, []);
  },
);

test(
  'tickets of one cause are gathered under a problem, and one message tells each of their customers once',
  { timeout: STORY_MS },
  async () => {
    const { page } = zhou;
    const li = await world.person('agent', { groups: ['consult'], name: '李思' });
    const tickets = [];
    for (const [name, phone] of [
      ['赵一', '13900000001'],
      ['钱二', '13900000002'],
    ] as const)
      tickets.push(
        await world.does(li, openTicket, {
          customer: { kind: 'person', name, phones: [phone] },
          channel: 'phone',
          category: 'complaint_suggestion.complaint',
          urgency: 'medium',
          impact: 'single',
          subject: `${name}的热水器报 E3`,
          description: '同一批次',
        }),
      );
    await page.goto(`${base}/desk/records/problem`);
    await page.getByText('还没有问题（同一原因的工单）').waitFor();
    await page.keyboard.press('n');
    const form = dialogOf(page, '新建问题（同一原因的工单）');
    await form.getByLabel('问题', { exact: true }).fill('新批次热水器 E3');
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('归集的工单').waitFor();
    for (const { number } of tickets) {
      await page.getByRole('button', { name: '归集工单' }).click();
      const gather = dialogOf(page, '归集工单');
      await choose(gather, '工单', number);
      await gather.getByRole('button', { name: '归集工单' }).click();
      await gather.waitFor({ state: 'hidden' });
    }
    await page.getByText('归集的工单（2）').waitFor();
    await page.getByRole('button', { name: '统一告知' }).click();
    const tell = dialogOf(page, '统一告知');
    await tell.getByText('将在 2 张未结工单上公开回复，告知 2 位客户').waitFor();
    await tell.getByLabel('告知内容').fill('已查明是电源板批次问题，今天起免费更换。');
    await tell.getByRole('button', { name: '告知 2 位客户' }).click();
    await page.getByText('已发到 2 张工单').waitFor();
    for (const { id } of tickets) {
      await page.goto(`${base}/desk/tickets/${id}`);
      await page.getByText('已查明是电源板批次问题').first().waitFor();
      // Beside the ticket stands the problem it belongs to.
      await page.locator('.rec-cards li', { hasText: '新批次热水器 E3' }).waitFor();
    }
    assert.deepEqual(zhou.complaints, []);
  },
);
