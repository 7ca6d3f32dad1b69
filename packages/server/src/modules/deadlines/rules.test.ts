import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { calendarPreset, compile, explain, holidaysCn, withPlan } from '#modules/calendar/index.ts';
import { pick, policyPresets } from '#modules/policies/index.ts';
import type { Facts } from '#modules/policies/index.ts';
import type { DeadlineKind } from '#contracts/words.ts';
import { arithmeticOf, cancel, meet, pause, resume, retarget, runOn, start, termsOf, tick } from './index.ts';
import type { Arithmetic, Deadline, DeadlineEvent, Outcome, Terms } from './index.ts';

const spec = calendarPreset('workday');
const cal = compile(spec, holidaysCn);
const math = arithmeticOf(() => cal);
const at = (text: string): number =>
  Date.parse(`${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}+08:00`);
const shown = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const subject = (kind: DeadlineKind) => ({ id: 'd1', subjectType: 'ticket', subjectId: 't1', kind });
const presetTerms = (kind: DeadlineKind, facts: Facts): Terms =>
  termsOf(pick(policyPresets, kind, facts)!, 1, null, cal.minutesPerBusinessDay);
const terms = (more: Partial<Terms> = {}): Terms => ({
  unit: 'wall',
  calendarId: null,
  policyId: 'p',
  policyVersion: 1,
  targetMinutes: 60,
  warnFraction: 0.8,
  ladder: [],
  ...more,
});

function started(kind: DeadlineKind, given: Terms, now: number, arithmetic: Arithmetic = math): Deadline {
  const outcome = start(subject(kind), given, now, arithmetic);
  assert.ok('deadline' in outcome);
  assert.equal(outcome.events[0]!.type, 'deadline.started');
  return outcome.deadline;
}
const types = (events: readonly DeadlineEvent[]): string[] =>
  events.map(({ type }) => type.replace('deadline.', ''));
const timed = ({ events }: Outcome): string[] =>
  events.map((event) => `${shown(event.at)} ${event.type.replace('deadline.', '')}`);

