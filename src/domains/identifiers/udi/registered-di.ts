import { DIGIT, firstOutside } from './charsets.ts';
import { gs1CheckHolds } from './check-digits.ts';
import { newResult } from './draft.ts';
import { readHibcDi } from './hibc.ts';
import { readPpn } from './ifa.ts';
import { readIsbt128 } from './isbt128.ts';
import { readMa } from './ma.ts';
import { problem } from './problems.ts';
import type { UdiAgency, UdiProblem, UdiResult } from './types.ts';

export interface RegisteredDi {
  /** Look-up key; for a wrong identifier the best that can be said of it, never empty unless the identifier is. */
  readonly key: string;
  readonly problems: readonly UdiProblem[];
}

const NO_PROBLEMS: readonly UdiProblem[] = [];

/**
 * Checks a bare GTIN as registries store it: 8, 12, 13 or 14 digits with check digit, no blanks.
 * @returns the GTIN filled up to 14 digits as key; text that is no GTIN is its own key
 */
export function checkGtin(text: string): RegisteredDi {
  const { length } = text;
  const lengthOk = length === 14 || length === 13 || length === 12 || length === 8;
  if (lengthOk && gs1CheckHolds(text, 0, length)) {
    return { key: length === 14 ? text : text.padStart(14, '0'), problems: NO_PROBLEMS };
  }
  const bad = firstOutside(text, 0, length, DIGIT);
  if (bad >= 0) return { key: text, problems: [problem('gs1.charset', 'error', bad)] };
  if (!lengthOk) return { key: text, problems: [problem('gs1.gtin-length', 'error', 0)] };
  return { key: text.padStart(14, '0'), problems: [problem('gs1.check-digit', 'error', length - 1)] };
}

/**
 * Look-up key of a device identifier as a register states it, with what is wrong about it. Production data are not
 * expected here; for scanned codes use `parseUdi`.
 * @param agencyHint the agency the register names; null when it names none: then the first characters decide
 */
export function diKeyOf(agencyHint: UdiAgency | null, di: string): RegisteredDi {
  const agency = agencyHint ?? agencyOf(di);
  if (agency === 'GS1') return checkGtin(di);
  if (agency === null || agency === 'AHM') return { key: di, problems: NO_PROBLEMS };
  const result = newResult(agency, null);
  if (agency === 'HIBCC') readHibcDi(result, di, 0);
  else if (agency === 'IFA') readPpn(result, di, 0);
  else if (agency === 'MA') readMa(result, di, 0, 2000);
  else readRegisteredIsbt(result, di);
  return { key: result.diKey ?? di, problems: result.problems };
}

/** Registries store the product code of `=/` with or without its two first characters. */
function readRegisteredIsbt(result: UdiResult, di: string): void {
  if (di.startsWith('=')) readIsbt128(result, di, 0);
  else readIsbt128(result, `${di.length === 10 ? '=)' : '=/'}${di}`, 0);
}

function agencyOf(di: string): UdiAgency | null {
  if (firstOutside(di, 0, di.length, DIGIT) < 0) return di.length >= 8 && di.length <= 14 ? 'GS1' : null;
  if (di.startsWith('MA.')) return 'MA';
  if (di.startsWith('=')) return 'ICCBBA';
  if (di.startsWith('+')) return 'HIBCC';
  return null;
}
