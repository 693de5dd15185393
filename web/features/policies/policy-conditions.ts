import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { policies } from './messages.ts';
import type { PolicyFacets } from './types.ts';
import { useWord } from './words.ts';

/** Names of the conditions of the policy search, as the address and the API spell them. */
export const POLICY_CONDITIONS = [
  'q',
  'kind',
  'docType',
  'issuer',
  'region',
  'level',
  'state',
  'year',
  'from',
  'to',
  'language',
  'number',
  'standard',
  'cites',
  'policyOnly',
] as const;
export type PolicyCondition = (typeof POLICY_CONDITIONS)[number];
export type PolicyConditions = Readonly<Partial<Record<PolicyCondition, string>>>;

export const SORTS = ['relevance', 'newest', 'oldest', 'title'] as const;

/** The conditions in the address of the page, and how to change them. */
export function usePolicyConditions() {
  const [search, setSearch] = useSearchParams();
  const conditions = useMemo(() => {
    const found: Partial<Record<PolicyCondition, string>> = {};
    for (const name of POLICY_CONDITIONS) {
      const value = search.get(name);
      if (value) found[name] = value;
    }
    return found as PolicyConditions;
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
  const clear = useCallback(
    () => change(Object.fromEntries(POLICY_CONDITIONS.map((name) => [name, undefined]))),
    [change],
  );
  const set = POLICY_CONDITIONS.filter((name) => conditions[name] !== undefined);
  return { conditions, set, sort: search.get('sort') ?? undefined, change, clear };
}

export function usePolicyFacets(conditions: PolicyConditions) {
  return useApi<PolicyFacets>('/policies/facets', conditions, { keep: true });
}

/** A value of a condition in words. */
export function useConditionValue(): (name: string, value: string) => string {
  const word = useWord();
  const t = useText(policies);
  return useCallback(
    (name, value) => {
      if (name === 'kind' || name === 'level' || name === 'language' || name === 'state') return word(name, value);
      if (name === 'policyOnly') return t('yes');
      return value;
    },
    [word, t],
  );
}

/** "种类：规章制度" */
export function usePolicyConditionWords(): (name: PolicyCondition, value: string) => string {
  const t = useText(policies);
  const { lang } = usePreferences();
  const value = useConditionValue();
  return useCallback(
    (name, text) => `${t(`condition.${name}`)}${lang === 'zh' ? '：' : ': '}${value(name, text)}`,
    [t, lang, value],
  );
}

/** The name of a condition alone. */
export function conditionKey(name: string): keyof typeof policies | null {
  const key = `condition.${name}`;
  return key in policies ? (key as keyof typeof policies) : null;
}
