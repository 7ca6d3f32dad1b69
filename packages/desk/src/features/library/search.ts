/** The filters of the list of playbooks as they stand in the address, and what they leave. Pure. */
import type { PlaybookRow } from '#contracts/routes/playbooks.ts';

export const playbookStates = ['on', 'off', 'late', 'unread', 'draft'] as const;
export type PlaybookSearch = { q?: string; industry?: string; state?: (typeof playbookStates)[number] };

export function readPlaybookSearch(search: Record<string, unknown>): PlaybookSearch {
  const text = (value: unknown) => {
    const said = typeof value === 'number' ? String(value) : value;
    return typeof said === 'string' && said.trim() !== '' ? said.slice(0, 80) : undefined;
  };
  const found: PlaybookSearch = {
    q: text(search.q),
    industry: text(search.industry),
    state: playbookStates.find((one) => one === search.state),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** In force, worked with by the reader, and not confirmed: nobody need read what others work with. */
export const isUnread = ({ enabled, works, read }: PlaybookRow): boolean => enabled && works && !read;

const isIn: Record<(typeof playbookStates)[number], (row: PlaybookRow) => boolean> = {
  on: ({ enabled }) => enabled,
  off: ({ enabled }) => !enabled,
  late: ({ late }) => late > 0,
  unread: isUnread,
  draft: ({ draft }) => draft !== null,
};
/** By name, goal or key in either language, industry and state. */
export const playbooksOf = (
  rows: readonly PlaybookRow[],
  { q, industry, state }: PlaybookSearch,
): PlaybookRow[] => {
  const wanted = q?.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (!wanted ||
        [row.name.zh, row.name.en, row.goal.zh, row.goal.en, row.key].some((one) =>
          one.toLowerCase().includes(wanted),
        )) &&
      (!industry || row.industry === industry) &&
      (!state || isIn[state](row)),
  );
};
