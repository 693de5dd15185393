import type { Queryable } from '../../platform/postgres/connections.ts';
import type { CertificateRow } from './types.ts';

const COLUMNS = `c.id::text, c.import_id, i.release_id, i.release_name, i.source as release_source,
  i.released_on as release_day, i.published_at as recorded_at, f.name as file, f.sha256, part.path as part, c.part_no,
  c.position_at, c.position_length, c.record_no, c.record_key, c.certificate_no, c.number, c.family, c.valid_from,
  c.holder_name, c.holder_code, c.holder_key, c.holder_address, c.production_address, c.agent_name, c.agent_address,
  c.product_name, c.model, c.components, c.scope, c.approved_on, c.valid_until, c.status_text, c.origin, c.payload`;
const FROM = `certificate_version c join import i on i.id = c.import_id
  left join import_part part on part.import_id = c.import_id and part.part_no = c.part_no
  left join import_file f on f.import_id = part.import_id and f.file_no = part.file_no`;

const visibleText = (visible: readonly number[]): string => `{${visible.join(',')}}`;

/** All known rows of the families of the given numbers: the numbers themselves and what they were renewed as. */
export async function rowsOfFamilies(
  sql: Queryable,
  visible: readonly number[],
  families: readonly string[],
): Promise<CertificateRow[]> {
  if (families.length === 0) return [];
  return sql.unsafe<CertificateRow[]>(
    `select ${COLUMNS} from ${FROM} where c.family = any($1::text[]) and c.import_id = any($2::int[])
     order by c.valid_from desc, c.id desc limit 5000`,
    [families as string[], visibleText(visible)],
    { prepare: true },
  );
}

/** All known rows of a holder. */
export async function rowsOfHolder(
  sql: Queryable,
  visible: readonly number[],
  holderKey: string,
): Promise<CertificateRow[]> {
  return sql.unsafe<CertificateRow[]>(
    `select ${COLUMNS} from ${FROM} where c.holder_key = $1 and c.import_id = any($2::int[])
     order by c.valid_from desc, c.id desc limit 5000`,
    [holderKey, visibleText(visible)],
    { prepare: true },
  );
}