describe('met, warned and late', () => {
  test('SD1-13 P1 that is not started after 15 minutes breaches and tells the supervisor', () => {
    const p1 = started('start', presetTerms('start', { priority: 'P1' }), at('2026-03-05 22:00'));
    assert.equal(shown(p1.dueAt), '2026-03-05 22:15');
    assert.deepEqual(types(tick(p1, at('2026-03-05 22:11:59'), math).events), []);
    const warned = tick(p1, at('2026-03-05 22:12'), math);
    assert.deepEqual(types(warned.events), ['warned']);
    assert.deepEqual(types(tick(warned.deadline, at('2026-03-05 22:15'), math).events), []);
    const late = tick(warned.deadline, at('2026-03-05 22:15') + 1, math);
    assert.deepEqual(types(late.events), ['breached', 'escalated']);
    assert.deepEqual(late.events[1], {
      type: 'deadline.escalated',
      at: at('2026-03-05 22:15') + 1,
      deadlineId: 'd1',
      kind: 'start',
      of: 'ticket',
      ofId: 't1',
      dueAt: at('2026-03-05 22:15'),
      step: 1,
      notify: 'supervisor',
      raiseLevel: false,
    });
    assert.equal(late.deadline.state, 'breached');
    assert.equal(shown(late.deadline.nextAt), '2026-03-05 22:30');
  });

  test('SD1-13 P1 started exactly at its 15th minute is in time, a millisecond later is late', () => {
    const p1 = started('start', presetTerms('start', { priority: 'P1' }), at('2026-03-05 22:00'));
    const inTime = meet(p1, at('2026-03-05 22:15'), math);
    assert.deepEqual(types(inTime.events), ['warned', 'met']);
    assert.equal(inTime.deadline.state, 'met');
    assert.equal(inTime.deadline.nextAt, null);
    const late = meet(p1, at('2026-03-05 22:15') + 1, math);
    assert.deepEqual(types(late.events), ['warned', 'breached', 'escalated', 'met']);
    assert.equal(late.deadline.state, 'met_late');
    assert.equal(late.deadline.breachedAt, p1.dueAt);
  });

  test('SD2-07 target 30 s: an answer after 29 s hits, one after 31 s misses', () => {
    const chat = started('first_answer', terms({ targetMinutes: 0.5 }), at('2026-03-05 10:00'));
    assert.equal(meet(chat, at('2026-03-05 10:00:29'), math).deadline.state, 'met');
    assert.equal(meet(chat, at('2026-03-05 10:00:31'), math).deadline.state, 'met_late');
  });

  test('SD4-17 a complaint of 09:00 first contacted at 09:11 is a miss', () => {
    const complaint = started(
      'complaint_contact',
      presetTerms('complaint_contact', {}),
      at('2026-03-05 09:00'),
    );
    assert.equal(meet(complaint, at('2026-03-05 09:10'), math).deadline.state, 'met');
    const outcome = meet(complaint, at('2026-03-05 09:11'), math);
    assert.equal(outcome.deadline.state, 'met_late');
    assert.ok(
      outcome.events.some((event) => event.type === 'deadline.escalated' && event.notify === 'supervisor'),
    );
  });

  test('SD0-31 classified after 31 s counts as a miss', () => {
    const intake = started('classify', presetTerms('classify', {}), at('2026-03-05 09:00'));
    assert.equal(meet(intake, at('2026-03-05 09:00:30'), math).deadline.state, 'met');
    assert.equal(meet(intake, at('2026-03-05 09:00:31'), math).deadline.state, 'met_late');
  });

  test('SD1-29 no progress for 24 h tells the owner, four hours later the supervisor', () => {
    const progress = started('progress', presetTerms('progress', {}), at('2026-03-05 10:00'));
    const late = tick(progress, at('2026-03-06 10:01'), math);
    assert.deepEqual(types(late.events), ['warned', 'breached', 'escalated']);
    const later = tick(late.deadline, at('2026-03-06 14:00'), math);
    assert.deepEqual(
      later.events.map((event) => event.type === 'deadline.escalated' && event.notify),
      ['supervisor'],
    );
    assert.equal(later.deadline.nextAt, null);
  });

  test('SD1-29 C5 an update meets the clock and starts the next 24 h', () => {
    const first = started('progress', presetTerms('progress', {}), at('2026-03-05 10:00'));
    assert.equal(meet(first, at('2026-03-05 15:00'), math).deadline.state, 'met');
    assert.equal(
      shown(started('progress', presetTerms('progress', {}), at('2026-03-05 15:00')).dueAt),
      '2026-03-06 15:00',
    );
  });

  test('SD1-17 a clock without target is shown and never late', () => {
    const solve = started('resolve', presetTerms('resolve', { priority: 'P1' }), at('2026-03-05 10:00'));
    assert.deepEqual([solve.dueAt, solve.warnAt, solve.nextAt, solve.state], [null, null, null, 'running']);
    assert.deepEqual(tick(solve, at('2036-03-05 10:00'), math).events, []);
    assert.equal(meet(solve, at('2036-03-05 10:00'), math).deadline.state, 'met');
  });

  test('a target of nothing is refused', () => {
    for (const targetMinutes of [0, -1, Number.NaN])
      assert.deepEqual(start(subject('resolve'), terms({ targetMinutes }), 0, math), {
        refusal: 'TARGET_NOT_POSITIVE',
      });
  });

  test('a tick that comes late catches up with all that was missed, in order, once', () => {
    const ladder = [
      { afterMinutes: 0, notify: 'assignee' as const },
      { afterMinutes: 30, notify: 'lead' as const },
      { afterMinutes: 60, notify: 'manager' as const, raiseLevel: true },
    ];
    const clock = started('resolve', terms({ ladder }), at('2026-03-05 10:00'));
    const outcome = tick(clock, at('2026-03-06 10:00'), math);
    assert.deepEqual(timed(outcome), [
      '2026-03-05 10:48 warned',
      '2026-03-05 11:00 breached',
      '2026-03-05 11:00 escalated',
      '2026-03-05 11:30 escalated',
      '2026-03-05 12:00 escalated',
    ]);
    assert.deepEqual(tick(outcome.deadline, at('2026-03-07 10:00'), math).events, []);
    assert.equal(outcome.deadline.ladderStep, 3);
  });

  test('a reply that was sent in time but arrives after the breach withdraws it', () => {
    const clock = started('respond', terms(), at('2026-03-05 10:00'));
    const late = tick(clock, at('2026-03-05 11:02'), math).deadline;
    const outcome = meet(late, at('2026-03-05 10:59'), math);
    assert.equal(outcome.deadline.state, 'met');
    assert.equal(outcome.deadline.breachedAt, null);
    assert.deepEqual(
      outcome.events.map((event) => event.type === 'deadline.met' && [event.late, event.withdrawn]),
      [[false, true]],
    );
  });

  test('what has ended stays ended', () => {
    const met = meet(
      started('respond', terms(), at('2026-03-05 10:00')),
      at('2026-03-05 10:10'),
      math,
    ).deadline;
    const cancelled = cancel(
      started('respond', terms(), at('2026-03-05 10:00')),
      at('2026-03-05 10:10'),
      math,
    ).deadline;
    assert.equal(cancelled.state, 'cancelled');
    for (const ended of [met, cancelled]) {
      const later = at('2026-03-09 10:00');
      for (const outcome of [
        tick(ended, later, math),
        pause(ended, later, math),
        resume(ended, later, math),
        meet(ended, later, math),
        cancel(ended, later, math),
        retarget(ended, { targetMinutes: 5 }, later, math, 'policy'),
      ])
        assert.deepEqual(outcome, { deadline: ended, events: [] });
    }
  });

  test('a breach stays on the record of a cancelled clock', () => {
    const outcome = cancel(started('respond', terms(), at('2026-03-05 10:00')), at('2026-03-05 12:00'), math);
    assert.deepEqual(types(outcome.events), ['warned', 'breached', 'cancelled']);
    assert.equal(outcome.deadline.breachedAt, at('2026-03-05 11:00'));
  });
});

