import { AGENCIES, type Agency, type SourceIdentifier } from '../../domains/devices/index.ts';
import type { ProblemList } from '../problem-list.ts';
import { readDay } from '../published-date.ts';
import { entriesOf, type Fields, textOf } from './fields-of-device.ts';

const LEVELS: ReadonlyMap<string, SourceIdentifier['level']> = new Map([
  ['Package', 'package'],
  ['Unit of Use', 'unit-of-use'],
  ['Direct Marking', 'direct-mark'],
  ['Secondary', 'secondary'],
]);

/** Tags an identifier of the register holds; an entry with any other tag stays in the payload as well. */
const HELD = new Set([
  'deviceId',
  'deviceIdType',
  'deviceIdIssuingAgency',
  'containsDINumber',
  'pkgQuantity',
  'pkgDiscontinueDate',
  'pkgStatus',
  'pkgType',
]);

export interface Identifiers {
  readonly primary: { readonly di: string; readonly agency: Agency } | null;
  readonly further: readonly SourceIdentifier[];
  /** Entries that an identifier of the register cannot hold whole, as published. */
  readonly unread: readonly Fields[];
}

/** Reads the identifiers of a device. A second Primary becomes a secondary identifier and is reported. */
export function readIdentifiers(fields: Readonly<Fields>, problems: ProblemList): Identifiers {
  let primary: Identifiers['primary'] = null;
  const further: SourceIdentifier[] = [];
  const unread: Fields[] = [];
  for (const entry of entriesOf(fields, 'identifiers')) {
    const di = textOf(entry, 'deviceId');
    const type = textOf(entry, 'deviceIdType');
    const agency = agencyOf(entry);
    let whole = agency !== '' && Object.keys(entry).every((tag) => HELD.has(tag) && typeof entry[tag] === 'string');
    if (di === null) {
      problems.add('source.missing-field', 'identifiers.deviceId', null, '标识条目没有 deviceId');
      whole = false;
    } else if (type === 'Primary' && primary === null) {
      primary = { di, agency };
      whole &&= Object.keys(entry).length <= 3;
    } else {
      const level = type === 'Primary' ? 'secondary' : LEVELS.get(type ?? '');
      if (type === 'Primary')
        problems.add('source.repeated-field', 'identifiers.deviceIdType', di, '不止一个 Primary 标识');
      if (level === undefined || type === 'Primary') whole = false;
      if (level !== undefined) {
        const read = furtherIdentifier(entry, { level, di, agency }, problems);
        further.push(read.identifier);
        whole &&= read.whole;
      }
    }
    if (!whole) unread.push(entry);
  }
  return { primary, further, unread };
}

function furtherIdentifier(
  entry: Readonly<Fields>,
  head: Pick<SourceIdentifier, 'level' | 'di' | 'agency'>,
  problems: ProblemList,
): { readonly identifier: SourceIdentifier; readonly whole: boolean } {
  const quantityText = textOf(entry, 'pkgQuantity');
  const quantity = quantityText === null ? null : (wholeNumber(quantityText) ?? null);
  if (quantityText !== null && quantity === null) {
    problems.add('number.impossible', 'identifiers.pkgQuantity', quantityText, '不是非负整数');
  }
  const dayText = textOf(entry, 'pkgDiscontinueDate');
  const discontinuedOn = dayText === null ? null : (readDay(dayText) ?? null);
  if (dayText !== null && discontinuedOn === null) problems.impossibleDate('identifiers.pkgDiscontinueDate', dayText);
  return {
    identifier: {
      ...head,
      contains: textOf(entry, 'containsDINumber'),
      quantity,
      packLevel: textOf(entry, 'pkgType'),
      status: textOf(entry, 'pkgStatus'),
      discontinuedOn,
    },
    whole: String(quantity ?? '') === (quantityText ?? '') && (discontinuedOn ?? '') === (dayText ?? ''),
  };
}

/** Agency as the register names it; '' for others such as NDC/NHRIC, whose text stays in the payload. */
function agencyOf(entry: Readonly<Fields>): Agency {
  const text = textOf(entry, 'deviceIdIssuingAgency');
  return AGENCIES.find((agency) => agency === text) ?? '';
}

/** A count as published; undefined when it is no whole number that the register can hold. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
