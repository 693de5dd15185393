import type { CertificatePosition, SourceCertificate } from '../../domains/certificates/index.ts';
import type { PayloadValue, SourceProblem } from '../../domains/devices/index.ts';
import { parseNumber, splitCertificateField } from '../../domains/identifiers/index.ts';
import type { LocalDate } from '../../kernel/local-date.ts';
import { ProblemList, rejection } from '../problem-list.ts';
import { type Column, meaningOf } from './columns.ts';
import { readListDate } from './list-date.ts';

/** A row under its headings: heading as published and cell text, empty cells included or not. */
export type Cells = readonly (readonly [heading: string, text: string])[];

/** Words that stand where a value is still to be looked up; they are no value. */
const PLACEHOLDER = /^(待.{0,20}(复核|核验|回填|补充|核实|确认)|N\/A|NULL|无数据|暂无)$/i;
/** Words for certificates without an end, such as filings of class I devices. */
const ENDLESS = /^(长期|长期有效|永久|\/|-|—+|无)$/;

/**
 * Builds a certificate from one row, or says why the row cannot be taken: `source.missing-key` without a number,
 * `certificate.not-a-device` for a medicine. Every filled cell goes into a column or, under its heading, the payload.
 */
export function certificateRow(cells: Cells, position: CertificatePosition): SourceCertificate | SourceProblem {
  const problems = new ProblemList();
  const payload: { [heading: string]: PayloadValue } = {};
  const columns = takeColumns(cells, payload, problems);
  const text = (column: Column): string | null => columns.get(column)?.text ?? null;

  const certificateNo = text('certificateNo');
  if (certificateNo === null)
    return rejection('source.missing-key', columnHeading(columns, 'certificateNo'), null, '没有注册证编号或备案编号');
  const numbers = splitCertificateField(certificateNo).map((one) => parseNumber(undefined, one));
  const medicine = numbers.find((number) => number.problems.some((problem) => problem.code === 'medicine-number'));
  if (medicine !== undefined) {
    return rejection(
      'certificate.not-a-device',
      columnHeading(columns, 'certificateNo'),
      certificateNo,
      '药品批准文号，不是医疗器械注册证或备案凭证',
    );
  }
  for (const number of numbers) {
    if (number.valid && number.normalized !== null) continue;
    const fault = number.problems.find((problem) => problem.severity === 'error');
    problems.add(
      'certificate.unknown-form',
      columnHeading(columns, 'certificateNo'),
      certificateNo,
      fault?.message ?? '编号形式未知',
    );
  }
  const only = numbers.length === 1 ? numbers[0] : undefined;

  const date = (column: Column): LocalDate | null => {
    const cell = columns.get(column);
    if (cell === undefined) return null;
    const read = readListDate(cell.text);
    if (read === undefined) {
      payload[cell.heading] = cell.text;
      if (!(column === 'validUntil' && ENDLESS.test(cell.text))) problems.impossibleDate(cell.heading, cell.text);
      return null;
    }
    if (read.serial) problems.notice('date.serial', cell.heading, cell.text, `表格日期序号，读作 ${read.day}`);
    return read.day;
  };
  const approvedOn = date('approvedOn');
  const validUntil = date('validUntil');
  problems.reversedDates(
    columnHeading(columns, 'approvedOn'),
    approvedOn,
    columnHeading(columns, 'validUntil'),
    validUntil,
  );

  return {
    recordKey: text('recordId') ?? certificateNo,
    position,
    certificateNo,
    number: only?.valid === true ? only.normalized : null,
    holderName: text('holderName'),
    holderCode: text('holderCode'),
    holderAddress: text('holderAddress'),
    productionAddress: text('productionAddress'),
    agentName: text('agentName'),
    agentAddress: text('agentAddress'),
    productName: text('productName'),
    model: text('model'),
    components: text('components'),
    scope: text('scope'),
    approvedOn,
    validUntil,
    statusText: text('statusText'),
    origin: text('origin'),
    payload,
    problems: problems.all,
  };
}

interface Taken {
  readonly heading: string;
  readonly text: string;
  readonly trust: number;
}

/** Puts cells into columns. Of several headings for one column the more trusted wins; a different second one is kept. */
function takeColumns(
  cells: Cells,
  payload: { [heading: string]: PayloadValue },
  problems: ProblemList,
): Map<Column, Taken> {
  const columns = new Map<Column, Taken>();
  for (const [heading, raw] of cells) {
    const text = raw.trim();
    if (text === '') continue;
    const meaning = meaningOf(heading);
    if (meaning === null) problems.unknownField(heading, text);
    if (meaning === null || meaning === 'kept') {
      keep(payload, heading, text);
      continue;
    }
    if (PLACEHOLDER.test(text)) {
      problems.notice('source.placeholder', heading, text, '占位文字，不作为取值');
      keep(payload, heading, text);
      continue;
    }
    const before = columns.get(meaning.column);
    const taken = { heading, text, trust: meaning.trust };
    const wins = before === undefined || taken.trust < before.trust;
    if (wins) columns.set(meaning.column, taken);
    if (before === undefined || before.text === text) continue;
    const [used, other] = wins ? [taken, before] : [before, taken];
    problems.notice(
      'source.contradiction',
      other.heading,
      other.text,
      `与 ${used.heading} “${used.text}” 不同，取后者`,
    );
    keep(payload, other.heading, other.text);
  }
  return columns;
}

function keep(payload: { [heading: string]: PayloadValue }, heading: string, text: string): void {
  const before = payload[heading];
  payload[heading] = before === undefined ? text : Array.isArray(before) ? [...before, text] : [before, text];
}

function columnHeading(columns: ReadonlyMap<Column, Taken>, column: Column): string {
  return columns.get(column)?.heading ?? column;
}
