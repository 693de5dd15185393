import { useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { getJson, sendJson } from '../../api/client.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { formatNumber, useText } from '../../i18n/text.ts';
import { compare as words } from './compare-messages.ts';
import { PolicyPages } from './policy-nav.tsx';
import { PolicyPicker } from './policy-picker.tsx';
import type { ArticleChange, ComparedArticle, Comparison } from './types.ts';
import { policyPath } from './words.ts';

const STORE = 'xiedang.compare';
const PASTED = 'text';
const CHANGES: readonly ArticleChange[] = ['changed', 'added', 'removed', 'moved'];
/** Unchanged words longer than this are folded while only changes are shown. */
const FOLD = 160;
const EDGE = 50;

type Side = 'a' | 'b';

function keptTexts(): Readonly<Record<Side, string>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? 'null');
    return { a: '', b: '', ...(typeof kept === 'object' ? kept : {}) };
  } catch {
    return { a: '', b: '' };
  }
}

function Unchanged({ text }: { text: string }) {
  const t = useText(words);
  const [open, setOpen] = useState(false);
  if (open || text.length <= FOLD) return text;
  return (
    <>
      {text.slice(0, EDGE)}
      <button type="button" className="link hint" onClick={() => setOpen(true)}>
        {t('more', { n: text.length - 2 * EDGE })}
      </button>
      {text.slice(-EDGE)}
    </>
  );
}

interface WordsProps {
  readonly article: ComparedArticle;
  readonly side: Side;
  readonly fold: boolean;
  /** The whole text of the side: articles that did not change are taken from it. */
  readonly text: string | undefined;
}

function Words({ article, side, fold, text: whole }: WordsProps) {
  const t = useText(words);
  const own = side === 'a' ? '-' : '+';
  const [start, end] = side === 'a' ? [article.aStart, article.aEnd] : [article.bStart, article.bEnd];
  if (start === null || end === null) return <p className="hint compare-absent">{t('noText')}</p>;
  if (article.parts.length === 0) {
    return (
      <p className="compare-words" lang="zh-CN">
        {whole?.slice(start, end).trim() ?? article.heading}
      </p>
    );
  }
  let at = 0;
  return (
    <p className="compare-words" lang="zh-CN">
      {article.parts
        .filter(({ op }) => op === '=' || op === own)
        .map(({ op, text }) => {
          const key = at;
          at += text.length + 1;
          if (op === '-') return <del key={key}>{text}</del>;
          if (op === '+') return <ins key={key}>{text}</ins>;
          return fold ? <Unchanged key={key} text={text} /> : <span key={key}>{text}</span>;
        })}
    </p>
  );
}

function Article({
  article,
  fold,
  texts,
}: {
  article: ComparedArticle;
  fold: boolean;
  texts: Partial<Record<Side, string>>;
}) {
  const t = useText(words);
  return (
    <li className={`compare-row compare-${article.change}`} data-testid="article">
      <div className="compare-head">
        <b lang="zh-CN">{article.no ?? article.heading ?? t('opening')}</b>
        {article.no && article.heading && article.change !== 'same' && (
          <span className="hint" lang="zh-CN">
            {article.heading.slice(0, 40)}
          </span>
        )}
        <span className={`word compare-word-${article.change}`}>{t(`change.${article.change}`)}</span>
        {article.aNo && article.aNo !== article.no && (
          <span className="hint" lang="zh-CN">
            {t('before', { no: article.aNo })}
          </span>
        )}
        {article.edited && article.change === 'moved' && (
          <span className="word compare-word-changed">{t('change.changed')}</span>
        )}
      </div>
      <div className="compare-side" data-label={t('a')}>
        <Words article={article} side="a" fold={fold} text={texts.a} />
      </div>
      <div className="compare-side" data-label={t('b')}>
        <Words article={article} side="b" fold={fold} text={texts.b} />
      </div>
    </li>
  );
}

