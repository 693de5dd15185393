import type { Message } from '../../i18n/text.ts';

/** What the parts of a code are called: GS1 application identifiers, data identifiers and field names of the agencies. */
const GS1: Readonly<Record<string, Message>> = {
  '00': ['物流单元代码 SSCC', 'Serial shipping container code'],
  '01': ['产品标识 DI（GTIN）', 'Device identifier (GTIN)'],
  '02': ['所含产品的 GTIN', 'GTIN of contained items'],
  '10': ['批号', 'Batch or lot'],
  '11': ['生产日期', 'Production date'],
  '13': ['包装日期', 'Packaging date'],
  '15': ['最佳使用日期', 'Best before'],
  '16': ['销售截止日期', 'Sell by'],
  '17': ['失效日期', 'Expiry date'],
  '20': ['内部产品变体', 'Internal variant'],
  '21': ['序列号', 'Serial number'],
  '22': ['消费产品变体', 'Consumer product variant'],
  '235': ['第三方序列号', 'Third-party serial extension'],
  '240': ['附加产品标识', 'Additional item identification'],
  '241': ['客户方代码', 'Customer part number'],
  '242': ['定制变体', 'Made-to-order variant'],
  '243': ['包装组件号', 'Packaging component number'],
  '250': ['次级序列号', 'Secondary serial number'],
  '251': ['源实体参考号', 'Reference to source entity'],
  '30': ['变量计数', 'Variable count'],
  '37': ['所含产品数量', 'Count of contained items'],
  '400': ['客户订单号', 'Customer order number'],
  '414': ['位置代码 GLN', 'Location number (GLN)'],
  '422': ['原产国', 'Country of origin'],
  '7003': ['失效日期和时间', 'Expiry date and time'],
  '7240': ['临床试验方案号', 'Clinical protocol'],
  '8003': ['可回收资产代码', 'Returnable asset'],
  '8004': ['单个资产代码', 'Individual asset'],
  '8006': ['组件代码', 'Piece of a trade item'],
  '8012': ['软件版本', 'Software version'],
  '8013': ['基本 UDI-DI（GMN）', 'Basic UDI-DI (GMN)'],
  '8020': ['付款单代码', 'Payment slip reference'],
  '90': ['内部信息', 'Internal information'],
};

const FIELDS: Readonly<Record<string, Message>> = {
  di: ['产品标识 DI', 'Device identifier'],
  lic: ['厂商代码 LIC', 'Labeler code (LIC)'],
  pcn: ['产品或目录号', 'Product or catalogue number'],
  unitOfMeasure: ['包装级别', 'Unit of measure'],
  uom: ['包装级别', 'Unit of measure'],
  link: ['链接字符', 'Link character'],
  check: ['校验字符', 'Check character'],
  lot: ['批号', 'Lot'],
  serial: ['序列号', 'Serial number'],
  expiry: ['失效日期', 'Expiry date'],
  useBy: ['有效期至', 'Use by'],
  manufactured: ['生产日期', 'Production date'],
  quantity: ['数量', 'Quantity'],
  donationId: ['献血识别号', 'Donation identification number'],
  mphoLot: ['MPHO 批号', 'MPHO lot'],
  sterilizationLot: ['灭菌批号', 'Sterilisation lot'],
  '=/': ['产品标识（加工方产品代码）', 'Device identifier (processor product code)'],
  '=,': ['序列号（分装）', 'Serial (product divisions)'],
  '=': ['献血识别号', 'Donation identification number'],
  '=>': ['失效日期', 'Expiry date'],
  '=}': ['生产日期', 'Production date'],
  '&,1': ['MPHO 批号', 'MPHO lot'],
  '=)': ['血袋产品标识', 'Container device identifier'],
  '&)': ['血袋批号', 'Container lot'],
  '=+': ['复合信息头', 'Compound message'],
  '9N': ['产品标识（PPN）', 'Device identifier (PPN)'],
  '8P': ['产品标识（GTIN）', 'Device identifier (GTIN)'],
  '1T': ['批号', 'Lot'],
  S: ['序列号', 'Serial number'],
  D: ['失效日期', 'Expiry date'],
  '16D': ['生产日期', 'Production date'],
  '14D': ['失效日期', 'Expiry date'],
  Q: ['数量', 'Quantity'],
  '27Q': ['数量', 'Quantity'],
};

/** MA units have their own letters. */
const MA: Readonly<Record<string, Message>> = {
  S: ['序列号', 'Serial number'],
  L: ['批号', 'Lot'],
  M: ['生产日期', 'Production date'],
  P: ['生产日期', 'Production date'],
  D: ['灭菌批号', 'Sterilisation lot'],
  E: ['失效日期', 'Expiry date'],
  V: ['有效期至', 'Use by'],
  C: ['校验码', 'Check character'],
};

/** The name of one element of a UDI in both languages; unknown ones keep their identifier. */
export function partLabel(agency: string | null, id: string): Message {
  if (agency === 'MA' && MA[id]) return MA[id];
  if (agency === 'GS1') {
    const known = GS1[id];
    if (known) return known;
    if (/^9[1-9]$/.test(id)) return ['内部信息', 'Internal information'];
    if (/^71\d$/.test(id)) return ['国家医保编号', 'National healthcare reimbursement number'];
    if (/^41\d$/.test(id)) return ['位置代码 GLN', 'Location number (GLN)'];
    return [`应用标识符 ${id}`, `Application identifier ${id}`];
  }
  return FIELDS[id] ?? [id, id];
}

export const FORMS: Readonly<Record<string, Message>> = {
  element: ['GS1 元素串', 'GS1 element string'],
  scan: ['GS1 扫描输出', 'GS1 scanner output'],
  bracketed: ['GS1 带括号文本', 'GS1 bracketed text'],
  'digital-link': ['GS1 数字链接', 'GS1 Digital Link'],
  gtin: ['GTIN', 'GTIN'],
  hibc: ['HIBC', 'HIBC'],
  'hibc-secondary': ['HIBC 次级码', 'HIBC secondary'],
  'hibc-multi': ['HIBC 多段', 'HIBC, several symbols'],
  'hibc-di': ['HIBC 产品标识', 'HIBC device identifier'],
  isbt128: ['ISBT 128', 'ISBT 128'],
  ppn: ['IFA 数据载体', 'IFA data carrier'],
  'ppn-code': ['PPN', 'PPN'],
  ma: ['MA 码（IDcode）', 'MA (IDcode)'],
  ahm: ['AHM 码', 'AHM'],
};
