import { type Cursor, type Instead, type Place, questionMark, readCursor, writeCursor } from './cursor.ts';
import { type DeviceRow, toHit } from './device-row.ts';
import { highlight } from './highlight.ts';
import type { SearchMemory } from './product-order.ts';
import type { ReadAt } from './read-at.ts';
import { countDevices, estimate, memoryKey, rankProducts, TOP_PRODUCTS } from './search-counts.ts';
import {
  codePaths,
  Parameters,
  productLevelOnly,
  type RecallSubjects,
  type SearchPlan,
  searchPlan,
} from './search-sql.ts';
import { searchQuery, searchTerms } from './search-text.ts';
import type { RankedProduct, Ranking, SearchStore } from './store.ts';
import type { DeviceHit, DeviceQuery, DeviceSort, Page, Total } from './types.ts';
import { nearQueries } from './typing-errors.ts';

/** Products asked for their devices in one statement at most. */
const CHUNK = 2000;

export interface SearchRequest {
  readonly query: DeviceQuery;
  readonly sort: DeviceSort;
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Milliseconds that the exact total of a first page may take; beyond, an estimate is answered. */
  readonly totalWithin: number;
}

/** What a search needs from outside this domain. */
export interface SearchPorts {
  readonly store: SearchStore;
  /** Resolves the two times; given again from the cursor on later pages. */
  readAt(request: { readonly asOf?: string | undefined; readonly knownAt?: string | undefined }): Promise<ReadAt>;
  readonly memory: SearchMemory;
  /** Subjects under recall at the two times. */
  recalls(at: ReadAt): Promise<RecallSubjects>;
}

export interface SearchAnswer extends Page<DeviceHit> {
  readonly asOf: string;
  readonly knownAt: string;
  /** Set when the question itself found nothing: what was searched instead. */
  readonly instead: Instead | null;
}

/** Takes a question apart, with the recalls when it asks for them. */
export async function planFor(ports: SearchPorts, at: ReadAt, query: DeviceQuery): Promise<SearchPlan> {
  return searchPlan(query, query.hasRecall === undefined ? null : await ports.recalls(at));
}

/**
 * One page of devices. The same function stands behind screen, API, file and command line. Throws `list.bad-cursor`,
 * `read.bad-date`, `read.bad-instant`.
 */
export async function searchDevices(
  ports: SearchPorts,
  request: SearchRequest,
  times: { readonly asOf?: string | undefined; readonly knownAt?: string | undefined },
): Promise<SearchAnswer> {
  const deadline = performance.now() + request.totalWithin;
  const mark = questionMark(request.query, request.sort);
  const before = request.cursor === undefined ? undefined : readCursor(request.cursor, mark);
  const at = await ports.readAt(before ? { asOf: before.asOf, knownAt: before.knownAt } : times);
  const asked = await planFor(ports, at, request.query);
  const plan = before?.instead ? insteadOf(asked, before.instead) : asked;
  const first = before === undefined ? await firstPage(ports, at, plan, { ...request, mark, deadline }) : undefined;
  const start: Cursor = before ?? (first as FirstPage).cursor;
  const rows: DeviceRow[] = [];
  const [place, counted] = await Promise.all([fill(ports, at, plan, start, request, rows), first?.total()]);
  if (first !== undefined && rows.length === 0 && plan.instead === null) {
    const other = await insteadSearch(ports, at, asked, { ...request, mark, deadline });
    if (other) return other;
  }
  return answer(at, plan, { start, first: first !== undefined, place, rows, counted });
}

function answer(
  at: ReadAt,
  plan: SearchPlan,
  page: {
    readonly start: Cursor;
    readonly first: boolean;
    readonly place: Place | null;
    readonly rows: readonly DeviceRow[];
    readonly counted: Total | undefined;
  },
): SearchAnswer {
  const { start, place } = page;
  const items = page.rows.map((row) => {
    const hit = toHit(row);
    const marked = highlight(hit, plan.terms);
    return marked ? { ...hit, highlight: marked } : hit;
  });
  // a list that ends on its first page was counted by being read
  const total: Total =
    page.first && place === null ? { value: items.length, relation: 'exact' } : (page.counted ?? start.total);
  const next = place === null ? null : writeCursor({ ...start, total, place });
  return { items, next, total, asOf: at.asOf, knownAt: at.knownAt, instead: start.instead };
}

/** Names taken in place of a question that found nothing. */
const NAMES_INSTEAD = 8;