/** Two texts by article, side by side. */
export default function ComparePage() {
  const t = useText(words);
  const [search, setSearch] = useSearchParams();
  const [texts, setTexts] = useState(keptTexts);
  const [sent, setSent] = useState(texts);
  usePageTitle(t('title'));
  const a = search.get('a') ?? undefined;
  const b = search.get('b') ?? undefined;
  const all = search.get('all') === '1';
  const only = search.get('change') as ArticleChange | null;
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value) after.set(name, value);
        else after.delete(name);
      }
      return after;
    });
  useEffect(() => {
    const keep = () => {
      try {
        localStorage.setItem(STORE, JSON.stringify(texts));
      } catch {
        // too large for this browser: it is pasted again
      }
    };
    const timer = setTimeout(keep, 300);
    // whoever leaves sooner loses nothing
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [texts]);

  const pasted = a === PASTED || b === PASTED;
  const query = {
    a,
    b,
    aVersion: search.get('aVersion') ?? undefined,
    bVersion: search.get('bVersion') ?? undefined,
  };
  const ready = pasted
    ? (a === PASTED ? sent.a.trim() !== '' : a !== undefined) && (b === PASTED ? sent.b.trim() !== '' : b !== undefined)
    : a !== undefined && b !== undefined;
  const textOf = async (side: Side, id: string | undefined, signal: AbortSignal) => {
    if (id === PASTED) return sent[side];
    const version = query[`${side}Version`];
    return (await getJson<{ text: string }>(`/policies/${encodeURIComponent(id ?? '')}`, { version }, signal)).text;
  };
  // the whole texts are wanted only when everything is shown
  const whole = useQuery({
    queryKey: ['/policies/compare', 'texts', query, pasted ? sent : null],
    queryFn: async ({ signal }) => ({ a: await textOf('a', a, signal), b: await textOf('b', b, signal) }),
    enabled: ready && all,
  });
  const sides: Partial<Record<Side, string>> = whole.data ?? {};
  const answer = useQuery({
    queryKey: ['/policies/compare', query, pasted ? sent : null],
    queryFn: async ({ signal }) => {
      if (!pasted) return getJson<Comparison>('/policies/compare', query, signal);
      const body = { a: await textOf('a', a, signal), b: await textOf('b', b, signal) };
      return sendJson<Comparison>('POST', '/policies/compare', body, { signal });
    },
    enabled: ready,
  });
  const shown = useMemo(
    () =>
      (answer.data?.articles ?? []).filter((article) =>
        only ? article.change === only : all || article.change !== 'same',
      ),
    [answer.data, all, only],
  );
  const total = answer.data?.articles.length ?? 0;
  const same = answer.data?.articles.every((article) => article.change === 'same');
  const side = (name: Side, id: string | undefined) => (
    <div className="compare-choice">
      <label className="compare-label" htmlFor={`compare-${name}`}>
        {t(name)}
      </label>
      {id === PASTED ? (
        <>
          <textarea
            id={`compare-${name}`}
            className="text-field"
            rows={6}
            spellCheck={false}
            placeholder={t('pasteHere')}
            value={texts[name]}
            onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
          />
          <button type="button" className="link hint" onClick={() => change({ [name]: undefined })}>
            {t('useLibrary')}
          </button>
        </>
      ) : (
        <>
          <PolicyPicker
            id={`compare-${name}`}
            label={t(name)}
            placeholder={t('choose')}
            value={id}
            onValue={(next) => change({ [name]: next, [`${name}Version`]: undefined })}
          />
          <span className="row">
            <button
              type="button"
              className="link hint"
              onClick={() => change({ [name]: PASTED, [`${name}Version`]: undefined })}
            >
              {t('paste')}
            </button>
            {id && (
              <AppLink to={policyPath(id)} className="hint">
                {t('open')}
              </AppLink>
            )}
          </span>
        </>
      )}
    </div>
  );
  return (
    <div className="stack policy-compare">
      <header className="page-head">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
        <PolicyPages />
      </header>
      <div className="compare-choices no-print">
        {side('a', a)}
        <Button
          className="compare-swap"
          aria-label={t('swap')}
          title={t('swap')}
          onClick={() => {
            change({ a: b, b: a, aVersion: query.bVersion, bVersion: query.aVersion });
            const swapped = { a: texts.b, b: texts.a };
            setTexts(swapped);
            setSent(swapped);
          }}
        >
          ⇄
        </Button>
        {side('b', b)}
      </div>
      {pasted && (
        <p>
          <Button type="primary" onClick={() => setSent(texts)}>
            {t('compare')}
          </Button>
        </p>
      )}
      {!ready && (
        <div className="empty">
          <h2>{t('nothing')}</h2>
          <p>{t('nothingDetail')}</p>
        </div>
      )}
      {ready && answer.isPending && <PageSkeleton rows={12} />}
      {answer.error && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {ready && answer.data && (
        <>
          <div className="table-tools">
            <fieldset className="filters" aria-label={t('kinds')}>
              {CHANGES.map((one) => {
                const count =
                  answer.data.counts[one] ?? answer.data.articles.filter((article) => article.change === one).length;
                return (
                  <button
                    key={one}
                    type="button"
                    className="filter"
                    aria-pressed={only === one}
                    disabled={count === 0}
                    onClick={() => change({ change: only === one ? undefined : one })}
                  >
                    {t(`change.${one}`)} {formatNumber(count)}
                  </button>
                );
              })}
            </fieldset>
            <span className="row">
              <span className="hint">{t('counts', { n: total })}</span>
              <Switch
                size="small"
                checked={!all}
                aria-label={t('onlyChanges')}
                onChange={(next) => change({ all: next ? undefined : '1', change: undefined })}
              />
              {t('onlyChanges')}
            </span>
          </div>
          {same && !all && (
            <div className="empty">
              <h2>{t('identical')}</h2>
              <p>{t('identicalDetail', { n: total })}</p>
            </div>
          )}
          {shown.length > 0 && (
            <ol className="plain-list compare-rows" aria-label={t('articles')}>
              <li className="compare-row compare-titles" aria-hidden="true">
                <span />
                <b>{answer.data.a?.title ?? t('a')}</b>
                <b>{answer.data.b?.title ?? t('b')}</b>
              </li>
              {shown.map((article) => (
                <Article
                  key={`${article.no}-${article.aStart}-${article.bStart}`}
                  article={article}
                  fold={!all}
                  texts={sides}
                />
              ))}
            </ol>
          )}
        </>
      )}
    </div>
  );
}
