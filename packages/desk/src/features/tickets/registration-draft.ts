/** What is typed into a registration form, kept on this device until the ticket is opened (SD3a-02). */
import { readStored, writeStored } from '#ui/stored.ts';
import type { RegistrationValues } from './registration.ts';

const keyOf = (draft: string) => `zk:form:${draft}`;

export const keepDraft = (draft: string, values: object): void =>
  writeStored(keyOf(draft), JSON.stringify(values));
export const dropDraft = (draft: string): void => writeStored(keyOf(draft), null);
/** Null when nothing was typed, or what is kept cannot be read. */
export const keptDraft = (draft: string): RegistrationValues | null => {
  try {
    const text = readStored(keyOf(draft));
    return text ? (JSON.parse(text) as RegistrationValues) : null;
  } catch {
    return null;
  }
};
