/** A complaint from the first call to the closed loop, done by hand beside the ticket: three people, one line of steps. */
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { RunView } from '#contracts/routes/playbooks.ts';
import { openTicket } from '#modules/tickets/index.ts';
import {
  asks,
  becomes,
  dialogOf,
  eventually,
  launch,
  person,
  signIn,
  STORY_MS,
  tellWhatStood,
  verb,
} from './browser.ts';
import type { Watched } from './browser.ts';

let world: World;
let browser: Browser;
let base = '';
let ana: Watched;
let wang: Watched;
let zhou: Watched;
const password = 'correct horse battery';

before(async () => {
  world = await newWorld({ realTime: true });
  ({ base } = await world.listen());
  browser = await launch();
  await world.person('relations', { groups: ['relations'], name: '陈静', email: 'chen@test.example' });
  await world.person('supervisor', { groups: ['relations'], name: '王芳', email: 'wang@test.example' });
  await world.person('manager', { name: '周经理', email: 'zhou@test.example' });
  [ana, wang, zhou] = (await Promise.all(
    ['chen', 'wang', 'zhou'].map(async (name) => {
      const watched = await person(browser);
      await signIn(watched.page, base, `${name}@test.example`, password);
      return watched;
    }),
  )) as [Watched, Watched, Watched];
});
afterEach(tellWhatStood);
after(async () => {
  await browser?.close();
  await world?.end();
});

/** The open step beside the case, by its name. */
const stepOf = (page: Page, name: string): Locator =>
  page.locator('.step-now', { has: page.getByRole('heading', { name, exact: true }) });
const picture = async (page: Page, name: string) => {
  if (process.env.STORY_PICTURES)
    await page.screenshot({ path: `${process.env.STORY_PICTURES}/${name}.png` });
};

