/** For imports written before the words had files of their own; goes when nothing imports it any more. */
export * from './notices.ts';
export * from './surveys.ts';
export * from './floor.ts';
export * from './settings.ts';
export * from './files.ts';
export * from './audit.ts';
export * from './operations.ts';
export * from './search.ts';
