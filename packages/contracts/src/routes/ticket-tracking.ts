/** 问题处理进度跟踪表 (SD1-46): one row per ticket, as a page and as a file. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, PlainDate, oneOf, pageQuery, pageOf } from '../schema.ts';
import type { Static } from '../schema.ts';
import { priorities, ticketStatuses } from '../words.ts';
import { ticketFilter } from './ticket-shapes.ts';

const tag = 'tickets';
/** The columns in the order of the paper; the product, which the paper lacks, comes after them. */
export const trackingColumns = [
  { key: 'number', zh: '工单号', en: 'Number' },
  { key: 'customerName', zh: '客户名称', en: 'Customer' },
  { key: 'category', zh: '问题类型', en: 'Category' },
  { key: 'priority', zh: '优先级', en: 'Priority' },
  { key: 'acceptedAt', zh: '受理时间', en: 'Accepted' },
  { key: 'responsible', zh: '责任人', en: 'Responsible' },
  { key: 'status', zh: '当前状态', en: 'Status' },
  { key: 'progress', zh: '最近进展', en: 'Latest progress' },
  { key: 'progressAt', zh: '进展时间', en: 'Progress at' },
  { key: 'etaAt', zh: '预计完成', en: 'Expected' },
  { key: 'notifyAt', zh: '下次通知时间', en: 'Next notice' },
  { key: 'escalation', zh: '升级情况', en: 'Escalation' },
  { key: 'finishedAt', zh: '完成时间', en: 'Finished' },
  { key: 'product', zh: '产品与服务', en: 'Product or service' },
] as const;

export const TrackingRow = obj({
  id: Id,
  number: Type.String(),
  customerName: Type.String(),
  category: Type.String(),
  priority: oneOf(priorities),
  acceptedAt: Instant,
  responsible: nullable(Type.String()),
  status: oneOf(ticketStatuses),
  progress: Type.String(),
  progressAt: nullable(Instant),
  etaAt: nullable(Instant),
  notifyAt: nullable(Instant),
  escalation: nullable(obj({ level: Type.Integer(), at: nullable(Instant), reason: Type.String() })),
  finishedAt: nullable(Instant),
  product: nullable(Type.String()),
});
export type TrackingRowView = Static<typeof TrackingRow>;
export const listTracking = route({
  method: 'GET',
  path: '/tickets/tracking',
  access: 'ticket.read',
  tag,
  summary: 'The progress table 问题处理进度跟踪表 of all open tickets, or of the view named; oldest first.',
  query: obj({ ...pageQuery, ...ticketFilter }),
  response: pageOf(TrackingRow),
});
/** Chosen tickets, ids parted by commas, instead of a whole view. */
export const mostChosen = 200;
const ids = opt(
  Type.String({
    pattern: `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,${mostChosen - 1}}$`,
    maxLength: mostChosen * 37,
    examples: ['01a21864-5fc8-7000-8075-192163d40bc6,01a21864-5fc8-7000-8075-192163d40bc7'],
  }),
);
export const exportTracking = route({
  method: 'GET',
  path: '/tickets/tracking.csv',
  access: 'record.export',
  tag,
  summary: 'The same table whole or of chosen tickets, as CSV, with who took it and when; audited.',
  query: obj({ ...ticketFilter, ids, locale: opt(oneOf(['zh-CN', 'en'] as const)) }),
  produces: 'text/csv',
  errors: ['TOO_LARGE'],
  ratePerMinute: 20,
});
const format = oneOf(['csv', 'xlsx', 'pdf'] as const);
const locale = opt(oneOf(['zh-CN', 'en'] as const));
export const exportTrackingFile = route({
  method: 'GET',
  path: '/tickets/tracking/file',
  access: 'record.export',
  tag,
  summary:
    'The same table whole or of chosen tickets as CSV, XLSX or on paper (PDF), with who took it and when; audited.',
  query: obj({ ...ticketFilter, ids, format, locale }),
  produces: 'application/octet-stream',
  errors: ['TOO_LARGE'],
  ratePerMinute: 20,
});
export const registrationFile = route({
  method: 'GET',
  path: '/tickets/:id/registration',
  access: 'ticket.read',
  tag,
  summary:
    '客户信息登记表 of one ticket (SD1-38) as paper (PDF), XLSX or CSV; numbers as the reader sees them; audited.',
  params: obj({ id: Id }),
  query: obj({ format, locale }),
  produces: 'application/octet-stream',
  ratePerMinute: 60,
});
export const registrationsOfDay = route({
  method: 'GET',
  path: '/tickets/registrations/file',
  access: 'ticket.read',
  tag,
  summary:
    '客户信息登记表 of all tickets of one day that the reader may see, in the order they were taken, as CSV, XLSX or paper (PDF); the day is that of UTC+8; numbers as the reader sees them; audited.',
  query: obj({ day: PlainDate, format, locale }),
  produces: 'application/octet-stream',
  errors: ['TOO_LARGE'],
  ratePerMinute: 20,
});
export const printArchive = route({
  method: 'GET',
  path: '/tickets/:id/archive.pdf',
  access: 'ticket.read',
  tag,
  summary: 'The archived snapshot on paper: its six parts and the fingerprint; audited.',
  params: obj({ id: Id }),
  query: obj({ locale }),
  produces: 'application/pdf',
  ratePerMinute: 60,
});
