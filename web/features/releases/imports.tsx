import { useApi } from '../../api/queries.ts';
import type { ImportProgress } from '../../api/types.ts';
import { useSourceName } from '../../components/source-name.ts';
import { formatInstant } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { FailedImport } from './failed-import.tsx';
import { isUnderWay } from './import-progress.tsx';
import { releaseText } from './messages.ts';

export interface ImportList {
  readonly items: readonly (ImportProgress & { readonly importId: string; readonly createdAt?: string })[];
  readonly missingDays?: readonly {
    readonly source: string;
    readonly day: string;
    readonly after: string;
    readonly before: string;
  }[];
  readonly folder?: {
    readonly path: string;
    readonly failed: readonly {
      readonly name: string;
      readonly importId: string;
      readonly failure: { readonly code: string; readonly message: string };
    }[];
  } | null;
}

const SLOW_MS = 15_000;
const QUICK_MS = 3000;
const SHOWN = 5;

/** Imports that run and the last ones; asked for again while the page is open, so that none is missed. */
export function useImports() {
  return useApi<ImportList>(
    '/imports',
    {},
    {
      timeless: true,
      every: (data) =>
        (data as ImportList | undefined)?.items.some((item) => isUnderWay(item.state)) ? QUICK_MS : SLOW_MS,
    },
  );
}

/** What did not come in: failed files, failed files of the watched folder, days without an update. */
export function NotTaken({ imports }: { imports: ImportList }) {
  const t = useText(releaseText);
  const sourceName = useSourceName();
  const failed = imports.items.filter((item) => item.state === 'failed').slice(0, SHOWN);
  const others = (imports.folder?.failed ?? []).filter((file) => !failed.some((one) => one.importId === file.importId));
  const missing = imports.missingDays ?? [];
  return (
    <>
      {missing.length > 0 && (
        <section className="notice notice-amber">
          <h2>{t('missingDays')}</h2>
          <ul className="plain-list">
            {missing.slice(0, 20).map((gap) => (
              <li key={`${gap.source}-${gap.day}`}>
                {t('missingDay', {
                  source: sourceName(gap.source),
                  day: gap.day,
                  after: gap.after,
                  before: gap.before,
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {failed.length + others.length > 0 && (
        <section>
          <h2 className="section-title">{t('notTaken')}</h2>
          <ul className="plain-list lines not-taken" data-testid="not-taken">
            {failed.map((item) => (
              <li key={item.importId}>
                <span>
                  <span className="mono">{item.releaseName ?? item.importId}</span>
                  <span className="hint"> {formatInstant(item.createdAt)}</span>
                  {item.failure && <FailedImport failure={item.failure} />}
                </span>
                <span className="word word-red">{t('state.failed')}</span>
              </li>
            ))}
            {others.slice(0, SHOWN).map((file) => (
              <li key={file.importId + file.name}>
                <span>
                  <span className="mono">{file.name}</span>
                  <span className="hint"> {t('fromFolder', { path: imports.folder?.path ?? '' })}</span>
                  <FailedImport failure={file.failure} />
                </span>
                <span className="word word-red">{t('state.failed')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
