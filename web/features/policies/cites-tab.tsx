import { Popover } from 'antd';
import { AppLink } from '../../components/app-link.tsx';
import { useText } from '../../i18n/text.ts';
import { CiteGraph } from './cite-graph.tsx';
import { file as words } from './file-messages.ts';
import { PolicyStateWord } from './policy-state.tsx';
import type { Act, LinkedCite, StandardCite } from './types.ts';
import { policyPath, useJoin, useWord } from './words.ts';

/** What a citation leads to: the act, or why it leads to none and what it may be. */
export function CiteTarget({ cite }: { cite: LinkedCite }) {
  const t = useText(words);
  if (cite.target)
    return (
      <span className="cite-target">
        <AppLink to={policyPath(cite.target.id, cite.target.ordinal)}>{cite.target.title}</AppLink>{' '}
        <PolicyStateWord state={cite.target.state} />
      </span>
    );
  return (
    <Popover
      trigger="click"
      title={t('unresolved')}
      content={
        <div className="source-card">
          <p className="hint">{t('unresolvedWhy')}</p>
          {cite.candidates.length > 0 && (
            <>
              <p>{t('candidates')}</p>
              <ul>
                {cite.candidates.map((one) => (
                  <li key={`${one.id}${one.ordinal}`}>
                    <AppLink to={policyPath(one.id, one.ordinal)}>
                      {[one.title, one.number].filter(Boolean).join(' · ')}
                    </AppLink>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      }
    >
      <button type="button" className="word word-grey" aria-haspopup="dialog">
        {t('unresolved')}
      </button>
    </Popover>
  );
}

const STANDARD_TONES: Readonly<Record<StandardCite['state'], string>> = {
  current: 'word-green',
  upcoming: 'word-amber',
  replaced: 'word-red',
  'not-listed': 'word-grey',
};

/** What an act cites, what cites it, the standards in it, and all of it drawn. */
export function CitesTab({ id, act, drawn }: { id: string; act: Act; drawn: boolean }) {
  const t = useText(words);
  const word = useWord();
  const join = useJoin();
  return (
    <div className="stack">
      <section aria-labelledby="graph-title">
        <div className="section-head">
          <h2 id="graph-title">{t('graph')}</h2>
        </div>
        {drawn && <CiteGraph id={id} ordinal={act.ordinal} />}
      </section>
      <section aria-labelledby="cites-title">
        <div className="section-head">
          <h2 id="cites-title">
            {t('cites')} <span className="hint">{act.cites.length}</span>
          </h2>
        </div>
        {act.cites.length === 0 ? (
          <p className="hint">{t('noCites')}</p>
        ) : (
          <div className="table-box table-box-cards">
            <table className="data-table plain-table" data-testid="cite-table">
              <thead>
                <tr>
                  <th scope="col">{t('relation')}</th>
                  <th scope="col">{t('title')}</th>
                  <th scope="col">{t('articles')}</th>
                  <th scope="col">{t('resolved')}</th>
                </tr>
              </thead>
              <tbody>
                {act.cites.map((cite) => (
                  <tr key={cite.no} className="wrap">
                    <td data-label={t('relation')}>{word('relation', cite.relation)}</td>
                    <td data-label={t('title')} lang="zh-CN">
                      {cite.title ? `《${cite.title}》` : cite.number}
                      {cite.title && cite.number && <span className="hint"> {cite.number}</span>}
                    </td>
                    <td data-label={t('articles')}>{join(cite.articles)}</td>
                    <td data-label={t('resolved')}>
                      <CiteTarget cite={cite} />{' '}
                      {cite.resolvedBy && <span className="hint">{t(`by.${cite.resolvedBy}`)}</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section aria-labelledby="cited-by-title">
        <div className="row between section-head">
          <h2 id="cited-by-title">
            {t('citedBy')} <span className="hint">{act.citedBy.total}</span>
          </h2>
          {act.citedBy.total > 0 && (
            <AppLink to={`/policies?cites=${encodeURIComponent(act.ordinal > 0 ? `${id}:${act.ordinal}` : id)}`}>
              {t('citedByAll', { n: act.citedBy.total })}
            </AppLink>
          )}
        </div>
        {act.citedBy.items.length === 0 && <p className="hint">{t('noCitedBy')}</p>}
        <ul className="plain-list lines">
          {act.citedBy.items.map((one) => (
            <li key={`${one.id}${one.ordinal}${one.relation}`} lang="zh-CN">
              <span>
                <span className="word word-plain">{word('relation', one.relation)}</span>{' '}
                <AppLink to={policyPath(one.id, one.ordinal)}>{one.title}</AppLink>{' '}
                {one.number && <span className="hint">{one.number}</span>}
              </span>
              <span className="hint">{one.issuedOn}</span>
              {one.quote && <p className="cite-quote">{one.quote}</p>}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="standards-title">
        <div className="section-head">
          <h2 id="standards-title">
            {t('standards')} <span className="hint">{act.standards.length}</span>
          </h2>
        </div>
        {act.standards.length === 0 ? (
          <p className="hint">{t('noStandards')}</p>
        ) : (
          <ul className="plain-list lines">
            {act.standards.map((standard) => (
              <li key={`${standard.number}${standard.start}`}>
                <span lang="zh-CN">
                  <span className="mono">{standard.number}</span> {standard.title}
                </span>
                <span className="row">
                  {standard.by && <span className="hint">{t('replacedBy', { number: standard.by })}</span>}
                  <span
                    className={`word ${STANDARD_TONES[standard.state] ?? 'word-grey'}`}
                    title={standard.state === 'not-listed' ? t('notListedHint') : undefined}
                  >
                    {t(`standard.${standard.state}`)}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