export function insteadOf(plan: SearchPlan, instead: Instead): SearchPlan {
  if (instead === 'near') return { ...plan, instead: nearQueries(plan.terms), code: null };
  const queries = instead.flatMap((name) => searchQuery(name) ?? []);
  const terms = instead.flatMap((name) => searchTerms(name));
  return { ...plan, terms, instead: queries, code: null };
}

/** Nothing was found: the question with one character wrong, then names that sound or look like it. */
async function insteadSearch(
  ports: SearchPorts,
  at: ReadAt,
  asked: SearchPlan,
  request: FirstPageRequest,
): Promise<SearchAnswer | null> {
  const text = request.query.q?.trim() ?? '';
  if (text.length < 2 || text.length > 60 || !/[\p{L}]/u.test(text)) return null;
  const tries: (() => Promise<Instead>)[] = [
    async () => 'near',
    async () => (await ports.store.similarTerms(text, NAMES_INSTEAD)).map((term) => term.term),
  ];
  for (const make of tries) {
    const instead = await make();
    const plan = insteadOf(asked, instead);
    if (!plan.instead?.length) continue;
    const first = await firstPage(ports, at, plan, request);
    const start: Cursor = { ...first.cursor, instead };
    const rows: DeviceRow[] = [];
    const [place, counted] = await Promise.all([fill(ports, at, plan, start, request, rows), first.total()]);
    if (rows.length > 0) return answer(at, plan, { start, first: true, place, rows, counted });
  }
  return null;
}

interface FirstPage {
  readonly cursor: Cursor;
  /** Counts while the rows are fetched. */
  total(): Promise<Total>;
}

