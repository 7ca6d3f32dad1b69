/** The door of deadlines: the one clock engine of all promises. */
export { cancel, isEnded, meet, pause, resume, retarget, start, tick } from './rules.ts';
export type {
  Arithmetic,
  Clock,
  Deadline,
  DeadlineEvent,
  Outcome,
  StartRefusal,
  Subject,
  Terms,
} from './rules.ts';
export { arithmeticOf, termsOf } from './arithmetic.ts';
