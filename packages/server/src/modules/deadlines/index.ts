/** The door of deadlines: the one clock engine of all promises. */
import type { Part } from '#kernel/centre.ts';
import type { EventRecord } from '#kernel/command.ts';
import { systemActor } from '#kernel/actor.ts';
import { fill } from '#contracts/errors.ts';
import { labels } from '#contracts/words.ts';
import { plugClocks, raiseLevel } from '#modules/tickets/index.ts';
import { fireDue } from './fire.ts';
import { followEvent, foresee, startingEvents } from './react.ts';
import { recount, recountAgainMs } from './recount.ts';
import { newestClocksOf, nextInstant } from './store.ts';
import { deadlinesOf, shownClocks } from './view.ts';

export { cancel, isEnded, meet, pause, resume, retarget, runOn, start, tick } from './rules.ts';
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
export { startDeadlines } from './react.ts';
export { endClocks, startClock, wouldBeDue } from './elsewhere.ts';
export type { OwnClock } from './elsewhere.ts';
export { deadlinesOf } from './view.ts';
export { dueOf, nearestClocks } from './store.ts';

plugClocks({ of: deadlinesOf, rowsOf: newestClocksOf, shown: shownClocks, foresee });

const recountAgain = 'deadlines.recount';

export const deadlines: Part = {
  name: 'deadlines',
  inTransaction: [
    { on: startingEvents, react: followEvent },
    {
      on: ['calendar.changed'],
      react: async (context, event) => {
        const moved = await recount(context, event.subjectId);
        context.emit('calendar.recounted', 'calendar', event.subjectId, { moved });
        await context.schedule(recountAgain, event.subjectId, context.now + recountAgainMs);
      },
    },
  ],
  due: { [recountAgain]: async (context, { key }) => void (await recount(context, key)) },
  dueSources: [{ name: 'deadlines', nextAt: nextInstant, fire: fireDue }],
  reactions: [
    {
      name: 'deadlines.raise-level',
      on: ['deadline.escalated'],
      when: (event) =>
        event.subjectType === 'ticket' &&
        (event as EventRecord<'deadline.escalated'>).data.raiseLevel === true,
      react: async (context, event) => {
        const { kind, step } = (event as EventRecord<'deadline.escalated'>).data;
        const why = fill('「{kind}」超时，按时限规则第 {step} 级升级', {
          kind: labels.deadlineKind![kind]!.zh,
          step,
        });
        await context.send(raiseLevel, { id: event.subjectId, why }, systemActor('deadlines'));
      },
    },
  ],
};
