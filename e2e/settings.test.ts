/** An administrator sets the centre up by hand: what is saved is there after a reload, and holds for the others. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { createToken } from '#modules/identity/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import {
  becomes,
  choose,
  dialogOf,
  eventually,
  launch,
  person,
  signIn,
  STORY_MS,
  tellWhatStood,
} from './browser.ts';
import type { Watched } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let admin: Actor;
let desk: Watched;
before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  admin = await world.person('admin', { name: '周管', email: 'zhou@test.example' });
  await world.person('agent', { groups: ['consult'], name: '李思', email: 'lisi@test.example' });
  browser = await launch();
  desk = await person(browser);
  await signIn(desk.page, base, 'zhou@test.example', 'correct horse battery');
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

const open = async (section: string): Promise<Page> => {
  await desk.page.goto(`${base}/desk/settings/${section}`);
  return desk.page;
};
/** Saves and waits until the page says so; the notice is gone before the next one is looked for. */
const save = async (where: Locator | Page, name = '保存') => {
  await where.getByRole('button', { name, exact: true }).click();
  await desk.page.locator('.ant-message-notice').first().waitFor();
};
const row = (text: string | RegExp): Locator => desk.page.locator('tr', { hasText: text }).first();
const get = async <T>(path: string): Promise<T> =>
  (await (await desk.context.request.get(`${base}/api/v1${path}`)).json()) as T;
type Items<T> = { items: T[] };

