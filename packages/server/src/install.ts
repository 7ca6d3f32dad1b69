/** What every database needs before it serves: roles, groups, calendars, channels. Safe to run at each start. */
import type { Built } from './centre.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { calendarIdByKey, installCalendars } from '#modules/calendar/index.ts';
import { changeChannel, createChannel } from '#modules/conversations/index.ts';
import { installArticles } from '#modules/knowledge/index.ts';
import { installPacks } from '#modules/playbooks/index.ts';
import { installPolicies } from '#modules/policies/index.ts';
import { createGroup, installRoles } from '#modules/identity/index.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';

/** 技能组 that the category tree names (SD1-08…11), and the second line. */
const groups = [
  { key: 'consult', name: '咨询组', nameEn: 'Enquiries' },
  { key: 'tech', name: '技术支持组', nameEn: 'Technical support' },
  { key: 'relations', name: '客户关系组', nameEn: 'Customer relations' },
  { key: 'expert', name: '高级支持组', nameEn: 'Senior support', kind: 'expert' as const },
];

/** The first ways in (SD1-01); hours by the presets (SD1-02: phone on working days, chat round the clock). */
const channels = [
  {
    key: 'web',
    kind: 'webchat' as const,
    name: '在线客服',
    nameEn: 'Web chat',
    calendar: null,
    group: 'consult',
    scope: '产品咨询、订单查询、故障指引',
  },
  {
    key: 'portal',
    kind: 'portal' as const,
    name: '自助门户',
    nameEn: 'Self-service portal',
    calendar: null,
    group: null,
    scope: '提交请求、查询进度、评价服务',
  },
  {
    key: 'mail',
    kind: 'email' as const,
    name: '客服邮箱',
    nameEn: 'Service mail',
    calendar: 'workday',
    group: 'consult',
    scope: '书面咨询与附件资料',
    address: 'service@xinghe.example',
  },
  {
    key: 'complaint-mail',
    kind: 'email' as const,
    name: '投诉邮箱',
    nameEn: 'Complaint mail',
    calendar: 'workday',
    group: 'relations',
    scope: '投诉与建议',
    address: 'complaint@xinghe.example',
    defaultCategory: 'complaint_suggestion.complaint',
  },
  {
    key: 'hotline',
    kind: 'phone' as const,
    name: '服务热线',
    nameEn: 'Hotline',
    calendar: 'workday',
    group: 'consult',
    scope: '电话咨询与报修',
    address: '400-800-7300',
  },
];

export const installCentre = async (centre: Built): Promise<void> => {
  const { db } = centre;
  await installRoles(centre);
  await installCalendars(centre);
  await installPolicies(centre);
  const isNew = !(await db.maybe(sql`select 1 from skill_group limit 1`));
  if (isNew) {
    await installGroupsAndChannels(centre);
    await installArticles(centre);
  }
  await installPacks(centre);
};

/**
 * A centre without the example is nobody's yet: neither the example's company nor its addresses stand in it. Mailboxes
 * wait for an address of their own. Once somebody has said who they are, nothing is touched.
 */
export const leaveNameless = async (centre: Built): Promise<void> => {
  const { db } = centre;
  if (await db.maybe(sql`select 1 from setting where key = 'centre'`)) return;
  const system = systemActor('install');
  const { company, privacyNotice, ...words } = await setting(db, 'centre');
  const value = {
    ...words,
    company: '本公司',
    companyEn: 'Our company',
    hotline: '',
    privacyNotice: privacyNotice.replace(`（${company}）`, ''),
  };
  await send(centre, changeSetting, { key: 'centre', value, version: 0 }, system);
  for (const { id, kind } of await db.all(
    sql<{ id: string; kind: string }>`select id, kind from channel where address is not null order by key`,
  ))
    await send(centre, changeChannel, { id, address: null, enabled: kind !== 'email' }, system);
};

const installGroupsAndChannels = async (centre: Built): Promise<void> => {
  const { db } = centre;
  const system = systemActor('install');
  const groupIds = new Map<string, string>();
  for (const group of groups) groupIds.set(group.key, await send(centre, createGroup, group, system));
  for (const { key, kind, name, nameEn, calendar, group, scope, ...rest } of channels)
    await send(
      centre,
      createChannel,
      {
        key,
        kind,
        name,
        nameEn,
        calendarId: calendar ? ((await calendarIdByKey(db, calendar)) ?? null) : null,
        groupId: group ? groupIds.get(group)! : null,
        scope,
        ...rest,
      },
      system,
    );
};
