const DEVICE = 'MedicalDeviceTradeItemModule.MedicalDeviceInformation';
const CARE = 'HealthcareItemInformationModule.HealthcareItemInformation';
const CLASSES = /^(EU_CLASS_(I|IIA|IIB|III|A|B|C|D)|AIMDD|IVDD_(GENERAL|ANNEX_II_LIST_[AB]|DEVICES_SELF_TESTING))$/;
const truth = /^(true|false)$/i;

/**
 * Closed lists of values and shapes of codes by path, as met in the data and as the regulations name them (regulations:
 * MDR, IVDR and the directives before them; roles: Annex VI of MDR). Storage and warning codes are lists that EUDAMED
 * extends, so only their shape is checked; types and units of sizes are left open.
 */
const VALUES: Readonly<Record<string, RegExp>> = {
  TradeItemUnitDescriptorCode: /^(BASE_UNIT_OR_EACH|PACK_OR_INNER_PACK|CASE|PALLET)$/,
  IsBrandBankPublication: truth,
  IsTradeItemABaseUnit: truth,
  IsTradeItemADespatchUnit: truth,
  IsTradeItemAnOrderableUnit: truth,
  TargetSector: /^(UDI_REGISTRY|HEALTHCARE)$/,
  TradeItemTradeChannelCode: /^UDI_REGISTRY$/,
  'AdditionalTradeItemIdentification.AdditionalTradeItemIdentificationTypeCode':
    /^(MANUFACTURER_PART_NUMBER|MODEL_NUMBER|IFA|HIBC|HIBCC|ICCBBA)$/,
  'ReferencedTradeItem.ReferencedTradeItemTypeCode': /^(REPLACED_BY|REPLACED)$/,
  'RegulatedTradeItemModule.RegulatoryInformation.RegulatoryAct': /^(MDR|IVDR|MDD|AIMDD|IVDD)$/,
  'RegulatedTradeItemModule.RegulatoryInformation.RegulatoryAgency': /^EU$/,
  'GdsnTradeItemClassification.AdditionalTradeItemClassification.AdditionalTradeItemClassificationSystemCode':
    /^(76|85|88)$/,
  'TradeItemContactInformation.ContactTypeCode': /^(EMA|EAR|EPP|EPD)$/,
  'TradeItemContactInformation.AdditionalPartyIdentification.AdditionalPartyIdentificationTypeCode': /^SRN$/,
  'TradeItemContactInformation.AdditionalPartyIdentification.Value': /^[A-Z]{2}-(MF|AR|PR|IM)-\d{9}$/,
  'SalesInformationModule.SalesInformation.TargetMarketSalesConditions.TargetMarketConsumerSalesConditionCode':
    /^(ORIGINAL_PLACED|ADDITIONAL_MARKET_AVAILABILITY)$/,
  'SalesInformationModule.SalesInformation.TargetMarketSalesConditions.SalesConditionTargetMarketCountry.CountryCode':
    /^\d{3}$/,
  [`${DEVICE}.EUMedicalDeviceStatusCode`]: /^(ON_MARKET|NO_LONGER_PLACED_ON_MARKET|NOT_INTENDED_FOR_EU_MARKET)$/,
  [`${DEVICE}.UdidDeviceCount`]: /^\d+$/,
  [`${DEVICE}.DirectPartMarkingIdentifier.IdentificationSchemeAgencyCode`]: /^(GS1|HIBC|HIBCC|ICCBBA|IFA)$/,
  [`${DEVICE}.UDIProductionIdentifierTypeCode`]:
    /^(BATCH_NUMBER|SERIAL_NUMBER|MANUFACTURING_DATE|EXPIRATION_DATE|SOFTWARE_IDENTIFICATION)$/,
  [`${DEVICE}.MultiComponentDeviceTypeCode`]: /^(DEVICE|SYSTEM|PROCEDURE_PACK|KIT|SPP_PROCEDURE_PACK)$/,
  [`${DEVICE}.SpecialDeviceTypeCode`]: /^[A-Z_]+$/,
  [`${DEVICE}.SystemOrProcedurePackTypeCode`]: /^(DEVICE|SYSTEM|PROCEDURE_PACK)$/,
  [`${DEVICE}.HealthcareTradeItemReusabilityInformation.ManufacturerDeclaredReusabilityTypeCode`]:
    /^(SINGLE_USE|REUSABLE|LIMITED_REUSABLE)$/,
  [`${DEVICE}.TradeItemSterilityInformation.InitialManufacturerSterilisationCode`]: /^(NOT_STERILISED|UNSPECIFIED)$/,
  [`${DEVICE}.TradeItemSterilityInformation.InitialSterilisationPriorToUseCode`]:
    /^(NO_STERILISATION_REQUIRED|UNSPECIFIED)$/,
  [`${CARE}.ClinicalStorageHandlingInformation.ClinicalStorageHandlingTypeCode`]: /^SHC\d{2,3}$/,
  [`${CARE}.ClinicalWarning.ClinicalWarningAgencyCode`]: /^EUDAMED$/,
  [`${CARE}.ClinicalWarning.ClinicalWarningCode`]: /^CW\d{3}$/,
  [`${CARE}.ClinicalSize.ClinicalSizeMeasurementPrecisionCode`]: /^(VALUE|TEXT|RANGE)$/,
  'ReferencedFileDetailInformationModule.ReferencedFileHeader.ReferencedFileTypeCode': /^IFU$/,
  'TradeItemInformation.TradeItemComponents.ComponentInformation.ComponentIdentification.IdentificationSchemeAgencyCode':
    /^(GS1|HIBC|HIBCC|ICCBBA|IFA)$/,
};

for (const flag of [
  'IsTradeItemImplantable',
  'IsDeviceExemptFromImplantObligations',
  'HasDeviceMeasuringFunction',
  'IsActiveDevice',
  'IsDeviceIntendedToAdministerOrRemoveMedicinalProduct',
  'IsDeviceMedicinalProduct',
  'IsReprocessedSingleUseDevice',
  'IsReusableSurgicalInstrument',
  'IsNewDevice',
  'IsDeviceReagent',
  'IsDeviceInstrument',
  'IsDeviceCompanionDiagnostic',
  'IsDevicePatientSelfTesting',
  'IsDeviceNearPatientTesting',
  'IsDeviceDesignedForProfessionalTesting',
]) {
  Object.assign(VALUES, { [`${DEVICE}.${flag}`]: truth });
}

export const KNOWN_VALUES: ReadonlyMap<string, RegExp> = new Map(Object.entries(VALUES));

/** Risk classes of the regulations (system 76) and of the directives before (system 85). */
export const RISK_CLASS = CLASSES;
