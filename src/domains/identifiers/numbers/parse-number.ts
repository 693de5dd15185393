import { readClass1Filing, readOrder16, readRegistration } from './certificates.ts';
import { clean } from './clean.ts';
import { readConsumableCode, readCreditCode, readGtin } from './codes.ts';
import { readAnnouncement, readDocument } from './documents.ts';
import { conformsTo, findNumberFormat, NUMBER_FORMATS } from './formats.ts';
import { licenceKindOf, readLicence, readPlatform } from './licences.ts';
import { Notes } from './notes.ts';
import type { Draft, NumberKind, NumberOptions, NumberResult } from './types.ts';

/** No number of these formats comes near; longer input is refused before any pattern sees it. */
const LONGEST = 300;

function read(kind: NumberKind, text: string, notes: Notes, options: NumberOptions): Draft | null {
  switch (kind) {
    case 'registration-cert':
      return readRegistration(text, notes, options);
    case 'class1-filing':
      return readClass1Filing(text, notes, options);
    case 'registration-old-2004':
      return readOrder16(text, notes, options);
    case 'production-licence':
    case 'production-filing':
    case 'distribution-licence':
    case 'distribution-filing':
      return readLicence(kind, text, notes, options);
    case 'online-platform-filing':
      return readPlatform(text, notes, options);
    case 'doc-number':
      return readDocument(text, notes, options);
    case 'announcement-number':
      return readAnnouncement(text, notes, options);
    case 'uscc':
      return readCreditCode(text, notes);
    case 'udi-di-gtin':
      return readGtin(text, notes);
    case 'code20':
      return readConsumableCode(20, text, notes);
    case 'code27':
      return readConsumableCode(27, text, notes);
    case 'online-seller-info':
      return null;
  }
}

/** The kind whose fixed words stand in the text, whether or not the rest conforms. */
function resembles(text: string): NumberKind | undefined {
  if (/械注|械[准进许]\d/u.test(text)) return 'registration-cert';
  if (text.includes('网械平台备')) return 'online-platform-filing';
  if (text.includes('药监械')) {
    const licence = licenceKindOf(text);
    if (licence) return licence;
    if (/药监械(?:\([准进许]\)|[准进许]|字)/u.test(text)) return 'registration-old-2004';
  }
  if (/械备\D?\d/u.test(text)) return 'class1-filing';
  if (/[〔[(]\d{1,4}(?:[〕\])]第?\d|第?\d+号)|\d{4}[〕\])]第?\d+号/u.test(text)) return 'doc-number';
  if (/\d年第?\d+号|令\(?第?\d+号/u.test(text)) return 'announcement-number';
  if (/^[Cc]\d{14,}$/.test(text)) return text.length > 23 ? 'code27' : 'code20';
  if (/^[A-Za-z](?:\d{19}|\d{26})$/.test(text)) return text.length > 20 ? 'code27' : 'code20';
  if (/^\d{12,14}$/.test(text)) return 'udi-di-gtin';
  if (/^[0-9A-Za-z]{17,19}$/.test(text)) return 'uscc';
  return undefined;
}

/** The kind the text conforms to, looked for first where its words point. */
function conforming(text: string, likely: NumberKind | undefined): NumberKind | undefined {
  if (likely !== undefined && conformsTo(likely, text)) return likely;
  return NUMBER_FORMATS.find((format) => conformsTo(format.id, text))?.id;
}

function refused(kind: NumberKind | null, notes: Notes): NumberResult {
  return { valid: false, kind, normalized: null, parts: {}, readings: [], problems: notes.toList(false) };
}

/**
 * Reads one number of Chinese device regulation. Never throws; a value of any length is answered in linear time.
 * @param kind an id of `NUMBER_FORMATS`, or undefined to find it.
 * @param value the number as printed or typed; blanks at its ends do not count.
 * @returns `valid` when it conforms as written; `normalized` the spelling of the rule when it can be reached without a
 *   guess; the parts, the readings where the law leaves several, and the problems with their place in `value`.
 */
export function parseNumber(kind: string | undefined, value: string, options: NumberOptions = {}): NumberResult {
  const plain = new Notes();
  const format = kind === undefined ? undefined : findNumberFormat(kind);
  if (kind !== undefined && !format) {
    plain.add('unknown-kind', 'error', 0, { kind: String(kind).slice(0, 60) });
    return refused(null, plain);
  }
  const given = format?.id ?? null;
  if (typeof value !== 'string') {
    plain.add('not-text', 'error', 0);
    return refused(given, plain);
  }
  const trimmed = value.trim();
  const offset = trimmed === '' ? 0 : value.length - value.trimStart().length;
  if (trimmed === '' || trimmed.length > LONGEST) {
    plain.add(trimmed === '' ? 'empty' : 'too-long', 'error', offset, { length: trimmed.length });
    return refused(given, plain);
  }
  if (format?.pattern === null) {
    plain.add('no-national-format', 'error', offset);
    return refused(given, plain);
  }
  return readValue(given, trimmed, offset, options);
}

function readValue(given: NumberKind | null, trimmed: string, offset: number, options: NumberOptions): NumberResult {
  let notes = new Notes();
  let cleaned = clean(trimmed, offset, true, notes);
  const { text } = cleaned;
  const likely = resembles(text);
  const found = given ?? conforming(trimmed, likely) ?? conforming(text, likely) ?? likely;
  const conforms = found !== undefined && conformsTo(found, trimmed);
  if (conforms && cleaned.simplified) {
    // A name of an office that conforms in traditional characters stays as it is.
    notes = new Notes();
    cleaned = clean(trimmed, offset, false, notes);
  }
  notes.locate(cleaned.at);
  if (found === undefined) {
    notes.add(text.startsWith('国药准字') ? 'medicine-number' : 'unrecognised', 'error', 0);
    return refused(null, notes);
  }
  const draft = read(found, cleaned.text, notes, options);
  if (!conforms && given !== null) {
    const other = conforming(text, likely);
    if (other !== undefined && other !== given) notes.add('other-kind', 'error', 0, { format: formatName(other) });
  }
  if (draft === null) {
    notes.add('form-mismatch', 'error', 0, { format: formatName(found) });
    return refused(found, notes);
  }
  // A spelling the reader rebuilt counts only when the pattern of the format agrees with it.
  const rebuilt = draft.normalized;
  const fits = rebuilt !== null && ((conforms && rebuilt === trimmed) || conformsTo(found, rebuilt));
  const normalized = fits && (!cleaned.simplified || options.traditional === true) ? draft.normalized : null;
  if (!conforms && !fits && !notes.hasError()) {
    notes.add('form-mismatch', 'error', 0, { format: formatName(found) });
  }
  return {
    valid: conforms && !notes.hasError(),
    kind: found,
    normalized,
    parts: draft.parts,
    readings: draft.readings ?? [],
    problems: notes.toList(conforms),
  };
}

/** Chinese name for both texts: the formats are Chinese terms. */
function formatName(kind: NumberKind): string {
  return findNumberFormat(kind)?.zh ?? kind;
}
