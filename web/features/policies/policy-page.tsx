import { Button, Popover } from 'antd';
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { NotDeterminable } from '../../components/not-determinable.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useRemember } from '../../components/recent-files.ts';
import { ValidityBar } from '../../components/validity-bar.tsx';
import { formatInstant, todayInShanghai, useDates, useHref } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { Cover } from '../dossiers/cover.tsx';
import { CitesTab, CiteTarget } from './cites-tab.tsx';
import { CorrectionTools } from './correction-tools.tsx';
import { DutiesTab } from './duties-tab.tsx';
import type { Element } from './elements.ts';
import { file as words } from './file-messages.ts';
import { LifeTab } from './life-tab.tsx';
import { PolicyPages } from './policy-nav.tsx';
import { PolicyStamp } from './policy-state.tsx';
import { ReadingView } from './reading-view.tsx';
import type { Act, PolicyDocument, PolicyFile } from './types.ts';
import { useReadingPlace } from './use-reading.ts';
import { policyPath, useJoin, useWord } from './words.ts';

const AddElement = lazy(() => import('./add-element.tsx'));
const RulesTab = lazy(() => import('./rules-tab.tsx'));
const MatchTab = lazy(() => import('./match-tab.tsx'));

const TABS = ['text', 'duties', 'cites', 'life', 'rules', 'match'] as const;
type Tab = (typeof TABS)[number];

function StateSide({ file, act }: { file: PolicyFile; act: Act | undefined }) {
  const t = useText(words);
  const pick = usePick();
  const state = act?.life.state ?? file.state;
  if (!state) return null;
  const missing = act?.life.missing ?? [];
  return (
    <div className="policy-stamp">
      <PolicyStamp state={state} />
      {state === 'unknown' && missing.length > 0 && (
        <NotDeterminable
          short
          missing={missing.map((one) => {
            const key = `missing.${one}`;
            return key in words ? t(key as keyof typeof words) : one;
          })}
        />
      )}
      {act && act.life.steps.length > 0 && (
        <Popover
          trigger="click"
          title={t('whyTitle')}
          placement="bottomRight"
          content={
            <ol className="source-card why-steps">
              {act.life.steps.map((step) => (
                <li key={`${step.zh}${step.date}`}>
                  {step.date && <time className="life-date">{step.date}</time>} {pick(step)}
                  {step.by && (
                    <>
                      {' '}
                      <AppLink to={policyPath(step.by.id, step.by.ordinal)}>{step.by.title}</AppLink>
                    </>
                  )}
                  {step.quote && <blockquote lang="zh-CN">{step.quote}</blockquote>}
                </li>
              ))}
            </ol>
          }
        >
          <button type="button" className="link hint" aria-haspopup="dialog">
            {t('why')}
          </button>
        </Popover>
      )}
    </div>
  );
}

/** The file of one policy. */
export default function PolicyPage() {
  const t = useText(words);
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const version = search.get('version') ?? undefined;
  const answer = useApi<PolicyFile>(`/policies/${encodeURIComponent(id)}`, { version });
  usePageTitle(answer.data?.title ?? t('tab'));
  useRemember(
    answer.data && {
      path: policyPath(answer.data.id),
      label: answer.data.title,
      detail: [answer.data.number, answer.data.issuers[0]].filter(Boolean).join(' · '),
    },
  );
  if (answer.isPending) return <PageSkeleton rows={14} />;
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  return <PolicyFileView key={answer.data.id} file={answer.data} />;
}