test('a group is made with its people and its lead, and renamed', { timeout: STORY_MS }, async () => {
  const page = await open('groups');
  await page.getByRole('button', { name: '新增技能组' }).click();
  const made = dialogOf(page, '新增技能组');
  await made.getByLabel('名称', { exact: true }).fill('夜班组');
  await made.getByRole('button', { name: '保存', exact: true }).click();
  await made.locator('.ant-form-item-explain-error').first().waitFor();
  assert.doesNotMatch(await made.innerText(), /\$\{|'key'/, 'a missing field is told in words');
  await made.getByLabel('标识').fill('night');
  await choose(made, '成员', '李思');
  await page.keyboard.press('Escape');
  await choose(made, '组长', '周管');
  await page.keyboard.press('Escape');
  await save(made);
  await row('夜班组').getByText('2 人').waitFor();
  await row('夜班组').click();
  const drawer = dialogOf(page, '夜班组');
  await drawer.getByLabel('名称', { exact: true }).fill('夜间服务组');
  await save(drawer);
  await row('夜间服务组').waitFor();
});

test('a role is copied, given one thing more, and stays so', { timeout: STORY_MS }, async () => {
  const page = await open('roles');
  await page.getByRole('button', { name: '客服' }).first().click();
  await page.getByRole('button', { name: '复制为新角色' }).click();
  const copy = dialogOf(page, '复制为新角色');
  await copy.getByLabel('名称', { exact: true }).fill('夜班主力');
  await copy.getByLabel('标识').fill('night-lead');
  await copy.getByRole('button', { name: '建立角色' }).click();
  await page.locator('.set-chip[aria-pressed=true]', { hasText: '夜班主力' }).waitFor();
  await page.getByRole('radio', { name: /班组现场.*：本组/ }).check();
  await page.getByText('1 处修改未保存').waitFor();
  await save(page);
  await page.reload();
  await page.getByRole('button', { name: /夜班主力/ }).click();
  await becomes(() => page.getByRole('radio', { name: /班组现场.*：本组/ }).isChecked(), true);
});

test(
  'a channel says another scope, a mailbox is added, a template has other words, a category stands in the tree',
  {
    timeout: STORY_MS,
  },
  async () => {
    let page = await open('channels');
    await row('在线客服').click();
    const drawer = dialogOf(page, '在线客服');
    await drawer.getByLabel(/^服务范围/).fill('产品咨询、报修、退换货');
    await save(drawer);
    await eventually('the channel says so', async () =>
      (await get<Items<{ key: string; scope: string }>>('/channels')).items.some(
        ({ key, scope }) => key === 'web' && scope === '产品咨询、报修、退换货',
      ),
    );

    // A second mailbox is connected without an engineer, and says what the mail server has to be told.
    await page.getByRole('button', { name: '新增渠道' }).click();
    const fresh = dialogOf(page, '新增渠道');
    await fresh.getByLabel('类型').click();
    await page.getByTitle('邮件', { exact: true }).click();
    await fresh.getByLabel('标识').fill('second');
    await fresh.getByRole('textbox', { name: '名称', exact: true }).fill('第二邮箱');
    await fresh.getByLabel('收发邮箱').fill('second@xinghe.example');
    await save(fresh);
    await row('第二邮箱').click();
    await dialogOf(page, '第二邮箱')
      .getByText(/\/inbound\/email/)
      .waitFor();

    page = await open('templates');
    await page
      .getByRole('button', { name: /来信回执/ })
      .first()
      .click();
    const body = page.getByLabel('正文').first();
    const words = `${await body.inputValue()}\n祝您生活愉快。`;
    await body.fill(words);
    await save(page);
    await page.reload();
    await page
      .getByRole('button', { name: /来信回执/ })
      .first()
      .click();
    await becomes(() => page.getByLabel('正文').first().inputValue(), words);

    page = await open('categories');
    await page.getByRole('button', { name: '新增一级分类' }).click();
    const added = page.locator('tbody tr').last();
    await added.getByLabel('名称', { exact: true }).fill('以旧换新');
    await added.getByLabel('标识').fill('trade_in');
    await save(page);
    await page.reload();
    await page.locator('tbody tr').last().getByText('trade_in').waitFor();
    assert.equal(
      await page.locator('tbody tr').last().getByLabel('名称', { exact: true }).inputValue(),
      '以旧换新',
    );
  },
);

test(
  'a promise is made shorter and published as a new version; a day off is put into the calendar',
  {
    timeout: STORY_MS,
  },
  async () => {
    let page = await open('policies');
    await page.getByText('第 1 版').first().waitFor();
    await page.locator('.set-rules li').first().getByRole('button', { name: '编辑' }).click();
    const drawer = page.getByRole('dialog').first();
    await drawer.getByLabel('时限', { exact: true }).fill('7');
    await drawer.getByRole('button', { name: '确定（尚未发布）' }).click();
    await page.getByText('1 条修改未发布').waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const publish = dialogOf(page, '发布 1 条修改');
    await publish.getByLabel(/说明/).fill('试行更短的应答');
    await publish.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText('第 2 版已发布').waitFor();
    await row('试行更短的应答').getByText('现行').waitFor();

    page = await open('calendars');
    await page.getByRole('tab', { name: /指定日期/ }).click();
    await page.getByRole('button', { name: '添加日期' }).click();
    const day = page.locator('tbody tr').last();
    await day.getByLabel('日期', { exact: true }).fill('2027-03-08');
    await day.getByLabel('名称').fill('公司年会');
    await save(page);
    await page.getByRole('tab', { name: '指定日期（1）' }).waitFor();
  },
);

test(
  'a job that failed for good is tried again, a held mail is let in (SD1-05)',
  { timeout: STORY_MS },
  async () => {
    const ticket = await world.does(admin, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13911112222'] },
      channel: 'phone',
      category: 'tech.fault',
      urgency: 'medium',
      impact: 'single',
      subject: '无法开机',
      description: '按电源键没有反应',
    });
    // As if a reaction had failed five times.
    await world.db.pool.query(
      `insert into delivery (subscriber, event_id, subject_id, run_at, attempts, dead, error)
     select 'routing.queued', id, subject_id, at, 5, true, 'connect ECONNREFUSED 10.0.0.8:5432' from event where subject_id = $1 limit 1`,
      [ticket.id],
    );
    let page = await open('deadLetters');
    await row('ECONNREFUSED').getByRole('button', { name: '重试' }).click();
    await page.getByText('已重新排队').waitFor();
    await page.getByText('没有失败任务').waitFor();

    const token = `zk_${world.centre.ids.secret(32)}`;
    await send(world.centre, createToken, { userId: admin.id, name: 'pipe', token }, systemActor('test'));
    const { items } = await get<Items<{ id: string; key: string }>>('/channels');
    const mail = [
      'From: "Complaint" <complaint@xinghe.example>',
      'To: service@xinghe.example',
      'Subject: forwarded by ourselves',
      'Message-ID: <loop@xinghe.example>',
      'Content-Type: text/plain; charset=utf-8',
      '',
      '请看附件',
    ].join('\r\n');
    const taken = await fetch(
      `${base}/api/v1/channels/${items.find(({ key }) => key === 'mail')!.id}/inbound/email`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
        body: mail,
      },
    );
    assert.equal(taken.status, 200, await taken.text());
    await eventually(
      'the mail is held',
      async () => (await get<Items<unknown>>('/quarantine')).items.length === 1,
    );
    page = await open('quarantine');
    await row('forwarded by ourselves').getByText('来自我们自己的地址').waitFor();
    await row('forwarded by ourselves').getByRole('button', { name: '放行' }).click();
    const release = dialogOf(page, '放行这封来信');
    // A press while the dialog still grows lands beside its button; no person is that fast.
    await page.locator('.ant-zoom-appear').waitFor({ state: 'detached' });
    await release.getByLabel(/原因/).fill('同事转来的客户来信');
    await release.getByRole('button', { name: '放行', exact: true }).click();
    await release.waitFor({ state: 'hidden' });
    await row('forwarded by ourselves').getByText('已放行').waitFor();
    await eventually('it is a ticket or a talk now', async () =>
      (await get<Items<{ subject: string }>>('/conversations?view=all')).items.some(
        ({ subject }) => subject === 'forwarded by ourselves',
      ),
    );
    assert.deepEqual(desk.complaints, []);
  },
);

