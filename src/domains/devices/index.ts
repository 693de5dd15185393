/** The door of the devices domain: the shape in which sources report devices, and what an import needs to store them. */
export { CopyBytes } from './copy-bytes.ts';
export { diKey } from './di-key.ts';
export type { PublishedVersion } from './dossier-row.ts';
export { findPublished } from './dossier-store.pg.ts';
export type { ProductDerived, ProductFields } from './product.ts';
export { PRODUCT_COLUMNS } from './product.ts';
export type { SourceCatalogue } from './published-source.ts';
export { publishedValues } from './published-values.ts';
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
export { liveVersion, newestFirst, versionOrder } from './version-order.ts';
