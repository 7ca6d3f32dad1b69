/** What an audit line notes, in words, pure. */
import { auditNotes, noLonger } from '#contracts/audit-words.ts';
import type { RecordKind } from '#contracts/pack.ts';
import { labels } from '#contracts/words.ts';

export type Language = 'zh' | 'en';
/** What a kind of record calls itself, its states and its fields. */
export type KindWords = Pick<RecordKind, 'name' | 'states' | 'fields'>;
/** How things are called: ids, instants, what stands under a key of a kind of subject, and kinds of records; null for a kind that is gone. */
export type Ways = {
  nameOf: NameOf;
  timeOf: (at: string) => string;
  keyOf: (subject: string, key: string) => string | undefined;
  kindOf: (key: string) => KindWords | null | undefined;
};
/** Says who or what an id is, or nothing. */
export type NameOf = (id: string) => string | undefined;

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}$/;
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const longest = 60;

/** The closed lists a word may come from, by what the line is about; a state is another word elsewhere. */
const lists: Record<string, readonly string[]> = {
  ticket: ['ticketStatus', 'priority', 'ticketCloseReason', 'verification', 'channelKind'],
  conversation: ['conversationState', 'closeReason', 'conversationIntent'],
  user: ['presence', 'breakReason'],
  task: ['callOutcome', 'taskOutcome', 'taskKind', 'taskState'],
  article: ['versionState', 'audience'],
};
const wordOf = (subject: string, code: string, language: Language): string | undefined =>
  (lists[subject] ?? []).map((list) => labels[list]?.[code]?.[language]).find(Boolean);

const said = (subject: string, value: unknown, language: Language, ways: Ways): string | undefined => {
  if (typeof value === 'boolean') return language === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否';
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  if (Array.isArray(value)) {
    const each = value.flatMap((one) => said(subject, one, language, ways) ?? []);
    return each.length > 0 ? each.join(language === 'en' ? ', ' : '、') : undefined;
  }
  if (typeof value !== 'string' || value === '') return undefined;
  if (id.test(value)) return ways.nameOf(value);
  if (instant.test(value)) return ways.timeOf(value);
  const text = wordOf(subject, value, language) ?? value;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/** Kind, state or field of a record in the words of its kind; nothing for all else that is noted. */
const ofRecord = (
  { kind: key }: Record<string, unknown>,
  name: string,
  value: unknown,
  language: Language,
  { kindOf }: Ways,
): string | undefined => {
  const kind = typeof key === 'string' ? kindOf(key) : undefined;
  if (kind === undefined) return undefined;
  const word = (list: readonly { key: string; zh: string; en: string }[] | undefined, one: unknown) =>
    (list?.find((each) => each.key === one) ?? noLonger(String(one)))[language];
  if (name === 'kind') return (kind?.name ?? noLonger(String(key)))[language];
  if (kind === null) return undefined;
  if (['from', 'to', 'state'].includes(name) && typeof value === 'string') return word(kind.states, value);
  if (name === 'fields' && Array.isArray(value) && value.length > 0)
    return value.map((one) => word(kind.fields, one)).join(language === 'en' ? ', ' : '、');
  return undefined;
};
/** Subjects whose `kind` is a kind of records: a record, or who imported or exported such. */
const ofKinds = ['record', 'user'];

/** `原因：客户来信回复；级别：2`. What has no name or is made of parts is not said here; the line opened shows it whole. */
export const notesSaid = (
  { subjectType, data }: { subjectType: string; data: unknown },
  language: Language,
  ways: Ways,
): string =>
  Object.entries((data ?? {}) as Record<string, unknown>)
    .flatMap(([key, value]) => {
      const name = auditNotes[key]?.[language];
      const called =
        ['key', 'playbook'].includes(key) && typeof value === 'string'
          ? ways.keyOf(key === 'playbook' ? 'playbook' : subjectType, value)
          : undefined;
      const text =
        called ??
        (ofKinds.includes(subjectType)
          ? ofRecord(data as Record<string, unknown>, key, value, language, ways)
          : undefined) ??
        said(subjectType, value, language, ways);
      return name && text ? [language === 'en' ? `${name}: ${text}` : `${name}：${text}`] : [];
    })
    .join(language === 'en' ? '; ' : '；');
