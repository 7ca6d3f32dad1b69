/**
 * Reads a pack folder. What is wrong is told with file, line and remedy; a pack with faults is returned too where
 * its shape allows it, so that an editor can show both.
 */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, YAMLParseError } from 'yaml';
import { clockPattern, durationPattern } from '#contracts/durations.ts';
import { keyPattern, Pack, PackHead, RecordKind, Step } from '#contracts/pack.ts';
import type { Script } from '#contracts/pack.ts';
import { packFaults } from '#contracts/pack-check.ts';
import { meantBy } from '#contracts/pack-facts.ts';
import type { TSchema } from '#contracts/schema.ts';
import { Type, notBlank, obj, opt } from '#contracts/schema.ts';

export type FolderFault = { file: string; line: number; at: string; zh: string; en: string };
export type ReadFolder = {
  pack: Pack | undefined;
  faults: FolderFault[];
  hash: string;
  cases: unknown;
  /** Line of a JSON pointer in cases.yaml. */ caseLine: (pointer: string) => number;
  history: string;
};

/** Lines are verbs of the cases' own language, which says itself what it does not know. */
const caseLines = Type.Array(Type.Record(Type.String(), Type.Unknown()));
// oxlint-disable-next-line unicorn/no-thenable -- the word of the cases; a shape is never awaited
const parts = { given: opt(caseLines), when: opt(caseLines), then: opt(caseLines) };
const shapes = {
  'pack.yaml': PackHead,
  'steps.yaml': obj({ steps: Type.Array(Step, { minItems: 1 }) }),
  'forms.yaml': obj({ records: Type.Array(RecordKind) }),
  'cases.yaml': obj({
    cases: Type.Array(
      obj({
        name: Type.String({ minLength: 1 }),
        at: opt(Type.String()),
        ...parts,
        and: opt(Type.Array(obj(parts))),
      }),
      { minItems: 1 },
    ),
  }),
};
let ajv: Ajv | undefined;
/** Compiled by who reads a pack: a start that finds its packs unchanged reads none (250 ms and 40 MB less). */
const checkOf = (shape: TSchema): ValidateFunction =>
  (ajv ??= new Ajv({ allErrors: true, strict: false, verbose: true })).compile(shape);

/** The shape of a pack in hand (a draft from the editor); faults name the place as a JSON pointer. */
export const shapeFaults = (pack: unknown): { at: string; zh: string; en: string }[] => faultsOf(Pack, pack);

