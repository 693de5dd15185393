import { certificateFamily, parseNumber } from '../identifiers/index.ts';
import { certificateStatus, rowInForce } from './status.ts';
import type { CertificateRow, CertificateStatus } from './types.ts';

/** A certificate at the two times: its status, the row in force, and its history. */
export interface CertificateFile {
  readonly number: string;
  readonly parsed: ReturnType<typeof parseNumber>;
  readonly status: CertificateStatus;
  readonly row: CertificateRow | null;
  /** Known rows of its family, newest approval first. */
  readonly history: readonly CertificateRow[];
}

interface Times {
  readonly asOf: string;
  readonly knownAt: string;
}

/** The number as compared: the spelling of the rule, else the text itself. */
export function certificateNumber(text: string): string {
  const parsed = parseNumber(undefined, text.trim());
  return parsed.normalized ?? text.trim();
}

/** Files of several certificates from the rows of their families. */
export function certificateFiles(
  numbers: readonly string[],
  rows: readonly CertificateRow[],
  times: Times,
  srcOf: (row: CertificateRow) => number,
): CertificateFile[] {
  const byFamily = new Map<string, CertificateRow[]>();
  for (const row of rows) {
    const family = byFamily.get(row.family);
    if (family) family.push(row);
    else byFamily.set(row.family, [row]);
  }
  return numbers.map((number) => {
    const parsed = parseNumber(undefined, number);
    const history = byFamily.get(certificateFamily(number)) ?? [];
    const own = history.filter((row) => row.number === number);
    return {
      number,
      parsed,
      history,
      row: rowInForce(own, times.asOf) ?? null,
      status: certificateStatus({
        ...times,
        number,
        parsed,
        rows: own,
        relatives: history.filter((row) => row.number !== number),
        srcOf,
      }),
    };
  });
}

export { certificateFamily };