function PolicyFileView({ file }: { file: PolicyFile }) {
  const t = useText(words);
  const word = useWord();
  const join = useJoin();
  const navigate = useNavigate();
  const href = useHref();
  const dates = useDates();
  const [search, setSearch] = useSearchParams();
  const place = useReadingPlace();
  const tab: Tab = TABS.find((one) => one === search.get('tab')) ?? 'text';
  const documents = file.reading?.documents ?? [];
  const number = Math.min(place.document, Math.max(0, documents.length - 1));
  const document: PolicyDocument | undefined = documents[number];
  const act = file.acts?.find((one) => one.ordinal === number);
  const at = dates.asOf ?? todayInShanghai();
  const go = (changes: Readonly<Record<string, string | null>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      return after;
    });

  const linked = useMemo(() => new Map((act?.cites ?? []).map((cite) => [cite.start, cite])), [act]);
  const more = useCallback(
    (element: Element): ReactNode => {
      if (element.kind !== 'cite') return null;
      const cite = linked.get(element.start);
      return cite ? (
        <p>
          <CiteTarget cite={cite} />
        </p>
      ) : null;
    },
    [linked],
  );
  const latest = file.versionId === undefined || file.versionId === file.versions[0]?.id;
  const actions = useCallback(
    (element: Element): ReactNode => (document && latest ? <CorrectionTools file={file} element={element} /> : null),
    [file, document, latest],
  );

  const title = document && number > 0 ? document.title || file.title : file.title;
  const from = document?.effectiveDate ?? file.effectiveOn ?? document?.issueDate ?? file.issuedOn;
  const ended = act?.life.steps.findLast((step) => step.by && step.date && /废止|repeal/i.test(`${step.zh}${step.en}`));
  const lines = [
    { label: t('number'), value: (number > 0 ? document?.docNumber : file.number) ?? null },
    { label: t('issuers'), value: join(document?.issuers ?? file.issuers) },
    { label: t('issued'), value: document?.issueDate ?? file.issuedOn },
    { label: t('published'), value: document?.publishDate ?? file.publishedOn },
    { label: t('effective'), value: document?.effectiveDate ?? document?.effectiveRule ?? file.effectiveOn },
    {
      label: t('region'),
      value: file.region ? `${file.region.primary} · ${word('level', file.region.level)}` : null,
    },
    {
      label: t('kind'),
      value: [...new Set([word('kind', document?.kind ?? file.kind), document?.docType])].filter(Boolean).join(' · '),
    },
    { label: t('key'), value: <span className="mono">{file.key}</span> },
    {
      label: t('source'),
      value:
        file.url && /^https?:/.test(file.url) ? (
          <a href={file.url} target="_blank" rel="noreferrer">
            {t('openSource')}
          </a>
        ) : (
          file.versions[0]?.file
        ),
    },
  ].filter(({ value }) => value !== null && value !== undefined && value !== '');
  const counts: Readonly<Partial<Record<Tab, number | undefined>>> = {
    duties: document?.obligations.length,
    cites: (act?.cites.length ?? document?.cites.length ?? 0) + (act?.citedBy.total ?? 0),
    life: file.versions.length,
  };
  return (
    <div className="stack policy-file">
      <Cover
        tab={t('tab')}
        title={title}
        subtitle={file.stub ? <span className="word word-grey">{t('stub')}</span> : undefined}
        state={file.state ?? 'unknown'}
        stamp={<StateSide file={file} act={act} />}
        lines={lines}
        bar={
          from && /^\d{4}-\d{2}-\d{2}$/.test(from) ? (
            <ValidityBar
              from={from}
              to={ended?.date ?? document?.expiry}
              at={at}
              fromLabel={document?.effectiveDate ? t('effective') : t('issued')}
              toLabel={t('ends')}
              ended={ended !== undefined}
            />
          ) : undefined
        }
        actions={
          <>
            <Button onClick={() => navigate(href(`/subscriptions?new=act&id=${file.id}&ordinal=${number}`))}>
              {t('follow')}
            </Button>
            <Button onClick={() => navigate(href(`/policies/compare?a=${file.id}`))}>{t('compare')}</Button>
            <Button onClick={() => window.print()}>{t('print')}</Button>
            <span className="policy-file-pages">
              <PolicyPages />
            </span>
          </>
        }
      />
      {documents.length > 1 && tab !== 'text' && (
        <label className="row">
          <span className="quiet">{t('actChoice', { n: documents.length })}</span>
          <select
            className="text-field act-choice"
            value={number}
            onChange={(event) => go({ doc: event.target.value === '0' ? null : event.target.value, el: null })}
          >
            {documents.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: documents of one text are named by their number
              <option key={index} value={index}>
                {index + 1}. {one.title}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="file-bar">
        <nav className="file-tabs no-print" aria-label={t('sections')}>
          {TABS.map((one) => (
            <button
              key={one}
              type="button"
              className="file-tab"
              aria-current={tab === one ? 'page' : undefined}
              onClick={() => go({ tab: one === 'text' ? null : one })}
            >
              {t(`tab.${one}`)}
              {counts[one] !== undefined && <span className="hint"> {counts[one]}</span>}
            </button>
          ))}
        </nav>
        {latest && file.reading && tab === 'text' && (
          <Suspense fallback={null}>
            <AddElement file={file} number={number} />
          </Suspense>
        )}
      </div>
      {document && (
        <TabBody on={tab === 'duties'} title={t('tab.duties')}>
          <DutiesTab document={document} number={number} />
        </TabBody>
      )}
      {act && (
        <TabBody on={tab === 'cites'} title={t('tab.cites')}>
          <CitesTab id={file.id} act={act} drawn={tab === 'cites'} />
        </TabBody>
      )}
      <TabBody on={tab === 'life'} title={t('tab.life')}>
        <LifeTab file={file} document={document} act={act} at={at} />
      </TabBody>
      {tab === 'rules' && (
        <Suspense fallback={<PageSkeleton />}>
          <RulesTab file={file} number={number} />
        </Suspense>
      )}
      {tab === 'match' && (
        <Suspense fallback={<PageSkeleton />}>
          <MatchTab id={file.id} />
        </Suspense>
      )}
      <TabBody on={tab === 'text'} title={t('tab.text')}>
        {file.reading ? (
          <ReadingView
            text={file.text}
            reading={file.reading}
            name={file.key}
            language={file.language === 'en' ? 'en' : 'zh-CN'}
            actions={actions}
            more={more}
          />
        ) : (
          <div className="marked-text">{file.text}</div>
        )}
      </TabBody>
      <p className="hint print-only">
        {file.key} · {formatInstant(file.recordedAt)}
      </p>
    </div>
  );
}

/** One tab; on paper all of them follow one another. */
function TabBody({ on, title, children }: { on: boolean; title: string; children: ReactNode }) {
  return (
    <section className={on ? 'tab-body' : 'tab-body tab-body-off'} aria-label={title} hidden={!on}>
      <h2 className="print-only">{title}</h2>
      {children}
    </section>
  );
}
