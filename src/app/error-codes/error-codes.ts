import { COMMANDS_ERRORS } from './commands.ts';
import { DUTIES_ERRORS } from './duties.ts';
import type { ErrorCode } from './error-code.ts';
import { FILES_ERRORS } from './files.ts';
import { POLICY_ERRORS } from './policy.ts';
import { POLICY_LIBRARY_ERRORS } from './policy-library.ts';
import { RULES_ERRORS } from './rules.ts';
import { STORE_ERRORS } from './store.ts';
import { SUBSCRIPTIONS_ERRORS } from './subscriptions.ts';

/**
 * The published list of error codes (docs/reference/codes.md): what an AppError, a refused line or a problem answer of
 * the API may carry. A code is never renamed or given another meaning.
 */
export const ERROR_CODES: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries({
    ...COMMANDS_ERRORS,
    ...DUTIES_ERRORS,
    ...FILES_ERRORS,
    ...POLICY_ERRORS,
    ...POLICY_LIBRARY_ERRORS,
    ...RULES_ERRORS,
    ...STORE_ERRORS,
    ...SUBSCRIPTIONS_ERRORS,
  }).map(([code, [zh, en, doZh, doEn]]) => [code, { zh, en, doZh, doEn }]),
);
