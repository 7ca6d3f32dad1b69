/**
 * Local time of a zone without Temporal: the offset changes of each year are found once through Intl
 * (a probe each week, then bisection) and kept, so that a conversion costs a map look-up instead of a formatter.
 */
import { dayMs, minuteMs } from './dates.ts';

type Change = { at: number; before: number; after: number };
type Year = { first: number; changes: Change[] };
type Zone = { format: Intl.DateTimeFormat; years: Map<number, Year> };

const zones = new Map<string, Zone>();

/** Whether this runtime knows the IANA zone name. */
export function isZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds that the zone's wall clock is ahead of UTC at an instant. */
export function offsetAt(zoneName: string, at: number): number {
  const { first, changes } = yearIn(zoneOf(zoneName), new Date(at).getUTCFullYear());
  let offset = first;
  for (const change of changes) if (at >= change.at) offset = change.after;
  return offset;
}

/** What the wall clock shows at an instant, as if it were UTC milliseconds. */
export const localAt = (zoneName: string, at: number): number => at + offsetAt(zoneName, at);

/**
 * The first instant at which the wall clock shows `local` (UTC-like milliseconds) or later.
 * So 02:30 in a skipped hour is the moment of the jump, and 02:30 in a repeated hour is its first pass.
 */
export function instantOf(zoneName: string, local: number): number {
  const before = offsetAt(zoneName, local - dayMs);
  const after = offsetAt(zoneName, local + dayMs);
  if (before === after) return local - before;
  const change = changeBetween(zoneName, local - dayMs, local + dayMs);
  const early = local - before;
  return early < change ? early : Math.max(local - after, change);
}

/** The offset of all local times of a short stretch when no change is near, else null. */
export function steadyOffset(zoneName: string, fromLocal: number, toLocal: number): number | null {
  const before = offsetAt(zoneName, fromLocal - dayMs);
  return before === offsetAt(zoneName, toLocal + dayMs) ? before : null;
}

function changeBetween(zone: string, from: number, to: number): number {
  const years = new Set([new Date(from).getUTCFullYear(), new Date(to).getUTCFullYear()]);
  for (const year of years)
    for (const { at } of yearIn(zoneOf(zone), year).changes) if (at > from && at <= to) return at;
  return to;
}

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const zone = { format, years: new Map<number, Year>() };
  zones.set(name, zone);
  return zone;
}

function yearIn(zone: Zone, year: number): Year {
  const known = zone.years.get(year);
  if (known) return known;
  const from = Date.UTC(year, 0, 1);
  const to = Date.UTC(year + 1, 0, 1);
  const found: Year = { first: probe(zone, from), changes: [] };
  let before = found.first;
  // A week is shorter than any pair of changes, Ramadan pauses of summer time included.
  for (let start = from; start < to; start += 7 * dayMs) {
    const end = Math.min(start + 7 * dayMs, to);
    const after = probe(zone, end - 1);
    if (after !== before) found.changes.push({ at: bisect(zone, start - 1, end - 1, before), before, after });
    before = after;
  }
  zone.years.set(year, found);
  return found;
}

/** First whole minute after `low` whose offset is no longer `before`. */
function bisect(zone: Zone, low: number, high: number, before: number): number {
  let a = Math.floor(low / minuteMs);
  let b = Math.ceil(high / minuteMs);
  while (b - a > 1) {
    const middle = Math.floor((a + b) / 2);
    if (probe(zone, middle * minuteMs) === before) a = middle;
    else b = middle;
  }
  return b * minuteMs;
}

function probe(zone: Zone, at: number): number {
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(zone.format.format(at));
  if (!match?.[1]) return 0;
  const seconds = (Number(match[2]) * 60 + Number(match[3])) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -1 : 1) * seconds * 1000;
}

/** The first instant not before `from` at which the zone's wall clock shows `HH:MM`. */
export function localTimeAfter(zone: string, from: number, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const midnight = Math.floor(localAt(zone, from) / dayMs) * dayMs;
  for (let day = 0; ; day++) {
    const at = instantOf(zone, midnight + day * dayMs + (hours * 60 + minutes) * minuteMs);
    if (at >= from) return at;
  }
}