type Sentence = { zh: string; en: string };
const unknownKey = (name: string, known: readonly string[]): Sentence => {
  const meant = meantBy(name, known);
  return meant
    ? { zh: `不认识的项“${name}”，是不是“${meant}”？`, en: `unknown key "${name}"; did you mean "${meant}"?` }
    : {
        zh: `不认识的项“${name}”，请检查拼写或删去`,
        en: `unknown key "${name}"; check the spelling or remove it`,
      };
};
const notListed = (value: unknown, allowed: readonly unknown[]): Sentence => {
  const words = allowed.map(String);
  const meant = meantBy(String(value), words);
  return {
    zh: `“${String(value)}”不在可选范围内${meant ? `，是不是“${meant}”？` : '；'}只能是：${words.join('、')}`,
    en: `"${String(value)}" is none of those allowed${meant ? `; did you mean "${meant}"?` : ':'} ${words.join(', ')}`,
  };
};
/** What a value must look like, by the pattern it breaks: a process manager reads no expressions. */
const patterns: Readonly<Record<string, Sentence>> = {
  [durationPattern]: {
    zh: '不是时长，请写数字加单位，不留空格：30s、10m、24h、7d，按工作时间写 90bm、4bh、3bd',
    en: 'is not a length of time; write a number and a unit without a space: 30s, 10m, 24h, 7d, or in working time 90bm, 4bh, 3bd',
  },
  [keyPattern]: {
    zh: '不能作名称（key），请用小写英文字母开头，只含小写字母、数字和下划线，最多 40 个',
    en: 'cannot be a key; begin with a small letter and use small letters, digits and underscores only, at most 40',
  },
  [clockPattern]: { zh: '不是钟点，请写成 08:30 这样', en: 'is not a time of day; write 08:30' },
};
const types: Readonly<Record<string, Sentence>> = {
  string: { zh: '文字（数字请加引号）', en: 'text (put numbers in quotes)' },
  number: { zh: '数字', en: 'a number' },
  integer: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表，写成 [a, b] 或每行一个“- ”', en: 'a list: [a, b] or one "- " a line' },
  object: { zh: '若干项，写成 {key: value}', en: 'entries: {key: value}' },
};
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};
const malformed = (
  keyword: string,
  value: unknown,
  wanted: Record<string, unknown>,
): Sentence | undefined => {
  const form = keyword === 'pattern' ? patterns[String(wanted.pattern)] : undefined;
  if (form) return { zh: `“${shown(value)}”${form.zh}`, en: `"${shown(value)}" ${form.en}` };
  const type = keyword === 'type' ? types[String(wanted.type)] : undefined;
  if (type) return { zh: `“${shown(value)}”应当是${type.zh}`, en: `"${shown(value)}" must be ${type.en}` };
  if (keyword === 'minLength' || keyword === 'minItems' || wanted.pattern === notBlank)
    return { zh: '不能为空，请补上', en: 'must not be empty; fill it in' };
  if (keyword === 'maxLength')
    return {
      zh: `太长，最多 ${String(wanted.limit)} 个字`,
      en: `is too long; at most ${String(wanted.limit)} characters`,
    };
  if (['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].includes(keyword))
    return {
      zh: `“${shown(value)}”超出范围，要 ${String(wanted.comparison)} ${String(wanted.limit)}`,
      en: `"${shown(value)}" is out of range; it must be ${String(wanted.comparison)} ${String(wanted.limit)}`,
    };
  return undefined;
};

/** What is wrong with the writing itself, said for people who do not know YAML; by the parser's code. */
const written: Readonly<Record<string, Sentence>> = {
  TAB_AS_INDENT: {
    zh: '行首用了制表符（Tab），请改成空格',
    en: 'a line begins with a tab; use spaces',
  },
  DUPLICATE_KEY: {
    zh: '同一处有两个同名的项，请删去一个',
    en: 'the same key stands here twice; take one out',
  },
  BAD_DQ_ESCAPE: {
    zh: '双引号里的反斜杠写法不对，请改用单引号',
    en: 'a backslash in double quotes is wrong; use single quotes',
  },
  BAD_SCALAR_START: {
    zh: '文字不能以这个符号开头，请给整段文字加引号',
    en: 'a text cannot begin with this sign; put the text in quotes',
  },
  UNEXPECTED_TOKEN: {
    zh: '这里有读不懂的符号，请检查引号、逗号和括号；文字里有特殊符号的要加引号',
    en: 'a sign here cannot be read; look at quotes, commas and brackets, and put texts with special signs in quotes',
  },
};
const indent: Sentence = {
  zh: '这一行的缩进或冒号不对：请与同级的行左对齐；文字里有冒号的要加引号',
  en: 'the indent or a colon of this line is wrong: align it with its neighbours, and put texts with a colon in quotes',
};
const unwritten = ({ code, message }: YAMLParseError): Sentence => {
  if (/quote/.test(message))
    return { zh: '引号没有成对，请补上后一个引号', en: 'a quote is not closed; add the closing quote' };
  const sign = /(?:end with|Expected|Missing).*?([\]},:])(?![\w-])/.exec(message)?.[1];
  if (sign && (code === 'MISSING_CHAR' || code === 'BAD_INDENT'))
    return {
      zh: `这一行或上一行少了“${sign}”，请补上`,
      en: `"${sign}" is missing on this line or the one above; add it`,
    };
  return written[code] ?? indent;
};
/** A text that is never closed is told where it opens, not where the file ends. */
const openedAt = (document: Document, length: number): number | undefined => {
  let opened: number | undefined;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE') && range && range[1] >= length - 1) opened = range[0];
    },
  });
  return opened;
};

/** ajv tells every branch of a union; the deepest line of a place says most. */
const told = (errors: readonly ErrorObject[]) => {
  const seen = new Map<string, { at: string; zh: string; en: string }>();
  for (const error of errors) {
    const { keyword, instancePath, params, data, parentSchema } = error;
    if (
      ['anyOf', 'oneOf', 'if'].includes(keyword) &&
      errors.some((other) => other !== error && other.instancePath.startsWith(instancePath))
    )
      continue;
    const parameters = params as Record<string, unknown>;
    const name = String(parameters.missingProperty ?? parameters.additionalProperty ?? '');
    const at = keyword === 'additionalProperties' ? `${instancePath}/${name}` : instancePath;
    const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
    const line =
      keyword === 'required'
        ? { zh: `缺少“${name}”，请补上`, en: `"${name}" is missing; add it` }
        : keyword === 'additionalProperties'
          ? unknownKey(name, known)
          : keyword === 'enum'
            ? notListed(data, parameters.allowedValues as unknown[])
            : (malformed(keyword, data, parameters) ?? {
                zh: `格式不对（${error.message ?? keyword}）`,
                en: error.message ?? keyword,
              });
    if (!seen.has(at)) seen.set(at, { at, ...line });
  }
  return [...seen.values()];
};

