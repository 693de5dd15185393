/** The door of the devices domain: the shape in which sources report devices, and what an import needs to store them. */
export { CopyBytes } from './copy-bytes.ts';
export { diKey } from './di-key.ts';
export type { ProductDerived, ProductFields } from './product.ts';
export { PRODUCT_COLUMNS } from './product.ts';
export { foldText } from './search-text.ts';
export type {
  Agency,
  DeviceSource,
  FieldLabel,
  PayloadValue,
  RecordPosition,
  RejectedRecord,
  SourceEvent,
  SourceIdentifier,
  SourceProblem,
  SourceRecord,
} from './source-record.ts';
export { AGENCIES } from './source-record.ts';
export type { StageTable } from './stage-rows.ts';
export { STAGE_COLUMNS, StageRows } from './stage-rows.ts';
export { liveVersion, versionOrder } from './version-order.ts';
