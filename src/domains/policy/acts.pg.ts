import type { Queryable } from '../../platform/postgres/connections.ts';
import type { ProjectedAct } from './linking/acts.ts';

/** NUL and halves of characters cannot be kept; they come from damaged texts only. */
const json = (rows: readonly unknown[]): string => JSON.stringify(rows).replaceAll('\\u0000', '');

/**
 * Writes the acts of a document with what they cite, in place of those of its version before. Acts that stay keep the
 * citations that point at them; links of the new citations are made by `linkDocuments`.
 */
export async function insertActs(
  tx: Queryable,
  documentId: string,
  versionId: string,
  acts: readonly ProjectedAct[],
): Promise<void> {
  await tx.unsafe('delete from policy_act where document_id = $1::uuid and ordinal >= $2', [documentId, acts.length]);
  await tx.unsafe('delete from policy_cite where document_id = $1::uuid', [documentId]);
  await tx.unsafe('delete from policy_standard_cite where document_id = $1::uuid', [documentId]);
  if (acts.length === 0) return;
  await tx.unsafe(
    `insert into policy_act (document_id, version_id, ordinal, part_of, title, title_key, inner_key, kind, doc_type,
       is_policy, number, number_key, number_given, issuers, region, level, issued, published, effective, expiry, year,
       starts, linkable)
     select $1::uuid, $2::uuid, ordinal, "partOf", title, "titleKey", "innerKey", kind, "docType", "isPolicy", number,
       "numberKey", "numberGiven", issuers, region, level, issued, published, effective, expiry, year, starts, linkable
     from jsonb_to_recordset($3::text::jsonb) as a (ordinal integer, "partOf" integer, title text, "titleKey" text,
       "innerKey" text, kind text, "docType" text, "isPolicy" boolean, number text, "numberKey" text,
       "numberGiven" boolean, issuers text[], region text, level text, issued date, published date, effective date,
       expiry date, year integer, starts date, linkable boolean)
     on conflict (document_id, ordinal) do update set version_id = excluded.version_id, part_of = excluded.part_of,
       title = excluded.title, title_key = excluded.title_key, inner_key = excluded.inner_key, kind = excluded.kind,
       doc_type = excluded.doc_type, is_policy = excluded.is_policy, number = excluded.number,
       number_key = excluded.number_key, number_given = excluded.number_given, issuers = excluded.issuers,
       region = excluded.region, level = excluded.level, issued = excluded.issued, published = excluded.published,
       effective = excluded.effective, expiry = excluded.expiry, year = excluded.year, starts = excluded.starts,
       linkable = excluded.linkable`,
    [documentId, versionId, json(acts.map(({ cites: _cites, standards: _standards, ...act }) => act))],
  );
  const cites = acts.flatMap(({ ordinal, cites }) =>
    cites.map((cite, no) => ({ ...cite, ordinal, no, told: JSON.stringify(cite.told) })),
  );
  if (cites.length > 0)
    await tx.unsafe(
      `insert into policy_cite (document_id, ordinal, no, title, title_key, inner_key, number, number_key, issuer,
         relation, articles, mentions, start_at, end_at, quote, told)
       select $1::uuid, ordinal, no, title, "titleKey", "innerKey", number, "numberKey", issuer, relation, articles,
         mentions, start, "end", quote, told
       from jsonb_to_recordset($2::text::jsonb) as c (ordinal integer, no integer, title text, "titleKey" text,
         "innerKey" text, number text, "numberKey" text, issuer text, relation text, articles text[], mentions integer,
         start integer, "end" integer, quote text, told text)`,
      [documentId, json(cites)],
    );
  const standards = acts.flatMap(({ ordinal, standards }) => standards.map((standard) => ({ ...standard, ordinal })));
  if (standards.length > 0)
    await tx.unsafe(
      `insert into policy_standard_cite (document_id, ordinal, number_key, year, number, mentions, start_at, end_at)
       select $1::uuid, ordinal, key, coalesce(year, 0), number, mentions, start, "end"
       from jsonb_to_recordset($2::text::jsonb) as s (ordinal integer, key text, year integer, number text,
         mentions integer, start integer, "end" integer)`,
      [documentId, json(standards)],
    );
}
