/** Who issued the code. `MA` is ZIIOT/IDcode, `AHM` Ali Health (both China, beside GS1 China). */
export type UdiAgency = 'GS1' | 'HIBCC' | 'ICCBBA' | 'IFA' | 'MA' | 'AHM';

/** How the code is written. `any` asks for detection by the first characters; the answer names the form found. */
export type UdiForm =
  | 'any'
  | 'element'
  | 'scan'
  | 'bracketed'
  | 'digital-link'
  | 'gtin'
  | 'date-yymmd0'
  | 'date-yymmdd'
  | 'check-mod10'
  | 'hibc'
  | 'hibc-secondary'
  | 'hibc-multi'
  | 'hibc-di'
  | 'isbt128'
  | 'ppn'
  | 'ppn-code'
  | 'ma'
  | 'ahm';

/** The agency whose codes have this form; null for `any`. */
export const AGENCY_OF_FORM: Readonly<Record<UdiForm, UdiAgency | null>> = {
  any: null,
  element: 'GS1',
  scan: 'GS1',
  bracketed: 'GS1',
  'digital-link': 'GS1',
  gtin: 'GS1',
  'date-yymmd0': 'GS1',
  'date-yymmdd': 'GS1',
  'check-mod10': 'GS1',
  hibc: 'HIBCC',
  'hibc-secondary': 'HIBCC',
  'hibc-multi': 'HIBCC',
  'hibc-di': 'HIBCC',
  isbt128: 'ICCBBA',
  ppn: 'IFA',
  'ppn-code': 'IFA',
  ma: 'MA',
  ahm: 'AHM',
};

export const UDI_FORMS = Object.keys(AGENCY_OF_FORM) as readonly UdiForm[];

export type Severity = 'error' | 'warning';

/** One finding. `at` is a 0-based index into the input as given; `code` is stable, `message` is English. */
export interface UdiProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: number;
  /** The part of the message that depends on the input, for texts in another language. */
  readonly detail?: string;
}

export interface UdiOptions {
  /** Associations between GS1 AIs count as errors, not as warnings. */
  readonly strict?: boolean;
  /** A Digital Link path may carry a GTIN of 8, 12 or 13 digits in AI 01. */
  readonly zeroSuppressedGtin?: boolean;
}

export interface ParseUdiSettings {
  readonly form?: UdiForm | undefined;
  /** Year from which two-digit years are placed in a century; without one the current year in China. */
  readonly refYear?: number | undefined;
  readonly options?: UdiOptions | undefined;
}

/** AI, data identifier or field name, and its value as written. */
export type UdiElement = [id: string, value: string];

/**
 * What a code says. Fields of a wrong code are given as far as they could be cut; `valid` is false as soon as one
 * problem is an error. Dates are `YYYY-MM-DD`, or `YYYY-MM` where only a month is given, or `YYYY-MM-DDTHH[:MM]`.
 */
export interface UdiResult {
  valid: boolean;
  agency: UdiAgency | null;
  form: UdiForm | null;
  /** Device identifier as the issuing agency writes it (GTIN with 14 digits). */
  di: string | null;
  /** Key for look-ups: GTIN-14; HIBC without `+` and check character; the DI itself for the others. */
  diKey: string | null;
  elements: UdiElement[];
  lot: string | null;
  serial: string | null;
  expiry: string | null;
  manufactured: string | null;
  quantity: number | null;
  donationId: string | null;
  mphoLot: string | null;
  sterilizationLot: string | null;
  useBy: string | null;
  /** Only for the component forms `date-*`. */
  date: string | null;
  problems: UdiProblem[];
  /** Fields whose date stands for a whole month in the code (day 00): the day shown is the last of the month. */
  dayNotGiven?: string[];
  /** AIM symbology identifier that stood before the data, as `]d2`. */
  symbology?: string;
  /** Digits of a bare GTIN as written, when there are fewer than 14. */
  gtinLength?: number;
  /** Digital Link: everything before the primary key, as `https://id.gs1.org`. */
  stem?: string;
  /** HIBC: labeler, product or catalogue number, unit of measure, link and check character. */
  lic?: string;
  pcn?: string;
  unitOfMeasure?: number;
  link?: string;
  check?: string;
  /** ICCBBA: the identifiers are those of a blood container. */
  container?: boolean;
  /** MA: advisory check characters of DI and PI; absent where the code carries none. */
  diCheckOk?: boolean;
  piCheckOk?: boolean;
}

type Given<T> = T | null | undefined;

/**
 * What to build a code from. An answer of `parseUdi` fits: then its elements are written again as they were.
 * Without `elements` the fields are used; dates as in `UdiResult`.
 */
export interface BuildUdiSpec {
  readonly agency: Given<UdiAgency>;
  /** Form of `text`; default: element string, HIBC with all data in one symbol, ISBT 128, PPN envelope, MA. */
  readonly form?: Given<UdiForm>;
  readonly elements?: Given<readonly (readonly [id: string, value: string])[]>;
  readonly di?: Given<string>;
  /** Device identifier without its check digit or digits (GTIN, PPN, MA), which are then worked out. */
  readonly diBody?: Given<string>;
  readonly lot?: Given<string>;
  readonly serial?: Given<string>;
  readonly expiry?: Given<string>;
  readonly manufactured?: Given<string>;
  readonly quantity?: Given<number>;
  readonly donationId?: Given<string>;
  readonly mphoLot?: Given<string>;
  readonly sterilizationLot?: Given<string>;
  readonly useBy?: Given<string>;
  readonly symbology?: Given<string>;
  readonly gtinLength?: Given<number>;
  /** Digital Link: scheme, host and path before the key; default `https://id.gs1.org`. */
  readonly stem?: Given<string>;
  /** HIBC secondary alone: link character; worked out when `di` is given. */
  readonly link?: Given<string>;
  readonly check?: Given<string>;
  /** MA: add the (advisory) check unit of the production data. */
  readonly withCheck?: Given<boolean>;
  readonly refYear?: Given<number>;
}

/** A code in all writings its agency knows. `text` is what goes into the barcode (FNC1 as GS, U+001D). */
export interface BuiltUdi {
  valid: boolean;
  agency: UdiAgency | null;
  form: UdiForm | null;
  text: string;
  di: string | null;
  /** GS1: human readable with brackets. */
  bracketed: string | null;
  /** GS1: Digital Link URI; null when the elements hold no primary key. */
  digitalLink: string | null;
  problems: UdiProblem[];
}
