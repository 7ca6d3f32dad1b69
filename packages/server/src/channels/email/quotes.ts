/**
 * Where the answer ends and the quoted mail begins. Table-driven: each row is a mark that a mail program writes
 * above what it quotes. Only the view is cut; the whole mail stays.
 */

/** `says`: "somebody wrote:", after which answers may stand between the quoted lines. */
type Mark = { program: string; test: RegExp; says?: true };

/** A line that alone begins a quotation. Colons may be full-width, names may be wrapped. */
const lineMarks: readonly Mark[] = [
  {
    program: 'QQ 邮箱, Foxmail',
    test: /^-{2,}\s*(?:原始邮件|原邮件|Original(?: Message)?|转发邮件|Forwarded Message)\s*-{2,}$/i,
  },
  {
    program: '网易邮箱大师',
    test: /^-{2,}\s*(?:回复的原邮件|转发的邮件|Replied Message|Forwarded Message)\s*-{2,}$/i,
  },
  { program: 'Outlook (web)', test: /^_{20,}$/ },
  {
    program: 'Gmail 中文, iPhone 中文, 163 网页',
    test: /^(?:于|在)?\s*.{0,40}\d{1,4}\s*[年/\-.].{3,200}(?:写道|寫道|写到|來信|来信)\s*[::]$/,
    says: true,
  },
  {
    program: '通用中文',
    test: /^.{0,80}(?:<[^<>\s]+@[^<>\s]+>|\S+@\S+).{0,60}(?:写道|寫道|编写|写了)\s*[::]$/,
    says: true,
  },
  { program: 'Gmail, Apple Mail, Thunderbird', test: /^On\s.{6,300}\swrote\s*:$/i, says: true },
  {
    program: 'Apple Mail (de, fr, es)',
    test: /^(?:Am\s.{6,200}\sschrieb.{0,80}|Le\s.{6,200}\sa écrit\s?|El\s.{6,200}\sescribió\s?):$/i,
    says: true,
  },
  { program: '阿里云邮箱', test: /^-{20,}$/ },
  {
    program: '飞书',
    test: /^(?:发件人|寄件者|From)\s*[::].{1,200}(?:发送时间|日期|Sent|Date)\s*[::].{4,80}$/i,
  },
];

const fieldNames =
  /^\s*\*?(?:发件人|寄件者|寄件人|發件人|发送时间|发送日期|發送時間|寄件日期|日期|时间|收件人|收件者|抄送|副本|主题|主題|主旨|From|Sent|Date|To|Cc|Subject|Reply-To|回复)\*?\s*[::]\s*\*?\s*\S?/i;
const firstField = /^\s*\*?(?:发件人|寄件者|寄件人|發件人|From)\*?\s*[::]/i;

/** Two lines at least of the header block that Outlook and Foxmail put above a quotation. */
const startsHeaderBlock = (lines: readonly string[], i: number): boolean => {
  if (!firstField.test(lines[i]!)) return false;
  let fields = 0;
  for (let n = i; n < Math.min(lines.length, i + 8); n++) if (fieldNames.test(lines[n]!)) fields += 1;
  return fields >= 3;
};

const isQuoted = (line: string): boolean => /^\s*[>>]/.test(line) && !/^\s*[>>]\s*[<((]/.test(line);
const isBlank = (line: string): boolean => line.trim() === '';

const ruler = /^-{20,}$|^_{20,}$/;

/** A mark may be wrapped over up to three lines: `On … Zhang San\n<zhang@…> wrote:`. */
const markAt = (lines: readonly string[], i: number): Mark | undefined => {
  const one = lines[i]!.trim().replace(/^[>>]\s*/, '');
  if (one === '' || one.length > 500) return undefined;
  if (ruler.test(one) && !lines.slice(i + 1, i + 4).some((line) => firstField.test(line))) return undefined;
  const found = lineMarks.find(({ test }) => test.test(one));
  if (found || !/^(?:On\s|于|在|\d{4}\s*[年/-]|Am\s|Le\s|El\s)/i.test(one)) return found;
  for (const more of [2, 3]) {
    const joined = lines
      .slice(i, i + more)
      .map((line) => line.trim())
      .join(' ');
    const wrapped = joined.length <= 500 ? lineMarks.find(({ test }) => test.test(joined)) : undefined;
    if (wrapped) return wrapped;
  }
  return undefined;
};

/** Signatures that programs add by themselves. */
const deviceLine =
  /^(?:发自我的\s*.{1,20}|从我的\s*.{1,20}\s*发送|来自我的.{1,20}|发送自\s*.{1,30}|Sent from (?:my|Mail for|Outlook for)\b.{0,40}|Get Outlook for .{2,20}|从 Windows 版.*发送)$/i;

/**
 * The new words of a mail. Cuts at the first mark; drops `>` lines that end the mail, and keeps answers written
 * between quoted lines. When nothing would remain, all of it is given back.
 */
export const trimQuotes = (full: string): string => {
  const lines = full.replace(/\r\n?/g, '\n').split('\n');
  let end = lines.length;
  for (let i = 0; i < lines.length; i++) {
    const mark = markAt(lines, i);
    if (!mark && !startsHeaderBlock(lines, i)) continue;
    if (mark?.says && answersBetween(lines, i)) continue;
    end = i;
    // "Zhang San <zhang@…>" alone on the line before is the beginning of "… wrote:".
    if (mark?.says && i > 0 && /^\s*.{0,60}<\S+@\S+>\s*$/.test(lines[i - 1]!)) end = i - 1;
    break;
  }
  let kept = lines.slice(0, end);
  while (kept.length > 0 && (isBlank(kept.at(-1)!) || isQuoted(kept.at(-1)!))) kept.pop();
  const signature = kept.findIndex((line) => /^--\s?$/.test(line));
  if (signature > 0 && kept.length - signature <= 12) kept = kept.slice(0, signature);
  while (kept.length > 0 && (isBlank(kept.at(-1)!) || deviceLine.test(kept.at(-1)!.trim()))) kept.pop();
  const words = kept.join('\n').trim();
  return words === '' ? full.trim() : words;
};

/** Whether unquoted words come after quoted ones: somebody answers line by line. */
const answersBetween = (lines: readonly string[], mark: number): boolean => {
  let quoted = false;
  for (let i = mark + 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (isQuoted(line)) quoted = true;
    else if (!isBlank(line) && !quoted && i > mark + 3) return false;
    else if (quoted && !isBlank(line))
      return !markAt(lines, i) && !/^--\s?$/.test(line) && !deviceLine.test(line.trim());
  }
  return false;
};

/** Elements in which mail programs put what they quote, as opening tags. */
const htmlMarks = [
  /<(?:div|blockquote)\b[^>]*class="?[^">]*\b(?:gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|ntes-mailmaster-quote|protonmail_quote|zmail_extra|lark-mail-quote|lark-mail-doc-quote)\b/i,
  /<blockquote\b[^>]*type="?cite/i,
  /<(?:div|span|hr)\b[^>]*id="?(?:divRplyFwdMsg|appendonsend|isReplyContent|OriginalMessage|stopSpelling|mail-editor-reference-message-container)\b/i,
  /<includetail\b/i,
  /<div\b[^>]*style="[^"]*border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)/i,
  /<div\b[^>]*style="[^"]*border:\s*none;\s*border-top:\s*solid/i,
];

/** HTML up to the first such element; the rest of the document is a quotation. */
export const trimHtmlQuotes = (html: string): string => {
  const found = htmlMarks.map((mark) => mark.exec(html)?.index ?? -1).filter((index) => index > 0);
  return found.length === 0 ? html : html.slice(0, Math.min(...found));
};