interface FirstPageRequest extends SearchRequest {
  /** Fingerprint of the question. */
  readonly mark: string;
  /** When counting gives up, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** With less time left than this no count is begun. */
const SHORTEST_COUNT = 4;

async function firstPage(
  ports: SearchPorts,
  at: ReadAt,
  plan: SearchPlan,
  request: FirstPageRequest,
): Promise<FirstPage> {
  const unknown: Total = { value: 0, relation: 'estimate' };
  const base = { h: request.mark, asOf: at.asOf, knownAt: at.knownAt, total: unknown, instead: null };
  let ranked = 0;
  const count = async (ranking?: Ranking): Promise<Total> => {
    const left = request.deadline - performance.now();
    // counting looks at all candidates: as much longer than ranking some of them as these were a share of all
    const hopeless = left < Math.max(SHORTEST_COUNT, ranked / (ranking?.share ?? 1) - ranked);
    const counted = await countDevices(ports, at, plan, hopeless ? 0 : left);
    return counted === null ? estimate(ports.store, plan, ranking) : { value: counted, relation: 'exact' };
  };
  if (request.sort !== 'relevance')
    return { cursor: { ...base, top: [], place: { stage: 'sorted', after: null } }, total: count };
  const hasCode = codePaths(plan, new Parameters()).length > 0;
  const tallied = at.present && productLevelOnly(plan.query) && !hasCode;
  const begun = performance.now();
  const ranking = await rankProducts(ports.store, plan);
  ranked = performance.now() - begun;
  return {
    cursor: {
      ...base,
      top: ranking.top.map((product) => `${product.shelf}:${product.id}`),
      place: hasCode ? { stage: 'code', path: 0, after: null } : { stage: 'top', index: 0, version: null },
    },
    total: async () => (tallied && ranking.complete ? { value: ranking.devices, relation: 'exact' } : count(ranking)),
  };
}

/** Fills `rows` up to the limit and answers where the next page begins, null at the end. */
async function fill(
  ports: SearchPorts,
  at: ReadAt,
  plan: SearchPlan,
  cursor: Cursor,
  request: SearchRequest,
  rows: DeviceRow[],
): Promise<Place | null> {
  // one row more than asked for tells whether there is a next page
  const need = () => request.limit + 1 - rows.length;
  let place: Place | null = cursor.place;
  let last: Place = cursor.place;
  while (place !== null && need() > 0) {
    const step: Step = await nextRows(ports, at, plan, cursor, place, request, need());
    for (const [row, after] of step.rows) {
      if (rows.length === request.limit) return last;
      rows.push(row);
      last = after;
    }
    place = step.next;
  }
  return null;
}

interface Step {
  /** Each row with the place right behind it. */
  readonly rows: [DeviceRow, Place][];
  readonly next: Place | null;
}

async function nextRows(
  ports: SearchPorts,
  at: ReadAt,
  plan: SearchPlan,
  cursor: Cursor,
  place: Place,
  request: SearchRequest,
  limit: number,
): Promise<Step> {
  if (place.stage === 'sorted') {
    if (request.sort === 'relevance') return { rows: [], next: null };
    const found = await ports.store.devicesSorted(at, plan, { by: request.sort, after: place.after, limit });
    const rows = found.map((row): [DeviceRow, Place] => [
      row,
      { stage: 'sorted', after: { key: row.order_key, version: row.version_id } },
    ]);
    return { rows, next: found.length < limit ? null : (rows.at(-1)?.[1] ?? null) };
  }
  if (place.stage === 'code') {
    const found = await ports.store.devicesByCode(at, plan, { path: place.path, after: place.after, limit });
    const rows = found.map((row): [DeviceRow, Place] => [
      row,
      { stage: 'code', path: place.path, after: { key: row.order_key, version: row.version_id } },
    ]);
    if (found.length === limit) return { rows, next: rows.at(-1)?.[1] ?? null };
    const paths = codePaths(plan, new Parameters()).length;
    return {
      rows,
      next:
        place.path + 1 < paths
          ? { stage: 'code', path: place.path + 1, after: null }
          : { stage: 'top', index: 0, version: null },
    };
  }
  if (place.stage === 'top') return topRows(ports, at, plan, cursor, place, limit);
  return restRows(ports, at, plan, cursor, place, limit);
}

async function topRows(
  ports: SearchPorts,
  at: ReadAt,
  plan: SearchPlan,
  cursor: Cursor,
  place: Extract<Place, { stage: 'top' }>,
  limit: number,
): Promise<Step> {
  if (place.index >= cursor.top.length) {
    return {
      rows: [],
      next: cursor.top.length < TOP_PRODUCTS ? null : { stage: 'rest', product: null, version: null },
    };
  }
  const products = cursor.top.slice(place.index).map(splitKey);
  const found = await ports.store.devicesOf(at, plan, { products, afterVersion: place.version, limit });
  const index = new Map(cursor.top.map((key, i) => [key, i]));
  const rows = found.map((row): [DeviceRow, Place] => [
    row,
    { stage: 'top', index: index.get(`${row.shelf}:${row.product_id}`) ?? 0, version: row.version_id },
  ]);
  return {
    rows,
    next:
      found.length === limit ? (rows.at(-1)?.[1] ?? null) : { stage: 'top', index: cursor.top.length, version: null },
  };
}

async function restRows(
  ports: SearchPorts,
  at: ReadAt,
  plan: SearchPlan,
  cursor: Cursor,
  place: Extract<Place, { stage: 'rest' }>,
  limit: number,
): Promise<Step> {
  const order = await ports.memory.order(memoryKey(at, plan), () => ports.store.allProducts(plan));
  const top = new Set(cursor.top);
  let index = place.product === null ? 0 : order.from(place.product);
  // a product that is gone (its shelf was dropped) leaves no version to go on from
  const same = place.product !== null && index < order.length && order.at(index).id === place.product.id;
  const products: RankedProduct[] = [];
  const tiers = new Map<string, RankedProduct>();
  let devices = 0;
  while (index < order.length && products.length < CHUNK && devices < limit * 2) {
    const product = order.at(index++);
    const key = `${product.shelf}:${product.id}`;
    if (top.has(key)) continue;
    products.push(product);
    tiers.set(key, product);
    devices += Math.max(1, product.devices);
  }
  const found = await ports.store.devicesOf(at, plan, {
    products,
    afterVersion: same ? place.version : null,
    limit,
  });
  const rows = found.map((row): [DeviceRow, Place] => {
    const { shelf, id, tier } = tiers.get(`${row.shelf}:${row.product_id}`) as RankedProduct;
    return [row, { stage: 'rest', product: { shelf, id, tier }, version: row.version_id }];
  });
  if (found.length === limit) return { rows, next: rows.at(-1)?.[1] ?? null };
  if (index >= order.length) return { rows, next: null };
  const { shelf, id, tier } = order.at(index);
  return { rows, next: { stage: 'rest', product: { shelf, id, tier }, version: null } };
}

function splitKey(key: string): { shelf: number; id: string } {
  const [shelf, id] = key.split(':') as [string, string];
  return { shelf: Number(shelf), id };
}
