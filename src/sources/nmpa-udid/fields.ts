import type { FieldLabel } from '../../domains/devices/index.ts';

const f = (tag: string, zh: string, en: string, section: FieldLabel['section']): FieldLabel => ({
  tag,
  zh,
  en,
  section,
});

/** Every tag of a device, in the order of the published data set. Spelling of the tags as they really occur. */
export const FIELDS: readonly FieldLabel[] = [
  f('zxxsdycpbs', '最小销售单元产品标识', 'DI of the smallest sales unit', 'identity'),
  f('cpbsbmtxmc', '医疗器械唯一标识编码体系名称', 'Issuing agency', 'identity'),
  f('cpbsfbrq', '产品标识发布日期', 'DI published on', 'record'),
  f('zxxsdyzsydydsl', '最小销售单元中使用单元的数量', 'Units of use in the smallest sales unit', 'packaging'),
  f('sydycpbs', '使用单元产品标识', 'DI of the unit of use', 'identity'),
  f('bszt', '标识载体', 'Data carrier', 'identity'),
  f('sfyzcbayz', '是否与注册/备案产品标识一致', 'Agrees with the registered DI', 'identity'),
  f('zcbacpbs', '注册/备案产品标识', 'Registered DI', 'identity'),
  f('sfybtzjbs', '是否有本体直接标识', 'Has a direct mark', 'identity'),
  f(
    'btcpbsyzxxsdycpbssfyz',
    '本体产品标识与最小销售单元产品标识是否一致',
    'Direct mark agrees with the main DI',
    'identity',
  ),
  f('btcpbs', '本体产品标识', 'DI of the direct mark', 'identity'),
  f('cpmctymc', '产品名称/通用名称', 'Product name', 'product'),
  f('spmc', '商品名称', 'Trade name', 'product'),
  f('ggxh', '规格型号', 'Model', 'product'),
  f('sfwblztlcp', '是否为包类/组套类产品', 'Kit or set', 'product'),
  f('cpms', '产品描述', 'Description', 'product'),
  f('cphhhbh', '产品货号或编号', 'Catalogue number', 'product'),
  f('yflbm', '原分类编码', 'Class code (2002 catalogue)', 'class'),
  f('qxlb', '器械类别', 'Device or reagent', 'class'),
  f('flbm', '分类编码', 'Class code', 'class'),
  f('tyshxydm', '统一社会信用代码', 'Unified social credit code', 'holder'),
  f('zczbhhzbapzbh', '注册证编号或者备案凭证编号', 'Certificate or filing number', 'certificate'),
  f('ylqxzcrbarmc', '医疗器械注册人/备案人名称', 'Registrant', 'holder'),
  f('ylqxzcrbarywmc', '医疗器械注册人/备案人英文名称', 'Registrant (English)', 'holder'),
  f('ybbm', '医保耗材分类编码', 'Insurance consumable code', 'class'),
  f('cplb', '产品类别', 'Consumable or equipment', 'class'),
  f('cgzmraqxgxx', '磁共振（MR）安全相关信息', 'MR safety', 'use'),
  f('sfbjwycxsy', '是否标记为一次性使用', 'Labelled single use', 'use'),
  f('zdcfsycs', '最大重复使用次数', 'Maximum number of reuses', 'use'),
  f('sfwwjbz', '是否为无菌包装', 'Packed sterile', 'use'),
  f('syqsfxyjxmj', '使用前是否需要进行灭菌', 'To be sterilised before use', 'use'),
  f('mjfs', '灭菌方式', 'Sterilisation method', 'use'),
  f('qtxxdwzlj', '其他信息的网址链接', 'Link to further information', 'product'),
  f('tsrq', '退市日期', 'Withdrawn from the market on', 'record'),
  f('scbssfbhph', '生产标识是否包含批号', 'PI carries the lot', 'production'),
  f('scbssfbhxlh', '生产标识是否包含序列号', 'PI carries the serial number', 'production'),
  f('scbssfbhscrq', '生产标识是否包含生产日期', 'PI carries the production date', 'production'),
  f('scbssfbhsxrq', '生产标识是否包含失效日期', 'PI carries the expiry date', 'production'),
  f('tscchcztj', '特殊储存或操作条件', 'Special storage or handling', 'storage'),
  f('tsccsm', '特殊尺寸说明', 'Special size', 'use'),
  f('deviceRecordKey', '主键编号', 'Record key', 'record'),
  f('versionNumber', '公开的版本号', 'Version', 'record'),
  f('versionTime', '版本的发布时间', 'Version published on', 'record'),
  f('versionStauts', '版本的状态', 'Version state', 'record'),
  f('correctionNumber', '纠错次数', 'Corrections', 'record'),
  f('correctionRemark', '纠错说明', 'Correction remark', 'record'),
  f('correctionTime', '纠错时间', 'Corrected on', 'record'),
];

