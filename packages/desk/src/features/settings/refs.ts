import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listGroups, listRoles, listUsers } from '#contracts/routes/identity.ts';
import { listSettings, type SettingValue } from '#contracts/routes/settings.ts';
import { listCalendars } from '#contracts/routes/time.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';

export type Option = { value: string; label: string };

/** Everything settings point at, as choices with names in the reader's language. */
export function useRefs() {
  const { i18n } = useTranslation();
  const { can } = useSession();
  const english = i18n.language === 'en';
  const groups = useRead(listGroups).data?.items;
  const roles = useRead(listRoles).data?.items;
  const calendars = useRead(listCalendars).data?.items;
  const users = useRead(listUsers, { query: { limit: 200 } }, { enabled: can('user.read') }).data?.items;
  const settings = useRead(listSettings).data?.items;
  return useMemo(() => {
    const said = (name: string, nameEn: string) => (english ? nameEn || name : name);
    const categories = settings?.find((one) => one.key === 'categories')?.value as
      | SettingValue<'categories'>
      | undefined;
    return {
      groups: (groups ?? []).map((one): Option => ({ value: one.id, label: said(one.name, one.nameEn) })),
      groupKeys: (groups ?? []).map((one): Option => ({ value: one.key, label: said(one.name, one.nameEn) })),
      roles: (roles ?? []).map((one): Option => ({ value: one.key, label: said(one.name, one.nameEn) })),
      calendars: (calendars ?? []).map((one): Option => ({
        value: one.id,
        label: calendarLabel(said(one.name, one.nameEn), one.hours),
      })),
      users: (users ?? []).map((one): Option => ({ value: one.id, label: `${one.name}　${one.staffNo}` })),
      categories: (categories?.nodes ?? []).map((one): Option => ({
        value: one.key,
        label: pathOf(one.key, categories?.nodes ?? [], english),
      })),
    };
  }, [groups, roles, calendars, users, settings, english]);
}

/** The hours are said once: most calendars are called by them. */
const calendarLabel = (name: string, hours: string) => (name.includes(hours) ? name : `${name}　${hours}`);

export const nameIn = (options: Option[], value: string | null | undefined): string | null =>
  value ? (options.find((one) => one.value === value)?.label ?? value) : null;

type Node = SettingValue<'categories'>['nodes'][number];

/** `tech.fault` as 「技术支持类 / 故障报修」. */
export function pathOf(key: string, nodes: readonly Node[], english: boolean): string {
  const parts = key.split('.');
  return parts
    .map((_, at) => {
      const prefix = parts.slice(0, at + 1).join('.');
      const node = nodes.find((one) => one.key === prefix);
      return node ? (english ? node.en : node.zh) : prefix;
    })
    .join(' / ');
}
