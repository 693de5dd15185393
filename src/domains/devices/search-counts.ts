import { createHash } from 'node:crypto';
import { questionMark } from './cursor.ts';
import type { SearchMemory } from './product-order.ts';
import type { ReadAt } from './read-at.ts';
import type { SearchPlan } from './search-sql.ts';
import type { FacetCounts, Ranking, SearchStore } from './store.ts';
import type { Total } from './types.ts';

/** Candidates looked at for a first page; what is commoner is ranked over this many. */
const RANK_BOUND = 2000;
/** The same for what is searched in place of a question that found nothing: many phrases are compared with each. */
const INSTEAD_BOUND = 1000;
/** No bound, for a question whose words are common and that hardly anything answers. */
const ALL_CANDIDATES = 2_000_000_000;
/** Best products shown first; what follows stands in an order that never changes. */
export const TOP_PRODUCTS = 40;
/** What counting needs: the register, and what it remembers. */
export interface CountPorts {
  readonly store: SearchStore;
  readonly memory: SearchMemory;
}

/** The best products among a bounded number of candidates; among all when those gave too few. */
export async function rankProducts(store: SearchStore, plan: SearchPlan): Promise<Ranking> {
  if (plan.instead !== null) return store.rank(plan, { bound: INSTEAD_BOUND, top: TOP_PRODUCTS });
  const ranking = await store.rank(plan, { bound: RANK_BOUND, top: TOP_PRODUCTS });
  if (ranking.complete || ranking.top.length === TOP_PRODUCTS) return ranking;
  return store.rank(plan, { bound: ALL_CANDIDATES, top: TOP_PRODUCTS });
}

/** Exact number of devices found, null when the time is not enough. Remembered while the same imports are visible. */
export async function countDevices(
  ports: CountPorts,
  at: ReadAt,
  plan: SearchPlan,
  milliseconds: number,
): Promise<number | null> {
  const key = `${at.asOf} ${memoryKey(at, plan)}`;
  const kept = ports.memory.totals.get(key);
  if (kept !== undefined) return kept;
  if (milliseconds < 1) return null;
  const counted = await ports.store.countExactly(at, plan, milliseconds);
  if (counted !== null) ports.memory.totals.set(key, counted);
  return counted;
}

/** Milliseconds that a count nobody waits for may take. */
const BEHIND = 20_000;

/**
 * Facets of the question, remembered while the same imports are visible. Those without words are few and asked often:
 * when they took too long, they are counted in full behind the answer.
 */
export async function countFacets(
  ports: CountPorts,
  at: ReadAt,
  plan: SearchPlan,
  milliseconds: number,
): Promise<FacetCounts | null> {
  const key = `${at.asOf} ${memoryKey(at, plan)}`;
  const kept = ports.memory.facets.get(key);
  if (kept !== undefined) return kept;
  const counted = await ports.store.facets(at, plan, milliseconds);
  const exact = counted !== null && !counted.sampled;
  if (counted !== null && at.present) ports.memory.facets.set(key, counted);
  if (!exact && at.present && plan.terms.length === 0)
    void ports.store.facets(at, plan, BEHIND).then(
      (whole) => whole && ports.memory.facets.set(key, whole),
      () => undefined,
    );
  return counted;
}

/**
 * A total that is too dear to count: the devices of the products that were ranked, over the share of the register that
 * was looked at for them; without words, by what the statistics of the columns let expect.
 */
export async function estimate(store: SearchStore, plan: SearchPlan, known?: Ranking): Promise<Total> {
  const ranking = known ?? (await rankProducts(store, plan));
  if (ranking.products === 0) return { value: 0, relation: 'estimate' };
  let times = 1 / Math.max(ranking.share, 1e-6);
  if (!ranking.complete && plan.terms.length === 0)
    times = Math.max(1, (await store.expectedProducts(plan)) / ranking.products);
  return { value: Math.round(ranking.devices * times), relation: 'estimate' };
}

/** Names a question and the imports it sees: what is remembered under it cannot be out of date. */
export function memoryKey(at: ReadAt, plan: SearchPlan): string {
  const visible = createHash('sha256').update(at.visible.join(',')).digest('base64url').slice(0, 12);
  return `${questionMark(plan.query, 'relevance')} ${visible} ${JSON.stringify([plan.recalls, plan.instead])}`;
}