const faultsOf = (shape: TSchema, value: unknown) => {
  const check = checkOf(shape);
  return check(value) ? [] : told(check.errors ?? []);
};

/** The line of a JSON pointer in a YAML document: the deepest node that is there. */
const lineAt = (document: Document, lines: LineCounter, pointer: string): number => {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const part of pointer.split('/').slice(1)) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
};

type Source = { file: string; document: Document; lines: LineCounter; value: unknown; faults: FolderFault[] };
const readYaml = async (folder: string, file: keyof typeof shapes, optional = false): Promise<Source> => {
  const text = await readFile(path.join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const lines = new LineCounter();
  const document = parseDocument(text ?? '', {
    lineCounter: lines,
    strict: true,
    uniqueKeys: true,
    maxAliasCount: 100,
  } as object);
  const place = (line: number, at: string, zh: string, en: string): FolderFault => ({
    file,
    line,
    at,
    zh,
    en,
  });
  if (text === undefined)
    return {
      file,
      document,
      lines,
      value: undefined,
      faults: optional
        ? []
        : [place(1, '', `缺少文件 ${file}，请补上`, `the file ${file} is missing; add it`)],
    };
  // What follows the first is mostly its consequence.
  const [first] = document.errors;
  const opened = first && /quote/.test(first.message) ? openedAt(document, text.length) : undefined;
  const said = first && unwritten(first);
  const broken =
    first && said
      ? [
          place(
            opened === undefined ? (first.linePos?.[0].line ?? 1) : lines.linePos(opened).line,
            '',
            `YAML 写法有误：${said.zh}`,
            `YAML: ${said.en}`,
          ),
        ]
      : [];
  const value: unknown = broken.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  const wrong =
    value === undefined
      ? []
      : faultsOf(shapes[file], value).map(({ at, zh, en }) => place(lineAt(document, lines, at), at, zh, en));
  return { file, document, lines, value, faults: [...broken, ...wrong] };
};

const heading = /^## ([a-z][a-z0-9_]*)(?:@(person|company|partner))?\s*[·:：-]\s*(.+)$/;
type Said = { key: string; audience?: Script['audience']; title: string; body: string; line: number };
/** `## key@audience · Title` and the words below it. */
const readScripts = async (
  folder: string,
  file: string,
): Promise<{ said: Said[]; faults: FolderFault[] }> => {
  const text = await readFile(path.join(folder, file), 'utf8').catch(() => undefined);
  if (text === undefined) return { said: [], faults: [] };
  const said: Said[] = [];
  const faults: FolderFault[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.startsWith('## ')) {
      const [, key, audience, title] = heading.exec(line.trim()) ?? [];
      if (key && title)
        said.push({ key, audience: audience as Script['audience'], title, body: '', line: i + 1 });
      else
        faults.push({
          file,
          line: i + 1,
          at: '',
          zh: '话术标题应写成“## key · 标题”或“## key@company · 标题”',
          en: 'write the heading of a script as "## key · Title" or "## key@company · Title"',
        });
    } else if (said.length > 0 && !line.startsWith('# ')) said.at(-1)!.body += `${line}\n`;
  }
  return { said: said.map((one) => ({ ...one, body: one.body.trim() })), faults };
};

