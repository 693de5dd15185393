import {
  diKeyOf,
  type NumberResult,
  parseNumber,
  parseUdi,
  type UdiResult,
  udiProblemText,
} from '../identifiers/index.ts';
import type { CodeProblem, Lookup } from './types.ts';

/** What a typed or scanned code may be, before any register was asked. */
export interface CodeReading {
  readonly code: string;
  readonly kind: Lookup['kind'];
  readonly parsed: UdiResult | NumberResult | null;
  /** Look-up keys to try as identifier; the first is the best. */
  readonly diKeys: readonly string[];
  /** Number as compared, when the code is one of a certificate or filing. */
  readonly certificate: string | null;
  readonly creditCode: string | null;
  /** The code as a model or catalogue number, null when it is empty. */
  readonly model: string | null;
  readonly problems: readonly CodeProblem[];
  /** An identifier of a known agency with an error in it, or nothing at all. */
  readonly invalid: boolean;
  /** The identifier and production identifiers read, for checks against the record. */
  readonly udi: UdiResult | null;
}

const CERTIFICATE_KINDS: ReadonlySet<string> = new Set(['registration-cert', 'class1-filing', 'registration-old-2004']);

/** Longer than any carrier of a device: nothing is gained by reading it. */
const LONGEST_CODE = 2000;

/** Reads one code. Never throws on content. */
export function readCode(given: string): CodeReading {
  const code = given.trim();
  const nothing = {
    code: given,
    parsed: null,
    diKeys: [],
    certificate: null,
    creditCode: null,
    model: null,
    udi: null,
  };
  if (code === '' || code.length > LONGEST_CODE) {
    return {
      ...nothing,
      kind: 'unknown',
      invalid: true,
      problems: [
        code === ''
          ? { code: 'lookup.empty', severity: 'error', message: '没有可查的代码' }
          : { code: 'lookup.too-long', severity: 'error', message: `代码超过 ${LONGEST_CODE} 个字符` },
      ],
    };
  }
  const number = parseNumber(undefined, code);
  const certificate = number.kind !== null && CERTIFICATE_KINDS.has(number.kind) ? (number.normalized ?? code) : null;
  if (certificate !== null) {
    return {
      ...nothing,
      kind: 'certificate',
      parsed: number,
      certificate,
      model: code,
      invalid: false,
      problems: number.problems.map((p) => ({
        code: p.code,
        severity: p.severity === 'info' ? 'notice' : p.severity,
        message: p.message,
      })),
    };
  }
  if (number.kind === 'uscc' && number.valid) {
    const key = number.normalized ?? code;
    return {
      ...nothing,
      kind: 'credit-code',
      parsed: number,
      diKeys: [code],
      // the key under which the register keeps holders known by their credit code
      creditCode: `uscc:${key}`,
      model: code,
      invalid: false,
      problems: [],
    };
  }
  const udi = parseUdi(code);
  const keys = [udi.diKey, diKeyOf(null, code).key, code].filter(
    (key): key is string => !!key && !key.includes('\u0000'),
  );
  const production = [
    udi.lot,
    udi.serial,
    udi.expiry,
    udi.manufactured,
    udi.useBy,
    udi.donationId,
    udi.sterilizationLot,
  ];
  const carriesPi = production.some((value) => value !== null);
  const recognised = udi.agency !== null && udi.di !== null;
  return {
    ...nothing,
    kind: recognised ? (carriesPi ? 'udi' : 'di') : 'unknown',
    parsed: udi.agency === null && !udi.valid ? null : udi,
    diKeys: [...new Set(keys)],
    // PostgreSQL keeps no NUL: no text in the register holds one
    model: code.includes('\u0000') ? null : code,
    invalid: udi.agency !== null && !udi.valid,
    problems:
      udi.agency === null
        ? []
        : udi.problems.map((p) => ({
            code: p.code,
            severity: p.severity,
            message: udiProblemText(p.code, 'zh', p.detail),
          })),
    udi: recognised ? udi : null,
  };
}
