import type { Queryable } from '../../platform/postgres/connections.ts';
import { currentText, type PolicyReading } from '../policy/index.ts';
import { type ActText, actTexts } from './rules/act-text.ts';
import type { ActEvent } from './rules/tell.ts';
import type { NamedAct } from './subscription.ts';
import type { EventKind } from './types.ts';

/** Text and reading of the latest version of a policy; undefined when there is none. */
export type ReadPolicy = (
  sql: Queryable,
  id: string,
) => Promise<{ readonly text: string; readonly reading: PolicyReading } | undefined>;

/** The latest version of a policy as it was read, with what persons said of that. */
export const readPolicy: ReadPolicy = currentText;

/** Acts with their sentences, each document read once until `clear`. */
export class ActShelf {
  readonly #read: ReadPolicy;
  readonly #kept = new Map<string, ActText[]>();

  constructor(read: ReadPolicy) {
    this.#read = read;
  }

  /** All acts of a document; none when it is not there. */
  async acts(sql: Queryable, id: string): Promise<readonly ActText[]> {
    let acts = this.#kept.get(id);
    if (!acts) {
      const found = await this.#read(sql, id);
      acts = found ? actTexts(found.text, found.reading) : [];
      this.#kept.set(id, acts);
    }
    return acts;
  }

  clear(): void {
    this.#kept.clear();
  }
}

interface EventRow {
  readonly no: number;
  readonly kind: EventKind;
  readonly at: string;
  readonly quote: string | null;
  readonly group: string | null;
  readonly act: ActColumns;
  readonly about: ActColumns | null;
}

interface ActColumns {
  readonly id: string;
  readonly ordinal: number;
  readonly title: string;
  readonly number: string | null;
  readonly kind: string | null;
  readonly docType: string | null;
  readonly isPolicy: boolean | null;
  readonly issuers: string[] | null;
  readonly region: string | null;
  readonly level: string | null;
  readonly issuedOn: string | null;
  readonly effectiveOn: string | null;
}

/** An act as JSON; an act that is not in the latest version any more is named by its document. */
const actOf = (document: string, ordinal: string) => `(select json_build_object('id', d.id, 'ordinal', ${ordinal},
    'title', coalesce(a.title, v.title, d.key), 'number', a.number, 'kind', a.kind, 'docType', a.doc_type,
    'isPolicy', a.is_policy, 'issuers', a.issuers, 'region', a.region, 'level', a.level, 'issuedOn', a.issued,
    'effectiveOn', a.effective)
  from policy_document d left join policy_act a on a.document_id = d.id and a.ordinal = ${ordinal}
  left join lateral (select title from policy_version where document_id = d.id order by no desc limit 1) v on true
  where d.id = ${document})`;

const EVENT = `select e.no, e.kind, e.at, ${actOf('e.document_id', 'e.ordinal')} as act,
    case when e.about_document is not null then ${actOf('e.about_document', 'coalesce(e.about_ordinal, 0)')} end as about,
    (select c.quote from policy_cite c where c.document_id = e.about_document and c.ordinal = e.about_ordinal
       and c.target_document = e.document_id and c.target_ordinal = e.ordinal order by c.no limit 1) as quote,
    (select i.group_id from policy_index i where i.document_id = e.document_id) as "group"
  from policy_event e`;

function named(row: ActColumns): NamedAct {
  return {
    id: row.id,
    ordinal: row.ordinal,
    title: row.title,
    number: row.number,
    kind: row.kind,
    docType: row.docType,
    isPolicy: row.isPolicy ?? false,
    issuers: row.issuers ?? [],
    region: row.region && row.level ? { primary: row.region, level: row.level } : null,
    issuedOn: row.issuedOn,
    effectiveOn: row.effectiveOn,
    path: `/policies/${row.id}`,
  };
}

const event = ({ no, kind, at, act, about, quote, group }: EventRow): ActEvent => ({
  no,
  kind,
  at,
  group,
  act: named(act),
  about: about && { ...named(about), quote },
});

/** Events after one and up to another, oldest first. Writers of events follow one another, so none comes in between later. */
export async function eventsBetween(sql: Queryable, after: number, upTo: number): Promise<ActEvent[]> {
  const rows = await sql.unsafe<EventRow[]>(`${EVENT} where e.no > $1 and e.no <= $2 order by e.no`, [after, upTo]);
  return rows.map(event);
}

/** The latest events since an instant, newest first. */
export async function eventsSince(
  sql: Queryable,
  since: Date,
  kinds: readonly EventKind[],
  limit: number,
): Promise<ActEvent[]> {
  const rows = await sql.unsafe<EventRow[]>(
    `${EVENT} where e.at >= $1::timestamptz and e.kind = any($2::text[]) order by e.no desc limit $3`,
    [since, kinds as string[], limit],
  );
  return rows.map(event);
}

/** Number of the last event; 0 when nothing has happened yet. */
export async function lastEvent(sql: Queryable): Promise<number> {
  const [row] = await sql.unsafe<{ no: number }[]>('select coalesce(max(no), 0) as no from policy_event');
  return row?.no ?? 0;
}

/** Title and number of an act that may be followed; undefined when there is none. */
export async function actNamed(
  sql: Queryable,
  id: string,
  ordinal: number,
): Promise<{ title: string; number: string | null } | undefined> {
  const [row] = await sql.unsafe<{ title: string; number: string | null }[]>(
    'select title, number from policy_act where document_id = $1::uuid and ordinal = $2',
    [id, ordinal],
  );
  return row;
}

/** What copies and translations of a document have in common; null for one that is not there. */
export async function groupOf(sql: Queryable, id: string): Promise<string | null> {
  const [row] = await sql.unsafe<{ group: string }[]>(
    'select group_id as "group" from policy_index where document_id = $1::uuid',
    [id],
  );
  return row?.group ?? null;
}

/** Those of the groups of which a subscription was told already that one of them came in. */
export async function groupsTold(sql: Queryable, root: string, groups: readonly string[]): Promise<Set<string>> {
  if (groups.length === 0) return new Set();
  const rows = await sql.unsafe<{ group: string }[]>(
    `select distinct i.group_id as "group" from policy_index i
     join policy_event e on e.document_id = i.document_id and e.kind = 'added'
     join policy_message m on m.event_no = e.no and m.root = $1::uuid where i.group_id = any($2::uuid[])`,
    [root, groups as string[]],
  );
  return new Set(rows.map(({ group }) => group));
}
