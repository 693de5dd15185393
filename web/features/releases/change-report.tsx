import { Button, Switch } from 'antd';
import { useSearchParams } from 'react-router';
import { useList } from '../../api/queries.ts';
import type { ChangeRow } from '../../api/types.ts';
import { AppLink, devicePath } from '../../components/app-link.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { Failure } from '../../components/failure.tsx';
import { parts } from '../../components/messages.ts';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { TotalWords } from '../../components/total.tsx';
import { formatNumber, usePick, useText } from '../../i18n/text.ts';
import { plainText } from '../dossiers/value-text.tsx';
import { releaseText } from './messages.ts';

const KINDS = ['new', 'changed', 'withdrawn', 'conflict'] as const;
const tones = { new: 'green', changed: 'amber', withdrawn: 'red', conflict: 'red' } as const;

function Fields({ row }: { row: ChangeRow }) {
  const t = useText(releaseText);
  const pick = usePick();
  return (
    <ul className="plain-list">
      {row.fields.map((field) => (
        <li key={field.name}>
          <span className="quiet">{pick(field.label ?? field.name)}</span>{' '}
          {row.kind !== 'new' && (
            <>
              <del>{plainText(field.from) || t('empty')}</del> →{' '}
            </>
          )}
          <ins>{plainText(field.to) || t('empty')}</ins>
        </li>
      ))}
    </ul>
  );
}

/** What a release changed: new, changed field by field, withdrawn, conflicting. */
export function ChangeReport({ path, counts }: { path: string; counts: Readonly<Record<string, number>> | undefined }) {
  const t = useText(releaseText);
  const p = useText(parts);
  const [search, setSearch] = useSearchParams();
  const kind = KINDS.find((name) => name === search.get('kind'));
  const setKind = (next: string | undefined) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (next) after.set('kind', next);
        else after.delete('kind');
        return after;
      },
      { preventScrollReset: true },
    );
  const list = useList<ChangeRow>(`${path}/changes`, { kind }, { timeless: true, keep: true });
  return (
    <section aria-labelledby="changes-title">
      <h2 id="changes-title" className="section-title">
        {t('changes')}
      </h2>
      <div className="table-tools">
        <div className="row">
          <fieldset className="row filters">
            <legend className="visually-hidden">{t('changeKind')}</legend>
            <button
              type="button"
              className="filter"
              aria-pressed={kind === undefined}
              onClick={() => setKind(undefined)}
            >
              {t('kindAll')}
            </button>
            {KINDS.map((name) => (
              <button
                key={name}
                type="button"
                className="filter"
                aria-pressed={kind === name}
                onClick={() => setKind(name)}
              >
                {t(`kind.${name}`)} {counts?.[name] !== undefined && formatNumber(counts[name])}
              </button>
            ))}
          </fieldset>
          <span className="row">
            <Switch
              size="small"
              checked={kind === 'changed'}
              onChange={(on) => setKind(on ? 'changed' : undefined)}
              aria-label={t('onlyChanges')}
            />
            {t('onlyChanges')}
          </span>
        </div>
        <div className="row">
          <TotalWords total={list.total} />
          <ExportMenu path={`${path}/changes`} query={{ kind }} total={list.total} formats={['csv', 'ndjson']} />
        </div>
      </div>
      {list.isPending && <PageSkeleton />}
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.first && list.rows.length === 0 && <p className="empty">{kind ? t('noChangesKind') : t('noChanges')}</p>}
      {list.rows.length > 0 && (
        <div className="table-box">
          <table className="data-table change-table">
            <caption className="visually-hidden">{t('changes')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('changeKind')}</th>
                <th scope="col">{t('changeKey')}</th>
                <th scope="col">{t('changeFields')}</th>
              </tr>
            </thead>
            <tbody className="wrap">
              {list.rows.map((row) => (
                <tr key={`${row.kind}-${row.key}`}>
                  <td>
                    <span className={`word word-${tones[row.kind]}`}>{t(`kind.${row.kind}`)}</span>
                  </td>
                  <td>
                    {row.source ? (
                      <AppLink to={devicePath(row.source, row.key)}>{row.name ?? row.key}</AppLink>
                    ) : (
                      <span className="mono">{row.key}</span>
                    )}
                    {row.name && <p className="hint mono">{row.di ?? row.key}</p>}
                  </td>
                  <td>
                    <Fields row={row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {list.hasNextPage && (
            <div className="table-more">
              <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {p('loadMore')}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
