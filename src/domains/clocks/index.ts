export { LIMITS_BESIDE, limitUsers } from './rules/procedures.ts';
export { readCase, runCase } from './run.ts';
export {
  type Case,
  type CaseAnswer,
  type CaseDecision,
  type CaseInput,
  type ClockAnswer,
  type ClockStatus,
  EVENT_TYPES,
  PROCEDURES,
  type Procedure,
} from './types.ts';
