import { Button } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { useNavigate } from 'react-router';
import { AppLink } from '../../components/app-link.tsx';
import { formatInstant, useHref } from '../../frame/dates.ts';
import { useHotkey } from '../../frame/hotkeys.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { policies } from './messages.ts';
import { PolicyStateWord } from './policy-state.tsx';
import type { PolicyRow, Snippet } from './types.ts';
import { policyPath, useJoin, useWord } from './words.ts';

function SnippetText({ snippet }: { snippet: Snippet }) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const [start, end] of snippet.marks) {
    parts.push(snippet.text.slice(at, start), <mark key={start}>{snippet.text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(snippet.text.slice(at));
  return <>{parts}</>;
}

/** The day a list is ordered by: issued, else published on the page. */
export function dayOf(row: Pick<PolicyRow, 'issuedOn' | 'publishedOn' | 'year'>): string {
  return row.issuedOn ?? row.publishedOn ?? (row.year ? String(row.year) : '');
}

function Hit({ row }: { row: PolicyRow }) {
  const t = useText(policies);
  const word = useWord();
  const join = useJoin();
  const facts = [
    row.number,
    row.issuers.length > 3
      ? t('issuersMore', { first: join(row.issuers.slice(0, 2)), n: row.issuers.length })
      : join(row.issuers),
    row.issuedOn ?? null,
    row.issuedOn
      ? null
      : row.publishedOn
        ? t('publishedOn', { date: row.publishedOn })
        : row.year
          ? String(row.year)
          : null,
    row.effectiveOn && row.effectiveOn !== row.issuedOn ? t('effectiveOn', { date: row.effectiveOn }) : null,
  ].filter(Boolean);
  return (
    <>
      <p className="hit-title" lang={row.language === 'en' ? 'en' : 'zh-CN'}>
        <AppLink to={policyPath(row.id)}>{row.title}</AppLink>
      </p>
      <p className="hit-words">
        <PolicyStateWord state={row.state} />
        {row.kind && <span className="word word-plain">{row.docType ?? word('kind', row.kind)}</span>}
        {row.stub && <span className="word word-grey">{t('stub')}</span>}
        {(row.acts ?? 1) > 1 && <span className="hint">{t('actsIn', { n: row.acts ?? 1 })}</span>}
        {typeof row.copies === 'number' && row.copies > 0 && (
          <span className="hint">{t('copiesOf', { n: row.copies })}</span>
        )}
      </p>
      <p className="hit-facts" lang="zh-CN">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      {row.snippet && row.snippet.text !== '' && (
        <p className="hit-snippet" lang={row.language === 'en' ? 'en' : 'zh-CN'}>
          <SnippetText snippet={row.snippet} />
        </p>
      )}
    </>
  );
}

interface Props {
  readonly rows: readonly PolicyRow[];
  /** Headings: months where the list runs by date, days where it runs by what came in last. */
  readonly heads: 'month' | 'recorded' | 'none';
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  onMore(): void;
}

/** The hits one below the other; j and k walk, Enter opens. */
export function PolicyHits({ rows, heads, hasMore, loadingMore, onMore }: Props) {
  const t = useText(policies);
  const { lang } = usePreferences();
  const navigate = useNavigate();
  const href = useHref();
  const list = useRef<HTMLOListElement>(null);
  const focus = (by: number) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('.hit') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[Math.min(Math.max(at + by, 0), items.length - 1)]?.focus();
  };
  useHotkey('j', () => focus(1));
  useHotkey('k', () => focus(-1));
  const onKey = (event: KeyboardEvent, row: PolicyRow) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') navigate(href(policyPath(row.id)));
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    focus(step);
  };
  const monthOf = (row: PolicyRow | undefined) => {
    if (!row || heads === 'none') return '';
    if (heads === 'recorded') return t('recordedOn', { date: formatInstant(row.recordedAt).slice(0, 10) });
    const [year = '', month = ''] = dayOf(row).split('-');
    if (year === '') return t('undated');
    return month === '' ? t('inYear', { year }) : t('inMonth', { year, month: lang === 'zh' ? Number(month) : month });
  };
  return (
    <>
      <ol ref={list} className="plain-list hits" data-testid="hits">
        {rows.map((row, index) => {
          const month = monthOf(row);
          return (
            <li key={row.id}>
              {month !== '' && month !== (index === 0 ? '' : monthOf(rows[index - 1])) && (
                <h2 className="hit-month">{month}</h2>
              )}
              <article className="hit" tabIndex={-1} onKeyDown={(event) => onKey(event, row)}>
                <Hit row={row} />
              </article>
            </li>
          );
        })}
      </ol>
      {rows.length > 0 && (
        <div className="table-more">
          <span>{hasMore ? t('loaded', { n: rows.length }) : t('atEnd')}</span>
          {hasMore && (
            <Button loading={loadingMore} onClick={onMore}>
              {t('loadMore')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
