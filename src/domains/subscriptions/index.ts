export { matchActs } from './match-acts.ts';
