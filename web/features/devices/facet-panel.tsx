import { lazy, Suspense, useState } from 'react';
import type { Facet } from '../../api/types.ts';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePreferences } from '../../frame/preferences.tsx';
import { formatNumber, roundedCount, useText } from '../../i18n/text.ts';
import { type Conditions, useConditions, useFacets, useValueWords } from './conditions.ts';
import { devices } from './messages.ts';

const ReleasedFilter = lazy(() => import('./released-filter.tsx'));
const SHORT = 6;

function FacetList({ facet, conditions }: { facet: Facet; conditions: Conditions }) {
  const t = useText(devices);
  const { lang } = usePreferences();
  const { change } = useConditions();
  const words = useValueWords();
  const [all, setAll] = useState(false);
  const chosen = (conditions as Readonly<Record<string, string>>)[facet.name];
  // what EUDAMED files as category is its risk class, which has a facet of its own
  const own = facet.buckets.filter((bucket) => facet.name !== 'category' || !bucket.value.startsWith('EU_CLASS_'));
  const buckets = own.filter((bucket) => bucket.count > 0 || bucket.value === chosen);
  const shown = all ? buckets : buckets.slice(0, SHORT);
  if (buckets.length === 0) return null;
  return (
    <fieldset className="facet">
      <legend>{facet.name in devices ? t(facet.name as keyof typeof devices) : facet.name}</legend>
      {shown.map((bucket) => {
        const label = words(facet.name, bucket.value, bucket.label);
        const count =
          bucket.relation === 'exact' ? formatNumber(bucket.count) : `≈ ${roundedCount(bucket.count, lang)}`;
        return (
          <label key={bucket.value} className="facet-bucket" title={label}>
            <input
              type="checkbox"
              checked={chosen === bucket.value}
              onChange={() => change({ [facet.name]: chosen === bucket.value ? undefined : bucket.value })}
            />
            <span className="facet-label">{label}</span>
            <span className="facet-count">{count}</span>
          </label>
        );
      })}
      {buckets.length > SHORT && !all && (
        <button type="button" className="link hint" onClick={() => setAll(true)}>
          {t('moreBuckets')}
        </button>
      )}
    </fieldset>
  );
}

/** Counts of the result by class, holder, source …; fetched beside the list, never before it. */
export function FacetPanel({ conditions }: { conditions: Conditions }) {
  const t = useText(devices);
  const facets = useFacets(conditions);
  return (
    <aside className="facets" aria-label={t('facets')} aria-busy={facets.isFetching}>
      {facets.isPending && <PageSkeleton rows={10} />}
      {facets.error && <p className="hint">{t('facetsFailed')}</p>}
      {facets.data?.facets
        .filter((facet) => facet.buckets.length > 0)
        .map((facet) => (
          <FacetList key={facet.name} facet={facet} conditions={conditions} />
        ))}
      <Suspense fallback={null}>
        <ReleasedFilter conditions={conditions} />
      </Suspense>
    </aside>
  );
}
