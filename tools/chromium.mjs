/** Finds a Chromium for the browser stories. No dependency: also used before anything is installed. */
import { accessSync, constants } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/**
 * @param {Record<string, string | undefined>} env
 * @returns {string | null} path of the browser; CHROMIUM_PATH wins when it is there
 */
export function findChromium(env = process.env) {
  return [env.CHROMIUM_PATH, ...PLACES].find((place) => place && canRun(place)) ?? null;
}

/** @param {string} file */
function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
