import { useCallback } from 'react';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { roleName } from '../duties/roles.ts';
import { policyWords } from '../policies/messages.ts';
import { subscriptions as words } from './messages.ts';
import type { Subscription } from './types.ts';

/** What a subscription follows, in one line. */
export function useAboutWords(): (found: Pick<Subscription, 'about' | 'target'>) => string {
  const t = useText(words);
  const p = useText(policyWords);
  const { lang } = usePreferences();
  return useCallback(
    ({ about, target }) => {
      const colon = lang === 'zh' ? '：' : ': ';
      if (about.type === 'act')
        return `${t('about.act')}${colon}${[target?.title, target?.number].filter(Boolean).join(' · ') || about.id}`;
      if (about.type === 'query') {
        const { kind, level, issuer, region } = about.filter;
        const named = [
          about.q,
          kind && (`kind.${kind}` in policyWords ? p(`kind.${kind}` as 'kind.rule') : kind),
          issuer,
          region,
          level && (`level.${level}` in policyWords ? p(`level.${level}` as 'level.city') : level),
        ];
        return `${t('about.query')}${colon}${named.filter(Boolean).join(' · ')}`;
      }
      const { profile } = about;
      const named = [
        [profile?.region?.province, profile?.region?.city].filter(Boolean).join(''),
        ...(profile?.roles ?? []).map((role) => roleName(role, lang)),
        ...(profile?.classes ?? []).map((one) => (`class.${one}` in words ? t(`class.${one}` as 'class.I') : one)),
        ...(profile?.products ?? []),
      ];
      return `${t('about.profile')}${colon}${named.filter(Boolean).join(' · ')}`;
    },
    [t, p, lang],
  );
}
