import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { shanghaiDay } from '../../src/kernel/local-date.ts';

/** The legal and the known date of a page, as they stand in its address; absent = now. */
export interface PageDates {
  readonly asOf: string | undefined;
  readonly knownAt: string | undefined;
  readonly now: boolean;
  readonly query: { readonly asOf?: string; readonly knownAt?: string };
  set(asOf: string | undefined, knownAt: string | undefined): void;
}

export function todayInShanghai(): string {
  return shanghaiDay(new Date());
}

export function useDates(): PageDates {
  const [search, setSearch] = useSearchParams();
  const asOf = search.get('asOf') ?? undefined;
  const knownAt = search.get('knownAt') ?? undefined;
  const set = useCallback(
    (nextAsOf: string | undefined, nextKnownAt: string | undefined) =>
      setSearch((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of [
          ['asOf', nextAsOf],
          ['knownAt', nextKnownAt],
        ] as const) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      }),
    [setSearch],
  );
  return useMemo(
    () => ({
      asOf,
      knownAt,
      now: asOf === undefined && knownAt === undefined,
      query: { ...(asOf ? { asOf } : {}), ...(knownAt ? { knownAt } : {}) },
      set,
    }),
    [asOf, knownAt, set],
  );
}

/** Carries the dates of this page over to another address. */
export function useHref(): (path: string) => string {
  const { asOf, knownAt } = useDates();
  return useCallback(
    (path: string) => {
      if (!asOf && !knownAt) return path;
      const [before = '', search = ''] = path.split('?');
      const query = new URLSearchParams(search);
      if (asOf && !query.has('asOf')) query.set('asOf', asOf);
      if (knownAt && !query.has('knownAt')) query.set('knownAt', knownAt);
      return `${before}?${query}`;
    },
    [asOf, knownAt],
  );
}

const minutes = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** An instant as `YYYY-MM-DD hh:mm` in Asia/Shanghai; anything else stays as given. */
export function formatInstant(text: string | null | undefined): string {
  if (!text) return '';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : minutes.format(time).replace(', ', ' ');
}
