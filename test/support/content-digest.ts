import type { Sql } from '../../src/platform/postgres/connections.ts';

/**
 * Hashes of what a shelf holds, table by table, without surrogate keys and record times: two stores that took in the
 * same releases in the same order agree, however often the work was interrupted.
 */
export async function contentDigest(sql: Sql, shelf: number): Promise<Record<string, string>> {
  const release = `(SELECT i.release_id FROM import i WHERE i.id = x.import_id)`;
  const queries: Record<string, string> = {
    device_version: `SELECT ${release}, product_id, position_at, position_length, part_no, record_no, version_at, correction_at, version_no,
      correction_no, released_on, valid_from, published_on, withdrawn_on, agency, alone, content_hash, record_key, di_key, di, model,
      catalog_no, payload FROM device_version x WHERE shelf = ${shelf}`,
    device_identifier: `SELECT v.record_key, v.content_hash, v.part_no, v.record_no, x.quantity, x.level, x.agency, x.ordinal, x.di_key, x.di, x.contains_key,
      x.pack_level, x.status, x.discontinued_on
      FROM device_identifier x LEFT JOIN device_version v ON v.id = x.version_id AND v.shelf = x.shelf WHERE x.shelf = ${shelf}`,
    product: `SELECT x.* FROM product x WHERE shelf = ${shelf}`,
    presence: `SELECT ${release}, record_key, on_date, present FROM device_presence x WHERE shelf = ${shelf}`,
    problems: `SELECT ${release}, part_no, position_at, record_no, severity, code, record_key, field, value, reason
      FROM quality_problem x WHERE shelf = ${shelf}`,
    tallies: `SELECT product_id, devices FROM product_tally WHERE shelf = ${shelf}`,
    terms: `SELECT kind, term, pinyin, initials FROM search_term WHERE shelf = ${shelf}`,
    sightings: `SELECT i.release_id, v.record_key, v.content_hash FROM import_sighting g JOIN import i ON i.id = g.import_id
      CROSS JOIN LATERAL unnest(g.versions) r JOIN device_version v ON v.id >= lower(r) AND v.id < upper(r) WHERE g.shelf = ${shelf}`,
    imports: `SELECT release_id, source, mode, released_on, content_hash, state, complete, counts - 'prepared' AS counts, fill FROM import
      WHERE shelf = ${shelf} AND state IN ('published', 'revoked')`,
    parts: `SELECT i.release_id, p.part_no, p.path, p.header_count, p.read, p.rejected, p.identifiers, p.problems, p.fill, p.done, p.failure
      FROM import_part p JOIN import i ON i.id = p.import_id WHERE i.shelf = ${shelf} AND i.state IN ('published', 'revoked')`,
  };
  const digests: Record<string, string> = {};
  for (const [name, query] of Object.entries(queries)) {
    // a sum over the hashes of the rows: no order is needed, and a row too many or twice changes it
    const [row] = await sql.unsafe<{ rows: number; hash: string }[]>(
      `SELECT count(*) AS rows, coalesce(sum(('x' || left(md5(line), 15))::bit(60)::bigint), 0)::text AS hash
       FROM (SELECT row(q.*)::text AS line FROM (${query}) q) lines`,
    );
    digests[name] = `${row?.rows} rows ${row?.hash}`;
  }
  return digests;
}
