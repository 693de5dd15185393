import type { FieldLabel } from '../../domains/devices/index.ts';

type Section = FieldLabel['section'];
type Row = readonly [path: string, zh: string, en: string, section?: Section];

const DEVICE = 'MedicalDeviceTradeItemModule.MedicalDeviceInformation';
const CARE = 'HealthcareItemInformationModule.HealthcareItemInformation';
const TEXTS = 'TradeItemDescriptionModule.TradeItemDescriptionInformation';
const SALES = 'SalesInformationModule.SalesInformation.TargetMarketSalesConditions';
const CERTIFICATES = 'CertificationInformationModule.CertificationInformation';
const CHEMICALS = 'ChemicalRegulationInformationModule.ChemicalRegulationInformation';
const CHEMICAL = `${CHEMICALS}.ChemicalRegulation.RegulatedChemical`;
const PARTS = 'TradeItemInformation.TradeItemComponents';

function group(prefix: string, section: Section, rows: readonly Row[]): FieldLabel[] {
  return rows.map(([path, zh, en, own]) => ({
    tag: path === '' ? prefix : `${prefix}.${path}`,
    zh,
    en,
    section: own ?? section,
  }));
}

/** A text given in several languages: one list of pairs. */
function languages(path: string, zh: string, en: string): Row[] {
  return [
    [path, zh, en],
    [`${path}.LanguageCode`, '语言', 'Language'],
    [`${path}.Value`, zh, en],
  ];
}

/** Packaging levels above the base unit, each with all its own fields, from the outermost inwards. */
export const PACKAGES = 'CatalogueItemChildItemLink';

/**
 * Every path below `TradeItem` met in EUDAMED items of GS1 form. A list is one field and its entries' paths follow;
 * an object that holds nothing but `Value` is written as that value.
 */
