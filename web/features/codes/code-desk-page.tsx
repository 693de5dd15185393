import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { usePageTitle } from '../../components/page-title.ts';
import { useDates } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import '../../styles/codes.css';
import { CodeAnswer } from './code-answer.tsx';
import { DeskInput } from './desk-input.tsx';
import { type DeskRow, SHOWS, type Show } from './desk-rows.ts';
import { loadDesk, saveDesk } from './desk-store.ts';
import { DeskTable } from './desk-table.tsx';
import { codes } from './messages.ts';
import { useLookups } from './use-lookups.ts';
import { linesOf, useReadings } from './use-readings.ts';

/** The text of the desk: kept over a reload, and with the code of the address on top. */
function useDeskText() {
  const [search] = useSearchParams();
  const asked = search.get('code');
  const [text, setText] = useState<string | null>(null);
  const loaded = useRef(false);
  useEffect(() => {
    let gone = false;
    void loadDesk().then((kept) => {
      if (gone) return;
      const has = asked === null || kept.split('\n').includes(asked);
      setText((before) => before ?? (has ? kept : [asked, kept].filter(Boolean).join('\n')));
      loaded.current = true;
    });
    return () => {
      gone = true;
    };
  }, [asked]);
  // a further code in the address joins the desk that is already open
  useEffect(() => {
    if (loaded.current && asked !== null)
      setText((before) => (before?.split('\n').includes(asked) ? before : [asked, before].filter(Boolean).join('\n')));
  }, [asked]);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => void saveDesk(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return { text: text ?? '', setText: setText as (text: string) => void, asked };
}

export default function CodeDeskPage() {
  const t = useText(codes);
  const dates = useDates();
  const [search, setSearch] = useSearchParams();
  const { text, setText, asked } = useDeskText();
  usePageTitle(t('title'));

  const deferred = useDeferredValue(text);
  const { lines, count } = useMemo(() => linesOf(deferred), [deferred]);
  const wanted = useMemo(() => lines.map((line) => line.code), [lines]);
  const readings = useReadings(lines);
  const lookups = useLookups(wanted, dates.query);

  const { of, version } = lookups;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` tells that answers have come in
  const rows = useMemo<readonly DeskRow[]>(
    () =>
      lines.map((line, index) => {
        const reading = readings[index];
        return { line, reading: reading?.code === line.code ? reading : undefined, lookup: of(line.code) };
      }),
    [lines, readings, of, version],
  );
  const read = rows.reduce((sum, row) => sum + (row.reading ? 1 : 0), 0);
  const failed = rows.reduce((sum, row) => sum + (row.lookup === 'failed' ? 1 : 0), 0);

  const looked = rows.reduce((sum, row) => sum + (row.lookup ? 1 : 0), 0);

  const lineNo = search.get('line');
  const selected =
    rows.find((row) => String(row.line.no) === lineNo) ??
    (asked === null ? undefined : rows.find((row) => row.line.code === asked)) ??
    (rows.length === 1 ? rows[0] : undefined);
  const show = SHOWS.find((name) => name === search.get('show')) ?? 'all';
  const change = useCallback(
    (name: string, value: string | undefined) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (value) after.set(name, value);
          else after.delete(name);
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const onSelect = useCallback((row: DeskRow) => change('line', String(row.line.no)), [change]);
  const append = useCallback(
    (more: readonly string[]) => {
      const kept = text.replace(/\n+$/, '');
      setText([kept, ...more].filter((line) => line !== '').join('\n'));
    },
    [text, setText],
  );

  return (
    <div className="desk">
      <header className="page-head desk-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <DeskInput text={text} count={count} read={read} onText={setText} onAppend={append} />
      <div className="desk-answer" aria-live="off">
        {lookups.busy && looked < rows.length && rows.length > 1000 && (
          <p className="hint" role="status">
            {t('lookingUp', { done: looked, total: rows.length })}
          </p>
        )}
        {failed > 0 && (
          <div className="notice notice-amber row between" role="status">
            <span>{t('lookupFailed', { n: failed })}</span>
            <button type="button" className="link" onClick={lookups.again}>
              {t('retry')}
            </button>
          </div>
        )}
        {rows.length === 0 && (
          <div className="empty">
            <h2>{t('nothing')}</h2>
            <p>{t('nothingDetail')}</p>
            <p className="hint">{t('library')}</p>
          </div>
        )}
        {rows.length > 1 && (
          <div className={selected ? 'desk-table desk-table-short' : 'desk-table'}>
            <DeskTable
              rows={rows}
              show={show}
              currentKey={selected ? String(selected.line.no) : undefined}
              onShow={(next: Show) => change('show', next === 'all' ? undefined : next)}
              onSelect={onSelect}
            />
          </div>
        )}
        {selected?.reading && <CodeAnswer reading={selected.reading} lookup={selected.lookup} />}
      </div>
    </div>
  );
}
