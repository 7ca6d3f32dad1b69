import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trimHtmlQuotes, trimQuotes } from './quotes.ts';

/** What programs really write above a quotation; the answer is always the same. */
const answer = '好的,周六上午可以。\n谢谢!';
const marks: [string, string][] = [
  ['Gmail 中文', '张三 <zhang@x.test> 于2026年11月18日周三 10:12写道:\n\n> 您好'],
  ['Gmail 中文,换行', '张三 <zhang@x.test>\n于2026年11月18日周三 10:12写道:\n\n> 您好'],
  ['Gmail 全角冒号', '于 2026年11月18日周三 上午10:12,客服 <s@x.test> 写道:\n> 您好'],
  [
    'QQ 邮箱',
    '------------------ 原始邮件 ------------------\n发件人: "客服" <s@x.test>;\n发送时间: 2026年11月18日\n您好',
  ],
  [
    'QQ 邮箱英文',
    '------------------ Original ------------------\nFrom: "s"<s@x.test>\nDate: x\nTo: y\nhello',
  ],
  ['QQ 回复的邮件', '------------------ 原始邮件 ------------------\n您好'],
  ['163 网页', '在 2026-11-18 10:12:33,"客服" <s@x.test> 写道:\n您好,请先断电'],
  ['163 网页全角', '在2026-11-18 10:12:33,"客服"<s@x.test>写道:\n您好'],
  ['网易邮箱大师', '---- 回复的原邮件 ----\n| 发件人 | 客服 |\n| 日期 | 2026年11月18日 |\n您好'],
  ['网易邮箱大师英文', '---- Replied Message ----\n| From | s |\nhello'],
  [
    'Outlook 中文',
    '发件人: 客服 <s@x.test>\n发送时间: 2026年11月18日 10:12\n收件人: 王小明\n主题: 回复: 洗衣机\n\n您好',
  ],
  ['Outlook 中文全角', '发件人:客服 <s@x.test>\n发送时间:2026年11月18日\n收件人:王小明\n主题:洗衣机\n您好'],
  ['Outlook 繁體', '寄件者: 客服 <s@x.test>\n寄件日期: 2026年11月18日\n收件者: 王\n主旨: 洗衣機\n您好'],
  [
    'Outlook 网页',
    '________________________________\n发件人: 客服 <s@x.test>\n发送时间: 2026年11月18日\n收件人: 王\n主题: x\n您好',
  ],
  [
    'Outlook 英文',
    'From: Service <s@x.test>\nSent: Wednesday, November 18, 2026 10:12 AM\nTo: Wang\nSubject: Re: x\n\nhello',
  ],
  ['Foxmail', '发件人: 客服\n发送时间: 2026-11-18 10:12\n收件人: wang\n主题: Re: x\n您好'],
  [
    '阿里云邮箱',
    '------------------------------------------------------------------\n发件人:客服 <s@x.test>\n发送时间:2026年11月18日(星期三) 10:12\n收件人:王\n主题:x\n您好',
  ],
  ['iPhone 中文', '在 2026年11月18日,10:12,客服 <s@x.test> 写道:\n\n> 您好'],
  ['Apple Mail', '> 2026年11月18日 上午10:12,客服 <s@x.test> 写道:\n> \n> 您好'],
  ['Gmail English', 'On Wed, Nov 18, 2026 at 10:12 AM Service <s@x.test> wrote:\n\n> hello'],
  [
    'Gmail English, wrapped',
    'On Wed, Nov 18, 2026 at 10:12 AM A Very Long Name Of The Service\n<service@x.test> wrote:\n\n> hello',
  ],
  ['Thunderbird', 'On 18/11/2026 10:12, Service wrote:\n> hello\n> again'],
  [
    'Outlook mobile',
    'Get Outlook for iOS\n________________________________\nFrom: s <s@x.test>\nSent: x\nTo: y\nSubject: z\nhello',
  ],
  ['Original Message', '-----Original Message-----\nFrom: s\nSent: x\nTo: y\nhello'],
  ['Deutsch', 'Am 18.11.2026 um 10:12 schrieb Service <s@x.test>:\n> hallo'],
  ['Français', 'Le mer. 18 nov. 2026 à 10:12, Service <s@x.test> a écrit :\n> bonjour'],
  ['Lark 飞书', '发件人:客服 发送时间:2026年11月18日 10:12\n您好'],
  ['转发', '---------- 转发邮件 ----------\n发件人: 客服\n您好'],
  ['only quoted lines', '> 您好\n> 请先断电\n>\n>> 更早'],
  ['signature of a phone', '发自我的iPhone'],
  ['signature of a phone, English', 'Sent from my iPhone'],
  ['signature', '-- \n王小明\n星河路 1 号'],
  ['phone signature and quotation', '发自我的小米手机\n在 2026年11月18日,客服 <s@x.test> 写道:\n您好'],
];