export const EUDAMED_FIELDS: readonly FieldLabel[] = [
  { tag: '_file', zh: 'EUDAMED 编号', en: 'EUDAMED uuid', section: 'record' },
  { tag: 'Identifier', zh: '条目编号', en: 'Item identifier', section: 'record' },
  {
    tag: 'CatalogueItem.Identifier',
    zh: '基本单元条目编号',
    en: 'Identifier of the base unit item',
    section: 'record',
  },
  { tag: PACKAGES, zh: '包装层级', en: 'Packaging levels', section: 'packaging' },
  { tag: 'Gtin', zh: '产品标识 UDI-DI', en: 'UDI-DI (GTIN)', section: 'identity' },
  { tag: 'IsBrandBankPublication', zh: '品牌库发布', en: 'Brand bank publication', section: 'record' },
  { tag: 'TargetSector', zh: '目标领域', en: 'Target sector', section: 'record' },
  { tag: 'TradeItemTradeChannelCode', zh: '发布渠道', en: 'Trade channel', section: 'record' },
  { tag: 'TargetMarket.TargetMarketCountryCode', zh: '目标市场', en: 'Target market', section: 'record' },
  { tag: 'TradeItemUnitDescriptorCode', zh: '单元层级', en: 'Unit descriptor', section: 'packaging' },
  { tag: 'IsTradeItemABaseUnit', zh: '基本单元', en: 'Base unit', section: 'packaging' },
  { tag: 'IsTradeItemADespatchUnit', zh: '发货单元', en: 'Despatch unit', section: 'packaging' },
  { tag: 'IsTradeItemAnOrderableUnit', zh: '订货单元', en: 'Orderable unit', section: 'packaging' },
  ...group('InformationProviderOfTradeItem', 'record', [
    ['Gln', '信息提供方 GLN', 'GLN of the information provider'],
    ['PartyName', '信息提供方', 'Information provider'],
  ]),
  ...group('AdditionalTradeItemIdentification', 'identity', [
    ['', '货号、型号与其他编号', 'Part number, model and other identifications'],
    ['AdditionalTradeItemIdentificationTypeCode', '编号类型', 'Type of identification'],
    ['Value', '编号', 'Identification'],
  ]),
  ...group('ReferencedTradeItem', 'identity', [
    ['', '关联器械', 'Referenced items'],
    ['ReferencedTradeItemTypeCode', '关联类型', 'Type of reference'],
    ['Gtin', '关联标识', 'Referenced GTIN'],
  ]),
  ...group('GlobalModelInformation', 'identity', [
    ['', '基本 UDI-DI', 'Basic UDI-DI'],
    ['GlobalModelNumber', '基本 UDI-DI', 'Basic UDI-DI'],
    ...languages('GlobalModelDescription', '器械名称', 'Device name'),
  ]),
  ...group(TEXTS, 'product', [
    ...languages('TradeItemDescription', '商品名', 'Trade name'),
    ...languages('AdditionalTradeItemDescription', '产品描述', 'Additional product description'),
  ]),
  ...group('GdsnTradeItemClassification', 'class', [
    ['GpcSegmentCode', 'GPC 大类', 'GPC segment'],
    ['GpcFamilyCode', 'GPC 中类', 'GPC family'],
    ['GpcClassCode', 'GPC 小类', 'GPC class'],
    ['GpcCategoryCode', 'GPC 类目', 'GPC brick'],
    ['GpcCategoryName', 'GPC 类目名称', 'GPC brick name'],
    ['AdditionalTradeItemClassification', '风险分类与 EMDN', 'Risk class and EMDN'],
    [
      'AdditionalTradeItemClassification.AdditionalTradeItemClassificationSystemCode',
      '分类体系',
      'Classification system',
    ],
    [
      'AdditionalTradeItemClassification.AdditionalTradeItemClassificationValue.AdditionalTradeItemClassificationCodeValue',
      '分类代码',
      'Classification code',
    ],
    ['AdditionalTradeItemClassification.AdditionalTradeItemClassificationValue', '分类代码', 'Classification codes'],
  ]),
  ...group('RegulatedTradeItemModule.RegulatoryInformation', 'certificate', [
    ['', '适用法规', 'Regulation'],
    ['RegulatoryAct', '法规', 'Regulatory act'],
    ['RegulatoryAgency', '法规机构', 'Regulatory agency'],
  ]),
  ...group(CERTIFICATES, 'certificate', [
    ['', '证书', 'Certificates'],
    ['AdditionalCertificationOrganisationIdentifier', '公告机构编号', 'Notified body'],
    [
      'AdditionalCertificationOrganisationIdentifier.AdditionalPartyIdentificationTypeCode',
      '公告机构编号类型',
      'Type of notified body number',
    ],
    ['AdditionalCertificationOrganisationIdentifier.Value', '公告机构编号', 'Notified body number'],
    ['CertificationAgency', '公告机构', 'Notified body'],
    ['CertificationStandard', '证书类型', 'Certificate type'],
    ['Certification', '证书', 'Certificate'],
    ['Certification.CertificationValue', '证书编号', 'Certificate number'],
    ['Certification.CertificationIdentification', '证书版本', 'Certificate revision'],
    ['Certification.CertificationEffectiveStartDateTime', '证书起始日期', 'Valid from'],
    ['Certification.CertificationEffectiveEndDateTime', '证书截止日期', 'Valid to'],
  ]),
  ...group('TradeItemContactInformation', 'holder', [
    ['', '制造商与授权代表', 'Manufacturer and authorised representative'],
    ['ContactTypeCode', '角色', 'Role'],
    ['ContactName', '名称', 'Name'],
    ['AdditionalPartyIdentification', '登记编号', 'Registration number'],
    ['AdditionalPartyIdentification.AdditionalPartyIdentificationTypeCode', '编号类型', 'Type of number'],
    ['AdditionalPartyIdentification.Value', '唯一登记编号 SRN', 'Single registration number (SRN)'],
    ['StructuredAddress', '地址', 'Address'],
    ['StructuredAddress.StreetAddress', '街道', 'Street'],
    ['StructuredAddress.StreetNumber', '门牌', 'Number'],
    ['StructuredAddress.City', '城市', 'City'],
    ['StructuredAddress.PostalCode', '邮编', 'Postal code'],
    ['StructuredAddress.CountryCode', '国家', 'Country'],
    ['TargetMarketCommunicationChannel', '联系方式', 'Communication'],
    ['TargetMarketCommunicationChannel.CommunicationChannel', '联系方式', 'Communication channel'],
    ['TargetMarketCommunicationChannel.CommunicationChannel.CommunicationChannelCode', '方式', 'Channel'],
    ['TargetMarketCommunicationChannel.CommunicationChannel.CommunicationValue', '号码或地址', 'Value'],
  ]),
  ...group(DEVICE, 'use', [
    ['EUMedicalDeviceStatusCode', '上市状态', 'Market status', 'record'],
    ['UdidDeviceCount', '最小包装内器械数量', 'Devices in the base unit', 'packaging'],
    ['DirectPartMarkingIdentifier', '本体直接标识', 'Direct marking', 'identity'],
    ['DirectPartMarkingIdentifier.IdentificationSchemeAgencyCode', '发码机构', 'Issuing agency', 'identity'],
    ['DirectPartMarkingIdentifier.Value', '本体直接标识', 'Direct marking DI', 'identity'],
    ['UDIProductionIdentifierTypeCode', '生产标识内容', 'Production identifiers', 'production'],
    ['MultiComponentDeviceTypeCode', '器械类型', 'Device type', 'product'],
    ['SpecialDeviceTypeCode', '特殊器械类型', 'Special device type', 'product'],
    ['SystemOrProcedurePackTypeCode', '系统或手术包类型', 'System or procedure pack type', 'product'],
    ...languages('SystemOrProcedurePackMedicalPurposeDescription', '系统或手术包用途', 'Medical purpose of the pack'),
    ['IsTradeItemImplantable', '植入', 'Implantable'],
    ['IsDeviceExemptFromImplantObligations', '豁免植入卡义务', 'Exempt from implant obligations'],
    ['HasDeviceMeasuringFunction', '测量功能', 'Measuring function'],
    ['IsActiveDevice', '有源器械', 'Active device'],
    ['IsDeviceIntendedToAdministerOrRemoveMedicinalProduct', '用于输注或清除药物', 'Administers or removes medicines'],
    ['IsDeviceMedicinalProduct', '含药', 'Contains a medicinal product'],
    ['IsReprocessedSingleUseDevice', '再处理的一次性器械', 'Reprocessed single-use device'],
    ['IsReusableSurgicalInstrument', '可重复使用手术器械', 'Reusable surgical instrument'],
    ['IsNewDevice', '新器械', 'New device'],
    ['IsDeviceReagent', '试剂', 'Reagent'],
    ['IsDeviceInstrument', '仪器', 'Instrument'],
    ['IsDeviceCompanionDiagnostic', '伴随诊断', 'Companion diagnostic'],
    ['IsDevicePatientSelfTesting', '自测', 'Self-testing'],
    ['IsDeviceNearPatientTesting', '床旁检测', 'Near-patient testing'],
    ['IsDeviceDesignedForProfessionalTesting', '专业检测', 'Professional testing'],
    [
      'HealthcareTradeItemReusabilityInformation.ManufacturerDeclaredReusabilityTypeCode',
      '重复使用',
      'Reusability declared by the manufacturer',
    ],
    ['HealthcareTradeItemReusabilityInformation.MaximumCyclesReusable', '最大重复使用次数', 'Maximum number of reuses'],
    [
      'TradeItemSterilityInformation.InitialManufacturerSterilisationCode',
      '出厂灭菌',
      'Sterilised by the manufacturer',
    ],
    ['TradeItemSterilityInformation.InitialSterilisationPriorToUseCode', '使用前灭菌', 'Sterilisation before use'],
  ]),
  ...group(CARE, 'use', [
    ['DoesTradeItemContainLatex', '含乳胶', 'Contains latex'],
    ['DoesTradeItemContainAnimalTissue', '含动物组织', 'Contains animal tissue'],
    ['DoesTradeItemContainHumanTissue', '含人体组织', 'Contains human tissue'],
    ['DoesTradeItemContainHumanBloodDerivative', '含人血衍生物', 'Contains human blood derivative'],
    ['DoesTradeItemContainMicrobialSubstance', '含微生物来源物质', 'Contains microbial substances'],
    ['ClinicalStorageHandlingInformation', '储存与操作条件', 'Storage and handling', 'storage'],
    ['ClinicalStorageHandlingInformation.ClinicalStorageHandlingTypeCode', '条件代码', 'Condition', 'storage'],
    ...languages('ClinicalStorageHandlingInformation.ClinicalStorageHandlingDescription', '条件说明', 'Description'),
    ['ClinicalWarning', '警告与禁忌', 'Critical warnings'],
    ['ClinicalWarning.ClinicalWarningAgencyCode', '警告代码体系', 'Warning code list'],
    ['ClinicalWarning.ClinicalWarningCode', '警告代码', 'Warning code'],
    ...languages('ClinicalWarning.WarningsOrContraIndicationDescription', '警告说明', 'Description of the warning'),
    ['ClinicalSize', '临床尺寸', 'Clinical sizes'],
    ['ClinicalSize.ClinicalSizeTypeCode', '尺寸类型', 'Size type'],
    ['ClinicalSize.ClinicalSizeMeasurementPrecisionCode', '数值形式', 'Precision'],
    ['ClinicalSize.ClinicalSizeValue', '数值', 'Value'],
    ['ClinicalSize.ClinicalSizeValue.Value', '数值', 'Value'],
    ['ClinicalSize.ClinicalSizeValue.MeasurementUnitCode', '单位', 'Unit'],
    ['ClinicalSize.ClinicalSizeValueMaximum', '最大值', 'Maximum'],
    ['ClinicalSize.ClinicalSizeValueMaximum.Value', '最大值', 'Maximum'],
    ['ClinicalSize.ClinicalSizeValueMaximum.MeasurementUnitCode', '最大值单位', 'Unit of the maximum'],
    ['ClinicalSize.ClinicalSizeValueText', '尺寸文本', 'Text'],
    ...languages('ClinicalSize.ClinicalSizeDescription', '尺寸说明', 'Description of the size'),
  ]),
  ...group(CHEMICALS, 'use', [
    ['', '受管制化学物质', 'Regulated chemicals'],
    ['ChemicalRegulationAgency', '化学品机构', 'Agency'],
    ['ChemicalRegulation', '化学品法规', 'Regulation'],
    ['ChemicalRegulation.ChemicalRegulationName', '化学品目录', 'Regulation name'],
  ]),
  ...group(CHEMICAL, 'use', [
    ['', '物质', 'Substances'],
    ['RegulatedChemicalTypeCode', '物质类型', 'Type of substance'],
    ['CarcinogenicMutagenicReprotoxicTypeCode', 'CMR 类别', 'CMR category'],
    ['RegulatedChemicalIdentifierCodeReference.CodeListAgencyName', '物质编号体系', 'Code list'],
    ['RegulatedChemicalIdentifierCodeReference.Value', '物质编号', 'Substance number'],
    ...languages('RegulatedChemicalDescription', '物质名称', 'Name of the substance'),
  ]),
  ...group(SALES, 'record', [
    ['', '上市国家', 'Markets'],
    ['TargetMarketConsumerSalesConditionCode', '上市类型', 'Kind of availability'],
    ['SalesConditionTargetMarketCountry', '国家', 'Countries'],
    ['SalesConditionTargetMarketCountry.CountryCode', '国家代码（ISO 3166 数字）', 'Country (ISO 3166 numeric)'],
    ['SalesConditionTargetMarketCountry.StartAvailabilityDateTime', '上市日期', 'Available from'],
    ['SalesConditionTargetMarketCountry.EndAvailabilityDateTime', '停止上市日期', 'Available to'],
  ]),
  ...group('ReferencedFileDetailInformationModule.ReferencedFileHeader', 'use', [
    ['', '电子资料', 'Electronic documents'],
    ['ReferencedFileTypeCode', '资料类型', 'Type of document'],
    ['UniformResourceIdentifier', '网址', 'Address'],
    ['IsPrimaryFile', '主要资料', 'Primary document'],
  ]),
  ...group('NextLowerLevelTradeItemInformation', 'packaging', [
    ['QuantityOfChildren', '下级种类数', 'Kinds of lower items'],
    ['TotalQuantityOfNextLowerLevelTradeItem', '下级总数', 'Total of lower items'],
    ['ChildTradeItem', '下级', 'Lower items'],
    ['ChildTradeItem.Gtin', '下级标识', 'GTIN of the lower item'],
    ['ChildTradeItem.QuantityOfNextLowerLevelTradeItem', '下级数量', 'Quantity'],
  ]),
  ...group('TradeItemInformation', 'packaging', [['', '使用单元', 'Unit of use']]),
  ...group(PARTS, 'packaging', [
    ['TotalNumberOfComponents', '组成种类数', 'Number of components'],
    ['NumberOfPiecesInSet', '件数', 'Pieces'],
    ['ComponentInformation', '组成', 'Components'],
    ['ComponentInformation.ComponentNumber', '序号', 'Number'],
    ['ComponentInformation.ComponentQuantity', '数量', 'Quantity'],
    ['ComponentInformation.ComponentIdentification.IdentificationSchemeAgencyCode', '发码机构', 'Issuing agency'],
    ['ComponentInformation.ComponentIdentification.Value', '使用单元标识', 'Unit of use DI'],
  ]),
  ...group('TradeItemSynchronisationDates', 'record', [
    ['LastChangeDateTime', '最后更改', 'Last change'],
    ['EffectiveDateTime', '生效', 'Effective'],
    ['PublicationDateTime', '发布', 'Publication'],
    ['DiscontinuedDateTime', '停止', 'Discontinued'],
  ]),
];

export const EUDAMED_TAGS: ReadonlySet<string> = new Set(EUDAMED_FIELDS.map((field) => field.tag));
