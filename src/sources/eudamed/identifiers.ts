import type { Agency, SourceIdentifier } from '../../domains/devices/index.ts';
import type { ProblemList } from '../problem-list.ts';
import { readDay } from '../published-date.ts';
import { entriesAt, type Flat, textAt } from './flat-item.ts';

const DEVICE = 'MedicalDeviceTradeItemModule.MedicalDeviceInformation';
export const STATUS = `${DEVICE}.EUMedicalDeviceStatusCode`;
export const DISCONTINUED = 'TradeItemSynchronisationDates.DiscontinuedDateTime';
export const DIRECT_MARKS = `${DEVICE}.DirectPartMarkingIdentifier`;
export const OTHER_NUMBERS = 'AdditionalTradeItemIdentification';
export const OTHER_NUMBER_TYPE = 'AdditionalTradeItemIdentificationTypeCode';
const PARTS = 'TradeItemInformation';
const COMPONENTS = 'TradeItemComponents.ComponentInformation';

const AGENCY: Readonly<Record<string, Agency>> = {
  GS1: 'GS1',
  HIBC: 'HIBCC',
  HIBCC: 'HIBCC',
  ICCBBA: 'ICCBBA',
  IFA: 'IFA',
};

/** The main identifier of a level: its GTIN, else the identifier of another agency among its further numbers. */
export function mainIdentifier(level: Readonly<Flat>): { readonly di: string; readonly agency: Agency } | null {
  const gtin = textAt(level, 'Gtin');
  if (gtin !== null) return { di: gtin, agency: 'GS1' };
  for (const entry of entriesAt(level, OTHER_NUMBERS)) {
    const agency = AGENCY[textAt(entry, OTHER_NUMBER_TYPE) ?? ''];
    const di = textAt(entry, 'Value');
    if (agency !== undefined && di !== null) return { di, agency };
  }
  return null;
}

export interface FlatLevel {
  readonly flat: Readonly<Flat>;
  readonly holds: string | null;
}

/** Packages of a base unit from the innermost outwards. `levels` runs from the outermost to the base unit. */
export function packageIdentifiers(levels: readonly FlatLevel[], problems: ProblemList): SourceIdentifier[] {
  const packages: SourceIdentifier[] = [];
  for (let i = levels.length - 2; i >= 0; i--) {
    const { flat, holds } = levels[i] as FlatLevel;
    const below = mainIdentifier((levels[i + 1] as FlatLevel).flat);
    const main = mainIdentifier(flat);
    if (main === null) {
      problems.add('source.missing-field', 'CatalogueItemChildItemLink.Gtin', null, `第 ${i + 1} 层包装没有标识`);
      continue;
    }
    const stated = entriesAt(flat, 'NextLowerLevelTradeItemInformation.ChildTradeItem');
    const child = stated[0] === undefined ? null : textAt(stated[0], 'Gtin');
    if (child !== null && child !== below?.di) {
      problems.add(
        'source.contradiction',
        'NextLowerLevelTradeItemInformation.ChildTradeItem.Gtin',
        child,
        `下级条目为 ${below?.di ?? '空'}`,
      );
    }
    const quantity = count(holds, 'CatalogueItemChildItemLink.Quantity', problems);
    const statedQuantity = stated[0] === undefined ? null : textAt(stated[0], 'QuantityOfNextLowerLevelTradeItem');
    if (statedQuantity !== null && holds !== null && statedQuantity !== holds) {
      problems.add(
        'source.contradiction',
        'NextLowerLevelTradeItemInformation.ChildTradeItem.QuantityOfNextLowerLevelTradeItem',
        statedQuantity,
        `链接数量为 ${holds}`,
      );
    }
    const ended = textAt(flat, DISCONTINUED);
    const discontinuedOn = ended === null ? null : (readDay(ended) ?? null);
    if (ended !== null && discontinuedOn === null) problems.impossibleDate(DISCONTINUED, ended);
    packages.push({
      level: 'package',
      di: main.di,
      agency: main.agency,
      contains: below?.di ?? null,
      quantity,
      packLevel: textAt(flat, 'TradeItemUnitDescriptorCode'),
      status: textAt(flat, STATUS),
      discontinuedOn,
    });
  }
  return packages;
}

/** Direct marks and the unit of use of a base unit. */
export function unitIdentifiers(base: Readonly<Flat>, problems: ProblemList): SourceIdentifier[] {
  const bare = { contains: null, packLevel: null, status: null, discontinuedOn: null };
  const found: SourceIdentifier[] = [];
  for (const mark of entriesAt(base, DIRECT_MARKS)) {
    const di = textAt(mark, 'Value');
    const agency = AGENCY[textAt(mark, 'IdentificationSchemeAgencyCode') ?? ''] ?? '';
    if (di !== null) found.push({ ...bare, level: 'direct-mark', di, agency, quantity: null });
  }
  for (const part of entriesAt(base, PARTS)) {
    const components = entriesAt(part, COMPONENTS);
    // several components are the contents of a set; a single one is the unit that is used
    const only = components.length === 1 ? components[0] : undefined;
    const di = only === undefined ? null : textAt(only, 'ComponentIdentification.Value');
    if (only === undefined || di === null) continue;
    const agency = AGENCY[textAt(only, 'ComponentIdentification.IdentificationSchemeAgencyCode') ?? ''] ?? '';
    const quantity = count(textAt(only, 'ComponentQuantity'), `${PARTS}.${COMPONENTS}.ComponentQuantity`, problems);
    found.push({ ...bare, level: 'unit-of-use', di, agency, quantity });
  }
  return found;
}

function count(text: string | null, field: string, problems: ProblemList): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  problems.add('number.impossible', field, text, '不是非负整数');
  return null;
}
