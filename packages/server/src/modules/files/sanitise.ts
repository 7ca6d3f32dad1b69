/**
 * HTML from outside, made harmless at render. Three walls: this filter, the page's policy, the sandbox of the frame
 * on an origin without cookies. Each alone would do.
 */
import sanitizeHtml from 'sanitize-html';

const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%/]+\)$/i, /^[a-z]{3,24}$/i];
const length = [/^-?[\d.]+(?:px|em|rem|pt|%|ex|ch)?$/i, /^(?:auto|inherit|normal)$/i];
const lengths = [/^(?:-?[\d.]+(?:px|em|rem|pt|%)?|auto)(?:\s+(?:-?[\d.]+(?:px|em|rem|pt|%)?|auto)){0,3}$/i];
const border = [
  /^[\d.]+(?:px|pt|em)?\s+(?:solid|dashed|dotted|double|none)(?:\s+(?:#[0-9a-f]{3,8}|rgba?\([\d\s.,%]+\)|[a-z]{3,24}))?$/i,
  /^(?:none|0)$/i,
];

/** Properties that dress text; none that places a box over another or fetches anything. */
const allowedStyles = {
  '*': {
    color: colour,
    'background-color': colour,
    background: colour,
    'font-size': length,
    'font-weight': [/^\w+$/],
    'font-style': [/^\w+$/],
    'font-family': [/^[\w\s"',.\-\u4e00-\u9fff]{1,200}$/],
    'text-align': [/^(?:left|right|center|justify|start|end)$/],
    'text-decoration': [/^[\w\s-]{1,40}$/],
    'line-height': length,
    'vertical-align': [/^[\w%.-]+$/],
    'white-space': [/^[\w-]+$/],
    'text-indent': length,
    'letter-spacing': length,
    width: length,
    'max-width': length,
    height: length,
    'min-width': length,
    padding: lengths,
    'padding-left': length,
    'padding-right': length,
    'padding-top': length,
    'padding-bottom': length,
    margin: lengths,
    'margin-left': length,
    'margin-right': length,
    'margin-top': length,
    'margin-bottom': length,
    border,
    'border-left': border,
    'border-right': border,
    'border-top': border,
    'border-bottom': border,
    'border-collapse': [/^\w+$/],
    'border-radius': lengths,
    'list-style-type': [/^[\w-]+$/],
    'word-break': [/^[\w-]+$/],
  },
};

const tags = [
  'a',
  'abbr',
  'address',
  'article',
  'b',
  'bdi',
  'bdo',
  'big',
  'blockquote',
  'br',
  'caption',
  'center',
  'cite',
  'code',
  'col',
  'colgroup',
  'dd',
  'del',
  'details',
  'dfn',
  'div',
  'dl',
  'dt',
  'em',
  'figcaption',
  'figure',
  'font',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'i',
  'img',
  'ins',
  'kbd',
  'li',
  'main',
  'mark',
  'ol',
  'p',
  'pre',
  'q',
  'rp',
  'rt',
  'ruby',
  's',
  'samp',
  'section',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'summary',
  'sup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'time',
  'tr',
  'tt',
  'u',
  'ul',
  'var',
  'wbr',
];

export type SanitiseInput = {
  html: string;
  /** Address of an embedded picture by its content id. */ embedded: Record<string, string>;
  remote: boolean;
};

/** Clean HTML of a body. Without `remote` a picture of another server leaves only its text. */
export const sanitise = ({ html, embedded, remote }: SanitiseInput): string =>
  sanitizeHtml(html, {
    allowedTags: tags,
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'title', 'align'],
      a: ['href', 'target', 'rel'],
      img: ['src', 'alt', 'width', 'height'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
      li: ['value'],
      table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
      td: ['colspan', 'rowspan', 'width', 'height', 'bgcolor', 'valign'],
      th: ['colspan', 'rowspan', 'width', 'height', 'bgcolor', 'valign'],
      tr: ['bgcolor', 'valign'],
      col: ['span', 'width'],
    },
    allowedStyles,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'template',
      'iframe',
      'object',
      'embed',
      'svg',
      'math',
      'select',
      'button',
    ],
    nestingLimit: 200,
    transformTags: {
      a: (tagName, { href, ...rest }) => ({
        tagName,
        attribs: { ...rest, ...(href ? { href } : {}), target: '_blank', rel: 'noopener noreferrer' },
      }),
      img: (tagName, { src = '', ...rest }) => {
        const named = /^cid:(.+)$/i.exec(src.trim())?.[1];
        if (named !== undefined) return picture(tagName, rest, embedded[decode(named)]);
        if (/^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(src))
          return picture(tagName, rest, src);
        return picture(tagName, rest, remote && /^https?:\/\//i.test(src) ? src : undefined);
      },
    },
  });

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const picture = (tagName: string, attribs: Record<string, string>, src: string | undefined) => ({
  tagName,
  attribs: src ? { ...attribs, src } : attribs,
});

/** Whether a mail wants pictures from servers of others. */
export const wantsRemote = (html: string): boolean =>
  /<img\b[^>]{0,2000}\bsrc\s*=\s*["']?\s*https?:/i.test(html);

const offer = (url: string): string =>
  `<p style="margin:0 0 12px;font-size:12px"><a href="${url}" target="_self">显示外部图片（发件人会得知您已打开） · Show remote pictures (the sender will know)</a></p>`;

/** A whole page around a clean body; with `remoteUrl` it offers to load what was left out. The address is ours, not the sender's. */
export const pageOf = (body: string, remoteUrl: string | null): string =>
  `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>邮件 Mail</title></head><body style="margin:12px;font:14px/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;color:#1f2328;background:#fff;overflow-wrap:break-word">${remoteUrl ? offer(remoteUrl) : ''}${body}</body></html>`;
