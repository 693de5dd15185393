import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Cell, TableColumn, TableFile, TableLine } from '../../api/rule-types.ts';
import { type Language, usePreferences } from '../../frame/preferences.tsx';
import { type Bilingual, pick as pickOf, usePick, useText } from '../../i18n/text.ts';
import { Section } from '../dossiers/section.tsx';
import { rules } from './messages.ts';
import { RulePages } from './rule-pages.tsx';
import { FirmnessWord, SourceLine } from './rule-words.tsx';

/** Where a table has a column for each language, only the one of the person is shown. */
function columnsFor(columns: readonly TableColumn[], lang: Language): readonly TableColumn[] {
  const ids = new Set(columns.map(({ id }) => id));
  return columns.filter(({ id }) => {
    if (!/(^|[-_])(zh|en)$/.test(id)) return true;
    const stem = id.slice(0, -2);
    return !(ids.has(`${stem}zh`) && ids.has(`${stem}en`)) || id.endsWith(lang);
  });
}

/** The heading without the language, where the column of the other one is not shown. */
function heading(column: TableColumn, lang: Language): string {
  const text = pickOf(column, lang);
  return /(^|[-_])(zh|en)$/.test(column.id) ? text.replace(/\s*[（(](?:中文|英文|Chinese|English)[）)]$/, '') : text;
}

/** Numbers such as NL-001, which rows name each other by. */
const CODED = /^[A-Z]+-?\d+$/;

function isPair(cell: Cell): cell is Bilingual {
  return typeof cell === 'object' && cell !== null && 'zh' in cell;
}

function cellText(cell: Cell, lang: Language): string {
  if (cell === null) return '';
  if (isPair(cell)) return pickOf(cell, lang);
  if (typeof cell === 'boolean') return rules[cell ? 'yes' : 'no'][lang === 'zh' ? 0 : 1];
  return Array.isArray(cell) ? cell.join(lang === 'zh' ? '、' : ', ') : String(cell);
}

/** Both languages of a row, for the search. */
function rowText(line: TableLine): string {
  return JSON.stringify([
    line.id,
    line.cells,
    line.note,
    line.sources.map(({ title, article }) => [title, article]),
  ]).toLowerCase();
}

/** A table of the rulebook: its rows with their dates, firmness and sources, and a search over them. */
export function TableView({ table }: { table: TableFile }) {
  const t = useText(rules);
  const pick = usePick();
  const { lang } = usePreferences();
  const [search, setSearch] = useSearchParams();
  // typed text is kept here, so that composing Chinese is never disturbed; the address follows
  const [q, keep] = useState(search.get('q') ?? '');
  const setQ = (text: string) => {
    keep(text);
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (text) after.set('q', text);
        else after.delete('q');
        return after;
      },
      { replace: true },
    );
  };
  const columns = columnsFor(table.columns, lang);
  const noted = table.rows.some((line) => line.note !== null);
  const coded = table.rows.some((line) => CODED.test(line.id));
  const dated = table.rows.some((line) => line.from !== null || line.until !== null);
  const rows = useMemo(() => {
    const terms = q.toLowerCase().split(/\s+/).filter(Boolean);
    return table.rows.filter((line) => {
      const text = rowText(line);
      return terms.every((term) => text.includes(term));
    });
  }, [table.rows, q]);
  return (
    <article className="stack">
      <header className="page-head">
        <div>
          <h1>{pick(table.title)}</h1>
          <p className="row">
            <span>{t('kind.table')}</span>
            <span className="mono">{table.id}</span>
          </p>
          {table.note && <p>{pick(table.note)}</p>}
        </div>
        <RulePages />
      </header>
      <div>
        <div className="table-tools">
          <input
            className="search-input rule-table-search"
            type="search"
            aria-label={t('tableSearch')}
            placeholder={t('tableSearch')}
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
          <span aria-live="polite">{t('rowsShown', { n: rows.length, total: table.rows.length })}</span>
        </div>
        {rows.length === 0 ? (
          <div className="empty">
            <h2>{t('noRows', { q })}</h2>
            <p>{t('noRowsBut', { total: table.rows.length })}</p>
            <button type="button" className="link" onClick={() => setQ('')}>
              {t('clear')}
            </button>
          </div>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
          <section className="table-box table-box-cards" aria-label={pick(table.title)} tabIndex={0}>
            <table className="data-table rule-table">
              <caption className="visually-hidden">{pick(table.title)}</caption>
              <thead>
                <tr>
                  {coded && <th scope="col">{t('id')}</th>}
                  {columns.map((column) => (
                    <th key={column.id} scope="col">
                      {heading(column, lang)}
                    </th>
                  ))}
                  {noted && <th scope="col">{t('note')}</th>}
                  {dated && <th scope="col">{t('from')}</th>}
                  <th scope="col">{t('basis')}</th>
                </tr>
              </thead>
              <tbody className="wrap">
                {rows.map((line) => (
                  <tr key={line.id} className={line.inForce ? undefined : 'rule-row-past'}>
                    {coded && (
                      <td className="mono" data-label={t('id')}>
                        {line.id}
                      </td>
                    )}
                    {columns.map((column) => (
                      <td key={column.id} data-label={heading(column, lang)}>
                        {cellText(line.cells[column.id] ?? null, lang) || <span className="hint">—</span>}
                      </td>
                    ))}
                    {noted && <td data-label={t('note')}>{cellText(line.note, lang)}</td>}
                    {dated && (
                      <td data-label={t('from')}>
                        <span>
                          {line.from ?? '—'}
                          {line.until && ` – ${line.until}`}{' '}
                          {!line.inForce && <span className="word word-grey">{t('notInForce')}</span>}
                        </span>
                      </td>
                    )}
                    <td data-label={t('basis')}>
                      {line.sources.length === 0 ? (
                        <FirmnessWord level={line.firmness} />
                      ) : (
                        <ul className="plain-list">
                          {line.sources.map((source) => (
                            <li key={`${source.instrument}-${source.article}`}>
                              <SourceLine source={source} />
                            </li>
                          ))}
                        </ul>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
      {table.questions.length > 0 && (
        <Section id="questions" title={t('section.questions')}>
          <ul>
            {table.questions.map((question) => (
              <li key={question.id}>{pick(question)}</li>
            ))}
          </ul>
        </Section>
      )}
      <p className="hint">
        {t('file')} <span className="mono">{table.file}</span>
      </p>
    </article>
  );
}
