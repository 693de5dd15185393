import type { Clock } from '../../kernel/clock.ts';
import { deviceFile } from './dossier.ts';
import { lookUp } from './lookup.ts';
import { SearchMemory } from './product-order.ts';
import type { SourceCatalogue } from './published-source.ts';
import type { ReadAt, ReadAtRequest } from './read-at.ts';
import { countDevices, planFor, type SearchPorts, type SearchRequest, searchDevices } from './search.ts';
import type { RecallSubjects } from './search-sql.ts';
import type { DeviceStore, FacetBucket } from './store.ts';
import { didYouMean, suggest } from './suggestions.ts';
import type { DeviceQuery, Total } from './types.ts';

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
  search(request: SearchRequest, times: ReadAtRequest): ReturnType<typeof searchDevices>;
  facets(query: DeviceQuery, times: ReadAtRequest): Promise<{ total: Total; facets: Facet[] }>;
  didYouMean(question: string): Promise<string[]>;
  suggest(question: string, times: ReadAtRequest): ReturnType<typeof suggest>;
  file(at: ReadAt, key: { readonly source: string; readonly recordKey: string }): ReturnType<typeof deviceFile>;
}

/** Milliseconds facets and their exact total may take. */
const FACETS_WITHIN = 950;

export function deviceService(options: DeviceServiceOptions): DeviceService {
  const { store, catalogue } = options;
  const ports: SearchPorts = {
    store,
    memory: new SearchMemory(),
    readAt: (request) => store.readAt(request),
    recalls: options.recalls ?? (async () => ({ devices: [], certificates: [] })),
  };
  return {
    store,
    catalogue,
    readAt: ports.readAt,
    lookUp: (at, codes) => lookUp(store, at, codes, catalogue),
    search: (request, times) => searchDevices(ports, request, times),
    async facets(query, times) {
      const at = await store.readAt(times);
      const plan = await planFor(ports, at, query);
      const [buckets, counted] = await Promise.all([
        store.facets(at, plan, FACETS_WITHIN),
        countDevices(ports, at, plan, FACETS_WITHIN),
      ]);
      return arrange(buckets ?? [], counted, at.present && plan.code === null);
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
