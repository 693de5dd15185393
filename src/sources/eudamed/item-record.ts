import type { PayloadValue, RecordPosition, SourceRecord } from '../../domains/devices/index.ts';
import { ProblemList } from '../problem-list.ts';
import { readDay, readMoment } from '../published-date.ts';
import { PACKAGES } from './fields.ts';
import { entriesAt, type Flat, flattenItem, preferredText, textAt, textsAt } from './flat-item.ts';
import {
  DISCONTINUED,
  mainIdentifier,
  OTHER_NUMBER_TYPE,
  OTHER_NUMBERS,
  packageIdentifiers,
  STATUS,
  unitIdentifiers,
} from './identifiers.ts';
import { isObject, type Json, type JsonObject, scalarText } from './json-text.ts';
import { RISK_CLASS } from './known-values.ts';
import { readChain } from './package-chain.ts';

const TEXTS = 'TradeItemDescriptionModule.TradeItemDescriptionInformation';
const CLASSES = 'GdsnTradeItemClassification.AdditionalTradeItemClassification';
const CONTACTS = 'TradeItemContactInformation';
const ACTS = 'RegulatedTradeItemModule.RegulatoryInformation';
const CERTIFICATES = 'CertificationInformationModule.CertificationInformation';
const SALES = 'SalesInformationModule.SalesInformation.TargetMarketSalesConditions';
const LAST_CHANGE = 'TradeItemSynchronisationDates.LastChangeDateTime';
const EFFECTIVE = 'TradeItemSynchronisationDates.EffectiveDateTime';

/** An item without key or identifier, or without the parts an item must have; the reader lists it as refused. */
export interface Refusal {
  readonly recordKey: string | null;
  readonly code: 'source.missing-key' | 'source.malformed';
  readonly field: string;
}

/** Builds a register record from one GS1 document: base unit = device, levels above it = packages (see README). */
export function itemRecord(document: JsonObject, position: RecordPosition): SourceRecord | Refusal {
  const problems = new ProblemList();
  const draft = document.DraftItem;
  const file = scalar(document._file);
  const stated = isObject(draft) ? scalar(draft.Identifier) : null;
  const recordKey = file ?? stated?.replace(/^Draft_/, '') ?? null;
  if (!isObject(draft)) return { recordKey, code: 'source.malformed', field: 'DraftItem' };
  if (recordKey === null) return { recordKey, code: 'source.missing-key', field: '_file' };
  const chain = readChain(draft, problems);
  if (chain === null) return { recordKey, code: 'source.malformed', field: 'TradeItem' };

  const levels = chain.levels.map((level) => ({ ...level, flat: flattenItem(level.item, problems) }));
  const bottom = levels[levels.length - 1];
  const main = bottom === undefined ? null : mainIdentifier(bottom.flat);
  if (bottom === undefined || main === null) return { recordKey, code: 'source.missing-key', field: 'Gtin' };
  const base = bottom.flat;
  if (textAt(base, 'IsTradeItemABaseUnit') === 'false') {
    problems.add('source.contradiction', 'IsTradeItemABaseUnit', 'false', '最内层条目应为基本单元');
  }

  const payload: Flat = { ...base };
  if (stated !== null && stated.replace(/^Draft_/, '') !== recordKey) {
    problems.add('source.contradiction', 'Identifier', stated, `与 _file ${recordKey} 不同`);
    payload.Identifier = stated;
  }
  if (levels.length > 1) {
    if (bottom.identifier !== null) payload['CatalogueItem.Identifier'] = bottom.identifier;
    payload[PACKAGES] = levels
      .slice(0, -1)
      .map(({ flat, identifier }, i) => (identifier === null || i === 0 ? flat : { Identifier: identifier, ...flat }));
  }
  for (const [key, text] of chain.unread) payload[key] = text;
  keepUnknown(document, payload, problems);

  const holder = takeHolder(base, payload);
  const risk = takeClasses(base, payload, problems);
  const versionAt = latest(levels.map(({ flat }) => moment(flat, LAST_CHANGE, problems)));
  const effective = moment(base, EFFECTIVE, problems);
  const ended = moment(base, DISCONTINUED, problems);
  checkPeriods(base, problems);
  problems.reversedDates(EFFECTIVE, effective, LAST_CHANGE, versionAt);
  problems.reversedDates(EFFECTIVE, effective, DISCONTINUED, ended);
  const withdrawn = textAt(base, STATUS) === 'NO_LONGER_PLACED_ON_MARKET';
  const { model, catalogNo } = takeNumbers(base, payload, main.di);
  delete payload.Gtin;
  const tradeName = preferredText(base, `${TEXTS}.TradeItemDescription`);
  const modelName = entriesAt(base, 'GlobalModelInformation').map((m) => preferredText(m, 'GlobalModelDescription'));

  return {
    recordKey,
    position,
    versionNo: 0,
    correctionNo: 0,
    versionAt,
    correctionAt: null,
    publishedOn: effective?.slice(0, 10) ?? null,
    withdrawnOn: withdrawn ? (ended?.slice(0, 10) ?? null) : null,
    di: main.di,
    agency: main.agency,
    model,
    catalogNo,
    product: {
      name: modelName.find((name) => name !== null) ?? tradeName,
      brand: tradeName,
      description: preferredText(base, `${TEXTS}.AdditionalTradeItemDescription`),
      holderName: holder.name,
      holderNameAlt: null,
      holderCode: holder.code,
      certificateText: joined(
        entriesAt(base, CERTIFICATES).flatMap((c) => textsAt(c, 'Certification', 'CertificationValue')),
        '; ',
      ),
      classCode: risk.emdn,
      classCodeOld: null,
      category: risk.category,
      kind: joined(textsAt(base, ACTS, 'RegulatoryAct'), ','),
    },
    identifiers: [...packageIdentifiers(levels, problems), ...unitIdentifiers(base, problems)],
    payload,
    problems: problems.all,
  };
}

