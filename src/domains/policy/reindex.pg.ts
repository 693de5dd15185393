import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { type ActsOf, insertActs } from './acts.pg.ts';
import { correctedTitles, projectActs } from './linking/acts.ts';
import { linkDocuments } from './links.pg.ts';
import { EXTRACTION } from './parse.ts';
import { keepDoubts, withCorrections } from './review/store.pg.ts';
import { readDocument, type SourceDocument } from './search/read-document.ts';
import { keepReading, listedFacts, lockLibrary, readingOf } from './taking.pg.ts';

/** A document whose reading is to be made anew. */
interface DueDocument extends SourceDocument {
  readonly id: string;
  readonly versionId: string;
}

const LATEST = `from policy_document d
  cross join lateral (select * from policy_version v where v.document_id = d.id order by no desc limit 1) v
  left join policy_reading r on r.version_id = v.id`;
const DUE = `($1 or r.edition is distinct from ${EXTRACTION})`;

/** Documents read by another edition of the rules, or not at all; `all` counts every one. */
export async function countDue(sql: Queryable, all: boolean): Promise<number> {
  const [row] = await sql.unsafe<{ n: number }[]>(`select count(*)::integer as n ${LATEST} where ${DUE}`, [all]);
  return row?.n ?? 0;
}

/**
 * Reads the next documents anew, after `after`, and makes their acts, citations and links again. What happened to acts is
 * history: nothing is told of links that only another reading found. Answers the last one done, null at the end.
 */
export async function reindexSome(
  sql: Sql,
  options: { readonly all: boolean; readonly after: string | null; readonly limit: number },
): Promise<{ readonly last: string; readonly count: number } | null> {
  const due = await sql.unsafe<DueDocument[]>(
    `select d.id, d.key, v.id as "versionId", v.title, v.other_title as "otherTitle", v.number, v.url, v.language, v.text
     ${LATEST} where ${DUE} and ($2::uuid is null or d.id > $2::uuid) order by d.id limit $3`,
    [options.all, options.after, options.limit],
  );
  const last = due.at(-1);
  if (!last) return null;
  // what takes time is done before others have to wait
  const read = due.map((document) => ({ document, read: readDocument(document), reading: readingOf(document) }));
  await sql.begin(async (tx) => {
    await lockLibrary(tx);
    const written: ActsOf[] = [];
    for (const { document, read: entry, reading } of read) {
      const { id, versionId } = document;
      // another version may have come meanwhile; it was read as it came
      const [newest] = await tx.unsafe<{ id: string }[]>(
        'select id from policy_version where document_id = $1::uuid order by no desc limit 1',
        [id],
      );
      if (newest?.id !== versionId) continue;
      await keepReading(tx, versionId, reading);
      const { reading: corrected } = await withCorrections(tx, id, reading, document.text);
      const acts = projectActs(document, entry, corrected, correctedTitles(reading, corrected));
      await keepDoubts(tx, id, corrected);
      const facts = listedFacts(acts);
      await tx.unsafe(
        `update policy_index set kind = $2, issuers = $3::text[], year = $4, dated = $5::date
         where document_id = $1::uuid`,
        [id, facts.kind, facts.issuers as string[], facts.year, facts.dated],
      );
      written.push({ document: id, version: versionId, acts });
    }
    const ids = written.map(({ document }) => document);
    await insertActs(tx, written, new Set(ids));
    await linkDocuments(tx, ids);
  });
  return { last: last.id, count: due.length };
}
