/** Days of a certificate, pure. A day is a day of the centre's zone; the last one counts whole. */
import type { CertificationView } from '#contracts/routes/certifications.ts';

const day = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
/** `2026-11-18`, in the centre's zone. */
export const todayOf = (now: number): string => day.format(now);

/** This long before the end people are told, so that there is time for the examination. */
export const noticeDays = 30;
const dayMs = 86_400_000;

/** Nine in the morning, so that it is read by somebody at work. */
export const noticeAt = (validUntil: string): number =>
  Date.parse(`${validUntil}T09:00:00+08:00`) - noticeDays * dayMs;

export const stateOf = (validUntil: string, now: number): CertificationView['state'] => {
  if (validUntil < todayOf(now)) return 'expired';
  return validUntil <= todayOf(now + noticeDays * dayMs) ? 'expiring' : 'valid';
};
