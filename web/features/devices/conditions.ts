import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import type { Facets } from '../../api/types.ts';
import { useSourceName } from '../../components/source-name.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { type Bilingual, usePick, useText } from '../../i18n/text.ts';
import { devices } from './messages.ts';

/** Names of the conditions of the device search, as the address and the API spell them. */
export const CONDITIONS = [
  'q',
  'class',
  'category',
  'holder',
  'source',
  'status',
  'hasRecall',
  'certificate',
  'risk',
  'origin',
  'releasedFrom',
  'releasedTo',
] as const;
export type Condition = (typeof CONDITIONS)[number];
export type Conditions = Readonly<Partial<Record<Condition, string>>>;

/** The conditions in the address of the page, and how to change them. */
export function useConditions() {
  const [search, setSearch] = useSearchParams();
  const conditions = useMemo(() => {
    const found: Partial<Record<Condition, string>> = {};
    for (const name of CONDITIONS) {
      const value = search.get(name);
      if (value) found[name] = value;
    }
    return found as Conditions;
  }, [search]);
  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>) =>
      setSearch((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      }),
    [setSearch],
  );
  const clear = useCallback(() => change(Object.fromEntries(CONDITIONS.map((name) => [name, undefined]))), [change]);
  return { conditions, sort: search.get('sort') ?? undefined, change, clear };
}

/** Counts of the result; the list, the conditions and the facets read the same answer. */
export function useFacets(conditions: Conditions) {
  return useApi<Facets>('/devices/facets', conditions, { keep: true });
}

/** A value of a condition in words: state, origin and risk class have names of their own, sources their title. */
export function useValueWords(): (name: string, value: string, label?: Bilingual | string | null) => string {
  const t = useText(devices);
  const pick = usePick();
  const sourceName = useSourceName();
  return useCallback(
    (name, value, label) => {
      if (name === 'hasRecall') return value === 'true' ? t('yes') : t('no');
      const key = `${name}.${value}`;
      if (key in devices) return t(key as keyof typeof devices);
      if (name === 'source') return sourceName(value);
      return pick(label) || value;
    },
    [t, pick, sourceName],
  );
}

/** "来源：国家药监局" for each condition that is set; names come from the facets where these have arrived. */
export function useConditionWords(conditions: Conditions): (name: Condition, value: string) => string {
  const t = useText(devices);
  const { lang } = usePreferences();
  const words = useValueWords();
  const facets = useFacets(conditions);
  return useCallback(
    (name, value) => {
      const bucket = facets.data?.facets
        .find((facet) => facet.name === name)
        ?.buckets.find((one) => one.value === value);
      const title = name.startsWith('released') ? `${t('released')} ${t(name)}` : t(name);
      return `${title}${lang === 'zh' ? '：' : ': '}${words(name, value, bucket?.label)}`;
    },
    [t, lang, words, facets.data],
  );
}
