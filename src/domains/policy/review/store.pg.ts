import type { Queryable } from '../../../platform/postgres/connections.ts';
import type { PolicyReading } from '../types.ts';
import { applyCorrections, type CorrectedReading } from './apply-corrections.ts';
import type { Doubt } from './doubts.ts';
import { doubtsOf } from './doubts.ts';
import type { Anchor, Correction } from './types.ts';

/** A correction as it is kept and shown. */
export interface CorrectionRow {
  readonly id: string;
  readonly ordinal: number;
  readonly op: 'set' | 'add' | 'change' | 'remove' | 'reviewed';
  readonly element: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly quote: string | null;
  readonly lead: string | null;
  readonly trail: string | null;
  readonly before: unknown;
  readonly value: unknown;
  readonly note: string | null;
  readonly actor: string;
  readonly recordedAt: string;
  readonly withdrawnAt: string | null;
}

export interface NewCorrection {
  readonly documentId: string;
  readonly versionId: string;
  readonly ordinal: number;
  readonly op: CorrectionRow['op'] | 'withdraw';
  readonly element: string | null;
  readonly anchor: Anchor | null;
  readonly before: unknown;
  readonly value: unknown;
  readonly note: string | null;
  readonly withdraws: string | null;
  readonly actor: string;
}

export async function insertCorrection(tx: Queryable, row: NewCorrection): Promise<string> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const [made] = await tx.unsafe<{ id: string }[]>(
    `insert into policy_correction (document_id, version_id, ordinal, op, element, start_at, end_at, quote, lead, trail,
       before, value, note, withdraws, actor)
     values ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12::text::jsonb, $13, $14::uuid, $15)
     returning id`,
    [
      row.documentId,
      row.versionId,
      row.ordinal,
      row.op,
      row.element,
      row.anchor?.start ?? null,
      row.anchor?.end ?? null,
      row.anchor?.quote ?? null,
      row.anchor?.lead ?? null,
      row.anchor?.trail ?? null,
      json(row.before),
      json(row.value),
      row.note,
      row.withdraws,
      row.actor,
    ],
  );
  return (made as { id: string }).id;
}

/** What persons said of a document, the oldest first, those taken back among them. */
export async function correctionRows(sql: Queryable, documentId: string): Promise<CorrectionRow[]> {
  return sql.unsafe<CorrectionRow[]>(
    `select c.id, c.ordinal, c.op, c.element, c.start_at as start, c.end_at as "end", c.quote, c.lead, c.trail, c.before, c.value, c.note,
       c.actor, c.recorded_at as "recordedAt", w.recorded_at as "withdrawnAt"
     from policy_correction c left join policy_correction w on w.withdraws = c.id
     where c.document_id = $1::uuid and c.op <> 'withdraw' order by c.no`,
    [documentId],
  );
}

/** The corrections that hold, as they are laid over a reading. */
export function holdingCorrections(rows: readonly CorrectionRow[]): Correction[] {
  return rows.flatMap((row): Correction[] => {
    if (row.withdrawnAt !== null || row.op === 'reviewed') return [];
    const { id, ordinal, op, element, start, end, quote, lead, trail, before, value } = row;
    if (op === 'set') return [{ id, ordinal, op, element, value } as Correction];
    if (start === null || end === null || quote === null) return [];
    const anchor = { start, end, quote, lead: lead ?? '', trail: trail ?? '' };
    if (op === 'add') return [{ id, ordinal, op, element, anchor, value } as Correction];
    if (op === 'remove') return [{ id, ordinal, op, element, anchor, before } as Correction];
    return [{ id, ordinal, op, element, anchor, before, value } as Correction];
  });
}

/** Lays what persons said over a reading of a document's text. */
export async function withCorrections(
  sql: Queryable,
  documentId: string,
  reading: PolicyReading,
  text: string,
): Promise<CorrectedReading> {
  return applyCorrections(reading, holdingCorrections(await correctionRows(sql, documentId)), text);
}

/** Keeps why a person should look at the acts of a document, in place of what was kept before. */
export async function keepDoubts(tx: Queryable, documentId: string, reading: PolicyReading): Promise<void> {
  await tx.unsafe('delete from policy_doubt where document_id = $1::uuid', [documentId]);
  const rows = reading.documents.flatMap((document, ordinal) => {
    const doubts = doubtsOf(document, reading);
    return doubts.length > 0 ? [{ ordinal, doubts }] : [];
  });
  if (rows.length === 0) return;
  await tx.unsafe(
    `insert into policy_doubt (document_id, ordinal, doubts)
     select $1::uuid, ordinal, doubts from jsonb_to_recordset($2::text::jsonb) as d (ordinal integer, doubts text[])`,
    [documentId, JSON.stringify(rows)],
  );
}

