import { Button, Select } from 'antd';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useApi } from '../../api/queries.ts';
import type { RulebookCoverage } from '../../api/rule-types.ts';
import { formatNumber, usePick, useText } from '../../i18n/text.ts';
import { rules } from './messages.ts';
import { useRuleConditions } from './rule-conditions.ts';

/** Regions with their subjects below them: `cn` before `cn/registration`. */
function placeOptions(
  places: RulebookCoverage['byPlace'],
  pick: ReturnType<typeof usePick>,
  whole: (name: string) => string,
) {
  const regions = new Map<string, { count: number; options: { value: string; label: string }[]; name: string }>();
  for (const { id, title, count } of places) {
    const [region = ''] = id.split('/');
    const [name = region] = pick(title).split(' · ');
    const group = regions.get(region) ?? { count: 0, options: [], name };
    group.count += count;
    group.options.push({ value: id, label: `${pick(title)}  ${formatNumber(count)}` });
    regions.set(region, group);
  }
  return [...regions].map(([region, { name, count, options }]) => ({
    label: name,
    options: [{ value: region, label: `${whole(name)}  ${formatNumber(count)}` }, ...options],
  }));
}

/** Words, kind, place and firmness; what is chosen stands in the address. */
export function RuleFilters() {
  const t = useText(rules);
  const pick = usePick();
  const { conditions, change } = useRuleConditions();
  const [text, setText] = useState(conditions.q ?? '');
  useEffect(() => setText(conditions.q ?? ''), [conditions.q]);
  const coverage = useApi<RulebookCoverage>('/rules/coverage', {}, { timeless: true }).data;
  const places = useMemo(
    () => placeOptions(coverage?.byPlace ?? [], pick, (name) => t('wholeRegion', { name })),
    [coverage, pick, t],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ q: text.trim() || undefined });
  };
  return (
    <div className="rule-filters">
      <form className="row" onSubmit={submit}>
        <input
          className="search-input field-wide"
          type="search"
          aria-label={t('searchField')}
          placeholder={t('searchField')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="primary" htmlType="submit">
          {t('search')}
        </Button>
      </form>
      <div className="row">
        <Select
          aria-label={t('kind')}
          className="rule-filter"
          popupMatchSelectWidth={false}
          value={conditions.kind ?? ''}
          onChange={(kind: string) => change({ kind })}
          options={[
            { value: '', label: t('allKinds') },
            ...(coverage?.byKind ?? []).map(({ id, title, count }) => ({
              value: id,
              label: `${pick(title)}  ${formatNumber(count)}`,
            })),
          ]}
        />
        <Select
          aria-label={t('place')}
          className="rule-filter"
          popupMatchSelectWidth={false}
          value={conditions.place ?? ''}
          onChange={(place: string) => change({ place })}
          options={[{ value: '', label: t('allPlaces') }, ...places]}
        />
        <Select
          aria-label={t('firmness')}
          className="rule-filter"
          popupMatchSelectWidth={false}
          value={conditions.firmness ?? ''}
          onChange={(firmness: string) => change({ firmness })}
          options={[
            { value: '', label: t('allFirmness') },
            ...(coverage?.byFirmness ?? []).map(({ id, title, meaning }) => ({
              value: id,
              label: pick(title),
              title: pick(meaning),
            })),
          ]}
        />
      </div>
    </div>
  );
}
