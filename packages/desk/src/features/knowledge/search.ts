/** What the list of articles is narrowed by, and the version shown, as they stand in the address. */
import { audiences, versionStates, type Audience } from '#contracts/words.ts';

export type KnowledgeSearch = {
  q?: string;
  match?: 'all';
  category?: string;
  audience?: Audience;
  state?: (typeof versionStates)[number];
  due?: true;
  /** Of the page of one article. */
  v?: number;
};

export function readKnowledgeSearch(search: Record<string, unknown>): KnowledgeSearch {
  const q = typeof search.q === 'number' ? String(search.q) : search.q;
  const v = Number(search.v);
  const found: KnowledgeSearch = {
    q: typeof q === 'string' && q.trim() !== '' ? q.slice(0, 200) : undefined,
    match: search.match === 'all' ? 'all' : undefined,
    category: typeof search.category === 'string' ? search.category.slice(0, 80) : undefined,
    audience: audiences.find((one) => one === search.audience),
    state: versionStates.find((one) => one === search.state && one !== 'published'),
    due: search.due === true || search.due === 'true' ? true : undefined,
    v: Number.isInteger(v) && v > 0 ? v : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
