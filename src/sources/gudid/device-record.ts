import type { RecordPosition, SourceRecord } from '../../domains/devices/index.ts';
import { ProblemList } from '../problem-list.ts';
import { readDay, readMoment } from '../published-date.ts';
import type { Element } from './element.ts';
import { type Fields, joinedTexts, readFields, textOf } from './fields-of-device.ts';
import { readIdentifiers, wholeNumber } from './identifiers.ts';

const OUT_OF_TRADE = 'Not in Commercial Distribution';

/** Tags whose single text stands in a column of the record. */
const COLUMN_TAGS = [
  'publicDeviceRecordKey',
  'dunsNumber',
  'brandName',
  'versionModelNumber',
  'catalogNumber',
  'companyName',
  'deviceDescription',
  'deviceId',
  '@deviceid',
];

/** A device without record key or identifier; the reader lists it as refused. */
export interface MissingKey {
  readonly recordKey: string | null;
  readonly missing: string;
}

/**
 * Builds a register record from one `device` element. Every tag and attribute is consumed: it goes into a column, an
 * identifier or the payload. Lists of terms, product codes and submissions stand whole in the payload too, because
 * their columns hold only names and numbers.
 */
export function deviceRecord(device: Element, position: RecordPosition): SourceRecord | MissingKey {
  const problems = new ProblemList();
  const fields = readFields(device, problems);
  const payload: Fields = { ...fields };
  for (const tag of COLUMN_TAGS) if (typeof payload[tag] === 'string') delete payload[tag];
  delete payload.identifiers;

  const { primary, further, unread } = readIdentifiers(fields, problems);
  if (unread.length > 0) payload.identifiers = unread;

  const stated = [textOf(fields, 'deviceId'), textOf(fields, '@deviceid')] as const;
  const di = primary?.di ?? stated[0] ?? stated[1];
  const recordKey = textOf(fields, 'publicDeviceRecordKey') ?? stated[1] ?? di;
  if (recordKey === null) return { recordKey: null, missing: 'publicDeviceRecordKey' };
  if (di === null) return { recordKey, missing: 'deviceId' };
  if (primary === null) problems.add('source.missing-field', 'identifiers', null, '没有 Primary 标识，取 deviceId');
  for (const [i, tag] of ['deviceId', '@deviceid'].entries()) {
    const other = stated[i];
    if (!other || other === di) continue;
    problems.add('source.contradiction', tag, other, `与主标识 ${di} 不同`);
    payload[tag] = other;
  }

  const take = <T>(tag: string, read: (text: string) => T | undefined, complain: (text: string) => void): T | null => {
    const text = textOf(fields, tag);
    if (text === null) return null;
    const value = read(text);
    if (value === undefined) complain(text);
    if (String(value) === fields[tag]) delete payload[tag];
    return value ?? null;
  };
  const day = (tag: string) => take(tag, readDay, (text) => problems.impossibleDate(tag, text));

  const publishedOn = day('devicePublishDate');
  const endedOn = day('deviceCommDistributionEndDate');
  const publicVersionAt = take('publicVersionDate', readMoment, (text) =>
    problems.impossibleDate('publicVersionDate', text),
  );
  const versionNo = take('publicVersionNumber', wholeNumber, (text) =>
    problems.add('number.impossible', 'publicVersionNumber', text, '不是非负整数'),
  );
  problems.reversedDates('devicePublishDate', publishedOn, 'publicVersionDate', publicVersionAt);
  problems.reversedDates('devicePublishDate', publishedOn, 'deviceCommDistributionEndDate', endedOn);
  const withdrawn = textOf(fields, 'deviceCommDistributionStatus') === OUT_OF_TRADE;
  if (endedOn !== null && !withdrawn) payload.deviceCommDistributionEndDate = endedOn;

  return {
    recordKey,
    position,
    versionNo: versionNo ?? 0,
    correctionNo: 0,
    versionAt: publicVersionAt ?? publishedOn,
    correctionAt: null,
    publishedOn,
    withdrawnOn: withdrawn ? endedOn : null,
    di,
    agency: primary?.agency ?? '',
    model: textOf(fields, 'versionModelNumber'),
    catalogNo: textOf(fields, 'catalogNumber'),
    product: {
      name: joinedTexts(fields, 'gmdnTerms', 'gmdnPTName', '; ') ?? textOf(fields, 'brandName'),
      brand: textOf(fields, 'brandName'),
      description: textOf(fields, 'deviceDescription'),
      holderName: textOf(fields, 'companyName'),
      holderNameAlt: null,
      holderCode: textOf(fields, 'dunsNumber'),
      certificateText: joinedTexts(fields, 'premarketSubmissions', 'submissionNumber', ','),
      classCode: joinedTexts(fields, 'productCodes', 'productCode', ','),
      classCodeOld: null,
      category: null,
      kind: null,
    },
    identifiers: further,
    payload,
    problems: problems.all,
  };
}
