import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDates } from '../frame/dates.ts';
import { ApiFailure, getJson, type Query } from './client.ts';
import type { Page } from './types.ts';

/** A refused request is not asked again; a lost connection once. */
export function retry(count: number, error: unknown): boolean {
  return count < 1 && error instanceof ApiFailure && error.status === 0;
}

interface Options {
  /** Ask only when true. */
  readonly enabled?: boolean;
  /** Keep the last answer on screen while the next one is fetched. */
  readonly keep?: boolean;
  /** Ask again after so many milliseconds; false stops. */
  readonly every?: number | false | ((data: unknown) => number | false);
  /** The answer does not depend on the date control. */
  readonly timeless?: boolean;
}

/** One read of the API at the dates of the page. */
export function useApi<T>(path: string, query: Query = {}, options: Options = {}) {
  const dates = useDates();
  const all = options.timeless ? query : { ...dates.query, ...query };
  const { every } = options;
  return useQuery<T>({
    queryKey: [path, all],
    queryFn: ({ signal }) => getJson<T>(path, all, signal),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...(every === undefined
      ? {}
      : {
          refetchInterval:
            typeof every === 'function' ? (q: { state: { data: unknown } }) => every(q.state.data) : every,
        }),
  });
}

/** A list read page by page to its last row. */
export function useList<T, P extends Page<T> = Page<T>>(path: string, query: Query = {}, options: Options = {}) {
  const dates = useDates();
  const all = options.timeless ? query : { ...dates.query, ...query };
  const result = useInfiniteQuery({
    queryKey: [path, 'list', all],
    queryFn: ({ pageParam, signal }) => getJson<P>(path, { ...all, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: P) => last.next ?? undefined,
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
  const pages = result.data?.pages ?? [];
  return { ...result, first: pages[0], rows: pages.flatMap((page) => page.items), total: pages[0]?.total };
}