/** `half` are those of one language: they are told as such, not again as missing where a step names them. */
const joined = (
  zh: readonly Said[],
  en: readonly Said[],
): { scripts: Script[]; half: Script[]; faults: FolderFault[] } => {
  const same = (a: Said, b: Said) => a.key === b.key && a.audience === b.audience;
  const missing = (said: Said, file: string, language: { zh: string; en: string }): FolderFault => ({
    file,
    line: 1,
    at: '',
    zh: `话术“${said.title}”（${said.key}）缺少${language.zh}，请在 ${file} 补上`,
    en: `the script "${said.key}" has no ${language.en} words; add them in ${file}`,
  });
  const empty = (said: Said, file: string): FolderFault[] =>
    said.body
      ? []
      : [
          {
            file,
            line: said.line,
            at: '',
            zh: `话术“${said.title}”没有内容`,
            en: `the script "${said.title}" has no words`,
          },
        ];
  return {
    faults: [
      ...zh
        .filter((one) => !en.some((other) => same(one, other)))
        .map((one) => missing(one, 'scripts.en.md', { zh: '英文', en: 'English' })),
      ...en
        .filter((one) => !zh.some((other) => same(one, other)))
        .map((one) => missing(one, 'scripts.zh-CN.md', { zh: '中文', en: 'Chinese' })),
      ...zh.flatMap((one) => empty(one, 'scripts.zh-CN.md')),
      ...en.flatMap((one) => empty(one, 'scripts.en.md')),
    ],
    half: [...zh, ...en].flatMap((one) =>
      (zh.includes(one) ? en : zh).some((other) => same(one, other) && other.body && one.body)
        ? []
        : [
            {
              key: one.key,
              ...(one.audience ? { audience: one.audience } : {}),
              zh: { title: one.title, body: '—' },
              en: { title: one.title, body: '—' },
            },
          ],
    ),
    scripts: zh.flatMap((one) => {
      const other = en.find((candidate) => same(one, candidate));
      if (!other || !one.body || !other.body) return [];
      return [
        {
          key: one.key,
          ...(one.audience ? { audience: one.audience } : {}),
          zh: { title: one.title, body: one.body },
          en: { title: other.title, body: other.body },
        },
      ];
    }),
  };
};

/** The whole folder: the pack, everything wrong with it, its cases and its history. */
export const readFolder = async (folder: string): Promise<ReadFolder> => {
  const [head, steps, forms, cases] = await Promise.all([
    readYaml(folder, 'pack.yaml'),
    readYaml(folder, 'steps.yaml'),
    readYaml(folder, 'forms.yaml', true),
    readYaml(folder, 'cases.yaml'),
  ]);
  const [zh, en] = await Promise.all([
    readScripts(folder, 'scripts.zh-CN.md'),
    readScripts(folder, 'scripts.en.md'),
  ]);
  const words = joined(zh.said, en.said);
  const history = await readFile(path.join(folder, 'HISTORY.md'), 'utf8').catch(() => '');
  const faults = [
    ...head.faults,
    ...steps.faults,
    ...forms.faults,
    ...cases.faults,
    ...zh.faults,
    ...en.faults,
    ...words.faults,
    ...(history
      ? []
      : [
          {
            file: 'HISTORY.md',
            line: 1,
            at: '',
            zh: '缺少 HISTORY.md，请写明每一版改了什么',
            en: 'HISTORY.md is missing; say what each version changed',
          },
        ]),
  ];
  const shaped = [head, steps, forms].every((source) => source.faults.length === 0);
  const pack = shaped
    ? ({
        ...(head.value as object),
        ...(steps.value as object),
        records: (forms.value as { records: [] } | undefined)?.records ?? [],
        scripts: words.scripts,
      } as unknown as Pack)
    : undefined;
  const placed = (pack ? packFaults({ ...pack, scripts: [...pack.scripts, ...words.half] }) : []).map(
    (fault): FolderFault => {
      const source = fault.at.startsWith('/steps') ? steps : fault.at.startsWith('/records') ? forms : head;
      const [, part, index, language] = fault.at.split('/');
      const script = part === 'scripts' ? pack!.scripts[Number(index)] : undefined;
      // Each language has a file of its own; what is wrong with both is told at the Chinese heading.
      const [file, said] =
        language === 'en' ? (['scripts.en.md', en.said] as const) : (['scripts.zh-CN.md', zh.said] as const);
      return script
        ? {
            ...fault,
            file,
            line:
              said.find(({ key, audience }) => key === script.key && audience === script.audience)?.line ?? 1,
          }
        : { ...fault, file: source.file, line: lineAt(source.document, source.lines, fault.at) };
    },
  );
  const hash = createHash('sha256')
    .update(JSON.stringify(pack ?? null))
    .digest('hex');
  return {
    pack,
    faults: [...faults, ...placed],
    hash,
    cases: (cases.value as { cases?: unknown } | undefined)?.cases ?? [],
    caseLine: (pointer) => lineAt(cases.document, cases.lines, pointer),
    history,
  };
};

/** Folders of packs below a folder, in order of their names. */
export const packFolders = async (root: string): Promise<string[]> =>
  (await readdir(root, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(root, entry.name))
    .toSorted();