/** The manufacturer (EMA), or the producer of a system or procedure pack (EPP). Other roles stay in the payload. */
function takeHolder(base: Readonly<Flat>, payload: Flat): { name: string | null; code: string | null } {
  const contacts = entriesAt(base, CONTACTS);
  const holder = ['EMA', 'EPP']
    .map((role) => contacts.find((c) => textAt(c, 'ContactTypeCode') === role))
    .find((c) => c);
  if (holder === undefined) return { name: null, code: null };
  const codes = textsAt(holder, 'AdditionalPartyIdentification', 'Value');
  const plain = Object.keys(holder).length <= 3 && codes.length <= 1 && textAt(holder, 'ContactTypeCode') === 'EMA';
  if (plain && contacts.length === 1) delete payload[CONTACTS];
  else if (plain) payload[CONTACTS] = contacts.filter((contact) => contact !== holder);
  return { name: textAt(holder, 'ContactName'), code: codes[0] ?? null };
}

/** EMDN codes (system 88) and risk class (76, or 85 of the directives). What is neither stays in the payload. */
function takeClasses(
  base: Readonly<Flat>,
  payload: Flat,
  problems: ProblemList,
): { emdn: string | null; category: string | null } {
  const bySystem: Record<string, string[]> = { '76': [], '85': [], '88': [] };
  const rest: PayloadValue[] = [];
  for (const entry of entriesAt(base, CLASSES)) {
    const system = textAt(entry, 'AdditionalTradeItemClassificationSystemCode') ?? '';
    const codes = textsAt(
      entry,
      'AdditionalTradeItemClassificationValue',
      'AdditionalTradeItemClassificationCodeValue',
    );
    bySystem[system]?.push(...codes);
    // 85 says more than the column: that the class is one of the directives
    if ((system !== '76' && system !== '88') || codes.length === 0) rest.push(entry);
    for (const code of system === '88' ? [] : codes) {
      if (!RISK_CLASS.test(code)) problems.unknownValue(`${CLASSES}.AdditionalTradeItemClassificationValue`, code);
    }
  }
  if (rest.length > 0) payload[CLASSES] = rest;
  else delete payload[CLASSES];
  const classes = bySystem['76']?.length ? bySystem['76'] : (bySystem['85'] ?? []);
  return { emdn: joined(bySystem['88'] ?? [], ','), category: joined(classes, ',') };
}

