const flag: ReadonlySet<string> = new Set(['true', 'false']);
const distribution: ReadonlySet<string> = new Set(['In Commercial Distribution', 'Not in Commercial Distribution']);

/**
 * Closed lists of values by path (list entries without their own tag name). Sources: the data set itself and
 * the possible values that openFDA publishes for the device UDI endpoint (schema deviceudi, CC0).
 * Units and types of sizes are lists that FDA extends; they are left open.
 */
export const KNOWN_VALUES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['publicVersionStatus', new Set(['New', 'Update', 'No Change'])],
  ['deviceRecordStatus', new Set(['Published', 'Unpublished', 'Deactivated'])],
  ['deviceCommDistributionStatus', distribution],
  [
    'identifiers.deviceIdType',
    new Set(['Primary', 'Package', 'Secondary', 'Unit of Use', 'Direct Marking', 'Previous']),
  ],
  ['identifiers.deviceIdIssuingAgency', new Set(['GS1', 'HIBCC', 'ICCBBA', 'NDC/NHRIC'])],
  ['identifiers.pkgStatus', distribution],
  [
    'MRISafetyStatus',
    new Set(['MR Safe', 'MR Unsafe', 'MR Conditional', 'Labeling does not contain MRI Safety Information']),
  ],
  ['gmdnTerms.gmdnCodeStatus', new Set(['Active', 'Obsolete'])],
  ...[
    'DMExempt',
    'premarketExempt',
    'deviceHCTP',
    'deviceKit',
    'deviceCombinationProduct',
    'singleUse',
    'lotBatch',
    'serialNumber',
    'manufacturingDate',
    'expirationDate',
    'donationIdNumber',
    'labeledContainsNRL',
    'labeledNoNRL',
    'rx',
    'otc',
    'gmdnTerms.implantable',
    'deviceSterile',
    'sterilizationPriorToUse',
  ].map((path): [string, ReadonlySet<string>] => [path, flag]),
]);
