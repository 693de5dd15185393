import type { Queryable } from '../../platform/postgres/connections.ts';
import type { EventKind } from './events.pg.ts';

/** An act as an event names it. */
interface NamedAct {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
}

/** Something that happened to an act, as the feed shows it. */
export interface ListedEvent {
  readonly no: string;
  readonly kind: EventKind;
  readonly at: string;
  readonly act: NamedAct;
  /** The act that did it. */
  readonly about: (NamedAct & { readonly quote: string | null }) | null;
}

const NAMED = (document: string, ordinal: string) => `jsonb_build_object('id', ${document}, 'ordinal', ${ordinal},
  'title', coalesce((select a.title from policy_act a where a.document_id = ${document} and a.ordinal = ${ordinal}),
    (select i.title from policy_index i where i.document_id = ${document}), ''),
  'number', (select a.number from policy_act a where a.document_id = ${document} and a.ordinal = ${ordinal}))`;

/** Events of some kinds before a number, the latest first. */
export async function listEvents(
  sql: Queryable,
  kinds: readonly EventKind[],
  before: string | null,
  limit: number,
): Promise<ListedEvent[]> {
  const rows = await sql.unsafe<ListedEvent[]>(
    `select e.no::text as no, e.kind, e.at, ${NAMED('e.document_id', 'e.ordinal')} as act,
       case when e.about_document is not null then
         ${NAMED('e.about_document', 'coalesce(e.about_ordinal, 0)')} || jsonb_build_object('quote',
           (select c.quote from policy_cite c where c.document_id = e.about_document and c.ordinal = e.about_ordinal
              and c.target_document = e.document_id and c.target_ordinal = e.ordinal order by c.no limit 1))
       end as about
     from policy_event e
     where e.kind = any($1::text[]) and ($2::bigint is null or e.no < $2::bigint)
     order by e.no desc limit $3`,
    [kinds as string[], before, limit],
  );
  return [...rows];
}

export async function countEvents(sql: Queryable, kinds: readonly EventKind[]): Promise<number> {
  const [row] = await sql.unsafe<{ count: number }[]>(
    'select count(*)::integer as count from policy_event where kind = any($1::text[])',
    [kinds as string[]],
  );
  return row?.count ?? 0;
}
