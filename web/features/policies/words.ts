import { useCallback } from 'react';
import { usePreferences } from '../../frame/preferences.tsx';
import { formatNumber, useText } from '../../i18n/text.ts';
import { policyWords } from './messages.ts';
import type { Figure } from './types.ts';

type Prefix = 'kind' | 'state' | 'level' | 'language' | 'relation' | 'date' | 'from' | 'damage' | 'contradiction';

/** The word for a value of a fixed list; a value without a word stays itself. */
export function useWord(): (prefix: Prefix, value: string | null | undefined) => string {
  const t = useText(policyWords);
  return useCallback(
    (prefix, value) => {
      if (!value) return '';
      const key = `${prefix}.${value}`;
      return key in policyWords ? t(key as keyof typeof policyWords) : value;
    },
    [t],
  );
}

const OPS: Readonly<Record<string, string>> = { '=': '', '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ', '~': '≈ ' };

/** "≤ 2,000 万元" */
export function figureWords({ op, value, unit }: Pick<Figure, 'op' | 'value' | 'unit'>): string {
  return `${OPS[op] ?? ''}${formatNumber(value)} ${unit}`.trim();
}

/** Names joined as the language of the person joins them. */
export function useJoin(): (names: readonly string[]) => string {
  const { lang } = usePreferences();
  return useCallback((names) => names.join(lang === 'zh' ? '、' : ', '), [lang]);
}

export function policyPath(id: string, ordinal?: number): string {
  return `/policies/${encodeURIComponent(id)}${ordinal ? `?doc=${ordinal}` : ''}`;
}
