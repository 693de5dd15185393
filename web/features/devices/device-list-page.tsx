import { Button } from 'antd';
import { useState } from 'react';
import { NothingLeft } from '../../components/nothing-left.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useText } from '../../i18n/text.ts';
import '../../styles/devices.css';
import { CONDITIONS, type Condition, useConditions, useConditionWords, useFacets } from './conditions.ts';
import { DeviceTable } from './device-table.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { devices } from './messages.ts';
import { QueryBar } from './query-bar.tsx';
import { QueryNote } from './query-note.tsx';

export default function DeviceListPage() {
  const t = useText(devices);
  const { conditions, sort, change } = useConditions();
  const words = useConditionWords(conditions);
  const facets = useFacets(conditions);
  const [facetsOpen, setFacetsOpen] = useState(false);
  usePageTitle(conditions.q ? `${conditions.q} · ${t('title')}` : t('title'));
  const set = CONDITIONS.filter((name): name is Condition => conditions[name] !== undefined);
  return (
    <div className={facetsOpen ? 'device-list facets-open' : 'device-list'}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <QueryBar />
      <Button className="facets-toggle" aria-expanded={facetsOpen} onClick={() => setFacetsOpen(!facetsOpen)}>
        {t('showFacets')}
      </Button>
      <FacetPanel conditions={conditions} />
      <section className="device-result">
        <DeviceTable
          id="devices"
          path="/devices"
          query={conditions}
          sort={sort}
          onSort={(next) => change({ sort: next })}
          total={facets.data?.total}
          above={(page) => <QueryNote page={page} q={conditions.q} />}
          empty={
            <NothingLeft
              path="/devices"
              query={conditions}
              conditions={set.map((name) => ({ name, words: words(name, conditions[name] ?? '') }))}
              onRemove={(name) => change({ [name]: undefined })}
            />
          }
        />
      </section>
    </div>
  );
}
