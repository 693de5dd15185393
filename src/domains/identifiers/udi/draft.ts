import { problem } from './problems.ts';
import type { UdiAgency, UdiForm, UdiResult } from './types.ts';

/** No carrier in use holds more: QR Code version 40 takes 7,089 digits. Longer input is answered without being read. */
export const LONGEST_CODE = 8192;

/** Problems kept for one code; after that one closing problem says that more were left out. */
const MOST_PROBLEMS = 64;

/** An empty answer that the parsers fill in. All keys are set at once so that every answer has the same shape. */
export function newResult(agency: UdiAgency | null, form: UdiForm | null): UdiResult {
  return {
    valid: true,
    agency,
    form,
    di: null,
    diKey: null,
    elements: [],
    lot: null,
    serial: null,
    expiry: null,
    manufactured: null,
    quantity: null,
    donationId: null,
    mphoLot: null,
    sterilizationLot: null,
    useBy: null,
    date: null,
    problems: [],
  };
}

/** Notes an error; the answer is no longer valid. */
export function refuse(result: UdiResult, code: string, at: number, detail?: string): void {
  result.valid = false;
  note(result, 'error', code, at, detail);
}

/** Notes a warning; the answer stays valid. */
export function warn(result: UdiResult, code: string, at: number, detail?: string): void {
  note(result, 'warning', code, at, detail);
}

function note(result: UdiResult, severity: 'error' | 'warning', code: string, at: number, detail?: string): void {
  const { problems } = result;
  if (problems.length < MOST_PROBLEMS) problems.push(problem(code, severity, at, detail));
  else if (problems.length === MOST_PROBLEMS) problems.push(problem('input.more-problems', severity, at));
}

/** Keeps the first value of a field; a second, different one is reported. */
export function setOnce(
  result: UdiResult,
  field: 'lot' | 'serial' | 'expiry' | 'manufactured' | 'useBy' | 'sterilizationLot' | 'donationId' | 'mphoLot',
  value: string,
  at: number,
): void {
  const known = result[field];
  if (known === null) result[field] = value;
  else if (known !== value) warn(result, 'field.repeated', at, field);
}
