/**
 * The shape of the national base on 2026-05-01, as far as it is published: 5,674,158 rows in 1,136 files,
 * 5,673,713 distinct keys. Shares are of rows. Fill rates are those of a 50,000-row sample of the full release.
 */
export const NATIONAL = {
  rows: 5_674_158,
  distinctKeys: 5_673_713,
  distinctNames: 100_000,
  largestHolder: 379_507 / 5_674_158,
  contactLenses: 1_251_359 / 5_674_158,
} as const;

/** Certificate forms by row: 注准, 注进, 械备, no known form; what is left is 注许 (Hong Kong, Macao, Taiwan). */
export const CERTIFICATE_SHARES = {
  domestic: 0.823,
  imported: 0.101,
  filing: 0.047,
  unknown: 0.028,
  special: 0.001,
} as const;
export const CERTIFICATE_FORMS = ['domestic', 'imported', 'filing', 'unknown', 'special'] as const;
export type CertificateForm = (typeof CERTIFICATE_FORMS)[number];

/** Fields that one product either has for all its models or for none, with the share of rows that have them. */
export const PRODUCT_SHARES = {
  useUnit: 0.1334,
  otherRegisteredDi: 0.0139,
  directMark: 0.1032,
  directMarkDiffers: 0.0279,
  tradeName: 0.3176,
  articleNumber: 0.1812,
  oldClassCode: 0.0431,
  insuranceCode: 0.2828,
  sterilise: 0.3734,
  reusable: 0.0168,
  webAddress: 0.0249,
  storageText: 0.0692,
  sizeText: 0.0164,
  contact: 0.9951,
  agreesFilled: 0.9992,
  magneticFilled: 0.9992,
  packages: 0.45,
  storageRows: 0.3,
  clinicalRows: 0.22,
  severalCertificates: 0.02,
  reagent: 0.09,
  maCode: 0.035,
  ahmCode: 0.0003,
} as const;
export type ProductFlag = keyof typeof PRODUCT_SHARES;
export const PRODUCT_FLAGS = Object.keys(PRODUCT_SHARES) as ProductFlag[];

/** Shares that are drawn for each device. */
export const DEVICE_SHARES = { withdrawn: 0.009, corrected: 0.0297, laterVersion: 0.2 } as const;

/** The 47 tags of a device in the order of the published files, then the four lists. */
export const DEVICE_TAGS = (
  'zxxsdycpbs cpbsbmtxmc cpbsfbrq zxxsdyzsydydsl sydycpbs bszt sfyzcbayz zcbacpbs sfybtzjbs btcpbsyzxxsdycpbssfyz ' +
  'btcpbs cpmctymc spmc ggxh sfwblztlcp cpms cphhhbh yflbm qxlb flbm tyshxydm zczbhhzbapzbh ylqxzcrbarmc ' +
  'ylqxzcrbarywmc ybbm cplb cgzmraqxgxx sfbjwycxsy zdcfsycs sfwwjbz syqsfxyjxmj mjfs qtxxdwzlj tsrq scbssfbhph ' +
  'scbssfbhxlh scbssfbhscrq scbssfbhsxrq tscchcztj tsccsm deviceRecordKey versionNumber versionTime versionStauts ' +
  'correctionNumber correctionRemark correctionTime'
).split(' ');

export const LIST_TAGS = {
  packing: { list: 'packingList', item: 'packing', tags: ['bzcpbs', 'cpbzjb', 'bznhxyjcpbssl', 'bznhxyjbzcpbs'] },
  storage: { list: 'storageList', item: 'storage', tags: ['cchcztj', 'zdz', 'zgz', 'jldw'] },
  clinical: { list: 'clinicalList', item: 'clinical', tags: ['lcsycclx', 'ccz', 'ccdw'] },
  contact: { list: 'contactList', item: 'contact', tags: ['qylxrcz', 'qylxryx', 'qylxrdh'] },
} as const;
export type ListName = keyof typeof LIST_TAGS;
export const LIST_NAMES = Object.keys(LIST_TAGS) as ListName[];

const SLOTS = new Map(DEVICE_TAGS.map((tag, i) => [tag, i]));

/** Position of a tag in `DEVICE_TAGS`; throws when there is no such tag. */
export function slot(tag: string): number {
  const index = SLOTS.get(tag);
  if (index === undefined) throw new RangeError(`no such tag: ${tag}`);
  return index;
}

/** One record: the 47 values in tag order (empty text for an empty element) and the rows of its four lists. */
export interface Device {
  values: string[];
  packing: string[][];
  storage: readonly (readonly string[])[];
  clinical: string[][];
  contact: readonly (readonly string[])[];
  /** A tag the format does not know, planted as a fault. */
  unknown?: { tag: string; value: string };
}
