/**
 * Names of the parts of a code in English and Chinese. One line a part: id, English, Chinese, separated by `|`.
 * Ranges of GS1 AIs stand under their first number; Chinese follows the terms of GB/T 16986 where it has one.
 */
const GS1_NAMES = `00|serial shipping container code (SSCC)|系列货运包装箱代码（SSCC）
01|device identifier: global trade item number (GTIN)|产品标识：全球贸易项目代码（GTIN）
02|GTIN of the contained items|物流单元内贸易项目的GTIN
03|GTIN of a made-to-order item|定制贸易项目的GTIN
10|batch or lot number|生产批号
11|production date|生产日期
12|due date of payment|付款截止日期
13|packaging date|包装日期
15|best before date|保质期
16|sell by date|销售截止日期
17|expiry date|失效日期
20|internal product variant|内部产品变体
21|serial number|序列号
22|consumer product variant|消费产品变体
235|serial extension assigned by a third party|第三方序列号扩展（TPX）
240|additional product identification|附加产品标识
241|customer part number|客户方代码
242|made-to-order variation number|定制产品变体代码
243|packaging component number|包装组件代码
250|secondary serial number|二级系列号
251|reference to source entity|源实体参考代码
253|global document type identifier (GDTI)|全球文件类型代码（GDTI）
254|extension component of a GLN|GLN扩展部分
255|global coupon number (GCN)|全球优惠券代码（GCN）
30|variable count of items|变量贸易项目数量
3100|net weight, kilograms|净重（千克）
3110|length, metres|长度（米）
3120|width or diameter, metres|宽度或直径（米）
3130|height or depth, metres|高度或深度（米）
3140|area, square metres|面积（平方米）
3150|net volume, litres|净体积（升）
3160|net volume, cubic metres|净体积（立方米）
3200|net weight, pounds|净重（磅）
3210|length, inches|长度（英寸）
3220|length, feet|长度（英尺）
3230|length, yards|长度（码）
3240|width or diameter, inches|宽度或直径（英寸）
3250|width or diameter, feet|宽度或直径（英尺）
3260|width or diameter, yards|宽度或直径（码）
3270|height or depth, inches|高度或深度（英寸）
3280|height or depth, feet|高度或深度（英尺）
3290|height or depth, yards|高度或深度（码）
3300|logistic weight, kilograms|毛重（千克）
3310|logistic length, metres|物流长度（米）
3320|logistic width, metres|物流宽度（米）
3330|logistic height, metres|物流高度（米）
3340|logistic area, square metres|物流面积（平方米）
3350|logistic volume, litres|物流体积（升）
3360|logistic volume, cubic metres|物流体积（立方米）
3370|kilograms per square metre|每平方米千克数
3400|logistic weight, pounds|毛重（磅）
3410|logistic length, inches|物流长度（英寸）
3420|logistic length, feet|物流长度（英尺）
3430|logistic length, yards|物流长度（码）
3440|logistic width, inches|物流宽度（英寸）
3450|logistic width, feet|物流宽度（英尺）
3460|logistic width, yards|物流宽度（码）
3470|logistic height, inches|物流高度（英寸）
3480|logistic height, feet|物流高度（英尺）
3490|logistic height, yards|物流高度（码）
3500|area, square inches|面积（平方英寸）
3510|area, square feet|面积（平方英尺）
3520|area, square yards|面积（平方码）
3530|logistic area, square inches|物流面积（平方英寸）
3540|logistic area, square feet|物流面积（平方英尺）
3550|logistic area, square yards|物流面积（平方码）
3560|net weight, troy ounces|净重（金衡盎司）
3570|net weight or volume, ounces|净重或净体积（盎司）
3600|net volume, quarts|净体积（夸脱）
3610|net volume, gallons|净体积（加仑）
3620|logistic volume, quarts|物流体积（夸脱）
3630|logistic volume, gallons|物流体积（加仑）
3640|net volume, cubic inches|净体积（立方英寸）
3650|net volume, cubic feet|净体积（立方英尺）
3660|net volume, cubic yards|净体积（立方码）
3670|logistic volume, cubic inches|物流体积（立方英寸）
3680|logistic volume, cubic feet|物流体积（立方英尺）
3690|logistic volume, cubic yards|物流体积（立方码）
37|count of contained items|物流单元内贸易项目的数量
3900|amount payable|应付金额
3910|amount payable with currency|含货币代码的应付金额
3920|price of a variable measure item|变量贸易项目应付金额
3930|price of a variable measure item with currency|含货币代码的变量贸易项目应付金额
3940|percentage discount of a coupon|优惠券折扣百分比
3950|price per unit of measure|每计量单位金额
400|order number of the customer|客户订购单代码
401|global identification number for consignment|全球托运标识代码（GINC）
402|global shipment identification number|全球装运标识代码（GSIN）
403|routing code|路径代码
410|ship to: GLN|交货地全球位置码
411|bill to: GLN|受票方全球位置码
412|purchased from: GLN|供货方全球位置码
413|ship for: GLN|最终目的地全球位置码
414|physical location: GLN|物理位置全球位置码
415|invoicing party: GLN|开票方全球位置码
416|production or service location: GLN|产品或服务位置全球位置码
417|party: GLN|参与方全球位置码
420|ship to: postal code|交货地邮政编码
421|ship to: country and postal code|含国家代码的交货地邮政编码
422|country of origin|原产国
423|countries of initial processing|初始加工国
424|country of processing|加工国
425|countries of disassembly|拆分国
426|country of the full process chain|全程加工国
427|subdivision of origin|原产地行政区划
4300|ship to: company|收货公司名称
4301|ship to: contact|收货联系人
4302|ship to: address line 1|收货地址1
4303|ship to: address line 2|收货地址2
4304|ship to: suburb|收货地郊区
4305|ship to: locality|收货地城市
4306|ship to: region|收货地区域
4307|ship to: country|收货国家
4308|ship to: telephone|收货电话
4309|ship to: geographic position|收货地理位置
4310|return to: company|退货公司名称
4311|return to: contact|退货联系人
4312|return to: address line 1|退货地址1
4313|return to: address line 2|退货地址2
4314|return to: suburb|退货地郊区
4315|return to: locality|退货地城市
4316|return to: region|退货地区域
4317|return to: country|退货国家
4318|return to: postal code|退货邮政编码
4319|return to: telephone|退货电话
4320|service description|服务描述
4321|dangerous goods flag|危险品标志
4322|authority to leave|允许无人签收标志
4323|signature required|需要签名标志
4324|not before delivery date and time|不早于交付日期时间
4325|not after delivery date and time|不晚于交付日期时间
4326|release date|放行日期
4330|highest temperature, Fahrenheit|最高温度（华氏）
4331|highest temperature, Celsius|最高温度（摄氏）
4332|lowest temperature, Fahrenheit|最低温度（华氏）
4333|lowest temperature, Celsius|最低温度（摄氏）
7001|NATO stock number|北约物资代码
7002|meat carcass and cut classification|肉类胴体与分割产品分类
7003|expiry date and time|失效日期和时间
7004|active potency|活性值
7005|catch area|捕获区
7006|first freeze date|首次冷冻日期
7007|harvest date or range|收获日期
7008|species for fishery|渔业物种
7009|fishing gear type|渔具类型
7010|production method|生产方法
7011|test by date|检测截止日期
7020|refurbishment lot|翻新批号
7021|functional status|功能状态
7022|revision status|修订状态
7023|asset identifier of an assembly|组合件的全球单个资产代码
7030|processor with country|加工者核准号码（含国家代码）
7040|unique identification code with extensions|唯一标识代码（UIC）及扩展
7041|freight unit type|货运单元类型
710|national reimbursement number, Germany (PZN)|国家医保药品号（德国PZN）
711|national reimbursement number, France (CIP)|国家医保药品号（法国CIP）
712|national reimbursement number, Spain (CN)|国家医保药品号（西班牙CN）
713|national reimbursement number, Brazil (DRN)|国家医保药品号（巴西DRN）
714|national reimbursement number, Portugal (AIM)|国家医保药品号（葡萄牙AIM）
715|national reimbursement number, United States (NDC)|国家医保药品号（美国NDC）
716|national reimbursement number, Italy (AIC)|国家医保药品号（意大利AIC）
717|national reimbursement number, Costa Rica (SRN)|国家医保药品号（哥斯达黎加SRN）
7230|certification reference|认证号码
7240|clinical trial protocol|临床试验方案标识
7241|AIDC media type|自动识别介质类型
7242|version control number|版本控制号
7250|date of birth|出生日期
7251|date and time of birth|出生日期时间
7252|biological sex|生理性别
7253|family name|姓
7254|given name|名
7255|name suffix|姓名后缀
7256|full name|姓名
7257|address of a person|个人地址
7258|order of birth|出生顺序
7259|name of a newborn|新生儿姓名
8001|roll products: dimensions|卷状产品尺寸
8002|cellular mobile telephone identifier|蜂窝移动电话标识
8003|global returnable asset identifier (GRAI)|全球可回收资产代码（GRAI）
8004|global individual asset identifier (GIAI)|全球单个资产代码（GIAI）
8005|price per unit of measure|单价
8006|piece of a trade item (GTIN, piece and total)|贸易项目组件代码（ITIP）
8007|international bank account number|国际银行账号（IBAN）
8008|production date and time|生产日期与时间
8009|optically readable sensor|光学可读传感标识
8010|component or part identifier (CPID)|组件/部件代码（CPID）
8011|component serial number|组件/部件系列号
8012|software version|软件版本
8013|Basic UDI-DI: global model number (GMN)|基本UDI-DI：全球型号代码（GMN）
8014|master UDI-DI|主UDI-DI
8017|service relation: provider (GSRN)|服务提供方关系代码（GSRN）
8018|service relation: recipient (GSRN)|服务接受方关系代码（GSRN）
8019|service relation instance|服务关系事项代码
8020|payment slip reference|付款单参考代码
8026|pieces of the contained trade items|物流单元内组件代码
8030|digital signature|数字签名
8040|mobile equipment identity (IMEI)|移动设备识别码（IMEI）
8041|second mobile equipment identity (IMEI2)|第二移动设备识别码（IMEI2）
8042|embedded SIM|嵌入式SIM标识
8043|physical SIM|实体SIM标识
8110|coupon code (North America)|优惠券代码（北美）
8111|loyalty points of a coupon|优惠券积分
8112|positive offer file coupon code|正向优惠文件券代码
8200|packaging web address|扩展包装网址
90|information agreed between trading partners|贸易伙伴之间约定的信息
91|company internal information|公司内部信息`;

