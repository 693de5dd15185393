/** What a column of a list of certificates means to the register. */
export type Column =
  | 'recordId'
  | 'certificateNo'
  | 'holderName'
  | 'holderCode'
  | 'holderAddress'
  | 'productionAddress'
  | 'agentName'
  | 'agentAddress'
  | 'productName'
  | 'model'
  | 'components'
  | 'scope'
  | 'approvedOn'
  | 'validUntil'
  | 'statusText'
  | 'origin';

interface ColumnSpec {
  readonly column: Column;
  readonly zh: string;
  readonly en: string;
  /** Headings as met, in the order of trust when a list has several of them. */
  readonly headings: readonly string[];
}

/**
 * Columns and their headings: those of the official certificates and filing forms (注册证, 备案信息表), of exports of the
 * national register, and the English tags of the reference list. 注册人/备案人 and the older 生产企业 mean the holder.
 */
export const COLUMNS: readonly ColumnSpec[] = [
  { column: 'recordId', zh: '记录编号', en: 'Record id', headings: ['记录编号', 'record_id'] },
  {
    column: 'certificateNo',
    zh: '注册证编号或备案编号',
    en: 'Certificate number',
    headings: [
      '注册证编号',
      '注册证号',
      '医疗器械注册证编号',
      '注册号',
      '备案编号',
      '备案号',
      '备案凭证编号',
      '注册证编号或者备案凭证编号',
      '注册证编号/备案凭证编号',
      '注册证号/备案号',
      '批准文号/注册证号',
      'certificate_no',
    ],
  },
  {
    column: 'holderName',
    zh: '注册人或备案人名称',
    en: 'Holder',
    headings: [
      '注册人名称',
      '注册人',
      '备案人名称',
      '备案人',
      '注册人/备案人名称',
      '注册人/备案人',
      '医疗器械注册人名称',
      '医疗器械注册人/备案人名称',
      '注册人名称(中文)',
      '持有人',
      '生产企业',
      '生产企业名称',
      '企业名称',
      '生产单位',
      '申请人名称',
      'official_registrant',
      'registrant',
    ],
  },
  {
    column: 'holderCode',
    zh: '统一社会信用代码',
    en: 'Unified social credit code',
    headings: ['统一社会信用代码', '社会信用代码', '备案人组织机构代码', 'credit_code'],
  },
  {
    column: 'holderAddress',
    zh: '注册人住所',
    en: 'Address of the holder',
    headings: [
      '注册人住所',
      '备案人注册地址',
      '备案人住所',
      '注册人/备案人住所',
      '注册地址',
      '生产企业地址',
      'registrant_address',
    ],
  },
  {
    column: 'productionAddress',
    zh: '生产地址',
    en: 'Place of production',
    headings: ['生产地址', '生产场所', '生产地址(中文)', 'production_address'],
  },
  {
    column: 'agentName',
    zh: '代理人名称',
    en: 'Agent',
    headings: ['代理人名称', '代理人', '代理人名称(中文)', 'agent_name'],
  },
  {
    column: 'agentAddress',
    zh: '代理人住所',
    en: 'Address of the agent',
    headings: ['代理人住所', '代理人注册地址', '代理人地址', 'agent_address'],
  },
  {
    column: 'productName',
    zh: '产品名称',
    en: 'Product',
    headings: [
      '产品名称',
      '产品名称(中文)',
      '产品名称或产品分类名称',
      '产品分类名称',
      '医疗器械名称',
      '名称',
      'official_product_name',
      'product_name',
    ],
  },
  {
    column: 'model',
    zh: '型号、规格',
    en: 'Models and sizes',
    headings: [
      '型号、规格',
      '型号规格',
      '规格型号',
      '规格、型号',
      '型号/规格',
      '规格/型号',
      '包装规格',
      '型号/规格或包装规格',
      '规格',
      '型号',
      'specification',
    ],
  },
  {
    column: 'components',
    zh: '结构及组成',
    en: 'Structure and components',
    headings: [
      '结构及组成',
      '结构及组成/主要组成成分',
      '主要组成成分',
      '产品描述',
      '产品描述或主要组成成分',
      '组成',
      'components',
    ],
  },
  {
    column: 'scope',
    zh: '适用范围或预期用途',
    en: 'Scope or intended use',
    headings: ['适用范围', '预期用途', '适用范围/预期用途', '适用范围或预期用途', 'official_scope', 'scope'],
  },
  {
    column: 'approvedOn',
    zh: '批准日期或备案日期',
    en: 'Approved on',
    headings: [
      '批准日期',
      '批准时间',
      '备案日期',
      '发证日期',
      '注册日期',
      '批准日期/备案日期',
      'official_approval_date',
      'approval_date',
    ],
  },
  {
    column: 'validUntil',
    zh: '有效期至',
    en: 'Valid until',
    headings: ['有效期至', '有效期', '有效期限', '有效期截止日', '失效日期', 'official_valid_until', 'valid_until'],
  },
  {
    column: 'statusText',
    zh: '状态',
    en: 'Status',
    headings: ['状态', '证书状态', '注册证状态', '产品状态', 'validity_status'],
  },
  { column: 'origin', zh: '境内外', en: 'Origin', headings: ['境内外', '国产/进口', '产地', '进口/国产', 'origin'] },
];

/** Headings that are known and stand in the payload under their own name. */
const KEPT = [
  '序号',
  '编号',
  '管理类别',
  '类别',
  '分类编码',
  '产品储存条件及有效期',
  '产品有效期',
  '审批部门',
  '批准部门',
  '备案部门',
  '备案机关',
  '备注',
  '变更情况',
  '变更日期',
  '附件',
  '其他内容',
  '产品标准',
  '产品技术要求',
  '生产国或地区',
  '生产国或地区(中文)',
  '生产国或地区(英文)',
  '售后服务机构',
  '产品名称(英文)',
  '注册人名称(英文)',
  '生产厂商名称(英文)',
  '邮编',
  '主要组成',
  '受理号',
  '批件类型',
  '省份',
  '地区',
  'track',
  'track_name',
  'regulatory_class',
  'official_source',
  'official_status',
  'official_verification_status',
  'data_status',
];

/** A heading as compared: half width, lower case, without blanks, line ends, stars and a closing colon. */
export function headingKey(heading: string): string {
  return heading.normalize('NFKC').toLowerCase().replace(/[\s*]/g, '').replace(/[:]$/, '').replace(/[,·]/g, '、');
}

const byHeading = new Map<string, { readonly column: Column; readonly trust: number }>();
for (const { column, headings } of COLUMNS) {
  for (const [trust, heading] of headings.entries()) byHeading.set(headingKey(heading), { column, trust });
}
const kept = new Set(KEPT.map(headingKey));

/** What a heading means: a column, a known further heading, or nothing known. */
export function meaningOf(heading: string): { readonly column: Column; readonly trust: number } | 'kept' | null {
  const key = headingKey(heading);
  return byHeading.get(key) ?? (kept.has(key) ? 'kept' : null);
}

/** True when a row is the row of headings: it names the certificate number and at least one more known column. */
export function isHeadingRow(cells: readonly string[]): boolean {
  const columns = new Set<Column>();
  for (const cell of cells) {
    const meaning = meaningOf(cell);
    if (meaning !== null && meaning !== 'kept') columns.add(meaning.column);
  }
  return columns.has('certificateNo') && columns.size >= 2;
}