/** Lists inside a device: tag of the list, tag of one entry, tags of its fields. */
export const LISTS = [
  {
    tag: 'packingList',
    item: 'packing',
    zh: '包装',
    en: 'Packages',
    section: 'packaging',
    fields: [
      ['bzcpbs', '包装产品标识', 'DI of the package'],
      ['cpbzjb', '产品包装级别', 'Package level'],
      ['bznhxyjcpbssl', '包装内含小一级产品标识数量', 'Quantity of the next lower level'],
      ['bznhxyjbzcpbs', '包装内含小一级包装产品标识', 'DI of the next lower level'],
    ],
  },
  {
    tag: 'storageList',
    item: 'storage',
    zh: '储存或操作条件',
    en: 'Storage and handling',
    section: 'storage',
    fields: [
      ['cchcztj', '储存或操作条件', 'Condition'],
      ['zdz', '最低值', 'Lowest'],
      ['zgz', '最高值', 'Highest'],
      ['jldw', '计量单位', 'Unit'],
    ],
  },
  {
    tag: 'clinicalList',
    item: 'clinical',
    zh: '临床使用尺寸',
    en: 'Clinical sizes',
    section: 'use',
    fields: [
      ['lcsycclx', '临床使用尺寸类型', 'Kind of size'],
      ['ccz', '尺寸值', 'Value'],
      ['ccdw', '尺寸单位', 'Unit'],
    ],
  },
  {
    tag: 'contactList',
    item: 'contact',
    zh: '企业联系信息',
    en: 'Contact of the enterprise',
    section: 'holder',
    fields: [
      ['qylxrcz', '企业联系人传真', 'Fax'],
      ['qylxryx', '企业联系人邮箱', 'E-mail'],
      ['qylxrdh', '企业联系人电话', 'Telephone'],
    ],
  },
] as const;

/** Other spellings met of the same tag (sharing interface, correct English). */
export const ALIASES: Readonly<Record<string, string>> = { versionStatus: 'versionStauts', sfybtzjb: 'sfybtzjbs' };

export const FIELD_INDEX: ReadonlyMap<string, number> = new Map(FIELDS.map((field, i) => [field.tag, i]));

/** Index of a tag; the tag must be one of FIELDS. */
export function fieldIndex(tag: string): number {
  const index = FIELD_INDEX.get(tag);
  if (index === undefined) throw new RangeError(`no field ${tag}`);
  return index;
}

/** Tags kept in columns of the product, in the order of the product's columns. */
export const PRODUCT_TAGS = [
  'cpmctymc',
  'spmc',
  'cpms',
  'ylqxzcrbarmc',
  'ylqxzcrbarywmc',
  'tyshxydm',
  'zczbhhzbapzbh',
  'flbm',
  'yflbm',
  'qxlb',
  'cplb',
] as const;

/** Tags kept in columns of the version. */
export const VERSION_TAGS = [
  'zxxsdycpbs',
  'ggxh',
  'cphhhbh',
  'deviceRecordKey',
  'versionNumber',
  'correctionNumber',
] as const;

const kept = new Set<string>([...PRODUCT_TAGS, ...VERSION_TAGS]);

/** Tags packed into the payload, in order. */
export const PAYLOAD_TAGS: readonly string[] = FIELDS.map((x) => x.tag).filter((tag) => !kept.has(tag));
