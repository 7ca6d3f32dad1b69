/** Links to one order. The token is the kind, the order and the last second, signed with the centre's secret: nothing is stored, nothing can be guessed or prolonged. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import * as contract from '#contracts/routes/order-links.ts';
import { orderLinkKinds } from '#contracts/routes/order-links.ts';
import type { OrderLinkKind, PublicOrderView } from '#contracts/routes/order-links.ts';
import { Id, Type, obj, oneOf } from '#contracts/schema.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Centre, RouteHandler } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import type { Config } from '#kernel/config.ts';
import { answer } from '#kernel/http.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { recordById } from '#modules/records/index.ts';
import { settingCached } from '#modules/settings/index.ts';

const macBytes = 16;
const bodyBytes = 1 + 16 + 6;
const sign = ({ secret }: Pick<Config, 'secret'>, body: Buffer): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'zhike order links', 32)))
    .update(body)
    .digest()
    .subarray(0, macBytes);

export const orderToken = (
  config: Pick<Config, 'secret'>,
  { kind, orderId, expiresAt }: { kind: OrderLinkKind; orderId: string; expiresAt: number },
): string => {
  const body = Buffer.alloc(bodyBytes);
  body.writeUInt8(orderLinkKinds.indexOf(kind), 0);
  body.write(orderId.replaceAll('-', ''), 1, 'hex');
  body.writeUIntBE(Math.floor(expiresAt / 1000), 17, 6);
  return Buffer.concat([body, sign(config, body)]).toString('base64url');
};

/** What a token says, or undefined where it was not signed here. Expired ones are read too: the page says so. */
export const readOrderToken = (config: Pick<Config, 'secret'>, token: string) => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== bodyBytes + macBytes) return undefined;
  const body = bytes.subarray(0, bodyBytes);
  if (!timingSafeEqual(sign(config, body), bytes.subarray(bodyBytes))) return undefined;
  const kind = orderLinkKinds[body.readUInt8(0)];
  const orderId = body.toString('hex', 1, 17).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return kind && { kind, orderId, expiresAt: body.readUIntBE(17, 6) * 1000 };
};

/** Who sent which link is kept; the link itself is not. */
const noteLink = command({
  name: 'portal.order-link',
  permission: 'record.read',
  input: obj({ orderId: Id, kind: oneOf(orderLinkKinds), expiresAt: Type.String() }),
  run: async ({ audit }, { orderId, kind, expiresAt }) => {
    audit('record', orderId, { kind, expiresAt });
  },
});

const day = (at: number) => {
  const said = (locale: string) =>
    new Intl.DateTimeFormat(locale, {
      timeZone: 'Asia/Shanghai',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    }).format(at);
  return { zh: said('zh-CN'), en: said('en') };
};

const publicOrder = async (centre: Centre, token: string): Promise<PublicOrderView> => {
  const now = centre.clock.now();
  const read = readOrderToken(centre.config, token);
  if (!read) throw notFound();
  if (read.expiresAt <= now) throw new Problem('LINK_EXPIRED');
  const [order, words, { payUrl }] = await Promise.all([
    recordById(centre, systemActor('portal'), 'order', read.orderId),
    settingCached(centre.db, 'centre', now),
    settingCached(centre.db, 'orderLinks', now),
  ]);
  const said = (key: string) => (typeof order.data[key] === 'string' ? order.data[key] : null);
  const amount = typeof order.data.amount === 'number' ? order.data.amount : null;
  const place = (text: string, name: string, value: string) =>
    text.replaceAll(`{${name}}`, encodeURIComponent(value));
  return {
    kind: read.kind,
    company: words.company,
    companyEn: words.companyEn,
    hotline: words.hotline,
    number: order.number,
    items: said('items') ?? '',
    amount,
    state: order.stateName,
    payUrl:
      read.kind === 'pay' && payUrl
        ? place(place(payUrl, 'number', order.number ?? order.id), 'amount', amount?.toFixed(2) ?? '')
        : null,
    carrier: said('carrier'),
    trackNo: said('trackNo'),
    etaAt: said('etaAt'),
    lastTrack: said('lastTrack'),
    lastTrackAt: said('lastTrackAt'),
    expiresAt: new Date(read.expiresAt).toISOString(),
  };
};

export const orderLinkRoutes: RouteHandler[] = [
  answer(contract.createOrderLink, async ({ centre, actor, params, body }) => {
    const now = centre.clock.now();
    const order = await recordById(centre, actor, 'order', params.id);
    const { payHours, trackDays } = await settingCached(centre.db, 'orderLinks', now);
    const expires = now + (body.kind === 'pay' ? payHours * 3_600_000 : trackDays * 86_400_000);
    const expiresAt = new Date(Math.floor(expires / 1000) * 1000).toISOString();
    await send(centre, noteLink, { orderId: order.id, kind: body.kind, expiresAt }, actor);
    const url = `${centre.config.publicUrl}/o/${orderToken(centre.config, { kind: body.kind, orderId: order.id, expiresAt: expires })}`;
    const [until, number] = [day(expires), order.number ?? ''];
    return {
      url,
      expiresAt,
      words:
        body.kind === 'pay'
          ? {
              zh: `订单 ${number} 的支付链接（${until.zh}前有效）：${url}`,
              en: `To pay order ${number} (valid until ${until.en}): ${url}`,
            }
          : {
              zh: `订单 ${number} 的物流进度（${until.zh}前可查）：${url}`,
              en: `Where order ${number} is (until ${until.en}): ${url}`,
            },
    };
  }),
  answer(contract.getPublicOrder, ({ centre, params }) => publicOrder(centre, params.token)),
];
