/** A sheet chosen on this computer as the server takes it. */
import type { RecordKind } from '#contracts/pack.ts';

export type Sheet = { name: string; format: 'csv' | 'xlsx'; content: string };

const base64 = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  // In pieces: an argument list has an end.
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
};

/** Excel on a Chinese computer saves CSV as GBK; the server reads UTF-8. */
export const asUtf8 = (bytes: Uint8Array): Uint8Array => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return bytes;
  } catch {
    return new TextEncoder().encode(new TextDecoder('gb18030').decode(bytes));
  }
};

export const sheetOf = (name: string, bytes: Uint8Array): Sheet | null => {
  const [, ending] = /\.(csv|xlsx)$/i.exec(name) ?? [];
  const format = ending?.toLowerCase() as Sheet['format'] | undefined;
  if (!format) return null;
  return { name, format, content: base64(format === 'csv' ? asUtf8(bytes) : bytes) };
};

/** The heading of an empty sheet: what a row may say about the customer, then the fields. */
export const templateHead = (
  kind: Pick<RecordKind, 'fields' | 'states'>,
  language: 'zh' | 'en',
): string[] => {
  const besides = {
    zh: { external: '外部编号', customer: '客户编号', phone: '客户电话', state: '状态' },
    en: { external: 'External id', customer: 'Customer number', phone: 'Customer phone', state: 'State' },
  }[language];
  return [
    besides.external,
    besides.customer,
    besides.phone,
    ...(kind.states ? [besides.state] : []),
    ...kind.fields.filter(({ type }) => type !== 'file').map((field) => field[language]),
  ];
};
