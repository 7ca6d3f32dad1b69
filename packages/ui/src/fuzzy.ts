/**
 * How well `query` finds a thing by its label, its pinyin initials or its code name; 0 = not at all, more is better.
 * `xjgd`, `新工`, `create` all find 新建工单 (initials `xjgd`, name `tickets.create`).
 */
export function findScore(query: string, thing: { label: string; initials?: string; name?: string }): number {
  const asked = query.trim().toLowerCase();
  if (asked === '') return 1;
  return Math.max(
    4 * score(asked, thing.label.toLowerCase()),
    3 * score(asked, (thing.initials ?? '').toLowerCase()),
    score(asked, (thing.name ?? '').toLowerCase()),
  );
}

/** 1 = the text starts with it, 0.8 = contains it, less = letters in order with gaps. */
function score(asked: string, text: string): number {
  if (text === '') return 0;
  const at = text.indexOf(asked);
  if (at === 0) return 1;
  if (at > 0) return 0.8;
  let from = 0;
  let gaps = 0;
  for (const letter of asked.replaceAll(' ', '')) {
    const found = text.indexOf(letter, from);
    if (found < 0) return 0;
    gaps += found - from;
    from = found + 1;
  }
  return 0.5 / (1 + gaps);
}

/** Whether a query is worth a question to the server: one Chinese character may be a surname, one letter says nothing. */
export const worthAsking = (query: string): boolean => /\p{Script=Han}|[^\s]{2}/u.test(query.trim());
