export { PROCEDURE_NAMES } from './names.ts';
export { type Reckoned, reckonWith } from './reckoning.pg.ts';
export { LIMITS_BESIDE, limitUsers } from './rules/procedures.ts';
export { readCase, runCase, unreadKeys } from './run.ts';
export { editionOf } from './service.ts';
export { type CaseDecision, PROCEDURES, type Procedure } from './types.ts';
