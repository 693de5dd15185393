import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

const CONDITIONS = ['q', 'kind', 'place', 'firmness'] as const;
export type RuleCondition = (typeof CONDITIONS)[number];

/** The conditions of the rule list as they stand in the address, and how to change them. */
export function useRuleConditions() {
  const [search, setSearch] = useSearchParams();
  const conditions = useMemo(() => {
    const found: Partial<Record<RuleCondition, string>> = {};
    for (const name of CONDITIONS) {
      const value = search.get(name);
      if (value) found[name] = value;
    }
    return found;
  }, [search]);
  const change = useCallback(
    (changes: Readonly<Partial<Record<RuleCondition, string | undefined>>>) =>
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
  const set = CONDITIONS.filter((name) => conditions[name] !== undefined);
  return { conditions, set, change };
}
