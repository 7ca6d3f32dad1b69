import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { add, addWall, calendarPreset, compile, holidaysCn } from '#modules/calendar/index.ts';
import type { Pause } from '#modules/calendar/index.ts';
import { arithmeticOf, cancel, meet, pause, resume, start, tick } from './index.ts';
import type { Deadline, DeadlineEvent, Outcome, Terms } from './index.ts';

const cal = compile(calendarPreset('workday_lunch'), holidaysCn);
const math = arithmeticOf(() => cal);
const minute = 60_000;
const opens = Date.parse('2026-02-12T09:00:00+08:00');

type Deed = { what: 'tick' | 'pause' | 'resume' | 'meet' | 'cancel'; afterMinutes: number };
const deed = (what: Deed['what'][]): fc.Arbitrary<Deed> =>
  fc.record({
    what: fc.constantFrom(...what),
    afterMinutes: fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 6000 })),
  });

const termsArb: fc.Arbitrary<Terms> = fc.record({
  unit: fc.constantFrom('wall' as const, 'business' as const),
  calendarId: fc.constant(null),
  policyId: fc.constant('p'),
  policyVersion: fc.constant(1),
  targetMinutes: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 3000 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  warnFraction: fc.constantFrom(0.5, 0.8, 1),
  ladder: fc
    .array(fc.integer({ min: 0, max: 600 }), { maxLength: 3 })
    .map((steps) =>
      steps.toSorted((a, b) => a - b).map((afterMinutes) => ({ afterMinutes, notify: 'lead' as const })),
    ),
});

function begun(terms: Terms): Outcome {
  const outcome = start(
    { id: 'd', subjectType: 'ticket', subjectId: 't', kind: 'resolve' },
    terms,
    opens,
    math,
  );
  assert.ok('deadline' in outcome);
  return outcome;
}

const apply = (deadline: Deadline, what: Deed['what'], now: number): Outcome =>
  ({ tick, pause, resume, meet, cancel })[what](deadline, now, math);

function play(terms: Terms, deeds: readonly Deed[]): Outcome & { now: number } {
  let { deadline, events } = begun(terms);
  let now = opens;
  for (const { what, afterMinutes } of deeds) {
    now += afterMinutes * minute;
    const outcome = apply(deadline, what, now);
    deadline = outcome.deadline;
    events = [...events, ...outcome.events];
  }
  return { deadline, events, now };
}

test('SD1-23 the due instant after any pauses equals one computed afresh from all of them', () => {
  fc.assert(
    fc.property(termsArb, fc.array(deed(['pause', 'resume', 'tick']), { maxLength: 12 }), (terms, deeds) => {
      const { deadline } = play(terms, deeds);
      if (terms.targetMinutes === null) return assert.equal(deadline.dueAt, null);
      const pauses: Pause[] = [...deadline.pauses];
      if (terms.unit === 'wall')
        return assert.equal(deadline.dueAt, addWall(opens, terms.targetMinutes, pauses));
      const due = add(cal, opens, { minutes: terms.targetMinutes }, pauses);
      assert.ok('dueAt' in due);
      assert.equal(deadline.dueAt, due.dueAt);
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test('how often a clock is looked at changes nothing: the same events at the same instants, each once', () => {
  const deeds = fc.array(deed(['pause', 'resume', 'meet', 'cancel']), { maxLength: 8 });
  fc.assert(
    fc.property(
      termsArb,
      deeds,
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 12 }),
      (terms, acts, looks) => {
        const seldom = play(terms, [...acts, { what: 'tick', afterMinutes: 20_000 }]);
        let now = 0;
        const planned = [...acts, { what: 'tick' as const, afterMinutes: 20_000 }].map((act) => ({
          what: act.what,
          at: (now += act.afterMinutes),
          order: 1,
        }));
        const all = [
          ...planned,
          ...looks
            .filter((look) => look < now)
            .map((look) => ({ what: 'tick' as const, at: look, order: 0 })),
        ].toSorted((a, b) => a.at - b.at || a.order - b.order);
        let last = 0;
        const often = play(
          terms,
          all.map(({ what, at }) => {
            const afterMinutes = at - last;
            last = at;
            return { what, afterMinutes };
          }),
        );
        assert.deepEqual(often.deadline, seldom.deadline);
        assert.deepEqual(often.events, seldom.events);
      },
    ),
    { numRuns: 2000, seed: 8 },
  );
});

const count = (events: readonly DeadlineEvent[], type: string): number =>
  events.filter((event) => event.type === type).length;

test('events are in order, warnings and breaches come once, and the next instant is honest', () => {
  fc.assert(
    fc.property(
      termsArb,
      fc.array(deed(['tick', 'pause', 'resume', 'meet', 'cancel']), { maxLength: 12 }),
      (terms, deeds) => {
        const { deadline, events, now } = play(terms, deeds);
        assert.ok(
          events.every((event, i) => i === 0 || event.at >= events[i - 1]!.at - 1),
          JSON.stringify(events),
        );
        assert.ok(count(events, 'deadline.warned') <= 1);
        assert.ok(count(events, 'deadline.breached') <= 1);
        assert.equal(count(events, 'deadline.escalated'), deadline.ladderStep);
        assert.equal(count(events, 'deadline.started'), 1);
        assert.equal(deadline.breachedAt !== null, count(events, 'deadline.breached') === 1);
        if (deadline.endedAt !== null || deadline.state === 'paused') assert.equal(deadline.nextAt, null);
        if (deadline.nextAt === null) return;
        const seen = tick(deadline, now, math).deadline;
        if (seen.nextAt === null) return;
        assert.deepEqual(tick(seen, seen.nextAt - 1, math).events, []);
        assert.ok(tick(seen, seen.nextAt, math).events.length > 0);
      },
    ),
    { numRuns: 2000, seed: 9 },
  );
});
