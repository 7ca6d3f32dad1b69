/**
 * A screen is a file fetched when it is first opened. Without a network, or with a newer version on the server, the file
 * does not come; the browsers say so each in their own words.
 */
const words =
  /dynamically imported module|importing a module script failed|preload css|failed to load module script/i;

/** True = the screen did not arrive, which passes; false = it arrived and has a fault. */
export const isUnfetched = (error: unknown): boolean => error instanceof Error && words.test(error.message);

/**
 * Fetches a screen. Told in its own words, a failure would make the router load the whole page anew at once, also without
 * a network, which leaves nothing on the screen; in ours it is shown in place (`Broken`).
 */
export const fetched =
  <Module>(load: () => Promise<Module>) =>
  (): Promise<Module> =>
    load().catch((error: unknown) => {
      throw isUnfetched(error)
        ? new Error(`screen not fetched: ${(error as Error).message}`, { cause: error })
        : error;
    });

const leastMs = 30_000;
/** Whether a page may load itself anew: one whose file is missing for good would do nothing else. Epoch ms, 0 = never. */
export const mayReload = (last: number, now: number): boolean => now - last >= leastMs;
