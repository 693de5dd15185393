import type { NumberResult } from '../identifiers/index.ts';
import type { CertificateRow, CertificateStatus } from './types.ts';

/** Published words for a certificate that was taken back, whatever its dates say. */
const TAKEN_BACK = /注销|撤销|吊销|撤回|废止|withdrawn|cancel|revoked/i;

const LABELS = {
  validUntil: { zh: '有效期至', en: 'Valid until' },
  approvedOn: { zh: '批准日期', en: 'Approved on' },
  statusText: { zh: '来源所载状态', en: 'Status as published' },
  listed: { zh: '注册证数据', en: 'Certificate data' },
  earlier: { zh: '较早的批准记录', en: 'Earlier approval' },
} as const;

interface Basis {
  readonly asOf: string;
  readonly knownAt: string;
  readonly number: string;
  readonly parsed: NumberResult;
  /** Known rows of this number, any order. */
  readonly rows: readonly CertificateRow[];
  /** Known rows of other numbers of the same family (renewals that changed the category digits). */
  readonly relatives: readonly CertificateRow[];
  /** Index of the place a row comes from. */
  srcOf(row: CertificateRow): number;
}

type Draft = Pick<CertificateStatus, 'outcome' | 'determinable' | 'reason'> &
  Partial<Pick<CertificateStatus, 'renewedAs' | 'missing' | 'steps'>>;

/** Newest approval first; of one approval the newest release first. */
function newestFirst(a: CertificateRow, b: CertificateRow): number {
  return (
    b.valid_from.localeCompare(a.valid_from) ||
    b.release_day.localeCompare(a.release_day) ||
    b.import_id - a.import_id ||
    b.record_no - a.record_no
  );
}

/** The row that holds on a day: the newest of those approved by then. */
export function rowInForce(rows: readonly CertificateRow[], asOf: string): CertificateRow | undefined {
  return rows.filter((row) => row.valid_from <= asOf).sort(newestFirst)[0];
}

/**
 * The status of a certificate on a day, from what lists of certificates say: taken back, renewed under another number,
 * valid or expired by its date. Without a row or a date that says so the status is not determinable.
 */
export function certificateStatus(basis: Basis): CertificateStatus {
  const { asOf } = basis;
  const row = rowInForce(basis.rows, asOf);
  const draft = decide(basis, row);
  const value = (name: 'validUntil' | 'approvedOn' | 'statusText', text: string | null) =>
    row === undefined || text === null
      ? []
      : [
          {
            name,
            label: LABELS[name],
            value: text,
            unit: null,
            source: row.release_source,
            article: null,
            firmness: 'unverified',
            src: basis.srcOf(row),
          },
        ];
  return {
    ruleset: 'certificate-status',
    edition: '1',
    asOf,
    knownAt: basis.knownAt,
    renewedAs: null,
    missing: [],
    steps: [],
    ...draft,
    values: row
      ? [
          ...value('approvedOn', row.approved_on),
          ...value('validUntil', row.valid_until),
          ...value('statusText', row.status_text),
        ]
      : [],
  };
}

function decide(basis: Basis, row: CertificateRow | undefined): Draft {
  const { asOf } = basis;
  const relative = rowInForce(basis.relatives, asOf);
  if (row === undefined) {
    const later = [...basis.rows].sort(newestFirst).at(-1);
    if (later) {
      return {
        outcome: 'unknown',
        determinable: false,
        reason: {
          zh: `现有数据中最早的批准日期为 ${later.valid_from}，晚于 ${asOf}`,
          en: `The earliest approval held is of ${later.valid_from}, later than ${asOf}`,
        },
        missing: [{ name: 'earlier', label: LABELS.earlier }],
      };
    }
    return {
      outcome: 'unknown',
      determinable: false,
      reason: {
        zh: '没有载明该证有效期的注册证数据；UDI 数据库只登记证号',
        en: 'No certificate list states its validity; the UDI database only carries the number',
      },
      missing: [{ name: 'listed', label: LABELS.listed }],
    };
  }
  const said = row.status_text;
  if (said !== null && TAKEN_BACK.test(said)) {
    return {
      outcome: 'withdrawn',
      determinable: true,
      reason: { zh: `来源载明“${said}”`, en: `Published status: ${said}` },
    };
  }
  if (relative && newestFirst(relative, row) < 0) {
    return {
      outcome: 'renewed-as',
      determinable: true,
      renewedAs: relative.number,
      reason: {
        zh: `已延续为 ${relative.number}（${relative.valid_from} 批准）`,
        en: `Renewed as ${relative.number}, approved on ${relative.valid_from}`,
      },
    };
  }
  const until = row.valid_until;
  if (until !== null) {
    const valid = asOf <= until;
    const steps = contradiction(said, valid, row);
    return valid
      ? { outcome: 'valid', determinable: true, reason: { zh: `有效期至 ${until}`, en: `Valid until ${until}` }, steps }
      : {
          outcome: 'expired',
          determinable: true,
          reason: { zh: `有效期至 ${until}，已届满`, en: `Validity ended on ${until}` },
          steps,
        };
  }
  if (basis.parsed.kind === 'class1-filing') {
    return {
      outcome: 'valid',
      determinable: true,
      reason: {
        zh: '第一类医疗器械备案不设有效期，未见注销',
        en: 'A class I filing has no end; no cancellation is known',
      },
    };
  }
  return {
    outcome: 'unknown',
    determinable: false,
    reason: { zh: '来源没有给出有效期至', en: 'The source does not state until when it is valid' },
    missing: [{ name: 'validUntil', label: LABELS.validUntil }],
  };
}

/** What the source says about the status, where its dates say otherwise: the dates decide, the words are shown. */
function contradiction(said: string | null, valid: boolean, row: CertificateRow): CertificateStatus['steps'] {
  if (said === null) return [];
  const saysValid = /^(有效|valid)$/i.test(said);
  const saysExpired = /过期|失效|expired/i.test(said);
  if ((valid && saysExpired) || (!valid && saysValid)) {
    return [
      {
        zh: `来源在 ${row.release_day} 载明“${said}”，与日期不同，以日期为准`,
        en: `On ${row.release_day} the source said “${said}”; the dates decide`,
      },
    ];
  }
  return [];
}
