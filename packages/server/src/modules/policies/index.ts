/** The door of policies: the table of time targets, which row rules, and how it reads. */
export { defaultWarnAt, inForce, pick, targetOf, validatePolicies } from './rules.ts';
export type { Facts, LadderStep, Policy, PolicyFault, PolicyScope, PolicySet } from './rules.ts';
export { policyPresets } from './presets.ts';
export { sentence } from './sentence.ts';
export type { ScopeNames } from './sentence.ts';
