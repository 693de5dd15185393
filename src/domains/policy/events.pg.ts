import type { Queryable } from '../../platform/postgres/connections.ts';

export type EventKind = 'added' | 'changed' | 'cited' | 'amended' | 'repealed' | 'interpreted' | 'corrected';

/** Something that happened to an act. */
export interface NewEvent {
  readonly kind: EventKind;
  readonly document: string;
  readonly ordinal: number;
  /** The act that did it: the one that cites. */
  readonly by: { readonly document: string; readonly ordinal: number } | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Appends events under the lock of the library (`lockLibrary`), numbered without a gap. Copies and translations of one
 * act do a thing once: what a copy did already is not told again.
 */
export async function recordEvents(tx: Queryable, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.unsafe(
    `with told as (
       select e.*, i.group_id as by_group, t.group_id as act_group, row_number() over (
         partition by e.kind, coalesce(t.group_id, e.document_id), e.ordinal, coalesce(i.group_id, e.about_document)
         order by e.at
       ) as nth
       from unnest($1::text[], $2::uuid[], $3::integer[], $4::uuid[], $5::integer[], $6::text[]::jsonb[])
         with ordinality as e (kind, document_id, ordinal, about_document, about_ordinal, detail, at)
       left join policy_index i on i.document_id = e.about_document
       left join policy_index t on t.document_id = e.document_id
     )
     insert into policy_event (no, kind, document_id, ordinal, about_document, about_ordinal, detail)
     select (select coalesce(max(no), 0) from policy_event) + row_number() over (order by at), kind, document_id, ordinal,
       about_document, about_ordinal, detail
     from told e
     where about_document is null or (nth = 1 and not exists (
       select from policy_index ti join policy_event k on k.document_id = ti.document_id and k.ordinal = e.ordinal
         join policy_index ki on ki.document_id = k.about_document
       where ti.group_id = e.act_group and k.kind = e.kind and ki.group_id = e.by_group
     ))
     order by at`,
    [
      events.map(({ kind }) => kind),
      events.map(({ document }) => document),
      events.map(({ ordinal }) => ordinal),
      events.map(({ by }) => by?.document ?? null),
      events.map(({ by }) => by?.ordinal ?? null),
      events.map(({ detail }) => JSON.stringify(detail)),
    ],
  );
}