/** Part number and model; further numbers, second ones and the identifier itself only where no column holds them. */
function takeNumbers(
  base: Readonly<Flat>,
  payload: Flat,
  di: string,
): { model: string | null; catalogNo: string | null } {
  let model: string | null = null;
  let catalogNo: string | null = null;
  const rest: PayloadValue[] = [];
  for (const entry of entriesAt(base, OTHER_NUMBERS)) {
    const type = textAt(entry, OTHER_NUMBER_TYPE);
    const value = textAt(entry, 'Value');
    if (type === 'MODEL_NUMBER' && model === null) model = value;
    else if (type === 'MANUFACTURER_PART_NUMBER' && catalogNo === null) catalogNo = value;
    else if (value !== di || textAt(base, 'Gtin') !== null) rest.push(entry);
  }
  if (rest.length > 0) payload[OTHER_NUMBERS] = rest;
  else delete payload[OTHER_NUMBERS];
  return { model, catalogNo };
}

/** Availability in the markets and validity of the certificates: both ends must exist and be in order. */
function checkPeriods(base: Readonly<Flat>, problems: ProblemList): void {
  const periods = [
    ...entriesAt(base, SALES).map((s) => ({
      path: `${SALES}.SalesConditionTargetMarketCountry`,
      entries: entriesAt(s, 'SalesConditionTargetMarketCountry'),
      from: 'StartAvailabilityDateTime',
      to: 'EndAvailabilityDateTime',
    })),
    ...entriesAt(base, CERTIFICATES).map((c) => ({
      path: `${CERTIFICATES}.Certification`,
      entries: entriesAt(c, 'Certification'),
      from: 'CertificationEffectiveStartDateTime',
      to: 'CertificationEffectiveEndDateTime',
    })),
  ];
  for (const { path, entries, from, to } of periods) {
    for (const entry of entries) {
      const start = day(entry, from, path, problems);
      const end = day(entry, to, path, problems);
      problems.reversedDates(`${path}.${from}`, start, `${path}.${to}`, end);
    }
  }
}

function day(entry: Readonly<Flat>, tag: string, path: string, problems: ProblemList): string | null {
  const text = textAt(entry, tag);
  const read = text === null ? undefined : readDay(text);
  if (text !== null && read === undefined) problems.impossibleDate(`${path}.${tag}`, text);
  return read ?? null;
}

function moment(flat: Readonly<Flat>, path: string, problems: ProblemList): string | null {
  const text = textAt(flat, path);
  const read = text === null ? undefined : readMoment(text);
  if (text !== null && read === undefined) problems.impossibleDate(path, text);
  return read ?? null;
}

function keepUnknown(document: JsonObject, payload: Flat, problems: ProblemList): void {
  for (const key of Object.keys(document)) {
    if (key === 'DraftItem' || key === '_file') continue;
    const value = document[key] as Json;
    const text = scalar(value) ?? JSON.stringify(value);
    problems.unknownField(key, text);
    payload[key] = text;
  }
}

function scalar(value: Json | undefined): string | null {
  return value === undefined || value === null || typeof value === 'object' ? null : scalarText(value);
}

function latest(moments: readonly (string | null)[]): string | null {
  return moments.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);
}

function joined(texts: readonly string[], separator: string): string | null {
  return texts.length === 0 ? null : [...new Set(texts)].join(separator);
}
