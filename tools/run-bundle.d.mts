export type Entry = 'serving' | 'measured';
export const ENTRIES: Record<Entry, string>;
export const DIST: string;
export function bundleFolder(): string;
export function runBundled(entry: Entry): Promise<void>;
