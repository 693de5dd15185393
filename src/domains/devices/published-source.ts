import type { DeviceSource, FieldLabel, PayloadValue } from './source-record.ts';

/** What reads need to know of a source; the composer makes it from the folder of the source. */
export interface PublishedSource
  extends Pick<DeviceSource, 'id' | 'shelf' | 'titleZh' | 'titleEn' | 'fields' | 'columnTags'> {
  /** Packed payload of a device version → tag and value as published. */
  unpack(payload: string): Readonly<Record<string, PayloadValue>>;
}

export type SourceCatalogue = ReadonlyMap<string, PublishedSource>;

/** How firmly the rows of a source stand for what the authority published. */
export function firmnessOf(source: string): 'primary' | 'converted' | 'unverified' {
  if (source === 'nmpa-udid' || source === 'gudid') return 'primary';
  return source === 'eudamed' ? 'converted' : 'unverified';
}

/** Production identifiers a code may carry. */
export const PI_FIELDS = ['lot', 'serial', 'manufactured', 'expiry'] as const;
export type PiField = (typeof PI_FIELDS)[number];

interface SourceFacts {
  /** Name of a class code as a record gives it; left out where records give codes alone. */
  readonly className?: (payload: Readonly<Record<string, PayloadValue>>, code: string) => string | undefined;
  /** Tag of the number of units of use in the main identifier. */
  readonly units: string;
  /** For each production identifier: does the record say its code carries it? null = the record does not say. */
  carries(payload: Readonly<Record<string, PayloadValue>>, field: PiField): boolean | null;
}

function flagged(tags: Readonly<Record<PiField, string>>, yes: readonly string[], no: readonly string[]) {
  return (payload: Readonly<Record<string, PayloadValue>>, field: PiField): boolean | null => {
    const value = payload[tags[field]];
    if (typeof value !== 'string') return null;
    const said = value.trim().toLowerCase();
    return yes.includes(said) ? true : no.includes(said) ? false : null;
  };
}

const EUDAMED_TYPES: Readonly<Record<PiField, string>> = {
  lot: 'BATCH_NUMBER',
  serial: 'SERIAL_NUMBER',
  manufactured: 'MANUFACTURING_DATE',
  expiry: 'EXPIRATION_DATE',
};

/** Value at the last name of a path, wherever the source keeps it. */
function byLastName(
  value: PayloadValue | Readonly<Record<string, PayloadValue>>,
  name: string,
): PayloadValue | undefined {
  // identifiers kept with the payload hold numbers and null
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const item of value as readonly PayloadValue[]) {
      const found = byLastName(item, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === name || key.endsWith(`.${name}`) || key.endsWith(`/${name}`)) return inner as PayloadValue;
  }
  for (const inner of Object.values(value)) {
    const found = byLastName(inner as PayloadValue, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `productCodes: [{ productCode, productCodeName }]` */
function gudidClassName(payload: Readonly<Record<string, PayloadValue>>, code: string): string | undefined {
  const codes = payload.productCodes;
  for (const item of Array.isArray(codes) ? (codes as readonly PayloadValue[]) : []) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue;
    const { productCode, productCodeName } = item as Readonly<Record<string, PayloadValue>>;
    if (productCode === code && typeof productCodeName === 'string') return productCodeName;
  }
  return undefined;
}

const FACTS: Readonly<Record<string, SourceFacts>> = {
  'nmpa-udid': {
    units: 'zxxsdyzsydydsl',
    carries: flagged(
      { lot: 'scbssfbhph', serial: 'scbssfbhxlh', manufactured: 'scbssfbhscrq', expiry: 'scbssfbhsxrq' },
      ['是', '1', 'true'],
      ['否', '0', 'false'],
    ),
  },
  gudid: {
    className: gudidClassName,
    units: 'deviceCount',
    carries: flagged(
      { lot: 'lotBatch', serial: 'serialNumber', manufactured: 'manufacturingDate', expiry: 'expirationDate' },
      ['true'],
      ['false'],
    ),
  },
  eudamed: {
    units: 'UdidDeviceCount',
    carries(payload, field) {
      const types = byLastName(payload, 'UDIProductionIdentifierTypeCode');
      if (types === undefined) return null;
      return JSON.stringify(types).includes(`"${EUDAMED_TYPES[field]}"`);
    },
  },
};

/** Sources whose records name the classes they give. */
export const NAMING_SOURCES: readonly string[] = Object.entries(FACTS).flatMap(([source, facts]) =>
  facts.className ? [source] : [],
);

/** The name a record gives to a class code; undefined where it gives none. */
export function classNameIn(
  source: string,
  payload: Readonly<Record<string, PayloadValue>>,
  code: string,
): string | undefined {
  return FACTS[source]?.className?.(payload, code);
}

/** Units of use in one piece of the main identifier; null when the record does not give a positive whole number. */
export function unitsInBase(source: string, payload: Readonly<Record<string, PayloadValue>>): number | null {
  const tag = FACTS[source]?.units;
  if (tag === undefined) return null;
  const value = payload[tag] ?? byLastName(payload, tag);
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value.trim())) return null;
  const units = Number(value);
  return units > 0 ? units : null;
}

/** Does the record say that its code carries this production identifier? null = it does not say. */
export function carriesPi(
  source: string,
  payload: Readonly<Record<string, PayloadValue>>,
  field: PiField,
): boolean | null {
  return FACTS[source]?.carries(payload, field) ?? null;
}

/** Labels by tag. */
export function labelsOf(source: PublishedSource | undefined): ReadonlyMap<string, FieldLabel> {
  return new Map((source?.fields ?? []).map((field) => [field.tag, field]));
}
