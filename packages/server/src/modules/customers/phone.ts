/** Phones as people write them → E.164 when valid; service short numbers stay as they are; extensions are kept apart. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

export type Phone = { value: string; raw: string; valid: boolean };

/** Full-width digits, blanks and dashes of every kind are how the same number looks on paper. */
const tidy = (raw: string) =>
  raw
    .normalize('NFKC')
    .replace(/[\s\-–—()()]/g, '')
    .trim();

/**
 * `138…`, `+86 138…`, `0086138…`, `010-…`, `95588` → one value. Undefined when it holds no number.
 * An extension (`转801`, `ext 801`) is cut off; `raw` keeps what was written.
 */
export const parsePhone = (raw: string): Phone | undefined => {
  const [main = ''] = tidy(raw).split(/转|ext\.?|分机|#|,/i);
  const digits = main.replace(/^00(?=[1-9])/, '+').replace(/^0(?=1[3-9]\d{9}$)/, '');
  if (!/^\+?\d{3,20}$/.test(digits)) return undefined;
  // 95588, 12345, 10086, 400…: service numbers that no E.164 form exists for (400 numbers cannot be dialled from abroad).
  if (/^(9[56]\d{3,4}|1[0-2]\d{1,3}|1[0-2]\d{3}|[48]00\d{7})$/.test(digits))
    return { value: digits, raw, valid: true };
  const parsed = parsePhoneNumberFromString(digits, 'CN');
  if (parsed?.isValid()) return { value: parsed.number, raw, valid: true };
  return digits.length >= 5 ? { value: digits, raw, valid: false } : undefined;
};

/** Digits to look a number up by its end: the last 4 to 11. */
export const phoneTail = (query: string): string | undefined => {
  const digits = query.normalize('NFKC').replace(/\D/g, '');
  return digits.length >= 4 ? digits.slice(-11) : undefined;
};

/** `138****1234`, `010****5678`, `z***@example.com`: enough to recognise, not to use. */
export const mask = (kind: string, value: string): string => {
  if (kind === 'email') {
    const [name = '', domain = ''] = value.split('@');
    return `${name.slice(0, 1)}***@${domain}`;
  }
  // A landline is read with the 0 of its area code; mobiles have none.
  const national = value.replace(/^\+86(?=1[3-9])/, '').replace(/^\+86(?=[2-9]|10)/, '0');
  return national.length <= 6 ? national : `${national.slice(0, 3)}****${national.slice(-4)}`;
};