describe('pauses', () => {
  test('SD1-23 waiting for the customer pauses the clock, the reply resumes it and the paused minutes are shown', () => {
    const solve = started('resolve', presetTerms('resolve', { priority: 'P3' }), at('2026-03-05 10:00'));
    assert.equal(shown(solve.dueAt), '2026-03-10 10:00');
    const paused = pause(solve, at('2026-03-05 16:00'), math);
    assert.deepEqual(
      [paused.deadline.state, paused.deadline.nextAt, types(paused.events)],
      ['paused', null, ['paused']],
    );
    assert.deepEqual(tick(paused.deadline, at('2026-04-05 10:00'), math).events, []);
    const resumed = resume(paused.deadline, at('2026-03-06 10:30'), math);
    assert.deepEqual(resumed.events, [
      {
        type: 'deadline.resumed',
        at: at('2026-03-06 10:30'),
        deadlineId: 'd1',
        kind: 'resolve',
        of: 'ticket',
        ofId: 't1',
        dueAt: at('2026-03-10 13:30'),
        pausedMinutes: 210,
      },
    ]);
    assert.equal(resumed.deadline.pausedMinutes, 210);
    assert.equal(resumed.deadline.state, 'running');
    assert.match(explain(resumed.deadline.why, 'zh-CN'), /暂停，顺延 3 小时 30 分钟/);
  });

  test('SD1-14 a wall clock pauses by real time', () => {
    const solve = started('resolve', presetTerms('resolve', { priority: 'P2' }), at('2026-03-05 22:00'));
    const resumed = resume(pause(solve, at('2026-03-06 20:00'), math).deadline, at('2026-03-08 20:00'), math);
    assert.equal(shown(resumed.deadline.dueAt), '2026-03-08 22:00');
    assert.equal(resumed.deadline.pausedMinutes, 48 * 60);
  });

  test('a clock is warned once, also when a pause moves the warning', () => {
    const clock = started('resolve', terms(), at('2026-03-05 10:00'));
    const paused = pause(clock, at('2026-03-05 10:50'), math);
    assert.deepEqual(types(paused.events), ['warned', 'paused']);
    const resumed = resume(paused.deadline, at('2026-03-05 12:00'), math);
    assert.equal(shown(resumed.deadline.dueAt), '2026-03-05 12:10');
    assert.deepEqual(types(tick(resumed.deadline, at('2026-03-05 12:11'), math).events), ['breached']);
  });

  test('the due instant passes while the clock is paused without a breach', () => {
    const paused = pause(
      started('resolve', terms(), at('2026-03-05 10:00')),
      at('2026-03-05 10:30'),
      math,
    ).deadline;
    const outcome = meet(paused, at('2026-03-05 15:00'), math);
    assert.equal(outcome.deadline.state, 'met');
    assert.equal(shown(outcome.deadline.dueAt), '2026-03-05 15:30');
    assert.equal(outcome.deadline.pausedMinutes, 270);
  });

  test('pausing a late clock stops its ladder and leaves it late', () => {
    const ladder = [{ afterMinutes: 30, notify: 'lead' as const }];
    const clock = started('resolve', terms({ ladder }), at('2026-03-05 10:00'));
    const paused = pause(clock, at('2026-03-05 11:10'), math).deadline;
    assert.deepEqual([paused.state, paused.breachedAt], ['paused', at('2026-03-05 11:00')]);
    const resumed = resume(paused, at('2026-03-05 13:10'), math).deadline;
    assert.deepEqual(
      [resumed.state, shown(resumed.dueAt), shown(resumed.nextAt)],
      ['breached', '2026-03-05 11:00', '2026-03-05 13:30'],
    );
    assert.equal(meet(resumed, at('2026-03-05 13:20'), math).deadline.state, 'met_late');
  });

  test('pausing twice and resuming what runs change nothing', () => {
    const clock = started('resolve', terms(), at('2026-03-05 10:00'));
    const paused = pause(clock, at('2026-03-05 10:10'), math).deadline;
    assert.deepEqual(pause(paused, at('2026-03-05 10:20'), math), { deadline: paused, events: [] });
    assert.deepEqual(resume(clock, at('2026-03-05 10:20'), math), { deadline: clock, events: [] });
  });

  test('the ladder of a business clock waits for the next morning', () => {
    const ladder = [{ afterMinutes: 60, notify: 'lead' as const }];
    const clock = started(
      'respond',
      terms({ unit: 'business', targetMinutes: 60, ladder }),
      at('2026-03-06 16:30'),
    );
    const late = tick(clock, at('2026-03-06 17:31'), math).deadline;
    assert.equal(shown(late.nextAt), '2026-03-09 09:30');
  });
});

