import {
  findNumberFormat,
  type NumberResult,
  parseNumber,
  parseUdi,
  type UdiResult,
  udiProblemText,
} from '../../../src/domains/identifiers/index.ts';
import {
  describeNumberPart,
  explainNumberPart,
  explainNumberReading,
  explainUdi,
} from '../../../src/domains/identifiers/words.ts';
import type { Message } from '../../i18n/text.ts';
import { FORMS } from './forms.ts';

export interface ReadPart {
  readonly id: string;
  readonly label: Message;
  readonly value: string;
  readonly meaning: Message | null;
  /** Where the value stands in the code; null when it is not there as written. */
  readonly span: readonly [from: number, to: number] | null;
}

export interface ReadProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: Message;
  readonly at: number;
}

/** What one line says, ready to be shown. Plain data: it crosses from the worker to the page. */
export interface Reading {
  readonly code: string;
  readonly type: 'udi' | 'number' | 'unknown';
  readonly valid: boolean;
  readonly kind: Message | null;
  readonly agency: string | null;
  readonly di: string | null;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly expiry: string | null;
  readonly manufactured: string | null;
  readonly quantity: number | null;
  readonly normalized: string | null;
  readonly parts: readonly ReadPart[];
  readonly readings: readonly { readonly label: Message; readonly meaning: Message }[];
  readonly problems: readonly ReadProblem[];
}

const BLANK = {
  agency: null,
  di: null,
  lot: null,
  serial: null,
  expiry: null,
  manufactured: null,
  quantity: null,
  normalized: null,
  readings: [],
} as const;

/** Finds the values one after the other, each behind the one before. */
function spans(code: string, values: readonly string[]): readonly (readonly [number, number] | null)[] {
  let from = 0;
  return values.map((value) => {
    const at = value === '' ? -1 : code.indexOf(value, from);
    if (at < 0) return null;
    from = at + value.length;
    return [at, from] as const;
  });
}

function readUdi(code: string, udi: UdiResult): Reading {
  const zh = explainUdi(udi, 'zh');
  const en = explainUdi(udi, 'en');
  const places = spans(
    code,
    udi.elements.map(([, value]) => value),
  );
  return {
    ...BLANK,
    code,
    type: 'udi',
    valid: udi.valid,
    kind: (udi.form && FORMS[udi.form]) || (udi.agency ? [udi.agency, udi.agency] : null),
    agency: udi.agency,
    di: udi.di,
    lot: udi.lot,
    serial: udi.serial,
    expiry: udi.expiry ?? udi.useBy,
    manufactured: udi.manufactured,
    quantity: udi.quantity,
    parts: udi.elements.map(([id, value], index) => {
      const span = places[index] ?? null;
      // an impossible date has no meaning
      const wrong = udi.problems.some(
        (one) => one.code.endsWith('.date') && span && one.at >= span[0] && one.at < span[1],
      );
      const meaning = wrong ? '' : (zh[index]?.meaning ?? '');
      return {
        id,
        label: [zh[index]?.name ?? id, en[index]?.name ?? id],
        value,
        meaning: meaning !== '' && meaning !== value ? [meaning, en[index]?.meaning ?? meaning] : null,
        span,
      };
    }),
    problems: udi.problems.map((problem) => ({
      code: problem.code,
      severity: problem.severity,
      message: [udiProblemText(problem.code, 'zh', problem.detail), udiProblemText(problem.code, 'en', problem.detail)],
      at: problem.at,
    })),
  };
}

function readNumber(code: string, number: NumberResult): Reading {
  const format = number.kind ? findNumberFormat(number.kind) : undefined;
  const entries = Object.entries(number.parts);
  const places = spans(
    code,
    entries.map(([, value]) => value),
  );
  return {
    ...BLANK,
    code,
    type: 'number',
    valid: number.valid,
    kind: format ? [format.zh, format.en] : null,
    di: number.normalized,
    normalized: number.normalized !== null && number.normalized !== code ? number.normalized : null,
    parts: entries.map(([id, value], index) => ({
      id,
      label: [describeNumberPart(id, 'zh'), describeNumberPart(id, 'en')],
      value,
      meaning: meaningOf(id, value),
      span: places[index] ?? null,
    })),
    readings: number.readings.map((reading) => ({
      label: reading.catalogue
        ? [`${reading.catalogue} 版目录 ${reading.code}`, `catalogue of ${reading.catalogue}: ${reading.code}`]
        : [reading.code, reading.code],
      meaning: [reading.zh, explainNumberReading(reading, 'en')],
    })),
    problems: number.problems.map((problem) => ({
      code: problem.code,
      severity: problem.severity,
      message: [problem.message, problem.messageEn],
      at: problem.at,
    })),
  };
}

function meaningOf(id: string, value: string): Message | null {
  const zh = explainNumberPart(id, value, 'zh');
  const en = explainNumberPart(id, value, 'en');
  return zh && zh !== value ? [zh, en ?? zh] : null;
}

/** Reads one line: as a UDI, or as a number of the field, whichever fits better. Never throws. */
export function readCode(code: string): Reading {
  const number = parseNumber(undefined, code);
  if (number.kind !== null && number.kind !== 'udi-di-gtin' && (number.valid || /[㐀-鿿]/.test(code)))
    return readNumber(code, number);
  const udi = parseUdi(code);
  if (udi.agency !== null) return readUdi(code, udi);
  if (number.kind !== null) return readNumber(code, number);
  return { ...readUdi(code, udi), type: 'unknown', kind: null };
}