test(
  'a complaint goes its way step by step, approved in 待办, called back by the manager, and the loop is closed (SD1-25 SD1-27 SD3i-11 SD4-16 SD4-21)',
  { timeout: STORY_MS },
  async () => {
    const agent = await world.person('agent', { groups: ['consult'], name: '李思' });
    const { id, number } = await world.does(agent, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13911112222'] },
      channel: 'phone',
      category: 'complaint_suggestion.complaint',
      urgency: 'high',
      impact: 'single',
      subject: '热水器漏水无人处理',
      description: '报修三天没有人来',
    });
    const run = async (): Promise<RunView> => {
      const answer = await wang.context.request.get(`${base}/api/v1/runs?ticketId=${id}`);
      return ((await answer.json()) as { items: [RunView] }).items[0];
    };

    // 首次联系: her 待办 has it with its clock, and the row leads to the step.
    const { page } = ana;
    await page.locator('.zk-rail').getByText('待办').click();
    const mine = page.locator('.task-item', { hasText: '首次联系客户' });
    await mine.getByText(/^0?[89]:\d\d|10:00$/).waitFor();
    await mine.getByText(`客户投诉管理 · ${number} · 张伟`).waitFor();
    await eventually('j comes to it', async () => {
      await page.keyboard.press('j');
      return (await mine.getAttribute('data-current')) === 'true';
    });
    await page.keyboard.press('Enter');
    const contact = stepOf(page, '首次联系客户');
    await contact.getByRole('timer').waitFor();
    await contact.getByText('张伟您好，我是').waitFor();
    await contact.getByRole('button', { name: '放入回复框' }).first().click();
    await becomes(
      () => page.locator('textarea[data-composer]').inputValue(),
      /^张伟您好，我是.+“热水器漏水无人处理”/,
    );
    await contact.getByRole('checkbox').first().click();
    await eventually('the tick is kept with who and when', async () => {
      const [tick] = (await run()).open[0]?.ticked ?? [];
      return tick?.by === '陈静' && tick.index === 0;
    });
    await contact.getByRole('button', { name: '未接听' }).click();
    await contact.getByText('已尝试 1 次').waitFor();
    await contact.getByRole('button', { name: '领取' }).click();
    await contact.getByText('由您办理').waitFor();
    await contact.getByLabel('通话要点').fill('客户情绪平复，同意今天上门');
    await page.keyboard.press('Control+Enter');

    // 登记表: what is missing is said at its field; what was typed survives a reload.
    const register = stepOf(page, '填写投诉登记表');
    await register.waitFor();
    await register.getByLabel('客户诉求').fill('今天上门，换新机');
    await register.getByRole('radio', { name: '是' }).check();
    await register.getByRole('button', { name: '完成「填写投诉登记表」' }).click();
    await register.locator('.ant-form-item', { hasText: '投诉原因' }).getByText('请填写').waitFor();
    await register.locator('.ant-form-item', { hasText: '此前的工单号' }).getByText('请填写').waitFor();
    await page.reload();
    await becomes(() => register.getByLabel('客户诉求').inputValue(), '今天上门，换新机');
    await register.getByRole('radio', { name: '否' }).check();
    await register.getByRole('radio', { name: '产品缺陷' }).check();
    await register.getByRole('button', { name: '完成「填写投诉登记表」' }).click();

    const plan = stepOf(page, '制定解决方案');
    await plan.getByRole('checkbox', { name: '补偿' }).check();
    await plan.getByLabel('方案内容').fill('今日 18:00 前上门更换密封组件');
    await plan.getByRole('button', { name: '完成「制定解决方案」' }).click();
    await plan.locator('.ant-form-item', { hasText: '预计费用' }).getByText('请填写').waitFor();
    await plan.getByLabel('预计费用（元）').fill('260');
    await plan.getByRole('button', { name: '完成「制定解决方案」' }).click();
    await stepOf(page, '主管审核方案')
      .getByText(/这是您提交的方案/)
      .waitFor();
    await picture(page, 'complaint-waits');

    // 审批 in 待办: the bell and the list say so without a reload; the plan stands in the dialog.
    await wang.page.getByRole('button', { name: /通知，[1-9]\d* 条未读/ }).waitFor();
    await wang.page.locator('.zk-rail').getByText('待办').click();
    const asked = wang.page.locator('.task-item', { hasText: '主管审核方案' });
    await asked.locator('.task-acts').getByRole('button', { name: '审批' }).click();
    const decide = dialogOf(wang.page, '主管审核方案');
    await decide.getByText('今日 18:00 前上门更换密封组件').waitFor();
    await decide.getByRole('button', { name: '驳回' }).click();
    await decide.getByText('驳回请写明意见').waitFor();
    await decide.getByRole('button', { name: '批准' }).click();
    await decide.waitFor({ state: 'hidden' });

    // The way on comes to her by itself; the words hold the plan.
    const offer = stepOf(page, '向客户说明方案');
    await offer.getByText('我们的处理方案是：今日 18:00 前上门更换密封组件').waitFor();
    await offer.getByRole('radio', { name: '电话' }).check();
    await offer.getByRole('button', { name: '客户认可', exact: true }).click();
    const carry = stepOf(page, '执行方案');
    await carry.getByRole('button', { name: '完成「执行方案」' }).click();
    await carry.getByText('还有 2 项没有勾选').waitFor();
    for (const box of await carry.getByRole('checkbox').all()) await box.check();
    await carry.getByRole('button', { name: '完成「执行方案」' }).click();
    await page.locator('.step-line [data-state=waiting]', { hasText: '等待工单解决' }).waitFor();

    // Solved by the supervisor; then the call-back stands before the manager.
    await wang.page.goto(`${base}/desk/tickets/${id}`);
    await verb(wang.page, '开始处理');
    const resolve = await asks(wang.page, '解决');
    for (const box of await resolve.locator('textarea').all()) await box.fill('已更换密封组件，试运行正常');
    await resolve.getByRole('button', { name: '解决', exact: true }).click();
    await stepOf(wang.page, '经理回访').waitFor();

    await zhou.page.goto(`${base}/desk/tasks?kind=callback`);
    await zhou.page.locator('.task-item', { hasText: '经理回访' }).locator('[data-task]').click();
    const back = stepOf(zhou.page, '经理回访');
    await back
      .getByText('张伟您好，我是星河家电的服务经理')
      .or(back.getByText(/您好，我是.+的服务经理/))
      .first()
      .waitFor();
    await back.getByRole('button', { name: '已联系上' }).click();
    const result = stepOf(zhou.page, '填写处理结果确认表');
    await result.getByLabel('解决方案').fill('更换密封组件');
    await result.getByRole('radio', { name: '是' }).check();
    await result.getByLabel('满意度（0–100）').fill('95');
    await result.getByRole('button', { name: '完成「填写处理结果确认表」' }).click();
    await zhou.page
      .locator('.steps-ended', { hasText: '客户投诉管理' })
      .getByText(/已完成/)
      .waitFor();
    await picture(zhou.page, 'complaint-closed');

    // 闭环: what is kept, and what every one of them sees, is the same.
    const over = await run();
    assert.deepEqual([over.state, over.outcome], ['done', 'closed_loop']);
    assert.deepEqual(
      over.line.filter(({ task }) => task).map(({ key, task }) => `${key} ${task?.doneByName}`),
      [
        'contact 陈静',
        'register 陈静',
        'plan 陈静',
        'review 王芳',
        'offer 陈静',
        'carry_out 陈静',
        'callback 周经理',
        'result 周经理',
      ],
    );
    for (const { page: seen } of [ana, wang])
      await seen
        .locator('.steps-ended', { hasText: '客户投诉管理' })
        .getByText(/已完成/)
        .waitFor();
    // The one refusal is the list that was not ticked.
    const said = [...ana.complaints, ...wang.complaints, ...zhou.complaints];
    assert.deepEqual(
      said.filter((text) => !/status of 422/.test(text)),
      [],
    );
  },
);

test(
  'words that should not go out are told before sending; a promise made at the box is kept in 待办 (SD0-05 SD0-06)',
  { timeout: STORY_MS },
  async () => {
    const { page } = wang;
    const box = page.getByPlaceholder('写给客户…');
    await box.fill('这不归我管');
    await page.keyboard.press('Control+Enter');
    const guard = page.locator('.zk-composer-guard');
    await guard.getByText('不归我管').waitFor();
    await guard.getByRole('button', { name: /改用「这件事我来帮您联系/ }).click();
    await guard.waitFor({ state: 'hidden' });
    await becomes(() => box.inputValue(), '这这件事我来帮您联系负责的同事');
    await box.fill('好的');
    await page.keyboard.press('Control+Enter');
    await guard.getByRole('button', { name: '仍然发送' }).click();
    await page.locator('.zk-entry, [data-side=out]', { hasText: '好的' }).first().waitFor();

    await page.getByRole('button', { name: '承诺回复时间' }).click();
    const promise = dialogOf(page, '承诺回复时间');
    await promise.getByLabel('内容').fill('明天中午前回电');
    await promise.getByLabel('最晚时间').click();
    await page.locator('.ant-picker-presets').getByText('三天后').click();
    await promise.getByRole('button', { name: '承诺回复时间' }).click();
    await promise.waitFor({ state: 'hidden' });
    await page.locator('.zk-rail').getByText('待办').click();
    const row = page.locator('.task-item', { hasText: '明天中午前回电' });
    await row.locator('.task-acts').getByRole('button', { name: '兑现' }).click();
    await page.getByText('承诺已兑现').waitFor();
  },
);