describe('ended clocks that run on', () => {
  test('the time a promise lay kept counts as a pause; one kept late stays late', () => {
    const clock = started('resolve', terms(), at('2026-03-05 10:00'));
    const kept = runOn(meet(clock, at('2026-03-05 10:40'), math).deadline, at('2026-03-05 15:00'), math);
    assert.deepEqual(
      [kept.deadline.state, kept.deadline.endedAt, shown(kept.deadline.dueAt), kept.deadline.pausedMinutes],
      ['running', null, '2026-03-05 15:20', 260],
    );
    assert.deepEqual(types(kept.events), ['resumed']);
    const late = runOn(
      meet(clock, at('2026-03-05 11:30'), math).deadline,
      at('2026-03-05 15:00'),
      math,
    ).deadline;
    assert.deepEqual([late.state, late.breachedAt], ['breached', at('2026-03-05 11:00')]);
    assert.deepEqual(runOn(clock, at('2026-03-05 10:10'), math), { deadline: clock, events: [] });
  });
});

const solveP3 = (from: string, arithmetic: Arithmetic = math): Deadline =>
  started('resolve', presetTerms('resolve', { priority: 'P3' }), at(from), arithmetic);

describe('moved clocks', () => {
  const after2027 = arithmeticOf(() =>
    compile(
      spec,
      withPlan(holidaysCn, {
        year: 2027,
        status: 'published',
        days: [
          { date: '2026-12-31', kind: 'off', name: '元旦' },
          { date: '2027-01-01', kind: 'off', name: '元旦' },
        ],
      }),
    ),
  );

  test('importing the next plan moves a running clock and says from where to where', () => {
    const clock = solveP3('2026-12-30 10:00');
    assert.equal(shown(clock.dueAt), '2027-01-05 10:00');
    const outcome = retarget(clock, {}, at('2026-12-30 11:00'), after2027, 'calendar');
    assert.deepEqual(outcome.events, [
      {
        type: 'deadline.moved',
        at: at('2026-12-30 11:00'),
        deadlineId: 'd1',
        kind: 'resolve',
        of: 'ticket',
        ofId: 't1',
        was: clock.dueAt,
        dueAt: at('2027-01-06 10:00'),
        because: 'calendar',
        withdrawn: false,
      },
    ]);
    assert.equal(outcome.deadline.state, 'running');
  });

  test('a calendar that changes nothing moves nothing', () => {
    assert.deepEqual(
      retarget(solveP3('2026-03-05 10:00'), {}, at('2026-03-05 11:00'), after2027, 'calendar').events,
      [],
    );
  });

  test('pauses are counted anew with the new calendar', () => {
    const clock = resume(
      pause(solveP3('2026-12-30 10:00'), at('2026-12-31 10:00'), math).deadline,
      at('2026-12-31 12:00'),
      math,
    ).deadline;
    assert.equal(clock.pausedMinutes, 120);
    const moved = retarget(clock, {}, at('2026-12-31 13:00'), after2027, 'calendar').deadline;
    assert.deepEqual([moved.pausedMinutes, shown(moved.dueAt)], [0, '2027-01-06 10:00']);
  });

  test('a breach under the old calendar is withdrawn when the day turns out to be off', () => {
    const clock = started('respond', terms({ unit: 'business', targetMinutes: 60 }), at('2026-12-31 09:00'));
    const late = tick(clock, at('2026-12-31 12:00'), math).deadline;
    assert.equal(late.state, 'breached');
    const outcome = retarget(late, {}, at('2026-12-31 12:05'), after2027, 'calendar');
    assert.deepEqual(
      [
        outcome.deadline.state,
        outcome.deadline.breachedAt,
        outcome.deadline.warnedAt,
        shown(outcome.deadline.dueAt),
      ],
      ['running', null, null, '2027-01-04 10:00'],
    );
    assert.ok(outcome.events[0]!.type === 'deadline.moved' && outcome.events[0]!.withdrawn);
    assert.deepEqual(types(tick(outcome.deadline, at('2027-01-04 11:00'), after2027).events), [
      'warned',
      'breached',
    ]);
  });

  test('C15 a mail that is classified P2 is owed its reply in two hours from its arrival', () => {
    const mail = started(
      'first_reply',
      presetTerms('first_reply', { channel: 'email' }),
      at('2026-03-05 10:00'),
    );
    assert.equal(shown(mail.dueAt), '2026-03-06 10:00');
    const classified = retarget(
      mail,
      presetTerms('first_reply', { channel: 'email', priority: 'P2' }),
      at('2026-03-05 10:20'),
      math,
      'priority',
    );
    assert.equal(shown(classified.deadline.dueAt), '2026-03-05 12:00');
    assert.deepEqual(types(classified.events), ['moved']);
  });

  test('a priority raised too late is late at once, not in the past', () => {
    const clock = solveP3('2026-03-05 10:00');
    const outcome = retarget(
      clock,
      presetTerms('resolve', { priority: 'P2' }),
      at('2026-03-06 12:00'),
      math,
      'priority',
    );
    assert.deepEqual(timed(outcome), [
      '2026-03-06 12:00 moved',
      '2026-03-06 12:00 warned',
      '2026-03-06 12:00 breached',
      '2026-03-06 12:00 escalated',
    ]);
    assert.equal(shown(outcome.deadline.nextAt), '2026-03-06 13:00');
  });

  test('SD1-17 terms without a target take the due instant away', () => {
    const outcome = retarget(
      solveP3('2026-03-05 10:00'),
      presetTerms('resolve', { priority: 'P1' }),
      at('2026-03-05 11:00'),
      math,
      'priority',
    );
    assert.deepEqual(
      [outcome.deadline.dueAt, outcome.deadline.nextAt, outcome.deadline.state],
      [null, null, 'running'],
    );
  });

  test('SD1-15 the clock itself explains its due instant', () => {
    assert.match(explain(solveP3('2026-02-13 10:00').why, 'zh-CN'), /春节放假.*→ 2月25日 周三 10:00$/);
  });
});
