import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import type { Catalogue } from './types.ts';
import { type CalendarYear, WorkDays } from './work-days.ts';

/** Procedures and events with their names. */
export function useCatalogue() {
  return useApi<Catalogue>('/clocks/procedures', {}, { timeless: true });
}

export function useCalendars() {
  return useApi<{ items: readonly CalendarYear[]; version: string }>('/calendars', {}, { timeless: true });
}

/** The days worked in the years on record. */
export function useWorkDays(): WorkDays {
  const { data } = useCalendars();
  return useMemo(() => new WorkDays(data?.items ?? []), [data]);
}

/** A question to the server that changes nothing there; the last answer stays until the next is there. */
export function useAsk<T>(path: string, question: Readonly<Record<string, unknown>>, enabled: boolean) {
  return useQuery<T>({
    queryKey: [path, question],
    queryFn: ({ signal }) => sendJson<T>('POST', path, question, { signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
}
