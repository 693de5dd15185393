import { useState } from 'react';
import { DayField } from '../../components/day-field.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePreferences } from '../../frame/preferences.tsx';
import { formatNumber, pick, roundedCount, useText } from '../../i18n/text.ts';
import { policies } from './messages.ts';
import {
  conditionKey,
  type PolicyConditions,
  useConditionValue,
  usePolicyConditions,
  usePolicyFacets,
} from './policy-conditions.ts';
import type { PolicyFacets } from './types.ts';

const SHORT = 7;

function FacetList({ facet, conditions }: { facet: PolicyFacets['facets'][number]; conditions: PolicyConditions }) {
  const t = useText(policies);
  const { lang } = usePreferences();
  const { change } = usePolicyConditions();
  const words = useConditionValue();
  const [all, setAll] = useState(false);
  const chosen = (conditions as Readonly<Record<string, string>>)[facet.name];
  const buckets = facet.buckets.filter((bucket) => bucket.count > 0 || bucket.value === chosen);
  const shown = all ? buckets : buckets.filter((bucket, index) => index < SHORT || bucket.value === chosen);
  const key = conditionKey(facet.name);
  if (buckets.length === 0) return null;
  return (
    <fieldset className="facet">
      <legend>{key ? t(key) : facet.name}</legend>
      {shown.map((bucket) => {
        const known = words(facet.name, bucket.value);
        const label = known === bucket.value ? pick(bucket.label, lang) || bucket.value : known;
        return (
          <label key={bucket.value} className="facet-bucket" title={label}>
            <input
              type="checkbox"
              checked={chosen === bucket.value}
              onChange={() => change({ [facet.name]: chosen === bucket.value ? undefined : bucket.value })}
            />
            <span className="facet-label">{label}</span>
            <span className="facet-count">
              {bucket.relation === 'exact' ? formatNumber(bucket.count) : `≈ ${roundedCount(bucket.count, lang)}`}
            </span>
          </label>
        );
      })}
      {shown.length < buckets.length && (
        <button type="button" className="link hint" onClick={() => setAll(true)}>
          {t('moreBuckets', { n: buckets.length - shown.length })}
        </button>
      )}
    </fieldset>
  );
}

/** Counts of the result by kind, issuer, region …, and the span of days. */
export function PolicyFacetPanel({ conditions }: { conditions: PolicyConditions }) {
  const t = useText(policies);
  const { change } = usePolicyConditions();
  const facets = usePolicyFacets(conditions);
  return (
    <aside className="facets" aria-label={t('facets')} aria-busy={facets.isFetching}>
      <label className="facet-bucket policy-only">
        <input
          type="checkbox"
          checked={conditions.policyOnly === 'true'}
          onChange={(event) => change({ policyOnly: event.target.checked ? 'true' : undefined })}
        />
        <span className="facet-label">{t('condition.policyOnly')}</span>
      </label>
      {facets.isPending && <PageSkeleton rows={10} />}
      {facets.error && <p className="hint">{t('facetsFailed')}</p>}
      {facets.data?.facets.map((facet) => (
        <FacetList key={facet.name} facet={facet} conditions={conditions} />
      ))}
      <fieldset className="facet">
        <legend>{t('issuedBetween')}</legend>
        <div className="policy-days">
          <label htmlFor="policy-from" className="hint">
            {t('condition.from')}
          </label>
          <DayField id="policy-from" value={conditions.from} onChange={(day) => change({ from: day })} />
          <label htmlFor="policy-to" className="hint">
            {t('condition.to')}
          </label>
          <DayField id="policy-to" value={conditions.to} onChange={(day) => change({ to: day })} />
        </div>
      </fieldset>
    </aside>
  );
}
