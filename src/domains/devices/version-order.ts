/**
 * Which version of a record is newer: version number, correction number, their times, then the day of the release, the
 * import and the place in it. All are content or fixed at reading, so the order is the same however the import ran.
 */
const ORDER = [
  'version_no',
  'correction_no',
  'version_at',
  'correction_at',
  'released_on',
  'import_id',
  'part_no',
  'record_no',
] as const;

/** The order of a version as an SQL row, for comparison with another. */
export function versionOrder(alias: string): string {
  return `(${ORDER.map((column) => `${alias}.${column}`).join(', ')})`;
}

/** `ORDER BY` newest first. */
export function newestFirst(alias: string): string {
  return ORDER.map((column) => `${alias}.${column} DESC`).join(', ');
}

/**
 * SQL that is true for the one version of each record that holds on `asOf`, as known through the `visible` imports.
 * `visible` and `asOf` are SQL expressions (parameters). The only form in which versions are read.
 */
export function liveVersion(alias: string, visible: string, asOf: string): string {
  return `(${alias}.import_id = ANY(${visible}) AND ${alias}.valid_from <= ${asOf} AND (${alias}.alone OR NOT EXISTS (
    SELECT 1 FROM device_version newer
    WHERE newer.shelf = ${alias}.shelf AND newer.record_key = ${alias}.record_key AND newer.import_id = ANY(${visible})
      AND newer.valid_from <= ${asOf} AND ${versionOrder('newer')} > ${versionOrder(alias)})))`;
}
