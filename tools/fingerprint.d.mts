export function fingerprint(places: string[]): string;
