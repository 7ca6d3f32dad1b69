/**
 * A screen is a file fetched when it is first opened. Without a network, or with a newer version on the server, the file
 * does not come; the browsers say so each in their own words.
 */
const words =
  /dynamically imported module|importing a module script failed|preload css|failed to load module script/i;

/** True = the screen did not arrive, which passes; false = it arrived and has a fault. */
export const isUnfetched = (error: unknown): boolean => error instanceof Error && words.test(error.message);
