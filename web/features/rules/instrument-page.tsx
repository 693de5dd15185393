import { type ReactNode, useMemo } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useApi } from '../../api/queries.ts';
import type { InstrumentFile } from '../../api/rule-types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { useRemember } from '../../components/recent-files.ts';
import { type Column, useColumns } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useHref } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { Section } from '../dossiers/section.tsx';
import '../../styles/dossier.css';
import '../../styles/rules.css';
import { rules } from './messages.ts';
import { RulePages } from './rule-pages.tsx';
import { AbsentValue, FirmnessWord, instrumentPath, rulePath } from './rule-words.tsx';

type Resting = InstrumentFile['resting'][number];

/** A cited instrument: what is known of it, and every value that rests on it. */
export default function InstrumentPage() {
  const { id = '' } = useParams();
  const pick = usePick();
  const answer = useApi<InstrumentFile>(`/instruments/${encodeURIComponent(id)}`, {}, { keep: true, timeless: true });
  const file = answer.data?.id === id ? answer.data : undefined;
  usePageTitle(file ? pick(file.title) : id);
  useRemember(file && { path: instrumentPath(id), label: pick(file.title), detail: file.number ?? '' });
  if (answer.error) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!file) return <PageSkeleton rows={12} />;
  return <InstrumentView file={file} />;
}

function InstrumentView({ file }: { file: InstrumentFile }) {
  const t = useText(rules);
  const pick = usePick();
  return (
    <article className="stack rule-file">
      <header className="page-head">
        <div>
          <h1>{pick(file.title)}</h1>
          <p className="row">
            <span>{t('instrumentFile')}</span>
            {file.number && <span>{file.number}</span>}
            <FirmnessWord level={file.firmness} />
          </p>
          {file.note && <p>{pick(file.note)}</p>}
        </div>
        <RulePages />
      </header>
      <About file={file} />
      <Section id="resting" title={t('section.resting')}>
        {file.resting.length === 0 ? (
          <p className="quiet">
            {t('nothingRests')} {pick(file.readingOnly)}
          </p>
        ) : (
          <RestingTable resting={file.resting} caption={t('section.resting')} />
        )}
      </Section>
    </article>
  );
}

function About({ file }: { file: InstrumentFile }) {
  const t = useText(rules);
  const pick = usePick();
  const others = (list: InstrumentFile['amends']): ReactNode =>
    list.length === 0 ? null : (
      <ul className="plain-list">
        {list.map((other) => (
          <li key={other.id}>
            <AppLink to={instrumentPath(other.id)}>{pick(other.title)}</AppLink>{' '}
            {other.from && <span className="hint">{other.from}</span>}
          </li>
        ))}
      </ul>
    );
  const address = file.urls.length === 0 ? t('notFound') : <Addresses urls={file.urls} />;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('issuer'), file.issuer],
    [t('published'), file.published],
    [t('validFrom'), file.from ?? t('notFound')],
    [t('validUntil'), file.until ?? t('openEnd')],
    [t('amends'), others(file.amends)],
    [t('amendedBy'), others(file.amendedBy)],
    [t('replaces'), others(file.replaces)],
    [t('replacedBy'), others(file.replacedBy)],
    [t('recorded'), file.recorded],
    [t('own'), file.overlay && t('setBy', file.overlay)],
    [t('address'), address],
  ];
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <div key={label} className={label === t('address') ? 'fact fact-wide' : 'fact'}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Addresses of the text; `seed:…` names input material, which has none. */
function Addresses({ urls }: { urls: readonly string[] }) {
  const t = useText(rules);
  return (
    <ul className="plain-list">
      {urls.map((url) => (
        <li key={url}>
          {/^https?:/.test(url) ? (
            <a href={url} target="_blank" rel="noreferrer">
              {url}
            </a>
          ) : (
            t('inputMaterial', { name: url })
          )}
        </li>
      ))}
    </ul>
  );
}

function RestingTable({ resting, caption }: { resting: readonly Resting[]; caption: string }) {
  const t = useText(rules);
  const pick = usePick();
  const navigate = useNavigate();
  const href = useHref();
  const all = useMemo<readonly Column<Resting>[]>(
    () => [
      {
        key: 'name',
        title: t('name'),
        width: 320,
        always: true,
        render: (row) => (
          <AppLink to={rulePath(row.id)} title={pick(row.title)}>
            {pick(row.title)}
          </AppLink>
        ),
      },
      {
        key: 'value',
        title: t('value'),
        width: 200,
        render: (row) =>
          row.words ? <span title={pick(row.words)}>{pick(row.words)}</span> : <AbsentValue reason="not-found" />,
      },
      {
        key: 'article',
        title: t('article'),
        width: 180,
        render: (row) => <span title={row.article ?? ''}>{row.article}</span>,
      },
      { key: 'from', title: t('from'), width: 98, render: (row) => row.from },
      { key: 'place', title: t('place'), width: 128, render: (row) => pick(row.place) },
      { key: 'firmness', title: t('firmness'), width: 92, render: (row) => <FirmnessWord level={row.firmness} /> },
    ],
    [t, pick],
  );
  const columns = useColumns('instrument-rules', all);
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={resting}
      rowKey={(row, index) => `${row.id}-${row.from}-${index}`}
      onOpen={(row) => navigate(href(rulePath(row.id)))}
      tall={false}
    />
  );
}
