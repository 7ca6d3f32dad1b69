/** What the address of 业务记录 says. */
export type RecordTab = 'summary';
export type RecordSearch = {
  q?: string;
  state?: string;
  /** A step of it is past its limit. */ late?: true;
  from?: string;
  to?: string;
  /** `field:value`, as the summary opens a number. */ where?: string;
  tab?: RecordTab;
};

const day = /^\d{4}-\d{2}-\d{2}$/;
const text = (value: unknown, most: number): string | undefined => {
  const read = typeof value === 'number' ? String(value) : value;
  return typeof read === 'string' && read.trim() !== '' ? read.slice(0, most) : undefined;
};

export function readRecordSearch(given: Record<string, unknown>): RecordSearch {
  const found: RecordSearch = {
    q: text(given.q, 200),
    state: text(given.state, 40),
    late: given.late === true || given.late === 'true' ? true : undefined,
    from: day.test(String(given.from)) ? String(given.from) : undefined,
    to: day.test(String(given.to)) ? String(given.to) : undefined,
    where: text(given.where, 400),
    tab: given.tab === 'summary' ? 'summary' : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** What of it the list and its files ask for. */
export const filterOf = ({ q, state, late, from, to, where }: RecordSearch) => ({
  q,
  state,
  late,
  from,
  to,
  where,
});
export const isFiltered = (search: RecordSearch): boolean =>
  Object.values(filterOf(search)).some((value) => value !== undefined);