const HIBCC_NAMES = `LIC|labeler identification code|贴标者代码（LIC）
PCN|product or catalogue number|产品或目录编号（PCN）
UoM|unit of measure (packaging level)|包装级别（计量单位）
$|lot|批号
$+|serial number|序列号
$$|date and lot follow|其后为日期与批号
$$+|date and serial number follow|其后为日期与序列号
$$8|quantity, two digits|数量（2位）
$$9|quantity, five digits|数量（5位）
MMYY|expiry month|失效年月（MMYY）
MMDDYY|expiry date|失效日期（MMDDYY）
YYMMDD|expiry date|失效日期（YYMMDD）
YYMMDDHH|expiry date and hour|失效日期与小时（YYMMDDHH）
YYJJJ|expiry date, day of the year|失效日期（年内日序）
YYJJJHH|expiry date, day of the year and hour|失效日期（年内日序与小时）
no-date|no date|无日期
LOT|lot|批号
SN|serial number|序列号
/S|serial number|序列号
/16D|production date|生产日期
/14D|expiry date|失效日期
/Q|quantity|数量
link|link character: check character of the primary code|链接字符：主编码的校验字符`;

const ICCBBA_NAMES = `=/|device identifier: processor product identification code|产品标识：加工者产品识别码
=,|serial number (product division)|序列号（产品分割号）
=|donation identification number|献血（捐献）标识号
=>|expiry date|失效日期
=}|production date|生产日期
&,1|MPHO lot number|人源医疗产品批号
=)|device identifier of a blood container|血液容器产品标识
&)|lot of a blood container|血液容器批号
=+|compound message header|复合信息头`;

const IFA_NAMES = `9N|device identifier: pharmacy product number (PPN)|产品标识：药房产品号（PPN）
8P|device identifier: GTIN|产品标识：GTIN
1T|lot|批号
S|serial number|序列号
D|expiry date|失效日期
16D|production date|生产日期`;

const MA_NAMES = `MA|issuing agency code|发码机构代码
country|country|国家代码
industry|industry|行业代码
registrant|registrant|注册人（企业）节点代码
product|product: packaging character, item and check character|产品代码：包装、品目与校验码
S|serial number|序列号
L|lot|生产批号
M|production date|生产日期
P|production date (before about 2020)|生产日期（约2020年前）
D|sterilisation lot|灭菌批号
E|expiry date|失效日期
V|use-by date|有效期
C|check character|校验码`;

export const NAMES: Readonly<Record<'GS1' | 'HIBCC' | 'ICCBBA' | 'IFA' | 'MA', string>> = {
  GS1: GS1_NAMES,
  HIBCC: HIBCC_NAMES,
  ICCBBA: ICCBBA_NAMES,
  IFA: IFA_NAMES,
  MA: MA_NAMES,
};