describe('the answer without what it quotes', () => {
  for (const [program, quoted] of marks)
    it(program, () => assert.equal(trimQuotes(`${answer}\n\n${quoted}`), answer));
  for (const [program, quoted] of marks.slice(0, 12))
    it(`${program}, CRLF`, () =>
      assert.equal(trimQuotes(`${answer}\n\n${quoted}`.replaceAll('\n', '\r\n')), answer));
});

describe('what must stay', () => {
  const whole: [string, string][] = [
    [
      'answers written between quoted lines',
      '在 2026-11-18 10:12:33,"客服" <s@x.test> 写道:\n> 型号是什么?\nXQB80\n> 什么时候买的?\n去年',
    ],
    ['a sentence that looks nearly like a mark', '我在网上看到有人写道:洗衣机要先断电。\n请问对吗?'],
    ['a line of dashes in a text', '第一部分\n--------------------\n第二部分'],
    ['one field is no header block', '收件人:王小明\n地址:星河路 1 号,请寄到这里'],
    ['a date in a text', '我 2026年11月18日 买的,发票在附件'],
    ['a mail that is all quotation is shown whole', '> 您好\n> 请回复'],
    ['a long text', '很长的一句话。'.repeat(500)],
    ['nothing', ''],
  ];
  for (const [name, text] of whole) it(name, () => assert.equal(trimQuotes(text), text.trim()));
  it('a list with > as greater-than stays when words follow', () =>
    assert.equal(trimQuotes('温度\n> 60 度时报警\n请处理'), '温度\n> 60 度时报警\n请处理'));
  it('200 KB of hostile lines take no time', () => {
    const begun = performance.now();
    for (const line of [
      'On '.repeat(160),
      '发件人:'.repeat(80),
      '>'.repeat(480),
      `${'-'.repeat(480)}x`,
      `在 ${'2'.repeat(470)}`,
    ])
      trimQuotes(`${line}\n`.repeat(400));
    assert.ok(performance.now() - begun < 1500, `${performance.now() - begun} ms`);
  });
});

describe('HTML of programs that mark their quotation', () => {
  const html: [string, string][] = [
    [
      'Gmail',
      '<div dir="ltr">好的</div><br><div class="gmail_quote gmail_quote_container"><div>于…写道:</div>您好</div>',
    ],
    ['Outlook', '<p>好的</p><div id="divRplyFwdMsg" dir="ltr">发件人</div>您好'],
    [
      'Outlook desktop',
      '<p>好的</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">发件人</div>',
    ],
    ['Apple Mail', '<div>好的</div><blockquote type="cite">您好</blockquote>'],
    ['网易邮箱大师', '<div>好的</div><div class="ntes-mailmaster-quote" style="x">您好</div>'],
    ['QQ', '<div>好的</div><includetail><div>原始邮件</div></includetail>'],
    ['Yahoo', '<div>好的</div><div class="yahoo_quoted">您好</div>'],
    ['Thunderbird', '<p>好的</p><div class="moz-cite-prefix">On wrote</div>'],
    ['飞书', '<div>好的</div><div class="lark-mail-quote">您好</div>'],
  ];
  for (const [program, text] of html)
    it(program, () =>
      assert.equal(
        trimHtmlQuotes(text)
          .replace(/<[^>]*>/g, '')
          .trim(),
        '好的',
      ),
    );
  it('without a mark all of it stays', () =>
    assert.equal(
      trimHtmlQuotes('<p>好的</p><blockquote>引用</blockquote>'),
      '<p>好的</p><blockquote>引用</blockquote>',
    ));
});
