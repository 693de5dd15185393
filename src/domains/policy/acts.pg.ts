import type { Queryable } from '../../platform/postgres/connections.ts';
import type { ProjectedAct } from './linking/acts.ts';

/** Rows for `jsonb_to_recordset`: one statement writes them all. */
const json = (rows: readonly unknown[]): string => JSON.stringify(rows);

/** The acts of one version of a document. */
export interface ActsOf {
  readonly document: string;
  readonly version: string;
  readonly acts: readonly ProjectedAct[];
}

/**
 * Writes the acts of documents with what they cite, in place of those before. Acts that stay keep the citations that
 * point at them; links of the new citations are made by `linkDocuments`. `known` are documents that had acts.
 */
export async function insertActs(
  tx: Queryable,
  documents: readonly ActsOf[],
  known: ReadonlySet<string>,
): Promise<void> {
  const before = documents.filter(({ document }) => known.has(document));
  if (before.length > 0) {
    const ids = before.map(({ document }) => document);
    await tx.unsafe(
      `delete from policy_act a using unnest($1::uuid[], $2::integer[]) as d (id, acts)
       where a.document_id = d.id and a.ordinal >= d.acts`,
      [ids, before.map(({ acts }) => acts.length)],
    );
    await tx.unsafe('delete from policy_cite where document_id = any($1::uuid[])', [ids]);
    await tx.unsafe('delete from policy_standard_cite where document_id = any($1::uuid[])', [ids]);
  }
  const acts = documents.flatMap(({ document, version, acts }) => acts.map((act) => ({ ...act, document, version })));
  if (acts.length === 0) return;
  await tx.unsafe(
    `insert into policy_act (document_id, version_id, ordinal, part_of, title, title_key, inner_key, kind, doc_type,
       is_policy, number, number_key, numbers, issuers, region, level, issued, published, effective, expiry, year,
       seen, starts, linkable)
     select document, version, ordinal, "partOf", title, "titleKey", "innerKey", kind, "docType", "isPolicy", number,
       "numberKey", numbers, issuers, region, level, issued, published, effective, expiry, year, seen, starts, linkable
     from jsonb_to_recordset($1::text::jsonb) as a (document uuid, version uuid, ordinal integer, "partOf" integer,
       title text, "titleKey" text, "innerKey" text, kind text, "docType" text, "isPolicy" boolean, number text, "numberKey" text,
       numbers text, issuers text[], region text, level text, issued date, published date, effective date,
       expiry date, year integer, seen integer, starts date, linkable boolean)
     on conflict (document_id, ordinal) do update set version_id = excluded.version_id, part_of = excluded.part_of,
       title = excluded.title, title_key = excluded.title_key, inner_key = excluded.inner_key, kind = excluded.kind,
       doc_type = excluded.doc_type, is_policy = excluded.is_policy, number = excluded.number,
       number_key = excluded.number_key, numbers = excluded.numbers, issuers = excluded.issuers,
       region = excluded.region, level = excluded.level, issued = excluded.issued, published = excluded.published,
       effective = excluded.effective, expiry = excluded.expiry, year = excluded.year, seen = excluded.seen,
       starts = excluded.starts, linkable = excluded.linkable`,
    [
      json(
        acts.map(({ cites: _cites, standards: _standards, numbers, ...act }) => ({
          ...act,
          numbers: JSON.stringify(numbers),
        })),
      ),
    ],
  );
  const cites = acts.flatMap(({ document, ordinal, cites }) =>
    cites.map((cite, no) => ({ ...cite, document, ordinal, no, told: JSON.stringify(cite.told) })),
  );
  if (cites.length > 0)
    await tx.unsafe(
      `insert into policy_cite (document_id, ordinal, no, title, title_key, inner_key, number, number_key, issuer,
         relation, articles, mentions, start_at, end_at, quote, told)
       select document, ordinal, no, title, "titleKey", "innerKey", number, "numberKey", issuer, relation, articles,
         mentions, start, "end", quote, told
       from jsonb_to_recordset($1::text::jsonb) as c (document uuid, ordinal integer, no integer, title text,
         "titleKey" text, "innerKey" text, number text, "numberKey" text, issuer text, relation text, articles text[], mentions integer,
         start integer, "end" integer, quote text, told text)`,
      [json(cites)],
    );
  const standards = acts.flatMap(({ document, ordinal, standards }) =>
    standards.map((standard) => ({ ...standard, document, ordinal })),
  );
  if (standards.length > 0)
    await tx.unsafe(
      `insert into policy_standard_cite (document_id, ordinal, number_key, year, number, mentions, start_at, end_at)
       select document, ordinal, key, coalesce(year, 0), number, mentions, start, "end"
       from jsonb_to_recordset($1::text::jsonb) as s (document uuid, ordinal integer, key text, year integer, number text,
         mentions integer, start integer, "end" integer)`,
      [json(standards)],
    );
}
