/** The door of policies: the table of time targets, which row rules, and how it reads. */
import type { Centre, Part } from '#kernel/centre.ts';
import { policyRoutes } from './routes.ts';
import { policiesAt } from './store.ts';
import type { PolicySet } from './rules.ts';

export { defaultWarnAt, inForce, pick, targetOf, validatePolicies } from './rules.ts';
export type { Facts, LadderStep, Policy, PolicyFault, PolicyScope, PolicySet } from './rules.ts';
export { policyPresets } from './presets.ts';
export { promise, sentence } from './sentence.ts';
export type { ScopeNames } from './sentence.ts';
export { installPolicies } from './install.ts';
export { publishPolicies } from './commands/publish.ts';
export { policiesAt, policiesOfVersion } from './store.ts';

/** The table in force now. */
export const currentPolicies = ({ db }: Pick<Centre, 'db'>, now: number): Promise<PolicySet> =>
  policiesAt(db, now);
/** Its number, for what keeps the version it began under. */
export const policyVersionNow = async (centre: Pick<Centre, 'db'>, now: number): Promise<number> =>
  (await policiesAt(centre.db, now)).version;

export const policies: Part = {
  routes: policyRoutes,
  name: 'policies',
  subjects: { policy: { permission: 'settings.read' } },
};
