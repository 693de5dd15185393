import { type PublishedVersion, publishedValues, type SourceCatalogue } from '../devices/index.ts';
import type { ChangeStore, ReleaseRow } from './store.ts';

export const CHANGE_KINDS = ['new', 'changed', 'withdrawn', 'conflict'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What a release did to one record; names are the source's own tags, null = not filled. */
export interface Change {
  readonly kind: ChangeKind;
  readonly key: string;
  readonly source: string;
  readonly di: string | null;
  readonly name: string | null;
  readonly fields: readonly { readonly name: string; readonly from: unknown; readonly to: unknown }[];
}

/** Records compared with one set of statements. */
const BATCH = 2000;

/** Sources that number the versions of a record: two contents under one number contradict each other. */
const NUMBERED: ReadonlySet<string> = new Set(['nmpa-udid']);

/** A change with the place behind it. */
export interface PlacedChange {
  readonly change: Change;
  readonly place: string;
}

/**
 * The change report of a release, record by record in the order of keys: what it holds against what was visible just
 * before it was published. A version older than one already held is no change. The list goes on behind `after`.
 */
export async function* changesOf(
  store: ChangeStore,
  release: ReleaseRow,
  catalogue: SourceCatalogue,
  options: { readonly kind?: ChangeKind | undefined; readonly after?: string | undefined } = {},
): AsyncGenerator<PlacedChange> {
  const before = await store.visibleBefore(release);
  let after = options.after ?? '';
  for (;;) {
    const batch = await store.pairsOf(release, before, { after, limit: BATCH });
    for (const pair of batch.pairs) {
      const change = compare(pair.now, pair.before, pair.presence, catalogue);
      if (change && (options.kind === undefined || change.kind === options.kind)) yield { change, place: pair.place };
    }
    if (batch.next === null) return;
    after = batch.next;
  }
}

function compare(
  now: PublishedVersion | null,
  before: PublishedVersion | null,
  presence: boolean | null,
  catalogue: SourceCatalogue,
): Change | null {
  const row = now ?? before;
  if (!row) return null;
  const head = { key: row.record_key, source: row.source, di: row.di ?? row.di_key, name: row.name };
  if (presence === false && now === null) return { kind: 'withdrawn', ...head, fields: [] };
  if (now === null) return { kind: 'changed', ...head, fields: [{ name: 'presence', from: 'absent', to: 'present' }] };
  if (before === null) return { kind: 'new', ...head, fields: [] };
  const order = versionCompare(now, before);
  if (order < 0) return null;
  const fields = differences(before, now, catalogue);
  if (fields.length === 0) return null;
  if (order === 0 && NUMBERED.has(row.source)) return { kind: 'conflict', ...head, fields };
  const gone = before.withdrawn_on_stated === null && now.withdrawn_on_stated !== null;
  return { kind: gone ? 'withdrawn' : 'changed', ...head, fields };
}

/** By what the source says itself: number, correction, their times; 0 when these are the same. */
function versionCompare(a: PublishedVersion, b: PublishedVersion): number {
  const stated = [
    a.version_no - b.version_no,
    a.correction_no - b.correction_no,
    // `-infinity` sorts before every year
    byText(a.version_at, b.version_at),
    byText(a.correction_at, b.correction_at),
  ].find((difference) => difference !== 0);
  if (stated !== undefined) return stated;
  // a later release of the same number is at least not older
  return a.released_on < b.released_on && !NUMBERED.has(a.source) ? -1 : 0;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Fields that differ, in the order of the source's fields. */
export function differences(
  from: PublishedVersion,
  to: PublishedVersion,
  catalogue: SourceCatalogue,
): { name: string; from: unknown; to: unknown }[] {
  const source = catalogue.get(to.source);
  const old = publishedValues(from, source);
  const fresh = publishedValues(to, source);
  const tags = new Set([...fresh.keys(), ...old.keys()]);
  return [...tags]
    .filter((tag) => JSON.stringify(old.get(tag) ?? null) !== JSON.stringify(fresh.get(tag) ?? null))
    .map((tag) => ({ name: tag, from: old.get(tag) ?? null, to: fresh.get(tag) ?? null }));
}
