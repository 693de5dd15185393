/**
 * Names of the parts of a code. One line a part: id, Chinese, English, separated by `|`; Chinese follows the terms of
 * GB/T 16986 where it has one. Ranges of GS1 AIs stand under their first number.
 * Measures, addresses and national numbers are put together from the words below and the titles of the dictionary.
 */
const GS1_NAMES = `00|系列货运包装箱代码（SSCC）|serial shipping container code (SSCC)
01|产品标识：全球贸易项目代码（GTIN）|device identifier: global trade item number (GTIN)
02|物流单元内贸易项目的GTIN|GTIN of the contained items
03|定制贸易项目的GTIN|GTIN of a made-to-order item
10|生产批号|batch or lot number
11|生产日期|production date
12|付款截止日期|due date of payment
13|包装日期|packaging date
15|保质期|best before date
16|销售截止日期|sell by date
17|失效日期|expiry date
20|内部产品变体|internal product variant
21|序列号|serial number
22|消费产品变体|consumer product variant
235|第三方序列号扩展（TPX）|serial extension assigned by a third party
240|附加产品标识|additional product identification
241|客户方代码|customer part number
242|定制产品变体代码|made-to-order variation number
243|包装组件代码|packaging component number
250|二级系列号|secondary serial number
251|源实体参考代码|reference to source entity
253|全球文件类型代码（GDTI）|global document type identifier (GDTI)
254|GLN扩展部分|extension component of a GLN
255|全球优惠券代码（GCN）|global coupon number (GCN)
30|变量贸易项目数量|variable count of items
37|物流单元内贸易项目的数量|count of contained items
3900|应付金额|amount payable
3910|含货币代码的应付金额|amount payable with currency
3920|变量贸易项目应付金额|price of a variable measure item
3930|含货币代码的变量贸易项目应付金额|price of a variable measure item with currency
3940|优惠券折扣百分比|percentage discount of a coupon
3950|每计量单位金额|price per unit of measure
400|客户订购单代码|order number of the customer
401|全球托运标识代码（GINC）|global identification number for consignment
402|全球装运标识代码（GSIN）|global shipment identification number
403|路径代码|routing code
410|交货地全球位置码|ship to: GLN
411|受票方全球位置码|bill to: GLN
412|供货方全球位置码|purchased from: GLN
413|最终目的地全球位置码|ship for: GLN
414|物理位置全球位置码|physical location: GLN
415|开票方全球位置码|invoicing party: GLN
416|产品或服务位置全球位置码|production or service location: GLN
417|参与方全球位置码|party: GLN
420|交货地邮政编码|ship to: postal code
421|含国家代码的交货地邮政编码|ship to: country and postal code
422|原产国|country of origin
423|初始加工国|countries of initial processing
424|加工国|country of processing
425|拆分国|countries of disassembly
426|全程加工国|country of the full process chain
427|原产地行政区划|subdivision of origin
4320|服务描述|service description
4321|危险品标志|dangerous goods flag
4322|允许无人签收标志|authority to leave
4323|需要签名标志|signature required
4324|不早于交付日期时间|not before delivery date and time
4325|不晚于交付日期时间|not after delivery date and time
4326|放行日期|release date
4330|最高温度（华氏）|highest temperature, Fahrenheit
4331|最高温度（摄氏）|highest temperature, Celsius
4332|最低温度（华氏）|lowest temperature, Fahrenheit
4333|最低温度（摄氏）|lowest temperature, Celsius
7001|北约物资代码|NATO stock number
7002|肉类胴体与分割产品分类|meat carcass and cut classification
7003|失效日期和时间|expiry date and time
7004|活性值|active potency
7005|捕获区|catch area
7006|首次冷冻日期|first freeze date
7007|收获日期|harvest date or range
7008|渔业物种|species for fishery
7009|渔具类型|fishing gear type
7010|生产方法|production method
7011|检测截止日期|test by date
7020|翻新批号|refurbishment lot
7021|功能状态|functional status
7022|修订状态|revision status
7023|组合件的全球单个资产代码|asset identifier of an assembly
7030|加工者核准号码（含国家代码）|processor with country
7040|唯一标识代码（UIC）及扩展|unique identification code with extensions
7041|货运单元类型|freight unit type
7230|认证号码|certification reference
7240|临床试验方案标识|clinical trial protocol
7241|自动识别介质类型|AIDC media type
7242|版本控制号|version control number
7250|出生日期|date of birth
7251|出生日期时间|date and time of birth
7252|生理性别|biological sex
7253|姓|family name
7254|名|given name
7255|姓名后缀|name suffix
7256|姓名|full name
7257|个人地址|address of a person
7258|出生顺序|order of birth
7259|新生儿姓名|name of a newborn
8001|卷状产品尺寸|roll products: dimensions
8002|蜂窝移动电话标识|cellular mobile telephone identifier
8003|全球可回收资产代码（GRAI）|global returnable asset identifier (GRAI)
8004|全球单个资产代码（GIAI）|global individual asset identifier (GIAI)
8005|单价|price per unit of measure
8006|贸易项目组件代码（ITIP）|piece of a trade item (GTIN, piece and total)
8007|国际银行账号（IBAN）|international bank account number
8008|生产日期与时间|production date and time
8009|光学可读传感标识|optically readable sensor
8010|组件/部件代码（CPID）|component or part identifier (CPID)
8011|组件/部件系列号|component serial number
8012|软件版本|software version
8013|基本UDI-DI：全球型号代码（GMN）|Basic UDI-DI: global model number (GMN)
8014|主UDI-DI|master UDI-DI
8017|服务提供方关系代码（GSRN）|service relation: provider (GSRN)
8018|服务接受方关系代码（GSRN）|service relation: recipient (GSRN)
8019|服务关系事项代码|service relation instance
8020|付款单参考代码|payment slip reference
8026|物流单元内组件代码|pieces of the contained trade items
8030|数字签名|digital signature
8040|移动设备识别码（IMEI）|mobile equipment identity (IMEI)
8041|第二移动设备识别码（IMEI2）|second mobile equipment identity (IMEI2)
8042|嵌入式SIM标识|embedded SIM
8043|实体SIM标识|physical SIM
8110|优惠券代码（北美）|coupon code (North America)
8111|优惠券积分|loyalty points of a coupon
8112|正向优惠文件券代码|positive offer file coupon code
8200|扩展包装网址|packaging web address
90|贸易伙伴之间约定的信息|information agreed between trading partners
91|公司内部信息|company internal information`;

