/**
 * What is kept of a customer, field by field: what for and where it comes from (SD3h-05). Forms and the customer's page
 * say it, the import knows its columns by it. Whoever adds a field to customers says both here.
 */
import type { Words } from './pack.ts';

type FieldNote = Words & {
  /** Other headings of sheets that mean it. */
  also?: readonly string[];
  purpose: Words;
  source: Words;
};
const told = { zh: '客户告知', en: 'told by the customer' };
const agent = { zh: '客服填写', en: 'noted by an agent' };
const file = { zh: '合同或客户告知', en: 'the contract, or told by the customer' };

export const customerFields = {
  kind: {
    zh: '客户类型',
    en: 'Kind',
    also: ['类型'],
    purpose: {
      zh: '决定登记哪些资料、先看到哪种话术',
      en: 'Decides what is registered and which words come first',
    },
    source: agent,
  },
  name: {
    zh: '姓名或名称',
    en: 'Name',
    also: ['姓名', '名称', '客户名称', '客户姓名', '客户', 'customer', 'full name'],
    purpose: { zh: '称呼客户、确认是本人', en: 'To address the customer and to know it is them' },
    source: told,
  },
  level: {
    zh: '客户等级',
    en: 'Level',
    also: ['等级', '级别'],
    purpose: { zh: '决定排队先后与回访频率', en: 'Decides the place in the queue and how often we call' },
    source: { zh: '按购买与合作情况评定', en: 'set from purchases and cooperation' },
  },
  contactName: {
    zh: '联系人',
    en: 'Contact person',
    also: ['联系人姓名', 'contact'],
    purpose: { zh: '企业客户找得到具体的人', en: 'A company is reached through a person' },
    source: told,
  },
  contactTitle: {
    zh: '联系人职务',
    en: 'Position of the contact',
    also: ['职务', '职位', 'title', 'position'],
    purpose: { zh: '知道对方能决定什么', en: 'To know what they can decide' },
    source: told,
  },
  company: {
    zh: '公司',
    en: 'Company',
    also: ['公司名称', '单位', '单位名称'],
    purpose: { zh: '把同一企业的事归在一起', en: 'Keeps the matters of one company together' },
    source: file,
  },
  industry: {
    zh: '行业',
    en: 'Industry',
    also: ['所属行业', 'trade'],
    purpose: {
      zh: '推荐合适的方案，分行业分析反馈',
      en: 'To propose what fits and to read feedback by trade',
    },
    source: told,
  },
  phones: {
    zh: '电话',
    en: 'Phones',
    also: ['手机', '手机号', '联系电话', '电话号码', '联系方式', 'phone', 'mobile', 'telephone'],
    purpose: {
      zh: '回电、认出来电；不用于推销',
      en: 'To call back and to know a caller; not for advertising',
    },
    source: { zh: '客户告知或来电显示', en: 'told by the customer, or the number that called' },
  },
  emails: {
    zh: '邮箱',
    en: 'E-mails',
    also: ['电子邮箱', '邮件', '电子邮件', 'email', 'e-mail', 'mail'],
    purpose: { zh: '发送处理结果与凭证', en: 'To send results and documents' },
    source: { zh: '客户告知或来信地址', en: 'told by the customer, or where the mail came from' },
  },
  tags: {
    zh: '标签',
    en: 'Tags',
    also: ['客户标签'],
    purpose: { zh: '记住偏好，少问重复的问题', en: 'To remember preferences and ask nothing twice' },
    source: agent,
  },
  serviceHint: {
    zh: '服务提示',
    en: 'Service hint',
    also: ['提示', '注意事项'],
    purpose: { zh: '接待时先看到要注意的事', en: 'What to mind, seen first when serving' },
    source: agent,
  },
  preferredChannel: {
    zh: '偏好渠道',
    en: 'Preferred channel',
    also: ['联系偏好'],
    purpose: { zh: '用客户愿意的方式联系', en: 'To reach them the way they like' },
    source: told,
  },
  cooperationSince: {
    zh: '合作起始日',
    en: 'Customer since',
    also: ['合作日期', '合作时间', '合作开始'],
    purpose: { zh: '安排周年回访与服务等级', en: 'For anniversaries and the level of service' },
    source: { zh: '合同', en: 'the contract' },
  },
  birthday: {
    zh: '生日',
    en: 'Birthday',
    also: ['出生日期', 'date of birth'],
    purpose: {
      zh: '生日当天问候；不愿告知可不填',
      en: 'A greeting on the day; left out by who does not want it',
    },
    source: told,
  },
  website: {
    zh: '网站',
    en: 'Website',
    also: ['网址', 'url'],
    purpose: { zh: '了解企业客户的业务', en: 'To know what a company does' },
    source: { zh: '公开信息', en: 'public' },
  },
  remark: {
    zh: '备注',
    en: 'Remark',
    also: ['说明'],
    purpose: {
      zh: '其他与服务有关的事；不写与服务无关的隐私',
      en: 'Other things that matter for service; nothing private beside it',
    },
    source: agent,
  },
} as const satisfies Record<string, FieldNote>;

export type CustomerField = keyof typeof customerFields;
export const customerFieldKeys = Object.keys(customerFields) as CustomerField[];
const noteOf = (key: CustomerField): FieldNote => customerFields[key];

const plain = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[\s*（）()：:_-]/g, '');
/** The field a heading of a sheet means, or null. */
export const fieldOfHeading = (heading: string): CustomerField | null =>
  customerFieldKeys.find((key) => {
    const { zh, en, also = [] } = noteOf(key);
    return [key, zh, en, ...also].some((name) => plain(name) === plain(heading));
  }) ?? null;
