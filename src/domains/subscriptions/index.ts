export { matchActs } from './match-acts.ts';
export { policyDuties } from './policy-duties.ts';
export { profileOfParty } from './rules/enterprise.ts';
