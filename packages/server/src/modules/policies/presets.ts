/**
 * The table a new centre starts with: the clocks of the handbooks that cases run under. Every value is a row a
 * manager edits; `source` names the rows it comes from. Numbers the handbooks leave open are C21's defaults.
 */
import type { LadderStep, Policy, PolicyScope } from './rules.ts';

const seconds = (count: number): number => count / 60;
const hours = (count: number): number => count * 60;

const tell = (notify: LadderStep['notify'], afterMinutes = 0): LadderStep => ({ afterMinutes, notify });
const raise = (notify: LadderStep['notify'], afterMinutes: number): LadderStep => ({
  afterMinutes,
  notify,
  raiseLevel: true,
});
const worked = [tell('assignee'), tell('lead', 60), raise('supervisor', hours(4))];

type Row = Omit<Policy, 'id' | 'scope'> & { scope?: PolicyScope };
const wall = (
  kind: Policy['kind'],
  value: number | null,
  source: string[],
  more: Partial<Row> = {},
): Row => ({ kind, value, unit: 'wall', source, ...more });
const business = (kind: Policy['kind'], value: number, source: string[], more: Partial<Row> = {}): Row => ({
  kind,
  value,
  unit: 'business',
  source,
  ...more,
});
const businessDays = (
  kind: Policy['kind'],
  value: number,
  source: string[],
  more: Partial<Row> = {},
): Row => ({ kind, value, unit: 'businessDays', source, ...more });

const rows: Row[] = [
  // C1: 10 s, 30 s and three rings stand side by side; the strictest is the target, an automatic greeting does not stop it.
  ...(['phone', 'webchat', 'wechat'] as const).map((channel) =>
    wall('first_answer', seconds(10), ['SD1-03', 'SD2-07', 'SD2-31'], {
      scope: { channel },
      ladder: [tell('lead')],
    }),
  ),
  wall('order_query', seconds(120), ['SD0-21'], { ladder: [tell('lead')] }),
  wall('classify', seconds(30), ['SD0-31']),

  // C15: one business day until classified; then the priority's response is weighed with it.
  ...(['email', 'portal'] as const).map((channel) =>
    businessDays('first_reply', 1, ['SD1-04'], { scope: { channel }, ladder: worked }),
  ),

  // C16: P1 and P2 run day and night, P3 and P4 in business time. SD1-17: P1 has no solve target.
  wall('start', 15, ['SD1-13'], {
    scope: { priority: 'P1' },
    ladder: [tell('supervisor'), raise('manager', 15)],
  }),
  wall('resolve', null, ['SD1-17'], { scope: { priority: 'P1' } }),
  wall('respond', hours(2), ['SD1-14'], {
    scope: { priority: 'P2' },
    ladder: [tell('assignee'), tell('supervisor', 30)],
  }),
  wall('resolve', hours(24), ['SD1-14'], {
    scope: { priority: 'P2' },
    ladder: [tell('assignee'), tell('supervisor', 60), raise('manager', hours(4))],
  }),
  business('respond', hours(4), ['SD1-15'], { scope: { priority: 'P3' }, ladder: worked }),
  businessDays('resolve', 3, ['SD1-15'], { scope: { priority: 'P3' }, ladder: worked }),
  business('respond', hours(8), ['SD1-16'], { scope: { priority: 'P4' }, ladder: worked }),
  businessDays('resolve', 5, ['SD1-16'], { scope: { priority: 'P4' }, ladder: worked }),

  wall('escalation', 60, ['SD1-24'], { ladder: [raise('lead', 0), tell('supervisor', 60)] }),
  wall('progress', hours(24), ['SD1-29', 'SD4-20'], {
    ladder: [tell('assignee'), tell('supervisor', hours(4))],
  }),

  // C4: a complaint has its own clocks beside those of its priority. A severe one carries the intent `severe`.
  wall('complaint_contact', 10, ['SD4-17'], { ladder: [tell('supervisor')] }),
  wall('complaint_plan', hours(24), ['SD4-19'], { ladder: [tell('supervisor'), raise('manager', hours(4))] }),
  wall('complaint_plan', hours(48), ['SD4-20', 'SD4-27'], {
    scope: { intent: 'severe' },
    ladder: [tell('supervisor'), raise('manager', hours(4))],
  }),
  wall('manager_callback', hours(24), ['SD4-21'], { ladder: [tell('manager')] }),

  wall('survey', hours(2), ['SD1-33'], { ladder: [tell('lead')] }),
  businessDays('confirm_reminder', 1, ['SD1-35']),
  wall('emergency_contact', 10, ['SD2-13'], { ladder: [tell('supervisor'), raise('manager', 10)] }),
  wall('acknowledge', 10, ['SD1-13'], { ladder: [tell('supervisor')] }),
  wall('acknowledge', 5, ['SD1-13'], {
    scope: { priority: 'P1' },
    ladder: [tell('supervisor'), tell('manager', 5)],
  }),
];

const idOf = ({ kind, scope = {} }: Row): string => [kind, ...Object.values(scope)].join(':');

export const policyPresets: readonly Policy[] = rows.map((row) => ({
  ...row,
  id: idOf(row),
  scope: row.scope ?? {},
}));
