import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { apiUrl, sendJson } from '../../api/client.ts';
import type { Subject, Watch } from '../../api/dossier-types.ts';
import { useApi } from '../../api/queries.ts';
import { Failure } from '../../components/failure.tsx';
import { useDates } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';

const RecordDialog = lazy(() => import('./record-dialog.tsx'));

interface Props {
  readonly subject: Subject;
  /** Path of the file's endpoint, for its PDF; files without one are printed by the browser. */
  readonly path?: string;
}

/** Watch, add a record, print. */
export function FileActions({ subject, path }: Props) {
  const t = useText(dossier);
  const dates = useDates();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const watches = useApi<{ items: readonly Watch[] }>('/watches', {}, { timeless: true });
  const watch = watches.data?.items.find((item) => item.type === subject.type && item.key === subject.key);
  const toggle = useMutation({
    mutationFn: () =>
      watch ? sendJson('DELETE', `/watches/${encodeURIComponent(watch.id)}`) : sendJson('POST', '/watches', subject),
    onSuccess: () => client.invalidateQueries({ queryKey: ['/watches'] }),
  });
  return (
    <>
      <Button
        aria-pressed={watch !== undefined}
        type={watch ? 'primary' : 'default'}
        ghost={watch !== undefined}
        loading={toggle.isPending}
        title={watch ? t('unwatch') : t('watch')}
        onClick={() => toggle.mutate()}
      >
        {watch ? t('watching') : t('watch')}
      </Button>
      <Button onClick={() => setAdding(true)}>{t('addRecord')}</Button>
      <Button onClick={() => window.print()}>{t('print')}</Button>
      {path && (
        <Button href={apiUrl(`${path}/print.pdf`, dates.query)} target="_blank">
          {t('pdf')}
        </Button>
      )}
      {toggle.error && <Failure error={toggle.error} />}
      {adding && (
        <Suspense fallback={null}>
          <RecordDialog subject={subject} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}