export interface QueueRow {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly key: string;
  readonly kind: string;
  readonly isPolicy: boolean;
  readonly doubts: Doubt[];
  readonly corrections: number;
  readonly reviewedAt: string | null;
  readonly recordedAt: string;
}

export type QueueState = 'open' | 'reviewed' | 'corrected';

export interface QueueFilter {
  readonly state: QueueState;
  readonly doubt: string | null;
  readonly q: string | null;
}

/** Reviewed: a person has read the act as it stands now, in the version of today. */
const REVIEWED = `(select max(r.recorded_at) from policy_correction r where r.document_id = a.document_id
  and r.ordinal = a.ordinal and r.op = 'reviewed' and r.version_id = a.version_id)`;
const CORRECTIONS = `(select count(*)::int from policy_correction c where c.document_id = a.document_id
  and c.ordinal = a.ordinal and c.op not in ('reviewed', 'withdraw')
  and not exists (select from policy_correction w where w.withdraws = c.id))`;
const WHERE = `from policy_act a join policy_document p on p.id = a.document_id
  left join policy_doubt d on d.document_id = a.document_id and d.ordinal = a.ordinal
  where case $1 when 'open' then d.doubts is not null and ${REVIEWED} is null
      when 'reviewed' then ${REVIEWED} is not null else ${CORRECTIONS} > 0 end
    and ($2::text is null or d.doubts @> array[$2]) and ($3::text is null or a.title ilike $3 or p.key ilike $3)`;

function parametersOf({ state, doubt, q }: QueueFilter): [string, string | null, string | null] {
  return [state, doubt, q === null ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`];
}

/** Acts to be looked at: most doubts first, then as they came. */
export async function reviewQueue(
  sql: Queryable,
  filter: QueueFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<QueueRow[]> {
  return sql.unsafe<QueueRow[]>(
    `select a.document_id as id, a.ordinal, a.title, p.key, a.kind, a.is_policy as "isPolicy",
       coalesce(d.doubts, '{}') as doubts, ${CORRECTIONS} as corrections, ${REVIEWED} as "reviewedAt",
       p.recorded_at as "recordedAt"
     ${WHERE} order by cardinality(coalesce(d.doubts, '{}')) desc, p.recorded_at, a.document_id, a.ordinal
     offset $4 limit $5`,
    [...parametersOf(filter), page.offset, page.limit],
  );
}

export async function countQueue(
  sql: Queryable,
  filter: QueueFilter,
): Promise<{ total: number; counts: Record<string, number> }> {
  const parameters = parametersOf(filter);
  const [row] = await sql.unsafe<{ n: number }[]>(`select count(*)::int as n ${WHERE}`, parameters);
  const counts = await sql.unsafe<{ doubt: string; n: number }[]>(
    `select u.doubt, count(*)::int as n from (select d.doubts ${WHERE}) x cross join unnest(x.doubts) as u (doubt)
     group by u.doubt`,
    [parameters[0], null, parameters[2]],
  );
  return { total: row?.n ?? 0, counts: Object.fromEntries(counts.map(({ doubt, n }) => [doubt, n])) };
}

export interface ReviewedRow {
  readonly id: string;
  readonly key: string;
  readonly ordinal: number;
  readonly text: string;
  readonly reading: string;
  readonly actor: string;
  readonly at: string;
}

/** Acts that a person corrected or read through, a page of documents at a time. */
export async function reviewedActs(sql: Queryable, after: string | null, limit: number): Promise<ReviewedRow[]> {
  return sql.unsafe<ReviewedRow[]>(
    `select a.document_id as id, p.key, a.ordinal, v.text, r.reading, last.actor, last.recorded_at as at
     from policy_act a join policy_document p on p.id = a.document_id
     join policy_version v on v.id = a.version_id join policy_reading r on r.version_id = a.version_id
     join lateral (select c.actor, c.recorded_at from policy_correction c where c.document_id = a.document_id
       and c.ordinal = a.ordinal and c.op <> 'withdraw' and (c.op <> 'reviewed' or c.version_id = a.version_id)
       and not exists (select from policy_correction w where w.withdraws = c.id) order by c.no desc limit 1) last on true
     where ($1::text is null or p.key > $1) and p.key in (
       select k.key from policy_document k where ($1::text is null or k.key > $1)
         and exists (select from policy_correction c where c.document_id = k.id) order by k.key limit $2)
     order by p.key, a.ordinal`,
    [after, limit],
  );
}
