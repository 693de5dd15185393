import { AGENCIES } from './source-record.ts';
import type { DeviceHit } from './types.ts';

/** Columns every read of devices selects, as PostgreSQL answers them. */
export interface DeviceRow {
  readonly version_id: string;
  readonly product_id: string;
  readonly shelf: number;
  readonly source: string;
  readonly record_key: string;
  readonly di_key: string;
  readonly di: string | null;
  readonly agency: number;
  readonly name: string | null;
  readonly brand: string | null;
  readonly model: string | null;
  readonly catalog_no: string | null;
  readonly holder_name: string | null;
  readonly holder_key: string | null;
  readonly certificates: string[];
  readonly class_code: string | null;
  readonly category: string | null;
  readonly risk_class: string | null;
  readonly withdrawn: string | null;
  readonly published_on: string | null;
  readonly version_no: number;
  readonly valid_from: string;
}

/** Shelf of demonstration data. */
export const DEMO_SHELF = 9;

/** SQL of the columns above, for `v` device_version and `p` product. */
export function deviceColumns(withdrawn: string): string {
  return `v.id::text as version_id, v.product_id::text as product_id, v.shelf, p.source, v.record_key, v.di_key, v.di,
    v.agency, p.name, p.brand, v.model, v.catalog_no, p.holder_name, p.holder_key, p.certificates, p.class_code,
    p.category, p.risk_class, ${withdrawn} as withdrawn, v.published_on, v.version_no, v.valid_from`;
}

/** The row as lists show it. */
export function toHit(row: DeviceRow): DeviceHit {
  return {
    source: row.source,
    recordKey: row.record_key,
    di: row.di ?? (row.di_key === '' ? null : row.di_key),
    agency: AGENCIES[row.agency] ?? '',
    name: row.name,
    brand: row.brand,
    model: row.model,
    catalogNo: row.catalog_no,
    holder: row.holder_name,
    holderKey: row.holder_key,
    certificates: row.certificates,
    classCode: row.class_code,
    category: row.category,
    riskClass: row.risk_class,
    status: row.withdrawn === null ? 'valid' : 'withdrawn',
    withdrawnOn: row.withdrawn,
    publishedOn: row.published_on,
    versionNo: row.version_no,
    validFrom: row.valid_from,
    demo: row.shelf === DEMO_SHELF,
  };
}
