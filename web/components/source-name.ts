import { useCallback } from 'react';
import { useApi } from '../api/queries.ts';
import type { SourceInfo } from '../api/types.ts';
import { usePick, useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

/** The name of a source as tables and facets show it: short where it has a short name, else its title. */
export function useSourceName(): (id: string) => string {
  const t = useText(parts);
  const pick = usePick();
  const sources = useApi<{ items: readonly SourceInfo[] }>('/sources', {}, { timeless: true });
  return useCallback(
    (id) => {
      const key = `sourceName.${id}`;
      if (key in parts) return t(key as keyof typeof parts);
      return pick(sources.data?.items.find((source) => source.id === id)?.title) || id;
    },
    [t, pick, sources.data],
  );
}
