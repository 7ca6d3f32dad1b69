/** What belongs to a playbook as a whole beside its steps: what it needs, and the roles and groups it brings. Pure. */
import { rolePresets } from '#contracts/permissions.ts';
import type { Pack, Words } from '#contracts/pack.ts';
import { labels } from '#contracts/words.ts';
import type { Language, Names } from './saying.ts';

export const scenarioNames: Record<Pack['scenario'], Words> = {
  pre_sales: { zh: '售前', en: 'Before the sale' },
  order: { zh: '订单', en: 'Orders' },
  after_sales: { zh: '售后', en: 'After sales' },
  complaint: { zh: '投诉', en: 'Complaints' },
  support: { zh: '技术支持', en: 'Technical support' },
  emergency: { zh: '应急', en: 'Emergencies' },
  shop: { zh: '网店', en: 'Web shop' },
  shop_day: { zh: '网店日常', en: 'Days of a web shop' },
  hotline: { zh: '热线', en: 'Hotline' },
  reception: { zh: '前台接待', en: 'Reception' },
  service_centre: { zh: '服务中心', en: 'Service centre' },
  fund: { zh: '基金', en: 'Funds' },
  repair_centre: { zh: '维修中心', en: 'Repair centre' },
  repair: { zh: '维修', en: 'Repair' },
  courier: { zh: '快递', en: 'Courier' },
  postal: { zh: '邮政', en: 'Postal service' },
  clinic: { zh: '诊所门店', en: 'Clinics' },
  care: { zh: '客户关怀', en: 'Customer care' },
  other: { zh: '其他', en: 'Other' },
};
export const abouts: Record<Pack['about'], Words> = {
  ticket: { zh: '一张工单', en: 'a ticket' },
  conversation: { zh: '一次会话', en: 'a conversation' },
  customer: { zh: '一位客户', en: 'a customer' },
  record: { zh: '一条业务记录', en: 'a record' },
  centre: { zh: '整个中心', en: 'the whole centre' },
};

export const headParts = [
  'about',
  'owner',
  'scenario',
  'industry',
  'source',
  'needs',
  'several',
  'roles',
  'groups',
] as const;
export type HeadPart = (typeof headParts)[number];

/** One part, a line each; none where the playbook has none. */
export const sayHeadPart = (pack: Pack, part: HeadPart, language: Language, names: Names): string[] => {
  const zh = language === 'zh';
  switch (part) {
    case 'about':
      return [abouts[pack.about][language]];
    case 'owner':
      return [names.role(pack.owner)];
    case 'scenario':
      return [scenarioNames[pack.scenario][language]];
    case 'industry':
      return [pack.industry];
    case 'source':
      return pack.source.length > 0 ? [pack.source.join(zh ? '、' : ', ')] : [];
    case 'needs':
      return pack.needs ? [pack.needs.map((key) => names.playbook?.(key) ?? key).join(zh ? '、' : ', ')] : [];
    case 'several':
      return pack.several
        ? [zh ? '同一对象可以同时走几遍' : 'several runs at a time on the same subject']
        : [];
    case 'roles':
      return (pack.roles ?? []).map((role) => {
        const like = rolePresets.find(({ key }) => key === role.like)?.[language] ?? role.like;
        return zh
          ? `${role.zh}（权限同${like}${role.group ? '，只看本组' : ''}）`
          : `${role.en} (may do what ${like} may${role.group ? ', in the own group only' : ''})`;
      });
    case 'groups':
      return (pack.groups ?? []).map((group) => {
        const above =
          pack.groups?.find(({ key }) => key === group.below)?.[language] ??
          (group.below && names.group(group.below));
        const beside = [
          group.unit ? labels.unitKind![group.unit]![language] : '',
          group.region ?? '',
          above ? (zh ? `在${above}之下` : `below ${above}`) : '',
          group.tier ? (zh ? `${group.tier} 线` : `tier ${group.tier}`) : '',
        ].filter(Boolean);
        return `${group[language]}${beside.length > 0 ? (zh ? `（${beside.join('，')}）` : ` (${beside.join(', ')})`) : ''}`;
      });
  }
};
