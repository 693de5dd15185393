import { diKeyOf } from '../identifiers/index.ts';
import { AGENCIES, type SourceProblem } from './source-record.ts';

/** Digits of a GTIN in every device register: shorter forms are filled up on the left there. */
const REGISTERED_GTIN = 14;
const GS1 = AGENCIES.indexOf('GS1');

export interface CheckedDi {
  /** The key of a wrong identifier is the best that can be said of it, so that it is found by what stands on the label. */
  readonly key: string;
  readonly problems: readonly Pick<SourceProblem, 'severity' | 'code' | 'reason'>[];
}

/** Look-up key of a device identifier as a register states it, with what is wrong about it. */
export function diKey(agency: number, di: string): CheckedDi {
  const { key, problems } = diKeyOf(AGENCIES[agency] || null, di);
  if (agency === GS1 && di.length !== REGISTERED_GTIN && /^\d{8}$|^\d{12,13}$/.test(di)) {
    // one fault, named once: the number is short, whatever its last digit says
    return { key, problems: [{ severity: 'problem', code: 'di.gs1.gtin-length', reason: `${di.length} digits` }] };
  }
  return {
    key,
    problems: problems.map((p) => ({
      severity: p.severity === 'error' ? 'problem' : 'notice',
      code: `di.${p.code}`,
      reason: p.message,
    })),
  };
}