test(
  'a rule is begun and published; the next ticket follows it and stands in a view of one’s own',
  {
    timeout: STORY_MS,
  },
  async () => {
    const { page } = desk;
    await page.goto(`${base}/desk/playbooks`);
    await page.getByRole('button', { name: '新建流程' }).click();
    const dialog = dialogOf(page, '新建流程');
    await dialog.getByLabel('中文名称').fill('要紧客户先办');
    await dialog.getByLabel('英文名称').fill('Key customers first');
    await dialog.getByLabel('目标').fill('要紧客户的工单先办');
    await dialog.getByText('自动规则').click();
    await dialog.getByLabel('标识').fill('key_first');
    await dialog.getByRole('button', { name: '建草稿' }).click();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const publish = page.getByRole('dialog');
    await publish.getByRole('textbox').first().fill('首版');
    await publish.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByRole('button', { name: '启用', exact: true }).click();
    await page.getByText('登记工单，且客户等级是“VIP”').waitFor();
    await eventually('the rule is on', async () => {
      const { items } = await get<Items<{ key: string; enabled: boolean }>>('/playbooks');
      return items.some(({ key, enabled }) => key === 'key_first' && enabled);
    });
    const ticket = await send(
      world.centre,
      openTicket,
      {
        customer: { kind: 'person', name: '要紧的客户', level: 'vip', phones: ['13800000099'] },
        channel: 'phone',
        category: 'consult',
        urgency: 'low',
        impact: 'single',
        subject: '问一件事',
        description: '问',
      },
      systemActor('test'),
    );
    await eventually(
      'the rule has raised the ticket',
      async () => (await get<{ urgency: string }>(`/tickets/${ticket.id}`)).urgency === 'high',
    );
    await page.goto(`${base}/desk/tickets?view=open&q=${encodeURIComponent('问一件事')}`);
    await page.getByRole('button', { name: '新视图' }).click();
    const view = dialogOf(page, '新视图');
    await view.getByLabel('名称').fill('问事的');
    await view.getByText('现在有 1 张工单').waitFor();
    await view.getByRole('button', { name: '保存视图' }).click();
    await page.getByRole('link', { name: '问事的' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: '问事的' }).waitFor();
    await page.getByText('要紧的客户').first().waitFor();
  },
);
