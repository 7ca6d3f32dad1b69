/** A link that people may click: parsed as a browser does, and of a scheme that only leads somewhere. */
import { faulty, Problem } from './problem.ts';

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

export const allowedUrl = (value: string): boolean => {
  // Browsers strip blanks and line breaks inside a URL, people do not see them: refuse instead of guessing.
  if (/[\s\u0000-\u001f\\]/.test(value) || !/^[a-z]+:/i.test(value)) return false;
  try {
    const url = new URL(value);
    return schemes.has(url.protocol) && (url.protocol.startsWith('http') ? url.hostname !== '' : true);
  } catch {
    return false;
  }
};

/** Refuses anything but http, https, mailto and tel with 422 URL_NOT_ALLOWED naming the field. */
export const demandUrl = (value: string | null | undefined, field: string): string | null => {
  if (value === null || value === undefined || value === '') return null;
  if (!allowedUrl(value))
    throw new Problem('URL_NOT_ALLOWED', { field }, faulty(`/${field}`, 'URL_NOT_ALLOWED').faults);
  return value;
};
