import { type Clock, today } from '../../kernel/clock.ts';
import { deviceFile } from './dossier.ts';
import { lookUp, lookUpNow } from './lookup.ts';
import { SearchMemory } from './product-order.ts';
import { classNameIn, type SourceCatalogue } from './published-source.ts';
import type { ReadAt, ReadAtRequest } from './read-at.ts';
import { insteadOf, planFor, type SearchPorts, type SearchRequest, searchDevices } from './search.ts';
import { countDevices, countFacets } from './search-counts.ts';
import type { RecallSubjects, SearchPlan } from './search-sql.ts';
import type { DeviceStore, FacetBucket } from './store.ts';
import { didYouMean, suggest } from './suggestions.ts';
import type { DeviceQuery, Lookup, Total } from './types.ts';

/** What the device register needs from around it. */
export interface DeviceServiceOptions {
  readonly store: DeviceStore;
  readonly clock: Clock;
  readonly catalogue: SourceCatalogue;
  /** Subjects under recall at the two times; none where no records are kept. */
  readonly recalls?: ((at: ReadAt) => Promise<RecallSubjects>) | undefined;
}

export interface Facet {
  readonly name: string;
  readonly buckets: { value: string; label: string; count: number; relation: Total['relation'] }[];
}

/** Reads of the device register, for routes and commands alike. */
export interface DeviceService {
  readonly store: DeviceStore;
  readonly catalogue: SourceCatalogue;
  readAt(request: ReadAtRequest): Promise<ReadAt>;
  lookUp(at: ReadAt, codes: readonly string[]): ReturnType<typeof lookUp>;
  /** One code at the times asked for; without any, in one statement where it is an identifier. */
  lookUpOne(code: string, times: ReadAtRequest): Promise<Lookup>;
  search(request: SearchRequest, times: ReadAtRequest): ReturnType<typeof searchDevices>;
  facets(query: DeviceQuery, times: ReadAtRequest): Promise<{ total: Total; facets: Facet[] }>;
  didYouMean(question: string): Promise<string[]>;
  suggest(question: string, times: ReadAtRequest): ReturnType<typeof suggest>;
  file(at: ReadAt, key: { readonly source: string; readonly recordKey: string }): ReturnType<typeof deviceFile>;
}

/** Milliseconds facets and their exact total may take. */
const FACETS_WITHIN = 950;
/** Milliseconds the count of recalled devices may take. */
const RECALLS_WITHIN = 300;
/** Names of classes kept in memory; FDA has about seven thousand product codes. */
const MOST_CLASS_NAMES = 20_000;

export function deviceService(options: DeviceServiceOptions): DeviceService {
  const { store, catalogue } = options;
  const ports: SearchPorts = {
    store,
    memory: new SearchMemory(),
    readAt: (request) => store.readAt(request),
    recalls: options.recalls ?? (async () => ({ devices: [], certificates: [] })),
  };
  const classNames = new Map<string, string>();

  /** Labels class codes with the names that records give them; a name once found is kept. */
  async function nameClasses(facets: readonly Facet[]): Promise<void> {
    const buckets = facets.find((facet) => facet.name === 'class')?.buckets ?? [];
    const unnamed = buckets.filter((bucket) => !classNames.has(bucket.value)).map((bucket) => bucket.value);
    if (unnamed.length > 0) {
      for (const { code, source, payload } of await store.classExamples(unnamed)) {
        const name = classNameIn(source, catalogue.get(source)?.unpack(payload) ?? {}, code);
        if (name !== undefined && classNames.size < MOST_CLASS_NAMES) classNames.set(code, name);
      }
    }
    for (const bucket of buckets) {
      const name = classNames.get(bucket.value);
      if (name !== undefined) bucket.label = `${bucket.value} ${name}`;
    }
  }

  /** How many of the devices found are under recall; undefined where none is recorded or the time is not enough. */
  async function withRecall(at: ReadAt, query: DeviceQuery): Promise<Facet | undefined> {
    const { devices, certificates } = await ports.recalls(at);
    if (devices.length === 0 && certificates.length === 0) return undefined;
    const plan = await planFor(ports, at, { ...query, hasRecall: true });
    const count = query.hasRecall === false ? 0 : await countDevices(ports, at, plan, RECALLS_WITHIN);
    if (count === null) return undefined;
    return { name: 'hasRecall', buckets: [{ value: 'true', label: '有召回', count, relation: 'exact' }] };
  }

  return {
    store,
    catalogue,
    readAt: ports.readAt,
    lookUp: (at, codes) => lookUp(store, at, codes, catalogue),
    async lookUpOne(code, times) {
      if (times.asOf === undefined && times.knownAt === undefined) {
        const now = await lookUpNow(store, today(options.clock), code, catalogue);
        if (now !== null) return now;
      }
      const [answer] = await lookUp(store, await store.readAt(times), [code], catalogue);
      return answer as Lookup;
    },
    search: (request, times) => searchDevices(ports, request, times),
    async facets(query, times) {
      const at = await store.readAt(times);
      const plan = await planFor(ports, at, query);
      const count = (searched: SearchPlan) =>
        Promise.all([
          countFacets(ports, at, searched, FACETS_WITHIN),
          countDevices(ports, at, searched, FACETS_WITHIN),
          withRecall(at, query),
        ]);
      let [buckets, counted, recalled] = await count(plan);
      if (counted === 0 && query.q) {
        // the list then shows what was searched instead: the counts beside it are of the same
        const request = { query, sort: 'relevance' as const, limit: 1, cursor: undefined, totalWithin: FACETS_WITHIN };
        const { instead } = await searchDevices(ports, request, times);
        if (instead !== null) [buckets, counted, recalled] = await count(insteadOf(plan, instead));
      }
      const answer = arrange(buckets?.buckets ?? [], counted, at.present && plan.code === null && !buckets?.sampled);
      await nameClasses(answer.facets);
      if (recalled) answer.facets.push(recalled);
      return answer;
    },
    didYouMean: (question) => didYouMean(store, question),
    suggest: async (question, times) => suggest(store, await store.readAt(times), question, catalogue),
    file: (at, key) => deviceFile(store, at, key, catalogue),
  };
}

const FACET_NAMES = ['class', 'category', 'holder', 'source', 'risk', 'origin'] as const;

function arrange(
  buckets: readonly FacetBucket[],
  counted: number | null,
  exact: boolean,
): { total: Total; facets: Facet[] } {
  const relation = exact ? 'exact' : 'estimate';
  const all = buckets.find((bucket) => bucket.name === 'all')?.count ?? 0;
  const total: Total = counted === null ? { value: all, relation: 'estimate' } : { value: counted, relation: 'exact' };
  const facets: Facet[] = FACET_NAMES.map((name) => ({
    name,
    buckets: buckets
      .filter((bucket) => bucket.name === name)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .map(({ value, label, count }) => ({ value, label, count, relation })),
  }));
  const withdrawn = buckets.find((bucket) => bucket.name === 'status')?.count;
  if (withdrawn !== undefined) {
    facets.push({
      name: 'status',
      buckets: [
        { value: 'valid', label: 'valid', count: Math.max(0, total.value - withdrawn), relation: total.relation },
        { value: 'withdrawn', label: 'withdrawn', count: withdrawn, relation },
      ],
    });
  }
  return { total, facets };
}
