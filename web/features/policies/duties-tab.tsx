import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { copyText } from '../../components/copy-text.ts';
import { useText } from '../../i18n/text.ts';
import { elementId } from './elements.ts';
import { file as words } from './file-messages.ts';
import type { Obligation, PolicyDocument } from './types.ts';

/** Leads to the sentence in the text. */
function PlaceLink({ element }: { element: string }) {
  const t = useText(words);
  const [, setSearch] = useSearchParams();
  return (
    <button
      type="button"
      className="link no-print"
      onClick={() =>
        setSearch((before) => {
          const after = new URLSearchParams(before);
          after.delete('tab');
          after.set('el', element);
          return after;
        })
      }
    >
      {t('showPlace')}
    </button>
  );
}

function Terms({ duty }: { duty: Obligation }) {
  const t = useText(words);
  const terms = [
    [t('when'), duty.condition],
    [t('except'), duty.exception],
    [t('otherwise'), duty.consequence],
  ].filter(([, value]) => value);
  return (
    <>
      {terms.map(([label, value]) => (
        <p key={label}>
          <span className="hint">{label}</span> {value}
        </p>
      ))}
    </>
  );
}

/** Duties and measures of one document as tables, each with the way to its sentence. */
export function DutiesTab({ document, number }: { document: PolicyDocument; number: number }) {
  const t = useText(words);
  const [query, setQuery] = useState('');
  const [copied, setCopied] = useState(false);
  const all = useMemo(() => document.obligations.map((duty, index) => ({ duty, index })), [document]);
  const shown = useMemo(
    () =>
      query.trim() === ''
        ? all
        : all.filter(({ duty }) =>
            Object.values(duty).some((value) => typeof value === 'string' && value.includes(query.trim())),
          ),
    [all, query],
  );
  const copyTable = async () => {
    const rows = shown.map(({ duty }) =>
      [
        duty.actor,
        duty.modal,
        duty.action,
        duty.deadline ?? duty.within,
        duty.condition,
        duty.exception,
        duty.consequence,
      ]
        .map((value) => (value ?? '').replaceAll(/[\t\n]+/g, ' '))
        .join('\t'),
    );
    setCopied(
      await copyText(
        [[t('who'), '', t('what'), t('until'), t('when'), t('except'), t('otherwise')].join('\t'), ...rows].join('\n'),
      ),
    );
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <div className="stack">
      <section aria-labelledby="duties-title">
        <div className="row between section-head">
          <h2 id="duties-title">
            {t('duties')} <span className="hint">{all.length}</span>
          </h2>
          {all.length > 0 && (
            <div className="row no-print">
              <input
                type="search"
                className="search-input duty-filter"
                aria-label={t('dutyFilter')}
                placeholder={t('dutyFilter')}
                value={query}
                onChange={(event) => setQuery(event.target.value)}
              />
              <span className="hint" aria-live="polite">
                {t('shownOf', { shown: shown.length, n: all.length })}
              </span>
              <Button onClick={copyTable}>{copied ? t('copied') : t('copyTable')}</Button>
            </div>
          )}
        </div>
        {all.length === 0 ? (
          <div className="empty">
            <h2>{t('noDuties')}</h2>
            <p>{t('noDutiesDetail')}</p>
          </div>
        ) : (
          <div className="table-box table-box-cards">
            <table className="data-table plain-table duty-table" lang="zh-CN" data-testid="duty-table">
              <thead>
                <tr>
                  <th scope="col">{t('who')}</th>
                  <th scope="col">{t('what')}</th>
                  <th scope="col">{t('until')}</th>
                  <th scope="col">{t('terms')}</th>
                  <th scope="col">{t('place')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ duty, index }) => (
                  <tr key={index} className="wrap">
                    <td data-label={t('who')}>{duty.actor ?? <span className="hint">{t('nobody')}</span>}</td>
                    <td data-label={t('what')}>
                      <b>{duty.modal}</b> {duty.action}
                    </td>
                    <td data-label={t('until')} className="duty-until">
                      {duty.deadline ?? duty.within}
                    </td>
                    <td data-label={t('terms')}>
                      <Terms duty={duty} />
                    </td>
                    <td data-label={t('place')}>
                      <PlaceLink element={elementId(number, 'obligation', index)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {document.measures.length > 0 && (
        <section aria-labelledby="measures-title">
          <div className="section-head">
            <h2 id="measures-title">
              {t('measures')} <span className="hint">{document.measures.length}</span>
            </h2>
          </div>
          <div className="table-box table-box-cards">
            <table className="data-table plain-table" lang="zh-CN">
              <thead>
                <tr>
                  <th scope="col">{t('measure')}</th>
                  <th scope="col">{t('lead')}</th>
                  <th scope="col">{t('others')}</th>
                  <th scope="col">{t('place')}</th>
                </tr>
              </thead>
              <tbody>
                {document.measures.map((measure, index) => (
                  <tr key={`${measure.start}-${measure.no}`} className="wrap">
                    <td data-label={t('measure')}>{[measure.no, measure.heading].filter(Boolean).join(' ')}</td>
                    <td data-label={t('lead')}>{measure.departments[0]}</td>
                    <td data-label={t('others')}>{measure.departments.slice(1).join('、')}</td>
                    <td data-label={t('place')}>
                      <PlaceLink element={elementId(number, 'measure', index)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </div>
  );
}
