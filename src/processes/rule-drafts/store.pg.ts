import type { Queryable } from '../../platform/postgres/connections.ts';

/** A value proposed for the overlay, and what was decided about it. */
export interface RuleDraft {
  readonly id: string;
  readonly documentId: string;
  readonly versionId: string;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly sentence: string;
  readonly parameter: string;
  readonly title: string | null;
  readonly unit: string;
  readonly value: number | string;
  readonly from: string;
  readonly until: string | null;
  readonly article: string | null;
  readonly note: string | null;
  readonly actor: string;
  readonly recordedAt: string;
  readonly policy: string;
  readonly decision: {
    readonly accepted: boolean;
    readonly why: string;
    readonly edition: string | null;
    readonly actor: string;
    readonly at: string;
  } | null;
}

const COLUMNS = `d.id, d.no::text as no, d.document_id as "documentId", d.version_id as "versionId", d.ordinal,
  d.start_at as start, d.end_at as "end", d.sentence, d.parameter, d.title, d.unit, d.value, d.valid_from as "from",
  d.valid_until as until, d.article, d.note, d.actor, d.recorded_at as "recordedAt",
  coalesce((select title from policy_index i where i.document_id = d.document_id), '') as policy,
  (select jsonb_build_object('accepted', x.accepted, 'why', x.why, 'edition', x.edition, 'actor', x.actor,
    'at', x.recorded_at) from rule_draft_decision x where x.draft_id = d.id) as decision`;

export interface NewDraft {
  readonly documentId: string;
  readonly versionId: string;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly sentence: string;
  readonly parameter: string;
  readonly title: string | null;
  readonly unit: string;
  readonly value: number | string;
  readonly from: string;
  readonly until: string | null;
  readonly article: string | null;
  readonly note: string | null;
  readonly actor: string;
}

export async function insertDraft(tx: Queryable, draft: NewDraft): Promise<string> {
  const [row] = await tx.unsafe<{ id: string }[]>(
    `insert into rule_draft (document_id, version_id, ordinal, start_at, end_at, sentence, parameter, title, unit, value,
       valid_from, valid_until, article, note, actor)
     values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11::date, $12::date, $13, $14, $15)
     returning id`,
    [
      draft.documentId,
      draft.versionId,
      draft.ordinal,
      draft.start,
      draft.end,
      draft.sentence,
      draft.parameter,
      draft.title,
      draft.unit,
      JSON.stringify(draft.value),
      draft.from,
      draft.until,
      draft.article,
      draft.note,
      draft.actor,
    ],
  );
  return (row as { id: string }).id;
}

/** Drafts, the newest first; open ones only, or those of one document. */
export async function listDrafts(
  sql: Queryable,
  filter: {
    readonly open: boolean | null;
    readonly documentId: string | null;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<(RuleDraft & { readonly no: string })[]> {
  return sql.unsafe<(RuleDraft & { readonly no: string })[]>(
    `select ${COLUMNS} from rule_draft d
     where ($1::boolean is null or $1 = not exists (select from rule_draft_decision x where x.draft_id = d.id))
       and ($2::uuid is null or d.document_id = $2::uuid) and ($3::bigint is null or d.no < $3::bigint)
     order by d.no desc limit $4`,
    [filter.open, filter.documentId, filter.before, filter.limit],
  );
}

export async function countDrafts(sql: Queryable, open: boolean | null, documentId: string | null): Promise<number> {
  const [row] = await sql.unsafe<{ n: number }[]>(
    `select count(*)::int as n from rule_draft d
     where ($1::boolean is null or $1 = not exists (select from rule_draft_decision x where x.draft_id = d.id))
       and ($2::uuid is null or d.document_id = $2::uuid)`,
    [open, documentId],
  );
  return row?.n ?? 0;
}

export async function findDraft(sql: Queryable, id: string): Promise<RuleDraft | undefined> {
  const [row] = await sql.unsafe<RuleDraft[]>(`select ${COLUMNS} from rule_draft d where d.id = $1::uuid`, [id]);
  return row;
}

/** Those who decide about drafts follow one another, so that a draft is decided once and files are written by one. */
export async function lockDrafts(tx: Queryable): Promise<void> {
  await tx.unsafe('select pg_advisory_xact_lock($1)', [7_139_234_118]);
}

export async function insertDecision(
  tx: Queryable,
  decision: { draftId: string; accepted: boolean; why: string; edition: string | null; actor: string },
): Promise<void> {
  await tx.unsafe(
    'insert into rule_draft_decision (draft_id, accepted, why, edition, actor) values ($1::uuid, $2, $3, $4, $5)',
    [decision.draftId, decision.accepted, decision.why, decision.edition, decision.actor],
  );
}