const HIBCC_NAMES = `LIC|贴标者代码（LIC）|labeler identification code
PCN|产品或目录编号（PCN）|product or catalogue number
UoM|包装级别（计量单位）|unit of measure (packaging level)
$|批号|lot
$+|序列号|serial number
$$|其后为日期与批号|date and lot follow
$$+|其后为日期与序列号|date and serial number follow
$$8|数量（2位）|quantity, two digits
$$9|数量（5位）|quantity, five digits
MMYY|失效年月（MMYY）|expiry month
MMDDYY|失效日期（MMDDYY）|expiry date
YYMMDD|失效日期（YYMMDD）|expiry date
YYMMDDHH|失效日期与小时（YYMMDDHH）|expiry date and hour
YYJJJ|失效日期（年内日序）|expiry date, day of the year
YYJJJHH|失效日期（年内日序与小时）|expiry date, day of the year and hour
no-date|无日期|no date
LOT|批号|lot
SN|序列号|serial number
/S|序列号|serial number
/16D|生产日期|production date
/14D|失效日期|expiry date
/Q|数量|quantity
link|链接字符：主编码的校验字符|link character: check character of the primary code`;

const ICCBBA_NAMES = `=/|产品标识：加工者产品识别码|device identifier: processor product identification code
=,|序列号（产品分割号）|serial number (product division)
=|献血（捐献）标识号|donation identification number
=>|失效日期|expiry date
=}|生产日期|production date
&,1|人源医疗产品批号|MPHO lot number
=)|血液容器产品标识|device identifier of a blood container
&)|血液容器批号|lot of a blood container
=+|复合信息头|compound message header`;

const IFA_NAMES = `9N|产品标识：药房产品号（PPN）|device identifier: pharmacy product number (PPN)
8P|产品标识：GTIN|device identifier: GTIN
1T|批号|lot
S|序列号|serial number
D|失效日期|expiry date
16D|生产日期|production date`;

const MA_NAMES = `MA|发码机构代码|issuing agency code
country|国家代码|country
industry|行业代码|industry
registrant|注册人（企业）节点代码|registrant
product|产品代码：包装、品目与校验码|product: packaging character, item and check character
S|序列号|serial number
L|生产批号|lot
M|生产日期|production date
P|生产日期（约2020年前）|production date (before about 2020)
D|灭菌批号|sterilisation lot
E|失效日期|expiry date
V|有效期|use-by date
C|校验码|check character`;

/** Words of the titles of measures, as `NET WEIGHT (kg)`. */
export const MEASURES: Readonly<Record<string, string>> = {
  'NET WEIGHT': '净重',
  'GROSS WEIGHT': '毛重',
  LENGTH: '长度',
  WIDTH: '宽度或直径',
  HEIGHT: '高度或深度',
  AREA: '面积',
  'NET VOLUME': '净体积',
  VOLUME: '体积',
};

/** Words of the titles of addresses, as `SHIP TO POST`. */
export const ADDRESS_PARTS: Readonly<Record<string, string>> = {
  COMP: '公司名称',
  NAME: '联系人',
  ADD1: '地址1',
  ADD2: '地址2',
  SUB: '城郊',
  LOC: '城市',
  REG: '地区',
  COUNTRY: '国家',
  POST: '邮政编码',
  PHONE: '电话',
  GEO: '地理位置',
};

export const NAMES: Readonly<Record<'GS1' | 'HIBCC' | 'ICCBBA' | 'IFA' | 'MA', string>> = {
  GS1: GS1_NAMES,
  HIBCC: HIBCC_NAMES,
  ICCBBA: ICCBBA_NAMES,
  IFA: IFA_NAMES,
  MA: MA_NAMES,
};
