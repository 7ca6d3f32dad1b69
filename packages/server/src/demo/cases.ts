/** What customers of an appliance maker write about, and how it is solved. */
import type { Impact, Urgency } from '#contracts/words.ts';

export type Case = {
  category: string;
  /** Of the products of a new centre. */ product?: string;
  /** The article its answer comes from. */ article?: string;
  subject: string;
  opening: string;
  urgency: Urgency;
  impact: Impact;
  affectedUsers?: number;
  ask?: string;
  give?: string;
  reply: string;
  /** What a careless colleague says instead now and then; it is counted with their wording. */
  slip?: string;
  solution: string;
  steps: string;
  cautions: string;
};

export const cases: readonly Case[] = [
  {
    category: 'tech.fault',
    product: 'washer',
    article: 'washer-noise',
    subject: '洗衣机脱水时异响',
    opening: '你好，新买的洗衣机脱水的时候响得厉害，像有东西在敲。',
    urgency: 'high',
    impact: 'single',
    ask: '请拍一段脱水时的视频或照片发给我们。',
    give: '已经发了，您看一下。',
    reply: '您好，从视频看是运输螺栓没有拆除。',
    solution: '拆除机身背面的四颗运输螺栓',
    steps: '1. 断电 2. 用随机扳手拧下四颗螺栓 3. 装上塑料塞',
    cautions: '螺栓请保留，搬家时需要装回',
  },
  {
    category: 'tech.operation',
    product: 'aircon',
    article: 'remote-reset',
    subject: '空调遥控器失灵',
    opening: '空调遥控器按了没有反应，换过电池了。',
    urgency: 'medium',
    impact: 'single',
    reply: '您好，请先试着长按复位键五秒。',
    solution: '遥控器复位后与室内机重新配对',
    steps: '1. 长按复位键 5 秒 2. 对准室内机按开机',
    cautions: '两米内操作，避免日光直射接收窗',
  },
  {
    category: 'consult.feature',
    product: 'fridge',
    article: 'fridge-zone',
    subject: '冰箱变温区怎么设置',
    opening: '请问 BX-520 的变温区可以调到零度保鲜吗？',
    urgency: 'low',
    impact: 'single',
    reply: '可以的，变温区支持 -18 到 5 度。',
    slip: '这个我不清楚，您看说明书。',
    solution: '在面板选择「零度保鲜」',
    steps: '1. 按「变温」键 2. 选到 0 度 3. 确认',
    cautions: '设置后约两小时到温',
  },
  {
    category: 'consult.order',
    article: 'shipping',
    subject: '查询订单发货时间',
    opening: '我 15 号下的单还没有发货，什么时候能发？',
    urgency: 'medium',
    impact: 'single',
    reply: '为您查到订单已出库，预计今天揽收。',
    slip: '这是物流的问题，您再等等。',
    solution: '订单已于当日发出',
    steps: '可在「我的订单」查看物流',
    cautions: '大件签收前请先验货',
  },
  {
    category: 'consult.policy',
    article: 'trade-in',
    subject: '以旧换新政策咨询',
    opening: '旧电视可以抵多少钱？需要自己搬吗？',
    urgency: 'low',
    impact: 'minor',
    reply: '旧机可抵 200 到 800 元，上门回收不用自己搬。',
    slip: '全网最低，您放心买。',
    solution: '告知以旧换新抵扣标准与预约方式',
    steps: '下单时勾选以旧换新，填写旧机型号',
    cautions: '旧机需能通电',
  },
  {
    category: 'tech.return',
    article: 'damaged',
    subject: '微波炉面板破损要求换货',
    opening: '收到微波炉面板裂了，想换一台。',
    urgency: 'high',
    impact: 'single',
    ask: '请提供外箱与破损处的照片。',
    give: '照片发给你们了。',
    reply: '已核实为运输破损，为您登记换货。',
    solution: '免费换新，旧机由快递取回',
    steps: '1. 保留原包装 2. 快递上门取件 3. 新机同日发出',
    cautions: '取件前请拍照留存',
  },
  {
    category: 'complaint_suggestion.complaint',
    subject: '师傅迟到两小时且态度差',
    opening: '约了上午九点安装，师傅十一点才来，还说是我地址没写清楚！',
    urgency: 'high',
    impact: 'single',
    reply: '非常抱歉给您带来不便，我们正在核实，今天内给您方案。',
    solution: '核实属实，道歉并赠送一年延保',
    steps: '延保已登记到您的订单',
    cautions: '如再有问题可直接联系专属客服',
  },
  {
    category: 'complaint_suggestion.suggestion',
    subject: '建议增加静音模式',
    opening: '夜里洗碗机声音偏大，建议出个静音档。',
    urgency: 'low',
    impact: 'minor',
    reply: '感谢建议，已转产品部评估。',
    solution: '建议已登记并转交产品部',
    steps: '评估结果将通过短信告知',
    cautions: '—',
  },
  {
    category: 'tech.data',
    subject: '智能家居 App 大面积离线',
    opening: '我们酒店三百多间房的空调都显示离线，前台快炸了！',
    urgency: 'critical',
    impact: 'wide',
    affectedUsers: 320,
    reply: '已收到，正在紧急处理，值班工程师已介入。',
    solution: '云端证书到期导致，已更换证书',
    steps: '设备将在 10 分钟内自动重连',
    cautions: '如仍有离线，请断电重启网关',
  },
  {
    category: 'tech.fault',
    article: 'heater-e3',
    subject: '热水器不出热水',
    opening: '今天早上热水器突然不出热水了，显示 E3。',
    urgency: 'high',
    impact: 'group',
    ask: '请确认燃气阀是否打开，并拍一张故障码照片。',
    give: '阀门是开的，照片在这里。',
    reply: 'E3 是点火故障，为您安排上门。',
    solution: '更换点火针',
    steps: '工程师上门更换，约 30 分钟',
    cautions: '更换后请通风 10 分钟再使用',
  },
  {
    category: 'other.cooperation',
    article: 'dealer',
    subject: '经销合作咨询',
    opening: '我们在洛阳有三家门店，想了解经销政策。',
    urgency: 'low',
    impact: 'minor',
    reply: '您好，渠道经理会在一个工作日内联系您。',
    solution: '已转渠道部对接',
    steps: '渠道经理电话联系',
    cautions: '—',
  },
  {
    category: 'consult.guide',
    article: 'oven-first',
    subject: '蒸烤箱首次使用步骤',
    opening: '第一次用蒸烤箱，需要先空烧吗？',
    urgency: 'low',
    impact: 'single',
    reply: '需要的，首次使用请空烧 20 分钟。',
    solution: '首次使用空烧除味',
    steps: '1. 取出附件 2. 200 度空烧 20 分钟 3. 通风',
    cautions: '空烧时有轻微烟味属正常',
  },
];
