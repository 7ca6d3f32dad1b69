/** 知识库 of the demo centre: what its customers ask most, in words that can be sent as they are. */
import type { Audience } from '#contracts/words.ts';
import { publishArticle, writeArticle } from '#modules/knowledge/index.ts';
import type { Scene } from './seed.ts';

type Text = { zh: string; en: string };
export type DemoArticle = {
  /** By this, stories name what they answer from. */
  key: string;
  title: Text;
  body: Text;
  keywords: string[];
  category: string;
  audience: Audience;
  /** Days from the present until somebody looks at it again. */
  reviewDays: number;
  /** What it said before, and why that was changed: such an article has two versions. */
  earlier?: { zh: string; note: string };
  /** Never published. */
  draft?: boolean;
};

export const articles: readonly DemoArticle[] = [
  {
    key: 'washer-noise',
    title: { zh: '洗衣机脱水时异响、晃动怎么办', en: 'The washer knocks or shakes while spinning' },
    body: {
      zh: '新机脱水时异响，多半是运输螺栓没有拆除。\n1. 关机并拔下电源插头。\n2. 用随机扳手拧下机身背面的四颗运输螺栓，装上塑料塞。\n3. 把洗衣机放平，四只脚都着地。\n螺栓请保留，搬家时需要装回。\n如果仍有异响，请告诉我们，我们安排工程师上门，保修期内免费。',
      en: 'A new machine that knocks mostly still has its transport bolts.\n1. Switch it off and pull the plug.\n2. Take out the four bolts at the back with the wrench supplied and put the plastic caps in.\n3. Level the machine so that all four feet stand.\nKeep the bolts for moving house. If it still knocks, tell us: we send an engineer, free of charge within the warranty.',
    },
    keywords: ['响', '噪音', '抖动', '运输螺栓', '滚筒'],
    category: 'tech.fault',
    audience: 'public',
    reviewDays: 160,
    earlier: {
      zh: '新机脱水时异响，多半是运输螺栓没有拆除。\n1. 用随机扳手拧下机身背面的四颗运输螺栓，装上塑料塞。\n2. 把洗衣机放平，四只脚都着地。\n螺栓请保留，搬家时需要装回。',
      note: '补充先断电；写明上门在保修期内免费',
    },
  },
  {
    key: 'heater-e3',
    title: { zh: '热水器显示 E3、不出热水', en: 'Water heater shows E3, no hot water' },
    body: {
      zh: 'E3 是点火故障。\n1. 请确认燃气阀已打开，燃气表有余额。\n2. 关闭热水龙头，按开关键关机，等 10 秒再开机。\n3. 再次打开热水龙头。\n仍显示 E3 时请不要反复点火，我们安排工程师上门，约需 30 分钟。\n闻到燃气味请先关阀、开窗，到室外再打电话。',
      en: 'E3 means that it does not ignite.\n1. Check that the gas valve is open and the meter has credit.\n2. Close the hot tap, switch the heater off, wait ten seconds, switch it on.\n3. Open the hot tap again.\nIf E3 stays, do not try again and again: we send an engineer, about 30 minutes.\nIf you smell gas, close the valve, open the windows and call from outside.',
    },
    keywords: ['E3', '点火', '不出热水', '燃气', '故障码'],
    category: 'tech.fault',
    audience: 'public',
    reviewDays: 90,
  },
  {
    key: 'remote-reset',
    title: { zh: '空调遥控器没反应', en: 'The air conditioner’s remote does nothing' },
    body: {
      zh: '1. 换一对新电池，注意正负极。\n2. 长按复位键 5 秒，屏幕闪一下即复位完成。\n3. 站在室内机两米内，对准接收窗按开机键。\n日光直射接收窗会影响接收，请拉上窗帘再试。',
      en: '1. Put in two new batteries, mind the poles.\n2. Hold the reset key for five seconds until the display blinks.\n3. Stand within two metres, point at the indoor unit and press on.\nSunlight on the receiver disturbs it; draw the curtain and try again.',
    },
    keywords: ['遥控', '失灵', '配对', '复位'],
    category: 'tech.operation',
    audience: 'public',
    reviewDays: 200,
  },
  {
    key: 'fridge-zone',
    title: { zh: '冰箱变温区怎么设置', en: 'Setting the variable zone of the fridge' },
    body: {
      zh: '变温区支持 -18 到 5 度，零度保鲜这样设置：\n1. 按「变温」键，指示灯亮起。\n2. 连续按到 0 度。\n3. 等 5 秒自动确认。\n设置后约两小时到温。',
      en: 'The zone goes from -18 to 5 °C. For zero degrees:\n1. Press the zone key until its light is on.\n2. Step to 0.\n3. Wait five seconds.\nIt takes about two hours to get there.',
    },
    keywords: ['BX-520', '零度保鲜', '温度', '变温'],
    category: 'consult.feature',
    audience: 'public',
    reviewDays: 300,
  },
  {
    key: 'shipping',
    title: { zh: '下单后多久发货、怎么查物流', en: 'When an order leaves and how to follow it' },
    body: {
      zh: '现货订单在付款后 24 小时内出库，预售商品以页面标注的日期为准。\n出库后可在「我的订单」查看物流，也可以在服务中心的「业务查询」里用订单号查询。\n大件送货前司机会电话联系；签收前请先验货，外箱破损可当场拒收。',
      en: 'Goods in stock leave within 24 hours of payment; pre-orders on the day shown.\nFollow the parcel in “My orders” or by the order number in our service centre.\nThe driver calls before delivering large goods. Check them before you sign; you may refuse a damaged box.',
    },
    keywords: ['发货', '出库', '物流', '快递', '订单'],
    category: 'consult.order',
    audience: 'public',
    reviewDays: 120,
  },
  {
    key: 'trade-in',
    title: { zh: '以旧换新怎么抵扣', en: 'What an old appliance is worth' },
    body: {
      zh: '旧机可抵 200 到 800 元，按种类和尺寸确定，需能通电。\n下单时勾选「以旧换新」，填写旧机型号即可看到抵扣金额。\n送新机时上门回收，不用自己搬；住在没有电梯的高层也不另收费。',
      en: 'An old appliance that still powers on is worth 200 to 800 yuan by kind and size.\nTick “trade in” in your order and give the model; the amount is shown at once.\nWe take it along when we deliver the new one, free of charge, on any floor.',
    },
    keywords: ['旧机', '回收', '抵扣', '补贴', '折价'],
    category: 'consult.policy',
    audience: 'public',
    reviewDays: -3,
  },
  {
    key: 'damaged',
    title: { zh: '收到商品破损，怎么换货', en: 'Arrived damaged: how to get another one' },
    body: {
      zh: '请在签收后 48 小时内发给我们：外箱照片、破损处照片、订单号。\n核实为运输破损的，我们免费换新，旧机由快递上门取回，运费由我们承担，新机同日发出。\n请保留原包装，取件前拍照留存。',
      en: 'Within 48 hours of signing send us pictures of the box and the damage, and the order number.\nDamage in transport is replaced free of charge; a courier fetches the old one and the new one leaves the same day.\nKeep the packaging and take a picture before it is fetched.',
    },
    keywords: ['破损', '退货', '换货', '七天', '运费'],
    category: 'tech.return',
    audience: 'public',
    reviewDays: 150,
  },
  {
    key: 'oven-first',
    title: { zh: '蒸烤箱第一次使用要做什么', en: 'The first use of a steam oven' },
    body: {
      zh: '首次使用请空烧除味：\n1. 取出全部附件和包装。\n2. 选上下烤，200 度，空烧 20 分钟。\n3. 打开厨房门窗通风。\n空烧时有轻微烟味属正常。之后用温水和中性清洁剂擦拭内腔。',
      en: 'Heat it empty once:\n1. Take out all accessories and packing.\n2. Top and bottom heat, 200 °C, 20 minutes.\n3. Open the windows.\nA little smell is normal. Wipe the inside afterwards.',
    },
    keywords: ['空烧', '首次', '除味', '清洁'],
    category: 'consult.guide',
    audience: 'public',
    reviewDays: 300,
  },
  {
    key: 'warranty',
    title: { zh: '保修多久、哪些情况要收费', en: 'How long the warranty lasts, and what is not covered' },
    body: {
      zh: '整机保修一年，压缩机、电机等主要部件保修六年，自签收之日起算，凭订单号即可，不需要纸质保修卡。\n人为损坏、自行拆改、电压异常造成的故障不在保修范围，维修前我们会先报价，您同意后再修。',
      en: 'One year for the whole appliance, six for compressor and motor, from the day you signed; the order number is enough.\nDamage by use, by opening it or by bad voltage is not covered: we quote first and repair when you agree.',
    },
    keywords: ['保修', '质保', '收费', '延保', '三包'],
    category: 'consult.policy',
    audience: 'public',
    reviewDays: 60,
  },
  {
    key: 'reschedule',
    title: { zh: '安装或上门时间怎么改', en: 'Changing the time of a visit' },
    body: {
      zh: '上门前一天 18 点以前都可以免费改期，改几次都行。\n在服务中心「查询进度」里打开工单回复想改的日期和时段，或直接告诉在线客服。\n师傅出发前会给您打电话；超过约定时段 30 分钟未到，请告诉我们，我们马上联系师傅。',
      en: 'Until 18:00 of the day before you may change it free of charge, as often as you like.\nReply on the progress page with the day and time you want, or tell us in the chat.\nThe fitter calls before setting out. If nobody came 30 minutes after the time agreed, tell us and we call at once.',
    },
    keywords: ['预约', '改期', '安装', '上门', '师傅'],
    category: 'consult.guide',
    audience: 'public',
    reviewDays: 180,
  },
  {
    key: 'dealer',
    title: { zh: '想做经销商，怎么申请', en: 'Becoming a dealer' },
    body: {
      zh: '请提供门店所在城市、经营面积和主营品牌，渠道经理会在一个工作日内联系您。\n合作政策因城市而异，以渠道经理书面答复为准。',
      en: 'Tell us the city, the size of the shop and the brands you sell; a channel manager calls within one working day. Terms differ by city.',
    },
    keywords: ['经销', '加盟', '代理', '合作'],
    category: 'other.cooperation',
    audience: 'public',
    reviewDays: 240,
  },
  {
    key: 'late-fitter',
    title: { zh: '师傅迟到、态度投诉的答复口径', en: 'What to offer when a fitter was late or rude' },
    body: {
      zh: '先道歉，再复述客户说的经过，不解释、不推给师傅。\n迟到 30 分钟以上核实属实：赠送一年延保；迟到两小时以上或态度问题属实：可再补偿不超过 100 元的券，超过 100 元请主管审批。\n24 小时内由客户关系组电话回访。',
      en: 'Apologise, repeat what the customer told, explain nothing away.\nMore than 30 minutes late: a year of extended warranty. Two hours or rude: a voucher up to 100 yuan as well; beyond that a supervisor decides.\nCustomer relations call within 24 hours.',
    },
    keywords: ['投诉', '迟到', '态度', '赔付', '补偿', '延保'],
    category: 'complaint_suggestion.complaint',
    audience: 'internal',
    reviewDays: 45,
  },
  {
    key: 'app-offline',
    title: { zh: '智能家居 App 大面积离线的应急处理', en: 'When the smart home app is down for many' },
    body: {
      zh: '同一小时内三位以上客户报离线，按 P1 登记并立刻电话通知值班工程师。\n对客户只说：我们已发现并正在处理，设备本身可以用遥控器或面板操作。不要给具体恢复时间，除非应急公告里写了。\n恢复后请客户断电重启网关。',
      en: 'Three customers offline within an hour: register as P1 and call the engineer on duty.\nSay only: we know and are working on it; the appliance still works from its panel. No time of recovery unless the announcement gives one.\nAfterwards the gateway is restarted.',
    },
    keywords: ['离线', 'App', '网关', '应急', '云端'],
    category: 'tech.data',
    audience: 'internal',
    reviewDays: 30,
  },
  {
    key: 'quiet-mode',
    title: { zh: '洗碗机有没有静音档', en: 'Is there a quiet programme on the dishwasher?' },
    body: {
      zh: '目前没有单独的静音档，选「夜间洗」噪音最低，时间会长 40 分钟。新机型计划增加，日期待产品部确认。',
      en: '',
    },
    keywords: ['静音', '噪音', '夜间'],
    category: 'consult.feature',
    audience: 'public',
    reviewDays: 90,
    draft: true,
  },
];

export type Written = Map<string, { articleId: string; version: number }>;

const dayMs = 86_400_000;
const plainDate = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

/** Written by those who know the products, by commands; what stories answer from is in the answer. */
export const writeArticles = async (
  { does, people }: Pick<Scene, 'does' | 'people'>,
  now: number,
): Promise<Written> => {
  const written: Written = new Map();
  for (const { key, earlier, draft, reviewDays, ...article } of articles) {
    const author = people.get(article.audience === 'internal' ? 'supervisor' : 'product')!;
    const reviewBy = plainDate(now + reviewDays * dayMs);
    const first = await does(author, writeArticle, {
      ...article,
      reviewBy,
      body: earlier ? { zh: earlier.zh, en: '' } : article.body,
      note: '首次编写',
    });
    if (draft) continue;
    await does(author, publishArticle, first);
    if (earlier) {
      const next = await does(author, writeArticle, {
        ...article,
        id: first.id,
        base: first.version,
        reviewBy,
        note: earlier.note,
      });
      await does(people.get('supervisor')!, publishArticle, next);
    }
    written.set(key, { articleId: first.id, version: earlier ? 2 : 1 });
  }
  return written;
};
